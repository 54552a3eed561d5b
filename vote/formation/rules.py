"""Decides where a case stands on a day: folded from what happened, by the states of its profile.

 * What happened is placed by day; on one day in the order of the procedure. What does not fit yet waits and is placed once
   its state is reached, so nothing has to be noted in order. Each happening is used once.
 * Voting opens only after the full days of notice that the profile asks for, with the bodies told that it names, and, for a
   recall, after the member was asked (rulebook D06, ZJ arts. 8–9). Nothing else bars the way: neither a missed deadline nor
   a task that is not done.
 * A state lies over others while a suit, an order, or a time that has passed says so; what goes on below goes on.
 * Every state names whose turn it is.

Follows docs/decisions/0024-formation.md and Civil Code arts. 200–203.

Not here: counting days (`due.py`), which notice a meeting needs (`meeting.py`), figures before a vote (`readiness.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vote.formation.due import Due, due_of
from vote.formation.meeting import bodies_to_inform, notice_period
from vote.law.calendar import day_before
from vote.law.procedure import BACK, Happening, Party, Procedure, State, Trigger
from vote.law.profile import Profile

FIRST_STATES: Mapping[Procedure, str] = {
    Procedure.FORMING: "S00",
    Procedure.RENEWAL: "S30",
    Procedure.BY_ELECTION: "S24",
    Procedure.RECALL: "S23",
    Procedure.MEETING: "S22",
}
_ELECTED = frozenset({Happening.ALL_ADOPTED, Happening.PARTLY_ADOPTED})
_ORDER: Mapping[Happening, int] = {word: number for number, word in enumerate(Happening)}


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened."""

    word: Happening
    on: date
    name: str = ""
    """What it is noted under; empty for what another area knows."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a case is, whatever happens in it."""

    procedure: Procedure
    profile: Profile
    begun_on: date
    term_ends: date | None = None
    """The last day of the committee's term, where it matters."""
    voting_opens: date | None = None
    """The day on which voting is to open, once it is known."""


@dataclass(slots=True)
class _Course:
    """How far a case has come while it is folded."""

    state: str
    over: list[str] = field(default_factory=list)
    done: dict[Happening, date] = field(default_factory=dict)
    since: date | None = None
    """When the state was entered."""
    path: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands on a day."""

    state: State
    """What is shown: the state on top."""
    below: State | None
    """Where something lies over it, the state that it goes on from."""
    turn: Party
    missing: tuple[Happening, ...]
    """Tasks of the state that are not done."""
    possible: tuple[Happening, ...]
    """What may happen next."""
    due: tuple[Due, ...]
    """Deadlines that run, the earliest first; those without a day last."""
    done: Mapping[Happening, date]
    since: date | None
    """When the state was entered; None for a case's first."""
    path: tuple[str, ...]
    """The states it went through, the present one last."""
    waiting: tuple[Happened, ...]
    """What is noted but does not fit yet."""
    is_over: bool
    """Whether nothing more is to come; a decision may still be disputed."""
    needs: tuple[Happening, ...]
    """What must have happened before voting opens, and has not."""
    opens_from: date | None
    """The first day on which voting may open, once notice is given."""

    @property
    def next_due(self) -> Due | None:
        """The nearest deadline with a day: of whoever has the turn, else of anybody."""
        dated = [each for each in self.due if each.day is not None]
        mine = [each for each in dated if each.deadline.who in (self.turn, Party.ORGANISER)]
        return next(iter([*mine, *dated]), None)

    def late(self, day: date) -> tuple[Due, ...]:
        """Return the deadlines that are past on a day."""
        return tuple(each for each in self.due if each.is_past(day))


