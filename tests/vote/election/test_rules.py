from dataclasses import replace
from datetime import timedelta
from itertools import pairwise, product

import pytest

from tests.vote.drafts import DRAFT, NOON
from vote.election.ask import encode_ask, motion
from vote.election.rules import (
    FOLLOWS,
    GRACE_SECONDS,
    Secrecy,
    State,
    decode_asks,
    require_closable,
    require_complete,
    require_in_time,
    require_state,
    require_step,
)
from vote.errors import Reason, RefusedError

OPENS, CLOSES = DRAFT.opens_at, DRAFT.closes_at
SECOND, MOMENT = timedelta(seconds=1), timedelta(microseconds=1)
LIFE = ["draft", "sealed", "open", "closed", "tallied", "preliminary"]
STEPS = {*pairwise(LIFE), *((state, "annulled") for state in LIFE[:-1])}
"""product.md §4, as far as this version goes."""


@pytest.mark.parametrize(("state", "following"), list(product(State, State)))
def test_an_election_takes_the_steps_of_its_life_and_no_other(state, following):
    assert (following in FOLLOWS[state]) == ((str(state), str(following)) in STEPS)
    if (str(state), str(following)) in STEPS:
        require_step(state, following)
        return
    with pytest.raises(RefusedError, match=f"that is {state} cannot become {following}") as refusal:
        require_step(state, following)
    assert refusal.value.reason is Reason.WRONG_STATE


def test_what_needs_a_state_says_where_the_election_stands():
    require_state(State.OPEN, State.SEALED, State.OPEN)
    with pytest.raises(RefusedError, match="is closed; this is possible only while it is sealed or open") as refusal:
        require_state(State.CLOSED, State.SEALED, State.OPEN)
    assert refusal.value.reason is Reason.WRONG_STATE


def test_a_complete_draft_may_be_prepared():
    require_complete(DRAFT, now=NOON, demo=False)
    require_complete(replace(DRAFT, title="DEMO 业主大会"), now=NOON, demo=True)
    require_complete(replace(DRAFT, title="会" * 200, trustees=("甲",), threshold=1), now=CLOSES - MOMENT, demo=False)
    require_complete(replace(DRAFT, trustees=tuple("甲乙丙丁戊己庚辛壬"), threshold=9), now=NOON, demo=False)


@pytest.mark.parametrize(
    ("changes", "reason", "complaint"),
    [
        ({"secrecy": Secrecy.NAMED}, Reason.NOT_SUPPORTED, "Named elections cannot be held"),
        ({"title": "  "}, Reason.MALFORMED, "title must be one line"),
        ({"title": "会" * 201}, Reason.MALFORMED, "title must be one line"),
        ({"title": "业主\n大会"}, Reason.MALFORMED, "title must be one line"),
        ({"title": "DEMO 业主大会"}, Reason.NOT_ALLOWED, "DEMO must stand"),
        ({"closes_at": OPENS}, Reason.MALFORMED, "Closing must come after opening"),
        ({"opens_at": NOON - 2 * SECOND, "closes_at": NOON}, Reason.MALFORMED, "lie in the future"),
        ({"threshold": 0}, Reason.MALFORMED, "threshold"),
        ({"threshold": 4}, Reason.MALFORMED, "threshold"),
        ({"trustees": (), "threshold": 0}, Reason.MALFORMED, "1 to 9 trustees"),
        ({"trustees": tuple("甲乙丙丁戊己庚辛壬癸")}, Reason.MALFORMED, "1 to 9 trustees"),
        ({"trustees": ("甲", "乙", "甲")}, Reason.MALFORMED, "Two trustees have one name"),
    ],
)
def test_an_incomplete_draft_is_refused(changes, reason, complaint):
    with pytest.raises(RefusedError, match=complaint) as refusal:
        require_complete(replace(DRAFT, **changes), now=NOON, demo=False)
    assert refusal.value.reason is reason


def test_a_demonstration_says_so_in_its_title():
    with pytest.raises(RefusedError, match="DEMO must stand"):
        require_complete(DRAFT, now=NOON, demo=True)


def test_one_to_twenty_questions_are_asked():
    question = encode_ask(motion("1", "是否"))
    assert decode_asks([question]) == (motion("1", "是否"),)
    assert len(decode_asks([question] * 20)) == 20
    for count in (0, 21):
        with pytest.raises(RefusedError, match="1 to 20 questions"):
            decode_asks([question] * count)


def test_a_malformed_question_is_refused_in_a_sentence():
    question = encode_ask(motion("1", "是否"))
    with pytest.raises(RefusedError, match=r"question 2: field min is missing\.$") as refusal:
        decode_asks([question, {name: value for name, value in question.items() if name != "min"}])
    assert refusal.value.reason is Reason.MALFORMED


def test_a_ballot_is_in_time_from_opening_up_to_closing():
    for moment in (OPENS, OPENS + MOMENT, CLOSES - MOMENT):
        require_in_time(moment, opens_at=OPENS, closes_at=CLOSES)


@pytest.mark.parametrize(("moment", "reason"), [(OPENS - MOMENT, Reason.POLLS_NOT_OPEN), (CLOSES, Reason.POLLS_CLOSED)])
def test_a_ballot_out_of_time_is_refused(moment, reason):
    with pytest.raises(RefusedError) as refusal:
        require_in_time(moment, opens_at=OPENS, closes_at=CLOSES)
    assert refusal.value.reason is reason


def test_the_box_closes_at_its_time_and_waits_a_minute_for_ballots_that_are_being_checked():
    last = CLOSES + timedelta(seconds=GRACE_SECONDS)
    require_closable(now=CLOSES, closes_at=CLOSES, under_way=0)
    require_closable(now=last, closes_at=CLOSES, under_way=7)
    for now, under_way, complaint in (
        (CLOSES - MOMENT, 0, "Voting goes on until 2026-12-20 00:00:00 UTC"),
        (CLOSES, 1, "1 ballots that came in time are still being checked"),
        (last - MOMENT, 7, "7 ballots"),
    ):
        with pytest.raises(RefusedError, match=complaint) as refusal:
            require_closable(now=now, closes_at=CLOSES, under_way=under_way)
        assert refusal.value.reason is Reason.WRONG_STATE
