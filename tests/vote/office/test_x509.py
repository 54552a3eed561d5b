from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key
from cryptography.x509.oid import NameOID

from crypto.errors import MalformedError, VerificationError
from vote.office.x509 import (
    DEMO_AUTHORITY,
    certify,
    certify_self,
    is_demonstration,
    new_authority,
    new_private_key,
    read_certificate,
    request_certificate,
    verify_own,
)

NOW = datetime(2026, 12, 1, tzinfo=UTC)
PRIVATE, OTHER = new_private_key(), new_private_key()
AUTHORITY = new_authority(NOW)
OWN = certify_self(PRIVATE, "某某社区居民委员会", NOW)
ISSUED = certify(AUTHORITY, PRIVATE, "某某社区居民委员会", NOW)


def loaded(data):
    return x509.load_der_x509_certificate(data)


def extension(data, kind):
    return loaded(data).extensions.get_extension_for_class(kind).value


def issued_with(usage):
    """Return a certificate for our key whose extensions are `usage`."""
    key, name = load_der_private_key(PRIVATE, password=None), loaded(OWN).subject
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, NOW, NOW + timedelta(days=1))
    for each in usage:
        builder = builder.add_extension(each, critical=True)
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def usage(**allowed):
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def test_a_certificate_names_the_office_for_ten_years_and_is_for_signing_alone():
    found = loaded(OWN)
    assert found.subject == found.issuer
    assert found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "某某社区居民委员会"
    assert (found.not_valid_before_utc, found.not_valid_after_utc.year) == (NOW, 2036)
    assert not extension(OWN, x509.BasicConstraints).ca
    allowed = extension(OWN, x509.KeyUsage)
    assert allowed.digital_signature
    assert allowed.content_commitment
    assert (allowed.key_cert_sign, allowed.key_encipherment, allowed.crl_sign) == (False, False, False)
    key = found.public_key()
    assert isinstance(key, RSAPublicKey)
    assert key.key_size == 3072


def test_what_a_demonstration_issues_says_so_and_chains_to_it():
    found, authority = loaded(ISSUED), loaded(AUTHORITY[1])
    found.verify_directly_issued_by(authority)
    assert found.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == DEMO_AUTHORITY
    assert "演示" in DEMO_AUTHORITY
    assert extension(AUTHORITY[1], x509.BasicConstraints).ca
    assert not extension(AUTHORITY[1], x509.KeyUsage).digital_signature
    assert is_demonstration(ISSUED)
    assert is_demonstration(AUTHORITY[1])
    assert not is_demonstration(OWN)


def test_a_certificate_is_read_in_pem_and_der():
    pem = loaded(OWN).public_bytes(Encoding.PEM)
    assert read_certificate(pem) == read_certificate(b"\n" + pem) == read_certificate(OWN) == OWN


@pytest.mark.parametrize("data", [b"", b"x", OWN[:-1], b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate_is_refused(data):
    with pytest.raises(MalformedError):
        read_certificate(data)


def test_a_certificate_for_another_key_is_refused():
    verify_own(OWN, PRIVATE)
    verify_own(ISSUED, PRIVATE)
    with pytest.raises(VerificationError, match="issued for another key"):
        verify_own(OWN, OTHER)


def test_a_certificate_that_is_not_for_signing_is_refused():
    for allowed in ([], [usage(digital_signature=True)], [usage(content_commitment=True)]):
        verify_own(issued_with(allowed), PRIVATE)
    with pytest.raises(VerificationError, match="not for signing"):
        verify_own(issued_with([usage(key_cert_sign=True)]), PRIVATE)


def test_a_request_names_the_office_and_proves_its_key():
    found = x509.load_pem_x509_csr(request_certificate(PRIVATE, "某某街道办事处"))
    assert found.is_signature_valid
    assert found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "某某街道办事处"
    assert found.public_key() == loaded(OWN).public_key()


@pytest.mark.parametrize("name", ["", " 某某", "某\n某", "某" * 65])
def test_a_name_that_no_certificate_holds_is_refused(name):
    with pytest.raises(MalformedError, match="name: one line of 1 to 64"):
        certify_self(PRIVATE, name, NOW)


def test_a_key_that_is_no_rsa_key_is_refused():
    other = Ed25519PrivateKey.generate().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    for data in (b"", b"x", other):
        with pytest.raises(MalformedError, match="no RSA key"):
            certify_self(data, "某某", NOW)
