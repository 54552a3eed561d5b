"""What passes between server and registrar, and which list of public credentials does for an election.

 * The request names each entitlement with its weight, its places and its masked owner, in the order of their numbers.
 * The list holds exactly one credential for each entitlement; all are distinct, in the group, and none is the identity.

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
from vote.errors import Reason, RefusedError

VERSION = 1


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


class PublicLine(NamedTuple):
    """An entitlement's public credential: g^secret, 64 hex digits."""

    entitlement: int
    credential: str


class PublicList(NamedTuple):
    """What the registrar gives back."""

    election: str
    lines: tuple[PublicLine, ...]


def encode_request(request: Request) -> bytes:
    """Write a request."""
    return compact_json(
        {
            "version": VERSION,
            "election": request.election,
            "title": request.title,
            "base": request.base,
            "entitlements": [{**line._asdict(), "places": list(line.places)} for line in request.lines],
        }
    )


def decode_request(data: bytes) -> Request:
    """Read a request.

    Raises:
        MalformedError: it is none, or its parts do not go together.
    """
    what = "the request"
    fields = _read(data, ("version", "election", "title", "base", "entitlements"), what)
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
    )


def encode_public_list(public: PublicList) -> bytes:
    """Write a list."""
    lines = [line._asdict() for line in public.lines]
    return compact_json({"version": VERSION, "election": public.election, "credentials": lines})


def decode_public_list(data: bytes) -> PublicList:
    """Read a list.

    Raises:
        MalformedError: it is none, a key is the identity, or an entitlement or a key stands twice.
        VerificationError: a key is a point outside the group.
    """
    what = "the list of credentials"
    fields = _read(data, ("version", "election", "credentials"), what)
    values = require_list(fields["credentials"], what)
    lines = tuple(_public_line(value, f"{what}, line {number}") for number, value in enumerate(values, start=1))
    _require_rising(lines, what)
    if len({line.credential for line in lines}) < len(lines):
        raise MalformedError(f"{what}: a credential stands twice")
    return PublicList(require_uuid(fields["election"]), lines)


def require_matching(public: PublicList, election: str, entitlements: Sequence[int]) -> None:
    """Raise unless the list is for `election` and has one line for each entitlement's number and no other.

    Raises:
        RefusedError: it is not; the sentence says where.
    """
    if public.election != election:
        raise RefusedError(Reason.MALFORMED, "This list is for another election: send the one issued for this one.")
    listed = {line.entitlement for line in public.lines}
    if missing := set(entitlements) - listed:
        raise RefusedError(Reason.MALFORMED, f"The list has no credential for {_some(missing)}: issue all of them.")
    if strange := listed - set(entitlements):
        raise RefusedError(Reason.MALFORMED, f"The roll does not have {_some(strange)}: issue from the latest request.")


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
    fields = require_fields(value, PublicLine._fields, what)
    if decode_point(fields["credential"], f"{what}, credential") == IDENTITY:
        raise MalformedError(f"{what}: the credential is the identity, for which anybody can sign")
    return PublicLine(require_whole(fields["entitlement"], f"{what}, entitlement", minimum=1), fields["credential"])


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
