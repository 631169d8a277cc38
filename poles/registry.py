"""The register of the network: the pays of Brittany, their pôles, and how far each pôle is."""

from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Collection, Page, Site


class Departement(models.TextChoices):
    COTES_D_ARMOR = "22", "Côtes-d’Armor"
    FINISTERE = "29", "Finistère"
    ILLE_ET_VILAINE = "35", "Ille-et-Vilaine"
    MORBIHAN = "56", "Morbihan"


class Pays(models.Model):
    """One of the 21 pays of Brittany: a territory that has a pôle, or may have one some day."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("code"), max_length=80, unique=True)
    departement = models.CharField(_("département"), max_length=2, choices=Departement.choices)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("departement"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]

    class Meta:
        verbose_name = _("pays")
        verbose_name_plural = _("pays")
        ordering = ["name"]

    def __str__(self):
        return self.name


class PoleQuerySet(models.QuerySet):
    def of(self, user):
        """The pôles that this person belongs to."""
        return self.filter(Q(writers__user=user) | Q(publishers__user=user)).distinct()

    def at(self, pays: str):
        """The pôle of that pays (its code) that has a site, or None."""
        return self.filter(pays__slug=pays, site__isnull=False).select_related("pays", "site__root_page").first()


class Pole(ClusterableModel):
    """A pôle of the network. Its site is absent as long as it is being studied."""

    pays = models.OneToOneField(Pays, verbose_name=_("pays"), on_delete=models.PROTECT, related_name="pole")
    name = models.CharField(_("name"), max_length=120)
    site = models.OneToOneField(
        Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.SET_NULL, related_name="pole"
    )
    # What is its own, whatever its name becomes.
    writers = models.OneToOneField(
        Group, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="writers_of"
    )
    publishers = models.OneToOneField(
        Group, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="publishers_of"
    )
    collection = models.OneToOneField(
        Collection, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="pole"
    )

    objects = PoleQuerySet.as_manager()

    panels = [
        FieldPanel("name", read_only=True),  # its site, groups and files bear it too: see network.governance
        FieldPanel("pays", read_only=True),
        FieldPanel("site", read_only=True),
        InlinePanel("statuses", heading=_("History"), label=_("Status"), min_num=1),
    ]

    class Meta:
        verbose_name = _("pôle")
        verbose_name_plural = _("pôles")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def homes(self):
        """The home pages of its site, one a language."""
        return Page.objects.filter(depth=2, translation_key=self.site.root_page.translation_key)

    @property
    def is_closed(self) -> bool:
        status = self.status
        return status is not None and status.status == PoleStatus.Status.CLOSED

    @property
    def status(self) -> "PoleStatus | None":
        return PoleStatus.objects.begun().filter(pole=self).first()


class PoleStatusQuerySet(models.QuerySet):
    def begun(self):
        """What has begun by today, newest first: the first line of a pôle is the state it is in."""
        return self.filter(since__lte=timezone.localdate()).order_by("-since", "-pk")


class PoleStatus(models.Model):
    """What a pôle became, and when: counts on any day are computed from these lines."""

    class Status(models.TextChoices):
        PREFIGURATION = "prefiguration", _("being studied")
        ACTIVE = "active", _("active")
        CLOSED = "closed", _("closed")

    pole = ParentalKey(Pole, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(_("status"), max_length=16, choices=Status.choices)
    since = models.DateField(_("since"), default=timezone.localdate)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = PoleStatusQuerySet.as_manager()

    panels = [FieldRowPanel([FieldPanel("status"), FieldPanel("since")]), FieldPanel("note")]

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("history")
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["pole", "since"], name="poles_one_status_a_day")]

    def __str__(self):
        return f"{self.get_status_display()} ({self.since})"
