import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import CryptoError, MalformedError
from crypto.group import encode_point, multiply_base, random_scalar
from crypto.proof import Proof
from tests.strategies import SMALL_ORDER, randomness
from vote.credential.letter_number import write_letter_number
from vote.credential.rules import (
    PublicLine,
    PublicList,
    Request,
    RequestLine,
    decode_public_list,
    decode_request,
    encode_public_list,
    encode_request,
    require_matching,
)
from vote.errors import Reason, RefusedError

UUID = "DQB53CqA1UtMwz"
KEYS = [encode_point(multiply_base(secret)) for secret in range(2, 8)]
REQUEST = {
    "version": 1,
    "election": UUID,
    "title": "2026年业主大会",
    "base": 10,
    "credential_parts": 2,
    "entitlements": [
        {"entitlement": 1, "weight": 89371, "places": ["3幢2单元501室"], "owner": "张*"},
        {"entitlement": 4, "weight": 100001, "places": ["1幢101室", "1幢102室"], "owner": "某公司"},
    ],
}
LIST = {
    "version": 1,
    "election": UUID,
    "credentials": [{"entitlement": 1, "credential": KEYS[0]}, {"entitlement": 4, "credential": KEYS[1]}],
}
PROOFS = [{"challenge": "5", "response": "6"}, {"challenge": "7", "response": "8"}]
TWO_PARTS = {
    **LIST,
    "credentials": [
        {**line, "proof": proof, "letter_number": number}
        for line, proof, number in zip(LIST["credentials"], PROOFS, ("04HM-ASW9", "ZZZZ-ZZZZ"), strict=True)
    ],
}
lines_of_text = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)
numbers = st.lists(st.integers(1, 5000), min_size=1, max_size=6, unique=True).map(sorted)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    asked = draw(numbers)
    lines = [
        RequestLine(
            number,
            draw(st.integers(1, 10**7)) * 10 + 1,
            tuple(draw(st.lists(lines_of_text, max_size=3))),
            draw(lines_of_text),
        )
        for number in asked
    ]
    return Request(UUID, draw(lines_of_text), 10, tuple(lines), draw(st.integers(1, 2)))


def _changed(document, path, value):
    copy = json.loads(json.dumps(document))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(copy).encode()


@settings(max_examples=50, deadline=None)
@given(requests())
def test_a_request_is_read_as_it_was_written(request):
    assert decode_request(encode_request(request)) == request


@settings(max_examples=50, deadline=None)
@given(numbers, st.booleans(), randomness)
def test_a_list_is_read_as_it_was_written(entitlements, two_parts, rng):
    lines = list(map(PublicLine, entitlements, KEYS))
    if two_parts:
        proofs = [Proof(random_scalar(rng), random_scalar(rng)) for _ in lines]
        lines = [
            line._replace(proof=proof, letter_number=write_letter_number(bytes([index]) * 5))
            for index, (line, proof) in enumerate(zip(lines, proofs, strict=True))
        ]
    public = PublicList(UUID, tuple(lines))
    assert decode_public_list(encode_public_list(public)) == public
    assert public.credential_parts == 1 + two_parts


