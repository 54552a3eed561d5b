"""Decides whether what is contested could turn an outcome: the margin test.

 * A question *stands* if its outcome is the same in every case: quorum, adopted, rejected or neither; in an election who
   is elected, who is an alternate, and which ties there are.
 * What depends on a question that does not stand does not stand either.
 * The margins are told in whole heads and dm²; what is below all of them changes nothing.
 * The same is asked of a channel whose counts are known: would it have come out so without them?

Follows rulebook §9a.2: what does not stand is voted again. Not here: one inequality (`contested.py`), who contests what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from vote.check.contested import (
    Certainty,
    Contested,
    Margin,
    ahead,
    certainty_of,
    margin_of,
    rank_margins,
    require_contested,
    total_of,
)
from vote.election.ask import Ask, AskKind
from vote.election.packing import Measures
from vote.law.measure import Measure
from vote.law.question import Majorities, Outcome
from vote.law.rules import ELECTION_MATTER, majorities
from vote.law.selection import Election, Place, Standing
from vote.law.working import Line, compare
from vote.tally.finding import Counted, take_effect


class QuestionTest(NamedTuple):
    """How firmly a question's outcome stands."""

    outcome: Outcome
    fates: tuple[Election | None, ...]
    """Of an election's choices, in their order; None for what is no candidate."""
    margins: tuple[Margin, ...]
    stands_alone: bool
    """Whether the outcome is the same in every case, whatever it depends on."""
    stands: bool
    """Whether that holds of it and of all it depends on."""


@dataclass(frozen=True, slots=True)
class MarginTest:
    """What contested weight could turn."""

    contested: Measures
    quorum: tuple[Margin, ...]
    quorum_stands: bool
    questions: tuple[QuestionTest, ...]


class Without(NamedTuple):
    """What would have become of a question without some of the ballots."""

    outcome: Outcome
    fates: tuple[Election | None, ...]
    survives: bool
    """Whether that is what did become of it, and of all it depends on, and whether it takes effect as it did."""


class _Decided(NamedTuple):
    """A question as counted."""

    outcome: Outcome
    fates: tuple[Election | None, ...]


def measure_margins(counted: Counted, contested: Sequence[Contested]) -> MarginTest:
    """Compare contested weight with every margin.

    Args:
        counted: the published numbers.
        contested: what is in doubt.

    Raises:
        RefusedError: the numbers contradict each other, or a weight is negative.
    """
    require_contested(contested)
    quorum = compare(_needed(counted, 0).quorum, Measure(*counted.cast), Measure(*counted.electorate))
    alone = [_test(counted, index, contested) for index in range(len(counted.asks))]
    firm = _with_what_they_need(counted.asks, [each.stands_alone for each in alone])
    return MarginTest(
        total_of(contested),
        tuple(margin_of(line, None, contested) for line in quorum),
        _all_of(quorum, contested).stands(met=all(line.met for line in quorum)),
        tuple(each._replace(stands=stands) for each, stands in zip(alone, firm, strict=True)),
    )


def outcome_without(counted: Counted, votes: Sequence[Sequence[Measures]], cast: Measures) -> tuple[Without, ...]:
    """Decide every question again without some of the ballots, whose counts are known.

    Args:
        counted: the published numbers.
        votes: what to take away, per question and choice.
        cast: what to take away from those who took part.

    Raises:
        RefusedError: more is taken away than was counted, or the numbers contradict each other.
    """
    rest = Counted(
        counted.profile,
        counted.on,
        counted.asks,
        counted.electorate,
        _minus(counted.cast, cast),
        tuple(
            tuple(_minus(whole, part) for whole, part in zip(row, taken, strict=True))
            for row, taken in zip(counted.votes, votes, strict=True)
        ),
        counted.withdrawn,
    )
    numbers = range(len(counted.asks))
    before, after = ([_decide(each, index) for index in numbers] for each in (counted, rest))
    effects = [take_effect(counted.asks, [each.outcome for each in decided]) for decided in (before, after)]
    same = [before[index] == after[index] and effects[0][index] == effects[1][index] for index in numbers]
    firm = _with_what_they_need(counted.asks, same)
    return tuple(Without(*decided, survives) for decided, survives in zip(after, firm, strict=True))


def _decide(counted: Counted, index: int) -> _Decided:
    if counted.asks[index].kind is AskKind.MOTION:
        return _Decided(counted.decide_motion(index).finding.outcome, ())
    selection = counted.decide_election(index).selection
    return _Decided(selection.outcome, tuple(place.election for place in selection.places))


