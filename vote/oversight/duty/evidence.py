"""Decides which clocks records start, and which duties they can fulfil.

* A committee's decision starts the clock of its publication, and is that publication itself: what counts is the day on
  which it was published. A correction starts no clock again.
* A decision that says until when it is done promises that; a correction may move the day, under the same name.
* Records of income, fund, expenses, seals, audits and the manager fulfil periodic duties of their kind; every record
  fulfils a duty that it was said to fulfil.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vote.oversight.duty.rules import Act, Event, Happening, Published
from vote.oversight.record.kinds import RecordKind


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
    due: date | None = None
    """Until when what a decision decides is done."""
    duty: str = ""
    """The duty that it was said to fulfil."""


def happenings_of(records: Sequence[Evidence]) -> Iterator[Happening]:
    """Return the clocks that records start."""
    roots = _roots(records)
    for record in records:
        if record.kind is not RecordKind.DECISION:
            continue
        if record.supersedes is None:
            yield Happening(Event.COMMITTEE_DECIDED, record.day, record.uuid)
        if record.due is not None and not record.superseded:
            yield Happening(Event.PROMISED, record.due, roots[record.uuid])


def published_of(records: Iterable[Evidence]) -> Iterator[Published]:
    """Return what records can fulfil."""
    for record in records:
        if record.kind is RecordKind.DECISION and record.supersedes is None:
            name = f"{Act.COMMITTEE_DECISION}:{record.uuid}"
            yield Published(Act.COMMITTEE_DECISION, record.published_on, name)
        act = _PERIODIC.get(record.kind)
        if record.duty:
            yield Published(act or Act(record.duty.partition(":")[0]), record.published_on, record.duty)
        if act is not None:
            yield Published(act, record.published_on)


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
