"""Queries about disputes, participation and checks."""

from datetime import UTC, datetime
from typing import NamedTuple

from vote.ballot.models import Ballot
from vote.check.models import Dispute, ElectionCheck
from vote.check.rules import DisputeKind, DisputeOutcome, StoredDispute
from vote.errors import Reason, RefusedError


class Cast(NamedTuple):
    """An entitlement whose ballot counts."""

    entitlement: int
    """The row, not the number in the roll."""
    weight: int


class Raised(NamedTuple):
    """By whom a dispute was raised, and when."""

    by: int
    """The row of the entitlement."""
    at: datetime
    settled_at: datetime | None


class Found(NamedTuple):
    """What was found before counting, and when."""

    body: bytes
    """`check.json`."""
    checked_at: datetime


class CheckStore:
    """Disputes and checks in the database."""

    async def add_dispute(  # noqa: PLR0917 - the columns of one row
        self, election: str, raised_by: int, about: int, kind: DisputeKind, sealed_text: bytes, now: datetime
    ) -> int:
        """Keep a dispute between two entitlements (the rows, maybe one and the same); return its number."""
        await Dispute.create(
            election_id=election,
            raised_by_id=raised_by,
            about_id=about,
            kind=kind,
            sealed_text=sealed_text,
            raised_at=now,
        )
        return await Dispute.filter(election_id=election).count()

    async def disputes(self, election: str) -> list[StoredDispute]:
        """Return the disputes of an election, numbered from 1 in the order in which they were raised."""
        rows = await Dispute.filter(election_id=election).order_by("id").values("kind", "about_id", "outcome", "answer")
        return [
            StoredDispute(
                number,
                DisputeKind(row["kind"]),
                row["about_id"],
                DisputeOutcome(row["outcome"]) if row["outcome"] else None,
                row["answer"],
            )
            for number, row in enumerate(rows, start=1)
        ]

    async def waits(self, election: str, raised_by: int, about: int, kind: DisputeKind) -> bool:
        """Whether the same owner said the same about the same owner (both the row), and it is not settled."""
        rows = Dispute.filter(election_id=election, raised_by_id=raised_by, about_id=about, kind=kind, outcome=None)
        return await rows.exists()

    async def raised(self, election: str) -> list[Raised]:
        """Return by whom and when each dispute of an election was raised, and when settled, in their order."""
        columns = "raised_by_id", "raised_at", "settled_at"
        rows = await Dispute.filter(election_id=election).order_by("id").values_list(*columns)
        return [Raised(by, at.astimezone(UTC), ended and ended.astimezone(UTC)) for by, at, ended in rows]

    async def get_text(self, election: str, number: int) -> bytes:
        """Return what was said in a dispute, sealed.

        Raises:
            RefusedError: there is none of this number.
        """
        return bytes((await self._get(election, number)).sealed_text)

    async def settle(self, election: str, number: int, outcome: DisputeOutcome, answer: str, now: datetime) -> None:
        """Keep how a dispute ended.

        Raises:
            RefusedError: there is none of this number, or it is settled already.
        """
        row = await self._get(election, number)
        settled = await Dispute.filter(id=row.id, outcome__isnull=True).update(
            outcome=outcome, answer=answer, settled_at=now
        )
        if settled != 1:
            raise RefusedError(
                Reason.CONFLICT,
                "This dispute was settled already; nothing is changed.",
                zh="这条异议已经处理过了，什么都没有改。",
            )

    async def cast(self, election: str) -> list[Cast]:
        """Return every entitlement with a ballot that is in the box and not set aside."""
        rows = (
            await Ballot.filter(election_id=election, set_aside__isnull=True)
            .distinct()
            .order_by("credential__entitlement_id")
            .values_list("credential__entitlement_id", "credential__weight")
        )
        return [Cast(entitlement, weight) for entitlement, weight in rows]

    async def add(self, election: str, body: bytes, now: datetime) -> None:
        """Keep what was found."""
        await ElectionCheck.create(election_id=election, body=body, checked_at=now)

    async def find(self, election: str) -> Found | None:
        """Return what was found, once it was."""
        row = await ElectionCheck.get_or_none(election_id=election)
        return Found(bytes(row.body), row.checked_at.astimezone(UTC)) if row else None

    async def _get(self, election: str, number: int) -> Dispute:
        rows = await Dispute.filter(election_id=election).order_by("id").limit(number)
        if not 1 <= number <= len(rows):
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no dispute of this number in this election.",
                zh="这次投票没有这条异议，请刷新后再看。",
            )
        return rows[-1]
