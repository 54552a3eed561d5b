"""A certificate answers every objection that is published, in the same words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from tests.vote.verifier.bundles import rejected, verified
from tests.vote.verifier.certified import certificate_of, certified, objections_of, printed, signed
from vote.certificate import pades
from vote.certificate.parts import Objection
from vote.certificate.sheet import render_sheet
from vote.verifier.report import Step

COUNT = {
    "number": 1,
    "topic": "计票",
    "question": 1,
    "raised": 2,
    "outcome": "answered",
    "answer": "已核对。\n\n一致。 ",
}
ROLL = {"number": 3, "topic": "面积", "question": None, "raised": 1, "outcome": "upheld", "answer": "属实。"}
CERTIFICATE = certificate_of(
    objections=tuple(
        Objection(
            topic=each["topic"],
            question=each["question"],
            raised=each["raised"],
            outcome=each["outcome"],
            answer=each["answer"],
            answered_at=datetime(2027, 1, 8, tzinfo=UTC),
        )
        for each in (COUNT, ROLL)
    )
)
JSON, PDF = signed(CERTIFICATE), printed(CERTIFICATE)


@pytest.fixture(autouse=True, scope="module")
def _set_once() -> Iterator[None]:
    """Set each certificate once; it takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pades, "render_sheet", cache(render_sheet))
        yield


def test_what_was_objected_stands_in_the_certificate() -> None:
    verified(certified(JSON, PDF, objections_of(COUNT, ROLL)))


def test_without_the_list_of_objections_a_certificate_may_hide_one() -> None:
    refusal = "objections.json is missing from the bundle: fetch it again"
    assert rejected(certified(JSON, PDF, None), Step.ARCHIVE) == refusal


def test_without_a_certificate_nobody_asks_for_answers() -> None:
    waiting = {**ROLL, "outcome": None, "answer": None}
    verified(certified(None, None, objections_of(waiting)))
    verified(certified(None, None, None))


@pytest.mark.parametrize(
    ("objections", "refusal"),
    [
        ((COUNT, ROLL, {**ROLL, "number": 4, "topic": "冒名"}), "number 4: the certificate leaves it out, or tells it otherwise"),
        ((COUNT, {**ROLL, "outcome": "answered"}), "number 3: the certificate leaves it out, or tells it otherwise"),
        ((COUNT, {**ROLL, "answer": "不属实。"}), "number 3: the certificate leaves it out, or tells it otherwise"),
        (({**COUNT, "raised": 20}, ROLL), "number 1: the certificate leaves it out, or tells it otherwise"),
        ((COUNT, {**ROLL, "outcome": None, "answer": None}), "number 3: it waits for its answer, and a certificate is there"),
    ],
)  # fmt: skip
def test_an_objection_that_is_hidden_or_told_otherwise_is_found(objections: tuple[Any, ...], refusal: str) -> None:
    sentence = rejected(certified(JSON, PDF, objections_of(*objections)), Step.CERTIFICATE)
    assert sentence == f"objections.json, {refusal}"


@pytest.mark.parametrize("objections", [(COUNT,), (ROLL, COUNT)])
def test_an_objection_that_nobody_raised_is_found(objections: tuple[Any, ...]) -> None:
    sentence = rejected(certified(JSON, PDF, objections_of(*objections)), Step.CERTIFICATE)
    assert sentence == "objections.json: the certificate tells others, or in another order"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda data: data.replace(b'"version":1', b'"version":2'), "version 1 is expected"),
        (lambda data: data.replace(b"DQB53CqA1UtMwz", b"Ddp2RtfN1U8EFV"), "it is of another election"),
        (lambda data: data + b" ", "not in canonical spelling"),
        (lambda data: data.replace(b'"outcome":"upheld"', b'"outcome":null'), "outcome and answer come together"),
        (lambda data: data.replace(b'"raised":1', b'"raised":0'), "entry 2, raised"),
        (lambda data: data.replace(b'"question":1', b'"question":0'), "entry 1, question"),
        (lambda data: data.replace(b'"question":1', b'"question":true'), "entry 1, question"),
        (lambda _: b"[]", "objections.json"),
    ],
)
def test_what_is_no_such_file_is_refused(change: Callable[[bytes], bytes], refusal: str) -> None:
    data = objections_of(COUNT, ROLL)
    assert change(data) != data
    bundle = replace(certified(JSON, PDF, change(data)))
    sentence = rejected(bundle, Step.CERTIFICATE)
    assert sentence.startswith("objections.json")
    assert refusal in sentence
