"""Makes the X.509 certificates with which offices sign PDFs, and reads those that a licensed authority made.

 * Keys are RSA-3072, as every reader of PDFs knows RSA (ISO 32000-1); older ones know neither ECDSA nor Ed25519.
 * A certificate names the office and can sign, nothing else. It counts because the sealed manifest names it by its
   SHA-256, not because somebody issued it.
 * A demonstration's authority says so in its name, and so does every certificate it issues.

Follows RFC 5280. Not here: the key file (`key_file.py`), signing (`vote.certificate.pades`).
"""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID

from crypto.errors import MalformedError, VerificationError

DEMO_AUTHORITY = "善治演示根证书（DEMO，没有法律效力）"
DEMO_MARK = "演示"
KEY_BITS = 3072
EXPONENT = 65537
VALID_DAYS = 3653
"""Ten years: an owner may sue for at least one, and a term is five."""
MAX_NAME = 64
"""Characters of a common name (RFC 5280 appendix A, ub-common-name)."""


def new_private_key() -> bytes:
    """Draw an RSA key; return it as PKCS #8, DER."""
    return _encode_private(generate_private_key(EXPONENT, KEY_BITS))


def certify_self(private: bytes, name: str, now: datetime) -> bytes:
    """Return a certificate in which an office speaks for itself, DER.

    Args:
        private: the office's key, PKCS #8.
        name: of the office.
        now: from when it is valid.

    Raises:
        MalformedError: the name is too long for a certificate.
    """
    key, subject = _decode_private(private), _name(name)
    return _issue(subject, subject, key, key, now, authority=False)


def new_authority(now: datetime) -> tuple[bytes, bytes]:
    """Return the key and the certificate of an authority for demonstrations: PKCS #8 and X.509, DER."""
    key, subject = generate_private_key(EXPONENT, KEY_BITS), _name(DEMO_AUTHORITY)
    return _encode_private(key), _issue(subject, subject, key, key, now, authority=True)


def certify(authority: tuple[bytes, bytes], private: bytes, name: str, now: datetime) -> bytes:
    """Return a certificate that an authority issues to an office, DER.

    Args:
        authority: from `new_authority`.
        private: the office's key, PKCS #8.
        name: of the office.
        now: from when it is valid.

    Raises:
        MalformedError: the name is too long for a certificate, or the authority's file holds none.
    """
    issuer_key, issuer = _decode_private(authority[0]), _decode(authority[1])
    return _issue(_name(name), issuer.subject, _decode_private(private), issuer_key, now, authority=False)


def request_certificate(private: bytes, name: str) -> bytes:
    """Return a request for a licensed authority, PKCS #10 in PEM.

    Raises:
        MalformedError: the name is too long for a certificate.
    """
    builder = x509.CertificateSigningRequestBuilder().subject_name(_name(name))
    return builder.sign(_decode_private(private), SHA256()).public_bytes(Encoding.PEM)


def read_certificate(data: bytes) -> bytes:
    """Read a certificate in PEM or DER; return it as DER.

    Raises:
        MalformedError: it is none.
    """
    try:
        found = x509.load_pem_x509_certificate(data) if data.lstrip().startswith(b"-----") else _decode(data)
    except ValueError:
        raise MalformedError("certificate: one X.509 certificate in PEM or DER is expected") from None
    return found.public_bytes(Encoding.DER)


def verify_own(certificate: bytes, private: bytes) -> None:
    """Raise unless a certificate is for this key and may sign documents.

    Args:
        certificate: X.509, DER.
        private: the office's key, PKCS #8.

    Raises:
        MalformedError: it is no certificate.
        VerificationError: it is for another key, or not for signing.
    """
    found = _decode(certificate)
    if found.public_key() != _decode_private(private).public_key():
        raise VerificationError("certificate: it was issued for another key than the one in the key file")
    try:
        usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise VerificationError("certificate: it is not for signing documents")


def is_demonstration(certificate: bytes) -> bool:
    """Whether a certificate comes from a demonstration's authority.

    Raises:
        MalformedError: it is no certificate.
    """
    return DEMO_MARK in _decode(certificate).issuer.rfc4514_string()


def _issue(
    subject: x509.Name,
    issuer: x509.Name,
    key: RSAPrivateKey,
    issuer_key: RSAPrivateKey,
    now: datetime,
    *,
    authority: bool,
) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    return builder.sign(issuer_key, SHA256()).public_bytes(Encoding.DER)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(name: str) -> x509.Name:
    if not name.strip() or name != name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise MalformedError(
            f"name: one line of 1 to {MAX_NAME} characters is expected, as a certificate holds no more"
        )
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _decode(data: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(data)
    except ValueError:
        raise MalformedError("certificate: it is no X.509 certificate") from None


def _encode_private(key: RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _decode_private(data: bytes) -> RSAPrivateKey:
    try:
        key = load_der_private_key(data, password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise MalformedError("key file: its key for PDF signatures is no RSA key")
    return key
