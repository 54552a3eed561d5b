"""Settle who took part, before any key is used: participation, disputes, quorum, what the totals disclose."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime

from crypto.encoding import hex_digest, read_json
from crypto.envelope import seal, unseal
from crypto.randomness import Randomness
from vote.ballot.store import BallotStore
from vote.check import rules
from vote.check.disclosure import Disclosure, disclose
from vote.check.rules import Checked, DisputeOutcome, Participant, StoredDispute
from vote.check.store import CheckStore
from vote.db import database_now, transaction
from vote.election import rules as election_rules
from vote.election.ask import Ask
from vote.election.change import decode_change, effects_of, period_ends
from vote.election.manifest import Manifest, decode_manifest
from vote.election.packing import Measures, unpack
from vote.election.quorum import has_quorum
from vote.election.rules import State
from vote.election.store import ElectionStore, StoredElection
from vote.errors import ContradictionError, Reason, RefusedError
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.message.rules import dispute_raised, dispute_settled
from vote.phone.telling import OwnerTeller
from vote.roll.store import RollStore, StoredEntitlement


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a check stands on, read without holding anything."""

    manifest: Manifest
    participants: tuple[Participant, ...]
    areas: dict[int, int]
    """dm² of each entitlement (the row) whose ballot counts."""
    disputes: tuple[StoredDispute, ...]

    @property
    def cast(self) -> Measures:
        """Heads and area of those whose ballots count."""
        return Measures(len(self.areas), sum(self.areas.values()))


