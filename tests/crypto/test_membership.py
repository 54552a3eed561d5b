from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.disjunction import verify_disjunction
from crypto.elgamal import Ciphertext, encrypt
from crypto.errors import VerificationError
from crypto.group import (
    BASE,
    IDENTITY,
    ORDER,
    add,
    encode_point,
    hash_to_scalar,
    multiply,
    multiply_base,
    random_scalar,
    subtract,
)
from crypto.membership import Opening, prove_membership, verify_membership
from crypto.proof import Proof
from crypto.randomness import Randomness
from tests.strategies import SMALL_ORDER, randomness, scalars, secrets, seeded

PREFIX = "prove|φ|credential|α,β|"
KEY = multiply_base(99)
OPENING = Opening(1, 1234)
CIPHERTEXT = encrypt(KEY, 1, 1234)
PROOFS = prove_membership(PREFIX, KEY, OPENING, range(3), seeded(1))


@settings(max_examples=30, deadline=None)
@given(secrets, scalars, st.tuples(*[st.integers(0, 3)] * 3), randomness)
def test_any_value_within_the_bounds_is_proved(
    secret: int, nonce: int, span: tuple[int, int, int], rng: Randomness
) -> None:
    minimum, below, above = span
    key, value = multiply_base(secret), minimum + below
    values = range(minimum, value + above + 1)
    proofs = prove_membership("p|", key, Opening(value, nonce), values, rng)
    verify_membership("p|", key, encrypt(key, value, nonce), values, proofs)
    assert len(proofs) == len(values)


def test_the_commitments_are_those_of_the_protocol() -> None:
    """SPEC.md §3, computed here term by term: g^r·α^c and y^r·(β/g^m)^c for m = 2 and 3."""
    alpha, beta = encrypt(KEY, 3, 55)
    proofs = prove_membership("p|", KEY, Opening(3, 55), range(2, 4), seeded(4))
    commitments = []
    for message, (challenge, response) in zip((2, 3), proofs, strict=True):
        commitments.append(add(multiply_base(response), multiply(alpha, challenge)))
        commitments.append(add(multiply(KEY, response), multiply(subtract(beta, multiply_base(message)), challenge)))
    assert hash_to_scalar("p|", commitments) == sum(proof.challenge for proof in proofs) % ORDER


@pytest.mark.parametrize("value", [-1, 3, 1000, ORDER - 1])
def test_a_value_out_of_bounds_cannot_be_proved(value: int) -> None:
    with pytest.raises(ValueError, match="not in list"):
        prove_membership(PREFIX, KEY, Opening(value, 5), range(3), seeded(1))


def _changed(index: int, **parts: int) -> list[Proof]:
    return [proof._replace(**parts) if i == index else proof for i, proof in enumerate(PROOFS)]


@pytest.mark.parametrize(
    "proofs",
    [
        *[_changed(i, challenge=(PROOFS[i].challenge + 1) % ORDER) for i in range(3)],
        *[_changed(i, response=(PROOFS[i].response + 1) % ORDER) for i in range(3)],
        *[_changed(i, challenge=0, response=0) for i in range(3)],
        PROOFS[::-1],
        PROOFS[1:] + PROOFS[:1],
    ],
)
def test_a_changed_proof_is_refused(proofs: Sequence[Proof]) -> None:
    verify_membership(PREFIX, KEY, CIPHERTEXT, range(3), PROOFS)
    with pytest.raises(VerificationError, match=r"^the proof does not hold$"):
        verify_membership(PREFIX, KEY, CIPHERTEXT, range(3), proofs)


@pytest.mark.parametrize(
    ("prefix", "key", "ciphertext", "values"),
    [
        (PREFIX + "|", KEY, CIPHERTEXT, range(3)),
        (PREFIX, BASE, CIPHERTEXT, range(3)),
        (PREFIX, KEY, encrypt(KEY, 2, 1234), range(3)),
        (PREFIX, KEY, encrypt(KEY, 1, 1235), range(3)),
        (PREFIX, KEY, encrypt(KEY, 4, 1234), range(3)),
        (PREFIX, KEY, Ciphertext(CIPHERTEXT.beta, CIPHERTEXT.alpha), range(3)),
        (PREFIX, KEY, CIPHERTEXT, range(1, 4)),
    ],
)
def test_another_statement_is_refused(prefix: str, key: bytes, ciphertext: Ciphertext, values: range) -> None:
    with pytest.raises(VerificationError, match=r"^the proof does not hold$"):
        verify_membership(prefix, key, ciphertext, values, PROOFS)


