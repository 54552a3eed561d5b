import pytest

from vote.errors import RefusedError
from vote.law.dependency import in_effect, order
from vote.law.question import Outcome

ADOPTED, REJECTED = Outcome.ADOPTED, Outcome.REJECTED
RULES = {"rules": (), "covenant": (), "committee": ("rules", "covenant"), "pay": ("committee",)}


def test_an_outcome_takes_effect_if_all_it_depends_on_are_adopted() -> None:
    assert in_effect(dict.fromkeys(RULES, ADOPTED), RULES) == set(RULES)


@pytest.mark.parametrize("failed", [Outcome.REJECTED, Outcome.NO_DECISION, Outcome.QUORUM_NOT_MET])
def test_the_committee_does_not_take_office_without_the_rules(failed: Outcome) -> None:
    outcomes = {**dict.fromkeys(RULES, ADOPTED), "rules": failed}
    assert in_effect(outcomes, RULES) == {"rules", "covenant"}


def test_what_failed_itself_still_stands_if_it_depends_on_nothing() -> None:
    assert in_effect({"a": REJECTED}, {"a": ()}) == {"a"}


def test_questions_come_after_those_they_depend_on() -> None:
    found = order({"pay": ("committee",), "committee": ("rules",), "rules": ()})
    assert found == ("rules", "committee", "pay")


def test_a_circle_is_refused_and_named() -> None:
    with pytest.raises(RefusedError, match="circle") as caught:
        order({"a": ("b",), "b": ("c",), "c": ("a",), "d": ()})
    assert all(name in caught.value.detail for name in "abc")


def test_a_question_that_depends_on_itself_is_refused() -> None:
    with pytest.raises(RefusedError, match="circle"):
        order({"a": ("a",)})


def test_a_question_that_is_not_asked_is_refused() -> None:
    with pytest.raises(RefusedError, match="not asked"):
        order({"a": ("b",)})


def test_outcomes_for_other_questions_are_refused() -> None:
    with pytest.raises(RefusedError, match="different questions"):
        in_effect({"a": ADOPTED}, {"a": (), "b": ()})
