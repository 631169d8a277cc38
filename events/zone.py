"""Wall clocks of France: what people type, and the moments that it means."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)


def moment(wall: datetime) -> datetime:
    """The moment (in UTC) at which the clocks show that time.

    Twice in a year they do not tell (RFC 5545, section 3.3.5): a time that is skipped in spring is read with the
    offset of before, 02:30 is then 03:30; of a time that comes twice in autumn, the first is meant.
    """
    return wall.replace(tzinfo=ZONE, fold=0).astimezone(UTC)


def wall(at: datetime) -> datetime:
    """What the clocks show at that moment, without a zone."""
    # By UTC, because a time of that very zone would be left as it is, shown by a clock or not.
    return at.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None, fold=0)


def is_skipped(shown: datetime) -> bool:
    """Whether no clock ever shows that time: the night they go forward."""
    return wall(moment(shown)) != shown


def is_doubtful(shown: datetime) -> bool:
    """Whether clocks show that time never, or twice."""
    first, second = (shown.replace(tzinfo=ZONE, fold=fold).utcoffset() for fold in (0, 1))
    return first != second


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def today() -> date:
    return datetime.now(ZONE).date()
