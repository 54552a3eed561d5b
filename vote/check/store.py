"""Queries about disputes and checks."""

from datetime import datetime

from vote.check.models import ElectionCheck


class CheckStore:
    """Disputes and checks in the database."""

    async def add(self, election: str, body: bytes, now: datetime) -> None:
        """Keep what was found."""
        await ElectionCheck.create(election_id=election, body=body, checked_at=now)
