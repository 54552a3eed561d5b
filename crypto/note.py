r"""A text with the signatures of those who stand for it, in a form that anybody's programs read.

 * Text and signatures are parted at the last empty line, so a text may have empty lines.
 * Every Base64 has one spelling. Lines end with LF and nothing else.
 * The signature of an unknown key is ignored, even if it has the name or the id of a known one. That of a known key
   which does not hold refuses the whole note.
 * A key counts once, however often it signed.
 * A key has one purpose: what a log signs with Ed25519 never passes for a cosignature.

Follows SPEC.md §19.1, C2SP signed-note v1.0.0, and v1.1.0-rc.1 of tlog-cosignature for the types 4 and 6.

>>> from crypto.signature import SigningKey
>>> key = SigningKey(bytes(32))
>>> note = Note("hello\n", (sign_note("hello\n", "log.example/1", key),))
>>> decode_note(encode_note(note)) == note
True
>>> log = VerifierKey("log.example/1", KeyType.ED25519, key.public)
>>> signers_of(note, [log]) == (log,)
True

Not here: what the text of a checkpoint says (`crypto.checkpoint`), signing as a witness (`crypto.cosignature`), how many
must sign (`crypto.log_policy`).
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crypto.cosigned_message import ed25519_message, ml_dsa_message, split_cosignature
from crypto.encoding import require_base64
from crypto.errors import MalformedError, VerificationError
from crypto.ml_dsa import ML_DSA_PUBLIC_BYTES, verify_ml_dsa
from crypto.signature import KEY_BYTES, SigningKey, require_public_key

KEY_ID_BYTES = 4
MAX_SIGNATURES = 100
"""Sixteen must be read; more than this only keeps a reader busy."""
MAX_NOTE_BYTES = 1_000_000

_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_VERIFIER_KEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class KeyType(IntEnum):
    """What a key signs, and how; the numbers are those of signed-note."""

    ED25519 = 1
    """The text of a note, as a log does."""
    COSIGNATURE = 4
    """Time and text, with Ed25519, as a witness does."""
    ML_DSA_44 = 6
    """Time, origin, size and root of a checkpoint, with ML-DSA-44."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key, what it is for, and the name under which it signs.

    Raises:
        MalformedError: the name cannot stand in a note, or the key has another length.
    """

    name: str
    type: KeyType
    public: bytes

    def __post_init__(self) -> None:
        _require_name(self.name)
        if len(self.public) != (ML_DSA_PUBLIC_BYTES if self.type is KeyType.ML_DSA_44 else KEY_BYTES):
            raise MalformedError("verifier key: the public key has another length")

    @property
    def key_id(self) -> bytes:
        """Four bytes that help to find the key; many keys may have the same."""
        return hashlib.sha256(self.name.encode() + b"\n" + _typed(self)).digest()[:KEY_ID_BYTES]


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """A line below a note."""

    name: str
    """Of the key, as it is claimed."""
    key_id: bytes
    """Of the key, as it is claimed; 4 bytes."""
    blob: bytes
    """The signature; what is in it depends on the type of the key."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signatures, which nobody has verified yet."""

    text: str
    """Ends with a line feed."""
    signatures: tuple[NoteSignature, ...]


def encode_verifier_key(key: VerifierKey) -> str:
    """Write a verifier key as policies have it: name, key id in hex, type and public key in Base64."""
    return f"{key.name}+{key.key_id.hex()}+{base64.b64encode(_typed(key)).decode()}"


def decode_verifier_key(text: str) -> VerifierKey:
    """Read a verifier key.

    Raises:
        MalformedError: it is none, of a type that is not read here, or its key id is that of another.
        VerificationError: the public key is one that anybody could sign for.
    """
    parts = _VERIFIER_KEY.fullmatch(text)
    if not parts:
        raise MalformedError("verifier key: name+id+key is expected, the id in eight lowercase hex digits")
    typed = require_base64(parts[3], "verifier key")
    if not typed or typed[0] not in set(KeyType):
        raise MalformedError("verifier key: a key of type 1, 4 or 6 is expected")
    key = VerifierKey(parts[1], KeyType(typed[0]), typed[1:])
    if key.key_id.hex() != parts[2]:
        raise MalformedError("verifier key: its id does not belong to name and key")
    if key.type is not KeyType.ML_DSA_44:
        require_public_key(key.public)
    return key


