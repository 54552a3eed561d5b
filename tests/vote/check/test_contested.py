"""One inequality under contested weight, against every case there is."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.law.test_question import ORDINARY
from vote.check.contested import (
    Contested,
    ContestedKind,
    Margin,
    ahead,
    certainty_of,
    margin_of,
    rank_margins,
    require_contested,
    total_of,
)
from vote.election.packing import Measures
from vote.errors import RefusedError
from vote.law.measure import Measure, Share
from vote.law.working import Check, Kind, Line

CITATION = ORDINARY.quorum.citation
ROLL, BALLOT = ContestedKind.ROLL, ContestedKind.BALLOT
SHARES = [Share(1, 2, strict=True), Share(2, 3), Share(3, 4), Share(1, 1)]


def line(check: Check, share: Share, part: int, whole: int) -> Line:
    return Line(check, Kind.HEADS, share, part, whole, CITATION)


def ballots(*heads: int) -> list[Contested]:
    return [Contested(each, each * 100) for each in heads]


def what_may_be(check: Check, item: Contested) -> list[tuple[int, int]]:
    """Return what one contested weight may take from part and whole."""
    weight = item.heads
    if check is Check.QUORUM:
        cases = [(weight, weight if item.electorate else 0)]
        if item.kind is ROLL:
            cases += [(0, weight if item.electorate else 0)]
    else:
        cases = [(weight, weight), (0, weight)]
    if item.kind is ROLL:
        cases += [(-part, -whole) for part, whole in cases]
    return [(0, 0), *cases]


ITEMS = st.builds(Contested, st.integers(0, 4), st.just(0), st.sampled_from(ContestedKind), st.booleans())


@given(
    st.sampled_from([Check.QUORUM, Check.APPROVAL, Check.REJECTION]),
    st.sampled_from(SHARES),
    st.integers(0, 40),
    st.integers(0, 40),
    st.lists(ITEMS, max_size=4),
)
@settings(max_examples=300, deadline=None)
def test_what_is_certain_holds_in_every_case(
    check: Check, share: Share, part: int, more: int, contested: list[Contested]
) -> None:
    whole = part + more
    found = certainty_of(line(check, share, part, whole), contested)
    cases = product(*(what_may_be(check, each) for each in contested))
    sums = [(part - sum(p for p, _ in case), whole - sum(w for _, w in case)) for case in cases]
    held = [share.met(*each) for each in sums]
    assert not found.certain or all(held)
    assert found.possible or not any(held)
    if whole > sum(each.heads for each in contested):
        assert (found.certain, found.possible) == (all(held), any(held))


@given(st.sampled_from(SHARES), st.integers(0, 60), st.integers(0, 60), st.integers(1, 90))
@settings(max_examples=300, deadline=None)
def test_the_margin_is_the_least_that_turns_an_inequality(share: Share, part: int, more: int, electorate: int) -> None:
    whole = part + more
    approval = line(Check.APPROVAL, share, part, whole)
    found = margin_of(approval, "甲", []).change
    taken = range(part + 1) if approval.met else range(more + 1)
    turned = [
        k
        for k in taken
        if (share.met(part - k, whole - k) if approval.met else share.met(part, whole - k)) != approval.met
    ]
    assert found == (min(turned) if turned else None)
    quorum = line(Check.QUORUM, share, part, electorate)
    found = margin_of(quorum, None, []).change
    turned = [k for k in range(200) if share.met(part + (-k if quorum.met else k), electorate) != quorum.met]
    assert found == (min(turned) if turned else None)


@given(st.sampled_from(SHARES[:3]), st.integers(1, 60), st.integers(0, 60), st.lists(st.integers(0, 9), max_size=5))
@settings(max_examples=200, deadline=None)
def test_contested_ballots_below_the_margin_change_nothing_and_no_fewer_do(
    share: Share, part: int, more: int, heads: list[int]
) -> None:
    for check in (Check.APPROVAL, Check.QUORUM):
        margin = margin_of(line(check, share, part, part + more), None, ballots(*heads))
        assert margin.contested == sum(heads)
        if check is Check.APPROVAL or share.met(part, part + more):
            assert margin.change is not None
            assert margin.stands == (margin.contested < margin.change)
        else:
            assert margin.stands, "ballots that go do not make a quorum"


def test_more_weight_never_makes_anything_certain() -> None:
    approval = line(Check.APPROVAL, Share(1, 2, strict=True), 12, 20)
    found = [certainty_of(approval, ballots(*[1] * number)) for number in range(8)]
    assert [each.certain for each in found] == [True] * 4 + [False] * 4
    assert all(each.possible for each in found)


def test_by_hand_twelve_of_twenty_lose_their_majority_when_four_go() -> None:
    """11 of 19, 10 of 18 and 9 of 17 are more than half; 8 of 16 are not."""
    approval = line(Check.APPROVAL, Share(1, 2, strict=True), 12, 20)
    assert margin_of(approval, None, ballots(3)) == Margin("approval", None, Kind.HEADS, 4, 3, stands=True)
    assert margin_of(approval, None, ballots(3, 1)) == Margin("approval", None, Kind.HEADS, 4, 4, stands=False)


def test_an_error_of_the_roll_moves_the_electorate_only_until_it_is_corrected() -> None:
    """20 of 30 are two thirds exactly; of 31 they are too few."""
    quorum = line(Check.QUORUM, Share(2, 3), 20, 30)
    assert not certainty_of(quorum, [Contested(1, 0, ROLL, electorate=True)]).certain
    assert not certainty_of(quorum, [Contested(1, 0, ROLL)]).certain, "19 of 30"
    quorum = line(Check.QUORUM, Share(2, 3), 22, 32)
    assert certainty_of(quorum, [Contested(1, 0, BALLOT, electorate=True)]).certain, "21 of 31"
    assert not certainty_of(quorum, [Contested(1, 0, BALLOT)]).certain, "21 of 32"


def test_area_is_told_in_dm2() -> None:
    approval = Line(Check.APPROVAL, Kind.AREA, Share(1, 2, strict=True), 60001, 120000, CITATION)
    assert margin_of(approval, None, [Contested(1, 2)]) == Margin("approval", None, Kind.AREA, 2, 2, stands=False)


def test_where_nobody_agrees_no_number_of_others_gone_is_an_approval() -> None:
    approval = line(Check.APPROVAL, Share(3, 4), 0, 20)
    assert margin_of(approval, None, ballots(3)) == Margin("approval", None, Kind.HEADS, None, 3, stands=True)


def test_who_is_ahead_by_heads_stays_so_while_fewer_are_contested() -> None:
    first, second = Measure(12, 12000), Measure(10, 19000)
    assert ahead(first, second, Measures(1, 99999))
    assert not ahead(first, second, Measures(2, 1)), "equal heads, and the area is against it"
    assert rank_margins("甲", first, second, Measures(2, 1)) == (Margin("rank", "甲", Kind.HEADS, 2, 2, stands=False),)


def test_with_equal_heads_area_decides_and_one_ballot_may_turn_it() -> None:
    first, second = Measure(12, 12000), Measure(12, 11000)
    assert ahead(first, second, Measures(0, 999))
    assert not ahead(first, second, Measures(0, 1000))
    assert not ahead(first, second, Measures(1, 0))
    assert rank_margins("甲", first, second, Measures(0, 1000)) == (
        Margin("rank", "甲", Kind.HEADS, 1, 0, stands=True),
        Margin("rank", "甲", Kind.AREA, 1000, 1000, stands=False),
    )


def test_weights_add_up_and_are_never_negative() -> None:
    assert total_of([Contested(1, 8937), Contested(0, 120, ROLL)]) == Measures(1, 9057)
    require_contested([Contested(0, 0)])
    for wrong in (Contested(-1, 5), Contested(1, -5)):
        with pytest.raises(RefusedError, match="negative"):
            require_contested([wrong])
