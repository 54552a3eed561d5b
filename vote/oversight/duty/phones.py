"""Keep to which phones a committee and a property manager are told of what is due.

* Numbers are sealed at rest, shown by their last four digits, and forgotten once they are taken away.
* An estate names a few; the same number stands once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from crypto.envelope import seal, unseal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.db import database_now, transaction
from vote.errors import ContradictionError, Reason, RefusedError
from vote.estate.store import EstateStore
from vote.oversight.duty.store import DutyStore
from vote.phone.rules import is_mobile, read_number, tail
from vote.role import Actor

MOST = 5
"""Phones of a side."""


class Side(StrEnum):
    """Who is told."""

    COMMITTEE = "committee"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class ListedPhone:
    """A phone as pages show it."""

    id: int
    side: Side
    tail: str
    """Its last four digits."""


@dataclass(frozen=True, slots=True)
class DutyPhones:
    """Phones of committees and managers."""

    store: DutyStore
    estates: EstateStore
    events: EventService
    key: bytes = field(repr=False)
    rng: Randomness

    async def add(self, estate: str, side: Side, written: str, by: Actor) -> None:
        """Name a mobile phone, written as people write it.

        Raises:
            RefusedError: there is no such estate, this is no mobile number, it is named already, or there are enough.
        """
        await self.estates.get_estate(estate)
        number = read_number(written)
        if not is_mobile(number):
            raise RefusedError(
                Reason.MALFORMED,
                "A landline gets no messages: write a mobile number.",
                zh="座机收不到短信，请填手机号。",
            )
        async with transaction():
            await self.estates.hold(estate)
            known = await self.numbers(estate, side)
            if number in known:
                raise RefusedError(Reason.CONFLICT, "This number is named already.", zh="这个号码已经填过了。")
            if len(known) >= MOST:
                raise RefusedError(
                    Reason.TOO_MANY, f"No more than {MOST}: take one away first.", zh=f"最多填{MOST}个，请先删掉一个。"
                )
            sealed = seal(self.key, _context(estate), number.encode(), self.rng)
            await self.store.add_phone(estate, side, sealed, await database_now())
            await self.events.record(by, EventKind.DUTIES_PHONES, estate=estate)

    async def remove(self, estate: str, phone: int, by: Actor) -> None:
        """Take a phone away and forget its number.

        Raises:
            RefusedError: it is not there.
        """
        async with transaction():
            if not await self.store.remove_phone(estate, phone, await database_now()):
                raise RefusedError(Reason.NOT_FOUND, "This phone is not there.", zh="这个号码已经删掉了。")
            await self.events.record(by, EventKind.DUTIES_PHONES, estate=estate)

    async def listed(self, estate: str) -> Sequence[ListedPhone]:
        """Return the phones of an estate by their last digits."""
        found = await self.store.phones(estate)
        return [ListedPhone(each.id, Side(each.side), tail(self._open(estate, each.sealed))) for each in found]

    async def numbers(self, estate: str, side: Side) -> list[str]:
        """Return the numbers of one side in their one spelling."""
        return [self._open(estate, each.sealed) for each in await self.store.phones(estate) if each.side == side]

    def _open(self, estate: str, sealed: bytes) -> str:
        try:
            return unseal([self.key], _context(estate), sealed).decode()
        except CryptoError:
            raise ContradictionError(f"{_context(estate)} cannot be opened with this key") from None


def _context(estate: str) -> str:
    """What the envelope of a number is bound to."""
    return f"duty-phone/{estate}"
