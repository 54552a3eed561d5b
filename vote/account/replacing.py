"""Put a new link in the place of a lost one: at once in a draft, with a second person or after a day once it is sealed.

* What is asked for, agreed to and stopped is an event; the public log tells that a place is asked for, and how it ended.
* Whoever has a duty in a sealed election asks for no place in it: with the link one would hold two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vote.account.events import EventKind, EventService
from vote.account.replacement import Replacement, require_second, require_stoppable
from vote.account.replacement_store import REPLACED, STOPPED, ReplacementStore
from vote.account.service import AccountService
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.log.rules import Kind
from vote.role import Actor, Role

_NONE = "没有人提出换这个链接，或者已经办完了。 Nobody asks for this link, or it is done."
_OWN_DUTY = (
    "您在这次投票里有一份工作，不能再换别人的链接。请找没有工作的同事，或者街道。 "
    "You have a task in this vote, so you cannot replace a link of it: ask a colleague without one, or the sub-district."
)
_EARLY = "要再有一位同事同意，或者等满一天。 A second person has to agree, or a day has to pass."


@dataclass(frozen=True, slots=True)
class ReplacingService:
    """Links that are asked for anew."""

    store: ReplacementStore
    accounts: AccountService
    events: EventService

    async def ask(self, election: str, role: Role, slot: int, by: Actor) -> Replacement | str:
        """Ask for a new link; return its key where nothing has to be waited for, or else what is asked for.

        The same again changes nothing until the new link can be given.

        Raises:
            RefusedError: there is no such place, or whoever asks has a duty in the sealed election.
        """
        async with transaction():
            place = await self._hold(election, role, slot)
            if await self.store.sealed_at(election) is None:
                return await self.accounts.replace_key(election, role, slot, by)
            await self._require_apart(election, by)
            now = await database_now()
            found = await self.store.open_one(place)
            if found is not None and found.is_ready(now):
                return await self._give(election, found, by)
            if found is not None:
                return found
            await self.store.add(place, by.account, now)
            found = await self._get(place)
            await self.events.record(by, EventKind.KEY_ASKED, election=election)
            await self._log(election, Kind.KEY_ASKED, role)
            return found

    async def give(self, election: str, role: Role, slot: int, by: Actor) -> str:
        """Return the key of the new link that was asked for; it is shown once and not kept.

        Raises:
            RefusedError: nobody asked for it, it is too early, or whoever wants it has a duty in the election.
        """
        async with transaction():
            found = await self._get(await self._hold(election, role, slot))
            await self._require_apart(election, by)
            if not found.is_ready(await database_now()):
                raise RefusedError(Reason.WRONG_STATE, _EARLY)
            return await self._give(election, found, by)

    async def agree(self, election: str, role: Role, slot: int, by: Actor) -> None:
        """Agree as the second person.

        Raises:
            RefusedError: nobody asked for it, or whoever agrees is no second person.
        """
        async with transaction():
            found = await self._get(await self._hold(election, role, slot))
            sealed_at = await self.store.sealed_at(election)
            known = (
                by.account is not None
                and sealed_at is not None
                and await self.store.was_known(by.account, election, sealed_at)
            )
            require_second(found, by.account, known=known)
            if by.account is not None and found.agreed_at is None:
                await self.store.agree(found.id, by.account, await database_now())
                await self.events.record(by, EventKind.KEY_AGREED, election=election)

    async def stop(self, election: str, role: Role, slot: int, by: Actor) -> None:
        """Let a place stay with whoever has it.

        Raises:
            RefusedError: nobody asked for it, or two have agreed.
        """
        async with transaction():
            found = await self._get(await self._hold(election, role, slot))
            require_stoppable(found)
            await self.store.end(found.id, STOPPED, await database_now())
            await self.events.record(by, EventKind.KEY_KEPT, election=election)
            await self._log(election, Kind.KEY_KEPT, role)

    async def open_in(self, elections: Sequence[str]) -> Mapping[str, Sequence[Replacement]]:
        """Return what is asked for in elections, the earliest first; nothing for those where nothing is."""
        return await self.store.open_in(elections)

    async def may_ask(self, election: str, account: int) -> bool:
        """Whether somebody who is staff may ask for links: they never had a duty in the election."""
        return not await self.store.has_joined(account, election)

    async def _give(self, election: str, found: Replacement, by: Actor) -> str:
        await self.store.end(found.id, REPLACED, await database_now())
        return await self.accounts.replace_key(election, found.role, found.slot, by)

    async def _hold(self, election: str, role: Role, slot: int) -> int:
        await self.accounts.require_place(election, role, slot)
        place = await self.store.hold(election, role, slot)
        assert place is not None
        return place

    async def _get(self, place: int) -> Replacement:
        found = await self.store.open_one(place)
        if found is None:
            raise RefusedError(Reason.WRONG_STATE, _NONE)
        return found

    async def _require_apart(self, election: str, by: Actor) -> None:
        if by.account is not None and not await self.may_ask(election, by.account):
            raise RefusedError(Reason.NOT_ALLOWED, _OWN_DUTY)

    async def _log(self, election: str, kind: Kind, role: Role) -> None:
        facts = {"election": election, "duty": str(role)}
        await self.accounts.log.append(await self.accounts.store.estate(election), kind, facts, await database_now())
