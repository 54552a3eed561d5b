"""Keep owners' phones: from the roll, brought by staff, confirmed by their owners, changed by two people.

* An owner has one number in force. From a roll it is the first mobile number that can be read there, or else a landline.
* A number that is confirmed is stated anew by whoever confirms it: one that differs is a change, which takes two people.
* Whose number is changed is told so at the old one, and the public learns how often that happened.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from crypto.envelope import keyed_digest, seal, unseal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.db import database_now, transaction
from vote.election.rules import BEFORE_CLOSING, require_state
from vote.election.store import ElectionStore, StoredElection
from vote.errors import ContradictionError, Reason, RefusedError
from vote.estate.rules import is_rehearsal, require_real
from vote.estate.store import EstateStore
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.message.rules import phone_changed
from vote.message.service import MessageService
from vote.phone import rules
from vote.phone.rules import PublicCounts, Source, Where
from vote.phone.store import NewPhone, PhoneStore, StoredPhone
from vote.role import Role
from vote.roll.store import RollStore

DIGEST_DOMAIN = "phone"
_SEVERAL = re.compile(r"[、，,；;/／|\n]")


class Stated(NamedTuple):
    """A number that an owner stated."""

    entitlement: int
    """Its number in the roll."""
    number: str
    """As written."""


class Confirmed(NamedTuple):
    """What became of statements."""

    confirmed: int
    different: tuple[int, ...]
    """Entitlements for which another number is in force, or none: that is a change."""


class Proposal(NamedTuple):
    """A change that waits for the second person."""

    change: int
    entitlement: int
    """Its number in the roll."""
    number: str
    """As people dial it."""
    how: str
    own: bool
    """Whether whoever asks proposed it."""


class LiftedPhone(NamedTuple):
    """A number between two sets of lines of a draft."""

    entitlement: int
    """The number of the line that it was taken from."""
    number: str
    """In its one spelling."""
    source: Source
    confirmed_how: Source | None
    brought_at: datetime


class ListedPhone(NamedTuple):
    """An owner's number as a clerk sees it."""

    entitlement: int
    """Its number in the roll."""
    tail: str
    source: Source
    confirmed_how: Source | None
    mobile: bool
    shared: int
    """For how many owners the same number stands."""
    changed_late: bool


class ActivePhone(NamedTuple):
    """An owner's number in force."""

    id: int
    number: str
    """In its one spelling."""
    known: rules.Phone


