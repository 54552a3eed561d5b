"""Queries about sessions."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from vote.account.models import Session


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A browser that is signed in."""

    id: int
    account: int
    how: str
    device: str
    started_at: datetime
    seen_at: datetime
    renewed_at: datetime
    newest: str
    """The digest of the newest word."""
    previous: str | None


class SessionStore:
    """Sessions in the database."""

    async def add(self, account: int, digest: str, how: str, device: str, now: datetime) -> int:
        """Add a session; return its number."""
        row = await Session.create(
            account_id=account, digest=digest, how=how, device=device, started_at=now, seen_at=now, renewed_at=now
        )
        return row.id

    async def find(self, digest: str) -> StoredSession | None:
        """Return the session that a word opens, unless it was ended."""
        row = await Session.get_or_none(Q(digest=digest) | Q(previous=digest), ended_at=None)
        return _stored(row) if row else None

    async def touch(self, session: int, now: datetime, *, forget_previous: bool) -> None:
        """Write down that a session was used."""
        changes = {"previous": None} if forget_previous else {}
        await Session.filter(id=session, ended_at=None).update(seen_at=now, **changes)

    async def renew(self, session: StoredSession, digest: str, previous: str, now: datetime) -> bool:
        """Give a session a new word, unless another request has; return whether it was given."""
        changed = await Session.filter(id=session.id, digest=session.newest, ended_at=None).update(
            digest=digest, previous=previous, renewed_at=now, seen_at=now
        )
        return changed == 1

    async def of(self, account: int) -> list[StoredSession]:
        """Return the sessions of an account that nobody ended, the latest first."""
        rows = await Session.filter(account_id=account, ended_at=None).order_by("-seen_at", "-id")
        return [_stored(row) for row in rows]

    async def end(self, account: int, session: int, now: datetime) -> bool:
        """End a session of an account; return whether there was one."""
        return await Session.filter(id=session, account_id=account, ended_at=None).update(ended_at=now) == 1

    async def end_others(self, account: int, kept: int | None, now: datetime) -> int:
        """End all sessions of an account but one; return how many."""
        rows = Session.filter(account_id=account, ended_at=None)
        return await (rows.exclude(id=kept) if kept is not None else rows).update(ended_at=now)


def _stored(row: Session) -> StoredSession:
    return StoredSession(
        row.id,
        row.account_id,  # type: ignore[attr-defined]
        row.how,
        row.device,
        row.started_at,
        row.seen_at,
        row.renewed_at,
        row.digest,
        row.previous,
    )
