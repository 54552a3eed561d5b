"""Proofs for a question with a blank vote: blank excludes every answer, and excuses from choosing any.

 * First proof: the blank choice holds 0, or the sum of the answers holds 0.
 * Second proof: the blank choice holds 1, or the sum of the answers is from min to max.

Follows SPEC.md §3. Not here: the prefixes (`answer.py`); that the blank choice is 0 or 1 (`membership.py`).

>>> from crypto.elgamal import encrypt
>>> from crypto.group import multiply_base
>>> key, draws = multiply_base(5), iter(range(1, 99))
>>> proofs = prove_no_answer("example|", key, Opening(1, nonce=3), Opening(0, nonce=4),
...     rng=lambda size: next(draws).to_bytes(size, "little"))
>>> verify_no_answer("example|", key, encrypt(key, 1, 3), encrypt(key, 0, 4), proofs)
"""

from collections.abc import Sequence

from crypto.disjunction import prove_disjunction, verify_disjunction
from crypto.elgamal import Ciphertext
from crypto.membership import Opening, branches_of, divide
from crypto.proof import Proof
from crypto.randomness import Randomness

_ZERO = range(1)
_ONE = range(1, 2)


def prove_no_answer(
    prefix: str, public_key: bytes, blank: Opening, total: Opening, rng: Randomness
) -> tuple[Proof, ...]:
    """Prove that `blank` is 0, or the sum of the answers, `total`, is 0.

    Raises:
        ValueError: neither is.
    """
    return prove_disjunction(prefix, public_key, branches_of(blank, _ZERO) + branches_of(total, _ZERO), rng)


def verify_no_answer(
    prefix: str, public_key: bytes, blank: Ciphertext, total: Ciphertext, proofs: Sequence[Proof]
) -> None:
    """Raise unless `proofs` show that `blank` holds 0, or `total` holds 0.

    Raises:
        VerificationError: they do not, or a point is outside the group.
    """
    verify_disjunction(prefix, public_key, divide(blank, _ZERO) + divide(total, _ZERO), proofs)


def prove_enough(
    prefix: str, public_key: bytes, blank: Opening, total: Opening, rng: Randomness, *, values: range
) -> tuple[Proof, ...]:
    """Prove that `blank` is 1, or the sum of the answers, `total`, is one of `values`.

    Raises:
        ValueError: neither is.
    """
    return prove_disjunction(prefix, public_key, branches_of(blank, _ONE) + branches_of(total, values), rng)


def verify_enough(
    prefix: str, public_key: bytes, blank: Ciphertext, total: Ciphertext, proofs: Sequence[Proof], *, values: range
) -> None:
    """Raise unless `proofs` show that `blank` holds 1, or `total` holds one of `values`.

    Raises:
        VerificationError: they do not, or a point is outside the group.
    """
    verify_disjunction(prefix, public_key, divide(blank, _ONE) + divide(total, values), proofs)
