"""Voting keys of two parts, each proved by its maker."""

from crypto.credential_part import CredentialParts, Side, combine_public, prove_part
from tests.strategies import seeded


def prove_parts(uuid: str, letter: int, platform: int, seed: int) -> CredentialParts:
    """Return what is published of a key of two secret parts."""
    one = prove_part(uuid, Side.LETTER, letter, seeded(seed))
    other = prove_part(uuid, Side.PLATFORM, platform, seeded(seed + 1))
    return CredentialParts(combine_public(one.public, other.public), one, other)
