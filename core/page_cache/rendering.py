"""What a page says of itself while it is being made: which parameters it reads, what it depends on, until when."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.http import HttpRequest, QueryDict

EVERYTHING = None  # every parameter, whatever its name


def union(names: Iterable[str] | None, others: Iterable[str] | None) -> set[str] | None:
    return EVERYTHING if names is EVERYTHING or others is EVERYTHING else {*names, *others}


class ReadParameters(QueryDict):
    """The parameters of an address, with the names of those that were asked for.

    A page is made from what it asks and from nothing else: two addresses that differ in other parameters are the same
    page. Whoever goes through all of them depends on all of them.
    """

    def __init__(self, query_string=None, mutable=False, encoding=None):
        self.names: set[str] | None = set()
        super().__init__(query_string, mutable, encoding)
        self.names = set()

    @classmethod
    def of(cls, request: HttpRequest) -> "ReadParameters":
        query = get_bytes_from_wsgi(request.environ, "QUERY_STRING", "")
        return cls(query, encoding=request.encoding)

    def asked(self, name) -> None:
        if self.names is not EVERYTHING:
            self.names.add(name)

    def __getitem__(self, key):
        self.asked(key)
        return super().__getitem__(key)

    def getlist(self, key, default=None):
        self.asked(key)
        return super().getlist(key, default)

    def __contains__(self, key):
        self.asked(key)
        return super().__contains__(key)

    def values_of(self, names: Iterable[str] | None) -> tuple:
        """The values of these parameters where they are given, in one form whatever the order of the address."""
        given = {name: tuple(values) for name, values in super().lists()}
        return tuple(sorted((name, values) for name, values in given.items() if names is EVERYTHING or name in names))


def _everything(name: str):
    def method(self, *arguments, **options):
        self.names = EVERYTHING
        return getattr(super(ReadParameters, self), name)(*arguments, **options)

    method.__name__ = name
    return method


_WHOLE = ("__iter__", "__len__", "__eq__", "keys", "values", "items", "lists", "dict", "urlencode", "copy",
          "__copy__", "__deepcopy__")  # fmt: skip
for _name in _WHOLE:
    setattr(ReadParameters, _name, _everything(_name))


@dataclass
class Rendering:
    """What the page that is being made has said of itself."""

    numbers: dict[str, str]  # of its site and of the network, as they were before
    scopes: set[str] = field(default_factory=set)  # others that it depends on


_current: ContextVar[Rendering | None] = ContextVar("rendering", default=None)


def current_rendering() -> Rendering | None:
    return _current.get()


@contextmanager
def rendering(numbers: dict[str, str]) -> Iterator[Rendering]:
    found = Rendering(numbers)
    token = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(token)


def depends_on(scope: str) -> None:
    """Say that the page which is being made changes with `scope` too, beside its site and the network."""
    if current := _current.get():
        current.scopes.add(scope)
