"""What tests write instead of clicking: published pages, pictures, people."""

from datetime import time, timedelta
from io import BytesIO

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as PillowImage

from articles.models import ArticleIndexPage, ArticlePage
from commons.models import Charter, Principle, Sector, Topic
from core.embeds.records import note_videos_of
from core.models import SiteDocument, SiteImage
from events.models import Campaign, EventChange, EventIndexPage, EventPage
from home.models import StandardPage
from members.models import MemberIndexPage, MemberPage, MemberSector
from videos.models import Episode, VideoIndexPage, VideoPage, VideoSeriesPage

PASSWORD = "a password for tests"


def jpeg(width=64, height=48, **options) -> bytes:
    output = BytesIO()
    PillowImage.new("RGB", (width, height), "#336699").save(output, "JPEG", **options)
    return output.getvalue()


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"personne{number}@example.org")
    first_name = "Une"
    last_name = "Personne"

    @factory.post_generation
    def password(self, create, value, **kwargs):
        self.set_password(PASSWORD)
        self.save()


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda number: f"Thème {number}")
    slug = factory.Sequence(lambda number: f"theme-{number}")


class PrincipleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Principle

    title = factory.Sequence(lambda number: f"Principe {number}")
    slug = factory.Sequence(lambda number: f"principe-{number}")
    summary = "En une phrase."
    text = "<p>En plus long.</p>"


class CharterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Charter

    title = "Charte du réseau"
    version = factory.Sequence(lambda number: str(number + 1))
    in_force_from = factory.LazyFunction(timezone.localdate)
    introduction = "<p>Pourquoi une charte.</p>"
    commitments = [{"type": "commitment", "value": {"title": "Accueillir", "text": "<p>Chaque projet.</p>"}}]


class ImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SiteImage

    title = "Une image"
    description = "Un rectangle bleu"
    file = factory.LazyFunction(lambda: ContentFile(jpeg(), name="image.jpg"))


class ArticleIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ArticleIndexPage

    title = factory.Sequence(lambda number: f"Rubrique {number}")


class PublicationFactory(wagtail_factories.PageFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True

    summary = "Ce qu’il faut savoir, en une phrase."
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def topics(self, create, topics, **kwargs):
        relation = type(self)._meta.get_field("page_topics").related_model
        for topic in topics or []:
            self.page_topics.add(relation(topic=topic))
        if topics:
            self.save()


class ArticlePageFactory(PublicationFactory):
    class Meta:
        model = ArticlePage

    title = factory.Sequence(lambda number: f"Article numéro {number}")


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SiteDocument

    title = "Un document"
    file = factory.LazyFunction(lambda: ContentFile(b"texte", name="document.txt"))


class VideoIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = VideoIndexPage

    title = factory.Sequence(lambda number: f"Vidéothèque {number}")


class VideoPageFactory(PublicationFactory):
    """A published video of the example provider, which needs no network, noted as the editor would have."""

    class Meta:
        model = VideoPage

    title = factory.Sequence(lambda number: f"Vidéo numéro {number}")
    address = factory.Sequence(lambda number: f"https://video.example.org/w/film-{number}")

    @factory.post_generation
    def noted(self, create, wanted, **kwargs):
        if wanted is not False:
            note_videos_of(self)


class VideoSeriesPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = VideoSeriesPage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Série {number}")

    @factory.post_generation
    def videos(self, create, videos, **kwargs):
        for place, video in enumerate(videos or []):
            self.episodes.add(Episode(video=video, sort_order=place))
        self.save()


class StandardPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda number: f"Page {number}")


class SectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sector

    name = factory.Sequence(lambda number: f"Secteur {number}")
    slug = factory.Sequence(lambda number: f"secteur-{number}")


class MemberIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = MemberIndexPage

    title = factory.Sequence(lambda number: f"Annuaire {number}")


class MemberPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = MemberPage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Organisation {number}")
    family = "association"
    commune = "Fougères"
    insee_code = "35115"
    postcode = "35300"

    @factory.post_generation
    def sectors(self, create, sectors, **kwargs):
        for place, sector in enumerate(sectors or []):
            self.page_sectors.add(MemberSector(sector=sector, sort_order=place))
        if sectors:
            self.save()


class EventIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = EventIndexPage

    title = factory.Sequence(lambda number: f"Agenda {number}")


class EventPageFactory(PublicationFactory):
    """A published event in a week, from 18:30 to 20:00, unless it says otherwise. `changes` are keywords of rows."""

    class Meta:
        model = EventPage

    title = factory.Sequence(lambda number: f"Événement numéro {number}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    starts_at = time(18, 30)
    ends_at = time(20)
    commune = "Fougères"

    @factory.post_generation
    def changes(self, create, changes, **kwargs):
        for place, change in enumerate(changes or []):
            self.changes.add(EventChange(sort_order=place, **change))
        if changes:
            self.save()


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda number: f"Campagne {number}")
    slug = factory.Sequence(lambda number: f"campagne-{number}")
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
