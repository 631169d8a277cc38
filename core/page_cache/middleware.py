"""Keeps finished public pages, and answers with them as long as nothing that they show has changed.

It stands before every other middleware. A copy carries the numbers of its site and of the network as they were before
it was made (`core.page_cache.generations`): what changes meanwhile makes a copy useless, never wrong.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_cache_control
from wagtail.models import Site

from core.page_cache.copies import MAX_BYTES, Copy, MemoryCopies, Place, bodies_of, shared_copies
from core.page_cache.expiry import right_until
from core.page_cache.generations import NETWORK, PORTAL, REFERENCES, SEARCH, generations, of_site
from core.page_cache.rendering import ReadParameters, rendering, union

NEVER_KEPT = ("/admin/", "/documents/", "/healthz", settings.STATIC_URL, settings.MEDIA_URL)
KEPT_STATUSES = (200, 301, 302, 404)
INDEXES = [SEARCH, REFERENCES]
MAX_ADDRESS = 500  # characters of a path, and of a query string
MAX_HOSTS = 1000
REMEMBERED = 5000  # addresses that are known not to be kept
# By what the answer is known to browsers and proxies; made anew with each copy.
OWN_HEADERS = ("Content-Length", "Content-Encoding", "ETag", "Vary")


@dataclass(frozen=True)
class Visit:
    """An address that is asked for, and what a copy of it must carry."""

    site: str  # its scope
    url: str
    request: HttpRequest
    numbers: dict[str, str]

    @cached_property
    def has_query(self) -> bool:
        return bool(self.request.META.get("QUERY_STRING"))

    @cached_property
    def parameters(self) -> ReadParameters:
        return ReadParameters.of(self.request)

    def place(self, names: list[str] | None = ()) -> Place:
        """That of the page as it is with the values which this address gives to these parameters."""
        values = self.parameters.values_of(names) if self.has_query else ()
        return Place.of_page(self.site, self.url, names, values)


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.compression = GZipMiddleware(get_response)
        self.memory = MemoryCopies(settings.PAGE_CACHE_MEMORY)
        self.shared = shared_copies()
        self.hosts: dict[str, tuple[str, list[str]]] = {}  # the network's number and the scopes of that host's pages
        self.not_kept: OrderedDict[str, dict[str, str]] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        visit = self.visit_of(request) if may_be_kept(request) else None
        if visit is None:
            return self.get_response(request)
        if copy := self.find(visit):
            return answer(request, copy, "hit")
        if request.method != "GET" or self.not_kept.get(visit.url) == visit.numbers:
            return self.get_response(request)
        with self.shared.only_one(visit.place(None)) as waited:
            if waited and (copy := self.find(visit)):
                return answer(request, copy, "hit")
            return self.make(request, visit)

    def visit_of(self, request: HttpRequest) -> Visit | None:
        """None where nothing can be kept now: an unknown host, a site that is being changed, no generations."""
        try:
            host = request.get_host().lower()
        except DisallowedHost:
            return None
        known, scopes = self.hosts.get(host, ("", [NETWORK]))
        numbers = generations().read(scopes)
        if numbers is not None and numbers[0] != known:
            network, scopes = numbers[0], scopes_of_host(host, request)
            numbers = generations().read(scopes) if scopes else None
            if numbers is not None and numbers[0] != network:  # the site that was found may be another by now
                return None
        if numbers is None:
            return None
        if len(self.hosts) >= MAX_HOSTS:
            self.hosts.clear()
        self.hosts[host] = numbers[0], scopes
        return Visit(
            scopes[1],
            f"{request.scheme}://{host}{request.path}",
            request,
            dict(zip(scopes, numbers, strict=True)),
        )

    # Finding

    def find(self, visit: Visit) -> Copy | None:
        if found := self.at(visit.place(), visit):
            if not visit.has_query or (place := visit.place(found.names)).is_plain:
                return found if found.bodies else None
            return self.at(place, visit)
        return None if visit.has_query else self.at(Place.of_other(visit.site, visit.url), visit)

    def at(self, place: Place, visit: Visit) -> Copy | None:
        """The copy at that place, from this process's memory or from what all share, if it is right."""
        copy = self.memory.get(place)
        if copy is not None and self.is_right(copy, visit):
            return copy
        data = self.shared.read(place)
        copy = Copy.from_bytes(data) if data else None
        if copy is None or copy.key != place.key or not self.is_right(copy, visit):
            return None
        self.memory.keep(place, copy)
        return copy

    @staticmethod
    def is_right(copy: Copy, visit: Visit) -> bool:
        numbers = visit.numbers
        if others := copy.numbers.keys() - numbers.keys():
            read = generations().read(others)
            if read is None:
                return False
            numbers = numbers | dict(zip(others, read, strict=True))
        return copy.is_right(numbers, time.time())

    # Making

    def make(self, request: HttpRequest, visit: Visit) -> HttpResponse:
        """The response as without a cache; kept where it may be."""
        made_at = time.time()
        request.GET = visit.parameters
        hidden = {name: request.META.pop(name) for name in ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH")
                  if name in request.META}  # fmt: skip
        indexes = dict(zip(INDEXES, generations().read(INDEXES) or (), strict=False))  # before, like the others
        with rendering(visit.numbers) as said:
            response = self.get_response(request)
        request.META.update(hidden)
        numbers = visit.numbers | {scope: indexes[scope] for scope in said.scopes & indexes.keys()}
        if said.scopes <= numbers.keys() and is_fit_to_be_kept(response, visit):
            return answer(request, self.keep(response, visit, numbers, made_at), "fwd=miss; stored")
        if (
            response.status_code == 200 and not visit.has_query
        ):  # a page with a form, say; others may come out otherwise the next time
            self.not_kept[visit.url] = visit.numbers
            if len(self.not_kept) > REMEMBERED:
                self.not_kept.popitem(last=False)
        return self.compression.process_response(request, response)

    def keep(self, response: HttpResponse, visit: Visit, numbers: dict[str, str], made_at: float) -> Copy:
        names = visit.parameters.names
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_cache=True)  # browsers ask each time; most hear that nothing changed
        version = blake2b(response.content, digest_size=12).hexdigest()
        headers = {name: value for name, value in response.items() if name not in OWN_HEADERS}
        copy = Copy(
            key="",
            numbers=numbers,
            made_at=made_at,
            until=right_until(made_at, is_found=response.status_code != 404),
            status=response.status_code,
            headers=headers | {"ETag": f'W/"{version}"', "Vary": "Accept-Encoding"},
            bodies=bodies_of(response.content, headers.get("Content-Type", "")),
        )
        if copy.status != 200:
            return self.put(Place.of_other(visit.site, visit.url), copy)
        plain = visit.place()
        if record := self.at(plain, visit):
            names = union(names, record.names)
        listed = None if names is None else sorted(names)
        place = visit.place(listed)
        if not place.is_plain and (record is None or record.names != listed):
            self.put(plain, replace(record or copy, names=listed, bodies=record.bodies if record else None))
        return self.put(place, replace(copy, names=listed))

    def put(self, place: Place, copy: Copy) -> Copy:
        copy = replace(copy, key=place.key)
        self.memory.keep(place, copy)
        self.shared.write(place, copy.to_bytes())
        return copy


