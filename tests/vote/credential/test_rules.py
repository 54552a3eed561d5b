import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import CryptoError, MalformedError
from crypto.group import encode_point, multiply_base
from tests.strategies import SMALL_ORDER
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
    return Request(UUID, draw(lines_of_text), 10, tuple(lines))


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
@given(numbers)
def test_a_list_is_read_as_it_was_written(entitlements):
    public = PublicList(UUID, tuple(map(PublicLine, entitlements, KEYS)))
    assert decode_public_list(encode_public_list(public)) == public


def test_both_documents_are_the_json_that_is_agreed():
    asked = decode_request(json.dumps(REQUEST).encode())
    assert asked.lines[1] == RequestLine(4, 100001, ("1幢101室", "1幢102室"), "某公司")
    assert json.loads(encode_request(asked)) == REQUEST
    listed = decode_public_list(json.dumps(LIST).encode())
    assert listed.lines[1] == PublicLine(4, KEYS[1])
    assert json.loads(encode_public_list(listed)) == LIST


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], 2),
        (["version"], True),
        (["election"], "x"),
        (["title"], ""),
        (["title"], "a\nb"),
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


def test_an_empty_list_is_read_and_matches_nothing():
    empty = decode_public_list(_changed(LIST, ["credentials"], []))
    with pytest.raises(RefusedError, match="no credential for entitlement 1 and 2 more"):
        require_matching(empty, UUID, [1, 2, 3])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_other_bytes_are_refused(data):
    for decode in decode_request, decode_public_list:
        with pytest.raises(MalformedError):
            decode(data)


def _list(*entitlements):
    return PublicList(UUID, tuple(map(PublicLine, entitlements, KEYS)))


def test_a_list_with_one_line_for_each_entitlement_does():
    require_matching(_list(1, 2, 3), UUID, [3, 1, 2])


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
        require_matching(public, election, [1, 2, 3])
    assert refusal.value.reason is Reason.MALFORMED
