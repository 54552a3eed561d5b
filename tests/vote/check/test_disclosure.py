"""How often totals give a choice away, in crowds of which that is plain."""

import pytest

from vote.check import disclosure
from vote.check.disclosure import Disclosure, disclose, find_outliers
from vote.check.simulation import Leaning
from vote.election.ask import election, motion
from vote.errors import RefusedError

RULES, FUND = motion("1", "规则"), motion("6", "筹集维修资金")
SEATS = election("3", "选举", ("甲", "乙", "丙"), 2)
SEED = b"seed"
FLATS = [8937, 10412, 12188]
SMALL = [8000 + 137 * each * each % 300 for each in range(18)]
"""Eighteen flats, all of different areas, near enough to each other to be exchanged now and then."""


def figure(forced: int, simulations: int = 200, undecided: int = 0) -> Disclosure:
    return Disclosure(50, simulations, forced, forced, undecided, 0)


def test_one_percent_is_a_warning() -> None:
    assert (figure(2).permyriad, figure(2).warn) == (100, True)
    assert (figure(1).permyriad, figure(1).warn) == (50, False)
    assert (figure(2, 201).permyriad, figure(2, 201).warn) == (100, False), "rounded up, compared exactly"
    assert (figure(0).permyriad, figure(0).warn) == (0, False)


def test_what_is_undecided_makes_an_upper_bound() -> None:
    assert figure(2).exact
    assert not figure(2, undecided=1).exact


@pytest.mark.parametrize("asks", [[RULES], [SEATS]])
def test_nine_owners_of_different_areas_are_always_readable(asks: list) -> None:
    areas = [8123, 9250, 10999, 11340, 12787, 13001, 14478, 15555, 16902]
    assert disclose(areas, asks, SEED) == Disclosure(9, 200, 200, 200, 0, 0)


def test_forty_owners_of_one_area_are_never_readable() -> None:
    assert disclose([8937] * 40, [RULES, FUND], SEED) == Disclosure(40, 200, 0, 0, 0, 0)


def test_equal_flats_are_readable_only_when_all_answer_alike() -> None:
    """Four of one area: with 60, 25 and 15 %, all alike in 0.6^4 + 0.25^4 + 0.15^4 = 13.4 % of outcomes."""
    found = disclose([8937] * 4, [RULES], SEED, simulations=2000)
    assert found.exact
    assert 230 < found.forced < 306
    certain = disclose([8937] * 4, [RULES], SEED, leaning=Leaning(yes=100, no=0, abstain=0))
    assert certain.forced == 200


def test_a_crowd_of_a_few_sizes_hides_everybody() -> None:
    found = disclose(FLATS * 100, [RULES, SEATS], SEED)
    assert found == Disclosure(300, 200, 0, 0, 0, 0)
    assert found.exact


@pytest.mark.parametrize(("flats", "undecided"), [(13, 0), (100, 200)])
def test_a_developer_is_readable_at_any_size(flats: int, undecided: int) -> None:
    areas = [570000] + FLATS * flats
    found = disclose(areas, [RULES], SEED)
    assert (found.forced, found.outliers, found.undecided) == (200, 1, undecided)
    assert found.forced_without_outliers < 200
    assert found.warn


def test_the_only_odd_area_is_told_even_in_a_crowd() -> None:
    found = disclose([8000, 9000, 10000] * 20 + [9001], [RULES, SEATS], SEED)
    assert (found.forced, found.undecided, found.outliers) == (200, 200, 0)


def test_the_figure_follows_from_seed_and_areas_alone() -> None:
    found = disclose(SMALL, [RULES], SEED)
    assert 0 < found.forced < 200
    assert found.exact
    assert disclose(SMALL[::-1], [RULES], SEED) == found
    assert disclose(SMALL, [RULES], b"third") != found


def test_more_questions_give_more_away() -> None:
    assert disclose(SMALL, [RULES], SEED).forced < disclose(SMALL, [RULES, FUND], SEED).forced


def test_where_nothing_is_asked_or_nobody_takes_part_nothing_is_readable() -> None:
    assert disclose([570000, 80], [], SEED).forced == 0
    assert disclose([], [RULES, SEATS], SEED) == Disclosure(0, 200, 0, 0, 0, 0)


def test_whoever_is_alone_is_readable() -> None:
    assert disclose([8937], [RULES], SEED) == Disclosure(1, 200, 200, 0, 0, 1)


def test_an_election_may_be_undecided_and_another_question_decides() -> None:
    found = disclose(SMALL, [SEATS, RULES], SEED)
    assert 0 < found.undecided < found.forced


def test_outliers_are_those_whom_twenty_cannot_make_up_for() -> None:
    """Twenty of 100 against nineteen of 90 are 290, with forty others of each."""
    others = [90] * 40 + [100] * 40
    assert find_outliers([*others, 291]) == (291,)
    assert find_outliers([*others, 290]) == ()
    assert find_outliers([*others, 291, 291]) == ()
    assert find_outliers([*others, 9000, 400]) == (9000,), "9000 makes up for 400"
    assert find_outliers([]) == ()
    assert find_outliers([80]) == (80,)
    assert find_outliers([80, 90]) == (90,)


@pytest.mark.parametrize(
    ("areas", "simulations", "word"),
    [([8937], 199, "simulations"), ([8937, 0], 200, "areas"), ([disclosure.MAX_AREA_DM2 + 1], 200, "areas")],
)
def test_what_cannot_be_simulated_is_refused(areas: list[int], simulations: int, word: str) -> None:
    with pytest.raises(RefusedError, match=word):
        disclose(areas, [RULES], SEED, simulations=simulations)
    with pytest.raises(RefusedError, match="leaning"):
        disclose([8937], [RULES], SEED, leaning=Leaning(yes=61))
