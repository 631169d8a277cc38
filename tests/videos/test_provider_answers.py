"""What providers answer is theirs: nothing of it is believed that was not checked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.embeds.approved import PeerTube
from core.fetcher import FetchError, FetchRefused
from core.models import ApprovedHost, RemoteVideo, SiteImage
from tests.core.hostile_server import HostileServer
from tests.factories import VideoPageFactory, jpeg
from tests.servers import serving
from tests.videos.conftest import later, publish, published_and_asked, read, says

pytestmark = pytest.mark.django_db


def test_what_the_provider_knows_arrives_after_saving_with_the_poster_in_the_poles_collection(north, provider, video):
    provider.answers["/affiche.jpg"] = (200, "image/jpeg", jpeg(1280, 720))
    says(provider, title="Une SCOP en 1978", author_name="Les archives", duration=754, width=640, height=480,
         thumbnail_url=f"{provider.root}/affiche.jpg")  # fmt: skip

    published_and_asked(video)

    record = RemoteVideo.objects.get()
    assert (record.title, record.author) == ("Une SCOP en 1978", "Les archives")
    assert record.duration == timedelta(seconds=754)
    assert record.player_url == "https://archives.example.net/lecteur/1"
    assert record.poster.collection == north.collection
    assert "Une SCOP en 1978" in record.poster.description
    text = read(north, video)
    assert 'data-player="https://archives.example.net/lecteur/1"' in text and "facade--4x3" in text
    assert provider.root not in text  # nothing is shown from where it stands
    assert record.poster.get_rendition("format-avif|fill-800x450").url in text


def test_html_in_a_title_is_text_and_too_much_is_cut(north, provider, video):
    says(provider, title="<b>Un</b> &lt;script&gt;alert(1)&lt;/script&gt; titre\x00" + "x" * 999, author_name=["?"],
         duration="-3", width="1e9", height=True, thumbnail_url="javascript:alert(1)")  # fmt: skip

    published_and_asked(video)

    record = RemoteVideo.objects.get()
    assert record.title.startswith("Un alert(1) titre") and len(record.title) == 250
    assert (record.author, record.duration, record.width, record.height, record.poster) == ("", None, None, None, None)


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://evil.test/lecteur"></iframe>',
        '<iframe src="javascript:alert(1)"></iframe>',
        "<script>alert(1)</script>",
        '<iframe src="https://archives.example.net/1"></iframe><iframe src="https://evil.test/"></iframe>',
        None,
    ],
)
def test_only_the_approved_player_is_ever_framed(north, provider, video, html):
    says(provider, title="Un titre", html=html)

    published_and_asked(video)

    assert RemoteVideo.objects.get().player_url == ""
    text = read(north, video)
    assert "data-player=" not in text and 'href="https://archives.example.net/video/1"' in text


@pytest.mark.parametrize(
    "poster",
    [
        (200, "image/svg+xml", b"<svg onload='alert(1)'/>"),
        (200, "text/html", b"<script>"),
        (200, "image/jpeg", jpeg()[:200]),
        (200, "image/jpeg", b"x" * 9_000_000),
        (404, "image/jpeg", jpeg()),
    ],
)
def test_a_poster_that_is_no_picture_leaves_a_drawn_one(north, provider, video, poster):
    provider.answers["/affiche"] = poster
    says(provider, title="Un titre", thumbnail_url=f"{provider.root}/affiche")

    published_and_asked(video)

    assert RemoteVideo.objects.get().title == "Un titre"
    assert not SiteImage.objects.exists()
    assert "facade__drawn" in read(north, video)


def test_a_peertube_instance_that_redirects_to_this_machine_is_not_followed(provider, settings):
    host = ApprovedHost.objects.create(hostname="tube.example.net", name="Tube")
    embed = PeerTube().embed(host, "kkGMgK9ZtnKfYAgnEtQxbv", "video", 0, 0)
    with serving(HostileServer()) as instance:
        instance.neighbour = int(provider.root.rpartition(":")[2])
        settings.FETCHER_TEST_ADDRESSES = frozenset({instance.name})

        with pytest.raises(FetchRefused):
            PeerTube().ask(replace(embed, details_url=instance.url("to-another-port")))
        with pytest.raises(FetchError):
            PeerTube().ask(replace(embed, details_url=instance.url("gigabyte")))

    assert provider.asked == []


ODD_ANSWERS = [
    b'{"title": "<![x>"}',
    b'{"title": "' + b"<a" * 600 + b'"}',
    b'{"title": "' + b"<" * 60_000 + b'"}',
    b'{"html": "<iframe src="https://archives.example.net/x?\\ud800"></iframe>"}',
    b'{"html": "<iframe src="https://archives.example.net/' + b"x" * 20_000 + b'"></iframe>"}',
    b'{"html": {"a": 1}, "title": {"b": [2]}, "thumbnail_url": ["//[x"], "duration": {}, "width": null}',
    b'{"duration": 1e400, "width": -1, "height": 1e-9}',
    b"[" * 50_000,
    b"",
]


@pytest.mark.parametrize("body", ODD_ANSWERS)
def test_no_answer_stops_the_command_or_keeps_the_others_from_their_turn(north, south, provider, video, body):
    provider.answers["/oembed"] = (200, "application/json", body)
    other = VideoPageFactory(parent=south.video_index, noted=False)
    publish(video)
    publish(other)

    later()

    assert RemoteVideo.objects.get(provider="example").title != ""
    assert north.visitor.get(video.url).status_code == 200
    assert north.visitor.get("/videos/rss/").status_code == 200


def test_a_player_of_a_host_that_the_network_replaced_is_framed_no_more(north, provider, host, video):
    host.player_host = "ancien.example.net"
    host.save()
    says(provider, title="Un titre", html='<iframe src="https://ancien.example.net/1"></iframe>')
    published_and_asked(video)
    assert "https://ancien.example.net" in north.visitor.get(video.url)["Content-Security-Policy"]

    host.player_host = "nouveau.example.net"
    host.save()

    assert "ancien.example.net" not in north.visitor.get(video.url)["Content-Security-Policy"]
    assert "data-player=" not in read(north, video)


def test_each_host_is_allowed_for_itself(north, provider, video):
    says(provider, title="Un titre")
    published_and_asked(video)

    assert 'data-provider="oembed:archives.example.net"' in read(north, video)
