"""Until when a page is right if nothing changes but the time."""

from datetime import UTC, datetime, timedelta

from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page

NOT_FOUND_SECONDS = 60


def right_until(made_at: float) -> float:
    """The next midnight in Paris, or the next expiry of a page on any site; in seconds of the epoch.

    `made_at` is when the page was begun: what ends while it is being made may still be in it.

    What is listed, shown in blocks or fed goes by the day (`events.zone.today()`, `timezone.localdate()`), and by
    `published()`, which knows of expiry.
    """
    now = datetime.fromtimestamp(made_at, UTC)
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))
    expiry = Page.objects.filter(live=True, expire_at__gt=now).aggregate(first=Min("expire_at"))["first"]
    return min(midnight, expiry or midnight).timestamp()
