"""Queries about tallies."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from vote.ballot.models import Ballot, SetAside
from vote.tally.models import EncryptedTally, Result, Share


@dataclass(frozen=True, slots=True)
class StoredTally:
    """A sealed sum."""

    body: bytes
    num_tallied: int
    total_weight: int


@dataclass(frozen=True, slots=True)
class StoredShare:
    """A trustee's verified share."""

    trustee: int
    payload: bytes
    extra_proof: bytes


@dataclass(frozen=True, slots=True)
class StoredResult:
    """The opened totals as the archive has them, and `result.json`."""

    body: bytes
    finding: bytes
    opened_at: datetime


class TallyStore:
    """Tallies in the database."""

    async def effective(self, election: str, page: int) -> AsyncIterator[list[tuple[bytes, int]]]:
        """Iterate over pages of the ballots that count, each with its weight.

        The last ballot of each credential counts, among those that no dispute took out.
        """
        revived = await self._revived(election)
        counting = Ballot.filter(
            Q(Q(superseded_by__isnull=True, set_aside__isnull=True), Q(id__in=revived), join_type="OR"),
            election_id=election,
        )
        after = 0
        while True:
            rows = (
                await counting.filter(id__gt=after)
                .order_by("id")
                .limit(page)
                .values_list("id", "data", "credential__weight")
            )
            if not rows:
                return
            yield [(bytes(data), weight) for _, data, weight in rows]
            after = rows[-1][0]

    async def _revived(self, election: str) -> list[int]:
        """Return the earlier ballots that count because a dispute took the later ones of their credentials out."""
        touched = await SetAside.filter(election_id=election).values_list("ballot__credential_id", flat=True)
        revived = []
        for credential in set(touched):
            last = (
                await Ballot.filter(credential_id=credential, set_aside__isnull=True)
                .order_by("-sequence")
                .first()
                .values("id")
            )
            revived += [last["id"]] if last else []
        return revived

    async def add_tally(self, election: str, tally: StoredTally) -> None:
        """Keep the sealed sum."""
        await EncryptedTally.create(
            election_id=election, body=tally.body, num_tallied=tally.num_tallied, total_weight=tally.total_weight
        )

    async def find_tally(self, election: str) -> StoredTally | None:
        """Return the sealed sum, once there is one."""
        row = await EncryptedTally.get_or_none(election_id=election)
        return StoredTally(bytes(row.body), row.num_tallied, row.total_weight) if row else None

    async def add_share(self, election: str, share: StoredShare) -> None:
        """Keep a verified share."""
        await Share.create(
            election_id=election, trustee=share.trustee, payload=share.payload, extra_proof=share.extra_proof
        )

    async def shares(self, election: str) -> list[StoredShare]:
        """Return the verified shares in the order in which they came."""
        rows = await Share.filter(election_id=election).order_by("id")
        return [StoredShare(row.trustee, bytes(row.payload), bytes(row.extra_proof)) for row in rows]

    async def add_result(self, election: str, result: StoredResult) -> None:
        """Keep the result."""
        await Result.create(election_id=election, body=result.body, finding=result.finding, opened_at=result.opened_at)

    async def find_result(self, election: str) -> StoredResult | None:
        """Return the result, once there is one."""
        row = await Result.get_or_none(election_id=election)
        return StoredResult(bytes(row.body), bytes(row.finding), row.opened_at) if row else None
