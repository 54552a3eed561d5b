"""Two-part credentials: the voting key is a part from the letter plus a part of the platform, each proved by its maker.

 * secret = letter + platform mod q, public credential = letter's public part · platform's public part.
 * Each side proves that it knows its own part, or the side that comes second could choose a part that cancels the first.
 * A proof names the election, the side and the part, so it serves for no other; no part and no credential is the identity.
 * parts.json has one spelling, which RFC 8785 shares, and says it all for exactly the credentials of the public list.

Follows SPEC.md §14. Not here: the letter's text (`credential`), who is given which part when.

>>> UUID, rng = "DQB53CqA1UtMwz", lambda size: bytes(size - 1) + b"1"
>>> letter, platform = prove_part(UUID, Side.LETTER, 5, rng), prove_part(UUID, Side.PLATFORM, 7, rng)
>>> entry = CredentialParts(combine_public(letter.public, platform.public), letter, platform)
>>> entry.credential == public_credential(combine_secret(5, 7))
True
>>> verify_parts(UUID, decode_parts(encode_parts(UUID, [entry]), UUID), [entry.credential])
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from crypto.blame import about
from crypto.credential import public_credential
from crypto.encoding import compact_json, read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, ORDER, add, decode_point, encode_point, read_point
from crypto.knowledge import prove_knowledge, verify_knowledge
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness

DOMAIN = "shanzhi credential part 1"
VERSION = 1
SLICE = 64
"""Entries that are checked at a time."""

_WHAT = "the credentials' parts"
_FIELDS = ("election", "parts", "version")
_ENTRY_FIELDS = ("credential", "letter", "letter_proof", "platform", "platform_proof")


class Side(StrEnum):
    """Whose part it is."""

    LETTER = "letter"
    PLATFORM = "platform"


class Part(NamedTuple):
    """What is published of one side's part."""

    public: str
    """L or P: g^secret, 64 hex digits."""
    proof: Proof
    """That its maker knows the secret."""


class CredentialParts(NamedTuple):
    """One entry of parts.json."""

    credential: str
    """The public credential, 64 hex digits."""
    letter: Part
    platform: Part


class PartsSlice(NamedTuple):
    """Entries that stand together."""

    uuid: str
    first: int
    """Position of the first, from 1."""
    parts: tuple[CredentialParts, ...]


Run = Callable[[Callable[[PartsSlice], None], Iterable[PartsSlice]], Iterable[None]]
"""Maps a function over slices in order, in as many processes as it likes."""


def prove_part(uuid: str, side: Side, secret: int, rng: Randomness) -> Part:
    """Return what `side` publishes of its part in the election `uuid`.

    Args:
        uuid: of the election.
        side: whose part it is.
        secret: the part, a number mod q.
        rng: gives the proof's nonce.

    Raises:
        VerificationError: the part is zero, so it would hide nothing.
    """
    public = public_credential(secret)
    point = _require_key(read_point(public), f"the {side} part")
    return Part(public, prove_knowledge(_prefix(uuid, side, public), secret, point, rng))


def verify_part(uuid: str, side: Side, part: Part) -> None:
    """Raise unless whoever made `part` for `side` in the election `uuid` knows its secret.

    Raises:
        MalformedError: the part is no point in canonical spelling.
        VerificationError: it is outside the group or the identity, or the proof does not hold.
    """
    what = f"the {side} part"
    public = _require_key(read_point(part.public, what), what)
    with about(what):
        verify_knowledge(_prefix(uuid, side, part.public), public, part.proof)


def combine_public(letter: str, platform: str) -> str:
    """Return the public credential of two public parts, each 64 hex digits.

    Raises:
        MalformedError: a part is no point in canonical spelling.
        VerificationError: a part is outside the group, or they cancel each other.
    """
    product = add(decode_point(letter, "the letter part"), decode_point(platform, "the platform part"))
    return encode_point(_require_key(product, "the two parts together"))


def combine_secret(letter: int, platform: int) -> int:
    """Return the voting key of two parts, a number mod q."""
    return (letter + platform) % ORDER


def encode_parts(uuid: str, parts: Iterable[CredentialParts]) -> bytes:
    """Write parts.json, sorted by credential, so that its order tells nothing."""
    entries = [_encode_entry(entry) for entry in sorted(parts, key=lambda entry: entry.credential)]
    return compact_json({"election": uuid, "parts": entries, "version": VERSION})


