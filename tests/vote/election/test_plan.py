"""On which days an election may open and close; every date was counted on a paper calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vote.election.plan import Calendar, Days, Trouble, closing, find_troubles, forbids, opening, weeks
from vote.law.holiday import holiday

TODAY = date(2026, 12, 1)
LAW = Calendar(TODAY, notice_days=15)
FIRST = Calendar(TODAY, notice_days=15, deadline=date(2027, 2, 1))


def test_fifteen_full_days_lie_between_the_notice_and_the_opening_day():
    """Notice on the 1st: the 2nd to the 16th are full days, so the 17th."""
    assert LAW.earliest == date(2026, 12, 17)
    assert LAW.advised == date(2026, 12, 24)
    assert Calendar(TODAY, notice_days=0).earliest == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("voting_days", "latest"), [(0, date(2027, 1, 9)), (5, date(2026, 12, 30)), (10, date(2026, 12, 20))]
)
def test_the_latest_opening_day_leaves_a_retry(voting_days, latest):
    """For 5 days: opens 30 December, closes 4 January, 7 days of preparing, notice on the 11th, 15 full days, opens on
    the 27th, closes on 1 February."""
    assert FIRST.latest(voting_days) == latest
    assert LAW.latest(voting_days) is None


@pytest.mark.parametrize(
    ("calendar", "days", "found"),
    [
        (LAW, Days(date(2026, 12, 24), date(2026, 12, 30)), ()),
        (LAW, Days(date(2026, 12, 17), date(2026, 12, 30)), (Trouble.HURRIED,)),
        (LAW, Days(date(2026, 12, 16), date(2026, 12, 30)), (Trouble.TOO_EARLY,)),
        (LAW, Days(date(2026, 12, 24), date(2026, 12, 23)), (Trouble.CLOSES_FIRST,)),
        (LAW, Days(date(2026, 12, 24), date(2026, 12, 24)), ()),
        (LAW, Days(date(2026, 12, 24), date(2026, 12, 30), date(2026, 12, 30)), (Trouble.EXTENSION_FIRST,)),
        (LAW, Days(date(2026, 12, 24), date(2026, 12, 30), date(2026, 12, 31)), ()),
        (LAW, Days(date(2027, 1, 1), date(2027, 2, 6)), (Trouble.OPENS_ON_HOLIDAY, Trouble.CLOSES_ON_HOLIDAY)),
        (FIRST, Days(date(2026, 12, 30), date(2027, 1, 4)), ()),
        (FIRST, Days(date(2026, 12, 31), date(2027, 1, 5)), (Trouble.NO_RETRY,)),
        (FIRST, Days(date(2027, 1, 25), date(2027, 2, 2)), (Trouble.PAST_DEADLINE,)),
        (Calendar(TODAY, 15, shortest_days=5), Days(date(2026, 12, 24), date(2026, 12, 28)), (Trouble.TOO_SHORT,)),
        (Calendar(TODAY, 15, shortest_days=5), Days(date(2026, 12, 24), date(2026, 12, 29)), ()),
        (Calendar(TODAY, 15, longest_days=60), Days(date(2026, 12, 24), date(2027, 2, 23)), (Trouble.TOO_LONG,)),
        (Calendar(TODAY, 15, longest_days=60), Days(date(2026, 12, 24), date(2027, 2, 22)), ()),
    ],
)
def test_what_stands_against_chosen_days_is_told(calendar, days, found):
    assert find_troubles(calendar, days) == found


def test_only_some_troubles_forbid_to_go_on():
    assert forbids([Trouble.HURRIED, Trouble.TOO_EARLY])
    assert not forbids([Trouble.NO_RETRY, Trouble.PAST_DEADLINE, Trouble.OPENS_ON_HOLIDAY])


def test_voting_opens_at_eight_and_closes_at_eighteen_in_china():
    assert opening(TODAY) == datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
    assert closing(TODAY) == datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2031, 10, 3), "国庆节"),
        (date(2027, 2, 5), "春节"),
        (date(2027, 2, 8), "春节"),
        (date(2027, 2, 9), None),
        (date(2026, 6, 19), "端午节"),
        (date(2028, 10, 3), "国庆节"),
        (date(2027, 9, 15), "中秋节"),
        (date(2026, 12, 2), None),
    ],
)
def test_holidays_are_those_of_the_law(day, name):
    assert holiday(day) == name


def test_weeks_run_from_monday_to_sunday():
    found = weeks(TODAY, date(2026, 12, 14))
    assert [week[0] for week in found] == [date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)]
    assert all(len(week) == 7 for week in found)
    assert weeks(date(2026, 11, 30), date(2026, 12, 6)) == (found[0],)


OUTSIDE = """
2026 0216 0217 0218 0219 0405 0619 0925
2027 0205 0206 0207 0208 0405 0609 0915
2028 0125 0126 0127 0128 0404 0528
2029 0212 0213 0214 0215 0404 0616 0922
2030 0202 0203 0204 0205 0405 0605 0912
"""
"""What python-holidays (China, public holidays without days moved to them) says beside the fixed days; lunarcalendar
has the same new year, dragon boat and mid-autumn. In 2028 mid-autumn is 3 October, a fixed day."""
FIXED = {"0101", "0501", "0502", "1001", "1002", "1003"}


def test_every_holiday_of_the_table_is_one_of_an_outside_calendar_and_none_is_missing():
    for line in OUTSIDE.split("\n")[1:-1]:
        year, *moving = line.split()
        days = [date(int(year), 1, 1) + timedelta(days=each) for each in range(366)]
        found = {f"{day:%m%d}" for day in days if day.year == int(year) and holiday(day)}
        assert found == FIXED | set(moving), year
