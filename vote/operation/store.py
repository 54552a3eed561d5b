"""Queries about the installation as a whole."""

from datetime import UTC, datetime

from vote.ballot.models import Ballot, BallotIntake, BallotPosition
from vote.jobs.models import WorkerBeat
from vote.operation.models import RestoredCopy
from vote.operation.rules import Copy


class OperationStore:
    """Whether the database is a copy, and what waits in it."""

    async def copies(self) -> list[Copy]:
        """Return the restorations that nobody has adopted yet, the last one last."""
        rows = await RestoredCopy.filter(adopted_at__isnull=True).order_by("id")
        return [Copy(row.backup, row.made_at.astimezone(UTC), row.restored_at.astimezone(UTC)) for row in rows]

    async def adopt(self, reason: str, now: datetime) -> None:
        """Note that the copy is taken into use."""
        await RestoredCopy.filter(adopted_at__isnull=True).update(adopted_at=now, reason=reason)

    async def last_beat(self) -> datetime | None:
        """Return when a worker last gave a sign."""
        row = await WorkerBeat.first()
        return row.beat_at.astimezone(UTC) if row else None

    async def under_way(self) -> int:
        """Return how many ballots are being checked, in all elections."""
        return await BallotIntake.all().count()

    async def waiting(self) -> int:
        """Return how many accepted ballots wait for their pool, in all elections."""
        return await Ballot.all().count() - await BallotPosition.all().count()
