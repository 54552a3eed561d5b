"""Keeps the order in which an assembly's procedures go, and by when: states with their exits, deadlines with their triggers.

 * A state says whose turn it is, the single next step, what is to be done in it, and what comes if nothing happens.
 * A deadline names the parameter that has its period, so no number stands twice.
 * Words of what happened are closed: the public log has them.

Follows docs/decisions/0024-formation.md, after rulebook tables of states S00–S95 and deadlines D01–D33.

Not here: where a case stands (`vote/formation`), reading files (`procedure_reading.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vote.law.citation import Citation, Mark, Text

BACK = "BACK"
"""What an overlay's exit leads to: the state below it."""


class Procedure(StrEnum):
    """What a case is about."""

    FORMING = "forming"
    RENEWAL = "renewal"
    BY_ELECTION = "by-election"
    RECALL = "recall"
    MEETING = "meeting"
    """An interim meeting of the assembly."""


SHARED = "assembly"
"""The shelf of states that every procedure has, where it has none of its own."""


class Party(StrEnum):
    """Whose turn it is, who owes something."""

    DEVELOPER = "DEVELOPER"
    OWNERS = "OWNERS"
    COMMUNITY = "COMMUNITY"
    SUB_DISTRICT = "SUB_DISTRICT"
    GROUP = "GROUP"
    """The preparatory group, or what the place has instead."""
    ORGANISER = "ORGANISER"
    """The group in a first formation, else the committee."""
    COMMITTEE = "COMMITTEE"
    OLD_COMMITTEE = "OLD_COMMITTEE"
    MANAGER = "MANAGER"
    MEMBER = "MEMBER"
    ASSEMBLY = "ASSEMBLY"
    EITHER = "EITHER"
    """Either side of a contract."""
    COURT = "COURT"
    NOBODY = "NOBODY"


class Happening(StrEnum):
    """What happened in a case. Add to it, never rename: the log has these words."""

    CONDITIONS_MET = "conditions-met"
    REQUESTED = "requested"
    GROUP_FORMED = "group-formed"
    GROUP_PUBLISHED = "group-published"
    DOCUMENTS_RECEIVED = "documents-received"
    ROLL_PUBLISHED = "roll-published"
    ROLL_AGREED = "roll-agreed"
    DRAFTS_PUBLISHED = "drafts-published"
    VOTING_RULES_SET = "voting-rules-set"
    CANDIDATES_SET = "candidates-set"
    NOTICE_GIVEN = "notice-given"
    BODIES_INFORMED = "bodies-informed"
    VOTING_OPENED = "voting-opened"
    VOTING_EXTENDED = "voting-extended"
    VOTING_CLOSED = "voting-closed"
    RESULT_PUBLISHED = "result-published"
    QUORUM_FAILED = "quorum-failed"
    ALL_ADOPTED = "all-adopted"
    PARTLY_ADOPTED = "partly-adopted"
    NONE_ADOPTED = "none-adopted"
    OFFICERS_CHOSEN = "officers-chosen"
    FILED = "filed"
    FILING_RETURNED = "filing-returned"
    FILING_ACCEPTED = "filing-accepted"
    CHANGE_FILED = "change-filed"
    SEAL_RECEIVED = "seal-received"
    GROUP_HANDED_OVER = "group-handed-over"
    GROUP_RELEASED = "group-released"
    EXTENSION_GRANTED = "extension-granted"
    GROUP_DISSOLVED = "group-dissolved"
    AUDIT_BEGUN = "audit-begun"
    HANDED_OVER = "handed-over"
    SEAT_VACANT = "seat-vacant"
    TERMINATION_PUBLISHED = "termination-published"
    ITEMS_RETURNED = "items-returned"
    ALTERNATE_MOVED_UP = "alternate-moved-up"
    BELOW_HALF = "below-half"
    BY_ELECTION_BEGUN = "by-election-begun"
    MEMBER_ASKED = "member-asked"
    MEMBER_HEARD = "member-heard"
    GIVEN_UP = "given-up"
    ORDERED = "ordered"
    ORDER_FULFILLED = "order-fulfilled"
    DISPUTED = "disputed"
    DISPUTE_ENDED = "dispute-ended"


class Trigger(StrEnum):
    """What a deadline counts from, or towards."""

    CONDITIONS_MET = "conditions-met"
    REQUESTED = "requested"
    GROUP_FORMED = "group-formed"
    ROLL_PUBLISHED = "roll-published"
    VOTING_OPENS = "voting-opens"
    VOTING_OPENED = "voting-opened"
    DECIDED = "decided"
    ELECTED = "elected"
    FILED = "filed"
    FILED_CHANGED = "filed-changed"
    D09 = "D09"
    """The last day of another deadline."""
    GROUP_DISSOLVED = "group-dissolved"
    COMMITTEE_MEETS = "committee-meets"
    COMMITTEE_DECIDED = "committee-decided"
    MEETING_DEMANDED = "meeting-demanded"
    YEAR_BEGINS = "year-begins"
    TERM_ENDS = "term-ends"
    MEMBER_LEFT = "member-left"
    AUDIT_DUE = "audit-due"
    REPORTED = "reported"
    MANAGER_LEAVES = "manager-leaves"
    CONTRACT_ENDS = "contract-ends"
    KNOWN = "known"
    INSPECTED = "inspected"
    DELIVERED = "delivered"


class Direction(StrEnum):
    """How a deadline is counted (Civil Code arts. 200–203)."""

    AFTER = "AFTER"
    """The latest day; the trigger's day is not counted, a last day that is a holiday moves behind it."""
    BEFORE = "BEFORE"
    """Full days lie between, neither end counted, no holiday shortens them."""
    WITHIN = "WITHIN"
    """As AFTER, with a least length."""
    BY = "BY"
    """A day of the year."""
    ALERT = "ALERT"
    """Reminders ahead; nothing is missed."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline."""

    id: str
    who: Party
    trigger: Trigger
    direction: Direction
    period: str
    """The parameter, or a field of it, that has the period; null there means that no text gives a number."""
    least: str | None
    """Of a window, the parameter with its least length."""
    name: Text
    missed: Text
    """What follows if it is missed."""


@dataclass(frozen=True, slots=True)
class Over:
    """When a state lies over others: once something happened, or once a deadline or the end of a term has passed."""

    on: Happening | None
    after: Trigger | None


@dataclass(frozen=True, slots=True)
class State:
    """One state of one procedure, for a span of days."""

    id: str
    turn: Party
    exits: Mapping[Happening, str]
    """What happened → the next state."""
    tasks: tuple[Happening, ...]
    deadlines: tuple[str, ...]
    over: Over | None
    renews: tuple[Happening, ...]
    """What has to happen anew after this state."""
    step: Text
    """The single next step, as it is shown."""
    idle: Text
    """What comes if nothing happens; empty where nothing is to be done."""
    citation: Citation
    mark: Mark
    since: date
    until: date | None

    def stands_on(self, day: date) -> bool:
        """Whether the state is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)
