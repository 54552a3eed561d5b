"""Who may object to a result, what is merged, how an objection ends, and whose ballots stay in doubt."""

from datetime import UTC, datetime, timedelta

import pytest

from vote.certificate.objection import (
    MERGED,
    Outcome,
    StoredObjection,
    Topic,
    contested_by,
    require_all_answered,
    require_answer,
    require_in_time,
    require_mergeable,
    require_objection,
    topics_of,
)
from vote.errors import Reason, RefusedError

UNTIL = datetime(2027, 1, 11, 16, tzinfo=UTC)


def objection(number: int, raised_by: int, **changes: object) -> StoredObjection:
    return StoredObjection(
        number, 100 + number, raised_by, "计票", None, None, None, None, contested=False, answered_at=None
    )._replace(**changes)


@pytest.mark.parametrize(
    ("topic", "question", "text", "words"),
    [
        ("", None, "x", "topic"),
        (" ", None, "x", "topic"),
        ("长" * 25, None, "x", "topic"),
        ("a\nb", None, "x", "topic"),
        ("计票", 0, "x", "2 questions"),
        ("计票", 3, "x", "2 questions"),
        ("计票", 1, " ", "1 to 2000"),
        ("计票", None, "长" * 2001, "1 to 2000"),
        ("计票", None, "a\x00", "1 to 2000"),
    ],
)
def test_an_objection_says_what_it_is_about(topic, question, text, words):
    with pytest.raises(RefusedError, match=words) as refusal:
        require_objection(topic, question, 2, text)
    assert refusal.value.reason is Reason.MALFORMED
    require_objection("长" * 24, 2, 2, "长" * 2000)
    require_objection("计票", None, 2, "x")


def test_objections_are_taken_until_the_last_day_ends():
    require_in_time(UNTIL - timedelta(milliseconds=1), UNTIL, days=7)
    with pytest.raises(RefusedError, match="until 2027-01-11 16:00 UTC"):
        require_in_time(UNTIL, UNTIL, days=7)


def test_a_demonstration_takes_them_until_its_certificate_is_composed():
    require_in_time(UNTIL + timedelta(hours=1), UNTIL, days=0)


def test_what_several_say_about_one_thing_is_one_objection():
    require_mergeable(objection(1, 5), objection(2, 6))
    for one, other, words in (
        (objection(1, 5), objection(1, 5), "same topic"),
        (objection(1, 5), objection(2, 6, topic="名册"), "same topic"),
        (objection(1, 5, question=1), objection(2, 6), "same topic"),
        (objection(1, 5), objection(2, 6, outcome="answered"), "ended already"),
        (objection(1, 5, outcome=MERGED, merged_into=3), objection(2, 6), "ended already"),
    ):
        with pytest.raises(RefusedError, match=words):
            require_mergeable(one, other)


@pytest.mark.parametrize("outcome", ["upheld", "answered", "reserved"])
def test_an_objection_ends_in_one_of_three_ways(outcome):
    assert require_answer(objection(1, 5), outcome, "已核对。", contested=False) is Outcome(outcome)


@pytest.mark.parametrize(
    ("found", "outcome", "answer", "contested", "words"),
    [
        (objection(1, 5, outcome="answered"), "upheld", "x", False, "ended already"),
        (objection(1, 5), "merged", "x", False, "one of upheld, answered, reserved"),
        (objection(1, 5), "upheld", " ", False, "it is public"),
        (objection(1, 5), "upheld", "长" * 2001, False, "it is public"),
        (objection(1, 5), "upheld", "a\x00", False, "it is public"),
        (objection(1, 5), "answered", "x", True, "contests no ballot"),
    ],
)
def test_it_does_not_end_otherwise(found, outcome, answer, contested, words):
    with pytest.raises(RefusedError, match=words):
        require_answer(found, outcome, answer, contested=contested)


@pytest.mark.parametrize("outcome", ["upheld", "reserved"])
def test_a_right_or_open_objection_may_leave_ballots_in_doubt(outcome):
    require_answer(objection(1, 5), outcome, "x", contested=True)


def test_an_owner_who_says_it_twice_is_counted_once():
    raised = [
        objection(1, 5),
        objection(2, 6, merged_into=1, outcome=MERGED),
        objection(3, 5, merged_into=1, outcome=MERGED),
        objection(4, 7),
    ]
    assert topics_of(raised) == (Topic(raised[0], 2), Topic(raised[3], 1))


def test_ballots_of_all_who_raised_a_contested_objection_stay_in_doubt():
    raised = [
        objection(1, 5, outcome="upheld", contested=True),
        objection(2, 6, merged_into=1, outcome=MERGED),
        objection(3, 7, outcome="upheld"),
    ]
    assert contested_by(raised) == {5, 6}
    assert contested_by(raised[2:]) == frozenset()


def test_a_certificate_waits_for_every_answer():
    require_all_answered([objection(1, 5, outcome="answered")])
    with pytest.raises(RefusedError, match=r"2 objections wait .* number 1"):
        require_all_answered([objection(1, 5), objection(2, 5, outcome="answered"), objection(3, 5)])
