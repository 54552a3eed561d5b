"""Queries about role keys."""

from vote.account.models import DutyHolder, RoleKey
from vote.account.separation import Duty
from vote.db import fits
from vote.role import Actor, Role


class AccountStore:
    """Role keys in the database."""

    async def add(self, election: str, duty: Duty, slot: int, digest: str) -> None:
        """Keep a duty and the digest of its new key; `duty.person` is a digest too."""
        await RoleKey.create(
            election_id=election,
            role=duty.role,
            slot=slot,
            digest=digest,
            person=duty.person,
            office=duty.office,
            owner=duty.owner,
        )

    async def duties(self, election: str) -> list[Duty]:
        """Return the duties of an election in the order in which they were named."""
        rows = await RoleKey.filter(election_id=election).order_by("id")
        return [Duty(Role(row.role), row.person, row.office, row.owner) for row in rows]

    async def is_held(self, election: str, role: str) -> bool:
        """Whether a duty in an election has a holder."""
        return await DutyHolder.filter(role_key__election_id=election, role_key__role=role).exists()

    async def has_place(self, election: str, role: str, slot: int) -> bool:
        """Whether an election has a place."""
        if not fits(RoleKey, "election_id", election):
            return False
        return await RoleKey.filter(election_id=election, role=role, slot=slot).exists()

    async def replace(self, election: str, role: str, slot: int, digest: str) -> None:
        """Put the digest of a new key in the place of an old one."""
        await RoleKey.filter(election_id=election, role=role, slot=slot).update(digest=digest)

    async def has(self, election: str) -> bool:
        """Whether there is an election of this number."""
        return fits(RoleKey, "election_id", election) and await RoleKey.filter(election_id=election).exists()

    async def estate(self, election: str) -> str:
        """Return the estate of an election that has duties."""
        row = await RoleKey.filter(election_id=election).select_related("election").first()
        assert row is not None
        return str(row.election.estate_id)

    async def find(self, election: str, role: Role, digest: str) -> Actor | None:
        """Return whom a key stands for in an election, if it is one of its keys for `role` and nobody signs in for it.

        Whoever drew the election up has seen every key: from the moment its holder has an account, the key acts no more.
        """
        if not fits(RoleKey, "election_id", election):
            return None
        row = await RoleKey.get_or_none(election_id=election, role=role, digest=digest)
        if row is None or await DutyHolder.filter(role_key_id=row.id).exists():
            return None
        return Actor(role, row.slot, row.person)
