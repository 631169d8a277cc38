"""Work that takes a processor for seconds: one piece of it at a time, so that visitors go on being answered."""

from contextlib import contextmanager

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 60  # seconds: after that long, whoever began has died


@contextmanager
def one_at_a_time(name: str):
    """Do the work of that name in the block; raises `ValidationError` while somebody else does."""
    key = f"heavy-work-{name}"
    if not cache.add(key, True, LONGEST):
        raise ValidationError(_("Another file is being read right now: send yours again in a few seconds."))
    try:
        yield
    finally:
        cache.delete(key)
