"""Keep the register of letters, say exactly who has voted, remind those who have not.

* Exact figures and who has not voted yet are for organiser and community only, and each look is noted.
* A reminder is kept as messages in one transaction with its note, and handed over afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.delivery import rules
from vote.delivery.rules import Letter
from vote.delivery.store import DeliveryStore, Flat, Look, Sent
from vote.election import rules as election_rules
from vote.election.attendance import Home, Need, find_needs, order_of
from vote.election.change import correct
from vote.election.manifest import decode_manifest
from vote.election.packing import Measures
from vote.election.rules import State
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.law.majority import Both
from vote.message.rules import Message, reminder
from vote.message.service import MessageService
from vote.phone.service import PhoneService
from vote.role import Role
from vote.roll.place import Place

TURNOUT, WAITING = "turnout", "waiting"


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who has voted, exactly, at one moment."""

    needs: tuple[Need, Need]
    homes: tuple[Home, ...]

    @property
    def waiting(self) -> tuple[Home, ...]:
        """The homes whose owners have not voted, in the order of the houses."""
        rest = [home for home in self.homes if not home.voted]
        return tuple(sorted(rest, key=lambda home: tuple(map(order_of, (home.building, home.entrance, home.room)))))


@dataclass(frozen=True, slots=True)
class Preview:
    """A reminder before it is sent."""

    message: Message
    waiting: int
    """How many owners have not voted."""
    reached: int
    """How many of them have a confirmed telephone."""
    last: Sent | None