@dataclass(frozen=True, slots=True)
class PhoneService:
    """Owners' phones."""

    store: PhoneStore
    elections: ElectionStore
    rolls: RollStore
    estates: EstateStore
    log: LogStore
    messages: MessageService
    key: bytes = field(repr=False)
    digest_key: bytes = field(repr=False)
    rng: Randomness

    async def take(self, roll: int, written: Mapping[int, Sequence[str]], now: datetime) -> None:
        """Keep what a roll says when it is frozen, in the caller's transaction; what staff brought before stays.

        Args:
            roll: its number.
            written: for each entitlement's number in the roll, the telephone numbers as they stand there.
            now: the moment of freezing.
        """
        if is_rehearsal((await self.rolls.get(roll)).estate):
            return
        known = {phone.number for phone in await self.store.active(roll)}
        rows = await self.store.entitlements(roll)
        found = {number: _choose(texts) for number, texts in written.items() if number not in known}
        phones = [self._new(rows[number], text, Source.ROLL) for number, text in found.items() if text]
        await self.store.add_all(phones, now)

    async def bring(self, roll: int, stated: Sequence[Stated], source: Source) -> None:
        """Keep numbers that owners gave before the roll was frozen, in place of earlier ones.

        Raises:
            RefusedError: the roll is frozen, it has no such entitlement, or what is stated is no number.
        """
        async with transaction():
            found = await self.rolls.get(roll, lock=True)
            require_real(found.estate)
            if found.frozen:
                raise RefusedError(
                    Reason.WRONG_STATE,
                    "The roll is frozen: from here on two editors of phones change a number.",
                    zh="清册已经定稿，手机号要由两个人来改：一人提出，另一人核对。",
                )
            rows, now = await self.store.entitlements(roll), await database_now()
            confirmed = source if source in rules.CONFIRMING else None
            active = {phone.number: phone for phone in await self.store.active(roll)}
            phones = {}
            for each in stated:
                row = rules.row_of(rows, each.entitlement)
                phones[each.entitlement] = self._new(
                    row, rules.read_stated(each.entitlement, each.number), source, confirmed
                )
            for entitlement in phones.keys() & active.keys():
                await self.store.replace(active[entitlement].id)
            await self.store.add_all(list(phones.values()), now)

    async def lift(self, roll: int) -> list[LiftedPhone]:
        """Take the numbers of a draft off its lines, in the caller's transaction, and return those in force."""
        return [
            LiftedPhone(
                number, self._unseal(phone.entitlement, phone.sealed), phone.source, phone.confirmed_how, brought
            )
            for number, phone, brought in await self.store.lift(roll)
        ]

    async def put_back(self, roll: int, lifted: Sequence[LiftedPhone], before: Where, after: Where) -> int:
        """Put lifted numbers onto the new lines of the same owners, in the caller's transaction.

        A number stays with a line that has one of its owners and one of its homes.

        Returns:
            How many found no such line.
        """
        rows = await self.store.entitlements(roll)
        lost = 0
        for phone in lifted:
            found = rules.find_same(before[phone.entitlement], after)
            if found is None or found not in rows:
                lost += 1
                continue
            new = self._new(rows[found], phone.number, phone.source, phone.confirmed_how)
            await self.store.add_all([new], phone.brought_at)
        return lost

    async def listed(self, roll: int) -> list[ListedPhone]:
        """Return the number in force of each owner of a roll, as a clerk may see it: its tail, and where it comes from."""
        active = await self.store.active(roll)
        known = Counter(phone.known.digest for phone in active)
        listed = []
        for phone in active:
            number = self._open(phone)
            listed.append(
                ListedPhone(
                    phone.number,
                    rules.tail(number),
                    phone.known.source,
                    phone.known.confirmed_how,
                    mobile=rules.is_mobile(number),
                    shared=known[phone.known.digest],
                    changed_late=phone.known.changed_late,
                )
            )
        return listed

    async def confirm(self, uuid: str, stated: Sequence[Stated], how: Source) -> Confirmed:
        """Note that owners confirmed their numbers.

        Raises:
            RefusedError: voting is over, `how` is no way of confirming, the roll has no such entitlement, or what is
                stated is no number.
        """
        rules.require_confirming(how)
        async with transaction():
            stored = await self._require_before_closing(uuid)
            rows = await self.store.entitlements(stored.draft.roll)
            active = {phone.number: phone for phone in await self.store.active(stored.draft.roll)}
            fitting, different = [], []
            for each in stated:
                rules.row_of(rows, each.entitlement)
                phone = active.get(each.entitlement)
                if phone is None or phone.known.digest != self._digest(
                    rules.read_stated(each.entitlement, each.number)
                ):
                    different.append(each.entitlement)
                else:
                    fitting.append(phone.id)
            await self.store.confirm(fitting, how, await database_now())
        return Confirmed(len(fitting), tuple(different))

    async def propose(self, uuid: str, stated: Stated, how: Source, person: str) -> int:
        """Propose another number for an owner; return the change's number.

        Raises:
            RefusedError: voting is over, the number is none or in force already, or a change waits for this owner.
        """
        rules.require_confirming(how)
        number = rules.read_number(stated.number)
        rules.require_mobile(number)
        async with transaction():
            stored = await self._require_before_closing(uuid)
            _require_desk(stored)
            require_real(stored.draft.estate)
            row = rules.row_of(await self.store.entitlements(stored.draft.roll), stated.entitlement)
            await self.store.hold(row)
            if any(each.entitlement == row for each in await self.store.proposed(stored.draft.roll)):
                raise RefusedError(
                    Reason.CONFLICT,
                    "A change waits for this owner already: let the other editor decide it first.",
                    zh="这位业主已经有一个改动在等核对，请先让另一位处理完。",
                )
            phone = self._new(row, number, how)
            active = await self.store.find_active(row)
            if active and active.known.digest == phone.digest:
                raise RefusedError(
                    Reason.CONFLICT,
                    "This number is in force already: the desk confirms it.",
                    zh="这个号码已经在用了，请直接点确认。",
                )
            return await self.store.propose(phone, person, await database_now())

    async def proposals(self, uuid: str, person: str) -> list[Proposal]:
        """Return the changes that wait for the second person."""
        stored = await self.elections.get(uuid)
        return [
            Proposal(
                each.id,
                each.number,
                rules.write_number(self._open(each)),
                each.known.source,
                own=each.proposed_by == person,
            )
            for each in await self.store.proposed(stored.draft.roll)
        ]

    async def decide(self, uuid: str, change: int, person: str, *, accepted: bool) -> None:
        """Put a proposed number in force, tell the old one, log it; or refuse it.

        Raises:
            RefusedError: voting is over, there is no such change, or the same person proposed it.
        """
        told = None
        async with transaction():
            stored = await self._require_before_closing(uuid)
            waiting = {each.id: each for each in await self.store.proposed(stored.draft.roll)}
            if change not in waiting:
                raise RefusedError(
                    Reason.NOT_FOUND,
                    "There is no change of this number that waits: look at the list.",
                    zh="没有这个等着核对的改动，可能别人刚处理过。请刷新后再看。",
                )
            proposed = waiting[change]
            rules.require_second_person(proposed.proposed_by, person)
            if accepted:
                rules.require_proposed_here(proposed.proposed_by, await self.elections.persons(uuid, Role.PHONES))
            await self.store.hold(proposed.entitlement)
            now = await database_now()
            if accepted:
                told = await self.retire(stored, proposed.entitlement)
            await self.store.decide(proposed, person, now, accepted=accepted)
            if accepted:
                count = await self.store.count_changes(stored.draft.roll)
                facts: Facts = {"election": uuid, "count": count}
                await self.log.append(stored.draft.estate, Kind.PHONE_CHANGED, facts, now)
        if told is not None:
            await self.messages.send(told)

    async def retire(self, stored: StoredElection, entitlement: int) -> int | None:
        """Take an owner's number out of force, in the caller's transaction.

        Args:
            stored: the election, for the words of the message.
            entitlement: the row.

        Returns:
            The message to the old number, to be sent when the transaction is over, if it gets messages.
        """
        phone = await self.store.find_active(entitlement)
        if phone is None or not await self.store.replace(phone.id):
            return None
        number = self._open(phone)
        if not rules.is_mobile(number):
            return None
        estate = await self.estates.get_estate(stored.draft.estate)
        return await self.messages.keep(stored.uuid, number, phone_changed(estate.name, stored.draft.desk_phone))

    async def find_active(self, entitlement: int) -> ActivePhone | None:
        """Return the number in force of an entitlement (the row), if there is one."""
        phone = await self.store.find_active(entitlement)
        return ActivePhone(phone.id, self._open(phone), phone.known) if phone else None

    async def reachable(self, entitlements: Sequence[int]) -> dict[int, str]:
        """Return, by entitlement (the row), the confirmed numbers among these owners' that get messages."""
        numbers = {
            phone.entitlement: self._open(phone)
            for phone in await self.store.active_of(entitlements)
            if phone.known.confirmed_how in rules.CONFIRMING
        }
        return {entitlement: number for entitlement, number in numbers.items() if rules.is_mobile(number)}

    async def counts(self, roll: int) -> PublicCounts:
        """Return what the public learns of the phones of a roll's owners."""
        return rules.count_phones(await self.store.known(roll))

    async def count_changes(self, roll: int) -> int:
        """Return how many numbers two people changed."""
        return await self.store.count_changes(roll)

    async def _require_before_closing(self, uuid: str) -> StoredElection:
        stored = await self.elections.get(uuid, lock=True)
        require_state(stored.state, *BEFORE_CLOSING)
        rules.require_in_charge(uuid, await self.elections.running_on(stored.draft.roll))
        return stored

    def _new(self, entitlement: int, number: str, source: Source, confirmed: Source | None = None) -> NewPhone:
        sealed = seal(self.key, phone_context(entitlement), number.encode(), self.rng)
        return NewPhone(entitlement, sealed, self._digest(number), source, confirmed)

    def _digest(self, number: str) -> str:
        return keyed_digest(self.digest_key, DIGEST_DOMAIN, number).hex()

    def _open(self, phone: StoredPhone) -> str:
        return self._unseal(phone.entitlement, phone.sealed)

    def _unseal(self, entitlement: int, sealed: bytes) -> str:
        try:
            return unseal([self.key], phone_context(entitlement), sealed).decode()
        except CryptoError:
            raise ContradictionError(f"{phone_context(entitlement)} cannot be opened with this key") from None


def _choose(texts: Sequence[str]) -> str | None:
    """The first mobile number that can be read, or else the first landline; a cell may hold several."""
    numbers = []
    for piece in _SEVERAL.split("\n".join(texts)):
        try:
            numbers.append(rules.read_number(piece))
        except RefusedError:
            continue
    return next((number for number in numbers if rules.is_mobile(number)), numbers[0] if numbers else None)


def _require_desk(stored: StoredElection) -> None:
    if not stored.draft.desk_phone:
        raise RefusedError(
            Reason.WRONG_STATE,
            "This election was prepared without the desk's telephone, which owners are told to call.",
            zh="这次投票没有填社区座机，业主没有地方可打。请先在投票的设置里填上。",
        )


def phone_context(entitlement: int) -> str:
    """Return what the envelope of an entitlement's number is bound to."""
    return f"phone/{entitlement}"
