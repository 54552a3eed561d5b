"""The document that an office hands in: what it says, and that it says so in one spelling only."""

import base64
import hashlib
import json

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import CryptoError, MalformedError
from crypto.sealed_list import OfficeKey
from vote.election.office import MAX_NAME, Office, decode_office, encode_office
from vote.election.terms import OFFICES, OfficeKeys

X509 = b"\x30\x03\x02\x01\x05"
DIGEST = hashlib.sha256(X509).hexdigest()
COMMUNITY = Office("community", "桥东社区", OfficeKeys("c" * 64, DIGEST, "0b" * 32), X509)
ORGANISER = Office("organiser", "馨苑筹备组", OfficeKeys("c" * 64, DIGEST), X509)
WRITTEN = json.loads(encode_office(COMMUNITY))

digests = st.text("0123456789abcdef", min_size=64, max_size=64)
names = st.text("桥东社区筹备组 AZ09", min_size=1, max_size=MAX_NAME).filter(str.strip)


@st.composite
def offices(draw: st.DrawFn) -> Office:
    office, x509 = draw(st.sampled_from(OFFICES)), draw(st.binary(max_size=40))
    hpke = OfficeKey(draw(st.binary(min_size=32, max_size=32))).public.hex() if office == "community" else None
    return Office(office, draw(names), OfficeKeys(draw(digests), hashlib.sha256(x509).hexdigest(), hpke), x509)


def write(**changes: object) -> bytes:
    return rfc8785.dumps({name: value for name, value in {**WRITTEN, **changes}.items() if value is not ...})


def test_the_document_has_these_fields():
    assert WRITTEN == {
        "version": 1,
        "office": "community",
        "name": "桥东社区",
        "signing": "c" * 64,
        "x509_sha256": DIGEST,
        "x509": "MAMCAQU=",
        "hpke": "0b" * 32,
    }
    assert "hpke" not in json.loads(encode_office(ORGANISER))


@given(offices())
@settings(max_examples=30, deadline=None)
def test_any_document_is_read_as_it_was_written(office):
    assert decode_office(encode_office(office)) == office


@pytest.mark.parametrize("key", ["00" * 32, "01" + "00" * 31, "b" * 64, "f" * 64])
def test_a_key_to_which_nothing_can_be_sealed_is_refused(key):
    # Two points of small order (RFC 7748 §6.1), and two numbers above the prime.
    with pytest.raises(CryptoError, match="the office's keys, hpke"):
        decode_office(write(hpke=key))


def test_a_name_of_a_hundred_characters_is_taken():
    assert decode_office(write(name="区" * 100)).name == "区" * 100


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the office's keys"),
        (b"[]", "the office's keys"),
        (b"\xff", "the office's keys"),
        *((write(**{name: ...}), f"{name} is missing") for name in WRITTEN if name != "hpke"),
        (write(note=""), "unknown field 'note'"),
        (write(version=2), "unknown version"),
        (write(version="1"), "unknown version"),
        (write(office="county"), "one of organiser, community, sub_district"),
        (write(office=1), "office"),
        (write(office="organiser"), "no other office has"),
        (write(office="sub_district"), "no other office has"),
        (write(hpke=...), "has a key for named ballots"),
        (write(hpke="0b" * 31), "hpke"),
        (write(hpke=None), "hpke"),
        (write(signing="C" * 64), "signing"),
        (write(signing=None), "signing"),
        (write(name=""), "name"),
        (write(name="  "), "name"),
        (write(name="区" * 101), "name"),
        (write(name="桥东\n社区"), "name"),
        (write(name=None), "name"),
        (write(x509="MAMCAQU"), "Base64"),
        (write(x509="MAMCAQ*="), "Base64"),
        (write(x509="MAMCAQU=\n"), "Base64"),
        (write(x509="桥东"), "Base64"),
        (write(x509="MAMCAQV="), "Base64"),
        (write(x509=None), "x509"),
        (write(x509=base64.b64encode(X509[:-1]).decode()), "x509_sha256 is not that of x509"),
        (write(x509_sha256="d" * 64), "x509_sha256 is not that of x509"),
        (write(x509_sha256=None), "x509_sha256"),
        (encode_office(COMMUNITY) + b"\n", "canonical spelling"),
        (json.dumps(WRITTEN, ensure_ascii=False).encode(), "canonical spelling"),
        (encode_office(COMMUNITY).replace(b'"version":1', b'"version":1,"version":1'), "the office's keys"),
    ],
)
def test_what_is_no_such_document_or_spelt_otherwise_is_refused(data, words):
    with pytest.raises(MalformedError, match=words) as refusal:
        decode_office(data)
    assert str(refusal.value).startswith("the office's keys")


def test_a_number_that_rfc_8785_cannot_write_is_refused():
    with pytest.raises(MalformedError, match="canonical spelling"):
        decode_office(encode_office(COMMUNITY).replace(b'"version":1', b'"version":9007199254740993'))
