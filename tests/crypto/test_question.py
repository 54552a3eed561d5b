from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import compact_json, read_json
from crypto.errors import MalformedError
from crypto.question import Question, decode_question, encode_question
from tests.strategies import allowed_choices, questions

RANGE = Question("选举委员", ("张三", "李四", "王五"), minimum=1, maximum=2, blank=False)
BLANK = Question("是否同意", ("同意", "反对"), minimum=1, maximum=1, blank=True)
OBJECT: dict[str, Any] = {"answers": ["a", "b"], "min": 0, "max": 2, "question": "q"}


@settings(max_examples=60, deadline=None)
@given(questions)
def test_a_question_is_written_and_read(question: Question) -> None:
    assert decode_question(read_json(compact_json(encode_question(question)), "question")) == question


def test_fields_stand_in_the_order_of_the_protocol() -> None:
    """As in the election of the vectors, which the field's own tool wrote."""
    assert compact_json(encode_question(BLANK)) == (
        '{"answers":["同意","反对"],"blank":true,"min":1,"max":1,"question":"是否同意"}'.encode()
    )
    assert list(encode_question(RANGE)) == ["answers", "min", "max", "question"]


def test_the_blank_vote_is_one_choice_more() -> None:
    assert (RANGE.choices, BLANK.choices) == (3, 3)


def test_blank_false_is_read_as_absent() -> None:
    assert decode_question(OBJECT | {"blank": False}) == decode_question(OBJECT)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "question 3: an object is expected"),
        ({"type": "NonHomomorphic", "value": {}}, "question 3: only questions whose answers are counted"),
        (OBJECT | {"extra": 1}, "question 3: unknown field 'extra'"),
        ({"answers": ["a"], "min": 0, "max": 1}, "question 3: field question is missing"),
        (OBJECT | {"answers": "ab"}, "question 3, answers: a list is expected"),
        (OBJECT | {"answers": []}, "question 3: max is above the number of answers"),
        (OBJECT | {"answers": ["a", 1]}, "question 3, answer 2: a text is expected"),
        (OBJECT | {"question": None}, "question 3, text: a text is expected"),
        (OBJECT | {"blank": 1}, "question 3, blank: true or false is expected"),
        (OBJECT | {"min": -1}, "question 3, min: a whole number from 0 is expected"),
        (OBJECT | {"min": True}, "question 3, min: a whole number from 0 is expected"),
        (OBJECT | {"max": 0}, "question 3, max: a whole number from 1 is expected"),
        (OBJECT | {"max": "2"}, "question 3, max: a whole number from 1 is expected"),
        (OBJECT | {"max": 3}, "question 3: max is above the number of answers"),
        (OBJECT | {"min": 2, "max": 1}, "question 3: min is above max"),
    ],
)
def test_anything_else_is_refused(value: object, reason: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        decode_question(value, "question 3")
    assert str(refusal.value).startswith(reason)


@pytest.mark.parametrize(
    ("question", "choices"),
    [(RANGE, [1, 0, 0]), (RANGE, [0, 1, 1]), (BLANK, [1, 0, 0]), (BLANK, [0, 0, 1])],
)
def test_allowed_choices_pass(question: Question, choices: list[int]) -> None:
    question.require_allowed(choices, "question 1")


@pytest.mark.parametrize(
    ("question", "choices", "reason"),
    [
        (RANGE, [0, 0, 0], "choose from 1 to 2 answers"),
        (RANGE, [1, 1, 1], "choose from 1 to 2 answers"),
        (RANGE, [2, 0, 0], "each choice is 0 or 1"),
        (RANGE, [-1, 1, 1], "each choice is 0 or 1"),
        (RANGE, [1, 0], "3 choices are expected, there are 2"),
        (RANGE, [1, 0, 0, 0], "3 choices are expected, there are 4"),
        (BLANK, [1, 1, 0], "a blank vote chooses nothing else"),
        (BLANK, [0, 0, 0], "choose from 1 to 1 answers"),
        (BLANK, [0, 1, 1], "choose from 1 to 1 answers"),
        (BLANK, [1, 0], "3 choices are expected, there are 2"),
    ],
)
def test_other_choices_are_refused(question: Question, choices: list[int], reason: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        question.require_allowed(choices, "question 1")
    assert str(refusal.value) == f"question 1: {reason}"


@settings(max_examples=30, deadline=None)
@given(questions, st.data())
def test_every_question_allows_something(question: Question, data: st.DataObject) -> None:
    question.require_allowed(data.draw(allowed_choices(question)), "question 1")
