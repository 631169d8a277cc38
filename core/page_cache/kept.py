"""What many pages show and few changes touch, read once for all the requests of a process."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from django.conf import settings

from core.page_cache.generations import generations
from core.page_cache.rendering import current_rendering

Value = TypeVar("Value")

_kept: dict[Hashable, tuple[tuple[str, ...], object]] = {}


def kept(
    key: Hashable, scopes: list[str], make: Callable[[], Value], meanwhile: Callable[[], Value] | None = None
) -> Value:
    """What `make()` gives, kept under `key` as long as nothing changes in `scopes`. Nobody may change the value.

    There are as many keys as callers make: of sites, say, and not of addresses. Where something is being changed,
    every call makes it anew, or `meanwhile()` where that is given.
    """
    numbers = numbers_of(scopes)
    if numbers is None:
        return (meanwhile or make)()
    known = _kept.get(key)
    if known is not None and known[0] == numbers:
        return known[1]
    value = make()
    _kept[key] = numbers, value
    return value


def numbers_of(scopes: list[str]) -> tuple[str, ...] | None:
    """The numbers as they were when the page that is being made was begun, which asks nobody; else those of now."""
    if not settings.PAGE_CACHE:
        return None
    current = current_rendering()
    if current is not None and current.numbers.keys() >= set(scopes):
        return tuple(current.numbers[scope] for scope in scopes)
    return generations().read(scopes)
