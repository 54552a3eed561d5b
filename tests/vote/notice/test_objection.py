"""Objections in time, each with one answer, none left without."""

from datetime import date

import pytest

from vote.errors import RefusedError
from vote.notice.objection import (
    About,
    Answer,
    Counts,
    Objection,
    Outcome,
    ReservedTo,
    count,
    require_answer,
    require_objection,
    unanswered,
)

DAY = date(2026, 12, 8)


def objection(number: str, due: int, outcome: Outcome | None = None) -> Objection:
    answer = Answer(outcome, None, "已核对", DAY) if outcome else None
    return Objection(number, About.ROLL, DAY, date(2026, 12, due), answer)


def test_those_without_an_answer_come_by_their_last_day():
    found = [objection("a", 20), objection("b", 15), objection("c", 9, Outcome.UPHELD)]
    assert [each.number for each in unanswered(found)] == ["b", "a"]
    assert count(found) == Counts(3, 1, 0, 0)
    assert count(found).open == 2
    assert count([]).open == 0


def test_an_objection_is_taken_until_the_last_day():
    require_objection("面积写错了", DAY, until=DAY, closed=False)
    for text, day, closed in (
        ("", DAY, False),
        ("a" * 2001, DAY, False),
        ("\0", DAY, False),
        ("a", date(2026, 12, 9), False),
        ("a", DAY, True),
    ):
        with pytest.raises(RefusedError):
            require_objection(text, day, until=DAY, closed=closed)


def test_an_answer_is_given_once_and_says_to_whom_it_is_reserved():
    require_answer(objection("a", 9), Outcome.RESERVED, ReservedTo.COURT, "请向法院起诉")
    require_answer(objection("a", 9), Outcome.UPHELD, None, "已改正")
    for before, outcome, to, text in (
        (Outcome.ANSWERED, Outcome.UPHELD, None, "a"),
        (None, Outcome.UPHELD, None, " "),
        (None, Outcome.UPHELD, None, "a" * 2001),
        (None, Outcome.UPHELD, None, "\0"),
        (None, Outcome.RESERVED, None, "a"),
        (None, Outcome.ANSWERED, ReservedTo.STREET, "a"),
    ):
        with pytest.raises(RefusedError):
            require_answer(objection("a", 9, before), outcome, to, text)
