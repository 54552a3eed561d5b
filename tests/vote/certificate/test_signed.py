import json
from dataclasses import replace

import pytest
import rfc8785

from crypto.errors import MalformedError, VerificationError
from crypto.signature import SigningKey, sign, verify_signature
from tests.vote.certificate.sample import compose, later
from vote.certificate.content import encode_certificate
from vote.certificate.signed import (
    SignedCertificate,
    decode_office_signature,
    decode_signed,
    encode_office_signature,
    encode_signed,
    sign_certificate,
    verify_certificate_signatures,
    verify_office_signature,
)
from vote.election.terms import OFFICES, OfficeKeys

CERTIFICATE = compose()
KEYS = {office: SigningKey(bytes([number]) * 32) for number, office in enumerate(OFFICES, start=1)}
SEALED = {office: OfficeKeys(key.public.hex(), "0" * 64) for office, key in KEYS.items()}


def signed_by(*offices, certificate=CERTIFICATE):
    return SignedCertificate(
        certificate, tuple(sign_certificate(KEYS[office], office, CERTIFICATE) for office in offices)
    )


SIGNED = signed_by(*OFFICES)
WRITTEN = json.loads(encode_signed(SIGNED))


def test_a_signed_certificate_is_read_as_it_was_written_and_counts():
    assert decode_signed(encode_signed(SIGNED)) == SIGNED
    assert list(WRITTEN) == ["certificate", "signatures"]
    assert [list(each) for each in WRITTEN["signatures"]] == [["key", "office", "signature"]] * 3
    verify_certificate_signatures(SIGNED, SEALED)


def test_each_office_signs_the_bytes_of_the_certificate():
    """SPEC.md §12, domain certificate/1."""
    payload = encode_certificate(CERTIFICATE)
    for each in SIGNED.signatures:
        verify_signature(each.key, "certificate/1", payload, each.signature)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_certificate_without_all_signatures_is_read_and_does_not_count(count):
    part = signed_by(*OFFICES[:count])
    assert decode_signed(encode_signed(part)) == part
    with pytest.raises(VerificationError, match=f"lacks that of {', '.join(OFFICES[count:])}"):
        verify_certificate_signatures(part, SEALED)


@pytest.mark.parametrize("offices", [OFFICES[1:], (OFFICES[0], OFFICES[0]), (*OFFICES, OFFICES[2])])
def test_signatures_out_of_order_are_refused(offices):
    with pytest.raises(MalformedError, match="in the order organiser, community, sub_district"):
        decode_signed(encode_signed(signed_by(*offices)))


def test_a_signature_for_other_words_is_refused():
    other = signed_by(*OFFICES, certificate=later())
    with pytest.raises(VerificationError, match="organiser: the signature is not for these words"):
        verify_certificate_signatures(other, SEALED)


def test_a_key_that_the_manifest_does_not_name_is_refused():
    forged = sign_certificate(SigningKey(bytes(32)), "community", CERTIFICATE)
    signatures = (SIGNED.signatures[0], forged, SIGNED.signatures[2])
    with pytest.raises(VerificationError, match="community: the key is not the one in the sealed manifest"):
        verify_certificate_signatures(replace(SIGNED, signatures=signatures), SEALED)


def test_one_office_cannot_sign_for_another():
    borrowed = replace(SIGNED.signatures[0], office="community")
    with pytest.raises(VerificationError, match="community: the key is not"):
        verify_office_signature(borrowed, CERTIFICATE, SEALED)


def test_a_signature_of_another_domain_is_refused():
    other = sign(KEYS["organiser"], "ballot/promise/1", encode_certificate(CERTIFICATE))
    with pytest.raises(VerificationError, match="not for these words"):
        verify_office_signature(replace(SIGNED.signatures[0], signature=other), CERTIFICATE, SEALED)


def test_an_office_hands_over_its_signature_alone():
    for each in SIGNED.signatures:
        assert decode_office_signature(encode_office_signature(each)) == each
    data = encode_office_signature(SIGNED.signatures[0])
    for wrong in (b"", b"{}", data + b" ", data.replace(b"organiser", b"registrar"), data.replace(b'"key"', b'"kex"')):
        with pytest.raises(MalformedError):
            decode_office_signature(wrong)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {**WRITTEN, "note": 1},
        {**WRITTEN, "certificate": {}},
        {**WRITTEN, "signatures": {}},
        {**WRITTEN, "signatures": [{**WRITTEN["signatures"][0], "key": "0" * 63}]},
        {**WRITTEN, "signatures": [{**WRITTEN["signatures"][0], "signature": "x"}]},
    ],
)
def test_what_is_no_signed_certificate_is_refused(document):
    with pytest.raises(MalformedError):
        decode_signed(rfc8785.dumps(document))


def test_another_spelling_is_refused():
    with pytest.raises(MalformedError, match="canonical"):
        decode_signed(json.dumps(WRITTEN, ensure_ascii=False).encode())


def test_a_key_that_is_none_is_refused():
    """The identity (SPEC.md §2) would sign anything for anybody."""
    key = (1).to_bytes(32, "little").hex()
    with pytest.raises(VerificationError):
        decode_signed(rfc8785.dumps({**WRITTEN, "signatures": [{**WRITTEN["signatures"][0], "key": key}]}))