def stand(case: Case, happened: Sequence[Happened], day: date) -> Standing:
    """Return where a case stands on a day; what happens later is not looked at.

    Raises:
        RefusedError: a day before the Civil Code, or a period of the profile that cannot be counted.
    """
    states = case.profile.states(case.procedure, on=case.begun_on)
    course = _Course(FIRST_STATES[case.procedure])
    course.path.append(course.state)
    waiting = _place(case, states, course, [each for each in happened if each.on <= day])
    top = _over_by_time(case, states, course, day) or (course.over[-1] if course.over else course.state)
    state, below = states[top], states[course.state]
    due = tuple(sorted(_due(case, course, (state, below)), key=lambda each: (each.day is None, each.day or date.max)))
    return Standing(
        state=state,
        below=None if state is below else below,
        turn=_turn(case, course, state),
        missing=tuple(word for word in below.tasks if word not in course.done and _is_asked(case, word)),
        possible=tuple(_possible(case, states, course, day)),
        due=due,
        done=dict(course.done),
        since=course.since,
        path=tuple(course.path),
        waiting=tuple(waiting),
        is_over=not below.exits and not course.over,
        needs=tuple(word for word in _needed(case, day) if word not in course.done),
        opens_from=_opens_from(case, course, day),
    )


def fits(case: Case, happened: Sequence[Happened], new: Happened) -> bool:
    """Whether something new finds its place at once, among what happened."""
    last = max([new.on, *(each.on for each in happened)])
    before, after = stand(case, happened, last), stand(case, [*happened, new], last)
    return new not in after.waiting and set(after.waiting) <= set(before.waiting)


def _place(case: Case, states: Mapping[str, State], course: _Course, happened: list[Happened]) -> list[Happened]:
    """Let everything happen that finds its place, and return the rest."""
    waiting = sorted(happened, key=lambda each: (each.on, _ORDER[each.word]))
    while True:
        fitting = next((each for each in waiting if _happens(case, states, course, each)), None)
        if fitting is None:
            return waiting
        waiting.remove(fitting)


def _happens(case: Case, states: Mapping[str, State], course: _Course, each: Happened) -> bool:
    """Let one thing happen if it can; whether it did."""
    if each.word not in _possible(case, states, course, each.on):
        return False
    if each.word is Happening.VOTING_OPENED and not _may_open(case, course, each.on):
        return False
    course.done[each.word] = each.on
    laid = _laid_by(states, each.word)
    leaving = [name for name in course.over if each.word in states[name].exits]
    course.over = [name for name in course.over if name not in leaving]
    if laid:
        course.over.append(laid)
    elif each.word in states[course.state].exits:
        _enter(states, course, states[course.state].exits[each.word], each.on)
    elif not leaving and each.word not in states[course.state].tasks:
        # The exit of what lies over by time: back to where it was, or elsewhere.
        target = next(each_state.exits[each.word] for each_state in _by_time(states) if each.word in each_state.exits)
        if target != BACK:
            _enter(states, course, target, each.on)
    return True


def _enter(states: Mapping[str, State], course: _Course, target: str, on: date) -> None:
    course.state, course.since = target, on
    course.path.append(target)
    for word in states[target].renews:
        course.done.pop(word, None)
    # What was done ahead as a task of an earlier state is not asked for again.
    ahead = next(
        (word for word in states[target].exits if word in course.done and _is_ahead(states, word, target)), None
    )
    if ahead is not None:
        _enter(states, course, states[target].exits[ahead], on)


def _is_ahead(states: Mapping[str, State], word: Happening, target: str) -> bool:
    return word not in states[target].renews and any(word in state.tasks for state in states.values())


def _possible(case: Case, states: Mapping[str, State], course: _Course, day: date) -> Iterator[Happening]:
    """What may happen, in the order of the procedure."""
    below = states[course.state]
    words = {*below.exits, *below.tasks}
    for name in course.over:
        words |= {word for word in states[name].exits if word in below.exits or not _is_way(states, word)}
    laid = {state.over.on for state in states.values() if state.over and state.over.on and state.id not in course.over}
    # What is decided can still be disputed when nothing else is to come.
    words |= laid if below.exits else laid & {Happening.DISPUTED}
    for state in _by_time(states):
        if below.exits and _may_run_out(case, course, state):
            # More time may be asked for ahead; what ends all that was done waits for the time to pass.
            passed = _has_run_out(case, course, state, day)
            words |= {word for word, target in state.exits.items() if passed or target == BACK}
    if not _can_be_extended(case, course):
        words.discard(Happening.EXTENSION_GRANTED)
    yield from sorted(words, key=_ORDER.__getitem__)


