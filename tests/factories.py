"""What tests write instead of clicking: published pages, pictures, people."""

from io import BytesIO

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as PillowImage

from articles.models import ArticleIndexPage, ArticlePage, ArticleTopic
from commons.models import Charter, Principle, Topic
from core.models import SiteImage
from home.models import StandardPage

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


class ArticlePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ArticlePage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Article numéro {number}")
    summary = "Ce qu’il faut savoir, en une phrase."
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def topics(self, create, topics, **kwargs):
        for topic in topics or []:
            self.page_topics.add(ArticleTopic(topic=topic))
        if topics:
            self.save()


class StandardPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda number: f"Page {number}")
