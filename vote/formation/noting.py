"""Decides whether a case may begin and whether something may be noted in it; a refusal says what is missing.

 * Of forming and renewal an estate has one at a time. A renewal knows the last day of the term.
 * What is noted has happened: no day to come, none before the case began, and it finds its place.

Follows docs/decisions/0024-formation.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vote.errors import Reason, RefusedError
from vote.formation.rules import Happened, Standing
from vote.law.majority import EARLIEST
from vote.law.procedure import Happening, Procedure

ONE_AT_A_TIME = frozenset({Procedure.FORMING, Procedure.RENEWAL})


@dataclass(frozen=True, slots=True)
class Beginning:
    """What begins."""

    procedure: Procedure
    begun_on: date | None = None
    """The day from which what happened counts; None for today."""
    term_ends: date | None = None
    """The last day of the present term; of a renewal only."""


def require_begun(beginning: Beginning, running: Iterable[Procedure], today: date) -> date:
    """Return the first day of a case that may begin beside those that run.

    Raises:
        RefusedError: a forming or renewal runs already, the day is to come or lies before the Civil Code, or the last day of
            the term is missing or out of place.
    """
    procedure, begun_on = beginning.procedure, beginning.begun_on or today
    if not EARLIEST <= begun_on <= today:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            f"A case begins today or on a day since {EARLIEST} that has been: give such a day.",
            zh=f"开始的日子不能晚于今天，也不能早于{EARLIEST.year}年{EARLIEST.month}月{EARLIEST.day}日。",
        )
    if procedure in ONE_AT_A_TIME and ONE_AT_A_TIME & set(running):
        raise RefusedError(
            Reason.CONFLICT,
            "A committee is being formed or renewed here already: go on with that case.",
            zh="这个小区已经有一次组建或换届在进行，请接着那一次办。",
        )
    if (procedure is Procedure.RENEWAL) != (beginning.term_ends is not None):
        raise RefusedError(
            Reason.MALFORMED,
            "A renewal, and nothing else, needs the last day of the present term: give it.",
            zh="换届要填本届任期的最后一天，别的事项不用填。",
        )
    return begun_on


def require_noted(standing: Standing, new: Happened, today: date, *, begun_on: date, fits: bool) -> None:
    """Raise unless something may be noted.

    Args:
        standing: where the case stands today.
        new: what happened.
        today: the day in China.
        begun_on: the case's first day.
        fits: whether it finds its place among what happened.

    Raises:
        RefusedError: it has not happened yet, lies too far back, or something must come first.
    """
    if new.on > today:
        raise RefusedError(
            Reason.NOT_ALLOWED, "This day is to come: note it once it has happened.", zh="这一天还没到，发生了再登记。"
        )
    if new.on < begun_on:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            f"This day lies before the case began on {begun_on}: give the day on which it counts here.",
            zh=f"这一天早于本事项开始的日子（{begun_on.year}年{begun_on.month}月{begun_on.day}日），请核对日期。",
        )
    if fits:
        return
    if new.word is Happening.VOTING_OPENED and standing.needs:
        raise RefusedError(
            Reason.WRONG_STATE,
            "Voting does not open before every demanded notice is given: see what is missing on this page.",
            zh="该发的通知还没有发齐，不能开始投票，缺什么见本页。",
        )
    if new.word is Happening.VOTING_OPENED and standing.opens_from is not None and new.on < standing.opens_from:
        day = standing.opens_from
        raise RefusedError(
            Reason.WRONG_STATE,
            f"The full days of notice are not over: voting opens on {day} at the earliest.",
            zh=f"通知的期限还没满，最早{day.year}年{day.month}月{day.day}日开始投票。",
        )
    raise RefusedError(
        Reason.WRONG_STATE,
        f"This does not come next. Now: {standing.state.step.en}.",
        zh=f"还没到这一步。现在要做的是：{standing.state.step.zh}。",
    )
