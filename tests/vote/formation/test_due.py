"""Every deadline at its edges; the days were counted on a paper calendar by Civil Code arts. 200 to 203.

After an event: its day is not counted; a last day that is a holiday gives way to the day after the holiday. Before an event:
full days, months or years lie between. Each line has the trigger's day and the last day to act on; the tests add that on this
day nothing is late and on the day after it is.
"""

from datetime import date, timedelta

import pytest

from tests.vote.formation.made import BEIJING, HANGZHOU, JIASHAN, VERSION
from vote.formation.due import Due, due_of
from vote.law.library import load_profile
from vote.law.procedure_reading import DEADLINES

NATION = "cn"
LINES = """
D01 cn-zj-jiaxing-jiashan 2026-06-01 2026-07-01
D01 cn-zj-jiaxing-jiashan 2026-09-01 2026-10-08
D01 cn-zj-jiaxing-jiashan 2028-01-30 2028-02-29
D01 cn-zj-jiaxing-jiashan 2025-12-02 2026-01-04
D01 cn-zj-hangzhou 2026-01-31 2026-02-28
D01 cn-zj-hangzhou 2026-08-31 2026-09-30
D01 cn-zj-hangzhou 2028-01-31 2028-02-29
D02 cn-zj-jiaxing-jiashan 2026-01-10 2026-03-11
D02 cn-zj-jiaxing-jiashan 2026-08-04 2026-10-08
D02 cn-zj-jiaxing-jiashan 2027-12-31 2028-02-29
D02 cn-bj 2026-01-10 2026-02-09
D03 cn-zj-jiaxing-jiashan 2026-03-02 2026-03-05
D03 cn-zj-jiaxing-jiashan 2025-12-29 2026-01-04
D03 cn-zj-jiaxing-jiashan 2026-09-28 2026-10-08
D03 cn-zj-jiaxing-jiashan 2028-02-26 2028-02-29
D03 cn-bj 2026-03-02 2026-03-09
D04 cn-zj-jiaxing-jiashan 2026-03-02 2026-03-09
D04 cn-zj-jiaxing-jiashan 2026-09-30 2026-10-08
D04 cn-zj-jiaxing-jiashan 2026-12-28 2027-01-04
D04 cn-zj-jiaxing-jiashan 2028-02-22 2028-02-29
D05 cn-zj-jiaxing-jiashan 2026-03-16 2026-03-23
D05 cn-zj-jiaxing-jiashan 2026-02-09 2026-02-24
D06 cn-zj-jiaxing-jiashan 2026-04-11 2026-03-26
D06 cn-zj-jiaxing-jiashan 2026-10-15 2026-09-29
D06 cn-zj-jiaxing-jiashan 2027-01-10 2026-12-25
D06 cn-zj-jiaxing-jiashan 2028-03-15 2028-02-28
D07 cn-zj-jiaxing-jiashan 2026-10-20 2026-10-04
D08 cn-zj-jiaxing-jiashan 2027-01-16 2026-12-31
D09 cn-zj-jiaxing-jiashan 2026-03-02 2026-05-31
D09 cn-zj-jiaxing-jiashan 2026-07-03 2026-10-08
D09 cn-zj-jiaxing-jiashan 2027-12-01 2028-02-29
D09 cn-bj 2026-03-02 2026-05-06
D10 cn-zj-jiaxing-jiashan 2026-05-31 2026-07-30
D10 cn-zj-jiaxing-jiashan 2026-08-03 2026-10-08
D11 cn-zj-jiaxing-jiashan 2026-06-05 2026-08-04
D11 cn-zj-jiaxing-jiashan 2026-11-02 2027-01-02
D12 cn-zj-hangzhou 2026-06-01 2026-07-31
D12 cn-zj-hangzhou 2026-08-03 2026-10-08
D13 cn-bj 2026-03-02 2026-03-05
D13 cn-bj 2026-02-13 2026-02-24
D14 cn-zj-jiaxing-jiashan 2026-05-07 2026-05-14
D14 cn-zj-jiaxing-jiashan 2026-04-25 2026-05-06
D15 cn-zj-jiaxing-jiashan 2026-05-07 2026-06-06
D15 cn-zj-jiaxing-jiashan 2026-12-02 2027-01-02
D15 cn-zj-jiaxing-jiashan 2028-01-30 2028-02-29
D16 cn-zj-jiaxing-jiashan 2026-05-20 2026-05-30
D16 cn-zj-jiaxing-jiashan 2026-09-25 2026-10-08
D17 cn 2026-05-07 2026-06-06
D17 cn 2026-09-05 2026-10-08
D18 cn-zj-jiaxing-jiashan 2026-03-10 2026-03-06
D18 cn-zj-jiaxing-jiashan 2026-10-06 2026-10-02
D18 cn-zj-jiaxing-jiashan 2028-03-02 2028-02-27
D18 cn 2026-03-10 2026-03-02
D19 cn-zj-jiaxing-jiashan 2026-03-10 2026-03-13
D19 cn-zj-jiaxing-jiashan 2026-12-30 2027-01-02
D20 cn-zj-jiaxing-jiashan 2026-03-10 2026-03-17
D20 cn-zj-jiaxing-jiashan 2026-09-28 2026-10-08
D21 cn-zj-jiaxing-jiashan 2027-01-01 2027-03-31
D22 cn-zj-jiaxing-jiashan 2026-09-30 2026-07-29
D22 cn-zj-jiaxing-jiashan 2027-04-30 2027-02-27
D22 cn-zj-jiaxing-jiashan 2028-04-30 2028-02-28
D22 cn-bj 2026-12-31 2026-06-29
D24 cn-zj-jiaxing-jiashan 2026-06-30 2026-07-10
D24 cn-zj-jiaxing-jiashan 2026-09-25 2026-10-08
D25 cn-zj-jiaxing-jiashan 2026-03-10 2026-03-13
D25 cn-zj-jiaxing-jiashan 2028-02-26 2028-02-29
D27 cn-zj-hangzhou 2026-03-02 2026-04-01
D28 cn-zj-jiaxing-jiashan 2026-06-30 2026-04-30
D28 cn-zj-jiaxing-jiashan 2028-04-30 2028-02-29
D29 cn-zj-jiaxing-jiashan 2026-12-31 2026-10-01
D29 cn-zj-jiaxing-jiashan 2028-05-30 2028-02-29
D30 cn-zj-jiaxing-jiashan 2026-12-31 2026-10-31
D31 cn-zj-jiaxing-jiashan 2026-04-29 2027-04-29
D31 cn-zj-jiaxing-jiashan 2028-02-29 2029-02-28
D31 cn-zj-jiaxing-jiashan 2025-10-01 2026-10-08
D32 cn-zj-jiaxing-jiashan 2026-03-02 2026-04-01
D32 cn-zj-jiaxing-jiashan 2026-09-01 2026-10-08
"""
CASES = [line.split() for line in LINES.split("\n") if line]
WITHOUT_NUMBER = [
    ("D09", HANGZHOU), ("D12", JIASHAN), ("D13", JIASHAN), ("D17", JIASHAN), ("D26", JIASHAN), ("D27", JIASHAN),
    ("D33", JIASHAN), ("D04", BEIJING), ("D10", BEIJING), ("D11", BEIJING), ("D16", BEIJING), ("D26", NATION),
]  # fmt: skip


