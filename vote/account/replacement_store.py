"""Queries about links that are asked for anew once an election is sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vote.account.events import EventKind
from vote.account.models import DutyHolder, Event, Grant, KeyRequest, RoleKey
from vote.account.person_store import PersonStore
from vote.account.replacement import Replacement
from vote.db import fits
from vote.role import Place, Role, Scope

REPLACED, STOPPED = "replaced", "stopped"


class ReplacementStore:
    """What is asked for, in the database."""

    async def sealed_at(self, election: str) -> datetime | None:
        """Return when an election was sealed; None if it is a draft, or there is none."""
        if not fits(RoleKey, "election_id", election):
            return None
        row = await RoleKey.filter(election_id=election).select_related("election").first()
        found: datetime | None = row.election.sealed_at if row else None
        return found

    async def hold(self, election: str, role: str, slot: int) -> int | None:
        """Let nobody else change a place until the transaction ends; return its row, None if there is none."""
        row = await RoleKey.filter(election_id=election, role=role, slot=slot).select_for_update().first()
        return row.id if row else None

    async def add(self, place: int, by: int | None, now: datetime) -> None:
        """Keep that a place is asked for anew."""
        await KeyRequest.create(role_key_id=place, asked_at=now, asked_by_id=by)

    async def open_one(self, place: int) -> Replacement | None:
        """Return what is asked for in a place."""
        row = await KeyRequest.filter(role_key_id=place, ended_at=None).select_related("role_key").first()
        return _stored(row) if row else None

    async def open_in(self, elections: Sequence[str]) -> dict[str, list[Replacement]]:
        """Return what is asked for in elections, the earliest first."""
        rows = KeyRequest.filter(role_key__election_id__in=list(elections), ended_at=None).order_by("id")
        found: dict[str, list[Replacement]] = {}
        for row in await rows.select_related("role_key"):
            found.setdefault(row.role_key.election_id, []).append(_stored(row))
        return found

    async def agree(self, request: int, by: int, now: datetime) -> None:
        """Keep who agreed."""
        await KeyRequest.filter(id=request).update(agreed_by_id=by, agreed_at=now)

    async def end(self, request: int, outcome: str, now: datetime) -> None:
        """Keep how it ended."""
        await KeyRequest.filter(id=request).update(outcome=outcome, ended_at=now)

    async def has_joined(self, account: int, election: str) -> bool:
        """Whether an account has or once had a duty in an election."""
        return await Event.filter(account_id=account, kind=EventKind.JOINED, election_id=election).exists()

    async def was_known(self, account: int, election: str, before: datetime) -> bool:
        """Whether an account has a duty or is staff there, and since before a moment."""
        if await DutyHolder.filter(
            account_id=account, role_key__election_id=election, joined_at__lt=before
        ).exists():  # fmt: skip
            return True
        rows = await Grant.filter(account_id=account, role=Role.STAFF, revoked_at=None, granted_at__lt=before)
        scopes = tuple(Scope(row.division_id, row.estate_id) for row in rows)  # type: ignore[attr-defined]
        return bool(scopes) and await PersonStore().covers(scopes, Place(election=election))


def _stored(row: Any) -> Replacement:  # noqa: ANN401 - a row with its place
    place = row.role_key
    return Replacement(row.id, Role(place.role), place.slot, row.asked_at, row.asked_by_id, row.agreed_at)
