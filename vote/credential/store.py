"""Queries about public credentials."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crypto.credential import WeightedCredential
from vote.credential.models import Credential


class NewCredential(NamedTuple):
    """A public credential to be kept."""

    entitlement: int
    """The row, not the number in the roll."""
    public: str
    weight: int


class StoredCredential(NamedTuple):
    """A public credential as the database has it."""

    id: int
    entitlement: int
    """The row, not the number in the roll."""
    public: str
    weight: int


class CredentialStore:
    """Public credentials in the database."""

    async def add_all(self, election: str, credentials: Sequence[NewCredential]) -> None:
        """Keep the credentials of an election."""
        await Credential.bulk_create(
            [
                Credential(
                    election_id=election, entitlement_id=each.entitlement, public=each.public, weight=each.weight
                )
                for each in credentials
            ],
            batch_size=500,
        )

    async def find(self, election: str, public: str) -> StoredCredential | None:
        """Return an election's credential, if it is one of its own."""
        rows = await Credential.filter(election_id=election, public=public).values(
            "id", "entitlement_id", "public", "weight"
        )
        return next((StoredCredential(*row.values()) for row in rows), None)

    async def count(self, election: str) -> int:
        """Return how many credentials an election has."""
        return await Credential.filter(election_id=election).count()

    async def weights(self, election: str) -> tuple[WeightedCredential, ...]:
        """Return the credentials of an election with their weights."""
        rows = await Credential.filter(election_id=election).order_by("public").values("public", "weight")
        return tuple(WeightedCredential(row["public"], row["weight"]) for row in rows)

    async def by_entitlement(self, election: str) -> Mapping[int, str]:
        """Return the public credential of each entitlement's number in the roll."""
        rows = (
            await Credential.filter(election_id=election)
            .order_by("entitlement__number")
            .values("entitlement__number", "public")
        )
        return {row["entitlement__number"]: row["public"] for row in rows}
