"""Decides under a profile: what a matter needs on a day, and what became of it.

 * Everything that matters comes from the profile: the article of each majority, whether invalid ballots take part,
   alternates, ties, the silence clause. The fractions are those of Civil Code art. 278 ¶2 whatever the place.
 * Where invalid ballots were handed in, both figures are computed: as the profile says, and the other way.
 * The result is a computation with its working and articles. That it is the law is for people to confirm.

Not here: the arithmetic (`question.py`, `selection.py`, `silence.py`), the files (`library.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from vote.law.citation import Citation
from vote.law.majority import OVER_HALF, Both, Matter, Tier, both_of
from vote.law.measure import NOTHING, Share
from vote.law.profile import Profile, Value
from vote.law.question import Count, Finding, Majorities, Outcome, require_count, weigh
from vote.law.selection import ElectionCount, Selection, require_election, select
from vote.law.silence import BothResults, SilenceClause, SilenceLaw, require_silence_clause, weigh_with_silence
from vote.law.working import Check, Requirement

ELECTION_MATTER = "3"
"""Electing the committee or replacing members (art. 278 ¶1(3))."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one question, under which rules."""

    profile: str
    version: str
    digest: str
    on: date
    matter: Matter
    count: Count
    finding: Finding
    other_finding: Finding | None
    """With invalid ballots counted the other way; None if there were none."""
    articles: tuple[Citation, ...]

    @property
    def rejection_examined(self) -> bool:
        """False where a rejection could not be told from no decision, for want of the no votes."""
        return self.finding.outcome is not Outcome.NO_DECISION or self.count.against is not None


@dataclass(frozen=True, slots=True)
class SilenceDecision:
    """What became of one question where the assembly's rules have a silence clause: both results."""

    decision: Decision
    """As cast."""
    results: BothResults
    articles: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ElectionDecision:
    """What became of an election, under which rules."""

    profile: str
    version: str
    digest: str
    on: date
    matter: Matter
    selection: Selection
    other_selection: Selection | None
    """With invalid ballots counted the other way; None if there were none."""
    alternates: int
    """How many alternates were possible, after the profile's limit."""
    tie: str
    """How a tie is resolved: `RUN_OFF` or `LOT`."""
    articles: tuple[Citation, ...]


def majorities(profile: Profile, tier: Tier, *, on: date) -> Majorities:
    """Return what a matter of a tier needs on a day, with the article of each.

    Raises:
        RefusedError: a day before the Civil Code.
    """
    approval = _requirement(Check.APPROVAL, profile.value(f"majority_{tier}", on=on))
    against = profile.value("majority_ordinary", on=on).entry.citation
    return Majorities(
        _requirement(Check.QUORUM, profile.value("quorum", on=on)),
        approval,
        # No article defines a rejection; it is the ordinary majority, of the other side.
        Requirement(Check.REJECTION, OVER_HALF, against),
    )


def decide(profile: Profile, matter: str, count: Count, *, on: date) -> Decision:
    """Decide a question.

    Args:
        profile: the rules, in the version that the manifest names.
        matter: `1` to `9` of art. 278 ¶1, or a local name of the profile.
        count: what was counted.
        on: the day whose rules apply.

    Raises:
        RefusedError: the numbers contradict each other, the matter is unknown, or the day is before the Civil Code.
    """
    chosen = profile.matter(matter, on=on)
    require_count(count)
    needed = majorities(profile, chosen.tier, on=on)
    counts = profile.read(bool, "invalid_ballot_participates", on=on)
    other = None
    if count.invalid != NOTHING:
        other = weigh(count, needed, invalid_participates=not counts)
    finding = weigh(count, needed, invalid_participates=counts)
    return Decision(
        profile=profile.id,
        version=profile.version,
        digest=profile.digest,
        on=on,
        matter=chosen,
        count=count,
        finding=finding,
        other_finding=other,
        articles=_articles(profile, chosen, on=on),
    )


def decide_with_silence(
    profile: Profile, matter: str, count: Count, clause: SilenceClause, *, on: date
) -> SilenceDecision:
    """Decide a question as cast and with silent owners counted into the majority already cast; publish both.

    Raises:
        RefusedError: as `decide`; or the clause may not be used, with what is missing.
    """
    decision = decide(profile, matter, count, on=on)
    value = profile.value("silence_clause", on=on)
    floor = _field(value, "floor")
    law = SilenceLaw(
        permitted=profile.read(bool, "silence_clause.permitted", on=on),
        majority=Requirement(Check.APPROVAL, OVER_HALF, value.entry.citation),
        floor=Requirement(Check.FLOOR, Both(floor, floor), value.entry.citation) if isinstance(floor, Share) else None,
        may_reach_quorum=profile.read(bool, "silence_clause.may_reach_quorum", on=on),
    )
    require_silence_clause(clause, law, count)
    counts = profile.read(bool, "invalid_ballot_participates", on=on)
    needed = majorities(profile, decision.matter.tier, on=on)
    results = weigh_with_silence(count, needed, clause, law, invalid_participates=counts)
    return SilenceDecision(decision, results, (*decision.articles, *value.citations))


def decide_election(profile: Profile, count: ElectionCount, *, on: date) -> ElectionDecision:
    """Decide an election of committee members.

    Raises:
        RefusedError: the numbers contradict each other, or the day is before the Civil Code.
    """
    chosen = profile.matter(ELECTION_MATTER, on=on)
    require_election(count)
    needed = majorities(profile, chosen.tier, on=on)
    counts = profile.read(bool, "invalid_ballot_participates", on=on)
    alternates = alternates_limit(profile, count.seats, count.alternates, on=on)
    limited = replace(count, alternates=alternates)
    other = None
    if count.invalid != NOTHING:
        other = select(limited, needed, invalid_participates=not counts)
    tie = profile.read(str, "election_tie", on=on)
    return ElectionDecision(
        profile=profile.id,
        version=profile.version,
        digest=profile.digest,
        on=on,
        matter=chosen,
        selection=select(limited, needed, invalid_participates=counts),
        other_selection=other,
        alternates=alternates,
        tie=tie,
        articles=_articles(profile, chosen, on=on),
    )


def alternates_limit(profile: Profile, seats: int, wanted: int, *, on: date) -> int:
    """Return how many alternates there may be of those that the manifest wants.

    Where a profile allows alternates only if there are more candidates than seats, nothing needs to be checked:
    without them nobody is left to be an alternate.
    """
    percent = _field(profile.value("alternates", on=on), "most_percent")
    return min(wanted, seats * percent // 100) if isinstance(percent, int) else wanted


def _requirement(check: Check, value: Value) -> Requirement:
    return Requirement(check, both_of(value.content), value.entry.citation)


def _field(value: Value, name: str) -> object:
    assert isinstance(value.content, Mapping)
    return value.content[name]


def _articles(profile: Profile, matter: Matter, *, on: date) -> tuple[Citation, ...]:
    """Return each article that a decision rests on, once: the matter's, then quorum's and majority's."""
    rules = (profile.value("quorum", on=on), profile.value(f"majority_{matter.tier}", on=on))
    return tuple(dict.fromkeys([matter.citation, *(each for value in rules for each in value.citations)]))