@pytest.mark.parametrize("proofs", [(), PROOFS[:2], (*PROOFS, PROOFS[0])])
def test_another_number_of_proofs_is_refused(proofs: Sequence[Proof]) -> None:
    with pytest.raises(VerificationError, match="3 proofs are expected"):
        verify_membership(PREFIX, KEY, CIPHERTEXT, range(3), proofs)


def test_a_ciphertext_of_two_identities_is_a_zero_that_everybody_can_read() -> None:
    """The protocol allows the nonce 0: it harms only the secrecy of whoever draws it on purpose."""
    ciphertext = encrypt(KEY, 0, 0)
    assert ciphertext == Ciphertext(IDENTITY, IDENTITY)
    verify_membership("p|", KEY, ciphertext, range(2), prove_membership("p|", KEY, Opening(0, 0), range(2), seeded(1)))


def test_a_single_value_is_a_disjunction_of_one() -> None:
    proofs = prove_membership("p|", KEY, Opening(2, 5), range(2, 3), seeded(1))
    verify_membership("p|", KEY, encrypt(KEY, 2, 5), range(2, 3), proofs)
    with pytest.raises(VerificationError):
        verify_membership("p|", KEY, encrypt(KEY, 1, 5), range(2, 3), proofs)


@pytest.mark.parametrize("torsion", SMALL_ORDER)
@pytest.mark.parametrize("proof", [Proof(0, 0), Proof(8, 8), Proof(3, 5)])
def test_a_point_outside_the_group_is_refused_in_every_place(torsion: bytes, proof: Proof) -> None:
    proofs = [proof] * 3
    for key, alpha, beta in (
        (add(KEY, torsion), *CIPHERTEXT),
        (KEY, add(CIPHERTEXT.alpha, torsion), CIPHERTEXT.beta),
        (KEY, CIPHERTEXT.alpha, add(CIPHERTEXT.beta, torsion)),
        (KEY, torsion, CIPHERTEXT.beta),
        (KEY, CIPHERTEXT.alpha, torsion),
    ):
        for values in (range(3), range(1, 4)):
            with pytest.raises(VerificationError, match="not an element of the group"):
                verify_membership(PREFIX, key, Ciphertext(alpha, beta), values, proofs)


def test_a_proof_that_only_the_check_of_membership_stops_is_stopped() -> None:
    """Who adds a point of order 2 to β and draws until both challenges are even makes the equations hold."""
    alpha, beta = encrypt(KEY, 0, 7)
    shifted = add(beta, SMALL_ORDER[0])
    prefix = f"prove|S0|{encode_point(alpha)},{encode_point(shifted)}|"
    for seed in range(1000):
        proofs = prove_membership(prefix, KEY, Opening(0, 7), range(2), seeded(seed))
        if not any(proof.challenge % 2 for proof in proofs):
            break
    verify_disjunction(prefix, KEY, [Ciphertext(alpha, beta), Ciphertext(alpha, subtract(beta, BASE))], proofs)
    with pytest.raises(VerificationError, match="not an element of the group"):
        verify_membership(prefix, KEY, Ciphertext(alpha, shifted), range(2), proofs)


def test_a_forger_who_picks_all_challenges_first_fails() -> None:
    """Simulating every branch makes the commitments fit, but then the challenges do not add up to their hash."""
    rng = seeded(8)
    proofs = [Proof(random_scalar(rng), random_scalar(rng)) for _ in range(2)]
    with pytest.raises(VerificationError, match=r"^the proof does not hold$"):
        verify_membership(PREFIX, KEY, encrypt(KEY, 1000, 7), range(2), proofs)