def test_both_documents_are_the_json_that_is_agreed():
    asked = decode_request(json.dumps(REQUEST).encode())
    assert asked.lines[1] == RequestLine(4, 100001, ("1幢101室", "1幢102室"), "某公司")
    assert json.loads(encode_request(asked)) == REQUEST
    listed = decode_public_list(json.dumps(LIST).encode())
    assert listed.lines[1] == PublicLine(4, KEYS[1])
    assert json.loads(encode_public_list(listed)) == LIST
    listed = decode_public_list(json.dumps(TWO_PARTS).encode())
    assert listed.lines[1] == PublicLine(4, KEYS[1], Proof(7, 8), "ZZZZ-ZZZZ")
    assert json.loads(encode_public_list(listed)) == TWO_PARTS


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], 2),
        (["version"], True),
        (["election"], "x"),
        (["title"], ""),
        (["title"], "a\nb"),
        (["credential_parts"], 0),
        (["credential_parts"], 3),
        (["credential_parts"], True),
        (["base"], 100),
        (["base"], 1),
        (["entitlements"], []),
        (["entitlements"], {}),
        (["entitlements", 0], 5),
        (["entitlements", 0, "entitlement"], 0),
        (["entitlements", 0, "entitlement"], 4),
        (["entitlements", 0, "entitlement"], 5),
        (["entitlements", 0, "weight"], 1),
        (["entitlements", 0, "weight"], 89372),
        (["entitlements", 0, "weight"], "89371"),
        (["entitlements", 0, "places"], "3幢"),
        (["entitlements", 0, "places", 0], ""),
        (["entitlements", 0, "owner"], None),
        (["entitlements", 0, "phone"], "1"),
        (["more"], 1),
    ],
)
def test_a_changed_request_is_refused(path, value):
    with pytest.raises(MalformedError):
        decode_request(_changed(REQUEST, path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], 2),
        (["election"], "x"),
        (["credentials"], None),
        (["credentials", 1], []),
        (["credentials", 1, "entitlement"], 1),
        (["credentials", 1, "entitlement"], 0),
        (["credentials", 1, "credential"], KEYS[0]),
        (["credentials", 1, "credential"], KEYS[1].upper()),
        (["credentials", 1, "credential"], encode_point(multiply_base(0))),
        (["credentials", 1, "credential"], 5),
        (["credentials", 1, "weight"], 5),
        *((["credentials", 1, "credential"], point[::-1].hex()) for point in SMALL_ORDER),
    ],
)
def test_a_changed_list_is_refused(path, value):
    with pytest.raises(CryptoError):
        decode_public_list(_changed(LIST, path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["credentials", 1], LIST["credentials"][1]),
        (["credentials", 1], {**LIST["credentials"][1], "proof": PROOFS[0]}),
        (["credentials", 1], {**LIST["credentials"][1], "letter_number": "ZZZZ-ZZZZ"}),
        (["credentials", 1, "proof"], None),
        (["credentials", 1, "proof", "response"], 8),
        (["credentials", 1, "proof", "response"], "08"),
        (["credentials", 1, "letter_number"], "04HM-ASW9"),
        (["credentials", 1, "letter_number"], "zzzz-zzzz"),
        (["credentials", 1, "letter_number"], "ZZZZZZZZ"),
        (["credentials", 1, "letter_number"], "ZZZZ-ZZZ"),
        (["credentials", 1, "letter_number"], None),
    ],
)
def test_a_changed_list_of_two_parts_is_refused_and_no_number_repeated(path, value):
    with pytest.raises(CryptoError) as refusal:
        decode_public_list(_changed(TWO_PARTS, path, value))
    assert "ZZZ" not in str(refusal.value)


def test_an_empty_list_is_read_and_matches_nothing():
    empty = decode_public_list(_changed(LIST, ["credentials"], []))
    with pytest.raises(RefusedError, match="no credential for entitlement 1 and 2 more"):
        require_matching(empty, UUID, [1, 2, 3], 1)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_other_bytes_are_refused(data):
    for decode in decode_request, decode_public_list:
        with pytest.raises(MalformedError):
            decode(data)


def _list(*entitlements):
    return PublicList(UUID, tuple(map(PublicLine, entitlements, KEYS)))


def test_a_list_with_one_line_for_each_entitlement_does():
    require_matching(_list(1, 2, 3), UUID, [3, 1, 2], 1)


def test_a_list_is_of_as_many_parts_as_the_election_has():
    with pytest.raises(RefusedError, match="have 2 part"):
        require_matching(_list(1, 2, 3), UUID, [1, 2, 3], 2)
    two_parts = decode_public_list(json.dumps(TWO_PARTS).encode())
    require_matching(two_parts, UUID, [1, 4], 2)
    with pytest.raises(RefusedError, match="have 1 part"):
        require_matching(two_parts, UUID, [1, 4], 1)


@pytest.mark.parametrize(
    ("public", "election", "sentence"),
    [
        (_list(1, 3), UUID, "no credential for entitlement 2: "),
        (_list(1), UUID, "no credential for entitlement 2 and 1 more"),
        (_list(1, 2, 3, 4), UUID, "does not have entitlement 4: "),
        (_list(1, 2, 3), "Ddp2RtfN1U8EFV", "another election"),
    ],
)
def test_a_list_that_does_not_match_is_refused_with_the_place(public, election, sentence):
    with pytest.raises(RefusedError, match=sentence) as refusal:
        require_matching(public, election, [1, 2, 3], 1)
    assert refusal.value.reason is Reason.MALFORMED
