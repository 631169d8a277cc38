"""A provider of videos on this machine, and what a test does with it."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.models import ApprovedHost, RemoteVideo
from tests.factories import VideoPageFactory
from tests.servers import serving


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
    address = f"127.0.0.1:{server.server_address[1]}"
    server.root = f"http://{address}"
    settings.OUTGOING_CALLS = True
    settings.FETCHER_TEST_ADDRESSES = frozenset({address})
    with serving(server):
        yield server


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