def count(name: str, place: str, trigger: str) -> Due:
    profile = load_profile(place, VERSION)
    return due_of(profile, profile.deadline(name), date.fromisoformat(trigger))


@pytest.mark.parametrize(("name", "place", "trigger", "last"), CASES)
def test_a_deadline_ends_on_its_day_and_not_the_day_after(name: str, place: str, trigger: str, last: str) -> None:
    due, day = count(name, place, trigger), date.fromisoformat(last)
    assert due.day == day
    assert [due.is_past(day + timedelta(days=offset)) for offset in (-1, 0, 1)] == [False, False, True]


def test_every_deadline_is_tried() -> None:
    tried = {name for name, *_ in CASES} | {name for name, _ in WITHOUT_NUMBER} | {"D23"}
    assert tried == set(DEADLINES)


@pytest.mark.parametrize(("name", "place"), WITHOUT_NUMBER)
def test_where_a_text_has_no_number_nothing_is_ever_late(name: str, place: str) -> None:
    due = count(name, place, "2026-03-02")
    assert due.day is None
    assert not due.is_past(date(2046, 3, 2))


def test_a_renewal_is_recalled_six_five_and_three_months_ahead() -> None:
    due = count("D23", JIASHAN, "2026-08-31")
    assert due.alerts == (date(2026, 2, 28), date(2026, 3, 31), date(2026, 5, 31))
    assert due.day is None


def test_a_window_in_hangzhou_ends_after_five_days_at_the_earliest() -> None:
    due = count("D12", HANGZHOU, "2026-06-01")
    assert (due.least, due.day) == (date(2026, 6, 6), date(2026, 7, 31))
    assert count("D12", JIASHAN, "2026-06-01").least is None


def test_a_day_of_a_year_that_is_not_arranged_is_provisional() -> None:
    assert count("D15", JIASHAN, "2028-01-30").provisional
    assert not count("D15", JIASHAN, "2026-05-07").provisional
    # The nation's statutory days are what is known of 2028: 3 October is one of them.
    assert count("D03", JIASHAN, "2029-09-28").day == date(2029, 10, 4)


def test_a_deadline_cites_the_rule_that_has_its_number() -> None:
    assert count("D09", JIASHAN, "2026-03-02").value.citations[0].code == "JX 13"
    assert count("D09", BEIJING, "2026-03-02").value.citations[0].code == "BJ 32"
