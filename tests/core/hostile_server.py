"""A server on this machine that answers in every way that one should not trust: each route is a trap."""

import gzip
import socket
import time
import zlib
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MEGABYTE = 1_000_000


@cache
def bomb(window: int) -> bytes:
    """200 MB of spaces, compressed piece by piece, so that only who swallows it needs the memory."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join([compressor.compress(b" " * MEGABYTE) for _ in range(200)]) + compressor.flush()


GZIP, DEFLATE = 31, 15


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, body=b"", status=200, content_type="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.asked.append(self.path)
        route = getattr(self, f"route_{self.path.strip('/').partition('?')[0].replace('-', '_')}", None)
        if route is None:
            self.answer(b"{}", 404)
            return
        with suppress(OSError):  # the fetcher hung up, as it should
            route()
            self.server.finished.append(self.path)

    def go(self, address, status=302):
        self.answer(status=status, Location=address)

    # What is right

    def route_good(self):
        self.answer(b'{"title": "Un film"}')

    def route_good_gzip(self):
        self.answer(gzip.compress(b'{"title": "Un film"}'), Content_Encoding="gzip")

    def route_moved(self):
        self.go("/good")

    def route_missing(self):
        self.answer(b"{}", 404)

    # Redirections to where nobody should be sent

    def route_to_another_port(self):
        self.go(f"http://127.0.0.1:{self.server.neighbour}/secret")

    def route_to_loopback(self):
        self.go("http://127.0.0.1/secret")

    def route_to_metadata(self):
        self.go("http://169.254.169.254/latest/meta-data/")

    def route_to_mapped(self):
        self.go("http://[::ffff:127.0.0.1]/secret")

    def route_to_number(self):
        self.go("http://2130706433/secret")

    def route_to_file(self):
        self.go("file:///etc/passwd")

    def route_to_credentials(self):
        self.go("http://user:password@example.org/")

    def route_to_ssh(self):
        self.go("http://example.org:22/")

    def route_to_nothing(self):
        self.go("http://")

    def route_round_and_round(self):
        self.go("/round-and-round")

    def route_permanently_private(self):
        self.go("http://10.0.0.1/", 308)

    def route_large_way_to_good(self):
        self.answer(b"x" * 3 * MEGABYTE, 302, Location="/good")

    def route_bomb_on_the_way(self):
        self.answer(bomb(GZIP), 302, Location="http://10.0.0.1/", Content_Encoding="gzip")

    def route_gigabyte_on_the_way(self):
        self.send_response(302)
        self.send_header("Location", "http://10.0.0.1/")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"f4240\r\n" + b"x" * MEGABYTE + b"\r\n")

    def route_cut_on_the_way(self):
        body = gzip.compress(b"x" * 5000)[:30]
        self.answer(body, 302, Location="/no-http", Content_Encoding="gzip", Content_Length="99999")
        self.connection.shutdown(socket.SHUT_RDWR)

    # Too much, too slow, not what was asked

    def route_gigabyte(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"f4240\r\n" + b"x" * MEGABYTE + b"\r\n")

    def route_announced_gigabyte(self):
        self.answer(b"{}", Content_Length=str(1000 * MEGABYTE))

    def route_bomb(self):
        self.answer(bomb(GZIP), Content_Encoding="gzip")

    def route_deflate_bomb(self):
        self.answer(bomb(DEFLATE), Content_Encoding="deflate")

    def route_double_bomb(self):
        self.answer(gzip.compress(bomb(GZIP)), Content_Encoding="gzip, gzip")

    def route_broken_gzip(self):
        self.answer(b"\x1f\x8b\x08rubbish", Content_Encoding="gzip")

    def route_slow_body(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "10000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.2)

    def route_slow_headers(self):
        for _ in range(100):
            self.wfile.write(b"X")
            self.wfile.flush()
            time.sleep(0.2)

    def route_silence(self):
        time.sleep(20)

    def route_cut(self):
        self.answer(b'{"title"', Content_Length="500")
        self.connection.shutdown(socket.SHUT_RDWR)

    def route_no_http(self):
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        self.connection.shutdown(socket.SHUT_RDWR)

    def route_endless_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000):
            self.wfile.write(f"X-{number}: {'x' * 1000}\r\n".encode())
        self.wfile.write(b"\r\n")

    def route_html(self):
        self.answer(b"<script>alert(1)</script>", content_type="text/html")

    def route_list(self):
        self.answer(b"[1, 2]")

    def route_deep(self):
        self.answer(b"[" * 100_000)

    def route_nul(self):
        self.answer(b"\x00\xff\xfe")

    def route_secret(self):
        self.answer(b'{"title": "secret"}')


class HostileServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.finished = []
        self.neighbour = 0

    def handle_error(self, request, client_address):
        pass  # the fetcher hung up, as it should

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.name}/{path}"
