"""The request to open one ballot: signed by the platform, read strictly."""

import base64
import json

import pytest
import rfc8785

from crypto.errors import MalformedError, VerificationError
from crypto.signature import SigningKey, encode_signature, sign
from vote.certificate.opening_request import (
    DOMAIN,
    OpeningReason,
    OpeningRequest,
    encode_request,
    encode_signed_request,
    read_signed_request,
)

KEY = SigningKey(b"k" * 32)
REQUEST = OpeningRequest(
    "DQB53CqA1UtMwz", "F" * 43, 3, "T" * 43, OpeningReason.OBJECTION, "2027-01-05T01:00:00Z", told=True
)
WRITTEN = {
    "version": 1,
    "election": "DQB53CqA1UtMwz",
    "fingerprint": "F" * 43,
    "number": 3,
    "tracker": "T" * 43,
    "reason": "objection",
    "requested_at": "2027-01-05T01:00:00Z",
    "told": True,
}


def signed(payload: bytes, *, key: SigningKey = KEY, domain: str = DOMAIN) -> bytes:
    return encode_signed_request(payload, sign(key, domain, payload))


def test_a_request_is_written_canonically_and_read_back():
    assert encode_request(REQUEST) == rfc8785.dumps(WRITTEN)
    assert read_signed_request(signed(encode_request(REQUEST)), KEY.public) == REQUEST


def test_nobody_but_the_platform_asks_for_a_ballot():
    payload = encode_request(REQUEST)
    for document in (signed(payload, key=SigningKey(b"x" * 32)), signed(payload, domain="promise/1")):
        with pytest.raises(VerificationError, match="not by this key"):
            read_signed_request(document, KEY.public)


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_every_field_is_needed_and_signed(name):
    without = {key: value for key, value in WRITTEN.items() if key != name}
    with pytest.raises(MalformedError, match=name):
        read_signed_request(signed(rfc8785.dumps(without)), KEY.public)
    document = json.loads(signed(encode_request(REQUEST)))
    document["request"] = base64.b64encode(rfc8785.dumps({**WRITTEN, name: 7})).decode()
    with pytest.raises(VerificationError, match="not by this key"):
        read_signed_request(rfc8785.dumps(document), KEY.public)


@pytest.mark.parametrize(
    "change", [{"version": 2}, {"reason": "curiosity"}, {"number": 0}, {"election": "0"}, {"told": 1}]
)
def test_a_signed_request_of_another_kind_is_none(change):
    with pytest.raises(MalformedError):
        read_signed_request(signed(rfc8785.dumps({**WRITTEN, **change})), KEY.public)


def test_another_spelling_is_refused():
    with pytest.raises(MalformedError, match="canonical"):
        read_signed_request(signed(json.dumps(WRITTEN).encode()), KEY.public)
    with pytest.raises(MalformedError, match="Base64"):
        read_signed_request(rfc8785.dumps({"request": "*", "signature": encode_signature(b"s" * 64)}), KEY.public)
