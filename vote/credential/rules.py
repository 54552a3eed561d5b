"""What passes between server and registrar, and which list of public credentials does for an election.

* The request names each entitlement with its weight, its places and its masked owner, in the order of their numbers, and
  says whether the voting keys have one part or two.
* The list holds exactly one credential for each entitlement; all are distinct, in the group, and none is the identity.
* Where keys have two parts, what it holds is the letter's part, with the proof that its maker knows it, and the letter's
  number; all numbers are distinct. The server keeps of a number only its keyed digest.

The list, JSON: {"version":1, "election", "credentials":[{"entitlement", "credential"(, "proof":{"challenge","response"},
"letter_number")}]}, with the fields in brackets on all lines or on none.

Not here: the private credentials, which the server never sees (`letter`).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from crypto.ceremony_post import require_short
from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError
from crypto.group import IDENTITY, decode_point
from crypto.proof import Proof, decode_proof, encode_proof
from vote.credential.letter_number import read_letter_number
from vote.errors import Reason, RefusedError

VERSION = 1
MAX_PARTS = 2
_TWO_PARTS = ("proof", "letter_number")


class RequestLine(NamedTuple):
    """An entitlement for which a credential is asked."""

    entitlement: int
    """Its number in the roll, from 1."""
    weight: int
    """area_dm2 · base + 1."""
    places: tuple[str, ...]
    """As letters write them: 3幢2单元501室."""
    owner: str
    """Masked."""


class Request(NamedTuple):
    """What the registrar gets."""

    election: str
    title: str
    base: int
    """A power of ten above the number of entitlements."""
    lines: tuple[RequestLine, ...]
    credential_parts: int = 1
    """2: the registrar makes one part, and proves it; the platform makes the other."""


class PublicLine(NamedTuple):
    """What is public of an entitlement's credential, and the number of its letter."""

    entitlement: int
    credential: str
    """g^secret, 64 hex digits; where keys have two parts, of the letter's part."""
    proof: Proof | None = None
    """That its maker knows the letter's part (`crypto.credential_part`); only where keys have two parts."""
    letter_number: str | None = None
    """XXXX-XXXX; only where keys have two parts."""


class PublicList(NamedTuple):
    """What the registrar gives back."""

    election: str
    lines: tuple[PublicLine, ...]

    @property
    def credential_parts(self) -> int:
        """How many parts the keys have for which this list was made."""
        return MAX_PARTS if self.lines and self.lines[0].proof is not None else 1


def encode_request(request: Request) -> bytes:
    """Write a request."""
    return compact_json(
        {
            "version": VERSION,
            "election": request.election,
            "title": request.title,
            "base": request.base,
            "credential_parts": request.credential_parts,
            "entitlements": [{**line._asdict(), "places": list(line.places)} for line in request.lines],
        }
    )


def decode_request(data: bytes) -> Request:
    """Read a request.

    Raises:
        MalformedError: it is none, or its parts do not go together.
    """
    what = "the request"
    fields = _read(data, ("version", "election", "title", "base", "credential_parts", "entitlements"), what)
    parts = require_whole(fields["credential_parts"], f"{what}, credential_parts", minimum=1)
    if parts > MAX_PARTS:
        raise MalformedError(f"{what}: a voting key has 1 or {MAX_PARTS} parts")
    base = require_whole(fields["base"], f"{what}, base", minimum=10)
    values = require_list(fields["entitlements"], f"{what}, entitlements")
    if base != 10 ** len(str(len(values))) or not values:
        raise MalformedError(f"{what}: the base is not the power of ten that goes with {len(values)} entitlements")
    lines = tuple(_request_line(value, base, f"{what}, line {number}") for number, value in enumerate(values, start=1))
    _require_rising(lines, what)
    return Request(
        require_uuid(fields["election"]),
        require_short(require_text(fields["title"], f"{what}, title"), f"{what}, title"),
        base,
        lines,
        parts,
    )


def encode_public_list(public: PublicList) -> bytes:
    """Write a list."""
    lines = [_encode_public_line(line) for line in public.lines]
    return compact_json({"version": VERSION, "election": public.election, "credentials": lines})


def decode_public_list(data: bytes) -> PublicList:
    """Read a list.

    Raises:
        MalformedError: it is none, a key is the identity, or an entitlement, a key or a letter's number stands twice.
        VerificationError: a key is a point outside the group.
    """
    what = "the list of credentials"
    fields = _read(data, ("version", "election", "credentials"), what)
    values = require_list(fields["credentials"], what)
    lines = tuple(_public_line(value, f"{what}, line {number}") for number, value in enumerate(values, start=1))
    _require_rising(lines, what)
    if len({line.credential for line in lines}) < len(lines):
        raise MalformedError(f"{what}: a credential stands twice")
    if len({line.proof is None for line in lines}) > 1:
        raise MalformedError(f"{what}: either every line has a proof and a letter's number, or none has")
    numbers = [line.letter_number for line in lines if line.letter_number is not None]
    if len(set(numbers)) < len(numbers):
        raise MalformedError(f"{what}: a letter's number stands twice")
    return PublicList(require_uuid(fields["election"]), lines)


