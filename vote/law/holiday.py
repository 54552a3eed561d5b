"""Keeps which days are holidays: as the State Council arranged them for a year, before that as the statute names them.

 * `holiday`: the days that 《全国年节及纪念日放假办法》 itself names, as far as the table goes.
 * `rest_day`: the days on which a period does not end (Civil Code art. 203). Of an arranged year they are the festival with
   the days of rest moved to it; weekends are left out, so that a last day is rather too early than too late.
 * What is computed for a year that is not arranged yet is *provisional*, and is computed again once it is.

The arrangements are those of the package chinesecalendar.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from chinese_calendar import get_holiday_detail

_NAMES: Mapping[str, str] = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
_FIXED: Mapping[tuple[int, int], str] = {
    (1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节",
}  # fmt: skip


def holiday(day: date) -> str | None:
    """Return the name of the statutory holiday that a day is, as far as the table goes."""
    return _FIXED.get((day.month, day.day)) or _MOVING.get(day)


def rest_day(day: date) -> str | None:
    """Return the name of the holiday in whose days of rest a day lies; of a year not arranged yet, of its statutory ones."""
    try:
        rests, name = get_holiday_detail(day)
    except NotImplementedError:
        return holiday(day)
    return _NAMES.get(name, name) if rests and name else None


def is_rest_day(day: date) -> bool:
    """Whether a period that ends on a day ends later."""
    return rest_day(day) is not None


def is_provisional(day: date) -> bool:
    """Whether the holidays of a day's year are not arranged yet."""
    try:
        get_holiday_detail(day)
    except NotImplementedError:
        return True
    return False


def _moving() -> Mapping[date, str]:
    """Return the holidays that follow moon and sun; whatever year is not listed is not marked."""
    days: dict[date, str] = {}
    for new_year, tombs, dragon_boat, mid_autumn in (
        (date(2026, 2, 17), date(2026, 4, 5), date(2026, 6, 19), date(2026, 9, 25)),
        (date(2027, 2, 6), date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15)),
        (date(2028, 1, 26), date(2028, 4, 4), date(2028, 5, 28), date(2028, 10, 3)),
        (date(2029, 2, 13), date(2029, 4, 4), date(2029, 6, 16), date(2029, 9, 22)),
        (date(2030, 2, 3), date(2030, 4, 5), date(2030, 6, 5), date(2030, 9, 12)),
    ):
        days |= {new_year + timedelta(days=offset): "春节" for offset in range(-1, 3)}
        days |= {tombs: "清明节", dragon_boat: "端午节", mid_autumn: "中秋节"}
    return days


_MOVING = _moving()
