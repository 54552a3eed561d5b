"""Papers are pinned when an election is sealed; what was changed, added or left out afterwards is noticed."""

import hashlib
import json

import pytest
import rfc8785

from crypto.errors import MalformedError, VerificationError
from vote.election.paper import (
    Paper,
    Pin,
    Place,
    decode_papers,
    decode_pins,
    encode_papers,
    encode_pins,
    pin,
    verify_papers,
)

SALT = bytes(range(32))
RULES, TEACHER = Place(0, None), Place(1, 0)
PAPERS = (Paper(RULES, "第一条\r\n本规则", SALT), Paper(TEACHER, {"work": "教师", "age": "51"}, SALT))
PINS = tuple(pin(each.place, each.content or "", SALT) for each in PAPERS)
UUID = "DQB53CqA1UtMwz"


def _lp(data: bytes) -> bytes:
    return len(data).to_bytes(8, "big") + data


def test_a_pin_is_the_salted_commitment_of_the_paper() -> None:
    payload = '[1,0,{"age":"51","work":"教师"}]'.encode()
    by_hand = hashlib.sha256(b"shanzhi-commitment-1\n" + _lp(b"election/paper/1") + _lp(SALT) + _lp(payload))
    assert PINS[1] == Pin(TEACHER, by_hand.hexdigest())
    assert encode_pins(PINS)[1] == {"question": 1, "choice": 0, "commitment": by_hand.hexdigest()}


def test_what_is_written_is_read_again() -> None:
    assert decode_pins(encode_pins(PINS), "manifest, papers") == PINS
    taken_down = (PAPERS[0], Paper(TEACHER, None, None))
    for papers, number in ((PAPERS, 0), (taken_down, 1)):
        assert decode_papers(encode_papers(UUID, papers), UUID) == papers
        assert verify_papers(PINS, papers) == number


@pytest.mark.parametrize(
    "papers",
    [
        (),
        PAPERS[:1],
        (*PAPERS, Paper(Place(1, 1), {"work": "医生"}, SALT)),
        (Paper(RULES, "第一条\n本规则", SALT), PAPERS[1]),
        (Paper(RULES, None, None), PAPERS[1]),
        (PAPERS[0], Paper(TEACHER, {"work": "教师"}, SALT)),
        (PAPERS[0], Paper(TEACHER, {"work": "教师", "age": "51"}, bytes(32))),
        (PAPERS[0], Paper(Place(1, 1), {"work": "教师", "age": "51"}, SALT)),
    ],
)
def test_other_papers_than_the_sealed_are_refused(papers: tuple[Paper, ...]) -> None:
    with pytest.raises(VerificationError, match=r"papers\.json"):
        verify_papers(PINS, papers)


def test_papers_of_another_election_are_refused() -> None:
    with pytest.raises(VerificationError, match="another election"):
        decode_papers(encode_papers("Ddp2RtfN1U8EFV", PAPERS), UUID)


WRITTEN = json.loads(encode_papers(UUID, PAPERS))
FIRST, SECOND = WRITTEN["papers"]


@pytest.mark.parametrize(
    "document",
    [
        {**WRITTEN, "version": 2},
        {**WRITTEN, "papers": None},
        {**WRITTEN, "note": ""},
        {**WRITTEN, "papers": [{**FIRST, "salt": None}]},
        {**WRITTEN, "papers": [{**FIRST, "content": None}]},
        {**WRITTEN, "papers": [{**FIRST, "salt": "00"}]},
        {**WRITTEN, "papers": [{**FIRST, "content": {"work": "x"}}]},
        {**WRITTEN, "papers": [{**SECOND, "content": "x"}]},
        {**WRITTEN, "papers": [{**SECOND, "content": {"work": 1}}]},
        {**WRITTEN, "papers": [{**SECOND, "choice": -1}]},
    ],
)
def test_what_are_no_papers_is_refused(document: object) -> None:
    with pytest.raises(MalformedError):
        decode_papers(rfc8785.dumps(document), UUID)


def test_another_spelling_is_refused() -> None:
    with pytest.raises(MalformedError, match="canonical"):
        decode_papers(encode_papers(UUID, PAPERS) + b"\n", UUID)


@pytest.mark.parametrize("pins", [PINS[::-1], (PINS[0], PINS[0])])
def test_pins_stand_in_order_and_once(pins: tuple[Pin, ...]) -> None:
    with pytest.raises(MalformedError, match="in the order"):
        decode_pins(encode_pins(pins), "manifest, papers")
