"""What the install knows of the videos that its pages show: what their providers said, and whether they still exist.

Kept beside the pages, never in them: a provider answers when it likes, while somebody may be writing the page.
"""

import logging
from datetime import timedelta
from functools import partial
from time import monotonic

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.dispatch import receiver
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import default_task_backend, task
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.models import Collection, Page, Site
from wagtail.signals import page_published, post_page_move

from core.embeds.provider import Details, Embed, VideoGone
from core.embeds.recognition import UnknownVideo, provider, recognise
from core.fetcher import FetchError, fetch
from core.images.models import SiteImage
from core.page_cache.changes import changed
from core.page_cache.generations import NETWORK
from core.seams import collection_of_site

logger = logging.getLogger(__name__)

POSTER_TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
MAX_POSTER_BYTES = 8 * 1024 * 1024
# A provider may be wrong for an hour: a video is gone once it has been missed at two checks.
MISSED_ENOUGH = 2
AFTER_SUCCESS, AFTER_MISSING, AFTER_TIMEOUT = timedelta(days=1), timedelta(hours=1), timedelta(hours=6)
BEING_ASKED = timedelta(minutes=10)


class RemoteVideoQuerySet(models.QuerySet):
    def due(self):
        """Those that some page shows and that are to be asked about, the longest unasked first."""
        shown = models.Exists(RemoteVideo.pages.through.objects.filter(remotevideo=models.OuterRef("pk")))
        return self.filter(shown, next_check_at__lte=timezone.now()).order_by("next_check_at")

    def gone(self):
        return self.filter(missed__gte=MISSED_ENOUGH)


class RemoteVideo(models.Model):
    """A provider's video on one site: its poster is a picture of that site's own collection."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    provider = models.CharField(max_length=20)
    key = models.CharField(max_length=320)
    address = models.TextField()
    pages = models.ManyToManyField(Page, related_name="remote_videos")

    title = models.CharField(max_length=250, blank=True)
    author = models.CharField(max_length=250, blank=True)
    duration = models.DurationField(null=True)
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    player_url = models.TextField(blank=True)
    poster = models.ForeignKey(SiteImage, null=True, on_delete=models.SET_NULL, related_name="+")

    answered_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField(default=timezone.now, db_index=True)
    missed = models.PositiveSmallIntegerField(default=0)

    objects = RemoteVideoQuerySet.as_manager()

    class Meta:
        verbose_name = _("video of another server")
        verbose_name_plural = _("videos of other servers")
        constraints = [models.UniqueConstraint(fields=["site", "provider", "key"], name="core_remote_video_once")]

    def __str__(self):
        return self.title or self.address

    @property
    def is_gone(self) -> bool:
        return self.missed >= MISSED_ENOUGH

    def refresh(self) -> None:
        """Ask the provider, and keep what it says. Safe to be called twice at once: only one of them asks."""
        claimed = type(self).objects.filter(pk=self.pk, next_check_at=self.next_check_at)
        if not claimed.update(next_check_at=timezone.now() + BEING_ASKED):
            return
        changes, pause = {}, AFTER_TIMEOUT
        try:
            details = self.ask()
        except VideoGone:
            changes["missed"] = models.F("missed") + 1
            pause = AFTER_MISSING if self.missed + 1 < MISSED_ENOUGH else AFTER_SUCCESS
        except (FetchError, UnknownVideo) as error:
            logger.info("%s: %s", self.address, error)
        else:
            changes = self.changes(details)
            pause = AFTER_SUCCESS
        now = timezone.now()
        with transaction.atomic():
            if any(getattr(self, name) != value for name, value in changes.items() if name != "answered_at"):
                changed({NETWORK})  # another site's page may show it
            type(self).objects.filter(pk=self.pk).update(**changes, next_check_at=now + pause)

    def ask(self) -> Details:
        embed = recognise(self.address)
        return provider(embed.provider).ask(embed)

    def changes(self, details: Details) -> dict:
        changes = {"missed": 0, "answered_at": timezone.now(), "player_url": details.player_url}
        for name in ("title", "author", "duration", "width", "height"):
            if value := getattr(details, name):
                changes[name] = value
        # Once: a poster that somebody deleted is not wanted back.
        if self.answered_at is None and (poster := self.fetch_poster(details)):
            changes["poster"] = poster
        return changes

    def fetch_poster(self, details: Details) -> SiteImage | None:
        """The first of the pictures offered that is one, as a picture of the site."""
        from core.images.forms import ReadableImageField  # Wagtail's forms want the models to be there

        for address in details.posters:
            try:
                answer = fetch(address, accept=POSTER_TYPES, max_bytes=MAX_POSTER_BYTES)
                if not answer.is_ok:
                    continue
                upload = SimpleUploadedFile(
                    f"affiche.{POSTER_TYPES[answer.content_type]}", answer.body, answer.content_type
                )
                file = ReadableImageField().clean(upload)
            except (FetchError, ValidationError) as error:
                logger.info("%s: %s", address, error)
                continue
            title = (details.title or self.address)[:200]
            with translation.override(settings.LANGUAGE_CODE):
                description = _("Poster of the video “%(title)s”") % {"title": title}
            image = SiteImage(
                title=title,
                description=description[:255],
                credit=details.author[:160],
                collection=collection_of(self.site),
                file=file,
            )
            image.save()
            return image
        return None


def collection_of(site: Site) -> Collection:
    """The collection that a site's own files are in; that of the whole install for a site without one."""
    return collection_of_site(site) or Collection.get_first_root_node()


