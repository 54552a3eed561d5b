"""Decides how long a public notice must be shown, and on which day it has been.

 * A notice is shown in full days: the day it is posted is not counted, and neither is the day of what it gives notice of.
   No holiday shortens them (Civil Code arts. 200–203, rulebook §7.2).
 * Owners may object as long as it is shown; a last day that is a holiday gives way to the day after the holiday.
 * A notice that is taken down before its days are over is *interrupted*: they are counted anew from a new posting.
 * It is closed only once its days are over or broken off, and every objection has an answer.

Not here: who was reached in person (`reaching.py`), objections (`objection.py`), storing them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import rfc8785

from vote.errors import Reason, RefusedError
from vote.law.calendar import IsHoliday, day_after
from vote.law.measure import Period
from vote.law.profile import Profile

MAX_TITLE, MAX_TEXT, MAX_WHERE = 80, 4000, 60
MAX_DAYS = 180


class Kind(StrEnum):
    """What a notice is about."""

    GROUP = "group"
    """Who is in the preparatory group."""
    ROLL = "roll"
    MEETING = "meeting"
    """When, where and about what owners decide."""
    CANDIDATES = "candidates"
    DRAFTS = "drafts"
    """Rules and covenant to be voted on."""
    RESULT = "result"
    OTHER = "other"


class State(StrEnum):
    """How far a notice is."""

    RUNNING = "running"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Notice:
    """When a notice was posted, how long it is shown, and whether it was taken down."""

    posted_on: date
    days: int
    """Full days."""
    down_on: date | None = None
    """The first day on which it no longer hung."""
    closed_on: date | None = None

    @property
    def complete_on(self) -> date:
        """The last of its full days, if nothing interrupts it; what it gives notice of may be the day after."""
        return day_after(self.posted_on, Period(self.days, "D"), _never)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a notice stands on a day."""

    state: State
    full_days: int
    """Full days that are over, no more than it needs."""
    complete_on: date | None
    """The last of its days; none where it was interrupted."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a case needs to know of a notice."""

    first_day: date
    """The day it was posted."""
    owners_reached: int
    owners_total: int
    complete_on: date | None
    """The last of its full days; none where it was interrupted."""


def standing(notice: Notice, day: date) -> Standing:
    """Return where a notice stands at the beginning of a day."""
    shown_until = min(day, notice.down_on or day)
    down = notice.down_on is not None and notice.down_on <= day
    full = min(max((shown_until - notice.posted_on).days - 1, 0), notice.days)
    if full == notice.days:
        return Standing(State.COMPLETE, full, notice.complete_on)
    return Standing(State.INTERRUPTED, full, None) if down else Standing(State.RUNNING, full, notice.complete_on)


def objections_until(notice: Notice, is_holiday: IsHoliday) -> date:
    """Return the last day on which owners may object to what a notice says."""
    return day_after(notice.posted_on, Period(notice.days, "D"), is_holiday)


def demanded_days(profile: Profile, kind: Kind, *, on: date) -> int:
    """Return for how many full days at least the rules of a place have a notice shown; 1 where they give no number."""
    found: object = None
    if kind is Kind.MEETING:
        found = profile.read(Period, "meeting_notice.before", on=on)
    elif kind is Kind.ROLL:
        found = profile.value("roll_objection_period", on=on).content
    elif kind is Kind.CANDIDATES:
        content = profile.value("candidate_display", on=on).content
        found = content["shown"] if isinstance(content, Mapping) else None
    return found.number if isinstance(found, Period) and found.unit == "D" else 1


def digest_of(kind: Kind, title: str, text: str) -> str:
    """Return what the public log holds of a notice's words: their SHA-256 in canonical JSON, as hexadecimal."""
    return hashlib.sha256(rfc8785.dumps({"kind": kind, "text": text, "title": title})).hexdigest()


def require_notice(title: str, text: str, days: int, *, at_least: int) -> None:
    """Raise unless a notice can be posted.

    Args:
        title: one line.
        text: several lines.
        days: full days.
        at_least: how many the rules of the place ask for.

    Raises:
        RefusedError: words are missing or too long, or it would be shown for too few days.
    """
    if not _is_line(title, MAX_TITLE):
        raise _malformed(f"Give the notice a title of 1 to {MAX_TITLE} characters.", f"请写题目，1到{MAX_TITLE}个字。")
    if not text.strip() or len(text) > MAX_TEXT or "\x00" in text:
        raise _malformed(
            f"Write what is announced, in 1 to {MAX_TEXT} characters.", f"请写公示内容，1到{MAX_TEXT}个字。"
        )
    if not at_least <= days <= MAX_DAYS:
        raise _malformed(
            f"This notice is shown for {at_least} to {MAX_DAYS} full days: choose that many.",
            f"这份公示要满{at_least}天，最多{MAX_DAYS}天，请改天数。",
        )


def require_where(where: str) -> None:
    """Raise unless it is said where in the estate a notice hangs.

    Raises:
        RefusedError: it is empty or too long.
    """
    if not _is_line(where, MAX_WHERE):
        raise _malformed(
            f"Say where in the estate it hangs, in 1 to {MAX_WHERE} characters.",
            f"请写贴在小区哪里，1到{MAX_WHERE}个字。",
        )


def require_hanging(notice: Notice) -> None:
    """Raise unless a notice still hangs.

    Raises:
        RefusedError: it was taken down or closed.
    """
    if notice.closed_on is not None or notice.down_on is not None:
        raise RefusedError(
            Reason.WRONG_STATE, "This notice hangs no longer: post a new one.", zh="这份公示已经撤下，请重新公示。"
        )


def require_down(notice: Notice, on: date, today: date) -> None:
    """Raise unless a notice can be noted as taken down on a day.

    Raises:
        RefusedError: it hangs no longer, or the day is to come or lies before it was posted.
    """
    require_hanging(notice)
    if not notice.posted_on <= on <= today:
        raise _malformed(
            "The day lies before the posting or is to come: give the day on which it was found taken down.",
            "日期早于公示那天，或者还没有到，请填发现撤下的那一天。",
        )


def require_closable(notice: Notice, today: date, *, until: date, unanswered: int) -> None:
    """Raise unless a notice can be closed.

    Args:
        notice: it.
        today: the day in China.
        until: the last day on which owners may object.
        unanswered: how many objections have no answer.

    Raises:
        RefusedError: it is closed, its days run, or an objection waits for an answer.
    """
    if notice.closed_on is not None:
        raise RefusedError(Reason.WRONG_STATE, "This notice is closed already.", zh="这份公示已经结束了。")
    found = standing(notice, today)
    last = max(until, notice.complete_on)
    if found.state is not State.INTERRUPTED and today <= last:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"This notice is shown, and objections are taken, until {last.isoformat()}: close it the day after.",
            zh=f"公示和异议期到{last.isoformat()}为止，请第二天再结束。",
        )
    if unanswered:
        raise RefusedError(
            Reason.CONFLICT,
            f"{unanswered} objections have no answer yet: answer them, then close the notice.",
            zh=f"还有{unanswered}件异议没有答复，请先答复再结束公示。",
        )


def _is_line(text: str, longest: int) -> bool:
    return bool(text.strip()) and len(text) <= longest and text.isprintable()


def _malformed(english: str, chinese: str) -> RefusedError:
    return RefusedError(Reason.MALFORMED, english, zh=chinese)


def _never(_: date) -> bool:
    return False
