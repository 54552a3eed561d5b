"""Decides a question that is answered yes, no or abstain.

 * `ADOPTED`: quorum is met and yes reaches the matter's majority on both measures. `REJECTED`: quorum is met and more
   than half of those taking part, by heads and by area, voted no. Neither is `NO_DECISION`: a motion that fails does
   not adopt its opposite.
 * Whoever abstains takes part. Where the number of no votes is not known, a rejection is not claimed.
 * Numbers that contradict each other are refused, not decided.

Follows Civil Code art. 278 ¶2.

Not here: the profile's values (`rules.py`), elections (`selection.py`), silent owners (`silence.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.law.measure import NOTHING, Measure
from vote.law.working import Line, Requirement, compare


class Outcome(StrEnum):
    """What became of a question."""

    QUORUM_NOT_MET = "QUORUM_NOT_MET"
    ADOPTED = "ADOPTED"
    REJECTED = "REJECTED"
    NO_DECISION = "NO_DECISION"


OUTCOME_TEXT: Mapping[Outcome, Text] = {
    Outcome.QUORUM_NOT_MET: Text("参与表决不足法定人数，没有形成决定", "too few took part; nothing was decided"),
    Outcome.ADOPTED: Text("通过", "adopted"),
    Outcome.REJECTED: Text("多数反对，否决", "rejected by a majority"),
    Outcome.NO_DECISION: Text("没有达到所需多数，没有形成决定", "short of the majority needed; nothing was decided"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted on one question."""

    total: Measure
    """The whole electorate."""
    cast: Measure
    """Who took part with a valid answer: yes, no and abstain together."""
    yes: Measure
    no: Measure | None = None
    abstain: Measure | None = None
    invalid: Measure = NOTHING
    """Ballots handed in whose answer to this question is invalid; not in `cast`."""

    @property
    def against(self) -> Measure | None:
        """The no votes, from those counted or from what the others leave; None where neither is known."""
        if self.no is not None or self.abstain is None:
            return self.no
        return self.cast - self.yes - self.abstain


@dataclass(frozen=True, slots=True)
class Majorities:
    """What a question needs under a profile on a day."""

    quorum: Requirement
    approval: Requirement
    rejection: Requirement


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome with its working."""

    outcome: Outcome
    participants: Measure
    working: tuple[Line, ...]


def require_measure(measure: Measure, what: str) -> None:
    """Raise unless `measure` can be a number of owners and their area.

    Raises:
        RefusedError: it is negative, or heads stand without area or area without heads.
    """
    if measure.heads < 0 or measure.area_dm2 < 0:
        raise RefusedError(Reason.MALFORMED, f"{what}: a negative number of heads or area; count again")
    if (measure.heads == 0) != (measure.area_dm2 == 0):
        raise RefusedError(Reason.MALFORMED, f"{what}: heads and area belong together, give both; one of them is 0")


def require_participation(total: Measure, cast: Measure, invalid: Measure) -> None:
    """Raise unless those who took part are some of all.

    Raises:
        RefusedError: nobody is entitled, or more took part than are entitled.
    """
    require_measure(total, "total")
    require_measure(cast, "cast")
    require_measure(invalid, "invalid")
    if total == NOTHING:
        raise RefusedError(Reason.MALFORMED, "total: nobody is entitled to vote; give the whole electorate")
    if not (cast + invalid).within(total):
        raise RefusedError(Reason.MALFORMED, "cast: more heads or area took part than the total holds; count again")


def require_count(count: Count) -> None:
    """Raise unless the numbers of a question agree with each other.

    Raises:
        RefusedError: they do not; one sentence says which.
    """
    require_participation(count.total, count.cast, count.invalid)
    answers = count.yes
    require_measure(count.yes, "yes")
    for name, measure in (("no", count.no), ("abstain", count.abstain)):
        if measure is not None:
            require_measure(measure, name)
            answers += measure
    if not answers.within(count.cast):
        raise RefusedError(Reason.MALFORMED, "yes: the answers hold more heads or area than were cast; count again")
    if count.no is not None and count.abstain is not None and answers != count.cast:
        raise RefusedError(
            Reason.MALFORMED, "cast: yes, no and abstain together do not make what was cast; count again"
        )


def weigh(
    count: Count, majorities: Majorities, *, invalid_participates: bool = False, quorum_of: Measure | None = None
) -> Finding:
    """Decide one question whose numbers agree (see `require_count`).

    Args:
        count: what was counted.
        majorities: what is needed.
        invalid_participates: whether ballots with an invalid answer count as taking part.
        quorum_of: who is held against the quorum, where that is not everybody who takes part.
    """
    participants = count.cast + count.invalid if invalid_participates else count.cast
    working = compare(majorities.quorum, participants if quorum_of is None else quorum_of, count.total)
    if not _hold(working):
        return Finding(Outcome.QUORUM_NOT_MET, participants, working)
    approval = compare(majorities.approval, count.yes, participants)
    if _hold(approval):
        return Finding(Outcome.ADOPTED, participants, working + approval)
    if count.against is None:
        return Finding(Outcome.NO_DECISION, participants, working + approval)
    rejection = compare(majorities.rejection, count.against, participants)
    outcome = Outcome.REJECTED if _hold(rejection) else Outcome.NO_DECISION
    return Finding(outcome, participants, working + approval + rejection)


def _hold(lines: tuple[Line, ...]) -> bool:
    return all(line.met for line in lines)
