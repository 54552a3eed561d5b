"""Queries about role keys."""

from vote.account.models import RoleKey


class AccountStore:
    """Role keys in the database."""

    async def add(self, election: str, role: str, slot: int, digest: str) -> None:
        """Keep the digest of a new key."""
        await RoleKey.create(election_id=election, role=role, slot=slot, digest=digest)

    async def find_slot(self, election: str, role: str, digest: str) -> int | None:
        """Return the number that a key stands for in an election, if it is one of its keys for `role`."""
        row = await RoleKey.get_or_none(election_id=election, role=role, digest=digest)
        return row.slot if row else None
