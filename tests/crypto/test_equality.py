import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.equality import prove_equality, verify_equality
from crypto.errors import VerificationError
from crypto.group import BASE, IDENTITY, ORDER, add, multiply, multiply_base
from crypto.proof import Proof
from crypto.randomness import Randomness
from tests.strategies import SMALL_ORDER, points, randomness, secrets, seeded

PREFIX = "decrypt|φ|key|"
PUBLIC, ALPHA = multiply_base(77), multiply_base(123)
FACTOR = multiply(ALPHA, 77)
PROOF = prove_equality(PREFIX, 77, ALPHA, seeded(1))


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30), secrets, points, randomness)
def test_an_honest_factor_is_proved(prefix: str, secret: int, base: bytes, rng: Randomness) -> None:
    proof = prove_equality(prefix, secret, base, rng)
    verify_equality(prefix, multiply_base(secret), base, multiply(base, secret), proof)


def test_a_factor_of_the_identity_is_the_identity() -> None:
    verify_equality("p|", PUBLIC, IDENTITY, IDENTITY, prove_equality("p|", 77, IDENTITY, seeded(2)))


@pytest.mark.parametrize(
    ("prefix", "public", "base", "power", "proof"),
    [
        ("decrypt|ψ|key|", PUBLIC, ALPHA, FACTOR, PROOF),
        (PREFIX, BASE, ALPHA, FACTOR, PROOF),
        (PREFIX, PUBLIC, BASE, FACTOR, PROOF),
        (PREFIX, PUBLIC, ALPHA, add(FACTOR, BASE), PROOF),
        (PREFIX, PUBLIC, ALPHA, IDENTITY, PROOF),
        (PREFIX, PUBLIC, ALPHA, FACTOR, PROOF._replace(challenge=PROOF.challenge ^ 1)),
        (PREFIX, PUBLIC, ALPHA, FACTOR, PROOF._replace(response=(PROOF.response + 1) % ORDER)),
        (PREFIX, PUBLIC, ALPHA, FACTOR, Proof(0, 0)),
    ],
)
def test_a_changed_part_is_refused(prefix: str, public: bytes, base: bytes, power: bytes, proof: Proof) -> None:
    verify_equality(PREFIX, PUBLIC, ALPHA, FACTOR, PROOF)
    with pytest.raises(VerificationError, match="does not hold"):
        verify_equality(prefix, public, base, power, proof)


@pytest.mark.parametrize("torsion", SMALL_ORDER)
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("proof", [PROOF, Proof(0, 0), Proof(8, 8)])
def test_a_point_outside_the_group_is_refused_in_every_place(torsion: bytes, place: int, proof: Proof) -> None:
    parts = [PUBLIC, ALPHA, FACTOR]
    for point in (torsion, add(parts[place], torsion)):
        parts[place] = point
        with pytest.raises(VerificationError, match="not an element of the group"):
            verify_equality(PREFIX, parts[0], parts[1], parts[2], proof)
