from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import seeds
from vote.demo.plan import demo_questions, plan_votes
from vote.election.ask import AskKind, decode_ask, encode_ask

ASKS = demo_questions()


def test_the_demonstration_asks_for_rules_covenant_and_a_committee_of_five_out_of_seven():
    assert [(ask.matter, ask.kind) for ask in ASKS] == [
        ("1", AskKind.MOTION),
        ("2", AskKind.MOTION),
        ("3", AskKind.ELECTION),
    ]
    assert (ASKS[2].seats, ASKS[2].alternates, ASKS[2].maximum, len(ASKS[2].choices)) == (5, 2, 5, 8)
    assert ASKS[2].depends_on == (0,)
    assert [decode_ask(encode_ask(ask), index) for index, ask in enumerate(ASKS)] == ASKS


@given(seeds, st.integers(1, 60), st.integers(1, 100))
@settings(max_examples=40, deadline=None)
def test_each_planned_ballot_is_one_that_the_questions_allow(seed, size, turnout):
    votes = plan_votes(ASKS, range(1, size + 1), turnout, seed)
    for vote in votes:
        for ask, marks in zip(ASKS, vote.choices, strict=True):
            ask.question().require_allowed(marks, "a planned ballot")
    first = Counter(vote.entitlement for vote in votes)
    assert len(first) == size * turnout // 100
    assert set(first) <= set(range(1, size + 1))
    assert set(first.values()) <= {1, 2}


def test_second_thoughts_come_after_all_first_ballots():
    votes = plan_votes(ASKS, range(1, 501), 100, 3)
    voters = [vote.entitlement for vote in votes]
    assert sorted(voters[:500]) == list(range(1, 501))
    assert 1 <= len(voters) - 500 <= 50
    assert len(set(voters[500:])) == len(voters) - 500


def test_one_seed_tells_one_story_and_another_another():
    assert plan_votes(ASKS, range(1, 51), 80, 7) == plan_votes(ASKS, range(1, 51), 80, 7)
    assert plan_votes(ASKS, range(1, 51), 80, 7) != plan_votes(ASKS, range(1, 51), 80, 8)


@pytest.fixture(scope="module")
def many():
    return [vote.choices for vote in plan_votes(ASKS, range(1, 2001), 100, 1)]


def test_both_motions_pass_in_the_story(many):
    for index in (0, 1):
        yes = sum(choices[index][0] for choices in many)
        assert len(many) * 2 // 3 < yes < len(many)


def test_some_tick_nobody_some_abstain_and_nobody_does_both(many):
    elections = [choices[2] for choices in many]
    assert any(sum(marks) == 0 for marks in elections)
    assert any(marks[-1] for marks in elections)
    assert all(sum(marks) == 1 for marks in elections if marks[-1])