def _by_time(states: Mapping[str, State]) -> Iterator[State]:
    return (state for state in states.values() if state.over and state.over.after)


def _is_way(states: Mapping[str, State], word: Happening) -> bool:
    """Whether something is a way from one state to another, whatever it ends beside."""
    return any(word in state.exits for state in states.values() if not state.over)


def _laid_by(states: Mapping[str, State], word: Happening) -> str | None:
    return next((name for name, state in states.items() if state.over and state.over.on is word), None)


def _over_by_time(case: Case, states: Mapping[str, State], course: _Course, day: date) -> str | None:
    """The state that lies over because a time has passed, if one does."""
    for state in _by_time(states):
        if states[course.state].exits and _may_run_out(case, course, state) and _has_run_out(case, course, state, day):
            return state.id
    return None


def _may_run_out(case: Case, course: _Course, state: State) -> bool:
    """Whether the time that a state watches runs: from its beginning until somebody is elected."""
    assert state.over is not None
    if _ELECTED & course.done.keys():
        return False
    if state.over.after is Trigger.TERM_ENDS:
        return case.term_ends is not None
    return Happening.GROUP_FORMED in course.done


def _has_run_out(case: Case, course: _Course, state: State, day: date) -> bool:
    assert state.over is not None
    if state.over.after is Trigger.TERM_ENDS:
        return case.term_ends is not None and case.term_ends < day
    last = _last_day_of_group(case, course)
    return last is not None and last < day


def _last_day_of_group(case: Case, course: _Course) -> date | None:
    """The last day for the first meeting, extended where it was (JX arts. 13, 14)."""
    first = _first_last_day(case, course)
    if first is None or Happening.EXTENSION_GRANTED not in course.done:
        return first
    return due_of(case.profile, case.profile.deadline("D10"), first).day


def _first_last_day(case: Case, course: _Course) -> date | None:
    """The same without an extension; None before there is a group, or where a place has no limit."""
    formed = course.done.get(Happening.GROUP_FORMED)
    return None if formed is None else due_of(case.profile, case.profile.deadline("D09"), formed).day


def _can_be_extended(case: Case, course: _Course) -> bool:
    if Happening.EXTENSION_GRANTED in course.done or Happening.GROUP_FORMED not in course.done:
        return False
    formed = course.done[Happening.GROUP_FORMED]
    return due_of(case.profile, case.profile.deadline("D10"), formed).day is not None


def _needed(case: Case, day: date) -> tuple[Happening, ...]:
    """What must have happened before voting opens."""
    needed = [Happening.NOTICE_GIVEN]
    if bodies_to_inform(case.profile, case.procedure, on=day):
        needed.append(Happening.BODIES_INFORMED)
    if case.procedure is Procedure.RECALL:
        needed.append(Happening.MEMBER_ASKED)
    return tuple(needed)


def _is_asked(case: Case, word: Happening) -> bool:
    """Whether a task is one in this place."""
    if word is Happening.BODIES_INFORMED:
        return bool(bodies_to_inform(case.profile, case.procedure, on=case.begun_on))
    if word is Happening.DOCUMENTS_RECEIVED:
        return case.profile.value("group_documents", on=case.begun_on).content is not None
    return True


def _may_open(case: Case, course: _Course, on: date) -> bool:
    if any(word not in course.done or course.done[word] > on for word in _needed(case, on)):
        return False
    return course.done[Happening.NOTICE_GIVEN] <= day_before(on, notice_period(case.profile, case.procedure, on=on))


def _opens_from(case: Case, course: _Course, day: date) -> date | None:
    given = course.done.get(Happening.NOTICE_GIVEN)
    if given is None:
        return None
    period = notice_period(case.profile, case.procedure, on=day)
    assert period.unit == "D", "notice is counted in days"
    # One day is the notice's own, then the full days, then the first day of voting.
    return date.fromordinal(given.toordinal() + period.number + 1)


