from dataclasses import replace
from datetime import timedelta

from django import forms
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.utils.duration import duration_iso_string
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from commons.publications import Publication, PublicationManager, PublicationQuerySet, topics_with_their_words
from commons.topics import TopicRelation, topics_panel
from core.advice import Advice
from core.blocks.text import TEXT_FEATURES
from core.embeds.facade import Facade, Film, Watchable, embed_or_none, facade_of
from core.embeds.records import RemoteVideo, record_of, records_of
from core.films import FILM_TYPES, extension
from core.findable import SearchKind
from core.images.models import Licence
from core.languages import OTHER_LANGUAGES
from core.pages import BasePage, page_tabs
from core.site_context import SiteContext
from core.structured_data import organization, share_picture_urls, web_page
from core.theme.poster import drawn_poster
from core.words import plain_text
from videos.blocks import CreditBlock
from videos.forms import VideoPageForm
from videos.ordering import PlaceInSeries, place_in_series
from videos.widgets import VideoAddressInput

POSTER_AGE = 86_400


class VideoQuerySet(PublicationQuerySet):
    def for_cards(self):
        asked = Prefetch("remote_videos", RemoteVideo.objects.select_related("poster"))
        return super().for_cards().select_related("film").prefetch_related(asked, "remote_videos__poster__renditions")


VideoManager = PublicationManager.from_queryset(VideoQuerySet)


