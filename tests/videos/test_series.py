"""Series: films in an order that a person chose, each of which may be in several."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text
from wagtail_localize.fields import get_translatable_fields

from core.models import SiteIdentity
from tests.factories import VideoPageFactory, VideoSeriesPageFactory
from tests.markup import compact
from videos.models import Episode, VideoPage, VideoSeriesPage

pytestmark = pytest.mark.django_db


def titles(text: str) -> list[str]:
    return re.findall(r'<li class="episode">.*?<a [^>]*>(.*?)</a>', text)


def get(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return compact(response.content.decode())


@pytest.fixture
def films(north):
    return [VideoPageFactory(parent=north.video_index, title=f"Film {name}") for name in "ABC"]


def test_a_series_shows_its_films_in_their_order(north, films):
    first, second, third = films
    series = VideoSeriesPageFactory(parent=north.video_index, videos=[third, first, second])

    assert titles(get(north.visitor, series.url)) == ["Film C", "Film A", "Film B"]


def test_a_film_says_its_place_and_leads_to_the_next(north, films):
    series = VideoSeriesPageFactory(parent=north.video_index, title="La loi", videos=films)

    text = get(north.visitor, f"{films[1].url}?serie={series.slug}")

    assert "Vidéo 2 sur 3 de la série" in text
    assert re.search(r'rel="prev" href="[^"]*film-a/\?serie=la-loi"', text)
    assert re.search(r'rel="next" href="[^"]*film-c/\?serie=la-loi"', text)


def test_a_film_of_two_series_stays_in_the_one_that_is_being_watched(north, films):
    VideoSeriesPageFactory(parent=north.video_index, title="Première", videos=films)
    VideoSeriesPageFactory(parent=north.video_index, title="Seconde", videos=[films[2], films[1]])

    text = get(north.visitor, f"{films[1].url}?serie=seconde")

    assert "Vidéo 2 sur 2 de la série" in text and ">Seconde</a>" in text
    assert "Vidéo 2 sur 3" in get(north.visitor, films[1].url)
    assert "Vidéo 2 sur 3" in get(north.visitor, f"{films[1].url}?serie=inconnue")


def test_a_film_that_is_unpublished_or_private_leaves_every_series_and_the_others_are_numbered_anew(north, films):
    one = VideoSeriesPageFactory(parent=north.video_index, videos=films)
    other = VideoSeriesPageFactory(parent=north.video_index, videos=films[::-1])

    films[0].unpublish()
    PageViewRestriction.objects.create(page=films[1], restriction_type="password", password="sésame")

    assert titles(get(north.visitor, one.url)) == titles(get(north.visitor, other.url)) == ["Film C"]
    assert "Vidéo 1 sur 1" in get(north.visitor, films[2].url)


def test_a_series_may_hold_a_film_of_another_pole(north, south, films):
    theirs = VideoPageFactory(parent=south.video_index, title="Du sud")
    series = VideoSeriesPageFactory(parent=north.video_index, videos=[films[0], theirs])

    assert titles(get(north.visitor, series.url)) == ["Film A", "Du sud"]
    assert "de la série" not in get(south.visitor, theirs.url)  # which is not on their site


def test_a_series_of_forty_stays_light(north):
    videos = [VideoPageFactory(parent=north.video_index) for _ in range(40)]
    series = VideoSeriesPageFactory(parent=north.video_index, videos=videos)

    text = get(north.visitor, series.url)

    assert len(titles(text)) == 40
    assert "episode__poster" not in text
    assert "Vidéo 40 sur 40" in get(north.visitor, videos[-1].url)


def test_a_series_without_a_film_says_so(north, films):
    series = VideoSeriesPageFactory(parent=north.video_index, videos=[])

    assert "seront bientôt publiées" in get(north.visitor, series.url)
    assert series.title not in get(north.visitor, "/videos/")


def test_the_list_of_videos_begins_with_the_series(north, films):
    VideoSeriesPageFactory(parent=north.video_index, title="La loi en images", videos=films)

    text = get(north.visitor, "/videos/")

    assert text.index("La loi en images") < text.index("Toutes les vidéos") < text.index("Film C")
    assert "Série de 3 vidéos" in text


def test_a_series_has_its_own_feed_in_its_order(north, films):
    series = VideoSeriesPageFactory(parent=north.video_index, videos=[films[2], films[0]])

    text = get(north.visitor, f"{series.url}rss/")

    assert re.findall(r"<item><title>(.*?)</title>", text) == ["Film C", "Film A"]


def test_the_order_that_an_editor_gives_is_the_one_that_visitors_get(north, films):
    series = VideoSeriesPageFactory(parent=north.video_index, videos=films)
    rows = [{"id": episode.pk, "video": episode.video_id} for episode in series.episodes.all()]
    rows.reverse()

    response = north.publisher_client.post(
        reverse("wagtailadmin_pages:edit", args=[series.pk]),
        nested_form_data(
            {
                "title": series.title,
                "slug": series.slug,
                "summary": "",
                "introduction": rich_text("<p>Regardez dans cet ordre.</p>"),
                "episodes": inline_formset(rows, initial=len(rows)),
                "comments": inline_formset([]),
                "action-publish": "1",
            }
        ),
    )

    assert response.status_code == 302, response.context["form"].errors
    assert titles(get(north.visitor, VideoSeriesPage.objects.get(pk=series.pk).url)) == ["Film C", "Film B", "Film A"]


def test_a_film_that_was_added_twice_counts_once(north, films):
    series = VideoSeriesPageFactory(parent=north.video_index, videos=films)

    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.create(page=series, video=films[0], sort_order=9)


def test_in_breton_a_series_shows_the_films_that_are_translated_in_breton_and_the_others_as_they_are(north, films):
    SiteIdentity.objects.filter(site=north.site).update(breton_enabled=True)
    series = VideoSeriesPageFactory(parent=north.video_index, title="Rummad", videos=films)
    breton = Locale.objects.get(language_code="br")
    for page in (north.home, north.video_index, films[1], series):
        page.copy_for_translation(breton)
    copies = {page: page.get_translation(breton) for page in (north.home, north.video_index, films[1], series)}
    copies[films[1]].title = "Film e brezhoneg"
    for copy in copies.values():
        copy.save_revision().publish()

    text = get(north.visitor, copies[series].url)

    assert titles(text) == ["Film A", "Film e brezhoneg", "Film C"]
    assert "Video 2 diwar 3 er rummad" in get(north.visitor, copies[films[1]].url)


def test_the_address_of_a_video_is_not_for_translators():
    kinds = {field.field_name: type(field).__name__ for field in get_translatable_fields(VideoPage)}

    assert kinds["address"] == "SynchronizedField"
    assert kinds["transcript"] == "TranslatableField"
