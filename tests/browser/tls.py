"""A certificate for this machine, made for one test, and what lets Chromium take it as a good one."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME = "localhost"


@dataclass(frozen=True)
class Certificate:
    """Files of a certificate that signs itself."""

    certificate: Path
    key: Path
    pin: str
    """Of its key, as browsers name keys."""

    @property
    def flag(self) -> str:
        """Return what Chromium is started with: passkeys are refused on a page whose certificate is overlooked later."""
        return f"--ignore-certificate-errors-spki-list={self.pin}"


def make_certificate(folder: Path) -> Certificate:
    """Make one that is good for two days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    kept = Certificate(
        folder / "tls.pem", folder / "tls.key", base64.b64encode(hashlib.sha256(public).digest()).decode()
    )
    kept.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kept.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return kept
