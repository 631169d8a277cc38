"""The one way out of the machine: what others name may not make the server call its neighbours, wait or burst."""

import resource
import threading

import pytest

from core.fetcher import FetchError, FetchRefused, fetch
from tests.core.hostile_server import DEFLATE, GZIP, HostileServer, bomb
from tests.servers import serving

pytestmark = pytest.mark.database_independent("asks a server on this machine, and keeps nothing")

JSON = ("application/json",)
REFUSED_REDIRECTIONS = [
    "to-another-port", "to-loopback", "to-metadata", "to-mapped", "to-number", "to-file", "to-credentials", "to-ssh",
    "permanently-private",
]  # fmt: skip
FAILURES = [
    "round-and-round", "to-nothing", "gigabyte", "announced-gigabyte", "bomb", "deflate-bomb", "double-bomb",
    "broken-gzip",
    "cut-on-the-way", "slow-body", "slow-headers", "silence", "cut", "no-http", "endless-headers", "html",
]  # fmt: skip
ENDLESS = ["gigabyte", "slow-body", "slow-headers", "silence"]
ADDRESSES = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://0.0.0.0/", "http://localhost/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/", "http://[::7f00:1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/", "http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://10.0.0.1/",
    "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/", "http://100.64.0.1/",
    "http://192.0.0.192/", "http://224.0.0.1/", "http://255.255.255.255/", "https://127.0.0.1/",
    "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "data:text/plain,x", "javascript:alert(1)",
    "http://example.org:22/", "http://example.org:8080/", "http://user@example.org/", "http://", "http://[::1",
    "http://example.org:99999/",
]  # fmt: skip


@pytest.fixture
def server(settings):
    with serving(HostileServer()) as server, serving(HostileServer()) as neighbour:
        server.neighbour = neighbour.port
        server.neighbour_asked = neighbour.asked
        settings.OUTGOING_CALLS = True
        settings.FETCHER_TEST_ADDRESSES = frozenset({server.name})
        yield server


@pytest.mark.parametrize("path", ["good", "good-gzip", "moved"])
def test_an_honest_answer_is_read_where_its_redirections_end(server, path):
    answer = fetch(server.url(path), accept=JSON)

    assert answer.is_ok
    assert answer.json() == {"title": "Un film"}


def test_a_status_of_failure_is_an_answer(server):
    assert fetch(server.url("missing"), accept=JSON).status == 404


@pytest.mark.parametrize("path", REFUSED_REDIRECTIONS)
def test_a_redirection_leads_nowhere_that_the_address_itself_may_not(server, path):
    with pytest.raises(FetchRefused):
        fetch(server.url(path), accept=JSON)

    assert server.asked == [f"/{path}"]
    assert server.neighbour_asked == []


@pytest.mark.parametrize("path", FAILURES)
def test_nothing_is_waited_for_or_swallowed_whole(server, path):
    with pytest.raises(FetchError):
        fetch(server.url(path), accept=JSON, max_bytes=100_000, timeout=1.5)


@pytest.mark.parametrize("path", ENDLESS)
def test_what_does_not_end_is_left_before_its_end(server, path):
    with pytest.raises(FetchError):
        fetch(server.url(path), accept=JSON, max_bytes=100_000, timeout=1.5)

    assert f"/{path}" in server.asked
    assert f"/{path}" not in server.finished


def test_what_swells_is_left_before_it_fills_the_memory(server):
    _ = bomb(GZIP), bomb(DEFLATE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for path in ("bomb", "deflate-bomb", "double-bomb", "gigabyte", "bomb-on-the-way", "gigabyte-on-the-way"):
        with pytest.raises(FetchError):
            fetch(server.url(path), accept=JSON, max_bytes=100_000)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


@pytest.mark.parametrize("path", ["list", "deep", "nul"])
def test_what_is_no_json_object_is_said_so(server, path):
    with pytest.raises(FetchError):
        fetch(server.url(path), accept=JSON).json()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_form_of_a_forbidden_address_is_called(settings, address):
    settings.OUTGOING_CALLS = True

    with pytest.raises(FetchRefused):
        fetch(address, timeout=3)


def test_a_fetch_that_was_given_up_goes_on_in_no_thread(server):
    with pytest.raises(FetchError):
        fetch(server.url("slow-headers"), timeout=1)

    for thread in [thread for thread in threading.enumerate() if thread.name == "fetch"]:
        thread.join(5)
        assert not thread.is_alive()


def test_a_large_body_on_the_way_is_not_read_and_the_way_goes_on(server, settings):
    with pytest.raises(FetchError):  # to an address that is refused
        fetch(server.url("bomb-on-the-way"), accept=JSON)

    assert fetch(server.url("large-way-to-good"), accept=JSON).json() == {"title": "Un film"}


def test_the_list_of_the_tests_opens_one_port_and_no_other(server):
    with pytest.raises(FetchRefused):
        fetch(f"http://127.0.0.1:{server.neighbour}/good")
    assert server.neighbour_asked == []


def test_a_machine_that_must_call_nobody_calls_nobody(server, settings):
    settings.OUTGOING_CALLS = False

    with pytest.raises(FetchError):
        fetch(server.url("good"))
    assert server.asked == []
