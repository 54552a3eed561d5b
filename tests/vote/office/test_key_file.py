import json
from dataclasses import replace

import pytest
import rfc8785

from crypto.errors import MalformedError, VerificationError
from tests.vote.certificate.keys import secrets_of
from vote.election.office import decode_office, encode_office
from vote.election.terms import OFFICES
from vote.office.key_file import (
    decode_authority,
    decode_secrets,
    encode_authority,
    encode_secrets,
    is_locked,
    lock,
    unlock,
)

COMMUNITY = secrets_of("community")
WRITTEN = json.loads(encode_secrets(COMMUNITY))


@pytest.mark.parametrize("office", OFFICES)
def test_a_key_file_is_read_as_it_was_written(office):
    secrets = secrets_of(office)
    assert decode_secrets(encode_secrets(secrets)) == secrets


@pytest.mark.parametrize("office", OFFICES)
def test_the_public_keys_are_those_that_a_manifest_takes(office):
    public = secrets_of(office).public
    assert decode_office(encode_office(public)) == public
    assert (public.keys.hpke is not None) == (office == "community")


def test_a_key_file_does_not_show_its_keys():
    shown = repr(COMMUNITY)
    assert COMMUNITY.signing.seed.hex() not in shown
    assert "x509_key" not in shown
    assert repr(COMMUNITY.signing.seed) not in shown


@pytest.mark.parametrize("name", list(WRITTEN))
def test_a_key_file_without_one_of_its_fields_is_refused(name):
    with pytest.raises(MalformedError, match=f"field {name} is missing"):
        decode_secrets(rfc8785.dumps({key: value for key, value in WRITTEN.items() if key != name}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 2}, "version 1 is expected"),
        ({"version": True}, "version 1 is expected"),
        ({"office": "registrar"}, "one of organiser, community, sub_district"),
        ({"office": "organiser"}, "others have null"),
        ({"hpke": None}, "has a key hpke for named ballots"),
        ({"hpke": "x"}, "64 lowercase hex digits"),
        ({"signing": "x"}, "64 lowercase hex digits"),
        ({"x509_key": "x"}, "key file, x509_key: standard Base64"),
        ({"x509": 1}, "key file, x509: standard Base64"),
        ({"name": " 某某"}, "key file, name: one line"),
        ({"note": 1}, "unknown field"),
    ],
)
def test_what_is_no_key_file_is_refused_and_not_repeated(changes, said):
    with pytest.raises(MalformedError, match=said) as refusal:
        decode_secrets(rfc8785.dumps({**WRITTEN, **changes}))
    assert WRITTEN["signing"] not in str(refusal.value)


def test_an_authority_is_read_as_it_was_written():
    data = encode_authority((b"key", b"x509"))
    assert decode_authority(data) == (b"key", b"x509")
    for changes in ({"version": 2}, {"authority": "licensed"}, {"key": "x"}, {"x509": None}, {"note": 1}):
        with pytest.raises(MalformedError):
            decode_authority(rfc8785.dumps({**json.loads(data), **changes}))


def test_another_certificate_changes_the_public_keys():
    changed = replace(COMMUNITY, x509=b"another")
    assert changed.public.keys.x509_sha256 != COMMUNITY.public.keys.x509_sha256
    assert changed.public.keys.signing == COMMUNITY.public.keys.signing


def test_a_key_file_locked_with_a_passphrase_opens_with_it_alone():
    plain = encode_secrets(COMMUNITY)
    locked = lock(plain, "三个词的口令")
    assert is_locked(locked)
    assert not is_locked(plain)
    assert unlock(locked, "三个词的口令") == plain
    for passphrase in ("别的口令", ""):
        with pytest.raises(VerificationError, match="does not open with this passphrase"):
            unlock(locked, passphrase)