def encode_note(note: Note) -> bytes:
    """Write a note.

    Raises:
        MalformedError: no note can have this text or these signatures.
    """
    lines = [signature_line(signature) for signature in note.signatures]
    if not note.text.endswith("\n"):
        raise MalformedError("note: the text ends with a line feed")
    data = _utf8("".join((note.text, "\n", *lines)))
    if decode_note(data) != note:
        raise MalformedError("note: text or signatures would be read differently")
    return data


def decode_note(data: bytes) -> Note:
    """Read a note; its signatures are not verified.

    Raises:
        MalformedError: it is none, or another spelling of one.
    """
    if len(data) > MAX_NOTE_BYTES:
        raise MalformedError(f"note: more than {MAX_NOTE_BYTES} bytes")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise MalformedError("note: UTF-8 is expected") from None
    if _CONTROL.search(whole):
        raise MalformedError("note: a control character other than the line feed")
    body, parting, below = whole.rpartition("\n\n")
    if not parting or not below.endswith("\n"):
        raise MalformedError(
            "note: text, an empty line and signatures are expected, the last line ended by a line feed"
        )
    lines = below[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise MalformedError(f"note: more than {MAX_SIGNATURES} signatures")
    return Note(f"{body}\n", tuple(read_signature_line(line) for line in lines))


def signature_line(signature: NoteSignature) -> str:
    """Write a signature as the line below a note, with its line feed."""
    return f"{_DASH}{signature.name} {base64.b64encode(signature.key_id + signature.blob).decode()}\n"


def read_signature_line(line: str) -> NoteSignature:
    """Read a line below a note, without its line feed.

    Raises:
        MalformedError: it is no signature.
    """
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH):
        raise MalformedError("note: a signature line begins with a dash (U+2014) and a blank")
    data = require_base64(encoded, "note, signature")
    if len(data) <= KEY_ID_BYTES:
        raise MalformedError("note: a signature has a key id of four bytes, and more")
    return NoteSignature(_require_name(name), data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])


def sign_note(text: str, name: str, key: SigningKey) -> NoteSignature:
    """Return the signature of a text by the log key `key` under the name `name` (type 1)."""
    verifier = VerifierKey(name, KeyType.ED25519, key.public)
    return NoteSignature(name, verifier.key_id, Ed25519PrivateKey.from_private_bytes(key.seed).sign(text.encode()))


def signers_of(note: Note, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Return those of `keys` that signed, each once, in the order given. Whoever is missing there did not sign.

    Raises:
        MalformedError: two different keys have the same name and id, or the text is not what a key signs.
        VerificationError: a signature that claims to be by one of `keys` is not.
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise MalformedError("note: two keys have the same name and id")
    signed = set()
    for signature in note.signatures:
        place = signature.name, signature.key_id
        if place in known:
            _verify(note.text, known[place], signature.blob)
            signed.add(place)
    return tuple(key for place, key in known.items() if place in signed)


def _verify(text: str, key: VerifierKey, blob: bytes) -> None:
    try:
        if key.type is KeyType.ED25519:
            _verify_ed25519(key.public, text.encode(), blob)
        else:
            at, signature = split_cosignature(blob)
            if key.type is KeyType.COSIGNATURE:
                _verify_ed25519(key.public, ed25519_message(text, at), signature)
            else:
                verify_ml_dsa(key.public, ml_dsa_message(key.name, text, at), signature)
    except VerificationError:
        raise VerificationError(f"note: what claims to be the signature of {key.name} is not") from None


def _verify_ed25519(public: bytes, message: bytes, signature: bytes) -> None:
    require_public_key(public)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        raise VerificationError("Ed25519: the signature is not by this key for this message") from None


def _typed(key: VerifierKey) -> bytes:
    return bytes([key.type]) + key.public


def _require_name(name: str) -> str:
    if not name or "+" in name or _CONTROL.search(name) or any(character.isspace() for character in name):
        raise MalformedError("note: the name of a key is not empty and has neither blanks nor '+'")
    _utf8(name)
    return name


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise MalformedError("note: half of a surrogate pair cannot be written") from None
