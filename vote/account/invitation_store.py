"""Queries about invitations, and about scopes by their names."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from vote.account.models import Grant, Invitation
from vote.db import fits
from vote.estate.models import Division, Estate
from vote.role import Role, Scope

KINDS = ("county", "sub-district", "community")
COMMITTEE = "业主委员会"
"""What a committee is called behind the name of its estate."""


@dataclass(frozen=True, slots=True)
class StoredInvitation:
    """An invitation that is still good."""

    id: int
    digest: str
    sealed_name: bytes
    scope: Scope
    invited_by: int | None


@dataclass(frozen=True, slots=True)
class StoredGrant:
    """That somebody is staff somewhere."""

    id: int
    account: int
    scope: Scope
    granted_at: datetime


class InvitationStore:
    """Invitations in the database."""

    async def add(
        self, digest: str, sealed_name: bytes, scope: Scope, by: int | None, good: tuple[datetime, datetime]
    ) -> None:
        """Keep an invitation that is good from one moment until another."""
        await Invitation.create(
            digest=digest,
            sealed_name=sealed_name,
            role=scope.role,
            division_id=scope.division,
            estate_id=scope.estate,
            invited_by_id=by,
            made_at=good[0],
            expires_at=good[1],
        )

    async def find(self, digest: str, now: datetime) -> StoredInvitation | None:
        """Return an invitation that nobody accepted yet and whose time is not over."""
        row = await Invitation.filter(digest=digest, accepted_at=None, expires_at__gt=now).first()
        if row is None:
            return None
        scope = Scope(row.division_id, row.estate_id, Role(row.role))  # type: ignore[attr-defined]
        return StoredInvitation(row.id, row.digest, bytes(row.sealed_name), scope, row.invited_by_id)  # type: ignore[attr-defined]

    async def accept(self, invitation: int, account: int, now: datetime) -> bool:
        """Use an invitation up; return whether nobody else did."""
        rows = Invitation.filter(id=invitation, accepted_at=None)
        return await rows.update(accepted_by_id=account, accepted_at=now) == 1

    async def covers(self, scopes: tuple[Scope, ...], scope: Scope) -> bool:
        """Whether one of `scopes` covers all of `scope`."""
        if any(each.everywhere for each in scopes):
            return True
        divisions = [each.division for each in scopes if each.division is not None]
        if scope.estate is not None:
            return (
                Scope(estate=scope.estate) in scopes
                or await Estate.filter(_in_divisions("community", divisions), id=scope.estate).exists()
            )
        within = Q(id__in=divisions) | Q(parent_id__in=divisions) | Q(parent__parent_id__in=divisions)
        return scope.division is not None and await Division.filter(within, id=scope.division).exists()

    async def has_estate(self, estate: str) -> bool:
        """Whether there is an estate of this id."""
        return fits(Estate, "id", estate) and await Estate.filter(id=estate).exists()

    async def names(self, scope: Scope) -> tuple[str, ...]:
        """Return what a scope is called, the largest part first; nothing if it is everything."""
        found: list[str] = []
        division = None
        if scope.estate is not None:
            estate = await Estate.get(id=scope.estate).select_related("community__parent__parent")
            found, division = [estate.name], estate.community
        elif scope.division is not None:
            division = await Division.get(id=scope.division).select_related("parent__parent")
        while division is not None:
            found.insert(0, division.name)
            division = division.parent if division.parent_id else None
        return (*found, COMMITTEE) if scope.role is Role.COMMITTEE else tuple(found)

    async def find_division(self, names: tuple[str, ...], *, add: bool = False) -> int | None:
        """Return the number of a division by the names that lead to it, made on the way if `add`; None if there is none."""
        number: int | None = None
        for kind, name in zip(KINDS, names, strict=False):
            row = await Division.get_or_none(kind=kind, name=name, parent_id=number)
            if row is None:
                if not add:
                    return None
                row = await Division.create(kind=kind, name=name, parent_id=number)
            number = row.id
        return number

    async def within(self, scopes: tuple[Scope, ...]) -> list[Scope]:
        """Return every scope that lies in one of `scopes`: divisions from large to small, then estates, each with its committee."""
        everywhere = any(each.everywhere for each in scopes)
        divisions = [each.division for each in scopes if each.division is not None]
        estates = [each.estate for each in scopes if each.estate is not None]
        lower = Q(id__in=divisions) | Q(parent_id__in=divisions) | Q(parent__parent_id__in=divisions)
        some = Q() if everywhere else lower
        found = [Scope(division=each.id) for each in await Division.filter(some).order_by("id")]
        lying = Q() if everywhere else Q(id__in=estates) | _in_divisions("community", divisions)
        for each in await Estate.filter(lying).order_by("id"):
            found += [Scope(estate=each.id), Scope(estate=each.id, role=Role.COMMITTEE)]
        return [Scope(), *found] if everywhere else found

    async def grants_within(self, scopes: tuple[Scope, ...]) -> list[StoredGrant]:
        """Return who is staff or committee of something that lies in one of `scopes`, the earliest first."""
        rows = Grant.filter(revoked_at=None).order_by("id")
        if not any(each.everywhere for each in scopes):
            divisions = [each.division for each in scopes if each.division is not None]
            estates = [each.estate for each in scopes if each.estate is not None]
            rows = rows.filter(
                Q(estate_id__in=estates)
                | _in_divisions("division", divisions)
                | _in_divisions("estate__community", divisions)
            )
        return [
            StoredGrant(row.id, row.account_id, Scope(row.division_id, row.estate_id, Role(row.role)), row.granted_at)  # type: ignore[attr-defined]
            for row in await rows
        ]

    async def revoke(self, grant: int, now: datetime) -> bool:
        """End a grant; return whether there was one."""
        return await Grant.filter(id=grant, revoked_at=None).update(revoked_at=now) == 1


def _in_divisions(column: str, divisions: list[int]) -> Q:
    below = ("_id__in", "__parent_id__in", "__parent__parent_id__in")
    conditions: list[dict[str, Any]] = [{f"{column}{path}": divisions} for path in below]
    return Q(*(Q(**each) for each in conditions), join_type=Q.OR)