def _turn(case: Case, course: _Course, state: State) -> Party:
    if state.turn is not Party.ORGANISER:
        return state.turn
    if case.procedure is Procedure.FORMING:
        return Party.GROUP
    return Party.COMMUNITY if Happening.BELOW_HALF in course.done else Party.COMMITTEE


def _due(case: Case, course: _Course, states: Sequence[State]) -> Iterator[Due]:
    """The deadlines of a state and of the one below it, as far as what they count from is known."""
    for name in dict.fromkeys(name for state in states for name in state.deadlines):
        deadline = case.profile.deadline(name)
        trigger = _trigger(case, course, deadline.trigger)
        if trigger is None or (name == "D10" and Happening.EXTENSION_GRANTED not in course.done):
            continue
        due = due_of(case.profile, deadline, trigger)
        # Where no text is known there is no deadline; where a text gives no number there is one without a day.
        unknown = due.day is None and not due.alerts and due.value.entry.citation.source.code == _UNKNOWN
        if not unknown and not _is_settled(course, name):
            yield due


_UNKNOWN = "DESIGN"
"""What a null is cited from where no text was seen."""
_SETTLED: Mapping[str, tuple[Happening, ...]] = {
    "D03": (Happening.GROUP_PUBLISHED,),
    "D04": (Happening.DOCUMENTS_RECEIVED,),
    "D06": (Happening.NOTICE_GIVEN,),
    "D07": (Happening.NOTICE_GIVEN,),
    "D08": (Happening.CANDIDATES_SET,),
    "D14": (Happening.OFFICERS_CHOSEN,),
    "D15": (Happening.FILED,),
    "D17": (Happening.CHANGE_FILED,),
    "D24": (Happening.HANDED_OVER,),
    "D25": (Happening.ITEMS_RETURNED,),
    "D27": (Happening.ORDER_FULFILLED,),
}
"""By what a deadline is met while its state lasts."""


def _is_settled(course: _Course, name: str) -> bool:
    return any(word in course.done for word in _SETTLED.get(name, ()))


def _trigger(case: Case, course: _Course, trigger: Trigger) -> date | None:
    """The day that a deadline counts from or towards; None while it is not known."""
    if trigger is Trigger.TERM_ENDS:
        return case.term_ends
    if trigger is Trigger.VOTING_OPENS:
        return case.voting_opens
    if trigger is Trigger.D09:
        return _first_last_day(case, course)
    return next((course.done[word] for word in _FROM.get(trigger, ()) if word in course.done), None)


_FROM: Mapping[Trigger, tuple[Happening, ...]] = {
    Trigger.CONDITIONS_MET: (Happening.CONDITIONS_MET,),
    Trigger.REQUESTED: (Happening.REQUESTED,),
    Trigger.GROUP_FORMED: (Happening.GROUP_FORMED,),
    Trigger.ROLL_PUBLISHED: (Happening.ROLL_PUBLISHED,),
    Trigger.VOTING_OPENED: (Happening.VOTING_OPENED,),
    Trigger.DECIDED: (Happening.RESULT_PUBLISHED, Happening.VOTING_CLOSED),
    Trigger.ELECTED: (Happening.RESULT_PUBLISHED,),
    Trigger.FILED: (Happening.FILING_ACCEPTED,),
    Trigger.FILED_CHANGED: (Happening.ALTERNATE_MOVED_UP, Happening.RESULT_PUBLISHED),
    Trigger.GROUP_DISSOLVED: (Happening.GROUP_DISSOLVED,),
    Trigger.MEMBER_LEFT: (Happening.SEAT_VACANT, Happening.ALL_ADOPTED, Happening.PARTLY_ADOPTED),
    Trigger.REPORTED: (Happening.ORDERED,),
    Trigger.KNOWN: (Happening.RESULT_PUBLISHED,),
}
"""What of a case a trigger is; others belong to duties, not to cases."""
