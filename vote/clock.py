"""The time of pages and of the law's days. What time it is, the database says (`vote.db.database_now`)."""

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""There is no summer time."""
