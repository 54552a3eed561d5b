from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product

import pytest

from tests.strategies import seeded
from tests.vote.drafts import DRAFT, NOON
from vote.election.ask import election, encode_ask, motion
from vote.election.rules import (
    BEFORE_CLOSING,
    BEFORE_OPENING,
    FOLLOWS,
    GRACE_SECONDS,
    Secrecy,
    State,
    decode_asks,
    new_uuid,
    periods_of,
    require_closable,
    require_complete,
    require_in_time,
    require_state,
    require_step,
)
from vote.election.terms import Extension, Periods
from vote.errors import Reason, RefusedError
from vote.law.library import list_profiles, load_profile
from vote.law.measure import Period
from vote.law.profile import Profile

OPENS, CLOSES = DRAFT.opens_at, DRAFT.closes_at
SECOND, MOMENT = timedelta(seconds=1), timedelta(microseconds=1)
LIFE = ["draft", "sealed", "noticed", "open", "closed", "checked", "tallied", "preliminary", "certified"]
STEPS = {*pairwise(LIFE), *((state, "annulled") for state in LIFE[:-1])}
"""product.md §4."""


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
    require_complete(replace(DRAFT, secrecy=Secrecy.NAMED), now=NOON, demo=False)
    for times in (1, 3):
        require_complete(replace(DRAFT, extension=Extension(times, CLOSES + SECOND)), now=NOON, demo=False)


@pytest.mark.parametrize(
    ("changes", "reason", "complaint"),
    [
        ({"credential_parts": 0}, Reason.MALFORMED, "has 1 or 2 parts"),
        ({"credential_parts": 3}, Reason.MALFORMED, "has 1 or 2 parts"),
        ({"extension": Extension(1, CLOSES)}, Reason.MALFORMED, "extension lies after closes_at"),
        ({"extension": Extension(0, CLOSES + SECOND)}, Reason.MALFORMED, "happens 1 to 3 times"),
        ({"extension": Extension(4, CLOSES + SECOND)}, Reason.MALFORMED, "happens 1 to 3 times"),
        ({"title": "  "}, Reason.MALFORMED, "title must be one line"),
        ({"title": "会" * 201}, Reason.MALFORMED, "title must be one line"),
        ({"title": "业主\n大会"}, Reason.MALFORMED, "title must be one line"),
        ({"title": "DEMO 业主大会"}, Reason.NOT_ALLOWED, "DEMO must stand"),
        ({"closes_at": OPENS}, Reason.MALFORMED, "Closing must come after opening"),
        ({"opens_at": NOON - 2 * SECOND, "closes_at": NOON}, Reason.MALFORMED, "lie in the future"),
        ({"threshold": 0}, Reason.MALFORMED, "threshold"),
        ({"threshold": 4}, Reason.MALFORMED, "threshold"),
        ({"threshold": 1}, Reason.MALFORMED, "More than half of the trustees"),
        ({"trustees": tuple("甲乙丙丁")}, Reason.MALFORMED, "More than half of the trustees"),
        ({"trustees": (), "threshold": 0}, Reason.MALFORMED, "1 to 9 trustees"),
        ({"trustees": tuple("甲乙丙丁戊己庚辛壬癸")}, Reason.MALFORMED, "1 to 9 trustees"),
        ({"trustees": ("甲", "乙", "甲")}, Reason.MALFORMED, "Two trustees have one name"),
        ({"trustees": ("甲", "乙", "丙\n")}, Reason.MALFORMED, "trustee's name must be one line"),
        ({"asks": (election("4", "选举", ("甲",), 1),)}, Reason.MALFORMED, "which is matter 3"),
    ],
)
def test_an_incomplete_draft_is_refused(changes, reason, complaint):
    with pytest.raises(RefusedError, match=complaint) as refusal:
        require_complete(replace(DRAFT, **changes), now=NOON, demo=False)
    assert refusal.value.reason is reason


def test_a_demonstration_says_so_in_its_title():
    with pytest.raises(RefusedError, match="DEMO must stand"):
        require_complete(DRAFT, now=NOON, demo=True)


def test_voting_comes_after_notice_and_before_closing():
    assert [state for state in LIFE if State(state) in BEFORE_OPENING] == ["draft", "sealed", "noticed"]
    assert set(BEFORE_CLOSING) == {State.DRAFT, State.SEALED, State.NOTICED, State.OPEN}


@pytest.mark.parametrize("reference", list_profiles(), ids=lambda each: each.id)
def test_notice_disputes_and_objections_take_as_many_days_as_the_profile_says(reference):
    """Everywhere 15 days' notice (PMR art. 14), 3 days for disputes, 7 for objections (docs/decisions/0003, 9 and 12)."""
    profile = load_profile(*reference)
    assert periods_of(profile, date(2026, 12, 10), demo=False) == Periods(15, 3, 7)
    assert periods_of(profile, date(2026, 12, 10), demo=True) == Periods(0, 0, 0)


def test_before_the_civil_code_no_period_is_known():
    with pytest.raises(RefusedError, match="2021") as refusal:
        periods_of(load_profile("cn"), date(2020, 12, 31), demo=False)
    assert refusal.value.reason is Reason.NOT_SUPPORTED


def test_a_period_in_other_days_than_those_of_the_calendar_is_refused(monkeypatch):
    """Fifteen working days are more than fifteen days: to count them, somebody has to know the holidays."""
    monkeypatch.setattr(Profile, "read", lambda *_, **__: Period(15, "WD"))
    with pytest.raises(RefusedError, match="calendar days") as refusal:
        periods_of(load_profile("cn"), date(2026, 12, 10), demo=False)
    assert refusal.value.reason is Reason.NOT_SUPPORTED


def test_a_new_number_is_fourteen_characters_that_nobody_mistakes():
    """Without 0, O, I and l; 32 random bytes are read as one number, its last digits first."""
    assert new_uuid(bytes) == "1" * 14
    assert new_uuid(lambda size: bytes(size - 1) + b"\x3b") == "22" + "1" * 12
    assert not set(new_uuid(seeded(1))) & set("0OIl")
    assert len({new_uuid(seeded(seed)) for seed in range(20)}) == 20


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
