"""Queries about public credentials and what is public of their parts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crypto.credential import WeightedCredential
from crypto.credential_part import CredentialParts, Part
from crypto.proof import decode_proof, encode_proof
from vote.credential.models import Credential


class NewParts(NamedTuple):
    """What is kept of both parts of a voting key."""

    letter: Part
    platform: Part
    sealed: bytes
    """The platform's secret part."""


class NewCredential(NamedTuple):
    """A public credential to be kept."""

    entitlement: int
    """The row, not the number in the roll."""
    public: str
    weight: int
    parts: NewParts | None = None


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
        await Credential.bulk_create([_row(election, each) for each in credentials], batch_size=500)

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
        return await self._by_entitlement(election, "public")

    async def letters_by_entitlement(self, election: str) -> Mapping[int, str]:
        """Return what is public of each letter's part, by the entitlement's number in the roll."""
        return await self._by_entitlement(election, "letter_public")

    async def ids(self, election: str) -> Mapping[int, int]:
        """Return the row of each entitlement's credential, by the entitlement's number in the roll."""
        rows = await Credential.filter(election_id=election).values("entitlement__number", "id")
        return {row["entitlement__number"]: row["id"] for row in rows}

    async def parts(self, election: str) -> list[CredentialParts]:
        """Return what is public of both parts of every key."""
        return [
            CredentialParts(
                row.public,
                Part(row.letter_public or "", decode_proof(row.letter_proof)),
                Part(row.platform_public or "", decode_proof(row.platform_proof)),
            )
            for row in await Credential.filter(election_id=election).order_by("public")
        ]

    async def _by_entitlement(self, election: str, column: str) -> Mapping[int, str]:
        rows = (
            await Credential.filter(election_id=election)
            .order_by("entitlement__number")
            .values("entitlement__number", column)
        )
        return {row["entitlement__number"]: row[column] for row in rows}


def _row(election: str, new: NewCredential) -> Credential:
    row = Credential(election_id=election, entitlement_id=new.entitlement, public=new.public, weight=new.weight)
    if new.parts is not None:
        letter, platform, row.platform_part = new.parts
        row.letter_public, row.letter_proof = letter.public, encode_proof(letter.proof)
        row.platform_public, row.platform_proof = platform.public, encode_proof(platform.proof)
    return row
