"""Queries about the ballot box."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.functions import Sum

from vote.ballot.models import Ballot, BallotIntake, BallotPosition
from vote.credential.models import Credential
from vote.db import fits
from vote.election.packing import Measures, unpack

PAGE = 200
"""Ballots read at a time, so that a large box does not fill the memory."""


@dataclass(frozen=True, slots=True)
class KnownCredential:
    """A credential of an election, and the last ballot it cast."""

    id: int
    last_ballot: int | None
    sequence: int


class BallotStore:
    """The ballot box in the database."""

    async def begin_intake(self, election: str, now: datetime) -> int:
        """Note that a ballot was wholly received."""
        return (await BallotIntake.create(election_id=election, received_at=now)).id

    async def end_intake(self, intake: int) -> bool:
        """Take the note away again; return whether it was still there."""
        return await BallotIntake.filter(id=intake).delete() == 1

    async def end_intakes(self, election: str) -> None:
        """Take every note of an election away: what is still being checked comes too late."""
        await BallotIntake.filter(election_id=election).delete()

    async def under_way(self, election: str, now: datetime, within_seconds: int) -> int:
        """Return how many ballots are being checked; notes left by a dead process do not count for ever."""
        since = now - timedelta(seconds=within_seconds)
        return await BallotIntake.filter(election_id=election, received_at__gte=since).count()

    async def find_promise(self, election: str, tracker: str) -> bytes | None:
        """Return the receipt given for a ballot that is in the box."""
        if not fits(Ballot, "election_id", election):
            return None
        row = await Ballot.filter(election_id=election, tracker=tracker).first().values("promise")
        return bytes(row["promise"]) if row else None

    async def find_credential(self, election: str, public: str) -> KnownCredential | None:
        """Return a credential, held until the transaction ends, so that its ballots are numbered without a gap."""
        row = await Credential.filter(election_id=election, public=public).select_for_update().first()
        if row is None:
            return None
        last = await Ballot.filter(credential_id=row.id).order_by("-sequence").first().values("id", "sequence")
        return KnownCredential(row.id, last["id"] if last else None, last["sequence"] if last else 0)

    async def add(  # noqa: PLR0917 - the columns of one row
        self,
        election: str,
        credential: KnownCredential,
        tracker: str,
        data: bytes,
        received_at: datetime,
        promise: bytes,
    ) -> None:
        """Put an accepted ballot into the box, in the place of the credential's earlier one."""
        await Ballot.create(
            election_id=election,
            credential_id=credential.id,
            sequence=credential.sequence + 1,
            supersedes_id=credential.last_ballot,
            tracker=tracker,
            data=data,
            received_at=received_at,
            promise=promise,
        )

    async def count(self, election: str) -> int:
        """Return how many ballots were accepted, superseded ones included."""
        return await Ballot.filter(election_id=election).count()

    async def turnout(self, election: str, base: int, ballots: int) -> Measures:
        """Return heads and area of those who cast one of the first `ballots` accepted ballots."""
        if not ballots:
            return Measures(0, 0)
        box = Ballot.filter(election_id=election)
        last = await box.order_by("id").offset(ballots - 1).first().values("id")
        # A credential is among them just when its own first ballot is.
        cast = box.filter(sequence=1, id__lte=last["id"])
        # Without a group of its own, tortoise would make one of each ballot.
        rows = await cast.annotate(weight=Sum("credential__weight")).group_by("election_id").values("weight")
        return unpack(int(rows[0]["weight"]), base)

    async def accepted(self, election: str) -> list[tuple[int, str]]:
        """Return number and credential of every accepted ballot, in the order of acceptance."""
        rows = await Ballot.filter(election_id=election).order_by("id").values_list("id", "credential__public")
        return [(number, public) for number, public in rows]

    async def place(self, election: str, ballots: Sequence[int]) -> None:
        """Give the ballots their places in the archive."""
        await BallotPosition.bulk_create(
            [
                BallotPosition(election_id=election, position=position, ballot_id=ballot)
                for position, ballot in enumerate(ballots)
            ],
            batch_size=500,
        )

    async def published(self, election: str) -> AsyncIterator[bytes]:
        """Iterate over the ballots in the order of the archive."""
        position = 0
        while True:
            rows = (
                await BallotPosition.filter(election_id=election, position__gte=position, position__lt=position + PAGE)
                .order_by("position")
                .values_list("ballot__data", flat=True)
            )
            for row in rows:
                yield bytes(row)
            if len(rows) < PAGE:
                return
            position += PAGE

    async def look_up(self, election: str, tracker: str) -> tuple[int, bool, int] | None:
        """Return a ballot's sequence, whether it is the last of its credential, and how many that credential cast."""
        row = None
        if fits(Ballot, "tracker", tracker):
            row = await Ballot.get_or_none(election_id=election, tracker=tracker).values("credential_id", "sequence")
        if row is None:
            return None
        count = await Ballot.filter(credential_id=row["credential_id"]).count()
        return row["sequence"], row["sequence"] == count, count
