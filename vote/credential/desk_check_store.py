"""Queries about owners who were seen in person."""

from datetime import datetime
from typing import NamedTuple

from vote.credential.code import OneTimeCode
from vote.credential.models import DeskCheck


class StoredCheck(NamedTuple):
    """A check that waits for the second person."""

    id: int
    letter: int
    """The row."""
    entitlement: int
    """The row."""
    number: int
    """The entitlement's number in the roll."""
    seen_by: str


class DeskCheckStore:
    """Checks at the desk."""

    async def begin(self, letter: int, person: str, now: datetime) -> int:
        """Note that somebody saw the owner of a letter (the row)."""
        return (await DeskCheck.create(letter_id=letter, seen_by=person, seen_at=now)).id

    async def waiting(self, election: str, since: datetime) -> list[StoredCheck]:
        """Return the checks of letters in force that one person began since then and nobody agreed to yet."""
        rows = DeskCheck.filter(
            letter__credential__election_id=election,
            letter__revoked_at__isnull=True,
            agreed_by__isnull=True,
            seen_at__gt=since,
        ).order_by("id")
        found = await rows.values(
            "id",
            "letter_id",
            "seen_by",
            row="letter__credential__entitlement_id",
            number="letter__credential__entitlement__number",
        )
        return [
            StoredCheck(each["id"], each["letter_id"], each["row"], each["number"], each["seen_by"]) for each in found
        ]

    async def agree(self, check: int, person: str, code: OneTimeCode) -> bool:
        """Keep the second person and the code; return whether nobody had agreed yet."""
        return (
            await DeskCheck.filter(id=check, agreed_by__isnull=True).update(
                agreed_by=person, issued_at=code.issued_at, digest=code.digest, expires_at=code.expires_at
            )
            == 1
        )
