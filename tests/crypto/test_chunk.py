import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.ballot import decode_ballot
from crypto.chunk import chunk_alphas, chunk_betas, chunk_sizes, find_choices, read_counted, row_of
from crypto.errors import VerificationError
from crypto.group import IDENTITY, ORDER, multiply_base
from crypto.question import Question
from tests.crypto.elections import election_of
from tests.crypto.named_election import BALLOTS, COUNTED, ELECTION
from tests.strategies import SMALL_ORDER, scalars

OFF_CURVE = (2).to_bytes(32, "little")


def test_a_ballot_that_was_accepted_is_read_by_its_points_alone() -> None:
    assert [read_counted(data) for data in BALLOTS] == list(COUNTED)
    assert {len(ballot.row) for ballot in COUNTED} == {15 * 64}


def test_all_choices_of_all_questions_stand_in_one_row_with_the_blank_vote() -> None:
    assert chunk_sizes(ELECTION) == (12, 3)


@pytest.mark.parametrize(
    ("questions", "sizes"),
    [([1], (1,)), ([12], (12,)), ([6, 6], (12,)), ([13], (12, 1)), ([5, 10, 10], (12, 12, 1)), ([11, 3], (12, 2))],
)
def test_a_chunk_holds_at_most_twelve(questions: list[int], sizes: tuple[int, ...]) -> None:
    election = election_of(*(Question("?", ("a",) * answers, 0, answers, blank=False) for answers in questions))
    assert chunk_sizes(election) == sizes


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(scalars, scalars), min_size=1, max_size=26))
def test_a_chunk_is_the_product_of_powers_of_two(exponents: list[tuple[int, int]]) -> None:
    row = b"".join(multiply_base(alpha) + multiply_base(beta) for alpha, beta in exponents)
    blocks = [exponents[start : start + 12] for start in range(0, len(exponents), 12)]
    for half, chunks in ((0, chunk_alphas(row)), (1, chunk_betas(row))):
        sums = [sum(each[half] * 2**place for place, each in enumerate(block)) for block in blocks]
        assert list(chunks) == [multiply_base(total % ORDER) for total in sums]


def test_a_point_off_the_curve_is_refused() -> None:
    row = multiply_base(5) + multiply_base(6) + OFF_CURVE + multiply_base(7)
    with pytest.raises(VerificationError, match="not an element of the group"):
        chunk_alphas(row)
    assert len(chunk_betas(row)) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0, 1]), min_size=1, max_size=12))
def test_choices_are_found_again(choices: list[int]) -> None:
    number = int("".join(map(str, reversed(choices))), 2)
    assert find_choices(multiply_base(number), len(choices)) == tuple(choices)


@pytest.mark.parametrize(
    ("point", "size"),
    [
        (multiply_base(8), 3),
        (multiply_base(4096), 12),
        (multiply_base(-1), 12),
        (multiply_base(1), 0),
        *((each, 12) for each in SMALL_ORDER),
    ],
)
def test_a_point_of_no_choices_is_refused(point: bytes, size: int) -> None:
    with pytest.raises(VerificationError, match="it opens to no choices"):
        find_choices(point, size)


def test_the_identity_is_nothing_chosen() -> None:
    assert find_choices(IDENTITY, 3) == (0, 0, 0)


def test_the_row_is_alpha_and_beta_of_each_choice() -> None:
    ballot = decode_ballot(BALLOTS[0], ELECTION)
    last = ballot.answers[1].choices[3]
    assert row_of(ballot).endswith(last.alpha + last.beta)
