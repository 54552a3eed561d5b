"""Decides what may be held against a preliminary result, and when a certificate may answer for it.

 * Only owners on this election's roll object, and only while the time for it runs.
 * What several say about one thing is merged into one objection, which is answered once and in public.
 * Every objection ends *upheld* (it is right), *answered* (it is not), or *reserved* (it cannot be settled here).
 * After counting nothing can be taken out: an owner whose ballot is in doubt makes it *contested*, and the margin test
   says whether it could have mattered.

Follows product.md §4 and rulebook §9a.2.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from vote.clock import say_moment
from vote.errors import Reason, RefusedError

MAX_TEXT = 2000
MAX_TOPIC = 24


class Outcome(StrEnum):
    """How an objection ends."""

    UPHELD = "upheld"
    ANSWERED = "answered"
    RESERVED = "reserved"


MERGED = "merged"
"""What stands in the place of an outcome once an objection is part of another one."""


class StoredObjection(NamedTuple):
    """An objection as it stands."""

    number: int
    id: int
    raised_by: int
    """The owner's entitlement, as a row."""
    topic: str
    question: int | None
    """From 1."""
    merged_into: int | None
    """Another one's number."""
    outcome: str | None
    answer: str | None
    contested: bool
    answered_at: datetime | None


class Topic(NamedTuple):
    """An objection with everything that was merged into it."""

    main: StoredObjection
    raised: int
    """How many owners said so."""


def require_objection(topic: str, question: int | None, questions: int, text: str) -> None:
    """Raise unless an objection says what it is about.

    Raises:
        RefusedError: topic or text is empty or too long, or there is no such question.
    """
    if not topic.strip() or len(topic) > MAX_TOPIC or not topic.isprintable():
        raise RefusedError(
            Reason.MALFORMED,
            f"Give the topic of the objection in 1 to {MAX_TOPIC} characters.",
            zh=f"请写异议的题目，1到{MAX_TOPIC}个字。",
        )
    if question is not None and not 1 <= question <= questions:
        raise RefusedError(
            Reason.MALFORMED,
            f"This election has {questions} questions, numbered from 1.",
            zh=f"这次投票有{questions}题，题号从1开始。请填对题号。",
        )
    if not text.strip() or len(text) > MAX_TEXT or "\x00" in text:
        raise RefusedError(
            Reason.MALFORMED, f"Say it in 1 to {MAX_TEXT} characters.", zh=f"请写清楚，1到{MAX_TEXT}个字。"
        )


def require_in_time(now: datetime, until: datetime, *, days: int) -> None:
    """Raise unless objections are taken now.

    Args:
        now: the moment.
        until: when the time for objections ends.
        days: how long it runs; a demonstration has no days, and takes them until its certificate is composed.

    Raises:
        RefusedError: it is over.
    """
    if days and now >= until:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"Objections were taken until {until:%Y-%m-%d %H:%M} UTC; the certificate says how to complain or sue.",
            zh=f"异议收到{say_moment(until)}为止，现在不再收了。投诉或起诉的办法写在结果里。",
        )


def require_mergeable(one: StoredObjection, other: StoredObjection) -> None:
    """Raise unless `one` may become part of `other`.

    Raises:
        RefusedError: they are one and the same, not about one thing, or one has ended already.
    """
    if one.number == other.number or (one.topic, one.question) != (other.topic, other.question):
        raise RefusedError(
            Reason.MALFORMED,
            "Only two objections about the same topic and question are merged.",
            zh="只有同一题、同一件事的两条异议才能合并。",
        )
    if one.outcome is not None or other.outcome is not None:
        raise RefusedError(
            Reason.CONFLICT,
            "One of these objections has ended already; nothing is changed.",
            zh="其中一条异议已经答复过了，什么都没有改。",
        )


def require_answer(objection: StoredObjection, outcome: str, answer: str, *, contested: bool) -> Outcome:
    """Return the outcome by which an objection may end.

    Raises:
        RefusedError: it has ended, there is no such outcome, no answer is given, or an unfounded one would contest.
    """
    if objection.outcome is not None:
        raise RefusedError(
            Reason.CONFLICT,
            "This objection has ended already; nothing is changed.",
            zh="这条异议已经答复过了，什么都没有改。",
        )
    if outcome not in set(Outcome):
        raise RefusedError(
            Reason.MALFORMED,
            f"An objection ends in one of {', '.join(Outcome)}: give one of them.",
            zh="请选这条异议怎么答复。",
        )
    if not answer.strip() or len(answer) > MAX_TEXT or "\x00" in answer:
        raise RefusedError(
            Reason.MALFORMED,
            f"Give the answer in 1 to {MAX_TEXT} characters; it is public.",
            zh=f"请写答复，1到{MAX_TEXT}个字。答复会公布。",
        )
    if contested and outcome == Outcome.ANSWERED:
        raise RefusedError(
            Reason.MALFORMED,
            "An objection that is not right contests no ballot: uphold or reserve it, or leave it out.",
            zh="异议不成立，就没有要重新看的票。请改选成立或保留，或者不填票数。",
        )
    return Outcome(outcome)


def topics_of(objections: Sequence[StoredObjection]) -> tuple[Topic, ...]:
    """Return each objection that stands for itself, with how many owners raised it."""
    return tuple(
        Topic(
            main,
            len({each.raised_by for each in objections if main.number in {each.number, each.merged_into}}),
        )
        for main in objections
        if main.merged_into is None
    )


def contested_by(objections: Sequence[StoredObjection]) -> frozenset[int]:
    """Return the entitlements (rows) whose ballots stay in doubt, those of merged objections included."""
    contested = {each.number for each in objections if each.contested}
    return frozenset(each.raised_by for each in objections if {each.number, each.merged_into} & contested)


def require_all_answered(objections: Sequence[StoredObjection]) -> None:
    """Raise unless every objection has ended.

    Raises:
        RefusedError: one waits for its answer.
    """
    if waiting := [each.number for each in objections if each.outcome is None]:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"{len(waiting)} objections wait for an answer, the first is number {waiting[0]}: answer them first.",
            zh=f"还有{len(waiting)}条异议没有答复，先答复第{waiting[0]}号，都答复完才能继续。",
        )