def _test(counted: Counted, index: int, contested: Sequence[Contested]) -> QuestionTest:
    """Test one question by itself."""
    decided = _decide(counted, index)
    lines = compare(_needed(counted, index).quorum, Measure(*counted.cast), Measure(*counted.electorate))
    quorum = _all_of(lines, contested)
    margins = tuple(margin_of(line, None, contested) for line in lines)
    if decided.outcome is Outcome.QUORUM_NOT_MET:
        stands = not quorum.possible
        return QuestionTest(*decided, margins, stands, stands)
    test = _test_motion if counted.asks[index].kind is AskKind.MOTION else _test_election
    more, same = test(counted, index, contested)
    stands = quorum.certain and same
    return QuestionTest(*decided, (*margins, *more), stands, stands)


def _test_motion(counted: Counted, index: int, contested: Sequence[Contested]) -> tuple[tuple[Margin, ...], bool]:
    """Return the margins of a motion with a quorum, and whether its outcome is the same in every case with a quorum."""
    needed, outcome = _needed(counted, index), counted.decide_motion(index).finding.outcome
    yes, no, _ = (Measure(*vote) for vote in counted.votes[index])
    approval = compare(needed.approval, yes, Measure(*counted.cast))
    rejection = compare(needed.rejection, no, Measure(*counted.cast))
    adopted, rejected = _all_of(approval, contested), _all_of(rejection, contested)
    possible = {Outcome.ADOPTED} if adopted.possible else set()
    if not adopted.certain:
        possible |= {Outcome.REJECTED} if rejected.possible else set()
        possible |= set() if rejected.certain else {Outcome.NO_DECISION}
    shown = approval if outcome is Outcome.ADOPTED else approval + rejection
    return tuple(margin_of(line, None, contested) for line in shown), possible == {outcome}


def _test_election(counted: Counted, index: int, contested: Sequence[Contested]) -> tuple[tuple[Margin, ...], bool]:
    """Return the margins of an election with a quorum, and whether every fate is the same in every case with a quorum.

    It is enough that nobody who has a fate other than *not elected* could miss the majority, that who has another fate
    stays on the same side, and, if somebody else could get the majority, that all places are taken by people ahead. For
    a fate depends only on how many are ahead and how many are equal.
    """
    decision, doubt = counted.decide_election(index), total_of(contested)
    approval, cast = _needed(counted, index).approval, Measure(*counted.cast)
    running = [
        place
        for choice, place in enumerate(decision.selection.places)
        if counted.standing(index, choice) is Standing.CANDIDATE
    ]
    lines = {place.name: compare(approval, place.votes, cast) for place in running}
    holds = {name: _all_of(each, contested) for name, each in lines.items()}
    passing = sorted(
        (place for place in running if place.rank is not None),
        key=lambda place: (-place.votes.heads, -place.votes.area_dm2),
    )
    placed = [place for place in passing if place.election is not Election.NOT_ELECTED]
    others = [place for place in running if place.election is Election.NOT_ELECTED and holds[place.name].possible]
    full = len(placed) >= counted.asks[index].seats + decision.alternates
    stands = (
        all(holds[place.name].certain for place in placed)
        and all(_keep_apart(front, back, doubt) for front, back in combinations(placed, 2))
        and (full or not others)
        and all(ahead(place.votes, other.votes, doubt) for place, other in product(placed, others))
    )
    margins = [margin_of(line, place.name, contested) for place in running for line in lines[place.name]]
    elected = [place for place in passing if place.election is Election.ELECTED]
    for place, other in product(elected, passing[len(elected) :][:1]):
        margins += rank_margins(place.name, place.votes, other.votes, doubt)
    return tuple(margins), stands


def _keep_apart(front: Place, back: Place, doubt: Measures) -> bool:
    """Whether two who have a place keep their order in every case, as far as it matters."""
    if front.election is back.election and front.election is not Election.TIE:
        return True
    if front.votes == back.votes:
        return doubt == Measures(0, 0)
    return ahead(front.votes, back.votes, doubt)


def _all_of(lines: Sequence[Line], contested: Sequence[Contested]) -> Certainty:
    """Return what is known of heads and area together."""
    each = [certainty_of(line, contested) for line in lines]
    return Certainty(all(one.certain for one in each), all(one.possible for one in each))


def _needed(counted: Counted, index: int) -> Majorities:
    ask = counted.asks[index]
    matter = ask.matter if ask.kind is AskKind.MOTION else ELECTION_MATTER
    return majorities(counted.profile, counted.profile.matter(matter, on=counted.on).tier, on=counted.on)


def _with_what_they_need(asks: Sequence[Ask], same: Sequence[bool]) -> list[bool]:
    """Return for each question whether it is the same, and so is all it depends on."""
    firm: list[bool] = []
    for ask, each in zip(asks, same, strict=True):
        firm.append(each and all(firm[needed] for needed in ask.depends_on))
    return firm


def _minus(whole: Measures, part: Measures) -> Measures:
    return Measures(whole.heads - part.heads, whole.area_dm2 - part.area_dm2)
