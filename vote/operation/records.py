"""Reads what a check of the database compares: rows as they are, in the order in which they must agree."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from vote.ballot.intake_facts import intake_commitment
from vote.ballot.models import Ballot, BallotPool, BallotPosition, BallotSalt
from vote.ballot.store import BallotStore
from vote.certificate.models import Certificate, Objection
from vote.check.models import Dispute, ElectionCheck
from vote.credential.models import Agreement, Credential, LetterNumber
from vote.election.models import Election, LawfulChange
from vote.log.models import PendingEntry
from vote.roll.models import Entitlement, Roll
from vote.tally.models import EncryptedTally, Result, Share

PAGE = 200


class FrozenRecord(NamedTuple):
    """A frozen roll."""

    roll: int
    root: str
    heads: int
    area_dm2: int
    lines: Sequence[tuple[int, int, str]]
    """Number, area in dm2 and leaf of each entitlement, by number."""


class SealedRecord(NamedTuple):
    """What sealing fixed of an election."""

    uuid: str
    estate: str
    roll: int
    state: str
    ended: bool
    manifest: bytes
    election: bytes
    trustees: bytes
    credentials: bytes
    parts: bytes | None
    fingerprint: str


class CredentialRecord(NamedTuple):
    """A public credential."""

    public: str
    weight: int
    area_dm2: int


class BallotRecord(NamedTuple):
    """A ballot in the box."""

    id: int
    credential: str
    sequence: int
    supersedes: int | None
    tracker: str
    data: bytes
    promise: bytes
    received_at: datetime


class SaidRecord(NamedTuple):
    """What was disputed, objected and lawfully changed, and how many letters were made anew."""

    disputes: Sequence[tuple[str, str | None]]
    """Kind and outcome of each, in the order raised."""
    objections: Sequence[str | None]
    """How each ended, in the order raised."""
    changes: Sequence[bytes]
    letters: int


class TallyRecord(NamedTuple):
    """What was found before counting, what was counted, and what was certified."""

    check: bytes | None
    certificates: Sequence[tuple[int, str, bytes]]
    """Number, kind and body of those that were issued."""
    tally: bytes | None
    num_tallied: int
    shares: Sequence[tuple[int, bytes]]
    finding: bytes | None
    said: SaidRecord


class Records:
    """What the database holds."""

    async def rolls(self, estate: str | None = None) -> list[FrozenRecord]:
        """Return the frozen rolls, of all estates or one."""
        found = []
        for row in await Roll.filter(state="frozen", **_of(estate)).order_by("id"):
            lines = (
                await Entitlement.filter(roll_id=row.id).order_by("number").values_list("number", "area_dm2", "leaf")
            )
            leaves = [(number, area, leaf or "") for number, area, leaf in lines]
            found.append(FrozenRecord(row.id, row.root or "", row.heads, row.area_dm2, leaves))
        return found

    async def elections(self, estate: str | None = None) -> list[str]:
        """Return the numbers of the elections that were sealed, of all estates or one."""
        query = Election.filter(manifest__isnull=False, **_of(estate)).order_by("uuid")
        return [row["uuid"] for row in await query.values("uuid")]

    async def elections_on(self, roll: int) -> list[tuple[str, str]]:
        """Return number and estate of every election of a roll, sealed or not."""
        query = Election.filter(roll_id=roll).order_by("uuid")
        return [(row["uuid"], row["estate_id"]) for row in await query.values("uuid", "estate_id")]

    async def count_places(self, uuid: str) -> int:
        """Return how many ballots of an election were shown."""
        return await BallotPosition.filter(election_id=uuid).count()

    async def commitments(self, uuid: str) -> dict[int, str]:
        """Return what the log must say of how each shown ballot came, in hex, by row."""
        intakes = await BallotStore().intakes(uuid)
        salts = await BallotSalt.filter(ballot__election_id=uuid).values_list("ballot_id", "salt")
        return {ballot: intake_commitment(bytes(salt), intakes[ballot]).hex() for ballot, salt in salts}

    async def election(self, uuid: str) -> SealedRecord:
        """Return a sealed election."""
        row = await Election.get(uuid=uuid).values()
        return SealedRecord(
            uuid=uuid,
            estate=row["estate_id"],
            roll=row["roll_id"],
            state=row["state"],
            ended=row["closed_at"] is not None,
            manifest=bytes(row["manifest"]),
            election=bytes(row["election_json"]),
            trustees=bytes(row["trustees_json"]),
            credentials=bytes(row["credentials_json"]),
            parts=None if row["parts_json"] is None else bytes(row["parts_json"]),
            fingerprint=row["fingerprint"],
        )

    async def credentials(self, uuid: str) -> list[CredentialRecord]:
        """Return the credentials of an election, by their public half."""
        rows = await Credential.filter(election_id=uuid).values_list("public", "weight", "entitlement__area_dm2")
        return sorted(CredentialRecord(*row) for row in rows)

    async def ballots(self, uuid: str) -> AsyncIterator[BallotRecord]:
        """Iterate over the ballots of an election in the order accepted."""
        after = 0
        columns = (
            "id", "credential__public", "sequence", "supersedes_id", "tracker", "data", "promise", "received_at",
        )  # fmt: skip
        while True:
            box = Ballot.filter(election_id=uuid, id__gt=after).order_by("id").limit(PAGE)
            rows = await box.values_list(*columns)
            for number, public, sequence, supersedes, tracker, data, promise, received_at in rows:
                yield BallotRecord(
                    number,
                    public,
                    sequence,
                    supersedes,
                    tracker,
                    bytes(data),
                    bytes(promise),
                    received_at.astimezone(UTC),
                )
            if len(rows) < PAGE:
                return
            after = rows[-1][0]

    async def places(self, uuid: str) -> list[tuple[int, int]]:
        """Return place and ballot, by place."""
        rows = await BallotPosition.filter(election_id=uuid).order_by("position").values_list("position", "ballot_id")
        return [(place, ballot) for place, ballot in rows]

    async def pools(self, uuid: str) -> list[tuple[int, int]]:
        """Return number and size of each pool that was shown."""
        rows = await BallotPool.filter(election_id=uuid).order_by("number").values_list("number", "ballots")
        return [(number, ballots) for number, ballots in rows]

    async def tally(self, uuid: str) -> TallyRecord:
        """Return what was counted of an election."""
        tally = await EncryptedTally.get_or_none(election_id=uuid)
        result = await Result.get_or_none(election_id=uuid)
        shares = await Share.filter(election_id=uuid).order_by("id").values_list("trustee", "payload")
        found = await ElectionCheck.get_or_none(election_id=uuid)
        issued = (
            await Certificate.filter(election_id=uuid, issued_at__isnull=False)
            .order_by("number")
            .values_list("number", "kind", "body")
        )
        return TallyRecord(
            bytes(found.body) if found else None,
            [(number, kind, bytes(body)) for number, kind, body in issued],
            bytes(tally.body) if tally else None,
            tally.num_tallied if tally else 0,
            [(trustee, bytes(payload)) for trustee, payload in shares],
            bytes(result.finding) if result else None,
            await self._said(uuid),
        )

    async def _said(self, uuid: str) -> SaidRecord:
        """Return what was disputed, objected and changed in an election."""
        disputes = await Dispute.filter(election_id=uuid).order_by("id").values_list("kind", "outcome")
        objections = await Objection.filter(election_id=uuid).order_by("id").values("outcome")
        changes = await LawfulChange.filter(election_id=uuid).order_by("id").values("body")
        letters = LetterNumber.filter(credential__election_id=uuid, revoked_at__isnull=False)
        return SaidRecord(
            [(kind, outcome) for kind, outcome in disputes],
            [row["outcome"] for row in objections],
            [bytes(row["body"]) for row in changes],
            await letters.count(),
        )

    async def agreed(self, uuid: str) -> set[str]:
        """Return the credentials whose owners agreed to vote electronically."""
        agreements = Agreement.filter(letter__credential__election_id=uuid)
        return {str(public) for public in await agreements.values_list("letter__credential__public", flat=True)}

    async def entries(self, estate: str) -> list[tuple[str, bytes]]:
        """Return kind and bytes of an estate's log entries in the order written."""
        rows = await PendingEntry.filter(estate_id=estate).order_by("id").values_list("kind", "body")
        return [(kind, bytes(body)) for kind, body in rows]


def _of(estate: str | None) -> dict[str, str]:
    return {} if estate is None else {"estate_id": estate}