class VideoPage(RoutablePageMixin, Watchable, Publication):
    """A film: at a provider's, or a file of the site's own; with who made it, what it says, and where it comes from."""

    page_description = _("A film: of PeerTube, YouTube and others by its address, or a file of your own.")

    address = models.TextField(
        _("address of the video"),
        blank=True,
        help_text=_(
            "Paste the address of its page at YouTube, Dailymotion, Vimeo, PeerTube…, or the <iframe> code that "
            "“Share” gives there."
        ),
    )
    film = models.ForeignKey(
        "core.SiteDocument",
        verbose_name=_("or a film of your own"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("An MP4 or WebM file, played by this site itself."),
    )
    captions = models.ForeignKey(
        "core.SiteDocument",
        verbose_name=_("captions of your film"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A WebVTT file (.vtt). The transcript is made from it if you leave that empty."),
    )
    author = models.CharField(
        _("channel or author"), max_length=250, blank=True, help_text=_("Who put the video on line.")
    )
    duration = models.DurationField(
        _("duration"),
        null=True,
        blank=True,
        validators=[MinValueValidator(timedelta(0))],
        help_text=_("Minutes and seconds: 3:20; with hours: 1:03:20."),
    )
    language = models.CharField(_("language"), max_length=5, choices=OTHER_LANGUAGES, default="fr")
    subtitles = models.CharField(
        _("subtitles"), max_length=120, blank=True, help_text=_("In which languages: “français, brezhoneg”.")
    )
    credits = StreamField(
        [("credit", CreditBlock())],
        verbose_name=_("credits"),
        blank=True,
        help_text=_("In the order in which they must read."),
    )
    produced_for = models.CharField(_("produced for"), max_length=200, blank=True)
    source_url = models.URLField(
        _("source page"), blank=True, help_text=_("The page on which its authors present the film.")
    )
    licence = models.CharField(_("licence"), max_length=16, choices=Licence.choices, default=Licence.RESERVED)
    transcript = RichTextField(
        _("transcript"),
        blank=True,
        features=["h3", *TEXT_FEATURES],
        help_text=_("All that is said and shown, for those who cannot hear or see it, and for search engines."),
    )

    template = "videos/video_page.html"
    card_template = "videos/card.html"
    search_kinds = (SearchKind("video", _("Videos")),)
    og_type = "video.other"
    parent_page_types = ["videos.VideoIndexPage"]
    place: PlaceInSeries | None = None  # in a series, while the page is served: see `videos.ordering`

    base_form_class = VideoPageForm
    objects = VideoManager()

    # The same film in every language: nobody translates an address.
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *map(SynchronizedField, ("address", "author", "subtitles", "produced_for", "source_url")),
    ]

    search_fields = [
        *Publication.search_fields,
        index.SearchField("credits"),
        index.SearchField("author"),
        index.SearchField("produced_for"),
        index.SearchField("transcript"),
    ]

    edit_handler = page_tabs(
        ObjectList(
            [
                HelpPanel(template="videos/state_panel.html"),
                FieldPanel("address", widget=VideoAddressInput),
                *Page.content_panels,
                *BasePage.listing_panels,
                FieldRowPanel([FieldPanel("duration", widget=forms.TextInput), FieldPanel("author")]),
                MultiFieldPanel(
                    [FieldPanel("film"), FieldPanel("captions")],
                    heading=_("A film of your own"),
                    classname="collapsed",
                ),
            ],
            heading=_("Video"),
        ),
        ObjectList(
            [
                topics_panel(),
                FieldRowPanel([FieldPanel("language"), FieldPanel("subtitles")]),
                FieldPanel("transcript"),
                FieldPanel("credits"),
                FieldPanel("produced_for"),
                FieldPanel("source_url"),
                FieldPanel("licence"),
                MultiFieldPanel([FieldPanel("published_at")], heading=_("Publication date")),
            ],
            heading=_("Around the video"),
        ),
    )

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def advice(self) -> list[Advice]:
        found = super().advice()
        if not self.transcript and not self.captions:
            said = _(
                "Without a transcript, who cannot hear it, and search engines, know nothing of what is said in it."
            )
            found.append(Advice(said, "transcript"))
        if not self.credits and not self.author:
            found.append(Advice(_("Nobody is credited: who made the film?"), "credits"))
        return found

    def embeds(self):
        embed = embed_or_none(self.address) if self.address else None
        return [embed] if embed else []

    @cached_property
    def record(self) -> RemoteVideo | None:
        """What the provider said of it, if it was asked."""
        known = records_of(self) if self.address else []
        for record in known:
            if record.address == self.address:
                return record
        return next((record_of(self, embed) for embed in self.embeds()), None) if known else None

    @property
    def is_gone(self) -> bool:
        return bool(self.record and self.record.is_gone)

    @cached_property
    def poster(self):
        """The picture that stands for the film: one's own, else its provider's; None where one is to be drawn."""
        return self.listing_image or (self.record.poster if self.record else None)

    @property
    def share_image(self):
        return self.social_image or self.poster

    @property
    def length(self):
        return self.duration or (self.record.duration if self.record else None)

    @property
    def iso_length(self) -> str:
        """ISO 8601: P0DT00H03M20S."""
        return duration_iso_string(self.length) if self.length else ""

    @property
    def plain_transcript(self) -> str:
        return plain_text(self.transcript)

    def facade(self) -> Facade:
        if self.film:
            captions = self.captions.url if self.captions else ""
            kind = FILM_TYPES.get(extension(self.film.file.name), "")
            film = Film(self.film.url, kind, captions, self.language)
            return Facade(title=self.title, film=film, poster=self.poster)
        return facade_of(self, self.address, self.title, self.poster)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if self.pk:
            prefetch_related_objects([self], topics_with_their_words(VideoPage))
            self.place = place_in_series(self, SiteContext.of(request, self).home, request.GET.get("serie", ""))
            context["place"] = self.place
        context["index_page"] = self.breadcrumb[-1] if self.breadcrumb else SiteContext.of(request, self).home
        context["facade"] = replace(self.facade(), drawn_url=self.poster_url(request, self.get_url(request)))
        context["poster_url"] = self.poster_url(request)
        return context

    def poster_url(self, request=None, page_url: str = "") -> str:
        """The picture that stands for the film, at an address that never changes: drawn, if there is none."""
        return f"{page_url or self.get_full_url(request)}{self.reverse_subpage('poster')}"

    @path("affiche/", name="poster")
    def serve_poster(self, request):
        if urls := share_picture_urls(self.poster, ""):
            response = HttpResponse(status=302, headers={"Location": urls[0]})
        else:
            site = SiteContext.of(request, self)
            picture = drawn_poster(self.title, site.identity.name, site.theme.palette.light)
            response = HttpResponse(picture, content_type="image/png")
        audience = "private" if self.get_view_restrictions().exists() else "public"
        response["Cache-Control"] = f"{audience}, max-age={POSTER_AGE}"
        return response

    def player_location(self, request) -> dict[str, str]:
        """Where machines find the film: `contentUrl` of a file of one's own, `embedUrl` of a provider's player."""
        if self.film:
            return {"contentUrl": f"{SiteContext.of(request, self).root_url}{self.film.url}"}
        facade = self.facade()
        is_shown = facade.player_url.startswith("https://") and not facade.is_gone
        return {"embedUrl": facade.player_url} if is_shown else {}

    def video_object(self, request, **more) -> dict:
        """schema.org VideoObject."""
        site = SiteContext.of(request, self)
        return web_page(
            self,
            request,
            "VideoObject",
            **{
                "description": self.description or self.title,  # asked for by search engines
                "thumbnailUrl": [self.poster_url(request)],
                "uploadDate": self.published_at.isoformat() if self.published_at else None,
                "duration": self.iso_length,
                "inLanguage": self.language,
                "transcript": self.plain_transcript,
                "creator": {"@type": "Organization", "name": self.author} if self.author else None,
                "sponsor": {"@type": "Organization", "name": self.produced_for} if self.produced_for else None,
                "publisher": organization(site.identity, site.root_url),
                "keywords": ", ".join(topic.name for topic in self.topics),
                **self.player_location(request),
                **more,
            },
        )

    def structured_data(self, request):
        more = self.place.structured_data(request) if self.place else {}
        return [self.video_object(request, **more), *super().structured_data(request)[1:]]

    def described_for_sitemap(self, request) -> dict:
        """What `core/sitemap.xml` says of the film; empty where machines cannot find it."""
        location = self.player_location(request)
        return location and {
            "thumbnail": self.poster_url(request),
            "title": self.title,
            "description": self.description or self.title,
            "content": location.get("contentUrl", ""),
            "player": location.get("embedUrl", ""),
            "seconds": int(self.length.total_seconds()) if self.length else None,
            "published": self.published_at,
        }


class VideoTopic(TopicRelation):
    page = ParentalKey(VideoPage, on_delete=models.CASCADE, related_name="page_topics")

    class Meta(TopicRelation.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="videos_topic_once")]
