"""Decides an election: who of the candidates has a seat.

 * After quorum, each candidate alone must be consented to by more than half of those taking part, by heads and by area.
 * Those who pass are ranked by heads, equal heads by area. Candidates equal in both whom a boundary divides are a
   `tie`, to be resolved as the profile says (a run-off by default); nothing is drawn or guessed here.
 * Whoever withdrew stays printed and cannot be elected. 弃权 is a choice and no candidate.
 * Fewer passing than seats leave seats open, and their number is said.

Follows Civil Code art. 278 ¶1(3), ¶2; the ranking is practice, no statute has it.

Not here: how many alternates a profile allows (`rules.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vote.errors import Reason, RefusedError
from vote.law.measure import NOTHING, Measure
from vote.law.question import Majorities, Outcome, require_measure, require_participation
from vote.law.working import Line, compare


class Standing(StrEnum):
    """What a choice of an election ballot is."""

    CANDIDATE = "candidate"
    WITHDRAWN = "withdrawn"
    NO_CANDIDATE = "no-candidate"
    """弃权 (abstain), 以上都不选 (none of these)."""


class Election(StrEnum):
    """What became of a candidate."""

    ELECTED = "elected"
    ALTERNATE = "alternate"
    NOT_ELECTED = "not-elected"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One choice of an election ballot and who ticked it."""

    name: str
    votes: Measure
    standing: Standing = Standing.CANDIDATE


@dataclass(frozen=True, slots=True)
class ElectionCount:
    """What was counted in an election."""

    total: Measure
    cast: Measure
    """Who took part with a valid ballot; empty ballots and abstentions are valid."""
    candidates: Sequence[Candidate]
    seats: int
    alternates: int = 0
    """How many alternates there may be."""
    invalid: Measure = NOTHING
    """Ballots handed in that are invalid in this election; not in `cast`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A choice's fate; `election` is None for what is no candidate."""

    name: str
    votes: Measure
    election: Election | None
    rank: int | None
    """1 for the first among those who passed; equals share a rank; None for who did not pass."""
    working: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The result of an election, places in the order of the ballot."""

    outcome: Outcome
    """`QUORUM_NOT_MET`; `ADOPTED` if at least one is elected; `NO_DECISION` else, also while only a tie stands."""
    participants: Measure
    places: tuple[Place, ...]
    open_seats: int
    """Seats for which nobody passed."""
    tied_seats: int
    """Seats that a tie leaves to be resolved."""
    working: tuple[Line, ...]
    """The quorum."""


def require_election(count: ElectionCount) -> None:
    """Raise unless the numbers of an election agree with each other.

    Raises:
        RefusedError: they do not; one sentence says which.
    """
    require_participation(count.total, count.cast, count.invalid)
    if count.seats < 1 or count.alternates < 0:
        raise RefusedError(Reason.MALFORMED, "seats: at least one seat and no negative number of alternates is needed")
    if len({candidate.name for candidate in count.candidates}) != len(count.candidates):
        raise RefusedError(Reason.MALFORMED, "candidates: a name stands twice; tell them apart on the ballot")
    for candidate in count.candidates:
        require_measure(candidate.votes, f"candidate {candidate.name}")
        if not candidate.votes.within(count.cast):
            raise RefusedError(
                Reason.MALFORMED, f"candidate {candidate.name}: more heads or area than were cast; count again"
            )


def select(count: ElectionCount, majorities: Majorities, *, invalid_participates: bool = False) -> Selection:
    """Decide an election whose numbers agree (see `require_election`)."""
    participants = count.cast + count.invalid if invalid_participates else count.cast
    quorum = compare(majorities.quorum, participants, count.total)
    if not all(line.met for line in quorum):
        places = tuple(_place(candidate, _FAILED, ()) for candidate in count.candidates)
        return Selection(Outcome.QUORUM_NOT_MET, participants, places, count.seats, 0, quorum)
    working = {each.name: compare(majorities.approval, each.votes, participants) for each in count.candidates}
    passing = [
        each
        for each in count.candidates
        if each.standing is Standing.CANDIDATE and all(line.met for line in working[each.name])
    ]
    passing.sort(key=_rank_key)
    fates = _fates(passing, count.seats, count.alternates)
    places = tuple(_place(each, fates.get(each.name, _FAILED), working[each.name]) for each in count.candidates)
    elected = sum(fate is Election.ELECTED for fate, _ in fates.values())
    filled = min(len(passing), count.seats)
    outcome = Outcome.ADOPTED if elected else Outcome.NO_DECISION
    return Selection(outcome, participants, places, count.seats - filled, filled - elected, quorum)


_FAILED: tuple[Election, int | None] = (Election.NOT_ELECTED, None)


def _rank_key(candidate: Candidate) -> tuple[int, int]:
    return (-candidate.votes.heads, -candidate.votes.area_dm2)


def _fates(passing: Sequence[Candidate], seats: int, alternates: int) -> dict[str, tuple[Election, int | None]]:
    """Give each who passed a fate and a rank; `passing` is in order of rank.

    A group of equals takes the places from `first` to before `after`; it is tied if a boundary runs through it.
    """
    fates: dict[str, tuple[Election, int | None]] = {}
    for candidate in passing:
        first = sum(_rank_key(other) < _rank_key(candidate) for other in passing)
        after = first + sum(other.votes == candidate.votes for other in passing)
        if after <= seats:
            fate = Election.ELECTED
        elif first >= seats + alternates:
            fate = Election.NOT_ELECTED
        elif first >= seats and after <= seats + alternates:
            fate = Election.ALTERNATE
        else:
            fate = Election.TIE
        fates[candidate.name] = (fate, first + 1)
    return fates


def _place(candidate: Candidate, fate: tuple[Election, int | None], working: tuple[Line, ...]) -> Place:
    if candidate.standing is Standing.NO_CANDIDATE:
        return Place(candidate.name, candidate.votes, None, None, ())
    return Place(candidate.name, candidate.votes, *fate, working)
