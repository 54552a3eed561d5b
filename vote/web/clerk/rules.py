"""Decides the one thing that is next in an estate, and what is due when.

 * An election that is under way goes before a roll; of several, the one that began last.
 * An objection to a roll is to be answered by the end of its time up, and at least three days after it was raised.
 * What is overdue stands first, then what is due soonest, then what has no date.

Not here: finding the facts (`today`), the words (`words`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vote.election.rules import BEFORE_CLOSING, State
from vote.role import Role

ANSWER_WITHIN = timedelta(days=3)


class Next(StrEnum):
    """What to do."""

    UPLOAD = "upload"
    COLUMNS = "columns"
    POST = "post"
    ANSWER = "answer"
    WAIT = "wait"
    FREEZE = "freeze"
    SET_UP = "set-up"
    PREPARE = "prepare"
    NOTICE = "notice"
    DELIVER = "deliver"
    WATCH = "watch"
    FINISH = "finish"
    DONE = "done"


class Act(StrEnum):
    """What is due of somebody who holds a duty."""

    KEY = "key"
    LETTERS = "letters"
    SIGN_KEYS = "sign-keys"
    PHONES = "phones"
    DESK = "desk"
    WATCH = "watch"
    SETTLE = "settle"
    OPEN_BOX = "open-box"
    CERTIFY = "certify"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A draft of a roll."""

    roll: int
    heads: int
    until: datetime | None
    """Until when owners may object; None while it is not put up."""
    raised: Sequence[datetime] = ()
    """When the objections were raised that wait for an answer."""


@dataclass(frozen=True, slots=True)
class ElectionFacts:
    """An election."""

    uuid: str
    state: State
    opens_at: datetime
    closes_at: datetime
    waiting: int = 0
    """Disputes and objections without an end."""
    undelivered: int = 0
    """Letters that came back or did not reach anybody."""


@dataclass(frozen=True, slots=True)
class EstateFacts:
    """What is there in an estate, the latest of each first."""

    estate: str
    draft: DraftFacts | None = None
    frozen: int | None = None
    elections: Sequence[ElectionFacts] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing, where it is done, and by when."""

    next: Next
    path: str
    due: datetime | None = None
    count: int = 0

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been done."""
        return self.due is not None and self.due < now and self.next not in {Next.WATCH, Next.WAIT}


_ENDED = frozenset({State.CERTIFIED, State.ANNULLED})


def next_step(facts: EstateFacts, now: datetime) -> Step:
    """Return what is next in an estate at `now`."""
    running = [each for each in facts.elections if each.state not in _ENDED]
    if running:
        return _in_election(running[0], now)
    if facts.draft is not None:
        return _in_draft(facts.draft, now)
    if facts.elections and facts.elections[0].state is State.CERTIFIED:
        return Step(Next.DONE, f"/work/elections/{facts.elections[0].uuid}/finish")
    if facts.frozen is not None:
        return Step(Next.SET_UP, f"/work/estates/{facts.estate}/elections/new")
    return Step(Next.UPLOAD, f"/work/estates/{facts.estate}/rolls/new")


def due_act(role: Role, state: State) -> Act:
    """Return what somebody with a duty does while an election is in a state."""
    offices = {Role.ORGANISER, Role.COMMUNITY, Role.SUB_DISTRICT}
    if state is State.DRAFT:
        keys = {Role.TRUSTEE: Act.KEY, Role.REGISTRAR: Act.LETTERS, Role.PHONES: Act.PHONES}
        return Act.SIGN_KEYS if role in offices else keys.get(role, Act.NONE)
    if state in BEFORE_CLOSING:
        watching = Act.WATCH if state is State.OPEN else Act.NONE
        before = {Role.PHONES: Act.PHONES, Role.DESK: Act.DESK, Role.ORGANISER: watching, Role.COMMUNITY: watching}
        return before.get(role, Act.NONE)
    if state is State.CLOSED:
        return {Role.ORGANISER: Act.SETTLE, Role.DESK: Act.DESK}.get(role, Act.NONE)
    if state in {State.CHECKED, State.TALLIED}:
        return Act.OPEN_BOX if role is Role.TRUSTEE else Act.NONE
    return Act.CERTIFY if state is State.PRELIMINARY and role in offices else Act.NONE


def answer_by(raised_at: datetime, until: datetime | None) -> datetime:
    """Return when an objection to a roll that was put up until then has to be answered."""
    least = raised_at + ANSWER_WITHIN
    return least if until is None else max(least, until)


def in_order(steps: Iterable[tuple[str, Step]], now: datetime) -> list[tuple[str, Step]]:
    """Return steps with their estates: overdue, then by date, then without one; by estate where they are alike."""

    def rank(each: tuple[str, Step]) -> tuple[bool, bool, float, str]:
        estate, step = each
        return not step.is_overdue(now), step.due is None, step.due.timestamp() if step.due else 0.0, estate

    return sorted(steps, key=rank)


def _in_draft(draft: DraftFacts, now: datetime) -> Step:
    place = f"/work/rolls/{draft.roll}"
    if not draft.heads:
        return Step(Next.COLUMNS, f"{place}/columns")
    if draft.raised:
        due = min(answer_by(each, draft.until) for each in draft.raised)
        return Step(Next.ANSWER, f"{place}/objections", due, len(draft.raised))
    if draft.until is None:
        return Step(Next.POST, f"{place}/notice")
    if now < draft.until:
        return Step(Next.WAIT, place, draft.until)
    return Step(Next.FREEZE, f"{place}/freeze", draft.until)


def _in_election(election: ElectionFacts, now: datetime) -> Step:
    place = f"/work/elections/{election.uuid}"
    if election.state is State.DRAFT:
        return Step(Next.PREPARE, f"{place}/set-up", election.opens_at)
    if election.state is State.SEALED:
        return Step(Next.NOTICE, f"{place}/notice", election.opens_at)
    if election.state is State.NOTICED:
        return Step(Next.DELIVER, f"{place}/deliveries", election.opens_at, election.undelivered)
    if election.state is State.OPEN and now < election.closes_at:
        return Step(Next.WATCH, place, election.closes_at)
    return Step(Next.FINISH, f"{place}/finish", count=election.waiting)
