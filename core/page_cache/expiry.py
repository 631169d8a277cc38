"""Until when a page is right if nothing changes but the time."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from wagtail.models import Page

from core.page_cache.generations import NETWORK, PORTAL
from core.page_cache.kept import kept

NOT_FOUND_FOR = timedelta(minutes=1)


def right_until(made_at: float, is_found: bool = True) -> float:
    """The next midnight in Paris, or the next expiry of a page on any site; in seconds of the epoch.

    `made_at` is when the page was begun: what ends while it is being made may still be in it. What is not found
    may be there a minute later.

    What is listed, shown in blocks or fed goes by the day (`events.zone.today()`, `timezone.localdate()`), and by
    `published()`, which knows of expiry.
    """
    now = datetime.fromtimestamp(made_at, UTC)
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))
    ends = [midnight, *(end for end in kept("expiries", [NETWORK, PORTAL], expiries) if end > now)]
    if not is_found:
        ends.append(now + NOT_FOUND_FOR)
    return min(ends).timestamp()


def expiries() -> list[datetime]:
    """When the pages that are on line, on any site, end."""
    return list(Page.objects.filter(live=True, expire_at__isnull=False).values_list("expire_at", flat=True))
