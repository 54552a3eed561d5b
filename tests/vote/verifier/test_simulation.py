"""Whole elections under random rolls, votes, re-votes and lost trustees, each verified, and refused with a total changed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulator import ASKS, Choices, ElectionSimulator, Vote
from tests.strategies import allowed_choices
from tests.vote.verifier.bundles import bundle_of, lone, rejected, verified
from vote.verifier.report import Step


@st.composite
def _choices(draw: st.DrawFn) -> Choices:
    return tuple(tuple(draw(allowed_choices(ask.question()))) for ask in ASKS)


@st.composite
def elections(draw: st.DrawFn) -> ElectionSimulator:
    """Draw an election of 3 to 6 owners."""
    areas = draw(st.lists(st.integers(1, 60_000_000), min_size=3, max_size=6))
    votes: list[Vote] = draw(st.lists(st.tuples(st.integers(1, len(areas)), _choices()), max_size=5))
    trustees, threshold = draw(st.sampled_from([(1, 1), (3, 2), (3, 3)]))
    lost = draw(st.sets(st.integers(1, trustees), max_size=trustees - threshold))
    return ElectionSimulator(
        areas=areas,
        votes=votes,
        trustees=trustees,
        threshold=threshold,
        lost=frozenset(lost),
        seed=draw(st.integers(0, 99)),
    )


@settings(max_examples=12, deadline=None)
@given(elections(), st.data())
def test_every_honest_election_is_verified_and_every_changed_total_is_not(
    simulator: ElectionSimulator, draw: st.DataObject
) -> None:
    facts = verified(bundle_of(simulator)).facts
    assert facts is not None
    assert facts["totals"] == [list(row) for row in simulator.totals]
    assert facts["cast"] == simulator.cast._asdict()
    assert verified(lone(simulator.archive)).facts is not None
    totals = [list(row) for row in simulator.totals]
    question = draw.draw(st.integers(0, len(totals) - 1))
    choice = draw.draw(st.integers(0, len(totals[question]) - 1))
    totals[question][choice] += draw.draw(st.sampled_from([1, simulator.base, simulator.base + 1]))
    archive = simulator.archive_of(totals=tuple(map(tuple, totals)))
    assert f"question {question + 1}, choice {choice + 1}" in rejected(
        bundle_of(simulator, archive=archive), Step.RESULT
    )