@dataclass(frozen=True, slots=True)
class DeliveryService:
    """Letters, turnout, reminders."""

    store: DeliveryStore
    elections: ElectionService
    estates: EstateStore
    phones: PhoneService
    messages: MessageService

    async def letters(self, uuid: str) -> list[Letter]:
        """Return every letter of an election with what was written down of it, in the order of the houses.

        Raises:
            RefusedError: there is no such election.
        """
        roll = (await self.elections.get(uuid)).draft.roll
        flats = _by_owner(await self.store.flats(roll))
        lines = await self.store.lines(uuid)
        found = [
            (
                flats[owner.row][0],
                Letter(
                    owner.number,
                    tuple(str(Place(each.building, each.entrance, each.room)) for each in flats[owner.row]),
                    flats[owner.row][0].building,
                    tuple(lines.get(owner.row, ())),
                ),
            )
            for owner in await self.store.owners(roll)
        ]
        found.sort(key=lambda each: tuple(map(order_of, (each[0].building, each[0].entrance, each[0].room))))
        return [letter for _, letter in found]

    async def write_down(  # noqa: PLR0917 - a line of the register
        self,
        uuid: str,
        entitlements: Sequence[int],
        outcome: str,
        happened_on: date,
        words: tuple[str, str],
        role: Role,
    ) -> int:
        """Write down what became of letters; return of how many.

        Args:
            uuid: the election.
            entitlements: numbers in the roll.
            outcome: one of `Outcome`.
            happened_on: when.
            words: who carried them, and the proof.
            role: who writes it down.

        Raises:
            RefusedError: letters are not on their way, the line cannot be, or no letter is chosen.
        """
        now = await database_now()
        chosen = rules.require_line(outcome, happened_on, *words, today=now.astimezone(CHINA).date())
        async with transaction():
            stored = await self.elections.get(uuid)
            election_rules.require_state(stored.state, State.SEALED, State.NOTICED, State.OPEN)
            known = {owner.number: owner.row for owner in await self.store.owners(stored.draft.roll)}
            rows = [known[number] for number in dict.fromkeys(entitlements) if number in known]
            if not rows:
                raise RefusedError(
                    Reason.MALFORMED, "No letter is chosen: tick at least one.", zh="还没有选信，请至少勾一封。"
                )
            await self.store.add_lines(uuid, rows, chosen, happened_on, words, (now, str(role)))
        return len(rows)

    async def attend(self, uuid: str, quorum: Both, role: Role, what: str) -> Attendance:
        """Return who has voted, exactly, and note the look.

        Raises:
            RefusedError: whoever asks may not know, or voting is not going on.
        """
        if role not in {Role.ORGANISER, Role.COMMUNITY}:
            raise RefusedError(
                Reason.NOT_ALLOWED,
                "Only organiser and community may know who has not voted yet.",
                zh="只有组织单位和社区能看谁还没有投票。",
            )
        async with transaction():
            stored = await self.elections.get(uuid)
            election_rules.require_state(stored.state, State.OPEN)
            voted = await self.store.voted(uuid)
            await self.store.add_look(uuid, Look(what, await database_now(), str(role)))
        owners = await self.store.owners(stored.draft.roll)
        homes = [
            Home(flat.building, flat.entrance, flat.room, flat.area_dm2, flat.entitlement in voted)
            for flat in await self.store.flats(stored.draft.roll)
        ]
        cast = [owner.area_dm2 for owner in owners if owner.row in voted]
        manifest = decode_manifest(stored.sealed().manifest)
        electorate = correct(manifest.electorate, await self.elections.changes(uuid))
        return Attendance(find_needs(quorum, electorate, Measures(len(cast), sum(cast))), tuple(homes))

    async def cast_at(self, uuid: str, number: int) -> list[datetime]:
        """Return when ballots of an owner came that were not taken out, by the number in the roll."""
        return await self.store.cast_at(uuid, number)

    async def looks(self, uuid: str) -> list[Look]:
        """Return the looks at exact figures, the latest first."""
        return await self.store.looks(uuid)

    async def reminders(self, uuid: str) -> list[Sent]:
        """Return the reminders that were sent, the latest first."""
        return await self.store.reminders(uuid)

    async def preview(self, uuid: str) -> Preview:
        """Return what a reminder would say and to how many.

        Raises:
            RefusedError: voting is not going on.
        """
        stored = await self.elections.get(uuid)
        election_rules.require_state(stored.state, State.OPEN)
        waiting, numbers = await self._waiting(stored)
        sent = await self.store.reminders(uuid)
        return Preview(await self._message(stored), waiting, len(numbers), sent[0] if sent else None)

    async def remind(self, uuid: str, role: Role) -> Sent:
        """Remind those who have not voted and have a confirmed telephone.

        Raises:
            RefusedError: voting is not going on, it is night, they were reminded today, or nobody can be told.
        """
        async with transaction():
            stored = await self.elections.store.get(uuid, lock=True)
            election_rules.require_state(stored.state, State.OPEN)
            now = await database_now()
            waiting, numbers = await self._waiting(stored)
            before = await self.store.reminders(uuid)
            rules.require_reminder(now, before[0].at if before else None, len(numbers))
            said = await self._message(stored)
            await self.messages.keep_all([self.messages.letter(uuid, number, said, now) for number in numbers])
            sent = Sent(waiting, len(numbers), now, str(role))
            await self.store.add_reminder(uuid, sent)
        return sent

    async def _waiting(self, stored: StoredElection) -> tuple[int, list[str]]:
        """Return how many owners have not voted, and each telephone of theirs that gets messages, once."""
        voted = await self.store.voted(stored.uuid)
        rows = [owner.row for owner in await self.store.owners(stored.draft.roll) if owner.row not in voted]
        numbers = await self.phones.reachable(rows) if stored.draft.desk_phone else {}
        return len(rows), list(dict.fromkeys(numbers.values()))

    async def _message(self, stored: StoredElection) -> Message:
        estate = await self.estates.get_estate(stored.draft.estate)
        return reminder(estate.name, stored.closes_at, stored.draft.desk_phone)


def _by_owner(flats: Sequence[Flat]) -> dict[int, list[Flat]]:
    found: dict[int, list[Flat]] = {}
    for flat in flats:
        found.setdefault(flat.entitlement, []).append(flat)
    return found
