"""Invite staff, and let whoever opens an invitation or a duty's link take their place.

* A link holds a random word behind `#`, which browsers keep to themselves; the page sends it in a form.
* Staff invite others into their own scope only, and an invitation is worth nothing once that scope is no longer theirs;
  the first one is invited on the operator's machine.
* A link to a duty is that duty's role key, so whoever made the election hands out one thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crypto.envelope import seal, unseal
from crypto.randomness import Randomness
from vote.account import rules
from vote.account.events import EventKind, EventService
from vote.account.invitation_store import InvitationStore, StoredGrant, StoredInvitation
from vote.account.people import PeopleService, spell_name
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.role import HeldDuty, Role, Scope, Visitor

WORD_BYTES = 24
GOOD_FOR = timedelta(days=7)
_KINDS_OF_ESTATES: Mapping[str, Role] = {"estate": Role.STAFF, "committee": Role.COMMITTEE}
"""How a scope of one estate begins, and as what somebody is invited there."""
_UNKNOWN = "这个链接不对，或者已经过期、用过了。请找给您链接的人再要一个。 This link is not valid or is used: ask for a new one."
_OUTSIDE = "您只能邀请人管理您自己管的地方。 You can invite people into your own area only."
_OWN = "自己的权限不能自己取消。请找别的负责人。 You cannot take your own task away: ask somebody else in charge."


@dataclass(frozen=True, slots=True)
class Invited:
    """What a link invites to: a duty, or to be staff of a scope."""

    duty: HeldDuty | None
    scope: Scope | None
    name: str
    """Who is invited, as far as it is known."""
    taken: bool
    """Whether the place has a holder."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is staff."""

    grant: int
    account: int
    name: str
    scope: tuple[str, ...]
    """What it is called, the largest part first; empty for everything."""


@dataclass(frozen=True, slots=True)
class InvitationService:
    """Invitations."""

    store: InvitationStore
    people: PeopleService
    events: EventService
    rng: Randomness
    key: bytes = field(repr=False)

    async def invite(self, name: str, scope: Scope, by: Visitor | None = None) -> str:
        """Return the word of a link by which somebody becomes staff of a scope; it is shown once and not kept.

        Args:
            name: who is invited.
            scope: where.
            by: who invites; None on the operator's machine.

        Raises:
            RefusedError: the name does not do, or the scope is not that of whoever invites.
        """
        spelt = spell_name(name)
        if by is not None and not await self.store.covers(by.grants, scope):
            raise RefusedError(Reason.NOT_ALLOWED, _OUTSIDE)
        word = self.rng(WORD_BYTES).hex()
        digest = rules.key_digest(word)
        sealed = seal(self.key, f"invitation/{digest}", spelt.encode(), self.rng)
        async with transaction():
            now = await database_now()
            await self.store.add(digest, sealed, scope, by.account if by else None, (now, now + GOOD_FOR))
            if by is not None:
                await self.events.record(by, EventKind.INVITED, estate=scope.estate)
        return word

    async def look(self, word: str) -> Invited:
        """Return what a link invites to.

        Raises:
            RefusedError: to nothing.
        """
        digest = rules.key_digest(word.strip())
        found = await self.people.store.place_of(digest)
        if found is not None:
            _, duty, holder = found
            return Invited(duty, None, "", holder is not None)
        invitation = await self._find(digest, await database_now())
        name = unseal([self.key], f"invitation/{invitation.digest}", invitation.sealed_name).decode()
        return Invited(None, invitation.scope, name, taken=False)

    async def accept(self, word: str, account: int) -> Invited:
        """Give an account what a link invites to.

        Raises:
            RefusedError: the link is not valid, or its place is another's.
        """
        invited = await self.look(word)
        if invited.duty is not None:
            await self.people.join(account, word.strip())
            return invited
        async with transaction():
            now = await database_now()
            invitation = await self._find(rules.key_digest(word.strip()), now)
            if not await self.store.accept(invitation.id, account, now):
                raise RefusedError(Reason.NOT_FOUND, _UNKNOWN)
            await self.people.store.grant(account, invitation.scope, invitation.invited_by, now)
        return invited

    async def _find(self, digest: str, now: datetime) -> StoredInvitation:
        """Return an invitation whose inviter could still give it, or refuse."""
        found = await self.store.find(digest, now)
        if found is not None and found.invited_by is not None:
            person = await self.people.store.sealed_name(found.invited_by)
            grants = await self.people.store.grants(found.invited_by) if person else ()
            if not await self.store.covers(grants, found.scope):
                found = None
        if found is None:
            raise RefusedError(Reason.NOT_FOUND, _UNKNOWN)
        return found

    async def scopes(self, visitor: Visitor) -> list[tuple[Scope, tuple[str, ...]]]:
        """Return where somebody may invite others, with the names."""
        return [(scope, await self.store.names(scope)) for scope in await self.store.within(visitor.grants)]

    async def names(self, scope: Scope) -> tuple[str, ...]:
        """Return what a scope is called, the largest part first; nothing if it is everything."""
        return await self.store.names(scope)

    async def colleagues(self, visitor: Visitor) -> list[Colleague]:
        """Return who is staff of something in the scope of somebody."""
        return [
            Colleague(each.id, each.account, await self.people.name(each.account), await self.store.names(each.scope))
            for each in await self.store.grants_within(visitor.grants)
        ]

    async def revoke(self, visitor: Visitor, grant: int) -> None:
        """Let somebody be staff no longer.

        Raises:
            RefusedError: there is no such grant in the scope of whoever asks, or it is their own.
        """
        async with transaction():
            found = {each.id: each for each in await self.store.grants_within(visitor.grants)}
            kept: StoredGrant | None = found.get(grant)
            if kept is None:
                raise RefusedError(Reason.NOT_FOUND, "没有这个人，或者已经取消了。 There is no such person here.")
            if kept.account == visitor.account:
                raise RefusedError(Reason.WRONG_STATE, _OWN)
            await self.store.revoke(grant, await database_now())
            await self.events.record(visitor, EventKind.REVOKED, estate=kept.scope.estate)

    async def find_scope(self, text: str, *, add: bool = False) -> Scope:
        """Return the scope that an operator writes: `*`, `estate:ID`, `committee:ID`, or names of divisions from the county down.

        Args:
            text: what is written.
            add: whether divisions that are not there yet are made; else a slip of the pen would be a county.

        Raises:
            RefusedError: it is none of these, or not there.
        """
        if text == "*":
            return Scope()
        kind, _, estate = text.partition(":")
        if kind in _KINDS_OF_ESTATES:
            if not await self.store.has_estate(estate):
                raise RefusedError(Reason.NOT_FOUND, "There is no estate of this id.", zh="没有这个小区，请重新选。")
            return Scope(estate=estate, role=_KINDS_OF_ESTATES[kind])
        names = tuple(each.strip() for each in text.split("/"))
        if not 0 < len(names) <= 3 or not all(names):  # noqa: PLR2004 - county, sub-district, community
            raise RefusedError(
                Reason.MALFORMED,
                "A scope is *, estate:ID, committee:ID, or COUNTY, COUNTY/SUB-DISTRICT, COUNTY/SUB-DISTRICT/COMMUNITY.",
                zh="请选清楚管哪里：整个县、街道、社区，还是一个小区。",
            )
        async with transaction():
            division = await self.store.find_division(names, add=add)
        if division is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                f"There is no {'/'.join(names)}: compare the names, or add --new to make it.",
                zh=f"还没有“{'/'.join(names)}”这个地方：请核对名称；确实是新地方，请加上 --new。",
            )
        return Scope(division=division)
