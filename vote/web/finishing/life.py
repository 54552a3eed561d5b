"""Decides what the page 我已依法做了什么 lists: every step with its moment, who took it, on which article, and its digests.

 * A step is an entry of the public log; who took it is whoever is known to have done such a thing at that moment.
 * What was looked at is listed too: it protects whoever did it.
 * When a ballot came is not listed, nor whose anything is.

Not here: the words (`life_words.py`), the articles (`vote.law`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from vote.role import Role

TOGETHER = timedelta(seconds=10)
"""Within so much time an act and its entry in the log are one."""
LEFT_OUT = frozenset({"ballot:accepted", "pool:released"})
"""Entries that follow ballots; with their moments they would tell who voted when."""
DIGESTS = frozenset(
    {"root", "fingerprint", "manifest", "box", "check", "tally", "result", "certificate", "share", "word", "backup"}
)
"""Facts that are digests, folded away on the page."""
_BY_ACT: Mapping[str, str] = {
    "dispute:raised": "dispute:written",
    "dispute:settled": "dispute:settled",
    "election:checked": "ballots:checked",
    "objection:raised": "objection:written",
    "objection:answered": "objection:answered",
    "certificate:issued": "certificate:signed",
    "roll:frozen": "roll:frozen",
    "election:sealed": "election:sealed",
    "election:noticed": "election:noticed",
    "election:extended": "election:extended",
    "election:annulled": "election:annulled",
    "candidate:withdrawn": "candidate:withdrawn",
    "roll:corrected": "roll:corrected",
    "key:replaced": "key:replaced",
    "key:asked": "key:asked",
    "key:kept": "key:kept",
    "phone:changed": "phone:changed",
}
"""What somebody does (an event), by what it leads to (an entry)."""
_DUTY: Mapping[str, Role] = {
    "roll:frozen": Role.STAFF,
    "election:sealed": Role.STAFF,
    "election:noticed": Role.STAFF,
    "election:extended": Role.ORGANISER,
    "candidate:withdrawn": Role.ORGANISER,
    "roll:corrected": Role.ORGANISER,
    "election:annulled": Role.ORGANISER,
    "phone:changed": Role.PHONES,
    "letter:reissued": Role.REGISTRAR,
    "dispute:settled": Role.ORGANISER,
    "election:checked": Role.ORGANISER,
    "tally:shared": Role.TRUSTEE,
    "objection:raised": Role.DESK,
    "objection:answered": Role.ORGANISER,
    "opening:requested": Role.DESK,
    "certificate:issued": Role.SUB_DISTRICT,
    "trustee:destroyed": Role.TRUSTEE,
    "letters:destroyed": Role.REGISTRAR,
}
"""Whose duty an entry is, where no name is known."""
OWNER = "owner"
"""Stands for a duty where an owner did it alone, with letter and code."""
_OWNERS = frozenset({"dispute:raised"})
LAW: Mapping[str, str] = {
    "roll:frozen": "roll_objection_period",
    "election:sealed": "ballot_secrecy",
    "election:noticed": "meeting_notice",
    "election:opened": "e_voting",
    "dispute:raised": "dispute_period",
    "dispute:settled": "dispute_period",
    "participation:seen": "dispute_period",
    "dispute:seen": "dispute_period",
    "election:closed": "quorum",
    "election:checked": "quorum",
    "tally:opened": "quorum",
    "objection:raised": "result_objection_period",
    "objection:merged": "result_objection_period",
    "objection:answered": "result_objection_period",
    "objection:seen": "result_objection_period",
    "certificate:composed": "result_objection_period",
    "certificate:signed": "result_publication",
    "certificate:issued": "result_publication",
    "trustee:destroyed": "ballot_retention",
    "letters:destroyed": "ballot_retention",
}
"""Which value of the rule profile a step rests on."""


class Entry(NamedTuple):
    """An entry of the public log."""

    facts: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did or looked at."""

    kind: str
    role: str
    name: str
    """As signed in; empty where a key was sent."""
    at: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the page."""

    kind: str
    at: datetime
    role: str
    """Whose duty it was; empty for what goes by itself."""
    name: str
    number: int | None
    """Of the dispute, objection, certificate or key-holder that it is about."""
    outcome: str
    """How a dispute or objection ended."""
    count: int
    digests: tuple[tuple[str, str], ...]


def is_of(facts: Mapping[str, Any], election: str, roll: int) -> bool:
    """Whether an entry belongs to the life of an election: its own, and the freezing of its roll."""
    if facts["kind"] in LEFT_OUT:
        return False
    return facts.get("election") == election or (facts["kind"] == "roll:frozen" and facts.get("roll") == roll)


def life_of(entries: Sequence[Entry], acts: Sequence[Act]) -> tuple[Step, ...]:
    """Return every step in the order of time."""
    left = list(acts)
    steps = [_from_entry(entry, _take(left, entry)) for entry in entries]
    steps += [Step(act.kind, act.at, act.role, act.name, None, "", act.count, ()) for act in left]
    return tuple(sorted(steps, key=lambda step: step.at))


def _take(left: list[Act], entry: Entry) -> Act | None:
    """Return who brought an entry about, and take the act out of what is left."""
    wanted = _BY_ACT.get(entry.facts["kind"])
    near = [act for act in left if act.kind == wanted and abs(act.at - entry.at) <= TOGETHER]
    if not near:
        return None
    found = min(near, key=lambda act: abs(act.at - entry.at))
    left.remove(found)
    return found


def _from_entry(entry: Entry, act: Act | None) -> Step:
    facts = entry.facts
    kind = facts["kind"]
    number = next((facts[name] for name in ("dispute", "objection", "trustee", "number") if name in facts), None)
    digests = tuple(sorted((name, str(value)) for name, value in facts.items() if name in DIGESTS))
    role = act.role if act else OWNER if kind in _OWNERS else str(_DUTY.get(kind, ""))
    name = act.name if act else ""
    return Step(kind, entry.at, role, name, number, str(facts.get("outcome", "")), 1, digests)
