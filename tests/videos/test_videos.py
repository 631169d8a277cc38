"""A video's page: what visitors, search engines, readers of feeds and other pages get of it."""

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils.html import escape
from PIL import Image as PillowImage
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.embeds.records import RemoteVideo
from core.models import ApprovedHost
from tests.factories import (
    ArticlePageFactory,
    DocumentFactory,
    ImageFactory,
    TopicFactory,
    VideoPageFactory,
    VideoSeriesPageFactory,
)
from tests.markup import compact

pytestmark = pytest.mark.django_db

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
MEDIA = "{http://search.yahoo.com/mrss/}"
VTT = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Anne>Bonjour à <b>toutes</b> et tous.\n\n"
    "00:00:03.000 --> 00:00:05.000\n<script>alert(1)</script>L’atelier &amp; ses outils.\n"
)

MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40


def film(pole, name="film.mp4", content=MP4):
    return DocumentFactory(title=name, file=ContentFile(content, name=name), collection=pole.collection)


def html(client, page, query=""):
    response = client.get(f"{page.url}{query}")
    assert response.status_code == 200
    return compact(response.content.decode())


def json_ld(text: str, type_name: str) -> dict:
    """The one description of that type in a page."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    (found,) = [item for script in scripts for item in json.loads(script) if item["@type"] == type_name]
    return found


def test_nothing_of_a_provider_is_in_the_page_but_a_link_to_it_and_what_the_button_will_call(north):
    video = VideoPageFactory(parent=north.video_index, title="La SCOP en trois minutes", address=YOUTUBE)

    text = html(north.visitor, video)

    assert "<iframe" not in text
    assert f'href="{YOUTUBE}"' in text
    assert "Lire la vidéo sur YouTube" in text and "www.youtube-nocookie.com" in text
    assert "Toujours autoriser YouTube" in text


def test_a_page_may_frame_the_players_that_it_shows_and_no_others(north):
    video = VideoPageFactory(parent=north.video_index, address=YOUTUBE)
    other = VideoPageFactory(parent=north.video_index, address="https://vimeo.com/76979871")

    def frames(page):
        policy = north.visitor.get(page.url)["Content-Security-Policy"]
        return [part.split()[1:] for part in policy.split("; ") if part.startswith("frame-src")]

    assert frames(video) == [["https://www.youtube-nocookie.com"]]
    assert frames(other) == [["https://player.vimeo.com"]]
    assert frames(north.video_index) == []
    assert frames(north.home) == []


def test_a_film_of_ones_own_is_played_by_the_page_itself_with_its_captions(north):
    captions = film(north, "film.vtt", VTT.encode())
    video = VideoPageFactory(parent=north.video_index, address="", film=film(north), captions=captions)

    text = html(north.visitor, video)

    assert f'<source src="{video.film.url}" type="video/mp4">' in text
    assert f'<track kind="captions" src="{captions.url}" srclang="fr"' in text
    assert north.visitor.get(captions.url)["Content-Type"] == "text/vtt; charset=utf-8"


def test_a_player_gets_a_film_by_the_pieces_it_asks_for(north):
    document = film(north)

    piece = north.visitor.get(document.url, headers={"range": "bytes=8-11", "accept-encoding": "gzip"})
    whole = north.visitor.get(document.url, headers={"accept-encoding": "gzip"})

    assert piece.status_code == 206
    assert piece["Content-Range"] == f"bytes 8-11/{len(MP4)}"
    assert b"".join(piece.streaming_content) == MP4[8:12]
    assert whole["Content-Type"] == "video/mp4" and "Content-Encoding" not in whole
    assert b"".join(whole.streaming_content) == MP4


def test_search_engines_learn_of_the_film_its_transcript_and_its_place_in_a_series(north):
    first = VideoPageFactory(parent=north.video_index, address=YOUTUBE)
    second = VideoPageFactory(
        parent=north.video_index,
        title="Le deuxième film",
        address="https://vimeo.com/76979871",
        duration=timedelta(minutes=3, seconds=20),
        author="Le ministère",
        transcript="<p>Une personne,</p><p>une voix.</p>",
    )
    series = VideoSeriesPageFactory(parent=north.video_index, title="La loi", videos=[first, second])

    found = json_ld(html(north.visitor, second), "VideoObject")

    assert found["name"] == "Le deuxième film"
    assert found["embedUrl"] == "https://player.vimeo.com/video/76979871?dnt=1"
    assert found["duration"] == "P0DT00H03M20S"
    assert found["transcript"] == "Une personne, une voix."
    assert found["position"] == 2
    assert found["isPartOf"]["url"] == series.full_url
    assert found["thumbnailUrl"] == [f"{second.full_url}affiche/"]
    parts = json_ld(html(north.visitor, series), "CreativeWorkSeries")["hasPart"]
    assert [(part["position"], part["name"]) for part in parts] == [(1, first.title), (2, second.title)]


def test_a_share_shows_the_poster_and_the_player(north):
    text = html(north.visitor, VideoPageFactory(parent=north.video_index, address=YOUTUBE))

    assert '<meta property="og:type" content="video.other">' in text
    assert '<meta property="og:video" content="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0">' in text
    assert re.search(r'<meta property="og:image" content="http://nord.test/videos/[\w-]+/affiche/">', text)


def test_without_a_picture_the_poster_is_drawn_from_the_title(north):
    title = "Anticonstitutionnellement" * 8 + " : où, ça ? L’été, « Œuvre » \x07 " + "mot " * 20
    video = VideoPageFactory(parent=north.video_index, title=title[:250], slug="long")

    response = north.visitor.get(f"{video.url}affiche/")

    assert response["Content-Type"] == "image/png"
    (northern := ContentFile(response.content)).seek(0)
    with PillowImage.open(northern) as poster:
        assert poster.size == (1200, 675)
        assert len(poster.getcolors()) > 5  # the letters' edges
    other = VideoPageFactory(parent=north.video_index, title="Autre titre")
    assert north.visitor.get(f"{other.url}affiche/").content != response.content
    assert "public" in response["Cache-Control"]


def test_a_picture_of_ones_own_is_the_poster(north):
    video = VideoPageFactory(parent=north.video_index, listing_image=ImageFactory(collection=north.collection))

    assert north.visitor.get(f"{video.url}affiche/")["Location"].endswith(".jpg")


def test_the_feed_describes_the_film_for_players(north):
    video = VideoPageFactory(
        parent=north.video_index,
        address=YOUTUBE,
        duration=timedelta(seconds=200),
        credits=[("credit", {"role": "director", "other_role": "", "names": "Un collectif"})],
    )

    (item,) = ElementTree.fromstring(north.visitor.get("/videos/rss/").content).iter("item")
    media = item.find(f"{MEDIA}content")

    assert item.findtext("link") == video.full_url
    assert media.get("duration") == "200"
    assert media.find(f"{MEDIA}player").get("url").startswith("https://www.youtube-nocookie.com/embed/")
    assert media.find(f"{MEDIA}thumbnail").get("url") == f"{video.full_url}affiche/"
    assert (media.find(f"{MEDIA}credit").get("role"), media.findtext(f"{MEDIA}credit")) == (
        "Réalisation", "Un collectif",
    )  # fmt: skip


def test_the_site_map_for_machines_describes_the_film(north):
    VideoPageFactory(parent=north.video_index, title="Un film", address=YOUTUBE, duration=timedelta(seconds=200))

    text = north.visitor.get("/sitemap-videos.xml").content.decode()

    assert "<video:title>Un film</video:title>" in text
    assert "<video:player_loc>https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0</video:player_loc>" in text
    assert "<video:duration>200</video:duration>" in text
    assert text.count("<video:video>") == 1
    assert "sitemap-videos.xml" in north.visitor.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("query", ["Bourdon", "libellule", "papillonnage"])
def test_the_search_finds_a_video_by_its_title_its_credits_and_what_is_said_in_it(north, query):
    video = VideoPageFactory(
        parent=north.video_index,
        title="Le bourdon",
        credits=[("credit", {"role": "narration", "other_role": "", "names": "Libellule"})],
        transcript="<p>On parle ici de papillonnage.</p>",
    )

    assert video.relative_url(north.site) in north.visitor.get("/recherche/", {"q": query}).content.decode()


def test_the_list_can_be_narrowed_to_a_topic(north):
    topic = TopicFactory(name="Coopératives", slug="cooperatives")
    about, other = (
        VideoPageFactory(parent=north.video_index, topics=[topic]),
        VideoPageFactory(parent=north.video_index),
    )

    text = north.visitor.get("/videos/?theme=cooperatives").content.decode()

    assert about.title in text and other.title not in text


def test_without_a_video_the_list_says_so(north):
    assert "Aucune vidéo" in north.visitor.get("/videos/").content.decode()


def test_the_credits_are_read_in_their_order(north):
    video = VideoPageFactory(
        parent=north.video_index,
        credits=[
            ("credit", {"role": "production", "other_role": "", "names": "La coopérative"}),
            ("credit", {"role": "", "other_role": "Bruitage", "names": "Un bruiteur"}),
        ],
        produced_for="Le ministère de l’Économie",
    )

    text = html(north.visitor, video).partition("<dl>")[2]

    order = [text.index(word) for word in ("La coopérative", "Bruitage", "Un bruiteur", "Commande de", "Le ministère")]
    assert order == sorted(order)


def test_an_article_shows_a_video_of_another_pole_by_its_page(north, south):
    video = VideoPageFactory(parent=south.video_index, title="Vu du sud", address=YOUTUBE)
    article = ArticlePageFactory(
        parent=north.index, body=[("video", {"page": video, "address": "", "title": "", "caption": "Une légende"})]
    )

    text = html(north.visitor, article)

    assert "Vu du sud" in text and "Une légende" in text and "data-player=" in text

    video.unpublish()
    assert "Vu du sud" not in html(north.visitor, article)


def test_an_article_shows_a_pasted_address(north):
    block = {"page": None, "address": YOUTUBE, "title": "Un <b>film</b>", "caption": ""}
    article = ArticlePageFactory(parent=north.index, body=[("video", block)])

    text = html(north.visitor, article)

    assert escape("Un <b>film</b>") in text and "<b>film</b>" not in text
    assert "youtube-nocookie" in text


def test_a_host_whose_approval_ends_leaves_a_link_and_no_player(north):
    host = ApprovedHost.objects.create(hostname="tube.example.net", name="Tube")
    address = "https://tube.example.net/w/kkGMgK9ZtnKfYAgnEtQxbv"
    video = VideoPageFactory(parent=north.video_index, address=address)
    assert "data-player=" in html(north.visitor, video)

    host.delete()

    text = html(north.visitor, video)
    assert "data-player=" not in text and f'href="{address}"' in text
    assert north.visitor.get(video.url)["Content-Security-Policy"].count("frame-src") == 0


def test_what_a_provider_said_is_kept_beside_the_page(north):
    video = VideoPageFactory(parent=north.video_index, address=YOUTUBE)
    RemoteVideo.objects.update(duration=timedelta(minutes=5), width=9, height=16)

    text = html(north.visitor, video)

    assert "5\u00a0min" in text
    assert "facade--9x16" in text


def test_the_poster_of_a_private_page_is_kept_by_no_shared_cache(north):
    video = VideoPageFactory(parent=north.video_index)
    PageViewRestriction.objects.create(page=video, restriction_type="password", password="sésame")

    assert b"PNG" not in north.visitor.get(f"{video.url}affiche/").content


def test_without_its_film_a_page_says_so_and_leads_nowhere(north):
    document = film(north)
    video = VideoPageFactory(parent=north.video_index, address="", film=document)
    document.delete()

    text = html(north.visitor, video)

    assert "Cette vidéo ne peut plus être vue." in text
    assert 'href=""' not in text and "None" not in text


def test_a_dead_video_is_announced_to_no_machine(north):
    video = VideoPageFactory(parent=north.video_index, address=YOUTUBE)
    RemoteVideo.objects.update(missed=2)

    assert "embedUrl" not in json_ld(html(north.visitor, video), "VideoObject")
    assert "video:player_loc" not in north.visitor.get("/sitemap-videos.xml").content.decode()
    assert "youtube-nocookie" not in north.visitor.get("/videos/rss/").content.decode()


def test_feeds_carry_no_button(north):
    block = {"page": None, "address": YOUTUBE, "title": "Le film", "caption": ""}
    ArticlePageFactory(parent=north.index, body=[("video", block)])

    text = north.visitor.get("/actualites/rss/").content.decode()

    assert "Le film" in text and "watch?v=dQw4w9WgXcQ" in text
    assert "Toujours autoriser" not in text and "Vous quitterez" not in text


def test_a_video_in_the_home_pages_free_content_is_looked_after(north):
    block = {"page": None, "address": YOUTUBE, "title": "Le film", "caption": ""}
    picture = ("image", {"image": ImageFactory(collection=north.collection), "caption": "", "width": "text"})
    north.home.body = [("story", {"title": "", "story": [picture, ("video", block)]})]
    north.home.save_revision().publish()

    assert list(RemoteVideo.objects.get().pages.all()) == [north.home.page_ptr]


def test_a_film_behind_a_password_asks_for_it_before_any_piece(north):
    document = film(north)
    CollectionViewRestriction.objects.create(
        collection=north.collection, restriction_type="password", password="sésame"
    )

    response = north.visitor.get(document.url, headers={"range": "bytes=0-9"})

    assert response.status_code == 200 and b"ftyp" not in response.content
