"""Proofs that at least one of several ciphertexts holds zero, without showing which (disjunctive Chaum-Pedersen).

 * Branch i has commitments g^r · α_i^c and y^r · β_i^c; the challenges of all branches add up to H(prefix, commitments).
 * Every α and β is multiplied in verifying, so every one of them is shown to be an element of the group.
 * Proving runs the same library calls on every branch, true or simulated; see SPEC.md §9 for what that does not hide.

Follows SPEC.md §3. Not here: which branches a statement has (`membership.py`, `blank.py`).

>>> key, draws = multiply_base(5), iter(range(1, 9))
>>> proofs = prove_disjunction("example|", key, [Branch(3, offset=0), Branch(4, offset=1)],
...     rng=lambda size: next(draws).to_bytes(size, "little"))
>>> verify_disjunction("example|", key, [encrypt(key, 0, 3), encrypt(key, 1, 4)], proofs)
"""

from collections.abc import Sequence
from typing import NamedTuple

from crypto.elgamal import Ciphertext, encrypt
from crypto.errors import VerificationError
from crypto.group import ORDER, add, hash_to_scalar, multiply, multiply_base, random_scalar
from crypto.proof import Proof
from crypto.randomness import Randomness


class Branch(NamedTuple):
    """What the prover knows of one ciphertext."""

    nonce: int
    """α = g^nonce."""
    offset: int
    """β = y^nonce · g^offset; the branch is true where it is zero."""


def prove_disjunction(prefix: str, public_key: bytes, branches: Sequence[Branch], rng: Randomness) -> tuple[Proof, ...]:
    """Prove that one of `branches` at least has offset zero.

    Knowing the nonce, the commitments of any branch are g^t and y^t · g^(offset · challenge) for a random t, which is
    an encryption, and the response is t - nonce · challenge. This equals what `verify_disjunction` computes.

    Raises:
        ValueError: no branch is true.
    """
    true = [branch.offset for branch in branches].index(0)
    challenges = [random_scalar(rng) for _ in branches]
    masks = [random_scalar(rng) for _ in branches]
    commitments: list[bytes] = []
    for branch, challenge, mask in zip(branches, challenges, masks, strict=True):
        commitments += encrypt(public_key, branch.offset * challenge, mask)
    total = hash_to_scalar(prefix, commitments)
    challenges[true] = (total - sum(challenges) + challenges[true]) % ORDER
    return tuple(
        Proof(challenge, (mask - branch.nonce * challenge) % ORDER)
        for branch, challenge, mask in zip(branches, challenges, masks, strict=True)
    )


def verify_disjunction(
    prefix: str, public_key: bytes, ciphertexts: Sequence[Ciphertext], proofs: Sequence[Proof]
) -> None:
    """Raise unless `proofs`, one for each of `ciphertexts`, show that one of these holds zero.

    Raises:
        VerificationError: they do not, or a point is outside the group.
    """
    if len(proofs) != len(ciphertexts):
        raise VerificationError(f"{len(ciphertexts)} proofs are expected, there are {len(proofs)}")
    commitments: list[bytes] = []
    total = 0
    for (alpha, beta), (challenge, response) in zip(ciphertexts, proofs, strict=True):
        commitments += [
            add(multiply_base(response), multiply(alpha, challenge)),
            add(multiply(public_key, response), multiply(beta, challenge)),
        ]
        total += challenge
    if hash_to_scalar(prefix, commitments) != total % ORDER:
        raise VerificationError("the proof does not hold")
