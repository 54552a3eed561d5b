"""Spells numbers, areas, shares, days and moments as a certificate prints them.

* Shares are hundredths of a percent, rounded down: two thirds never shows before it is reached.
* Moments are China's (UTC+8, no summer time).
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from vote.certificate.parts import Article
from vote.clock import CHINA
from vote.law.measure import Share

BREAK = "\u200b"
"""Where a line may end inside a word; it is not printed."""
_LONG = re.compile(r"[!-~]{25,}")
_STEP = re.compile(r"(.{12})(?=.)")
_SHARES = {">1/2": "过半数", ">=2/3": "三分之二以上", ">=3/4": "四分之三以上"}


def heads(number: int) -> str:
    """Write a number of owners."""
    return f"{number:,}"


def square_metres(area_dm2: int) -> str:
    """Write an area of dm2 (0.01 m2) in m2."""
    return f"{area_dm2 // 100:,}.{area_dm2 % 100:02d}"


def percent(permyriad: int) -> str:
    """Write hundredths of a percent, as in `66.66%`."""
    return f"{permyriad // 100}.{permyriad % 100:02d}%"


def share_zh(share: Share) -> str:
    """Write a share that is needed."""
    other = (
        f"超过{share.numerator}/{share.denominator}" if share.strict else f"{share.numerator}/{share.denominator}以上"
    )
    return _SHARES.get(str(share), other)


def least(share: Share, whole: int) -> int:
    """Return the least part of a whole that is enough."""
    product = share.numerator * whole
    return max(product // share.denominator + 1 if share.strict else -(-product // share.denominator), 1)


def day_zh(day: date) -> str:
    """Write a day."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_zh(moment: datetime) -> str:
    """Write a moment to the minute."""
    local = moment.astimezone(CHINA)
    return f"{day_zh(local)} {local:%H:%M}"


def articles_zh(articles: Sequence[Article]) -> str:
    """Write where a rule stands."""
    return "、".join(each.title for each in articles)


def breakable(text: str) -> str:
    """Let long words without a blank, such as addresses, be broken at the end of a line."""
    return _LONG.sub(lambda word: _STEP.sub(rf"\1{BREAK}", word[0]), text)
