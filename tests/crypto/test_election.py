import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.archive_reader import read_archive
from crypto.election import decode_election, encode_election, require_uuid
from crypto.encoding import compact_json
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, add, encode_point, multiply_base
from crypto.question import Question
from tests.crypto.archives import BY_TOOL, load
from tests.strategies import SMALL_ORDER, questions

UUID = "DQB53CqA1UtMwz"
KEY = multiply_base(7)
QUESTION = Question("Agree?", ("yes", "no"), minimum=1, maximum=1, blank=True)
texts = st.text(st.characters(codec="utf-8"), max_size=20)


def test_the_election_of_the_vectors_is_read_and_written_again() -> None:
    """Made by belenios-tool 3.3.0; its fingerprint stands among the known answers."""
    data = read_archive(load(BY_TOOL)).setup.election
    election = decode_election(data)
    assert (election.uuid, election.name) == (UUID, "第一届业主委员会选举")
    assert election.description == "业主大会表决 test vector"
    assert encode_point(election.public_key) == "d0b9f2561b95a6a3570023e4b071fd30fcfff8f2bd1f55998c20d2dc06c28d71"
    assert election.questions == (
        Question("选举委员 (最多选3人)", ("张三", "李四", "王五", "赵六", "陈七"), minimum=0, maximum=3, blank=False),
        Question("是否同意管理规约", ("同意", "反对"), minimum=1, maximum=1, blank=True),
    )
    assert election.fingerprint == "c1QSbrRXqG1lUcIZK/a8zEJ4yXr+mdAjHxcnSmpKmc4"
    assert election.data == data
    assert data == encode_election(
        election.uuid,
        election.name,
        election.description,
        election.public_key,
        election.questions,
        administrator="筹备组",
        credential_authority="社区居委会",
    )


@settings(max_examples=40, deadline=None)
@given(texts, texts, st.lists(questions, min_size=1, max_size=3), st.none() | texts, st.none() | texts)
def test_an_election_is_written_and_read(
    name: str, description: str, asked: list[Question], administrator: str | None, authority: str | None
) -> None:
    data = encode_election(UUID, name, description, KEY, asked, administrator, authority)
    election = decode_election(data)
    assert (election.name, election.description, election.questions) == (name, description, tuple(asked))
    assert ("administrator" in json.loads(data)) == (administrator is not None)
    assert ("credential_authority" in json.loads(data)) == (authority is not None)


def _object(**changes: Any) -> bytes:
    value = json.loads(encode_election(UUID, "n", "d", KEY, [QUESTION])) | changes
    return compact_json({name: part for name, part in value.items() if part != "absent"})


def test_spaces_order_and_language_are_free_but_change_the_fingerprint() -> None:
    plain = decode_election(_object(language=["zh_CN", "ltr"]))
    loose = decode_election(json.dumps(json.loads(plain.data), indent=1, sort_keys=True).encode())
    assert loose.questions == plain.questions
    assert loose.fingerprint != plain.fingerprint


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"version": 2}, "the election: only version 1 of the protocol is supported"),
        ({"version": "1"}, "the election, version: a whole number from 0 is expected"),
        ({"version": True}, "the election, version: a whole number from 0 is expected"),
        ({"group": "BELENIOS-2048"}, "the election: only group Ed25519 is supported"),
        ({"group": ["Ed25519"]}, "the election: only group Ed25519 is supported"),
        ({"public_key": encode_point(IDENTITY)}, "the election: the public key is the identity"),
        ({"public_key": "A" * 64}, "the election, public key: 64 lowercase hex digits are expected"),
        ({"questions": []}, "the election: there is no question"),
        ({"questions": {}}, "the election, questions: a list is expected"),
        ({"questions": [{}]}, "question 1: field answers is missing"),
        ({"uuid": "DQB53CqA1UtMw"}, "the election, uuid: 14 to 64 characters of base58 are expected"),
        ({"uuid": "DQB53CqA1UtMw0"}, "the election, uuid: 14 to 64 characters of base58 are expected"),
        ({"uuid": "D" * 65}, "the election, uuid: 14 to 64 characters of base58 are expected"),
        ({"uuid": 1}, "the election, uuid: a text is expected"),
        ({"name": None}, "the election, name: a text is expected"),
        ({"description": 1}, "the election, description: a text is expected"),
        ({"administrator": None}, "the election, administrator: a text is expected"),
        ({"credential_authority": 1}, "the election, credential_authority: a text is expected"),
        ({"language": "fr"}, "the election, language: a list is expected"),
        ({"language": ["fr"]}, "the election, language: 2 entries are expected"),
        ({"language": [1, "ltr"]}, "the election, language: a text is expected"),
        ({"language": ["fr", "up"]}, "the election, language: the direction of writing is ltr or rtl"),
        ({"language": ["fr", ["ltr"]]}, "the election, language: the direction of writing is ltr or rtl"),
        ({"surprise": 1}, "the election: unknown field 'surprise'"),
        ({"name": "absent"}, "the election: field name is missing"),
        ({"version": "absent"}, "the election: field version is missing"),
    ],
)
def test_anything_else_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        decode_election(_object(**changes))
    assert str(refusal.value).startswith(reason)


@pytest.mark.parametrize("torsion", SMALL_ORDER)
def test_a_key_outside_the_group_is_refused(torsion: bytes) -> None:
    for point in (torsion, add(KEY, torsion)):
        with pytest.raises(VerificationError, match="the election, public key: not an element of the group"):
            decode_election(_object(public_key=encode_point(point)))


def test_what_would_not_be_read_is_not_written() -> None:
    for uuid, key, asked in (("short", KEY, [QUESTION]), (UUID, IDENTITY, [QUESTION]), (UUID, KEY, [])):
        with pytest.raises(MalformedError):
            encode_election(uuid, "n", "d", key, asked)


def test_a_uuid_is_base58() -> None:
    assert require_uuid("1" * 14) == "1" * 14
    for text in ("O" * 14, "I" * 14, "l" * 14, "0" * 14, "D" * 14 + "\n", "../../../etc/pw"):
        with pytest.raises(MalformedError):
            require_uuid(text)