def may_be_kept(request: HttpRequest) -> bool:
    return (
        settings.PAGE_CACHE
        and request.method in ("GET", "HEAD")
        and not f"{request.path}/".startswith(NEVER_KEPT)
        and len(request.path) <= MAX_ADDRESS
        and len(request.META.get("QUERY_STRING", "")) <= MAX_ADDRESS
        and not getattr(request, "is_dummy", False)  # a preview
    )


def scopes_of_host(host: str, request: HttpRequest) -> list[str] | None:
    """What the pages of a host change with, the network first; None for a host that is no site's own."""
    site = Site.find_for_request(request)  # kept on the request: whoever asks next pays nothing
    # To the letter: with any port, one site would have as many addresses as there are ports.
    if site is None or host not in (site.hostname.lower(), f"{site.hostname.lower()}:{site.port}"):
        return None
    return [NETWORK, of_site(site.pk), *([PORTAL] if site.is_default_site else [])]


def is_fit_to_be_kept(response: HttpResponse, visit: Visit) -> bool:
    """Whether everybody who asks for this address may have this answer."""
    control = response.get("Cache-Control", "")
    return (
        response.status_code in KEPT_STATUSES
        and not response.streaming
        and not response.cookies
        and response.get("Vary", "").lower() in ("", "accept-encoding")
        and not any(word in control for word in ("no-store", "private"))
        and len(response.content) <= MAX_BYTES
        # What is not found, or leads elsewhere, may do so for parameters that no page reads.
        and (response.status_code == 200 or not visit.has_query)
    )


def answer(request: HttpRequest, copy: Copy, status: str) -> HttpResponse:
    """The copy as this visitor's browser wants it, or 304; how it came about is said as RFC 9211 has it."""
    response = copy.response(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response.headers["Cache-Status"] = f"pages; {status}"
    if request.method == "HEAD":
        length = response.headers["Content-Length"]
        response.content = b""
        response.headers["Content-Length"] = length
    if "HTTP_IF_NONE_MATCH" in request.META and copy.status == 200:
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return response
