"""The only place that asks the time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

Clock = Callable[[], datetime]
"""Returns the present moment in UTC."""


CHINA = timezone(timedelta(hours=8))
"""The time of pages and of the law's days; there is no summer time."""


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
