"""One trustee's part in opening single ballots of a named election: a factor for each chunk, with a proof that it is right.

 * factor = α^x, with a proof that x is the secret of the trustee's key.
 * The proof hashes everything it is about: election, trustee, key, ballot (by its tracker, so β too), chunk, α and the
   factor. So it serves for no other place, and no factor can be made up afterwards.
 * Ballots do not depend on each other: a slice is proved, or verified, in whatever process.

Follows SPEC.md §16.2.

Not here: the document (`opening_list`), who gets it (`sealed_list`), reading the ballots (`opened_ballot`).

>>> from crypto.elgamal import encrypt
>>> rng = lambda size: bytes(size - 1) + b"1"
>>> ballot = CountedBallot("x" * 43, b"".join(encrypt(multiply_base(7), message=1, nonce=3)))
>>> [opening] = prove_slice(ProvingSlice("φ", 1, 7, (ballot,)), rng)
>>> verify_opening(Opener("φ", 1, multiply_base(7)), ballot.tracker, chunk_alphas(ballot.row), opening)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crypto.blame import about
from crypto.chunk import CountedBallot, chunk_alphas
from crypto.equality import prove_equality, verify_equality
from crypto.group import encode_point, multiply, multiply_base
from crypto.proof import Proof
from crypto.randomness import Randomness

DOMAIN = "shanzhi opening 1"


class ProvedFactor(NamedTuple):
    """A trustee's part in opening one chunk."""

    factor: bytes
    """f = α^x."""
    proof: Proof


Opening = tuple[ProvedFactor, ...]
"""A trustee's part in opening one ballot: one entry for each chunk."""


class Opener(NamedTuple):
    """Who opens what."""

    fingerprint: str
    """φ, the election's fingerprint."""
    owner: int
    """The trustee's number, from 1."""
    public_key: bytes
    """Y, the trustee's verification key."""

    def prefix(self, tracker: str, number: int, alpha: bytes, factor: bytes) -> str:
        """Return the prefix of the proof for chunk `number` (from 1) of a ballot."""
        whose = f"{self.fingerprint}|{self.owner}|{encode_point(self.public_key)}"
        return f"{DOMAIN}|{whose}|{tracker}|{number}|{encode_point(alpha)},{encode_point(factor)}|"


@dataclass(frozen=True, slots=True)
class ProvingSlice:
    """Ballots for which a trustee makes its openings."""

    fingerprint: str
    owner: int
    secret: int = field(repr=False)
    ballots: tuple[CountedBallot, ...]


def prove_slice(part: ProvingSlice, rng: Randomness) -> list[Opening]:
    """Return a trustee's opening of each ballot of a slice.

    Raises:
        VerificationError: a point is not in the group, so a ballot was not checked.
    """
    opener = Opener(part.fingerprint, part.owner, multiply_base(part.secret))
    openings = []
    for ballot in part.ballots:
        factors = []
        for number, alpha in enumerate(chunk_alphas(ballot.row), start=1):
            factor = multiply(alpha, part.secret)
            prefix = opener.prefix(ballot.tracker, number, alpha, factor)
            factors.append(ProvedFactor(factor, prove_equality(prefix, part.secret, alpha, rng)))
        openings.append(tuple(factors))
    return openings


def verify_opening(opener: Opener, tracker: str, alphas: Sequence[bytes], opening: Opening) -> None:
    """Raise unless every factor of `opening` was made with the trustee's key for these chunks of this ballot.

    Raises:
        VerificationError: one was not; the sentence names the chunk.
    """
    for number, (alpha, (factor, proof)) in enumerate(zip(alphas, opening, strict=True), start=1):
        with about(f"chunk {number}"):
            prefix = opener.prefix(tracker, number, alpha, factor)
            verify_equality(prefix, opener.public_key, alpha, factor, proof)
