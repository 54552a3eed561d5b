"""Decides who may object to a notice, until when, and how every objection ends.

* Owners on the frozen roll object, about the notice, the roll, a candidate, a draft or a member of the group.
* Each ends *upheld*, *answered*, or *reserved* to the sub-district or a court; the answer is public and once.
* It has a last day to be answered on, and no notice is closed over one without an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vote.errors import Reason, RefusedError

MAX_TEXT = 2000


class About(StrEnum):
    """What is objected to."""

    NOTICE = "notice"
    ROLL = "roll"
    CANDIDATE = "candidate"
    DRAFT = "draft"
    MEMBERS = "members"


class Outcome(StrEnum):
    """How an objection ends."""

    UPHELD = "upheld"
    ANSWERED = "answered"
    RESERVED = "reserved"


class ReservedTo(StrEnum):
    """Who decides what cannot be settled here."""

    STREET = "street"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Answer:
    """How an objection ended."""

    outcome: Outcome
    reserved_to: ReservedTo | None
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection as everybody may know it."""

    number: str
    about: About
    raised_on: date
    due: date
    """The last day for an answer."""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Objections to a notice, in numbers."""

    raised: int
    upheld: int
    answered: int
    reserved: int

    @property
    def open(self) -> int:
        """How many have no answer."""
        return self.raised - self.upheld - self.answered - self.reserved


def unanswered(objections: Iterable[Objection]) -> tuple[Objection, ...]:
    """Return those without an answer, the one due first before the others."""
    return tuple(sorted((each for each in objections if each.answer is None), key=lambda each: each.due))


def count(objections: Iterable[Objection]) -> Counts:
    """Return how many there are and how they ended."""
    found = list(objections)
    ended = [each.answer.outcome for each in found if each.answer is not None]
    return Counts(len(found), *(ended.count(outcome) for outcome in Outcome))


def require_objection(text: str, today: date, *, until: date, closed: bool) -> None:
    """Raise unless an objection can be made.

    Raises:
        RefusedError: it says nothing or too much, or the time for it is over.
    """
    if not text.strip() or len(text) > MAX_TEXT or "\x00" in text:
        raise RefusedError(
            Reason.MALFORMED, f"Say it in 1 to {MAX_TEXT} characters.", zh=f"请写清楚，1到{MAX_TEXT}个字。"
        )
    if closed or today > until:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"Objections to this notice were taken until {until.isoformat()}: turn to the sub-district's office.",
            zh=f"这份公示的异议收到{until.isoformat()}为止，请向街道（镇）反映。",
        )


def require_answer(objection: Objection, outcome: Outcome, reserved_to: ReservedTo | None, text: str) -> None:
    """Raise unless an objection can end so.

    Raises:
        RefusedError: it ended already, the answer says nothing, or it is not said to whom it is reserved.
    """
    if objection.answer is not None:
        raise RefusedError(Reason.CONFLICT, "This objection has its answer already.", zh="这件异议已经答复过了。")
    if not text.strip() or len(text) > MAX_TEXT or "\x00" in text:
        raise RefusedError(
            Reason.MALFORMED,
            f"Write an answer of 1 to {MAX_TEXT} characters, which everybody reads.",
            zh=f"请写答复，1到{MAX_TEXT}个字，所有人都看得到。",
        )
    if (outcome is Outcome.RESERVED) != (reserved_to is not None):
        raise RefusedError(
            Reason.MALFORMED,
            "Say to whom it is reserved, the sub-district or a court, and only if it is.",
            zh="选“留待处理”时，请选街道（镇）还是法院；其他情况不用选。",
        )
