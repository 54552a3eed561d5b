import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.chunk import CountedBallot, chunk_alphas
from crypto.equality import verify_equality
from crypto.errors import VerificationError
from crypto.group import IDENTITY, ORDER, add, encode_point, hash_to_scalar, multiply, multiply_base
from crypto.opening import Opener, Opening, ProvedFactor, ProvingSlice, prove_slice, verify_opening
from crypto.proof import Proof
from tests.crypto import edwards
from tests.crypto.named_election import CEREMONY, COUNTED, ELECTION, LISTS, TRUSTEES
from tests.strategies import SMALL_ORDER, points, secrets, seeded, seeds

OWNER = 2
SECRET = CEREMONY.secret(OWNER)
KEY = TRUSTEES.verification_key(OWNER)
OPENER = Opener(ELECTION.fingerprint, OWNER, KEY)
BALLOT = COUNTED[0]
ALPHAS = chunk_alphas(BALLOT.row)
OPENING = LISTS[OWNER].openings[0]
REFUSAL = r"^chunk {}: the proof that both powers have one exponent does not hold"


def test_every_trustees_opening_of_every_ballot_holds() -> None:
    for owner, openings in LISTS.items():
        opener = OPENER._replace(owner=owner, public_key=TRUSTEES.verification_key(owner))
        for ballot, opening in zip(COUNTED, openings.openings, strict=True):
            alphas = chunk_alphas(ballot.row)
            verify_opening(opener, ballot.tracker, alphas, opening)
            assert [each.factor for each in opening] == [multiply(alpha, CEREMONY.secret(owner)) for alpha in alphas]


@pytest.mark.parametrize("number", [1, 2])
def test_the_prefix_is_that_of_the_specification(number: int) -> None:
    """Checked in plain integers, without the code under test."""
    choices = [BALLOT.row[place : place + 32][::-1].hex() for place in range(0, 15 * 64, 64)]
    alpha = edwards.NEUTRAL
    for place, choice in enumerate(choices[12 * (number - 1) : 12 * number]):
        alpha = edwards.plus(alpha, edwards.times(edwards.from_hex(choice), 2**place))
    base = edwards.to_hex(alpha)
    factor, (challenge, response) = OPENING[number - 1]
    power = factor[::-1].hex()
    public = edwards.to_hex(edwards.times(edwards.G, SECRET))
    assert power == edwards.to_hex(edwards.times(alpha, SECRET))
    prefix = f"shanzhi opening 1|{ELECTION.fingerprint}|2|{public}|{BALLOT.tracker}|{number}|{base},{power}|"
    assert edwards.equal(prefix, public, base, power, challenge, response)
    assert not edwards.equal(prefix[:-1], public, base, power, challenge, response)


@settings(max_examples=20, deadline=None)
@given(st.lists(points, min_size=2, max_size=30).filter(lambda row: len(row) % 2 == 0), secrets, seeds)
def test_an_opening_of_any_points_holds(row: list[bytes], secret: int, seed: int) -> None:
    """Of the identity too, which sealed choices of their makers' choosing could add up to."""
    ballot = CountedBallot("x" * 43, b"".join(row))
    [opening] = prove_slice(ProvingSlice("φ", 1, secret, (ballot,)), seeded(seed))
    verify_opening(Opener("φ", 1, multiply_base(secret)), "x" * 43, chunk_alphas(ballot.row), opening)


@pytest.mark.parametrize(
    ("opener", "tracker", "alphas"),
    [
        (OPENER._replace(fingerprint="x" * 43), BALLOT.tracker, ALPHAS),
        (OPENER._replace(owner=1), BALLOT.tracker, ALPHAS),
        (OPENER._replace(public_key=TRUSTEES.verification_key(1)), BALLOT.tracker, ALPHAS),
        (OPENER, COUNTED[1].tracker, ALPHAS),
        (OPENER, BALLOT.tracker, chunk_alphas(COUNTED[1].row)),
    ],
)
def test_an_opening_serves_for_nothing_else(opener: Opener, tracker: str, alphas: tuple[bytes, ...]) -> None:
    verify_opening(OPENER, BALLOT.tracker, ALPHAS, OPENING)
    with pytest.raises(VerificationError, match=REFUSAL.format(1)):
        verify_opening(opener, tracker, alphas, OPENING)


