"""Decides with owners who stayed silent, where the assembly's own rules count them into the majority already cast.

 * Off by default, never in a first assembly. On, it needs the clause of the assembly's rules, the consequence printed
   on the ballot, and for every silent owner counted a proof that the ballot was delivered.
 * Both results are computed and both are published: the actual one and the one with silent owners.
 * Where the profile sets a floor, the majority already cast must exceed it by heads and by area, measured against *all*
   owners, before anybody silent is added to it (Zhejiang regulation art. 10 ¶2: more than half).
 * Silent owners do not help to reach the quorum unless the profile says so in words, and then that is flagged.

Not here: proving delivery.
"""

from dataclasses import dataclass, replace

from vote.errors import Reason, RefusedError
from vote.law.measure import Measure
from vote.law.question import Count, Finding, Majorities, Outcome, require_measure, weigh
from vote.law.working import Line, Requirement, compare


@dataclass(frozen=True, slots=True)
class SilenceClause:
    """What an election's manifest and its delivery register say."""

    clause: str
    """Where it stands in the assembly's rules, as in 议事规则第12条."""
    delivered: Measure
    """The silent owners to whom delivery of the ballot is proven, one by one."""
    consequence_printed: bool
    first_assembly: bool


@dataclass(frozen=True, slots=True)
class SilenceLaw:
    """What a profile says about such clauses."""

    permitted: bool
    majority: Requirement
    """What the majority already cast has to be, of those taking part."""
    floor: Requirement | None
    """What it has to be, of all owners."""
    may_reach_quorum: bool


@dataclass(frozen=True, slots=True)
class BothResults:
    """The result of what was cast, and the result with the silent owners."""

    actual: Finding
    deemed: Finding
    """The same as `actual` where the clause has no effect."""
    floor: tuple[Line, ...]
    """The floor's inequalities, where a floor was applied."""
    quorum_by_silence: bool
    """Whether only silent owners made the quorum: a legal risk, printed with the result."""


def require_silence_clause(clause: SilenceClause, law: SilenceLaw, count: Count) -> None:
    """Raise unless everything is there that a silence clause needs.

    Raises:
        RefusedError: something is missing, or more stayed silent than are left.
    """
    if not law.permitted:
        raise RefusedError(Reason.NOT_ALLOWED, "silence clause: this profile does not permit one; count what was cast")
    if clause.first_assembly:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "silence clause: a first assembly has no rules of its own yet to hold one; count what was cast",
        )
    if not clause.clause.strip():
        raise RefusedError(Reason.NOT_ALLOWED, "silence clause: name the clause of the assembly's rules that says so")
    if not clause.consequence_printed:
        raise RefusedError(
            Reason.NOT_ALLOWED, "silence clause: its consequence was not printed on the ballot; count what was cast"
        )
    require_measure(clause.delivered, "silent owners")
    if not (count.cast + count.invalid + clause.delivered).within(count.total):
        raise RefusedError(
            Reason.MALFORMED, "silent owners: with those who took part they are more than the total; count again"
        )


def weigh_with_silence(
    count: Count, majorities: Majorities, clause: SilenceClause, law: SilenceLaw, *, invalid_participates: bool = False
) -> BothResults:
    """Decide a question twice: as cast, and with the silent owners counted into the majority already cast.

    Both the count and the clause must have been checked (`require_count`, `require_silence_clause`).
    """
    actual = weigh(count, majorities, invalid_participates=invalid_participates)
    yes, no = count.yes, count.against
    if _is_majority(yes, actual, law):
        side, yes = yes, yes + clause.delivered
    elif no is not None and _is_majority(no, actual, law):
        side, no = no, no + clause.delivered
    else:
        return BothResults(actual, actual, (), quorum_by_silence=False)
    floor = () if law.floor is None else compare(law.floor, side, count.total)
    if not all(line.met for line in floor):
        return BothResults(actual, actual, floor, quorum_by_silence=False)
    with_silent = replace(count, cast=count.cast + clause.delivered, yes=yes, no=no, abstain=None)
    quorum_of = None if law.may_reach_quorum else actual.participants
    deemed = weigh(with_silent, majorities, invalid_participates=invalid_participates, quorum_of=quorum_of)
    by_silence = actual.outcome is Outcome.QUORUM_NOT_MET and deemed.outcome is not Outcome.QUORUM_NOT_MET
    return BothResults(actual, deemed, floor, quorum_by_silence=by_silence)


def _is_majority(side: Measure, actual: Finding, law: SilenceLaw) -> bool:
    return all(line.met for line in compare(law.majority, side, actual.participants))
