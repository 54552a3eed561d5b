import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.blank import prove_enough, prove_no_answer, verify_enough, verify_no_answer
from crypto.elgamal import Ciphertext, encrypt
from crypto.errors import VerificationError
from crypto.group import ORDER, add, multiply_base
from crypto.membership import Opening
from crypto.randomness import Randomness
from tests.strategies import SMALL_ORDER, randomness, scalars, seeded

KEY = multiply_base(99)


def sealed(opening: Opening) -> Ciphertext:
    return encrypt(KEY, *opening)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([(1, 0), (0, 1), (0, 2), (0, 0)]), scalars, scalars, randomness)
def test_an_allowed_pair_is_proved(values: tuple[int, int], first: int, second: int, rng: Randomness) -> None:
    blank, total = Opening(values[0], first), Opening(values[1], second)
    proofs = prove_no_answer("bproof0|S|", KEY, blank, total, rng)
    verify_no_answer("bproof0|S|", KEY, sealed(blank), sealed(total), proofs)
    minimum = min(values[1], 1) if not values[0] else 1
    proofs = prove_enough("bproof1|S|", KEY, blank, total, rng, values=range(minimum, 3))
    verify_enough("bproof1|S|", KEY, sealed(blank), sealed(total), proofs, values=range(minimum, 3))


def test_a_blank_vote_with_an_answer_cannot_be_proved() -> None:
    with pytest.raises(ValueError, match="not in list"):
        prove_no_answer("p|", KEY, Opening(1, 5), Opening(1, 6), seeded(1))


@pytest.mark.parametrize("values", [(0, 0), (0, 3), (2, 0)])
def test_too_few_or_too_many_answers_without_a_blank_vote_cannot_be_proved(values: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not in list"):
        prove_enough("p|", KEY, Opening(values[0], 5), Opening(values[1], 6), seeded(1), values=range(1, 3))


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("part", ["challenge", "response"])
def test_a_changed_proof_is_refused(index: int, part: str) -> None:
    blank, total = Opening(1, 5), Opening(0, 6)
    first = list(prove_no_answer("p|", KEY, blank, total, seeded(1)))
    second = list(prove_enough("p|", KEY, blank, total, seeded(1), values=range(1, 2)))
    for proofs in (first, second):
        proofs[index] = proofs[index]._replace(**{part: (getattr(proofs[index], part) + 1) % ORDER})
    with pytest.raises(VerificationError, match="does not hold"):
        verify_no_answer("p|", KEY, sealed(blank), sealed(total), first)
    with pytest.raises(VerificationError, match="does not hold"):
        verify_enough("p|", KEY, sealed(blank), sealed(total), second, values=range(1, 2))


def test_each_proof_is_bound_to_its_statement() -> None:
    blank, total = Opening(1, 5), Opening(0, 6)
    proofs = prove_no_answer("p|", KEY, blank, total, seeded(1))
    for prefix, left, right in (
        ("q|", blank, total),
        ("p|", Opening(0, 5), total),
        ("p|", blank, Opening(1, 6)),
        ("p|", total, blank),
    ):
        with pytest.raises(VerificationError, match="does not hold"):
            verify_no_answer(prefix, KEY, sealed(left), sealed(right), proofs)
    with pytest.raises(VerificationError, match="does not hold"):
        verify_enough("p|", KEY, sealed(blank), sealed(total), proofs, values=range(1))


@pytest.mark.parametrize("torsion", SMALL_ORDER)
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_point_outside_the_group_is_refused_in_every_place(torsion: bytes, place: int) -> None:
    blank, total = Opening(1, 5), Opening(0, 6)
    parts = [*sealed(blank), *sealed(total)]
    parts[place] = add(parts[place], torsion)
    left, right = Ciphertext(*parts[:2]), Ciphertext(*parts[2:])
    with pytest.raises(VerificationError, match="not an element of the group"):
        verify_no_answer("p|", KEY, left, right, prove_no_answer("p|", KEY, blank, total, seeded(1)))
    proofs = prove_enough("p|", KEY, blank, total, seeded(1), values=range(1, 3))
    with pytest.raises(VerificationError, match="not an element of the group"):
        verify_enough("p|", KEY, left, right, proofs, values=range(1, 3))
