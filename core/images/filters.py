"""The specs of a picture's sizes, each read once by a process: a list of cards asks for fifty of them."""

from functools import lru_cache

from wagtail.images.models import Filter

parse = Filter.operations.func


@lru_cache(maxsize=256)
def operations(spec: str) -> tuple:
    """What `spec` does to a picture, as Wagtail reads it; the operations hold no state."""
    return tuple(parse(Filter(spec)))


def read_specs_once() -> None:
    Filter.operations = property(lambda self: operations(self.spec))