def _with(number: int, **changes: Any) -> Opening:
    """Return the opening with something of one chunk changed."""
    factors = list(OPENING)
    factors[number - 1] = factors[number - 1]._replace(**changes)
    return tuple(factors)


def _proof(number: int) -> Proof:
    return OPENING[number - 1].proof


@pytest.mark.parametrize("number", [1, 2])
def test_every_changed_number_is_refused_and_the_chunk_named(number: int) -> None:
    proof = _proof(number)
    for changes in (
        {"proof": proof._replace(response=(proof.response + 1) % ORDER)},
        {"proof": proof._replace(challenge=proof.challenge ^ 1)},
        {"proof": Proof(proof.response, proof.challenge)},
        {"proof": Proof(0, 0)},
        {"proof": _proof(3 - number)},
        {"factor": add(OPENING[number - 1].factor, multiply_base(1))},
        {"factor": OPENING[2 - number].factor},
        {"factor": LISTS[1].openings[0][number - 1].factor},
        {"factor": IDENTITY},
    ):
        with pytest.raises(VerificationError, match=REFUSAL.format(number)):
            verify_opening(OPENER, BALLOT.tracker, ALPHAS, _with(number, **changes))


def test_swapped_chunks_are_refused() -> None:
    with pytest.raises(VerificationError, match=REFUSAL.format(1)):
        verify_opening(OPENER, BALLOT.tracker, ALPHAS, OPENING[::-1])
    with pytest.raises(VerificationError, match=REFUSAL.format(1)):
        verify_opening(OPENER, BALLOT.tracker, ALPHAS[::-1], OPENING[::-1])


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_a_factor_outside_the_group_is_refused(point: bytes) -> None:
    for factor in (point, add(OPENING[0].factor, point)):
        for proof in (_proof(1), Proof(0, 0), Proof(8, 8)):
            with pytest.raises(VerificationError, match=r"^chunk 1: .*not an element of the group"):
                verify_opening(OPENER, BALLOT.tracker, ALPHAS, _with(1, factor=factor, proof=proof))


def _made_up(prefix: str, alpha: bytes) -> ProvedFactor:
    """Return a false factor that comes out right for `prefix`: commitments first, the factor solved for afterwards."""
    nonce, other = 1234, 5678
    challenge = hash_to_scalar(prefix, [multiply_base(nonce), multiply(alpha, other)])
    response = (nonce - SECRET * challenge) % ORDER
    factor = multiply(alpha, (other - response) * pow(challenge, -1, ORDER))
    return ProvedFactor(factor, Proof(challenge, response))


def test_a_false_factor_that_protocol_one_would_take_is_refused() -> None:
    protocol_one = f"decrypt|{ELECTION.fingerprint}|{encode_point(KEY)}|"
    false = _made_up(protocol_one, ALPHAS[0])
    verify_equality(protocol_one, KEY, ALPHAS[0], *false)
    assert false.factor != OPENING[0].factor
    for made_up in (false, _made_up(OPENER.prefix(BALLOT.tracker, 1, ALPHAS[0], false.factor), ALPHAS[0])):
        with pytest.raises(VerificationError, match=REFUSAL.format(1)):
            verify_opening(OPENER, BALLOT.tracker, ALPHAS, (made_up, OPENING[1]))


def test_a_slice_goes_to_another_process_and_does_not_show_its_secret() -> None:
    part = ProvingSlice(ELECTION.fingerprint, OWNER, SECRET, COUNTED[:2])
    openings = prove_slice(pickle.loads(pickle.dumps(part)), seeded(1))
    verify_opening(OPENER, BALLOT.tracker, ALPHAS, openings[0])
    assert str(SECRET) not in repr(part)
