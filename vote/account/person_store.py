"""Queries about accounts: who they are, where they are staff, which duties are theirs."""

from datetime import datetime

from tortoise.expressions import Q

from vote.account.models import Account, DutyHolder, Event, Grant, RoleKey
from vote.account.task import Task
from vote.db import fits
from vote.estate.models import Estate
from vote.role import HeldDuty, Place, Role, Scope


class PersonStore:
    """Accounts in the database."""

    async def add(self, handle: str, sealed_name: bytes, now: datetime) -> int:
        """Add an account; return its number."""
        return (await Account.create(handle=handle, sealed_name=sealed_name, made_at=now)).id

    async def sealed_name(self, account: int) -> tuple[str, bytes] | None:
        """Return an account's handle and sealed name, unless there is none or it is closed."""
        row = await Account.get_or_none(id=account, closed_at=None)
        return (row.handle, bytes(row.sealed_name)) if row else None

    async def grant(self, account: int, scope: Scope, by: int | None, now: datetime) -> None:
        """Make an account staff of a scope, or a member of a committee, where it is not yet."""
        held = Grant.filter(
            account_id=account, revoked_at=None, role=scope.role, division_id=scope.division, estate_id=scope.estate
        )
        if not await held.exists():
            await Grant.create(
                account_id=account,
                role=scope.role,
                division_id=scope.division,
                estate_id=scope.estate,
                granted_by_id=by,
                granted_at=now,
            )

    async def grants(self, account: int) -> tuple[Scope, ...]:
        """Return where an account is staff."""
        rows = await Grant.filter(account_id=account, revoked_at=None, role=Role.STAFF).order_by("id")
        return tuple(Scope(row.division_id, row.estate_id) for row in rows)  # type: ignore[attr-defined]

    async def committees(self, account: int) -> tuple[str, ...]:
        """Return the estates on whose committees an account sits."""
        rows = Grant.filter(account_id=account, revoked_at=None, role=Role.COMMITTEE).order_by("id")
        return tuple(str(each) for each in await rows.values_list("estate_id", flat=True))

    async def duties(self, account: int) -> tuple[HeldDuty, ...]:
        """Return the duties of an account, those of the latest election first."""
        rows = await DutyHolder.filter(account_id=account).order_by("-id").select_related("role_key")
        return tuple(
            HeldDuty(row.role_key.election_id, Role(row.role_key.role), row.role_key.slot, row.role_key.person)
            for row in rows
        )

    async def tasks(self, account: int) -> list[Task]:
        """Return the duties of an account with what their elections are called, the latest first."""
        rows = await DutyHolder.filter(account_id=account).order_by("-id").select_related("role_key__election__estate")
        return [
            Task(
                HeldDuty(row.role_key.election_id, Role(row.role_key.role), row.role_key.slot, row.role_key.person),
                row.role_key.election.draft["title"],
                row.role_key.election.estate.name,
            )
            for row in rows
        ]

    async def estates(self, scopes: tuple[Scope, ...]) -> list[str]:
        """Return the ids of all estates in one of `scopes`, in their order."""
        found = await Estate.filter(_within(scopes)).order_by("id").values_list("id", flat=True) if scopes else []
        return [str(each) for each in found]

    async def covers(self, scopes: tuple[Scope, ...], place: Place) -> bool:
        """Whether one of `scopes` covers what an address names; whatever does not exist is in every scope of all."""
        if any(scope.everywhere for scope in scopes):
            return True
        if not scopes or not _fits(place):
            return False
        if place.divisions is not None:
            return await self._covers_divisions(scopes, place.divisions)
        return await Estate.filter(_within(scopes), _named(place)).exists()

    async def held(self, account: int, role: Role, place: Place) -> list[HeldDuty]:
        """Return the places of an account for one duty, in what an address names."""
        if not _fits(place):
            return []
        rows = DutyHolder.filter(account_id=account, role_key__role=role)
        if place.election is not None:
            rows = rows.filter(role_key__election_id=place.election)
        if place.estate is not None:
            rows = rows.filter(role_key__election__estate_id=place.estate)
        if place.roll is not None:
            rows = rows.filter(role_key__election__roll_id=place.roll)
        if place.slot is not None:
            rows = rows.filter(role_key__slot=place.slot)
        found = await rows.order_by("role_key__slot").select_related("role_key")
        return [HeldDuty(row.role_key.election_id, role, row.role_key.slot, row.role_key.person) for row in found]

    async def place_of(self, digest: str) -> tuple[int, HeldDuty, int | None] | None:
        """Return the row, the duty and the holder's account of the place whose key has this digest."""
        row = await RoleKey.filter(digest=digest).select_for_update().first()
        if row is None:
            return None
        holder = await DutyHolder.get_or_none(role_key_id=row.id)
        duty = HeldDuty(row.election_id, Role(row.role), row.slot, row.person)  # type: ignore[attr-defined]
        return row.id, duty, holder.account_id if holder else None  # type: ignore[attr-defined]

    async def hold(self, account: int) -> None:
        """Let nobody else hold an account so until the transaction ends: what it may take up follows from what it has."""
        await Account.filter(id=account).select_for_update().first()

    async def stood_for(self, account: int, election: str, joined: str) -> frozenset[str]:
        """Return in whose places an account ever did in an election what events of the kind `joined` tell, as keyed digests."""
        rows = Event.filter(account_id=account, kind=joined, election_id=election)
        return frozenset(str(each) for each in await rows.values_list("person", flat=True))

    async def bind(self, role_key: int, account: int, now: datetime) -> None:
        """Make a place an account's."""
        await DutyHolder.create(role_key_id=role_key, account_id=account, joined_at=now)

    async def free(self, election: str, role: str, slot: int) -> None:
        """Take a place from whoever holds it."""
        rows = await RoleKey.filter(election_id=election, role=role, slot=slot).values_list("id", flat=True)
        await DutyHolder.filter(role_key_id__in=list(rows)).delete()

    async def _covers_divisions(self, scopes: tuple[Scope, ...], divisions: tuple[str, str, str]) -> bool:
        county, sub_district, community = divisions
        numbers = [scope.division for scope in scopes if scope.division is not None]
        return await Grant.filter(
            Q(division_id__in=numbers)
            & (
                Q(division__kind="county", division__name=county)
                | Q(division__kind="sub-district", division__name=sub_district, division__parent__name=county)
                | Q(
                    division__kind="community",
                    division__name=community,
                    division__parent__name=sub_district,
                    division__parent__parent__name=county,
                )
            )
        ).exists()


def _within(scopes: tuple[Scope, ...]) -> Q:
    if any(scope.everywhere for scope in scopes):
        return Q()
    divisions = [scope.division for scope in scopes if scope.division is not None]
    estates = [scope.estate for scope in scopes if scope.estate is not None]
    return (
        Q(id__in=estates)
        | Q(community_id__in=divisions)
        | Q(community__parent_id__in=divisions)
        | Q(community__parent__parent_id__in=divisions)
    )


def _named(place: Place) -> Q:
    named = Q()
    if place.election is not None:
        named &= Q(elections__uuid=place.election)
    if place.estate is not None:
        named &= Q(id=place.estate)
    if place.roll is not None:
        named &= Q(rolls__id=place.roll)
    return named


def _fits(place: Place) -> bool:
    return (place.election is None or fits(RoleKey, "election_id", place.election)) and (
        place.estate is None or fits(Estate, "id", place.estate)
    )
