"""Accounts: who they are, where they are staff, which duties are theirs.

* Names are sealed; the table tells nobody who has an account.
* A place in an election becomes an account's when its holder shows the place's key. It then stays that account's until
  the key is replaced.
* In one election an account holds the places of one person only, ever: whoever was named apart cannot act as one, nor
  one after the other.
"""

from dataclasses import dataclass, field

from crypto.envelope import seal
from crypto.randomness import Randomness
from vote.account import rules
from vote.account.events import EventKind, EventService
from vote.account.person_store import PersonStore
from vote.account.sessions import open_name
from vote.account.task import Task
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.role import Actor, HeldDuty, Scope, Visitor

HANDLE_BYTES = 32
NAME_LENGTH = 40
_ALREADY = (
    "这个链接已经有人用过了。请找给您链接的人换一个新的。 This link belongs to somebody already: ask for a new one."
)
_UNKNOWN = "这个链接不对，或者已经换了新的。请找给您链接的人再要一个。 This link is not valid: ask for a new one."
_TWO_PEOPLE = (
    "您在这次投票里已经用另一个人的名字担任了工作，两个人的事不能一个人做。请换本人登录。 "
    "Your account holds a place of another person in this vote: the person named must sign in."
)


@dataclass(frozen=True, slots=True)
class PeopleService:
    """People who sign in."""

    store: PersonStore
    events: EventService
    rng: Randomness
    key: bytes = field(repr=False)
    """Seals names."""

    def new_handle(self) -> str:
        """Return what passkeys are to know a new account by, in hex."""
        return self.rng(HANDLE_BYTES).hex()

    async def add(self, name: str, handle: str = "") -> int:
        """Make an account for a person, by a handle of `new_handle` if there is one; return its number.

        Raises:
            RefusedError: the name does not do.
        """
        spelt = spell_name(name)
        handle = handle or self.new_handle()
        sealed = seal(self.key, f"account/{handle}", spelt.encode(), self.rng)
        return await self.store.add(handle, sealed, await database_now())

    async def name(self, account: int) -> str:
        """Return the name of an account.

        Raises:
            RefusedError: there is none.
        """
        return open_name(self.key, *await self._get(account))

    async def handle(self, account: int) -> str:
        """Return what passkeys know an account by, in hex.

        Raises:
            RefusedError: there is none.
        """
        return (await self._get(account))[0]

    async def grant(self, account: int, scope: Scope, by: Visitor | None = None) -> None:
        """Make an account staff of a scope.

        Raises:
            RefusedError: whoever grants it is not staff of all of it.
        """
        async with transaction():
            await self.store.grant(account, scope, by.account if by else None, await database_now())
            if by:
                await self.events.record(by, EventKind.GRANTED, estate=scope.estate)

    async def estates_of(self, visitor: Visitor) -> list[str]:
        """Return the ids of the estates where somebody is staff, in their order."""
        return await self.store.estates(visitor.grants)

    async def tasks(self, account: int) -> list[Task]:
        """Return the duties of an account with what their elections are called, the latest first."""
        return await self.store.tasks(account)

    async def join(self, account: int, key: str) -> HeldDuty:
        """Make the place of a role key an account's; the same again changes nothing.

        Raises:
            RefusedError: the key opens nothing, the place is another's, or the account stands for another person there.
        """
        async with transaction():
            found = await self.store.place_of(rules.key_digest(key))
            if found is None:
                raise RefusedError(Reason.NOT_FOUND, _UNKNOWN)
            role_key, duty, holder = found
            if holder == account:
                return duty
            if holder is not None:
                raise RefusedError(Reason.CONFLICT, _ALREADY)
            await self.store.hold(account)
            others = [each for each in await self.store.duties(account) if each.election == duty.election]
            stood_for = await self.store.stood_for(account, duty.election, EventKind.JOINED)
            if any(each.person != duty.person for each in others) or stood_for - {duty.person}:
                raise RefusedError(Reason.NOT_ALLOWED, _TWO_PEOPLE)
            await self.store.bind(role_key, account, await database_now())
            actor = Actor(duty.role, duty.slot, duty.person, account)
            await self.events.record(actor, EventKind.JOINED, election=duty.election)
        return duty

    async def note(
        self,
        actor: Actor | Visitor,
        kind: EventKind,
        *,
        estate: str | None = None,
        election: str | None = None,
        entitlement: int | None = None,
        count: int = 1,
    ) -> None:
        """Write down what somebody did; see `EventService.record`."""
        await self.events.record(actor, kind, estate=estate, election=election, entitlement=entitlement, count=count)

    async def _get(self, account: int) -> tuple[str, bytes]:
        found = await self.store.sealed_name(account)
        if found is None:
            raise RefusedError(Reason.NOT_FOUND, "没有这个账号。 There is no such account.")
        return found


def spell_name(name: str) -> str:
    """Return a person's name as it is kept.

    Raises:
        RefusedError: it is empty or too long.
    """
    spelt = " ".join(name.split())
    if not 0 < len(spelt) <= NAME_LENGTH:
        raise RefusedError(
            Reason.MALFORMED, f"请写姓名，最多{NAME_LENGTH}个字。 Give a name of at most {NAME_LENGTH} characters."
        )
    return spelt
