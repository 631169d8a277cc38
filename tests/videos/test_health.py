"""What providers say of their videos, and what becomes of a page whose video is gone; all of it without blocking."""

import json
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.embeds.approved import PeerTube
from core.embeds.recognition import providers
from core.embeds.records import check_due
from core.fetcher import FetchError, FetchRefused
from core.models import ApprovedHost, RemoteVideo, SiteImage
from tests.core.hostile_server import HostileServer
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


def publish(page):
    page.save_revision().publish()


def published_and_asked(page):
    publish(page)
    call_command("periodic")


def read(north, page) -> str:
    return north.visitor.get(page.url).content.decode()


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


def test_a_video_is_asked_about_once_whoever_saves_how_often(north, provider, video):
    says(provider, title="Un titre")

    for _ in range(3):
        published_and_asked(video)

    assert len(provider.asked) == 1


def test_who_saves_does_not_wait_for_a_provider(north, provider, video):
    publish(video)

    assert provider.asked == []
    assert RemoteVideo.objects.due().count() == 1


def test_a_worker_asks_at_once(north, provider, video, settings, django_capture_on_commit_callbacks):
    says(provider, title="Un titre")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    with django_capture_on_commit_callbacks(execute=True):
        publish(video)
    call_command("db_worker", batch=True, verbosity=0, interval=0, startup_delay=False, reload=False)

    assert RemoteVideo.objects.get().title == "Un titre"


def test_two_periodic_commands_at_once_ask_once(north, provider, video):
    says(provider, title="Un titre")
    published_and_asked(video)
    RemoteVideo.objects.update(next_check_at=timezone.now() - timedelta(seconds=1))
    provider.asked.clear()

    one, other = RemoteVideo.objects.get(), RemoteVideo.objects.get()
    one.refresh()
    other.refresh()

    assert len(provider.asked) == 1


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


def test_a_provider_that_fails_changes_nothing_and_is_asked_again(north, provider, video):
    provider.answers["/oembed"] = (503, "text/html", b"")
    published_and_asked(video)
    assert RemoteVideo.objects.get().missed == 0

    says(provider, title="Revenu")
    later()

    assert RemoteVideo.objects.get().title == "Revenu"


def test_a_dead_video_shows_its_transcript_and_a_sentence_and_comes_back_by_itself(north, provider, video):
    video.transcript = "<p>Ce qui était dit.</p>"
    says(provider, title="Un titre")
    published_and_asked(video)
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


def test_the_team_finds_a_line_about_it_on_its_dashboard_and_nobody_else_does(north, south, provider, video):
    says(provider, status=410)
    published_and_asked(video)
    later()

    line = f"« {video.title} » : sa vidéo ne peut plus être vue."
    assert line in north.writer_client.get("/admin/").content.decode()
    assert line not in south.publisher_client.get("/admin/").content.decode()

    says(provider, title="Un titre")
    later()
    assert line not in north.writer_client.get("/admin/").content.decode()


def test_a_video_pasted_in_an_article_is_looked_after_too(north, provider, host):
    says(provider, status=404)
    block = {"page": None, "address": "https://archives.example.net/video/1", "title": "Un film", "caption": ""}
    article = ArticlePageFactory(parent=north.index, title="L’article", body=[("video", block)])
    published_and_asked(article)
    later()

    assert "Cette vidéo ne peut plus être vue" in read(north, article)
    assert "L’article" in north.writer_client.get("/admin/").content.decode()


def test_a_video_that_no_page_shows_any_more_is_asked_about_no_more(north, provider, video):
    says(provider, title="Un titre")
    published_and_asked(video)
    video.address = "https://video.example.org/w/un-autre"
    published_and_asked(video)
    provider.asked.clear()

    later()

    assert provider.asked == []


def test_a_draft_with_another_address_leaves_what_visitors_see(north, provider, video):
    says(provider, title="Un titre", width=9, height=16)
    published_and_asked(video)

    video.address = "https://video.example.org/w/brouillon"
    video.save_revision()

    assert "facade--9x16" in read(north, video)


def test_the_command_asks_about_a_bounded_number_at_a_time(north):
    for _ in range(4):
        VideoPageFactory(parent=north.video_index)
    RemoteVideo.objects.update(next_check_at=timezone.now() - timedelta(days=1))

    assert [check_due(most=3), check_due(most=3), check_due(most=3)] == [3, 1, 0]


def test_a_peertube_instance_that_redirects_to_this_machine_is_not_followed(provider, settings):
    host = ApprovedHost.objects.create(hostname="tube.example.net", name="Tube")
    embed = PeerTube().embed(host, "kkGMgK9ZtnKfYAgnEtQxbv", "video", 0, 0)
    with HostileServer() as instance:
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


def test_a_provider_that_is_no_longer_configured_stops_nothing(north, settings):
    VideoPageFactory(parent=north.video_index)
    RemoteVideo.objects.update(provider="gone", next_check_at=timezone.now() - timedelta(days=1))
    settings.VIDEO_PROVIDERS = []
    providers.cache_clear()

    assert check_due() == 1
    settings.VIDEO_PROVIDERS = ["core.embeds.example.Example"]
    providers.cache_clear()


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


def test_a_corrected_address_is_asked_about_anew(north, provider, video):
    says(provider, status=404)
    published_and_asked(video)
    later()
    assert "ne peut plus être vue" in read(north, video)

    other = VideoPageFactory(parent=north.video_index, address="https://vimeo.com/76979871", noted=False)
    publish(other)
    RemoteVideo.objects.filter(provider="vimeo").update(missed=5)
    other.address = "https://vimeo.com/76979871#t=30s"
    publish(other)

    assert RemoteVideo.objects.get(provider="vimeo").missed == 0


def test_a_poster_that_was_deleted_does_not_come_back(north, provider, video):
    provider.answers["/affiche.jpg"] = (200, "image/jpeg", jpeg(1280, 720))
    says(provider, title="Un titre", thumbnail_url=f"{provider.root}/affiche.jpg")
    published_and_asked(video)
    SiteImage.objects.all().delete()

    later()

    assert not SiteImage.objects.exists()


def test_what_moves_to_another_pole_is_looked_after_there(north, south, provider, video):
    says(provider, status=404)
    published_and_asked(video)
    video.move(south.video_index, pos="last-child")

    record = RemoteVideo.objects.get(pages=video)
    assert record.site == south.site
    later()
    later()
    assert "ne peut plus être vue" in south.publisher_client.get("/admin/").content.decode()
    assert "ne peut plus être vue" not in north.publisher_client.get("/admin/").content.decode()


def test_a_copy_that_follows_its_source_shows_what_is_known_of_it(north, provider, video):
    says(provider, title="Un titre", width=9, height=16)
    published_and_asked(video)

    alias = video.create_alias(parent=north.video_index, update_slug="copie")

    assert "facade--9x16" in read(north, alias)


def test_the_editing_screen_of_a_dead_video_says_what_to_do(north, provider, video):
    says(provider, status=404)
    published_and_asked(video)
    later()

    text = north.publisher_client.get(reverse("wagtailadmin_pages:edit", args=[video.pk])).content.decode()

    assert "Cette vidéo ne peut plus être vue sur Archives." in text
    assert "dépubliez" in text
