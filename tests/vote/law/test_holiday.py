"""Which days end no period; the days of 2026 are those of the State Council's notice of November 2025, typed in by hand."""

from datetime import date, timedelta

import pytest

from vote.law.holiday import is_provisional, is_rest_day, rest_day

ARRANGED_2026 = {
    "元旦": (date(2026, 1, 1), date(2026, 1, 3)),
    "春节": (date(2026, 2, 15), date(2026, 2, 23)),
    "清明节": (date(2026, 4, 4), date(2026, 4, 6)),
    "劳动节": (date(2026, 5, 1), date(2026, 5, 5)),
    "端午节": (date(2026, 6, 19), date(2026, 6, 21)),
    "中秋节": (date(2026, 9, 25), date(2026, 9, 27)),
    "国庆节": (date(2026, 10, 1), date(2026, 10, 7)),
}


def test_an_arranged_year_has_the_days_of_its_notice_and_no_other() -> None:
    found: dict[str, list[date]] = {}
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        if name := rest_day(day):
            found.setdefault(name, []).append(day)
    assert {name: (days[0], days[-1]) for name, days in found.items()} == ARRANGED_2026
    assert sum(map(len, found.values())) == 33


@pytest.mark.parametrize("day", [date(2026, 10, 10), date(2026, 10, 11), date(2026, 11, 29)])
def test_neither_a_day_of_work_moved_to_a_weekend_nor_a_weekend_ends_later(day: date) -> None:
    """The tenth of October is worked for the holiday; the others are a Sunday each."""
    assert not is_rest_day(day)


def test_a_year_that_is_not_arranged_has_its_statutory_days_and_is_provisional() -> None:
    assert [is_rest_day(date(2029, 10, day)) for day in (1, 2, 3, 4)] == [True, True, True, False]
    assert is_provisional(date(2029, 10, 4))
    assert not is_provisional(date(2026, 10, 4))
    assert rest_day(date(2040, 5, 1)) == "劳动节"
