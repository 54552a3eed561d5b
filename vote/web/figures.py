"""Writes numbers, areas, shares and moments as people read them.

* Shares are whole tenths of a percent, rounded down: two thirds never shows before it is reached.
* Moments are China's (UTC+8, no summer time), with the day of the week.
* A time that ends at midnight ends with the day before: nobody reads 00:00 as the end of yesterday.
"""

from datetime import date, datetime, time, timedelta

from vote.clock import CHINA
from vote.law.measure import Share
from vote.web.language import Language

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def percent(tenths: int) -> str:
    """Write tenths of a percent, as in `66.6%`."""
    return f"{tenths // 10}.{tenths % 10}%"


def hundredths(permyriad: int) -> str:
    """Write hundredths of a percent, as in `0.50%`."""
    return f"{permyriad // 100}.{permyriad % 100:02d}%"


def signed(number: int) -> str:
    """Write a difference of whole numbers, as in `+3` or `-1`."""
    return f"{number:+,}"


def signed_square_metres(area_dm2: int) -> str:
    """Write a difference of areas of dm2 (0.01 m2) in m2, as in `-42.52`."""
    return f"{'-' if area_dm2 < 0 else '+'}{square_metres(abs(area_dm2))}"


def grouped(number: int) -> str:
    """Write a whole number, as in `3,300`."""
    return f"{number:,}"


def square_metres(area_dm2: int) -> str:
    """Write an area of dm2 (0.01 m2) in m2, as in `56,432.10`."""
    return f"{area_dm2 // 100:,}.{area_dm2 % 100:02d}"


def reached(tenths: int, share: Share) -> str:
    """Return the key of what may be said of tenths of a percent that were rounded down: reached, not, or close."""
    if tenths * share.denominator >= 1000 * share.numerator + share.strict:
        return "bar.met"
    return "bar.not-met" if (tenths + 1) * share.denominator <= 1000 * share.numerator else "bar.close"


def offset(share: Share) -> str:
    """Return where a share lies on a bar from left to right, as in `66.667%`."""
    thousandths = (share.numerator * 200_000 + share.denominator) // (share.denominator * 2)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}%"


def moment(when: datetime, language: Language) -> str:
    """Write a moment to the minute, in China's time."""
    local = when.astimezone(CHINA)
    return f"{day(local, language)}{'' if language is Language.ZH else ', '}{local:%H:%M}"


def deadline(when: datetime, language: Language) -> str:
    """Write a moment before which something must happen; midnight as the end of the day that people have until then."""
    local = when.astimezone(CHINA)
    if local.time() != time.min:
        return moment(when, language)
    last = day(local.date() - timedelta(days=1), language)
    return f"{last}24:00" if language is Language.ZH else f"the end of {last}"


def day(when: date, language: Language) -> str:
    """Write a day; of a moment, the day where it was told."""
    if language is Language.ZH:
        return f"{when.year}年{when.month}月{when.day}日（星期{_WEEKDAYS_ZH[when.weekday()]}）"
    return f"{_WEEKDAYS_EN[when.weekday()]}, {when.day} {_MONTHS_EN[when.month - 1]} {when.year}"


def machine_moment(when: datetime) -> str:
    """Write a moment for programs, with China's offset."""
    return when.astimezone(CHINA).isoformat(timespec="seconds")
