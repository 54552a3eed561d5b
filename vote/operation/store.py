"""Queries about the installation as a whole."""

from datetime import UTC, datetime, timedelta

from vote.ballot.models import Ballot, BallotIntake, BallotPosition
from vote.election.rules import GRACE_SECONDS
from vote.jobs.models import WorkerBeat
from vote.operation.models import RestoredCopy
from vote.operation.rules import Copy


class OperationStore:
    """Whether the database is a copy, and what waits in it."""

    async def copies(self) -> list[Copy]:
        """Return the restorations that nobody has adopted yet, the last one last."""
        rows = await RestoredCopy.filter(adopted_at__isnull=True).order_by("id")
        return [Copy(row.backup, row.made_at.astimezone(UTC), row.restored_at.astimezone(UTC)) for row in rows]

    async def adopted(self) -> list[Copy]:
        """Return the restorations whose copies were taken into use, the last one last."""
        rows = await RestoredCopy.filter(adopted_at__isnull=False).order_by("id")
        return [Copy(row.backup, row.made_at.astimezone(UTC), row.restored_at.astimezone(UTC)) for row in rows]

    async def restored_at(self) -> datetime | None:
        """Return when this database was last restored from a backup, if it ever was."""
        row = await RestoredCopy.all().order_by("-restored_at").first()
        return row.restored_at.astimezone(UTC) if row else None

    async def adopt(self, reason: str, now: datetime) -> None:
        """Note that the copy is taken into use."""
        await RestoredCopy.filter(adopted_at__isnull=True).update(adopted_at=now, reason=reason)

    async def last_beat(self) -> datetime | None:
        """Return when a worker last gave a sign."""
        row = await WorkerBeat.first()
        return row.beat_at.astimezone(UTC) if row else None

    async def under_way(self, now: datetime) -> int:
        """Return how many ballots are being checked, in all elections; notes of dead processes count for a minute."""
        return await BallotIntake.filter(received_at__gte=now - timedelta(seconds=GRACE_SECONDS)).count()

    async def waiting(self) -> int:
        """Return how many accepted ballots wait for their pool, in all elections."""
        return await Ballot.all().count() - await BallotPosition.all().count()
