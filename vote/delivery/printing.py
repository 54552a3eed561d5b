"""Keep the account of printed letters: which were printed, by whom and when, and which prints are void, and why.

* Every print is an event in somebody's name, written down before the printer gets it.
* Printed = issued + void: a letter is printed again only in the place of a print that is void.
* Letters that were made anew are named: what was sealed still holds their old number, which opens nothing.

Not here: the letters themselves, which the server never has; what became of them on their way (`service`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vote.account.events import EventKind, EventService
from vote.credential.letter_store import LetterStore
from vote.credential.store import CredentialStore
from vote.db import transaction
from vote.delivery.store import DeliveryStore
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.role import Actor

VOID: Mapping[str, EventKind] = {
    "jam": EventKind.LETTER_JAMMED,
    "faint": EventKind.LETTER_FAINT,
    "twice": EventKind.LETTER_TWICE,
    "anew": EventKind.LETTER_RENEWED,
}
"""Why a print is void."""


@dataclass(frozen=True, slots=True)
class PrintAccount:
    """What was printed in an election."""

    issued: tuple[int, ...]
    """Entitlements of which there is a good print."""
    void: tuple[tuple[int, str], ...]
    """Prints that are void, in the order in which that was said: entitlement and reason."""
    renewed: tuple[int, ...]
    """Entitlements whose letter was made anew."""

    @property
    def voided(self) -> int:
        """How many prints are void."""
        return len(self.void)

    @property
    def printed(self) -> int:
        """How many prints there were."""
        return len(self.issued) + self.voided


@dataclass(frozen=True, slots=True)
class PrintingService:
    """Accounts of all elections."""

    events: EventService
    elections: ElectionStore
    credentials: CredentialStore
    letters: LetterStore
    owners: DeliveryStore

    async def account(self, uuid: str) -> PrintAccount:
        """Return the account of an election.

        Raises:
            RefusedError: there is no such election.
        """
        await self.elections.get(uuid)
        happened = await self.events.of_election(uuid)
        numbers = await self.events.numbers(uuid)
        issued = {numbers[each.entitlement or 0] for each in happened if each.kind == EventKind.LETTER_PRINTED}
        reasons = {str(kind): why for why, kind in VOID.items()}
        return PrintAccount(
            tuple(sorted(issued)),
            tuple((numbers[each.entitlement or 0], reasons[each.kind]) for each in happened if each.kind in reasons),
            tuple(await self.letters.replaced(uuid)),
        )

    async def write_down(self, uuid: str, actor: Actor, entitlements: Sequence[int], why: str | None) -> PrintAccount:
        """Write down that letters are printed; those that are printed already do no harm.

        Args:
            uuid: the election.
            actor: who prints.
            entitlements: numbers in the roll.
            why: why the print before is void, of which this one takes the place; for one letter.

        Raises:
            RefusedError: no letters are made yet, the roll has no such number, or there is no print to be void.
        """
        if why is not None and (why not in VOID or len(entitlements) != 1):
            raise RefusedError(
                Reason.MALFORMED,
                f"One print is void at a time, for {', '.join(VOID)}.",
                zh="请一次选一封信，并选原来那份为什么作废。",
            )
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            if not await self.credentials.count(uuid):
                raise RefusedError(
                    Reason.WRONG_STATE,
                    "The letters of this election are not made yet: make them first.",
                    zh="这次投票的信还没有做好，请先做信。",
                )
            known = {owner.number for owner in await self.owners.owners(stored.draft.roll)}
            printed = set((await self.account(uuid)).issued)
            if not known.issuperset(entitlements):
                raise RefusedError(
                    Reason.NOT_FOUND,
                    "The roll has no such number: look it up in the roll.",
                    zh="清册里没有这个编号，请对照清册再看。",
                )
            if why is not None and why != "anew" and not printed.issuperset(entitlements):
                raise RefusedError(
                    Reason.CONFLICT,
                    "This letter was not printed yet, so no print of it is void.",
                    zh="这封信还没有打印过，没有可以作废的。",
                )
            for number in dict.fromkeys(entitlements):
                kinds = [] if number in printed and why is None else [EventKind.LETTER_PRINTED]
                if why is not None and number in printed:
                    kinds.insert(0, VOID[why])
                for kind in kinds:
                    await self.events.record(actor, kind, estate=stored.draft.estate, election=uuid, owners=[number])
            return await self.account(uuid)
