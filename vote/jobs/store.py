"""Queries about the worker."""

from datetime import UTC, datetime, timedelta

from vote.jobs.models import WorkerBeat


class JobStore:
    """The worker's sign of life in the database."""

    async def last_beat(self) -> datetime | None:
        """Return when a worker last gave a sign, if one ever did."""
        row = await WorkerBeat.get_or_none(id=1)
        return row.beat_at.astimezone(UTC) if row else None

    async def beat(self, now: datetime) -> None:
        """Note that a worker lives."""
        await WorkerBeat.update_or_create(id=1, defaults={"beat_at": now})

    async def is_alive(self, now: datetime, within_seconds: int) -> bool:
        """Whether a worker gave a sign lately; one from a time to come is of before the clock was set back."""
        near = timedelta(seconds=within_seconds)
        return await WorkerBeat.filter(beat_at__range=(now - near, now + near)).exists()