def note_videos_of(page: Page) -> None:
    """Remember which videos `page` shows, as it is published and as it is being written; ask about the new ones."""
    published = type(page).objects.filter(pk=page.pk).first() if page.live else None
    shown = {
        (embed.provider, embed.key): embed for version in (published, page) if version for embed in version.embeds()
    }
    site = page.get_site() if shown else None  # a page that is being made may be on no site yet
    page.remote_videos.set([note(site, embed) for embed in shown.values()] if site else [])


def note(site: Site, embed: Embed) -> RemoteVideo:
    """What is known of that video on that site: from now on, if it is new there."""
    record, is_new = RemoteVideo.objects.get_or_create(
        site=site, provider=embed.provider, key=embed.key, defaults={"address": embed.url}
    )
    # Without a worker a task runs in the request: who saves does not wait for a provider, `periodic` asks it.
    if is_new and not isinstance(default_task_backend, ImmediateBackend):
        transaction.on_commit(partial(ask_provider.enqueue, record.pk))
    return record


@receiver(page_published)  # also by the clock, which no hook of the editor sees
def note_published(instance, **kwargs):
    if hasattr(instance, "embeds"):
        note_videos_of(instance)


@receiver(post_page_move)  # alone or with others
def note_moved(instance, **kwargs):
    """What moves to another pôle is looked after there, and its posters are that pôle's."""
    for page in Page.objects.descendant_of(instance, inclusive=True).filter(remote_videos__isnull=False).distinct():
        note_videos_of(page.specific)


@task()
def ask_provider(record_id: int) -> None:
    record = RemoteVideo.objects.filter(pk=record_id).first()
    if record is not None:
        record.refresh()


def check_due(most: int = 25, timeout: float = 120) -> int:
    """Ask about the videos whose turn it is, `most` of them within `timeout` seconds; return how many it were.

    One that cannot be asked, for whatever reason, keeps no other from its turn.
    """
    until, asked = monotonic() + timeout, 0
    for record in RemoteVideo.objects.due().select_related("site")[:most]:
        if monotonic() > until:
            break
        asked += 1
        try:
            record.refresh()
        except Exception:
            logger.exception("video %s", record.address)
    return asked


def records_of(page: Page) -> list[RemoteVideo]:
    """What is known of the videos that `page` shows, or that a draft of it does; read once a page."""
    if getattr(page, "pk", None) is None:  # new, or the preview of a block alone
        return []
    if "remote_videos" in getattr(page, "_prefetched_objects_cache", {}):
        return list(page.remote_videos.all())
    if not hasattr(page, "_remote_videos"):
        found = RemoteVideo.objects.filter(pages=page.alias_of_id or page.pk)
        found = found.select_related("poster").prefetch_related("poster__renditions")
        page._remote_videos = list(found)
    return page._remote_videos


def record_of(page: Page, embed: Embed) -> RemoteVideo | None:
    """What is known of that video of `page`."""
    wanted = (embed.provider, embed.key)
    return next((record for record in records_of(page) if (record.provider, record.key) == wanted), None)