def require_matching(public: PublicList, election: str, entitlements: Sequence[int], parts: int) -> None:
    """Raise unless the list is for `election` and has one line for each entitlement's number and no other.

    Args:
        public: the list.
        election: its uuid.
        entitlements: the numbers of the roll.
        parts: how many the keys have.

    Raises:
        RefusedError: it is not; the sentence says where.
    """
    if public.election != election:
        raise RefusedError(
            Reason.MALFORMED,
            "This list is for another election: send the one issued for this one.",
            zh="这份名单是另一次投票的，请交这次投票的。",
        )
    listed = {line.entitlement for line in public.lines}
    if missing := set(entitlements) - listed:
        raise RefusedError(
            Reason.MALFORMED,
            f"The list has no credential for {_some(missing)}: issue all of them.",
            zh=f"名单里少了{_some(missing)}号业主，请给全部业主做好信再交。",
        )
    if strange := listed - set(entitlements):
        raise RefusedError(
            Reason.MALFORMED,
            f"The roll does not have {_some(strange)}: issue from the latest request.",
            zh=f"清册里没有{_some(strange)}号业主，请刷新后重新做信。",
        )
    if public.credential_parts != parts:
        raise RefusedError(
            Reason.MALFORMED,
            f"The keys of this election have {parts} part(s): issue from the latest request.",
            zh=f"这次投票的投票码有{parts}段，请刷新后重新做信。",
        )


def require_letter_number(value: object, what: str) -> str:
    """Return `value` if it is the number of a letter in its one spelling.

    Raises:
        MalformedError: otherwise; the sentence does not repeat it.
    """
    text = require_text(value, what)
    try:
        if read_letter_number(text) == text:
            return text
    except RefusedError:
        pass
    raise MalformedError(f"{what}: two groups of four characters, XXXX-XXXX, are expected")


def _request_line(value: object, base: int, what: str) -> RequestLine:
    fields = require_fields(value, RequestLine._fields, what)
    weight = require_whole(fields["weight"], f"{what}, weight", minimum=base + 1)
    if weight % base != 1:
        raise MalformedError(f"{what}: the weight does not hold one head and an area in whole dm2")
    places = require_list(fields["places"], f"{what}, places")
    return RequestLine(
        require_whole(fields["entitlement"], f"{what}, entitlement", minimum=1),
        weight,
        tuple(require_short(require_text(place, f"{what}, place"), f"{what}, place") for place in places),
        require_short(require_text(fields["owner"], f"{what}, owner"), f"{what}, owner"),
    )


def _public_line(value: object, what: str) -> PublicLine:
    second = _TWO_PARTS if isinstance(value, dict) and not value.keys().isdisjoint(_TWO_PARTS) else ()
    fields = require_fields(value, ("entitlement", "credential", *second), what)
    if decode_point(fields["credential"], f"{what}, credential") == IDENTITY:
        raise MalformedError(f"{what}: the credential is the identity, for which anybody can sign")
    return PublicLine(
        require_whole(fields["entitlement"], f"{what}, entitlement", minimum=1),
        fields["credential"],
        decode_proof(fields["proof"], f"{what}, proof") if second else None,
        require_letter_number(fields["letter_number"], f"{what}, letter number") if second else None,
    )


def _encode_public_line(line: PublicLine) -> dict[str, Any]:
    first = {"entitlement": line.entitlement, "credential": line.credential}
    if line.proof is None:
        return first
    return {**first, "proof": encode_proof(line.proof), "letter_number": line.letter_number}


def _require_rising(lines: Sequence[RequestLine] | Sequence[PublicLine], what: str) -> None:
    numbers = [line.entitlement for line in lines]
    if any(left >= right for left, right in pairwise(numbers)):
        raise MalformedError(f"{what}: the numbers of the entitlements do not rise")


def _read(data: bytes, names: Sequence[str], what: str) -> dict[str, Any]:
    fields = require_fields(read_json(data, what), names, what)
    if require_whole(fields["version"], f"{what}, version") != VERSION:
        raise MalformedError(f"{what}: only version {VERSION} is known")
    return fields


def _some(numbers: Iterable[int]) -> str:
    first, *others = sorted(numbers)
    return f"entitlement {first}" + (f" and {len(others)} more" if others else "")
