"""Queries about the worker."""

from datetime import datetime, timedelta

from vote.jobs.models import WorkerBeat


class JobStore:
    """The worker's sign of life in the database."""

    async def beat(self, now: datetime) -> None:
        """Note that a worker lives."""
        await WorkerBeat.update_or_create(id=1, defaults={"beat_at": now})

    async def is_alive(self, now: datetime, within_seconds: int) -> bool:
        """Whether a worker gave a sign lately."""
        return await WorkerBeat.filter(beat_at__gte=now - timedelta(seconds=within_seconds)).exists()
