"""Queries about role keys."""

from vote.account.models import RoleKey
from vote.db import fits


class AccountStore:
    """Role keys in the database."""

    async def add(self, election: str, role: str, slot: int, digest: str) -> None:
        """Keep the digest of a new key."""
        await RoleKey.create(election_id=election, role=role, slot=slot, digest=digest)

    async def replace(self, election: str, role: str, slot: int, digest: str) -> bool:
        """Put the digest of a new key in the place of an old one; return whether there was one."""
        if not fits(RoleKey, "election_id", election):
            return False
        return await RoleKey.filter(election_id=election, role=role, slot=slot).update(digest=digest) == 1

    async def find_slot(self, election: str, role: str, digest: str) -> int | None:
        """Return the number that a key stands for in an election, if it is one of its keys for `role`."""
        if not fits(RoleKey, "election_id", election):
            return None
        row = await RoleKey.get_or_none(election_id=election, role=role, digest=digest)
        return row.slot if row else None
