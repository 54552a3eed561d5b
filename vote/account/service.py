"""Issue role keys and ask them; judge what a signed-in person may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crypto.envelope import keyed_digest
from crypto.randomness import Randomness
from vote.account import rules
from vote.account.event_store import EventStore
from vote.account.events import EventKind, EventService
from vote.account.person_store import PersonStore
from vote.account.separation import Duty
from vote.account.store import AccountStore
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.role import Actor, Place, Role, Visitor

KEY_BYTES = 24
"""192 random bits."""
PERSON_DOMAIN = "duty/person"


def person_digest(key: bytes, election: str, name: str) -> str:
    """Return what is kept of a person's name in an election, in hex."""
    return keyed_digest(key, PERSON_DOMAIN, f"{election}/{rules.same_name(name)}").hex()


@dataclass(frozen=True, slots=True)
class AccountService:
    """Staff have one word for the installation; whoever has a duty has a key for one election."""

    store: AccountStore
    staff_token: str = field(repr=False)
    rng: Randomness
    key: bytes = field(repr=False)
    """Makes the digests by which persons are told apart."""
    persons: PersonStore = field(default_factory=PersonStore)
    events: EventService = field(default_factory=lambda: EventService(EventStore()))
    log: LogStore = field(default_factory=LogStore)

    async def require(self, role: Role, key: str, election: str | None, slot: int | None) -> Actor:
        """Return who is calling, if `key` grants `role`; for a trustee, as number `slot`.

        Raises:
            RefusedError: it does not.
        """
        if role is Role.STAFF:
            if rules.is_same_key(key, self.staff_token):
                return Actor(role)
        elif election is not None:
            found = await self.store.find(election, role, rules.key_digest(key))
            if found is not None and slot in {None, found.slot}:
                return found
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "This key does not open that: use the one handed out for this task.",
            zh="这个链接不是办这件事的，请用给您办这件事的那一个。",
        )

    async def judge(
        self, visitor: Visitor, roles: Sequence[Role], place: Place, apart: Sequence[Role] = ()
    ) -> Actor | None:
        """Return as whom somebody who is signed in may act in a place: by the first of `roles` that they have there.

        Staff and committees are judged by the estate, duties by the election; where nothing is named any of the kind will do. Whoever has
        one of the duties `apart` there is not staff.
        """
        for role in roles:
            if role is Role.STAFF:
                if await self._is_staff(visitor, place) and not await self._holds_any(visitor.account, apart, place):
                    return Actor(role, account=visitor.account)
                continue
            if role is Role.COMMITTEE:
                if visitor.committees and (place.nowhere or place.estate in visitor.committees):
                    return Actor(role, account=visitor.account)
                continue
            for duty in await self.persons.held(visitor.account, role, place):
                return Actor(role, duty.slot, duty.person, visitor.account)
        return None

    async def _is_staff(self, visitor: Visitor, place: Place) -> bool:
        return bool(visitor.grants) and (place.nowhere or await self.persons.covers(visitor.grants, place))

    async def _holds_any(self, account: int, roles: Sequence[Role], place: Place) -> bool:
        return any([await self.persons.held(account, role, place) for role in roles])

    async def issue_all(self, election: str, duties: Sequence[Duty]) -> Mapping[Role, tuple[str, ...]]:
        """Make a key for every duty in `election`, numbered from 1 within a role; they are shown once and not kept."""
        keys: dict[Role, list[str]] = {}
        for duty in duties:
            made = keys.setdefault(duty.role, [])
            made.append(self.rng(KEY_BYTES).hex())
            person = person_digest(self.key, election, duty.person)
            await self.store.add(election, replace(duty, person=person), len(made), rules.key_digest(made[-1]))
        return {role: tuple(made) for role, made in keys.items()}

    async def duties(self, election: str) -> list[Duty]:
        """Return the duties of an election, persons as digests, in the order in which they were named."""
        return await self.store.duties(election)

    async def count_events(self, election: str) -> Mapping[str, int]:
        """Return how often each kind of event happened in an election, for everybody: numbers, and nobody's name.

        Raises:
            RefusedError: there is no such election.
        """
        if not await self.store.has(election):
            raise RefusedError(
                Reason.NOT_FOUND, "There is no election of this number.", zh="没有这次投票，请从首页重新点进来。"
            )
        return await self.events.counts(election=election)

    async def is_held(self, election: str, role: Role) -> bool:
        """Whether somebody has signed in for a duty in an election."""
        return await self.store.is_held(election, role)

    async def require_place(self, election: str, role: Role, slot: int) -> None:
        """Raise unless an election has this place.

        Raises:
            RefusedError: it has not.
        """
        if not await self.store.has_place(election, role, slot):
            raise RefusedError(
                Reason.NOT_FOUND,
                f"This election has no {role} of number {slot}: look at its draft.",
                zh="这次投票没有这份工作，请看看投票的设置。",
            )

    async def replace_key(self, election: str, role: Role, slot: int = 1, by: Actor | None = None) -> str:
        """Make a new key in the place of a lost one; it is shown once and not kept. `ReplacingService` decides whether.

        The lost key opens nothing from then on, and whoever had the place by it has it no longer. The public log tells that
        it happened, and how often in this election, so that nobody takes a place away unseen.

        Raises:
            RefusedError: there is no such place in this election.
        """
        key = self.rng(KEY_BYTES).hex()
        async with transaction():
            await self.require_place(election, role, slot)
            await self.store.replace(election, role, slot, rules.key_digest(key))
            await self.persons.free(election, role, slot)
            await self.events.record(by or Actor(Role.STAFF), EventKind.KEY_REPLACED, election=election)
            count = (await self.events.counts(election=election))[EventKind.KEY_REPLACED]
            facts: Facts = {"election": election, "duty": str(role), "count": count}
            await self.log.append(await self.store.estate(election), Kind.KEY_REPLACED, facts, await database_now())
        return key
