"""What providers say of their videos, and what becomes of a page whose video is gone; all of it without blocking."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.embeds import approved
from core.embeds.records import check_due
from core.models import ApprovedHost, RemoteVideo, SiteImage
from tests.factories import ArticlePageFactory, VideoPageFactory, jpeg

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """A provider on this machine: `server.answers` says what it knows, address by address."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.server.asked.append(self.path)
        status, content_type, body = self.server.answers.get(self.path.partition("?")[0], (404, "text/html", b""))
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.answers, server.asked = {}, []
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{server.server_address[1]}"
    server.root = f"http://{address}"
    settings.OUTGOING_CALLS = True
    settings.FETCHER_TEST_ADDRESSES = frozenset({address})
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def host(provider):
    """An approved site whose oEmbed answers come from that provider."""
    return ApprovedHost.objects.create(
        kind=ApprovedHost.Kind.OEMBED,
        hostname="archives.example.net",
        name="Archives",
        oembed_url=f"{provider.root}/oembed",
    )


def says(provider, status=200, **details):
    data = {"type": "video", "html": '<iframe src="https://archives.example.net/lecteur/1"></iframe>', **details}
    provider.answers["/oembed"] = (status, "application/json", json.dumps(data).encode())


@pytest.fixture
def video(north, host):
    return VideoPageFactory(parent=north.video_index, address="https://archives.example.net/video/1", noted=False)


def later():
    """The next time that the periodic command runs, when every video's turn has come."""
    RemoteVideo.objects.update(next_check_at=timezone.now() - timedelta(seconds=1))
    call_command("periodic")


