import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from vote.election.ask import ABSTAIN, MAX_CANDIDATES, MAX_TEXT, decode_ask, election, encode_ask, motion

MOTION = motion("2", "是否同意管理规约", (0,))
ELECTION = election("3", "选举委员", ("甲", "乙", "丙"), 2, 1, (0, 1))
lines = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)


def test_a_motion_has_three_choices_of_which_one_is_marked():
    question = MOTION.question()
    assert (question.text, question.answers) == ("是否同意管理规约", ("同意", "反对", "弃权"))
    assert (question.minimum, question.maximum, question.blank) == (1, 1, False)


def test_in_an_election_nobody_to_as_many_as_there_are_seats_may_be_ticked():
    question = ELECTION.question()
    assert question.answers == ("甲", "乙", "丙", "弃权")
    assert (question.minimum, question.maximum, question.blank) == (0, 2, False)
    assert election("3", "选举委员", ("甲",), 5).maximum == 1


def test_a_question_is_written_field_by_field():
    assert encode_ask(ELECTION) == {
        "matter": "3",
        "kind": "election",
        "text": "选举委员",
        "choices": ["甲", "乙", "丙", "弃权"],
        "min": 0,
        "max": 2,
        "seats": 2,
        "alternates": 1,
        "depends_on": [0, 1],
    }


@given(
    st.builds(motion, lines, lines, st.sampled_from([(), (0,), (1, 0)]))
    | st.builds(
        election,
        lines,
        lines,
        st.lists(lines.filter(lambda name: name != ABSTAIN), min_size=1, max_size=6, unique=True).map(tuple),
        st.integers(1, 9),
        st.integers(0, 9),
    )
)
@settings(max_examples=50, deadline=None)
def test_a_question_is_read_as_it_was_written(ask):
    assert decode_ask(encode_ask(ask), 2) == ask


@pytest.mark.parametrize(("ask", "index"), [(MOTION, 1), (ELECTION, 2)])
@pytest.mark.parametrize("name", encode_ask(MOTION))
def test_a_question_without_one_of_its_fields_is_refused_by_name(ask, index, name):
    value = encode_ask(ask)
    del value[name]
    with pytest.raises(MalformedError, match=f"question {index + 1}: field {name} is missing"):
        decode_ask(value, index)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"matter": 2}, "matter: a text"),
        ({"kind": "survey"}, "kind must be motion or election"),
        ({"kind": "election"}, "at least one seat"),
        ({"text": ""}, "text: one line"),
        ({"text": " 是否"}, "text: one line"),
        ({"text": "是\n否"}, "text: one line"),
        ({"text": "长" * (MAX_TEXT + 1)}, "text: one line"),
        ({"choices": "同意"}, "choices: a list"),
        ({"choices": ["同意", "反对"]}, "a motion has the choices"),
        ({"choices": ["同意", "反对", "弃权", "其他"]}, "a motion has the choices"),
        ({"choices": ["反对", "同意", "弃权"]}, "a motion has the choices"),
        ({"choices": ["同意", "同意", "弃权"]}, "a choice stands twice"),
        ({"choices": ["同意", "反对", 3]}, "choice: a text"),
        ({"min": 0}, "exactly one is marked"),
        ({"max": 2}, "exactly one is marked"),
        ({"max": True}, "max: a whole number"),
        ({"seats": 1}, "a motion has"),
        ({"alternates": 1}, "a motion has"),
        ({"depends_on": [1]}, "earlier questions only"),
        ({"depends_on": [-1]}, "depends_on: a whole number"),
        ({"depends_on": 0}, "a list is expected"),
        ({"quorum": 0}, "unknown field 'quorum'"),
    ],
)
def test_a_motion_that_does_not_go_together_is_refused(changes, complaint):
    with pytest.raises(MalformedError, match=f"question 2.*{complaint}"):
        decode_ask({**encode_ask(MOTION), **changes}, 1)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"kind": "motion"}, "a motion has"),
        ({"choices": ["弃权"]}, "has 1 to 60 candidates"),
        ({"choices": ["甲", "乙", "丙"]}, "then 弃权"),
        ({"choices": [f"候选人{n}" for n in range(MAX_CANDIDATES + 1)] + ["弃权"]}, "has 1 to 60 candidates"),
        ({"choices": ["甲", "甲", "弃权"]}, "namesakes"),
        ({"min": 1}, "from 0 up"),
        ({"max": 0}, "from 0 up"),
        ({"max": 4}, "from 0 up"),
        ({"seats": 0}, "at least one seat"),
        ({"seats": 61}, "at most 60 seats"),
        ({"alternates": 10**30}, "at most 60 seats"),
        ({"alternates": -1}, "alternates: a whole number"),
    ],
)
def test_an_election_that_does_not_go_together_is_refused(changes, complaint):
    with pytest.raises(MalformedError, match=f"question 3.*{complaint}"):
        decode_ask({**encode_ask(ELECTION), **changes}, 2)


def test_sixty_candidates_and_five_hundred_characters_do():
    ask = election("3", "长" * MAX_TEXT, tuple(f"候选人{n}" for n in range(MAX_CANDIDATES)), 60)
    assert decode_ask(encode_ask(ask), 0) == ask


@pytest.mark.parametrize("value", [None, [], "motion", 1])
def test_what_is_no_object_is_no_question(value):
    with pytest.raises(MalformedError, match="question 1: an object"):
        decode_ask(value, 0)
