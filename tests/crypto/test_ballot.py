import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.ballot import decode_ballot, seal_ballot, tracker
from crypto.credential import public_credential
from crypto.elgamal import multiply_ciphertexts
from crypto.encoding import compact_json
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.group import (
    BASE,
    IDENTITY,
    ORDER,
    add,
    encode_point,
    multiply,
    multiply_base,
    read_point,
    subtract,
)
from crypto.question import Question
from tests.crypto.elections import OTHER_VOTER, SECRET_KEY, SMALL, VOTER, accept, changed, election_of, signed_again
from tests.strategies import SMALL_ORDER, allowed_choices, questions, secrets, seeded, seeds

GOOD = seal_ballot(SMALL, VOTER, [[1, 0], [0, 0, 1]], seeded(1))


@settings(max_examples=15, deadline=None)
@given(st.lists(questions, min_size=1, max_size=2), secrets, seeds, st.data())
def test_every_allowed_ballot_is_accepted_and_holds_what_was_chosen(
    asked: list[Question], secret: int, seed: int, data: st.DataObject
) -> None:
    election = election_of(*asked)
    choices = [data.draw(allowed_choices(question)) for question in asked]
    ballot = accept(seal_ballot(election, secret, choices, seeded(seed)), election)
    assert ballot.credential == public_credential(secret)
    opened = [
        [[IDENTITY, BASE].index(subtract(beta, multiply(alpha, SECRET_KEY))) for alpha, beta in answer.choices]
        for answer in ballot.answers
    ]
    assert opened == choices


def test_ballots_of_several_voters_add_up() -> None:
    """Two votes for the first answer, one for the second."""
    ballots = [
        accept(seal_ballot(SMALL, 5 + i, [votes, [1, 0, 0]], seeded(i))) for i, votes in enumerate(([1, 0], [1, 1]))
    ]
    left, right = (ballot.answers[0].choices for ballot in ballots)
    sums = [multiply_ciphertexts(one, other) for one, other in zip(left, right, strict=True)]
    assert [subtract(beta, multiply(alpha, SECRET_KEY)) for alpha, beta in sums] == [multiply_base(2), BASE]


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ([[1, 0]], "2 questions are to be answered, not 1"),
        ([[1, 0], [0, 0, 0]], "question 2: choose from 1 to 1 answers"),
        ([[2, 0], [0, 1, 0]], "question 1: each choice is 0 or 1"),
        ([[1, 0], [1, 1, 0]], "question 2: a blank vote chooses nothing else"),
    ],
)
def test_choices_that_the_election_does_not_allow_are_not_sealed(choices: list[list[int]], reason: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        seal_ballot(SMALL, VOTER, choices, seeded(1))
    assert str(refusal.value) == reason


def test_sealing_twice_gives_two_ballots_and_two_trackers() -> None:
    rng = seeded(5)
    first, second = (seal_ballot(SMALL, VOTER, [[1, 0], [1, 0, 0]], rng) for _ in range(2))
    assert first != second
    assert tracker(first) != tracker(second)
    assert len(tracker(first)) == 43
    alphas = {choice.alpha for data in (first, second) for answer in accept(data).answers for choice in answer.choices}
    assert len(alphas) == 10


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, str):
        yield path
    for key, part in parts:
        yield from _leaves(part, (*path, key))


LEAVES = [path for path in _leaves(json.loads(GOOD)) if path[0] == "answers"]


def _set(path: tuple[str | int, ...], change: Callable[[str], str]) -> Callable[[dict[str, Any]], None]:
    def apply(value: Any) -> None:
        for key in path[:-1]:
            value = value[key]
        value[path[-1]] = change(value[path[-1]])

    return apply


def _another(path: tuple[str | int, ...]) -> Callable[[str], str]:
    """Return a change to another value that is well-formed."""
    if path[-1] in {"alpha", "beta"}:
        return lambda text: encode_point(add(read_point(text), BASE))
    return lambda text: str((int(text) + 1) % ORDER)


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: "-".join(map(str, path[1:])))
def test_every_changed_field_of_an_answer_is_refused(path: tuple[str | int, ...]) -> None:
    data = changed(GOOD, _set(path, _another(path)))
    with pytest.raises(VerificationError, match="changed after it was signed"):
        accept(data)
    with pytest.raises(VerificationError, match=rf"^question {int(path[1]) + 1}, .*the proof does not hold$"):
        accept(signed_again(data))


@pytest.mark.parametrize(
    "path", [path for path in LEAVES if path[-1] in {"alpha", "beta"}], ids=lambda path: "-".join(map(str, path[1:]))
)
@pytest.mark.parametrize("torsion", [SMALL_ORDER[0], SMALL_ORDER[1], SMALL_ORDER[3]], ids=["2", "4", "8"])
def test_a_ciphertext_outside_the_group_is_refused_in_every_place(path: tuple[str | int, ...], torsion: bytes) -> None:
    """Every α and β is multiplied by `group.multiply`, which is what checks membership."""
    question, choice = int(path[1]), int(path[3])
    name = f"answer {choice + (not question)}" if choice or not question else "blank vote"
    for data in (
        changed(GOOD, _set(path, lambda text: encode_point(add(read_point(text), torsion)))),
        changed(GOOD, _set(path, lambda _: encode_point(torsion))),
    ):
        with pytest.raises(VerificationError) as refusal:
            accept(signed_again(data))
        assert str(refusal.value) == f"question {question + 1}, {name}: a point is not an element of the group"