def decode_parts(data: bytes, uuid: str) -> tuple[CredentialParts, ...]:
    """Read parts.json of the election `uuid`; whether it is true is for `verify_parts`.

    Raises:
        MalformedError: not such a document, not in its one spelling, or a credential stands twice.
        VerificationError: it was made for another election.
    """
    fields = require_fields(read_json(data, _WHAT), _FIELDS, _WHAT)
    if require_whole(fields["version"], f"{_WHAT}, version") != VERSION:
        raise MalformedError(f"{_WHAT}: only version {VERSION} is known")
    if require_text(fields["election"], f"{_WHAT}, election") != uuid:
        raise VerificationError(f"{_WHAT}: they were made for another election")
    entries = enumerate(require_list(fields["parts"], f"{_WHAT}, parts"), start=1)
    parts = tuple(_decode_entry(value, _label(position)) for position, value in entries)
    for position, (one, other) in enumerate(pairwise(parts), start=2):
        if one.credential >= other.credential:
            raise MalformedError(f"{_label(position)}: credentials are sorted, and none stands twice")
    if encode_parts(uuid, parts) != data:
        raise MalformedError(f"{_WHAT}: not in canonical spelling: spaces, order of fields or escapes differ")
    return parts


def verify_parts(uuid: str, parts: Sequence[CredentialParts], credentials: Collection[str], run: Run = map) -> None:
    """Raise unless `parts` are of exactly these credentials, each the product of its parts, and every proof holds.

    Args:
        uuid: of the election.
        parts: as `decode_parts` returns them.
        credentials: the public credentials of the election's list.
        run: maps a function over slices in order, in as many processes as it likes.

    Raises:
        MalformedError: a part is no point in canonical spelling.
        VerificationError: something else is wrong; the sentence names the position.
    """
    missing = set(credentials)
    for position, entry in enumerate(parts, start=1):
        if entry.credential not in missing:
            raise VerificationError(f"{_label(position)}: it is not on the list of this election, or stands here twice")
        missing.remove(entry.credential)
    if missing:
        raise VerificationError(f"{_WHAT}: {len(missing)} credentials of this election are missing")
    for _ in run(verify_parts_slice, slice_parts(uuid, parts)):
        pass


def slice_parts(uuid: str, parts: Sequence[CredentialParts], size: int = SLICE) -> Iterator[PartsSlice]:
    """Yield the entries in slices of `size`."""
    for start in range(0, len(parts), size):
        yield PartsSlice(uuid, start + 1, tuple(parts[start : start + size]))


def verify_parts_slice(part: PartsSlice) -> None:
    """Raise unless each credential of a slice is the product of its parts, and both proofs hold.

    Raises:
        MalformedError: a part is no point in canonical spelling.
        VerificationError: something else is wrong; the sentence names the position.
    """
    for position, entry in enumerate(part.parts, start=part.first):
        with about(_label(position)):
            verify_part(part.uuid, Side.LETTER, entry.letter)
            verify_part(part.uuid, Side.PLATFORM, entry.platform)
            if combine_public(entry.letter.public, entry.platform.public) != entry.credential:
                raise VerificationError("it is not the product of its parts")


def _label(position: int) -> str:
    return f"credential {position} of the parts"


def _prefix(uuid: str, side: Side, public: str) -> str:
    return f"{DOMAIN}|{uuid}|{side}|{public}|"


def _require_key(point: bytes, what: str) -> bytes:
    if point == IDENTITY:
        raise VerificationError(f"{what}: the identity is nobody's key")
    return point


def _encode_entry(entry: CredentialParts) -> dict[str, Any]:
    return {
        "credential": entry.credential,
        "letter": entry.letter.public,
        "letter_proof": encode_proof(entry.letter.proof),
        "platform": entry.platform.public,
        "platform_proof": encode_proof(entry.platform.proof),
    }


def _decode_entry(value: object, what: str) -> CredentialParts:
    fields = require_fields(value, _ENTRY_FIELDS, what)
    # The spelling alone is read here: proofs and product check the rest.
    for name in ("credential", "letter", "platform"):
        read_point(fields[name], f"{what}, {name}")
    return CredentialParts(
        fields["credential"],
        Part(fields["letter"], decode_proof(fields["letter_proof"], f"{what}, letter proof")),
        Part(fields["platform"], decode_proof(fields["platform_proof"], f"{what}, platform proof")),
    )
