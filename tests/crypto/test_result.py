from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.errors import MalformedError, ThresholdError, VerificationError
from crypto.group import ORDER, multiply, multiply_base
from crypto.result import (
    combine_shares,
    decode_result,
    encode_result,
    lagrange_coefficient,
    open_tally,
    verify_result,
)
from crypto.share import Factors, verify_share
from crypto.trustee_key import make_trustee_key
from crypto.trustees import Trustees, decode_trustees
from tests.crypto.ceremonies import Ceremony
from tests.crypto.whole_election import CAST_WEIGHT, TOTALS, VECTOR
from tests.strategies import seeded

ALPHA = multiply_base(321)


def _mixed() -> tuple[Trustees, dict[int, Factors]]:
    """A single trustee, a group of 2 of 3, another single one, and a group of 3 of 4; every trustee's factor."""
    first, second = Ceremony(3, 2).run_until(Round.KEYS), Ceremony(4, 3, seed=2).run_until(Round.KEYS)
    groups = [decode_trustees(assemble_trustees(each.board)).groups[0] for each in (first, second)]
    alone = make_trustee_key(11, seeded(1)), make_trustee_key(13, seeded(2))
    trustees = Trustees((alone[0], groups[0], alone[1], groups[1]))
    secrets = [11, *map(first.secret, (1, 2, 3)), 13, *map(second.secret, (1, 2, 3, 4))]
    return trustees, {owner: ((multiply(ALPHA, secret),),) for owner, secret in enumerate(secrets, start=1)}


def test_every_subset_combines_if_it_is_large_enough_and_else_says_who_is_missing() -> None:
    trustees, factors = _mixed()
    expected = multiply(trustees.public_key, 321)
    for some in chain.from_iterable(combinations(factors, count) for count in range(10)):
        present = set(some)
        enough = {1, 5} <= present and len(present & {2, 3, 4}) >= 2 and len(present & {6, 7, 8, 9}) >= 3
        shares = {owner: factors[owner] for owner in some}
        if enough:
            assert combine_shares(trustees, shares) == ((expected,),)
        else:
            with pytest.raises(ThresholdError, match=r"good shares of \d are needed here, there are \d; missing: "):
                combine_shares(trustees, shares)


def test_the_lowest_numbered_shares_are_used() -> None:
    """A false share that is not among them does no harm; one that is among them does."""
    trustees, factors = _mixed()
    expected = combine_shares(trustees, factors)
    assert combine_shares(trustees, factors | {4: factors[1], 9: factors[1]}) == expected
    assert combine_shares(trustees, factors | {3: factors[1]}) != expected


def test_missing_trustees_are_named() -> None:
    trustees, factors = _mixed()
    del factors[2], factors[4]
    with pytest.raises(
        ThresholdError,
        match=r"^2 good shares of 3 are needed here, there are 1; missing: trustee 2 \(业主甲\), trustee 4 \(街道丙\)$",
    ):
        combine_shares(trustees, factors)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, ORDER - 1), min_size=1, max_size=5), st.sets(st.integers(1, 40), min_size=5, max_size=8))
def test_lagrange_finds_the_constant_term(coefficients: list[int], places: set[int]) -> None:
    indices = sorted(places)
    values = {x: sum(each * x**k for k, each in enumerate(coefficients)) for x in indices}
    found = sum(lagrange_coefficient(x, indices) * values[x] for x in indices) % ORDER
    assert found == coefficients[0]


def test_lagrange_coefficients_are_those_of_the_book() -> None:
    """Through (1, y1) and (3, y3) the line meets zero at (3 y1 - y3) / 2."""
    half = pow(2, -1, ORDER)
    assert lagrange_coefficient(1, [1, 3]) == 3 * half % ORDER
    assert lagrange_coefficient(3, [1, 3]) == -half % ORDER


@pytest.mark.parametrize("owners", [(1, 2), (1, 3), (2, 3), (1, 2, 3)])
def test_the_opened_sum_is_what_was_voted(owners: tuple[int, ...]) -> None:
    setup, tally = VECTOR.setup, VECTOR.total.tally
    shares = {
        owner: verify_share(setup.election, setup.trustees.verification_key(owner), tally, VECTOR.share(owner))
        for owner in owners
    }
    opened = open_tally(tally, combine_shares(setup.trustees, shares))
    assert opened == tuple(tuple(map(multiply_base, row)) for row in TOTALS)
    verify_result(opened, TOTALS, CAST_WEIGHT)


OPENED = tuple(tuple(map(multiply_base, row)) for row in TOTALS)


@pytest.mark.parametrize("cell", [(i, j) for i in range(3) for j in range(3)])
@pytest.mark.parametrize("change", [1, -1, ORDER, -ORDER])
def test_every_other_number_is_refused(cell: tuple[int, int], change: int) -> None:
    """Adding the order gives the same point, and is refused for its size."""
    rows = [list(row) for row in TOTALS]
    rows[cell[0]][cell[1]] += change
    with pytest.raises(VerificationError, match=f"^the result, question {cell[0] + 1}, choice {cell[1] + 1}: "):
        verify_result(OPENED, tuple(map(tuple, rows)), CAST_WEIGHT)


def test_a_number_above_the_total_weight_is_refused() -> None:
    with pytest.raises(VerificationError, match=r"not between 0 and the total weight of 5850030001$"):
        verify_result(OPENED, TOTALS, 585003 * 10000 + 1)


@pytest.mark.parametrize("totals", [(), TOTALS[:2], ((), (), ()), (*TOTALS, ())])
def test_a_result_of_another_shape_is_refused(totals: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(MalformedError, match="not one number for each choice"):
        verify_result(OPENED, totals, CAST_WEIGHT)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2**46), max_size=4).map(tuple), max_size=4).map(tuple))
def test_a_result_is_read_as_it_was_written(totals: tuple[tuple[int, ...], ...]) -> None:
    assert decode_result(encode_result(totals)) == totals


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        b'{"result":{}}',
        b'{"result":[1]}',
        b'{"result":[[-1]]}',
        b'{"result":[["5"]]}',
        b'{"result":[[1073741824]]}',
        b'{"result":[[1.0]]}',
        b'{"result":[[1]],"note":""}',
        b'{"result": [[1]]}',
        b'{"result":[[1]]}\n',
    ],
)
def test_another_spelling_of_a_result_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match=r"^the result"):
        decode_result(data)
