"""The hosts that the network trusts to play videos on every site, besides the large providers."""

from functools import partial
from urllib.parse import urlsplit

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel

from core.embeds.address import HOSTNAME
from core.page_cache.changes import changed
from core.page_cache.generations import NETWORK

CACHE_KEY = "approved-video-hosts"
KEPT_FOR = 600


class ApprovedHostManager(models.Manager):
    """A handful of rows that every page with a video asks for: they are read at once, and kept."""

    def known(self, kind: "ApprovedHost.Kind") -> list["ApprovedHost"]:
        return [host for host in cache.get_or_set(CACHE_KEY, lambda: list(self.all()), KEPT_FOR) if host.kind == kind]

    def named(self, hostname: str, kind: "ApprovedHost.Kind") -> "ApprovedHost | None":
        """The approved host of that kind whose pages or players stand at `hostname`."""
        return next((host for host in self.known(kind) if hostname in (host.hostname, host.player_host)), None)

    def hostnames(self, kind: "ApprovedHost.Kind") -> list[str]:
        return [host.hostname for host in self.known(kind)]


class ApprovedHost(models.Model):
    """Only network admins approve one: its players run in the pages of every site."""

    class Kind(models.TextChoices):
        PEERTUBE = "peertube", _("PeerTube instance")
        OEMBED = "oembed", _("site that describes its videos by oEmbed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PEERTUBE)
    hostname = models.CharField(
        _("hostname"),
        max_length=253,
        unique=True,
        help_text=_("As in the addresses of its videos: “tube.example.org”."),
    )
    name = models.CharField(
        _("name"), max_length=60, help_text=_("As visitors read it on the button: “Lire la vidéo sur …”.")
    )
    player_host = models.CharField(
        _("hostname of the player"),
        max_length=253,
        blank=True,
        help_text=_("Only if it differs: the host in the <iframe> code that the site gives."),
    )
    oembed_url = models.URLField(
        _("oEmbed address"),
        blank=True,
        help_text=_("Of a site that is no PeerTube instance: where titles and posters are asked for."),
    )

    objects = ApprovedHostManager()

    panels = [
        HelpPanel(
            _("Every pôle may then show its videos; a visitor’s browser calls this host once they press the button.")
        ),
        FieldPanel("kind"),
        FieldPanel("hostname"),
        FieldPanel("name"),
        FieldPanel("player_host"),
        FieldPanel("oembed_url"),
    ]

    class Meta:
        verbose_name = _("video host")
        verbose_name_plural = _("video hosts")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def players(self) -> str:
        return self.player_host or self.hostname

    def clean(self):
        super().clean()
        errors = {}
        for field in ("hostname", "player_host"):
            value = getattr(self, field).strip().lower()
            value = urlsplit(value).hostname or "" if "://" in value else value.rstrip("/.")
            setattr(self, field, value)
            if value and not HOSTNAME.match(value):
                errors[field] = _("Write the name alone, as in an address: “tube.example.org”.")
        if self.kind == self.Kind.OEMBED and not self.oembed_url.startswith("https://"):
            errors["oembed_url"] = _("A site that is no PeerTube instance needs its oEmbed address, in https.")
        if errors:
            raise ValidationError(errors)


@receiver([post_save, post_delete], sender=ApprovedHost)
def forget_known_hosts(**kwargs):
    transaction.on_commit(partial(cache.delete, CACHE_KEY))
    cache.delete(CACHE_KEY)
    transaction.on_commit(partial(changed, {NETWORK}))  # pages that were made with the former list meanwhile
