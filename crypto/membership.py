"""Proofs that a ciphertext holds a number within bounds: 0 or 1 for one choice, min to max for a sum of choices.

 * Branch m of the disjunction is the ciphertext divided by g^m, for m from minimum to maximum.

Follows SPEC.md §3. Not here: the prefix, which binds election, credential and ciphertext (`answer.py`).

>>> from crypto.elgamal import encrypt
>>> from crypto.group import multiply_base
>>> key, draws = multiply_base(5), iter(range(1, 9))
>>> proofs = prove_membership("example|", key, Opening(1, nonce=3), range(2),
...     rng=lambda size: next(draws).to_bytes(size, "little"))
>>> verify_membership("example|", key, encrypt(key, 1, 3), range(2), proofs)
"""

from collections.abc import Sequence
from typing import NamedTuple

from crypto.disjunction import Branch, prove_disjunction, verify_disjunction
from crypto.elgamal import Ciphertext
from crypto.group import BASE, multiply_base, subtract
from crypto.proof import Proof
from crypto.randomness import Randomness


class Opening(NamedTuple):
    """What the maker of a ciphertext knows of it, and forgets when the ballot is sealed."""

    message: int
    nonce: int


def prove_membership(
    prefix: str, public_key: bytes, opening: Opening, values: range, rng: Randomness
) -> tuple[Proof, ...]:
    """Prove that the message of `opening` is one of `values`.

    Raises:
        ValueError: it is not.
    """
    return prove_disjunction(prefix, public_key, branches_of(opening, values), rng)


def verify_membership(
    prefix: str, public_key: bytes, ciphertext: Ciphertext, values: range, proofs: Sequence[Proof]
) -> None:
    """Raise unless `proofs` show that `ciphertext` holds one of `values`.

    Raises:
        VerificationError: they do not, or a point is outside the group.
    """
    verify_disjunction(prefix, public_key, divide(ciphertext, values), proofs)


def branches_of(opening: Opening, values: range) -> list[Branch]:
    """Return the prover's side of `divide`."""
    return [Branch(opening.nonce, opening.message - value) for value in values]


def divide(ciphertext: Ciphertext, values: range) -> list[Ciphertext]:
    """Return `ciphertext` divided by g^m for each m of `values`, which go up by one.

    Raises:
        VerificationError: a part is not a point of the curve.
    """
    alpha, beta = ciphertext
    if values.start:
        beta = subtract(beta, multiply_base(values.start))
    divided = [Ciphertext(alpha, beta)]
    for _ in values[1:]:
        beta = subtract(beta, BASE)
        divided.append(Ciphertext(alpha, beta))
    return divided
