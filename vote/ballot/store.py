"""Queries about the ballot box."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tortoise.functions import Sum

from vote.ballot.intake_facts import IntakeFacts
from vote.ballot.models import Ballot, BallotIntake, BallotPool, BallotPosition, BallotSalt, SetAside
from vote.credential.channel import Channel, Opening
from vote.credential.models import Agreement, Credential, DeskCheck, OneTimeCode
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
    last_cast_at: datetime | None
    last_channel: Channel | None


class Unannounced(NamedTuple):
    """A ballot whose owner has not been told."""

    entitlement: int
    """The row."""
    channel: Channel


class Waiting(NamedTuple):
    """Ballots that are not shown yet."""

    number: int
    since: datetime
    """When the first of them was received."""


@dataclass(frozen=True, slots=True)
class FoundBallot:
    """What may be said of a ballot in the box."""

    sequence: int
    """Which of its credential's it is, from 1."""
    effective: bool
    """Whether it is the one that counts."""
    count: int
    """How many ballots its credential cast."""
    set_aside: bool
    """Whether a dispute took it out."""
    counting: int | None
    """Which of its credential's counts, if any does."""


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
        ballots = Ballot.filter(credential_id=row.id).order_by("-sequence")
        last = await ballots.first().values("id", "sequence", "received_at", "channel")
        if last is None:
            return KnownCredential(row.id, None, 0, None, None)
        at, channel = last["received_at"].astimezone(UTC), Channel(last["channel"])
        return KnownCredential(row.id, last["id"], last["sequence"], at, channel)

    async def last_opening(self, credential: KnownCredential, until: datetime) -> Opening | None:
        """Return when and how the platform's part of a key was given last, up to a moment."""
        openings = []
        for rows, at_desk in ((OneTimeCode, False), (DeskCheck, True)):
            used = rows.filter(letter__credential_id=credential.id, used_at__lte=until).order_by("-used_at")
            if row := await used.first().values("used_at"):
                openings.append(Opening(row["used_at"].astimezone(UTC), at_desk))
        return max(openings, default=None)

    async def has_agreed(self, credential: KnownCredential) -> bool:
        """Whether the owner agreed to vote electronically, under the letter in force."""
        # Only whoever agreed gets a first ballot into the box, so a later one needs no second look.
        if credential.last_ballot is not None:
            return True
        return await Agreement.filter(letter__credential_id=credential.id, letter__revoked_at__isnull=True).exists()

    async def add(  # noqa: PLR0917 - the columns of one row
        self,
        election: str,
        credential: KnownCredential,
        tracker: str,
        data: bytes,
        received_at: datetime,
        promise: bytes,
        channel: Channel,
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
            channel=channel,
        )

    async def unannounced(self, election: str, most: int) -> Mapping[int, Unannounced]:
        """Return the ballots whose owners have not been told, by row, the oldest first."""
        query = Ballot.filter(election_id=election, message__isnull=True).order_by("id").limit(most)
        return {
            row["id"]: Unannounced(row["credential__entitlement_id"], Channel(row["channel"]))
            for row in await query.values("id", "credential__entitlement_id", "channel")
        }

    async def count(self, election: str) -> int:
        """Return how many ballots were accepted, superseded ones included."""
        return await Ballot.filter(election_id=election).count()

    async def turnout(self, election: str, base: int) -> Measures:
        """Return heads and area of those who cast a ballot that is shown already and was not taken out."""
        # A credential's first ballot is in the first pool that holds any of its ballots, and is the last to be taken out.
        cast = Ballot.filter(election_id=election, sequence=1, place__isnull=False, set_aside__isnull=True)
        # Without a group of its own, tortoise would make one of each ballot.
        rows = await cast.annotate(weight=Sum("credential__weight")).group_by("election_id").values("weight")
        return unpack(int(rows[0]["weight"]), base) if rows else Measures(0, 0)

    async def waiting(self, election: str) -> Waiting | None:
        """Return how many ballots wait to be shown, and since when the first one does, if any."""
        waiting = Ballot.filter(election_id=election, place__isnull=True)
        first = await waiting.order_by("received_at").first().values("received_at")
        return Waiting(await waiting.count(), first["received_at"].astimezone(UTC)) if first else None

    async def unplaced(self, election: str) -> list[tuple[int, str]]:
        """Return number and credential of every ballot that is not shown yet, in the order of acceptance."""
        waiting = Ballot.filter(election_id=election, place__isnull=True)
        rows = await waiting.order_by("credential_id", "sequence").values_list("id", "credential__public")
        return sorted((number, public) for number, public in rows)

    async def intakes(self, election: str) -> dict[int, IntakeFacts]:
        """Return how each ballot of an election came, by row."""
        rows = await Ballot.filter(election_id=election).values_list("id", "channel", "credential_id", "received_at")
        checks = DeskCheck.filter(letter__credential__election_id=election, used_at__isnull=False).order_by("used_at")
        seen: dict[int, list[tuple[datetime, tuple[str, ...]]]] = {}
        for credential, used_at, *people in await checks.values_list(
            "letter__credential_id", "used_at", "seen_by", "agreed_by"
        ):
            seen.setdefault(credential, []).append((used_at, tuple(each for each in people if each)))
        found = {}
        for ballot, channel, credential, received_at in rows:
            earlier = [people for at, people in seen.get(credential, ()) if at <= received_at]
            at_desk = channel == Channel.DESK and earlier
            found[int(ballot)] = IntakeFacts(Channel(channel), operators=earlier[-1] if at_desk else ())
        return found

    async def trackers_of(self, ballots: Sequence[int]) -> list[str]:
        """Return the trackers of ballots, in the order given."""
        found: dict[int, str] = {}
        for at in range(0, len(ballots), PAGE):
            found.update(await Ballot.filter(id__in=ballots[at : at + PAGE]).values_list("id", "tracker"))
        return [found[ballot] for ballot in ballots]

    async def add_salts(self, salts: Mapping[int, bytes]) -> None:
        """Keep the salts under which ballots' entries say how each came."""
        rows = [BallotSalt(ballot_id=ballot, salt=salt) for ballot, salt in salts.items()]
        await BallotSalt.bulk_create(rows, batch_size=500)

    async def release(self, election: str, ballots: Sequence[int], now: datetime) -> int:
        """Give the ballots of a pool the next places in the archive; return the pool's number."""
        first = await BallotPosition.filter(election_id=election).count()
        await BallotPosition.bulk_create(
            [
                BallotPosition(election_id=election, position=position, ballot_id=ballot)
                for position, ballot in enumerate(ballots, start=first)
            ],
            batch_size=500,
        )
        number = await BallotPool.filter(election_id=election).count() + 1
        await BallotPool.create(election_id=election, number=number, ballots=len(ballots), released_at=now)
        return number

    async def trackers(self, election: str) -> list[str]:
        """Return the tracker of every ballot that is shown, in the order of the archive."""
        query = BallotPosition.filter(election_id=election).order_by("position")
        return [str(tracker) for tracker in await query.values_list("ballot__tracker", flat=True)]

    async def set_aside(self, election: str, ballots: Sequence[int], kind: str, now: datetime) -> None:
        """Take ballots out before counting; they stay in the box."""
        for ballot in ballots:
            await SetAside.create(election_id=election, ballot_id=ballot, kind=kind, set_aside_at=now)

    async def all_set_aside(self, election: str) -> list[tuple[str, str]]:
        """Return tracker and kind of every ballot that was taken out, in the order of the box."""
        query = SetAside.filter(election_id=election).order_by("ballot__place__position")
        return [(tracker, kind) for tracker, kind in await query.values_list("ballot__tracker", "kind")]

    async def of_credential(self, election: str, entitlement: int) -> list[int]:
        """Return the ballots that an entitlement (the row) cast and that were not taken out, the last one first."""
        query = Ballot.filter(
            election_id=election, credential__entitlement_id=entitlement, set_aside__isnull=True
        ).order_by("-sequence")
        return [int(number) for (number,) in await query.values_list("id")]

    async def published(self, election: str) -> AsyncIterator[bytes]:
        """Iterate over the ballots of the archive in their order: the box, without what was taken out."""
        after = -1
        while True:
            rows = (
                await BallotPosition.filter(election_id=election, position__gt=after, ballot__set_aside__isnull=True)
                .order_by("position")
                .limit(PAGE)
                .values_list("position", "ballot__data")
            )
            for _, data in rows:
                yield bytes(data)
            if len(rows) < PAGE:
                return
            after = rows[-1][0]

    async def with_prefix(self, election: str, prefix: str) -> list[str]:
        """Return the trackers in an election that begin so, and on SQLite those that differ in capitals."""
        found = await Ballot.filter(election_id=election, tracker__startswith=prefix).values_list("tracker", flat=True)
        return [str(tracker) for tracker in found]

    async def look_up(self, election: str, tracker: str) -> FoundBallot | None:
        """Return what may be said of a ballot, if it is in the box."""
        row = None
        if fits(Ballot, "tracker", tracker):
            row = await Ballot.get_or_none(election_id=election, tracker=tracker).values(
                "id", "credential_id", "sequence", "set_aside__id"
            )
        if row is None:
            return None
        of_same = Ballot.filter(credential_id=row["credential_id"])
        last = await of_same.filter(set_aside__isnull=True).order_by("-sequence").first().values("sequence")
        counting = last["sequence"] if last else None
        return FoundBallot(
            sequence=row["sequence"],
            effective=counting == row["sequence"],
            count=await of_same.count(),
            set_aside=row["set_aside__id"] is not None,
            counting=counting,
        )
