"""What holds on every path through every procedure, in each place: no vote without notice, no dead end, always a turn."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.formation.made import BEIJING, HANGZHOU, JIASHAN, case
from vote.formation.rules import Case, Happened, Standing, fits, stand
from vote.law.procedure import Happening, Party, Procedure

START = date(2026, 1, 5)
PLACES = (JIASHAN, BEIJING, HANGZHOU, "cn")
FULL_DAYS = {(HANGZHOU, procedure): 7 for procedure in (Procedure.BY_ELECTION, Procedure.RECALL, Procedure.MEETING)}
"""Hangzhou 19 asks 7 full days before an interim meeting; everywhere else it is 15."""
AT_REST = frozenset({"S00", "S13", "S20"})
EXITS_THAT_MAY_LAST = frozenset({Happening.QUORUM_FAILED, Happening.PARTLY_ADOPTED, Happening.FILING_RETURNED})


def begin(procedure: Procedure, place: str) -> Case:
    return case(
        procedure, place, begun_on=START, term_ends=date(2026, 6, 30) if procedure is Procedure.RENEWAL else None
    )


def require_noticed(found: Standing, happened: list[Happened], procedure: Procedure, place: str) -> None:
    """Look at the last vote by itself: notice, full days, offices, the member's chance, all before it opened."""
    opened = max(each.on for each in happened if each.word is Happening.VOTING_OPENED and each not in found.waiting)
    days = FULL_DAYS.get((place, procedure), 15)
    asked = [Happening.NOTICE_GIVEN, Happening.BODIES_INFORMED]
    if procedure is Procedure.RECALL:
        asked.append(Happening.MEMBER_ASKED)
    for word in asked:
        assert any(each.word is word and each.on <= opened for each in happened), word
    notice = [each.on for each in happened if each.word is Happening.NOTICE_GIVEN]
    assert any((opened - day).days - 1 >= days for day in notice)


WORDS = st.sampled_from(list(Happening))
LINES = st.lists(st.tuples(st.integers(0, 20), WORDS), max_size=40)


@settings(deadline=None)
@given(st.sampled_from(list(Procedure)), st.sampled_from(PLACES), LINES)
def test_whatever_is_noted_no_vote_opens_without_its_notice_and_somebody_has_the_turn(
    procedure: Procedure, place: str, lines: list[tuple[int, Happening]]
) -> None:
    chosen, day, happened = begin(procedure, place), START, []
    for wait, word in lines:
        day += timedelta(days=wait)
        happened.append(Happened(word, day))
    found = stand(chosen, happened, day)
    if "S07" in found.path:
        require_noticed(found, happened, procedure, place)
    if not found.is_over and found.state.id != "S00":
        assert found.turn is not Party.NOBODY
    assert len(found.waiting) <= len(happened)


@settings(deadline=None)
@given(st.sampled_from(list(Procedure)), st.sampled_from(PLACES), st.data())
def test_from_wherever_a_case_comes_to_it_can_be_brought_to_its_end(
    procedure: Procedure, place: str, data: st.DataObject
) -> None:
    """Happenings are drawn among those that are possible, then the case is led on: no path ends where nothing helps."""
    chosen, day, happened = begin(procedure, place), START, []
    for _ in range(data.draw(st.integers(0, 25))):
        day += timedelta(days=data.draw(st.integers(0, 40)))
        found = stand(chosen, happened, day)
        if found.is_over:
            break
        new = Happened(data.draw(st.sampled_from(found.possible)), day)
        if fits(chosen, happened, new):
            happened.append(new)
    assert stand(chosen, led_on(chosen, happened, day), date(2040, 1, 1)).is_over


def led_on(chosen: Case, happened: list[Happened], day: date) -> list[Happened]:
    """Go on by what the state itself offers, as somebody would who does what the page says."""
    for _ in range(80):
        day += timedelta(days=17)
        found = stand(chosen, happened, day)
        if found.is_over:
            return happened
        for word in (*found.needs, *found.missing, *leading(found)):
            new = Happened(word, day)
            if word in stand(chosen, happened, day).possible and fits(chosen, happened, new):
                happened = [*happened, new]
                break
    raise AssertionError(f"{chosen.procedure} stays in {found.state.id} with {found.possible}")


def leading(found: Standing) -> Iterator[Happening]:
    words = (*(found.below.exits if found.below else ()), *found.state.exits)
    yield from (word for word in words if word not in EXITS_THAT_MAY_LAST)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("procedure", list(Procedure))
def test_every_state_is_reached_and_left(procedure: Procedure, place: str) -> None:
    """Go through all that may happen, a day of notice or a term's end apart, until no new state comes."""
    chosen = begin(procedure, place)
    states = chosen.profile.states(procedure, on=START)
    seen: dict[str, list[Happened]] = {}
    todo: list[tuple[list[Happened], date]] = [([], START)]
    while todo:
        happened, day = todo.pop()
        found = stand(chosen, happened, day)
        key = f"{found.state.id}/{(found.below or found.state).id}/{','.join(found.needs)}"
        if key in seen:
            continue
        seen[key] = happened
        later = day + timedelta(days=200 if len(happened) % 2 else 20)
        for word in found.possible:
            new = Happened(word, later)
            if fits(chosen, happened, new):
                todo.append(([*happened, new], later))
        if found.below is None:
            todo.append((happened, later))
    reached = {name for key in seen for name in key.split("/")[:2]}
    expected = {name for name in states if name not in NOT_OF[procedure]}
    if place == HANGZHOU:
        # The place has no limit of days for the first meeting.
        expected -= {"S90"}
    assert expected <= reached
    ends = [stand(chosen, happened, START + timedelta(days=9000)) for happened in seen.values()]
    assert {found.state.id for found in ends if found.is_over} <= AT_REST
    assert all(set(found.possible) - {Happening.DISPUTED} for found in ends if not found.is_over)


NOT_OF = {
    Procedure.FORMING: {"S20"},
    Procedure.RENEWAL: set(),
    Procedure.BY_ELECTION: set(),
    Procedure.RECALL: set(),
    Procedure.MEETING: set(),
}
"""Shared states that a procedure does not come to."""
