"""The time of pages and of the law's days. What time it is, the database says (`vote.db.database_now`)."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""There is no summer time."""


def say_moment(when: datetime) -> str:
    """Return a moment in China's time, to the minute, as a Chinese sentence says it: 2026年12月20日18:00."""
    local = when.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"
