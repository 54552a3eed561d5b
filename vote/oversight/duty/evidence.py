"""Decides which clocks records start, what they promise, and which duties they can fulfil.

* A committee's decision starts the clock of its publication, and is that publication itself: what counts is the day on
  which it was published. A correction starts no clock again.
* A decision that says until when it is done promises that; a correction may move the day, under the same name.
* Records of income, fund, expenses, seals, audits and the manager fulfil periodic duties of their kind; a correction of
  one is no new publication. A record fulfils the duty that it was said to fulfil, if it is of a kind that shows it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vote.errors import Reason, RefusedError
from vote.oversight.duty.rules import Act, Event, Happening
from vote.oversight.duty.standing import Published
from vote.oversight.record.kinds import KINDS, RecordKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a duty needs to know of a record."""

    uuid: str
    kind: RecordKind
    day: date
    """The record's own, such as that of a decision."""
    published_on: date
    supersedes: str | None = None
    superseded: bool = False
    duty: str = ""
    """The duty that it was said to fulfil."""
    title: str = ""
    """Empty once it is hidden, as is all below."""
    due: date | None = None
    """Until when what a decision decides is done."""
    budget_fen: int | None = None
    contractor: str = ""
    responsible: str = ""
    """The member who sees to it."""


def happenings_of(records: Sequence[Evidence]) -> Iterator[Happening]:
    """Return the clocks that records start."""
    roots = _roots(records)
    for record in records:
        if record.kind is not RecordKind.DECISION:
            continue
        if record.supersedes is None:
            yield Happening(Event.COMMITTEE_DECIDED, record.day, record.uuid)
        if record.due is not None and not record.superseded:
            yield Happening(Event.PROMISED, record.due, roots[record.uuid], by_member=bool(record.responsible))


def published_of(records: Iterable[Evidence]) -> Iterator[Published]:
    """Return what records can fulfil."""
    for record in records:
        if record.kind is RecordKind.DECISION and record.supersedes is None:
            name = f"{Act.COMMITTEE_DECISION}:{record.uuid}"
            yield Published(Act.COMMITTEE_DECISION, record.published_on, name, record.uuid)
        if record.duty:
            yield Published(act_of(record.duty), record.published_on, record.duty, record.uuid)
        elif record.supersedes is None and (act := _PERIODIC.get(record.kind)) is not None:
            yield Published(act, record.published_on, record=record.uuid)


def told_by(records: Sequence[Evidence]) -> Mapping[str, Evidence]:
    """Return for each record, by the number of the first of its corrections, what it says at last."""
    roots = _roots(records)
    return {roots[record.uuid]: record for record in records if not record.superseded}


def act_of(duty: str) -> Act:
    """Return what is owed by the name of a duty."""
    return Act(duty.partition(":")[0])


def kinds_for(act: Act) -> tuple[RecordKind, ...]:
    """Return which kinds of records can show that something was done."""
    return _SHOWING.get(act, tuple(RecordKind))


def can_fulfil(duty: str, record: Evidence, records: Sequence[Evidence]) -> bool:
    """Whether a record may be said to fulfil a duty: its kind shows it, it is the last word, and no decision fulfils itself."""
    return (
        record.kind in kinds_for(act_of(duty))
        and not record.superseded
        and not record.duty
        and _roots(records)[record.uuid] != duty.partition(":")[2]
    )


def require_fulfilling(duty: str, record: Evidence, records: Sequence[Evidence]) -> None:
    """Raise unless a record may be said to fulfil a duty.

    Raises:
        RefusedError: it is of another kind, was corrected, fulfils another already, or is the decision itself.
    """
    if record.duty:
        raise RefusedError(
            Reason.CONFLICT,
            "This record fulfils a duty already: publish one for each.",
            zh="这份记录已经对应一项应公开的事了，每项请各公布一份。",
        )
    if record.kind not in kinds_for(act_of(duty)):
        wanted = kinds_for(act_of(duty))
        raise RefusedError(
            Reason.NOT_ALLOWED,
            f"This duty is fulfilled by a record of another kind: {', '.join(wanted)}.",
            zh=f"这一项要用另一类记录：{'、'.join(KINDS[kind].label.zh for kind in wanted)}。",
        )
    if not can_fulfil(duty, record, records):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "A decision does not fulfil itself, and of a corrected record only the correction counts: choose another.",
            zh="决定本身不算办完，更正过的记录请选更正后的那一份。",
        )


def fulfilling(duty: str, records: Collection[Evidence]) -> list[Evidence]:
    """Return the records that may be said to fulfil a duty, the latest first."""
    known = list(records)
    found = [record for record in known if can_fulfil(duty, record, known)]
    return sorted(found, key=lambda record: record.published_on, reverse=True)


def _roots(records: Sequence[Evidence]) -> Mapping[str, str]:
    """The first record of each chain of corrections."""
    before = {record.uuid: record.supersedes for record in records}
    roots: dict[str, str] = {}
    for uuid in before:
        root = uuid
        while (earlier := before.get(root)) is not None:
            root = earlier
        roots[uuid] = root
    return roots


_PERIODIC: Mapping[RecordKind, Act] = {
    RecordKind.INCOME: Act.INCOME,
    RecordKind.FUND: Act.FUND,
    RecordKind.EXPENSES: Act.EXPENSES,
    RecordKind.SEAL: Act.SEALS,
    RecordKind.AUDIT: Act.AUDIT,
    RecordKind.MANAGER: Act.MANAGER_DISCLOSURE,
}

_MEETING = (RecordKind.MINUTES, RecordKind.NOTICE)
_SHOWING: Mapping[Act, tuple[RecordKind, ...]] = {
    Act.MANAGER_DISCLOSURE: (RecordKind.MANAGER,),
    Act.INCOME: (RecordKind.INCOME,),
    Act.FUND: (RecordKind.FUND,),
    Act.EXPENSES: (RecordKind.EXPENSES,),
    Act.SEALS: (RecordKind.SEAL, RecordKind.NOTICE),
    Act.COMMITTEE_DECISION: (RecordKind.DECISION,),
    Act.ASSEMBLY_DECISION: _MEETING,
    Act.AGENDA: (RecordKind.NOTICE,),
    Act.OFFICERS: _MEETING,
    Act.FILING: (RecordKind.NOTICE,),
    Act.RENEWAL: _MEETING,
    Act.HANDOVER: (RecordKind.HANDOVER,),
    Act.MEMBER_RETURN: (RecordKind.HANDOVER,),
    Act.TERMINATION: (RecordKind.NOTICE,),
    Act.TAKEOVER: (RecordKind.NOTICE, RecordKind.MANAGER),
    Act.AUDIT: (RecordKind.AUDIT, RecordKind.CONTRACT),
    Act.AUDIT_RESULT: (RecordKind.AUDIT,),
    Act.GROUP_HANDOVER: (RecordKind.HANDOVER,),
    Act.MEETING: _MEETING,
    Act.CHANGE_FILING: (RecordKind.NOTICE,),
    Act.DISMISSAL_NOTICE: (RecordKind.NOTICE,),
}
"""Which records show what; a promise may be shown by any."""
