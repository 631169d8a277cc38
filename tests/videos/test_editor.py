"""Adding a video in the editor: with the network or without, and what is refused loses nothing that was typed."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from core.models import ApprovedHost, SiteDocument
from tests.factories import DocumentFactory
from tests.videos.test_videos import MP4, VTT, YOUTUBE
from videos.models import VideoPage

pytestmark = pytest.mark.django_db


def form(**changes):
    return nested_form_data(
        {
            "title": "La SCOP en trois minutes",
            "slug": "la-scop",
            "summary": "",
            "address": YOUTUBE,
            "film": "",
            "captions": "",
            "author": "",
            "duration": "3:20",
            "language": "fr",
            "subtitles": "",
            "credits": streamfield([]),
            "produced_for": "",
            "source_url": "",
            "licence": "reserved",
            "transcript": rich_text(""),
            "published_at": "",
            "page_topics": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
            **changes,
        }
    )


def add(pole, **changes):
    return pole.publisher_client.post(
        reverse("wagtailadmin_pages:add", args=["videos", "videopage", pole.video_index.pk]), form(**changes)
    )


def errors(response) -> str:
    assert response.status_code == 200
    return str(response.context["form"].errors)


def test_a_publisher_adds_a_video_with_the_network_away(north):
    response = add(north)

    assert response.status_code == 302, errors(response)
    video = VideoPage.objects.get(slug="la-scop")
    assert video.live and video.duration.total_seconds() == 200
    assert north.visitor.get(video.url).status_code == 200


def test_a_writer_proposes_one(north):
    response = north.writer_client.post(
        reverse("wagtailadmin_pages:add", args=["videos", "videopage", north.video_index.pk]),
        {name: value for name, value in form(**{"action-submit": "1"}).items() if name != "action-publish"},
    )

    assert response.status_code == 302
    assert not VideoPage.objects.get(slug="la-scop").live


def test_an_iframe_code_becomes_the_address_of_its_video(north):
    code = '<script>alert(1)</script><iframe src="//player.vimeo.com/video/76979871?h=0a1b2c3d4e"></iframe>'

    add(north, address=code)

    assert VideoPage.objects.get(slug="la-scop").address == "https://vimeo.com/76979871/0a1b2c3d4e"


def test_an_unknown_address_gets_a_sentence_and_what_was_typed_stays(north):
    response = add(north, address="https://youtube.com.evil.test/watch?v=dQw4w9WgXcQ", author="La chaîne")

    assert "YouTube, Dailymotion, Vimeo" in errors(response)
    text = response.content.decode()
    assert "youtube.com.evil.test" in text and "La chaîne" in text
    assert not VideoPage.objects.filter(slug="la-scop").exists()


def test_a_video_has_an_address_or_a_film_and_not_both(north):
    film = DocumentFactory(file=ContentFile(MP4, name="film.mp4"), collection=north.collection)

    assert "Collez l’adresse d’une vidéo" in errors(add(north, address=""))
    assert "retirez l’un des deux" in errors(add(north, film=film.pk))


def test_a_draft_may_wait_for_its_address(north):
    draft = {name: value for name, value in form(address="").items() if name != "action-publish"}

    response = north.writer_client.post(
        reverse("wagtailadmin_pages:add", args=["videos", "videopage", north.video_index.pk]), draft
    )

    assert response.status_code == 302, errors(response)
    assert not VideoPage.objects.get(slug="la-scop").live


def test_a_film_must_be_a_film_and_captions_must_be_captions(north):
    text = DocumentFactory(file=ContentFile(b"texte", name="texte.txt"), collection=north.collection)

    assert "MP4 ou WebM" in errors(add(north, address="", film=text.pk))
    assert "WebVTT" in errors(add(north, captions=text.pk))


def test_the_transcript_is_made_from_the_captions_without_their_markup(north):
    film = DocumentFactory(file=ContentFile(MP4, name="film.mp4"), collection=north.collection)
    captions = DocumentFactory(file=ContentFile(VTT.encode(), name="film.vtt"), collection=north.collection)

    add(north, address="", film=film.pk, captions=captions.pk)

    transcript = VideoPage.objects.get(slug="la-scop").transcript
    assert transcript == "<p>Bonjour à toutes et tous. alert(1)L’atelier &amp; ses outils.</p>"


def test_a_credit_of_three_hundred_characters_is_refused_with_the_longest_there_may_be(north):
    credit = {"role": "director", "other_role": "", "names": "x" * 300}

    response = add(north, credits=streamfield([("credit", credit)]))

    assert response.status_code == 200
    assert "250" in response.content.decode()
    assert "x" * 300 in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("faux.mp4", b"<html><script>", "MP4"),
        ("faux.webm", b"\x00" * 20, "WebM"),
        ("faux.vtt", b"1\n00:00:01,000 --> 00:00:02,000\nSRT", "WebVTT"),
        ("vide.vtt", b"WEBVTT\n\n", "WebVTT"),
        ("latin.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nété".encode("latin-1"), "WebVTT"),
    ],
)
def test_a_file_must_be_what_its_name_says(north, name, content, word):
    response = north.writer_client.post(
        reverse("wagtaildocs:add"),
        {"title": "Film", "collection": north.collection.pk, "file": SimpleUploadedFile(name, content)},
    )

    assert word in str(response.context["form"].errors["file"])
    assert not SiteDocument.objects.exists()


def test_a_large_film_is_taken_and_a_large_document_is_not(north, settings):
    settings.MAX_DOCUMENT_SIZE = 5000

    def send(name, content):
        file = SimpleUploadedFile(name, content)
        data = {"title": name, "collection": north.collection.pk, "file": file}
        return north.writer_client.post(reverse("wagtaildocs:add"), data)

    assert send("film.mp4", MP4).status_code == 302
    assert "trop lourd" in str(send("rapport.txt", b"x" * 6000).context["form"].errors["file"])


def test_the_editor_says_at_once_whose_video_was_pasted_and_what_its_provider_knows(north):
    def look(address, **more):
        return north.writer_client.get(reverse("video_details"), {"address": address, **more}).json()

    assert look(YOUTUBE)["provider"] == "YouTube"
    assert look(YOUTUBE, ask=1)["message"].startswith("YouTube ne répond pas")
    known = look("https://video.example.org/w/une-scop", ask=1)
    assert (known["title"], known["duration"]) == ("Une scop", "0:03:20")
    assert "Dailymotion" in look("javascript:alert(1)")["error"]
    assert "n’a pas cette vidéo" in look("https://video.example.org/w/disparue", ask=1)["error"]


def test_the_details_are_for_editors_alone(north):
    assert north.visitor.get("/admin/video/?address=x").status_code == 302


def test_a_role_is_chosen_or_written_and_not_both(north):
    def send(**credit):
        return add(
            north, credits=streamfield([("credit", {"role": "", "other_role": "", "names": "Un nom", **credit})])
        )

    assert "Choisissez un r" in send().content.decode()
    assert "deux fois" in send(role="director", other_role="Bruitage").content.decode()
    assert send(other_role="Bruitage").status_code == 302


@pytest.mark.parametrize("path", ["ma%20video", "qui%3F", "x%00", "x%01y", "a%2525b", "v/?a=1&a=2&parameters=3"])
def test_an_odd_address_of_an_approved_host_is_kept_as_it_is_or_refused_in_the_form(north, path):
    ApprovedHost.objects.create(
        kind="oembed",
        hostname="archives.example.net",
        name="Archives",
        oembed_url="https://archives.example.net/oembed",
    )

    response = add(north, address=f"https://archives.example.net/{path}")

    assert response.status_code == 302, errors(response)
    assert VideoPage.objects.get(slug="la-scop").address == f"https://archives.example.net/{path}"


def test_the_preview_of_a_new_article_shows_a_pasted_video(north):
    block = {"page": "", "address": YOUTUBE, "title": "Un film", "caption": ""}
    data = nested_form_data(
        {
            "title": "Un article",
            "slug": "un-article",
            "summary": "",
            "body": streamfield([("video", block)]),
            "byline": streamfield([]),
            "contact": streamfield([]),
            "sources": streamfield([]),
            "page_topics": inline_formset([]),
            "related_articles": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    address = reverse("wagtailadmin_pages:preview_on_add", args=["articles", "articlepage", north.index.pk])

    assert north.writer_client.post(address, data).json()["is_valid"]
    assert "Lire la vidéo sur YouTube" in north.writer_client.get(address).content.decode()


def test_the_dashboard_leads_to_the_form(north):
    text = north.writer_client.get("/admin/").content.decode()

    assert reverse("wagtailadmin_pages:add", args=["videos", "videopage", north.video_index.pk]) in text
    assert "Ajouter une vidéo" in text