@dataclass(frozen=True, slots=True)
class ListedDispute:
    """A dispute as those on duty see it; who said it and about whom is theirs alone to know."""

    number: int
    kind: str
    raised_by: tuple[str, ...]
    """The homes of the owner who said it."""
    about: tuple[str, ...]
    ballots: int
    """How many ballots of the disputed owner are in the box and not set aside."""
    raised_at: datetime
    settled_at: datetime | None
    outcome: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a check would find now."""

    electorate: Measures
    """As corrected."""
    cast: Measures
    quorum: bool
    waiting: int
    """Disputes that are open."""
    ends: datetime
    """When the time for disputes is over."""


@dataclass(frozen=True, slots=True)
class CheckService:
    """Disputes and checks. Heavy arithmetic runs in the processes of `executor`."""

    store: CheckStore
    ballots: BallotStore
    elections: ElectionStore
    rolls: RollStore
    log: LogStore
    executor: Executor
    key: bytes = field(repr=False)
    """Seals what owners say."""
    rng: Randomness
    teller: OwnerTeller | None = None
    """Tells owners about their ballots; None where nobody is told."""

    async def dispute(self, uuid: str, kind: str, raised_by: int, about: int, text: str, *, alone: bool = False) -> int:
        """Write down what an owner disputes; return the dispute's number.

        Args:
            uuid: the election.
            kind: one of `DisputeKind`.
            raised_by: the owner's entitlement, by its number in the roll.
            about: the disputed entitlement's number, maybe the same.
            text: what the owner says; it stays sealed.
            alone: whether nobody at the desk writes it down, who would see that it was said before.

        Raises:
            RefusedError: disputes are not taken now, or this one cannot be raised so.
        """
        chosen = rules.require_dispute(kind, text, oneself=raised_by == about)
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_state(stored.state, State.OPEN, State.CLOSED)
            known = {each.number: each.id for each in await self.rolls.entitlements(stored.draft.roll)}
            if raised_by not in known or about not in known:
                raise RefusedError(
                    Reason.NOT_ELIGIBLE,
                    "Only owners on this election's roll dispute, and only about owners on it.",
                    zh="这次投票的清册里没有这位业主，请核对房号。",
                )
            if alone and await self.store.waits(uuid, known[raised_by], known[about], chosen):
                raise RefusedError(
                    Reason.CONFLICT,
                    "这件事您已经说过，正在等处理。要补充或更正，请带身份证到社区当面说。 You said so already and it waits to be settled: to add to it, bring your identity card to the community office.",
                )
            now = await database_now()
            sealed = seal(self.key, _context(uuid), text.encode(), self.rng)
            number = await self.store.add_dispute(uuid, known[raised_by], known[about], chosen, sealed, now)
            facts: Facts = {"election": uuid, "dispute": number, "dispute_kind": str(chosen)}
            await self.log.append(stored.draft.estate, Kind.DISPUTE_RAISED, facts, now)
            if self.teller and raised_by != about:
                until = period_ends(stored.closed_at or stored.closes_at, _check_days(stored))
                await self.teller.tell(
                    stored, [known[about]], lambda estate, desk: dispute_raised(estate, str(chosen), until, desk)
                )
        return number

    async def settle(self, uuid: str, number: int, outcome: str, answer: str, latest: int | None) -> None:
        """Settle a dispute: set ballots aside, keep them, or leave it contested.

        Args:
            uuid: the election.
            number: the dispute's.
            outcome: one of `DisputeOutcome`.
            answer: the reasons, which are public and must not name anybody.
            latest: how many ballots are set aside, from the owner's last one back; None for all.

        Raises:
            RefusedError: voting is not closed or counting has begun, or the dispute cannot be settled so.
        """
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_state(stored.state, State.CLOSED)
            await self.store.get_text(uuid, number)
            dispute = (await self.store.disputes(uuid))[number - 1]
            cast = await self.ballots.of_credential(uuid, dispute.about)
            chosen = rules.require_outcome(outcome, answer, ballots=len(cast), latest=latest)
            now = await database_now()
            await self.store.settle(uuid, number, chosen, answer, now)
            if chosen is DisputeOutcome.SET_ASIDE:
                await self.ballots.set_aside(uuid, cast[:latest], dispute.kind, now)
            facts: Facts = {"election": uuid, "dispute": number, "outcome": str(chosen)}
            await self.log.append(stored.draft.estate, Kind.DISPUTE_SETTLED, facts, now)
            if self.teller:
                await self.teller.tell(
                    stored, [dispute.about], lambda estate, desk: dispute_settled(estate, str(chosen), desk)
                )

    async def text(self, uuid: str, number: int) -> str:
        """Return what an owner said, for those who must settle it.

        Raises:
            RefusedError: there is no such dispute.
        """
        return unseal([self.key], _context(uuid), await self.store.get_text(uuid, number)).decode()

    async def listed(self, uuid: str) -> list[ListedDispute]:
        """Return the disputes of an election with the homes of those concerned, for those on duty.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        stored = await self.elections.get(uuid)
        known = {each.id: each.homes for each in await self.rolls.entitlements(stored.draft.roll)}
        found = zip(await self.store.disputes(uuid), await self.store.raised(uuid), strict=True)
        return [
            ListedDispute(
                number=each.number,
                kind=str(each.kind),
                raised_by=known[raised.by],
                about=known[each.about],
                ballots=len(await self.ballots.of_credential(uuid, each.about)) if each.outcome is None else 0,
                raised_at=raised.at,
                settled_at=raised.settled_at,
                outcome=None if each.outcome is None else str(each.outcome),
                answer=each.answer,
            )
            for each, raised in found
        ]

    async def homes(self, uuid: str) -> dict[int, tuple[str, ...]]:
        """Return the homes of each entitlement, by its number in the roll.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        stored = await self.elections.get(uuid)
        return {each.number: each.homes for each in await self.rolls.entitlements(stored.draft.roll)}

    async def preview(self, uuid: str) -> Preview:
        """Return what a check would find now, without what the totals disclose.

        Raises:
            RefusedError: voting has not ended, or the check was made.
        """
        stored = await self.elections.get(uuid)
        election_rules.require_state(stored.state, State.CLOSED)
        ground = await self._ground(stored)
        electorate, _ = await self._electorate(stored, ground)
        return Preview(
            electorate,
            ground.cast,
            has_quorum(ground.manifest, electorate, ground.cast),
            sum(each.outcome is None for each in ground.disputes),
            self._ends(stored, ground),
        )

    async def disclosed(self, uuid: str) -> Disclosure | None:
        """Return what the totals of those who took part would give away; None if nobody did. It takes seconds.

        Raises:
            RefusedError: voting has not ended, or the check was made.
        """
        stored = await self.elections.get(uuid)
        election_rules.require_state(stored.state, State.CLOSED)
        return await self._disclose(stored, await self._ground(stored))

    async def disputes(self, uuid: str) -> bytes:
        """Return `disputes.json`.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        await self.elections.get(uuid)
        return rules.encode_disputes(uuid, await self.store.disputes(uuid))

    async def participation(self, uuid: str, *, areas: bool) -> bytes:
        """Return who took part: rooms, and for those who check it areas, but no names.

        Raises:
            RefusedError: voting has not ended yet.
        """
        stored = await self.elections.get(uuid)
        if stored.closed_at is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "Who took part is published when voting has ended.",
                zh="参加投票的名单要到投票结束后才公布。",
            )
        ground = await self._ground(stored)
        return rules.encode_participation(uuid, ground.participants, ground.cast, areas=areas)

    async def found(self, uuid: str) -> bytes:
        """Return `check.json`.

        Raises:
            RefusedError: the ballots are not checked yet.
        """
        await self.elections.get(uuid)
        found = await self.store.find(uuid)
        if found is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "The ballots are not checked yet: disputes are still taken.",
                zh="票还没有核对完，现在还收异议。请过后再来。",
            )
        return found.body

    async def check(self, uuid: str, *, accept_disclosure: bool) -> None:
        """Find who took part for good, before any key is used.

        Raises:
            RefusedError: the time for disputes is not over, one is open, or the totals would give choices away.
        """
        stored = await self.elections.get(uuid)
        election_rules.require_step(stored.state, State.CHECKED)
        ground = await self._ground(stored)
        self._require_ready(stored, ground, await database_now())
        disclosure = await self._disclose(stored, ground)
        rules.require_discreet(stored.draft.secrecy, disclosure, accepted=accept_disclosure)
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_step(stored.state, State.CHECKED)
            now = await database_now()
            if await self._ground(stored) != ground:
                raise RefusedError(
                    Reason.CONFLICT,
                    "A dispute was settled meanwhile: look again, then check again.",
                    zh="刚才有人处理了一条异议。请刷新看一遍，再核对一次。",
                )
            checked = await self._checked(stored, ground, disclosure, accepted=accept_disclosure)
            body = rules.encode_checked(checked)
            await self.elections.advance(uuid, State.CLOSED, State.CHECKED)
            await self.store.add(uuid, body, now)
            facts: Facts = {
                "election": uuid,
                "heads": checked.cast.heads,
                "set_aside": checked.set_aside,
                "check": hex_digest(body),
            }
            await self.log.append(stored.draft.estate, Kind.ELECTION_CHECKED, facts, now)

    async def expect(self, uuid: str, turnout_percent: int) -> Disclosure:
        """Return what totals of such a turnout would give away, while the election is prepared.

        The largest of the electorate are taken to take part: they are the ones who stand out.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        stored = await self.elections.get(uuid)
        return await self.foresee(stored.draft.roll, stored.draft.asks, uuid, turnout_percent)

    async def foresee(self, roll: int, asks: Sequence[Ask], seed: str, turnout_percent: int) -> Disclosure:
        """Return the same for questions that are no election's yet; all chance follows from the seed."""
        areas = sorted((each.area_dm2 for each in await self.rolls.entitlements(roll)), reverse=True)
        return await self._run(areas[: max(1, len(areas) * turnout_percent // 100)], asks, seed)

    def _require_ready(self, stored: StoredElection, ground: _Ground, now: datetime) -> None:
        rules.require_over(self._ends(stored, ground), now)
        rules.require_settled(ground.disputes)

    def _ends(self, stored: StoredElection, ground: _Ground) -> datetime:
        if stored.closed_at is None:
            raise ContradictionError(f"election {stored.uuid} is {stored.state} and was never closed")
        return period_ends(stored.closed_at, ground.manifest.periods.check_days)

    async def _ground(self, stored: StoredElection) -> _Ground:
        manifest = decode_manifest(stored.sealed().manifest)
        known = {each.id: each for each in await self.rolls.entitlements(stored.draft.roll)}
        areas = {
            each.entitlement: unpack(each.weight, manifest.base).area_dm2 for each in await self.store.cast(stored.uuid)
        }
        participants = sorted((_participant(known[row]) for row in areas), key=lambda each: each.entitlement)
        return _Ground(manifest, tuple(participants), areas, tuple(await self.store.disputes(stored.uuid)))

    async def _checked(
        self, stored: StoredElection, ground: _Ground, disclosure: Disclosure | None, *, accepted: bool
    ) -> Checked:
        electorate, late = await self._electorate(stored, ground)
        contested = list(rules.contested_of(ground.disputes, ground.areas))
        if late != Measures(0, 0):
            contested.append(rules.Contested("late-roll-error", late.heads, late.area_dm2))
        return Checked(
            stored.uuid,
            electorate,
            ground.cast,
            has_quorum(ground.manifest, electorate, ground.cast),
            len(await self.ballots.all_set_aside(stored.uuid)),
            ground.disputes,
            tuple(contested),
            disclosure,
            accepted,
        )

    async def _electorate(self, stored: StoredElection, ground: _Ground) -> tuple[Measures, Measures]:
        """Return the electorate as corrected, and the weight that late errors put in doubt."""
        made = [
            decode_change(read_json(body, "change"), "change") for body in await self.elections.changes(stored.uuid)
        ]
        effects, sealed = effects_of(made), ground.manifest.electorate
        correction = effects.correction
        return Measures(sealed.heads + correction.heads, sealed.area_dm2 + correction.area_dm2), effects.doubtful

    async def _disclose(self, stored: StoredElection, ground: _Ground) -> Disclosure | None:
        if not ground.areas:
            return None
        return await self._run(sorted(ground.areas.values()), ground.manifest.questions, stored.sealed().fingerprint)

    async def _run(self, areas: Sequence[int], asks: Sequence[Ask], seed: str) -> Disclosure:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, disclose, areas, tuple(asks), seed.encode())


def _participant(entitlement: StoredEntitlement) -> Participant:
    return Participant(entitlement.number, entitlement.homes, entitlement.area_dm2)


def _check_days(stored: StoredElection) -> int:
    return decode_manifest(stored.sealed().manifest).periods.check_days


def _context(uuid: str) -> str:
    return f"dispute/{uuid}"