def publish(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()


def read(north, page) -> str:
    return north.visitor.get(page.url).content.decode()


def test_what_the_provider_knows_arrives_after_saving_with_the_poster_in_the_poles_collection(
    north, provider, video, django_capture_on_commit_callbacks
):
    provider.answers["/affiche.jpg"] = (200, "image/jpeg", jpeg(1280, 720))
    says(provider, title="Une SCOP en 1978", author_name="Les archives", duration=754, width=640, height=480,
         thumbnail_url=f"{provider.root}/affiche.jpg")  # fmt: skip

    publish(video, django_capture_on_commit_callbacks)

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


def test_a_video_is_asked_about_once_whoever_saves_how_often(
    north, provider, video, django_capture_on_commit_callbacks
):
    says(provider, title="Un titre")

    for _ in range(3):
        publish(video, django_capture_on_commit_callbacks)

    assert len(provider.asked) == 1


def test_two_periodic_commands_at_once_ask_once(north, provider, video, django_capture_on_commit_callbacks):
    says(provider, title="Un titre")
    publish(video, django_capture_on_commit_callbacks)
    RemoteVideo.objects.update(next_check_at=timezone.now() - timedelta(seconds=1))
    provider.asked.clear()

    one, other = RemoteVideo.objects.get(), RemoteVideo.objects.get()
    one.refresh()
    other.refresh()

    assert len(provider.asked) == 1


def test_html_in_a_title_is_text_and_too_much_is_cut(north, provider, video, django_capture_on_commit_callbacks):
    says(provider, title="<b>Un</b> &lt;script&gt;alert(1)&lt;/script&gt; titre\x00" + "x" * 999, author_name=["?"],
         duration="-3", width="1e9", height=True, thumbnail_url="javascript:alert(1)")  # fmt: skip

    publish(video, django_capture_on_commit_callbacks)

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
def test_only_the_approved_player_is_ever_framed(north, provider, video, django_capture_on_commit_callbacks, html):
    says(provider, title="Un titre", html=html)

    publish(video, django_capture_on_commit_callbacks)

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
def test_a_poster_that_is_no_picture_leaves_a_drawn_one(
    north, provider, video, django_capture_on_commit_callbacks, poster
):
    provider.answers["/affiche"] = poster
    says(provider, title="Un titre", thumbnail_url=f"{provider.root}/affiche")

    publish(video, django_capture_on_commit_callbacks)

    assert RemoteVideo.objects.get().title == "Un titre"
    assert not SiteImage.objects.exists()
    assert "facade__drawn" in read(north, video)


def test_a_provider_that_fails_changes_nothing_and_is_asked_again(
    north, provider, video, django_capture_on_commit_callbacks
):
    provider.answers["/oembed"] = (503, "text/html", b"")
    publish(video, django_capture_on_commit_callbacks)
    assert RemoteVideo.objects.get().missed == 0

    says(provider, title="Revenu")
    later()

    assert RemoteVideo.objects.get().title == "Revenu"


def test_a_dead_video_shows_its_transcript_and_a_sentence_and_comes_back_by_itself(
    north, provider, video, django_capture_on_commit_callbacks
):
    video.transcript = "<p>Ce qui était dit.</p>"
    says(provider, title="Un titre")
    publish(video, django_capture_on_commit_callbacks)
    says(provider, status=404)

    later()
    assert "data-player=" in read(north, video)  # once may be a mistake

    later()
    text = read(north, video)
    assert "Cette vidéo ne peut plus être vue sur Archives" in text
    assert "Ce qui était dit." in text
    assert "data-player=" not in text
    assert "frame-src" not in north.visitor.get(video.url)["Content-Security-Policy"]

    says(provider, title="Un titre")
    later()
    assert "data-player=" in read(north, video)


def test_the_team_finds_a_line_about_it_on_its_dashboard_and_nobody_else_does(
    north, south, provider, video, django_capture_on_commit_callbacks
):
    says(provider, status=410)
    publish(video, django_capture_on_commit_callbacks)
    later()

    line = f"« {video.title} » : sa vidéo ne peut plus être vue."
    assert line in north.writer_client.get("/admin/").content.decode()
    assert line not in south.publisher_client.get("/admin/").content.decode()

    says(provider, title="Un titre")
    later()
    assert line not in north.writer_client.get("/admin/").content.decode()


def test_a_video_pasted_in_an_article_is_looked_after_too(north, provider, host, django_capture_on_commit_callbacks):
    says(provider, status=404)
    block = {"page": None, "address": "https://archives.example.net/video/1", "title": "Un film", "caption": ""}
    article = ArticlePageFactory(parent=north.index, title="L’article", body=[("video", block)])
    publish(article, django_capture_on_commit_callbacks)
    later()

    assert "Cette vidéo ne peut plus être vue" in read(north, article)
    assert "L’article" in north.writer_client.get("/admin/").content.decode()


def test_a_video_that_no_page_shows_any_more_is_asked_about_no_more(
    north, provider, video, django_capture_on_commit_callbacks
):
    says(provider, title="Un titre")
    publish(video, django_capture_on_commit_callbacks)
    video.address = "https://video.example.org/w/un-autre"
    publish(video, django_capture_on_commit_callbacks)
    provider.asked.clear()

    later()

    assert provider.asked == []


def test_a_draft_with_another_address_leaves_what_visitors_see(
    north, provider, video, django_capture_on_commit_callbacks
):
    says(provider, title="Un titre", width=9, height=16)
    publish(video, django_capture_on_commit_callbacks)

    video.address = "https://video.example.org/w/brouillon"
    video.save_revision()

    assert "facade--9x16" in read(north, video)


def test_the_command_asks_about_a_bounded_number_at_a_time(north):
    for _ in range(4):
        VideoPageFactory(parent=north.video_index)
    RemoteVideo.objects.update(next_check_at=timezone.now() - timedelta(days=1))

    assert [check_due(most=3), check_due(most=3), check_due(most=3)] == [3, 1, 0]


def test_a_peertube_instance_that_redirects_to_this_machine_is_not_followed(
    north, provider, settings, django_capture_on_commit_callbacks
):
    """The instance's answers are those of a server that sends to a port of this machine that nothing opened."""
    settings.FETCHER_TEST_ADDRESSES = frozenset()
    ApprovedHost.objects.create(hostname="127.0.0.1.nip.example.net", name="Piège")
    embed = approved.PeerTube().embed(ApprovedHost.objects.get(), "kkGMgK9ZtnKfYAgnEtQxbv", "video", 0)
    assert embed.details_url.startswith("https://127.0.0.1.nip.example.net/")

    video = VideoPageFactory(
        parent=north.video_index, address="https://127.0.0.1.nip.example.net/w/kkGMgK9ZtnKfYAgnEtQxbv", noted=False
    )
    publish(video, django_capture_on_commit_callbacks)

    assert provider.asked == []
    assert RemoteVideo.objects.get().answered_at is None
