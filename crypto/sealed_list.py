"""Seals a trustee's opening list to the certifying office, with HPKE, and opens it with the office's key.

 * A sealed list opens only as what it was sealed as: of this election and fingerprint, by this trustee.
 * There is one error for every way to fail; it does not tell which.
 * The ephemeral key is drawn by the library from the operating system, so two sealings of one list differ.
 * HPKE does not say who sealed; the proofs in the list do.

Follows SPEC.md §16.3 and RFC 9180: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.

>>> from crypto.election import decode_election, encode_election
>>> from crypto.group import multiply_base
>>> from crypto.question import Question
>>> question = Question("Agree?", ("yes",), minimum=0, maximum=1, blank=False)
>>> election = decode_election(encode_election("DQB53CqA1UtMwz", "An election", "", multiply_base(7), [question]))
>>> key = generate_office_key(rng=bytes)
>>> sealed = seal_opening_list(election, 2, key.public, b"the list")
>>> sealed_owner(sealed, election), open_opening_list(election, 2, key, sealed)
(2, b'the list')

Not here: the list itself (`opening_list`), where the office keeps its key.
"""

import base64
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from crypto.election import Election
from crypto.encoding import compact_json, read_json, require_base64, require_fields, require_whole
from crypto.errors import MalformedError, VerificationError
from crypto.group import FIELD
from crypto.randomness import Randomness

KEY_BYTES = 32
VERSION = 1
DOMAIN = "shanzhi opening list 1"

_WHAT = "the sealed opening list"
_FIELDS = ("election", "fingerprint", "owner", "sealed", "version")
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_KEY_TEXT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """An office's private key; its `repr` does not show it."""

    private: bytes = field(repr=False)
    """32 bytes (RFC 7748)."""

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()


class _Sealed(NamedTuple):
    owner: int
    sealed: bytes


def generate_office_key(rng: Randomness) -> OfficeKey:
    """Draw an office's key."""
    return OfficeKey(rng(KEY_BYTES))


def encode_office_key(key: OfficeKey) -> str:
    """Write a private key as its file has it, 64 hex digits."""
    return key.private.hex()


def decode_office_key(text: object) -> OfficeKey:
    """Read a private key.

    Raises:
        MalformedError: not 64 lowercase hex digits; the message does not repeat them.
    """
    return OfficeKey(_read_hex(text, "the office's private key"))


def encode_office_public_key(public: bytes) -> str:
    """Write a public key as documents have it, 64 hex digits."""
    return public.hex()


def decode_office_public_key(text: object) -> bytes:
    """Read a public key.

    Raises:
        MalformedError: not 64 lowercase hex digits, or not below p.
        VerificationError: a point of small order, with which nothing is secret.
    """
    what = "the office's public key"
    public = _read_hex(text, what)
    if int.from_bytes(public, "little") >= FIELD:
        raise MalformedError(f"{what}: it is not below p")
    try:
        # Any private key will do: a point of small order gives zero with every one, which the library refuses.
        X25519PrivateKey.from_private_bytes(bytes(KEY_BYTES)).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise VerificationError(f"{what}: with this one nothing would be secret") from None
    return public


def seal_opening_list(election: Election, owner: int, office: bytes, data: bytes) -> bytes:
    """Return the list of trustee number `owner`, sealed to the holder of the public key `office`.

    Raises:
        VerificationError: `office` is a point of small order, with which nothing is secret.
    """
    public = X25519PublicKey.from_public_bytes(decode_office_public_key(encode_office_public_key(office)))
    return _encode(election, _Sealed(owner, _SUITE.encrypt(data, public, info=_info(election, owner))))


def sealed_owner(document: bytes, election: Election) -> int:
    """Return the number of the trustee whose list a sealed document of `election` says it is.

    Raises:
        MalformedError: it is none, or not in its one spelling.
        VerificationError: it was made for another election.
    """
    return _decode(document, election).owner


def open_opening_list(election: Election, owner: int, key: OfficeKey, document: bytes) -> bytes:
    """Return the list that trustee number `owner` of `election` sealed to `key`.

    Raises:
        MalformedError: the document is none, or not in its one spelling.
        VerificationError: it was sealed for another election, trustee or office, or was changed.
    """
    sealed = _decode(document, election)
    if sealed.owner != owner:
        raise VerificationError(f"{_WHAT}: it is that of trustee {sealed.owner}, not {owner}")
    try:
        private = X25519PrivateKey.from_private_bytes(key.private)
        return _SUITE.decrypt(sealed.sealed, private, info=_info(election, owner))
    except (InvalidTag, ValueError):
        raise VerificationError(
            f"{_WHAT}: it was not sealed to this office's key for this election and trustee, or it was changed"
        ) from None


def _info(election: Election, owner: int) -> bytes:
    return compact_json([DOMAIN, election.uuid, election.fingerprint, owner])


def _encode(election: Election, sealed: _Sealed) -> bytes:
    return compact_json(
        {
            "election": election.uuid,
            "fingerprint": election.fingerprint,
            "owner": sealed.owner,
            "sealed": base64.b64encode(sealed.sealed).decode(),
            "version": VERSION,
        }
    )


def _decode(document: bytes, election: Election) -> _Sealed:
    fields = require_fields(read_json(document, _WHAT), _FIELDS, _WHAT)
    if require_whole(fields["version"], f"{_WHAT}, version") != VERSION:
        raise MalformedError(f"{_WHAT}: only version {VERSION} is known")
    if (fields["election"], fields["fingerprint"]) != (election.uuid, election.fingerprint):
        raise VerificationError(f"{_WHAT}: it was made for another election")
    sealed = _Sealed(
        require_whole(fields["owner"], f"{_WHAT}, owner", 1), require_base64(fields["sealed"], f"{_WHAT}, sealed")
    )
    if _encode(election, sealed) != document:
        raise MalformedError(f"{_WHAT}: not in canonical spelling: spaces, order of fields or escapes differ")
    return sealed


def _read_hex(text: object, what: str) -> bytes:
    if not isinstance(text, str) or not _KEY_TEXT.fullmatch(text):
        raise MalformedError(f"{what}: 64 lowercase hex digits are expected")
    return bytes.fromhex(text)
