"""Keeps an office's private keys in one file: for the certificate, for its PDF, and for named ballots.

 * Whoever has the file is the office. It never leaves the office's own machine; messages never repeat its content.
 * What the office is called stands in it, so that a key is not used for another one by mistake.
 * A browser locks it with a passphrase, as an age file (age-encryption.org/v1, scrypt); the command reads both.

Not here: the public keys (`vote.election.office`), reading and writing files (`vote.offline`).
"""

import base64
from dataclasses import dataclass, field

import pyrage  # type: ignore[import-untyped]
import rfc8785

from crypto.encoding import hex_digest, read_json, require_base64, require_fields
from crypto.errors import MalformedError, VerificationError
from crypto.randomness import Randomness
from crypto.sealed_list import (
    OfficeKey,
    decode_office_key,
    encode_office_key,
    encode_office_public_key,
    generate_office_key,
)
from crypto.signature import (
    SigningKey,
    decode_signing_key,
    encode_public_key,
    encode_signing_key,
    generate_signing_key,
)
from vote.certificate.record import line, word
from vote.election.office import Office
from vote.election.terms import CERTIFYING, OFFICES, OfficeKeys

VERSION = 1
_FIELDS = ("version", "office", "name", "signing", "x509_key", "x509", "hpke")
_AUTHORITY_FIELDS = ("version", "authority", "key", "x509")
_DEMO = "demo"
_LOCKED = b"age-encryption.org/v1\n"


@dataclass(frozen=True, slots=True)
class OfficeSecrets:
    """An office and its private keys; its `repr` does not show them."""

    office: str
    name: str
    signing: SigningKey
    x509_key: bytes = field(repr=False)
    """RSA, PKCS #8."""
    x509: bytes
    """X.509, DER."""
    hpke: OfficeKey | None
    """Of the certifying office."""

    @property
    def public(self) -> Office:
        """What may be handed over."""
        hpke = None if self.hpke is None else encode_office_public_key(self.hpke.public)
        keys = OfficeKeys(encode_public_key(self.signing.public), hex_digest(self.x509), hpke)
        return Office(self.office, self.name, keys, self.x509)


def new_secrets(office: str, name: str, x509_key: bytes, x509: bytes, rng: Randomness) -> OfficeSecrets:
    """Draw the other keys of an office that has one for PDF signatures."""
    hpke = generate_office_key(rng) if office == CERTIFYING else None
    return OfficeSecrets(office, name, generate_signing_key(rng), x509_key, x509, hpke)


def encode_secrets(secrets: OfficeSecrets) -> bytes:
    """Write a key file."""
    return rfc8785.dumps(
        {
            "version": VERSION,
            "office": secrets.office,
            "name": secrets.name,
            "signing": encode_signing_key(secrets.signing),
            "x509_key": base64.b64encode(secrets.x509_key).decode(),
            "x509": base64.b64encode(secrets.x509).decode(),
            "hpke": None if secrets.hpke is None else encode_office_key(secrets.hpke),
        }
    )


def decode_secrets(data: bytes) -> OfficeSecrets:
    """Read a key file.

    Raises:
        MalformedError: it is none; the message repeats nothing of it.
    """
    fields = require_fields(read_json(data, "key file"), _FIELDS, "key file")
    _require_version(fields["version"])
    office = word(*OFFICES)(fields["office"], "key file, office")
    if (office == CERTIFYING) != (fields["hpke"] is not None):
        raise MalformedError(f"key file: {CERTIFYING} has a key hpke for named ballots, the others have null")
    return OfficeSecrets(
        office,
        line(fields["name"], "key file, name"),
        decode_signing_key(fields["signing"]),
        require_base64(fields["x509_key"], "key file, x509_key"),
        require_base64(fields["x509"], "key file, x509"),
        None if fields["hpke"] is None else decode_office_key(fields["hpke"]),
    )


def is_locked(data: bytes) -> bool:
    """Whether a key file is locked with a passphrase."""
    return data.startswith(_LOCKED)


def unlock(data: bytes, passphrase: str) -> bytes:
    """Return a key file without its lock.

    Raises:
        VerificationError: it is another passphrase, or the file is damaged.
    """
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError:
        raise VerificationError("key file: it does not open with this passphrase") from None


def lock(data: bytes, passphrase: str) -> bytes:
    """Return a key file locked with a passphrase. It takes seconds, as it has to."""
    return bytes(pyrage.passphrase.encrypt(data, passphrase))


def encode_authority(authority: tuple[bytes, bytes]) -> bytes:
    """Write the file of a demonstration's authority: its key and its certificate."""
    key, x509 = (base64.b64encode(each).decode() for each in authority)
    return rfc8785.dumps({"version": VERSION, "authority": _DEMO, "key": key, "x509": x509})


def decode_authority(data: bytes) -> tuple[bytes, bytes]:
    """Read the file of a demonstration's authority.

    Raises:
        MalformedError: it is none; the message repeats nothing of it.
    """
    fields = require_fields(read_json(data, "authority"), _AUTHORITY_FIELDS, "authority")
    _require_version(fields["version"])
    word(_DEMO)(fields["authority"], "authority")
    return require_base64(fields["key"], "authority, key"), require_base64(fields["x509"], "authority, x509")


def _require_version(version: object) -> None:
    if version != VERSION or isinstance(version, bool):
        raise MalformedError(f"key file: version {VERSION} is expected")
