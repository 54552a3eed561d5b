"""Makes the platform's part of voting keys, once the registrar has shown that it knows the letters' parts.

* Every proof of the registrar is checked before anything is made for its line.
* Functions for processes of their own: what is wrong travels as text, since a process that cannot unpickle an error would
  take the pool down.
* A part is a random number mod q; at rest it is 32 bytes, sealed for the one credential it belongs to.

Follows SPEC.md §14. Not here: sealing and storing (`service`), to whom a part is given (`second_factor`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from crypto.credential_part import CredentialParts, Part, Side, combine_public, prove_part, verify_part
from crypto.errors import CryptoError
from crypto.group import SCALAR_BYTES, random_scalar
from crypto.proof import Proof
from crypto.randomness import Randomness
from vote.credential.rules import PublicLine

SLICE = 64
"""Lines a process works on at a time."""


class MadePart(NamedTuple):
    """The platform's part for one credential."""

    secret: bytes
    """32 bytes, little-endian."""
    parts: CredentialParts
    """What is public of both parts."""


class MadeSlice(NamedTuple):
    """Parts for lines that stand together, or what is wrong with the first line that does not do."""

    parts: tuple[MadePart, ...]
    trouble: str


def make_platform_parts(uuid: str, lines: Sequence[PublicLine], rng: Randomness) -> MadeSlice:
    """Check the registrar's proofs and make the platform's parts.

    Args:
        uuid: of the election.
        lines: of the registrar's list, with their proofs.
        rng: for the parts and the nonces of their proofs.
    """
    made = []
    for line in lines:
        assert line.proof is not None
        try:
            made.append(_make(uuid, line.credential, line.proof, rng))
        except CryptoError as error:
            return MadeSlice((), f"entitlement {line.entitlement}: {error}")
    return MadeSlice(tuple(made), "")


def encode_secret(secret: int) -> bytes:
    """Write a part as it is sealed."""
    return secret.to_bytes(SCALAR_BYTES, "little")


def decode_secret(data: bytes) -> int:
    """Read a part that was sealed."""
    return int.from_bytes(data, "little")


def _make(uuid: str, public: str, proof: Proof, rng: Randomness) -> MadePart:
    letter = Part(public, proof)
    verify_part(uuid, Side.LETTER, letter)
    secret = random_scalar(rng)
    platform = prove_part(uuid, Side.PLATFORM, secret, rng)
    return MadePart(encode_secret(secret), CredentialParts(combine_public(public, platform.public), letter, platform))
