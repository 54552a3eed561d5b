import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.answer import decode_answer, encode_answer, seal_answer, verify_answer
from crypto.errors import MalformedError, VerificationError
from crypto.group import multiply_base
from crypto.question import Question
from tests.strategies import allowed_choices, questions, seeded, seeds

KEY = multiply_base(31337)
BINDING = "φ|credential"
RANGE = Question("Which?", ("a", "b", "c"), minimum=1, maximum=2, blank=False)
BLANK = Question("Agree?", ("yes", "no"), minimum=1, maximum=1, blank=True)


@settings(max_examples=25, deadline=None)
@given(questions, st.data(), seeds)
def test_every_allowed_answer_is_sealed_read_and_verified(question: Question, data: st.DataObject, seed: int) -> None:
    choices = data.draw(allowed_choices(question))
    answer = seal_answer(BINDING, KEY, question, choices, seeded(seed))
    assert decode_answer(encode_answer(answer), question, "question 1") == answer
    verify_answer(BINDING, KEY, question, answer, "question 1")


def test_what_the_question_does_not_allow_is_not_sealed() -> None:
    with pytest.raises(MalformedError, match="choose from 1 to 2 answers"):
        seal_answer(BINDING, KEY, RANGE, [1, 1, 1], seeded(1))


def test_an_answer_has_the_shape_of_its_question() -> None:
    plain = encode_answer(seal_answer(BINDING, KEY, RANGE, [0, 1, 0], seeded(1)))
    assert [len(plain[name]) for name in plain] == [3, 3, 2]
    blank = encode_answer(seal_answer(BINDING, KEY, BLANK, [0, 1, 0], seeded(1)))
    assert [(name, len(part)) for name, part in blank.items()] == [
        ("choices", 3),
        ("individual_proofs", 3),
        ("overall_proof", 2),
        ("blank_proof", 2),
    ]
    proof = blank["blank_proof"][0]
    for value, question in (
        (None, RANGE),
        (plain, BLANK),
        (blank, RANGE),
        (plain | {"blank_proof": [proof, proof]}, RANGE),
        (plain | {"choices": plain["choices"][:2]}, RANGE),
        (plain | {"choices": [*plain["choices"], plain["choices"][0]]}, RANGE),
        (plain | {"individual_proofs": plain["individual_proofs"][:2]}, RANGE),
        (plain | {"individual_proofs": [[proof]] * 3}, RANGE),
        (plain | {"individual_proofs": [[proof] * 3] * 3}, RANGE),
        (plain | {"overall_proof": [proof]}, RANGE),
        (plain | {"overall_proof": [proof] * 3}, RANGE),
        (blank | {"overall_proof": [proof]}, BLANK),
        (blank | {"blank_proof": [proof]}, BLANK),
        (blank | {"blank_proof": []}, BLANK),
        (blank | {"blank_proof": None}, BLANK),
    ):
        with pytest.raises(MalformedError, match=r"^question 5"):
            decode_answer(value, question, "question 5")


def test_an_answer_is_bound_to_election_credential_key_and_question() -> None:
    answer = seal_answer(BINDING, KEY, RANGE, [0, 1, 0], seeded(1))
    for binding, key, question in (
        ("ψ|credential", KEY, RANGE),
        ("φ|credentials", KEY, RANGE),
        (BINDING, multiply_base(31338), RANGE),
        (BINDING, KEY, Question("Which?", ("a", "b", "c"), minimum=2, maximum=3, blank=False)),
    ):
        with pytest.raises(VerificationError, match=r"^question 1, .*the proof does not hold$"):
            verify_answer(binding, key, question, answer, "question 1")


def test_a_refusal_says_where() -> None:
    answer = seal_answer(BINDING, KEY, BLANK, [0, 1, 0], seeded(1))
    other = seal_answer(BINDING, KEY, BLANK, [0, 1, 0], seeded(2))
    for changed, where in (
        (answer._replace(choices=(other.choices[0], *answer.choices[1:])), "question 7, blank vote"),
        (answer._replace(choices=(*answer.choices[:2], other.choices[2])), "question 7, answer 2"),
        (answer._replace(individual_proofs=answer.individual_proofs[::-1]), "question 7, blank vote"),
        (answer._replace(overall_proof=other.overall_proof), "question 7, number of answers"),
        (answer._replace(blank_proof=other.blank_proof), "question 7, blank vote without answers"),
    ):
        with pytest.raises(VerificationError) as refusal:
            verify_answer(BINDING, KEY, BLANK, changed, "question 7")
        assert str(refusal.value) == f"{where}: the proof does not hold"