@pytest.mark.parametrize("torsion", SMALL_ORDER)
def test_a_credential_outside_the_group_signs_nothing(torsion: bytes) -> None:
    for point in (torsion, add(multiply_base(VOTER), torsion)):
        data = signed_again(changed(GOOD, _set(("credential",), lambda _: encode_point(point))))  # noqa: B023 - called at once
        with pytest.raises(VerificationError, match="was not made with its credential"):
            accept(data)


def test_the_identity_is_no_credential() -> None:
    data = signed_again(changed(GOOD, lambda value: value.update(credential=encode_point(IDENTITY))), secret=ORDER)
    with pytest.raises(MalformedError, match="the identity is nobody's key"):
        decode_ballot(data, SMALL)


@pytest.mark.parametrize("part", ["challenge", "response"])
def test_a_changed_signature_is_refused(part: str) -> None:
    path = ("signature", "proof", part)
    with pytest.raises(VerificationError, match="was not made with its credential"):
        accept(changed(GOOD, _set(path, lambda text: str((int(text) + 1) % ORDER))))


def test_a_signature_by_another_credential_is_refused() -> None:
    with pytest.raises(VerificationError, match="was not made with its credential"):
        accept(signed_again(GOOD, OTHER_VOTER))


def test_a_changed_signature_hash_is_refused() -> None:
    with pytest.raises(VerificationError, match="changed after it was signed"):
        accept(changed(GOOD, lambda value: value["signature"].update(hash="A" * 43)))


def test_a_copied_answer_under_another_credential_is_refused() -> None:
    data = changed(GOOD, lambda value: value.update(credential=public_credential(OTHER_VOTER)))
    with pytest.raises(VerificationError, match="question 1, answer 1: the proof does not hold"):
        accept(signed_again(data, OTHER_VOTER))


def test_exchanged_choices_are_refused() -> None:
    data = changed(GOOD, lambda value: value["answers"][0]["choices"].reverse())
    with pytest.raises(VerificationError, match="question 1, answer 1: the proof does not hold"):
        accept(signed_again(data))


def test_a_ballot_of_another_election_is_refused() -> None:
    other = election_of(*SMALL.questions, name="Another election")
    with pytest.raises(VerificationError, match="another version of this election"):
        decode_ballot(GOOD, other)
    with pytest.raises(VerificationError, match="made for another election"):
        decode_ballot(GOOD, dataclasses.replace(SMALL, uuid="An0therE1ection"))
    moved = signed_again(changed(GOOD, lambda value: value.update(election_hash=other.fingerprint)))
    with pytest.raises(VerificationError, match="question 1, answer 1: the proof does not hold"):
        accept(moved, other)


@pytest.mark.parametrize(
    "respell",
    [
        lambda data: data + b"\n",
        lambda data: b" " + data,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b":", b": ", 1),
        lambda data: data.replace(b'"election_uuid":"S', b'"election_uuid":"\\u0053', 1),
        lambda data: data.replace(b'"credential"', b'"\\u0063redential"', 1),
        lambda data: data.replace(b'"answers":', b'"answers":[],"answers":', 1),
        lambda data: data[:-1],
        lambda data: compact_json(json.loads(data) | {"extra": 1}),
        lambda data: compact_json({name: part for name, part in json.loads(data).items() if name != "signature"}),
        lambda data: compact_json(dict(reversed(json.loads(data).items()))),
        lambda data: compact_json([json.loads(data)]),
    ],
)
def test_another_spelling_is_refused(respell: Callable[[bytes], bytes]) -> None:
    accept(GOOD)
    with pytest.raises(MalformedError, match=r"^the ballot"):
        decode_ballot(respell(GOOD), SMALL)


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(answers=value["answers"][:1]),
        lambda value: value.update(answers=value["answers"][::-1]),
        lambda value: value.update(credential=value["credential"].upper()),
        lambda value: value.update(credential=1),
        lambda value: value.update(election_uuid=1),
        lambda value: value.update(election_hash=None),
        lambda value: value.update(signature=None),
        lambda value: value["signature"].update(extra=1),
        lambda value: value["signature"].update(hash=1),
        lambda value: value["signature"].update(hash=value["signature"]["hash"] + "="),
        lambda value: value["signature"].update(hash="-" * 43),
        lambda value: value.update(signature=dict(reversed(value["signature"].items()))),
        lambda value: value["answers"].insert(0, dict(reversed(value["answers"].pop(0).items()))),
        lambda value: value["answers"][0]["choices"].insert(
            0, dict(reversed(value["answers"][0]["choices"].pop(0).items()))
        ),
        *[
            _set(path, lambda text: "0" + text)
            for path in LEAVES[:1]
            + LEAVES[4:6]
            + [("signature", "proof", "challenge"), ("signature", "proof", "response")]
        ],
        *[_set(path, lambda text: str(int(text) + ORDER)) for path in LEAVES[4:8]],
    ],
)
def test_another_shape_or_number_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(MalformedError):
        decode_ballot(changed(GOOD, change), SMALL)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(position: int, flip: int) -> None:
    data = bytearray(GOOD)
    data[position] ^= flip
    with pytest.raises(CryptoError):
        accept(bytes(data))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_ballot_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        decode_ballot(data, SMALL)


def test_no_refusal_holds_a_secret_or_a_choice() -> None:
    with pytest.raises(MalformedError) as refusal:
        seal_ballot(SMALL, VOTER, [[1, 0], [0, 5, 77]], seeded(1))
    assert str(VOTER) not in str(refusal.value)
    assert "77" not in str(refusal.value)
