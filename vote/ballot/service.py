"""Cast ballots, look them up, close the box."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crypto.ballot import tracker as tracker_of
from crypto.commitment import SALT_BYTES
from crypto.encoding import hex_digest
from crypto.randomness import Randomness
from crypto.signature import SigningKey, sign
from vote.ballot import rules
from vote.ballot.checking import BallotChecker
from vote.ballot.intake_facts import intake_commitment
from vote.ballot.receipt_words import read_words, receipt_words, tracker_prefix
from vote.ballot.store import BallotStore, FoundBallot, KnownCredential
from vote.credential.channel import Channel, channel_of, dual_channel_of, require_replacing
from vote.db import database_now, transaction
from vote.election import rules as election_rules
from vote.election.manifest import decode_manifest
from vote.election.packing import Measures
from vote.election.rules import State
from vote.election.store import ElectionStore, Polls, StoredElection
from vote.errors import Reason, RefusedError
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the voter gets: `new` is false if the same ballot was in the box already."""

    body: bytes
    new: bool


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who took part so far, in tenths of a percent of heads and area."""

    heads_permille: int
    area_permille: int


@dataclass(frozen=True, slots=True)
class Intake:
    """A ballot that is being checked: the number of its note, the polls, and when it was wholly received."""

    number: int
    polls: Polls
    received_at: datetime


@dataclass(frozen=True, slots=True)
class BallotService:
    """The ballot box."""

    store: BallotStore
    elections: ElectionStore
    log: LogStore
    checker: BallotChecker
    signing_key: SigningKey = field(repr=False)
    origin: str
    rng: Randomness

    async def cast(self, uuid: str, data: bytes, *, desk_tablet: bool = False) -> Receipt:
        """Accept a ballot: every check first, then ballot and promise in one transaction; the log has it with its pool.

        The same bytes again get the same receipt, whenever they come. Which moment counts is when the ballot was wholly
        received, by the database's clock.

        Args:
            uuid: of the election.
            data: the sealed ballot.
            desk_tablet: whether a browser sent it that is signed in for the desk; it matters for keys of one part.

        Raises:
            RefusedError: too early, too late, invalid, of nobody on the roll, or not to replace the one before.
            UnavailableError: it could not be checked now.
        """
        tracker = tracker_of(data)
        if known := await self.store.find_promise(uuid, tracker):
            return Receipt(known, new=False)
        intake = await self._begin_intake(uuid)
        try:
            public = await self.checker.credential_of(intake.polls.election, data)
            return await self._put(intake, public, data, desk_tablet=desk_tablet)
        except BaseException:
            await self.store.end_intake(intake.number)
            raise

    async def look_up(self, uuid: str, tracker: str) -> FoundBallot:
        """Say whether a ballot is in the box.

        Raises:
            RefusedError: it is not.
        """
        await self.elections.get(uuid)
        found = await self.store.look_up(uuid, tracker)
        if found is None:
            raise RefusedError(Reason.NOT_FOUND, "No ballot with this receipt is in the box: cast it again.")
        return found

    async def find_tracker(self, uuid: str, words: str) -> str:
        """Return the tracker of the ballot whose receipt reads `words`.

        Raises:
            RefusedError: they are no receipt's words, or no ballot in the box has them.
        """
        digest = read_words(words)
        await self.elections.get(uuid)
        for tracker in await self.store.with_prefix(uuid, tracker_prefix(digest)):
            if read_words(receipt_words(tracker)) == digest:
                return tracker
        raise RefusedError(Reason.NOT_FOUND, "No ballot with this receipt is in the box: compare the words.")

    async def turnout(self, uuid: str) -> Turnout:
        """Return who took part, of the whole electorate, in whole pools while voting goes on."""
        stored = await self.elections.get(uuid)
        if stored.files is None:
            return Turnout(0, 0)
        measures, electorate = await self._turnout(stored)
        return Turnout(
            rules.permille(measures.heads, electorate.heads), rules.permille(measures.area_dm2, electorate.area_dm2)
        )

    async def release_due(self) -> int:
        """Show the pools of open elections that are due; return how many."""
        released = 0
        for uuid in await self.elections.in_state(State.OPEN):
            waiting = await self.store.waiting(uuid)
            pools = decode_manifest((await self.elections.get(uuid)).sealed().manifest).pools
            if waiting and rules.is_pool_due(waiting.number, waiting.since, await database_now(), pools):
                released += await self._release_pool(uuid)
        return released

    async def box(self, uuid: str) -> bytes:
        """Return `box.json`, which is fixed when voting ends.

        Raises:
            RefusedError: voting has not ended yet.
        """
        stored = await self.elections.get(uuid)
        if stored.closed_at is None:
            raise RefusedError(Reason.NOT_FOUND, "The list of ballots is published when voting has ended.")
        return rules.encode_box(uuid, await self.store.trackers(uuid))

    async def set_aside(self, uuid: str) -> bytes:
        """Return `set-aside.json`, which is fixed when the ballots are checked.

        Raises:
            RefusedError: they are not checked yet.
        """
        await self.elections.get(uuid)
        if not await self.elections.is_checked(uuid):
            raise RefusedError(Reason.NOT_FOUND, "The list is published when the ballots have been checked.")
        return rules.encode_set_aside(uuid, await self.store.all_set_aside(uuid))

    async def close_due(self) -> list[str]:
        """Close the box of every open election whose time is up and whose ballots are all checked; return which."""
        closed = []
        for uuid in await self.elections.due(await database_now()):
            try:
                await self.close(uuid)
            except RefusedError:
                continue
            closed.append(uuid)
        return closed

    async def close(self, uuid: str) -> None:
        """Close the box: show the last pool, and fix the list of its ballots.

        Raises:
            RefusedError: the polls are not open, it is too early, or ballots are still being checked.
        """
        # Closing may have to wait, and the clock may be set back meanwhile.
        await self.elections.end(uuid, await database_now())
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_step(stored.state, State.CLOSED)
            now = await database_now()
            # What was seen to be over stays so, also if the clock was set back since.
            now = max(now, stored.ended_at or now)
            under_way = await self.store.under_way(uuid, now, election_rules.GRACE_SECONDS)
            election_rules.require_closable(now=now, closes_at=stored.closes_at, under_way=under_way)
            await self._release(stored, now)
            await self.store.end_intakes(uuid)
            await self.elections.close(uuid, now)
            trackers = await self.store.trackers(uuid)
            box = hex_digest(rules.encode_box(uuid, trackers))
            facts: Facts = {"election": uuid, "ballots": len(trackers), "box": box}
            await self.log.append(stored.draft.estate, Kind.ELECTION_CLOSED, facts, now)

    async def _release_pool(self, uuid: str) -> bool:
        async with transaction():
            # Whoever closes or releases at the same moment waits here, so a ballot gets one place.
            stored = await self.elections.get(uuid, lock=True)
            return stored.state is State.OPEN and await self._release(stored, await database_now())

    async def _release(self, stored: StoredElection, now: datetime) -> bool:
        """Show what waits, if anything does, in an order drawn by lot."""
        waiting = await self.store.unplaced(stored.uuid)
        if not waiting:
            return False
        order = rules.draw_order([public for _, public in waiting], self.rng)
        ballots = [waiting[position][0] for position in order]
        number = await self.store.release(stored.uuid, ballots, now)
        await self._log_ballots(stored, ballots, now)
        facts: Facts = {"election": stored.uuid, "pool": number, "ballots": len(waiting)}
        await self.log.append(stored.draft.estate, Kind.POOL_RELEASED, facts, now)
        return True

    async def _log_ballots(self, stored: StoredElection, ballots: Sequence[int], now: datetime) -> None:
        """Let the log have each ballot of a pool in the archive's order, and nothing of when it came."""
        intakes = await self.store.intakes(stored.uuid)
        salts = {ballot: self.rng(SALT_BYTES) for ballot in ballots}
        await self.store.add_salts(salts)
        told: list[Facts] = [
            {
                "election": stored.uuid,
                "tracker": tracker,
                "commitment": intake_commitment(salts[ballot], intakes[ballot]).hex(),
            }
            for ballot, tracker in zip(ballots, await self.store.trackers_of(ballots), strict=True)
        ]
        await self.log.append_all(stored.draft.estate, Kind.BALLOT_ACCEPTED, told, now)

    async def _begin_intake(self, uuid: str) -> Intake:
        """Note a ballot in one step with looking whether it is in time: closing waits for every note made before."""
        async with transaction():
            await self.elections.hold(uuid)
            polls = await self.elections.polls(uuid)
            now = await database_now()
            if not _is_over(polls, now):
                _require_polls(polls, now)
                return Intake(await self.store.begin_intake(uuid, now), polls, now)
        # In a step of its own: others hold the election meanwhile, and the refusal would undo it.
        await self.elections.end(uuid, now)
        raise _too_late(polls)

    async def _put(self, intake: Intake, public: str, data: bytes, *, desk_tablet: bool) -> Receipt:
        """Keep a ballot that passed every check, and take its note of intake away, in one step."""
        polls, received_at, tracker = intake.polls, intake.received_at, tracker_of(data)
        async with transaction():
            await self.elections.hold(polls.uuid)
            if not await self.store.end_intake(intake.number):
                # Closing waited for the grace, then took the notes that were left away.
                raise _too_late(polls)
            credential = await self.store.find_credential(polls.uuid, public)
            if credential is None:
                raise RefusedError(
                    Reason.NOT_ELIGIBLE,
                    "The ballot's credential is not on this election's list: use this election's letter.",
                )
            if polls.two_parts and not await self.store.has_agreed(credential):
                raise RefusedError(
                    Reason.NOT_ALLOWED,
                    "The owner has not agreed to vote electronically under the letter in force: sign that first.",
                )
            if credential.last_ballot and (known := await self.store.find_promise(polls.uuid, tracker)):
                return Receipt(known, new=False)
            channel = await self._channel(intake, credential, desk_tablet=desk_tablet)
            promise = rules.encode_promise(
                rules.Promise(
                    self.origin,
                    polls.uuid,
                    polls.fingerprint,
                    tracker,
                    credential.sequence + 1,
                    rules.moment(received_at),
                    rules.PUBLICATION_DELAY_SECONDS,
                )
            )
            receipt = rules.encode_receipt(promise, sign(self.signing_key, rules.PROMISE_DOMAIN, promise))
            await self.store.add(polls.uuid, credential, tracker, data, received_at, receipt, channel)
        return Receipt(receipt, new=True)

    async def _channel(self, intake: Intake, credential: KnownCredential, *, desk_tablet: bool) -> Channel:
        """Return how a ballot came, if by that channel it may replace the one before."""
        if intake.polls.two_parts:
            opening = await self.store.last_opening(credential, intake.received_at)
            channel = channel_of(opening, credential.last_cast_at, intake.received_at)
        else:
            channel = Channel.DESK if desk_tablet else Channel.PHONE
        if credential.last_channel not in {None, channel}:
            manifest = decode_manifest((await self.elections.get(intake.polls.uuid)).sealed().manifest)
            require_replacing(dual_channel_of(manifest), credential.last_channel, channel)
        return channel

    async def _turnout(self, stored: StoredElection) -> tuple[Measures, Measures]:
        manifest = decode_manifest(stored.sealed().manifest)
        return await self.store.turnout(stored.uuid, manifest.base), manifest.electorate


def _is_over(polls: Polls, now: datetime) -> bool:
    return polls.state is State.OPEN and (polls.ended or now >= polls.closes_at)


def _require_polls(polls: Polls, now: datetime) -> None:
    if polls.state is State.OPEN:
        election_rules.require_in_time(now, opens_at=polls.opens_at, closes_at=polls.closes_at)
    elif polls.state in election_rules.BEFORE_OPENING:
        raise RefusedError(Reason.POLLS_NOT_OPEN, "Voting has not been opened yet: cast the ballot when it has.")
    else:
        raise _too_late(polls)


def _too_late(polls: Polls) -> RefusedError:
    return RefusedError(
        Reason.POLLS_CLOSED, f"Voting closed at {polls.closes_at:%Y-%m-%d %H:%M} UTC; this ballot is too late."
    )
