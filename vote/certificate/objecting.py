"""Take objections to a preliminary result, merge them by topic, answer each in public."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import rfc8785

from crypto.envelope import seal, unseal
from crypto.randomness import Randomness
from vote.certificate import objection as rules
from vote.certificate.objection import StoredObjection
from vote.certificate.store import CertificateStore
from vote.db import database_now, transaction
from vote.election import rules as election_rules
from vote.election.change import period_ends
from vote.election.manifest import decode_manifest
from vote.election.rules import State
from vote.election.store import ElectionStore, StoredElection
from vote.errors import ContradictionError, Reason, RefusedError
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.message.rules import objection_answered
from vote.phone.telling import OwnerTeller
from vote.roll.store import RollStore
from vote.tally.store import TallyStore


@dataclass(frozen=True, slots=True)
class ListedObjection:
    """An objection as those on duty see it."""

    found: StoredObjection
    homes: tuple[str, ...]
    """Of the owner who raised it."""
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionService:
    """Objections of all elections."""

    store: CertificateStore
    elections: ElectionStore
    tallies: TallyStore
    rolls: RollStore
    log: LogStore
    key: bytes = field(repr=False)
    """Seals what owners say."""
    rng: Randomness
    teller: OwnerTeller | None = None
    """Tells owners that they were answered; None where nobody is told."""

    async def object(self, uuid: str, raised_by: int, topic: str, question: int | None, text: str) -> int:
        """Write down what an owner holds against the result; return the objection's number.

        Args:
            uuid: the election.
            raised_by: the owner's entitlement, by its number in the roll.
            topic: in a few words, the same for all who say the same; it is public.
            question: which one it is about, from 1; None for all.
            text: what the owner says; it stays sealed.

        Raises:
            RefusedError: there is no preliminary result, the time is over, or the owner is not on this roll.
        """
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_state(stored.state, State.PRELIMINARY)
            rules.require_objection(topic, question, len(stored.draft.asks), text)
            now = await database_now()
            await self._require_taken(stored, now)
            owners = {each.number: each.id for each in await self.rolls.entitlements(stored.draft.roll)}
            if raised_by not in owners:
                raise RefusedError(
                    Reason.NOT_ELIGIBLE,
                    "Only owners on this election's roll object: look at the number again.",
                    zh="这次投票的清册里没有这位业主，请核对房号。",
                )
            sealed = seal(self.key, _context(uuid), text.encode(), self.rng)
            number = await self.store.add_objection(uuid, owners[raised_by], topic, question, sealed, now)
            await self.log.append(
                stored.draft.estate, Kind.OBJECTION_RAISED, {"election": uuid, "objection": number}, now
            )
        return number

    async def merge(self, uuid: str, number: int, into: int) -> None:
        """Make an objection part of another one about the same thing.

        Raises:
            RefusedError: they are not about the same thing, or one has ended.
        """
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_state(stored.state, State.PRELIMINARY)
            objections = await self.store.objections(uuid)
            one, other = _get(objections, number), _get(objections, into)
            rules.require_mergeable(one, other)
            if any(each.merged_into == one.number for each in objections):
                raise RefusedError(
                    Reason.CONFLICT,
                    "Others are part of this objection: merge the other one into it.",
                    zh="已经有别的异议并到这一条里。请把另一条并进来。",
                )
            await self.store.merge(one.id, other.id, await database_now())

    async def answer(self, uuid: str, number: int, outcome: str, answer: str, *, contested: bool) -> None:
        """Answer an objection and everything that is part of it.

        Args:
            uuid: the election.
            number: the objection's.
            outcome: one of `vote.certificate.objection.Outcome`.
            answer: the reasons, which are public and must not name anybody.
            contested: whether the ballots of those who object stay in doubt, for the margin test.

        Raises:
            RefusedError: it cannot end so, or has ended.
        """
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_state(stored.state, State.PRELIMINARY)
            found = _get(await self.store.objections(uuid), number)
            chosen = rules.require_answer(found, outcome, answer, contested=contested)
            now = await database_now()
            await self.store.answer(found.id, chosen, answer, now, contested=contested)
            facts: Facts = {"election": uuid, "objection": number, "outcome": str(chosen)}
            await self.log.append(stored.draft.estate, Kind.OBJECTION_ANSWERED, facts, now)
            if self.teller:
                owners = await self.store.objectors(found.id)
                await self.teller.tell(stored, owners, lambda estate, _: objection_answered(estate))

    async def text(self, uuid: str, number: int) -> str:
        """Return what an owner said, for those who must answer it.

        Raises:
            RefusedError: there is no such objection.
        """
        found = _get(await self.store.objections(uuid), number)
        return unseal([self.key], _context(uuid), await self.store.sealed_text(found.id)).decode()

    async def listed(self, uuid: str) -> list[ListedObjection]:
        """Return the objections of an election with the homes of those who raised them, for those on duty.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        stored = await self.elections.get(uuid)
        homes = {each.id: each.homes for each in await self.rolls.entitlements(stored.draft.roll)}
        found = zip(await self.store.objections(uuid), await self.store.raised(uuid), strict=True)
        return [ListedObjection(each, homes[by], at) for each, (by, at) in found]

    async def published(self, uuid: str) -> bytes:
        """Return `objections.json`: what was objected and how it ended, without flats and names.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        await self.elections.get(uuid)
        listed = [
            {
                "number": topic.main.number,
                "topic": topic.main.topic,
                "question": topic.main.question,
                "raised": topic.raised,
                "outcome": topic.main.outcome,
                "answer": topic.main.answer,
            }
            for topic in rules.topics_of(await self.store.objections(uuid))
        ]
        return rfc8785.dumps({"version": 1, "election": uuid, "objections": listed})

    async def ends_at(self, stored: StoredElection) -> datetime:
        """Return when the time for objections ends.

        Raises:
            ContradictionError: there is no result.
        """
        result = await self.tallies.find_result(stored.uuid)
        if result is None:
            raise ContradictionError(f"election {stored.uuid} is {stored.state} and has no result")
        return period_ends(result.opened_at, decode_manifest(stored.sealed().manifest).periods.objection_days)

    async def _require_taken(self, stored: StoredElection, now: datetime) -> None:
        if await self.store.last(stored.uuid) is not None:
            raise RefusedError(
                Reason.WRONG_STATE,
                "The certificate is composed: it says how to complain or sue.",
                zh="结果已经定稿，不再收异议。投诉或起诉的办法写在结果里。",
            )
        days = decode_manifest(stored.sealed().manifest).periods.objection_days
        rules.require_in_time(now, await self.ends_at(stored), days=days)


def _get(objections: Sequence[StoredObjection], number: int) -> StoredObjection:
    if not 1 <= number <= len(objections):
        raise RefusedError(
            Reason.NOT_FOUND,
            "There is no objection of this number in this election.",
            zh="这次投票没有这条异议，请刷新后再看。",
        )
    return objections[number - 1]


def _context(uuid: str) -> str:
    return f"objection/{uuid}"
