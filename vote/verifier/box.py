"""Decides whether the archive holds exactly the ballots that were in the box at closing, save those a dispute took out.

 * `box.json` lists every accepted ballot by its tracker, in the order of the archive; none stands twice.
 * `set-aside.json` lists those that were taken out before counting, each in the box and named once.
 * While ballots are checked the archive has none of them yet; then the box alone is there.

Not here: the ballots themselves (`crypto.audit`), why some were taken out (`checked`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import rfc8785

from crypto.ballot import tracker
from crypto.encoding import read_json, require_fields, require_fingerprint, require_list, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from vote.canonical import spells
from vote.verifier.bundle import BOX, SET_ASIDE

VERSION = 1


class SetAside(NamedTuple):
    """A ballot that was taken out before counting."""

    tracker: str
    kind: str
    """What was disputed."""


def decode_box(data: bytes, election: str) -> tuple[str, ...]:
    """Read `box.json`: the trackers of all accepted ballots, in the order of the archive.

    Args:
        data: the file.
        election: the uuid that it must name.

    Raises:
        MalformedError: it is no such file, in another spelling, or a ballot stands twice.
        VerificationError: it is of another election.
    """
    values = _read(data, BOX, "trackers", election)
    trackers = tuple(
        require_fingerprint(value, f"{BOX}, ballot {number}") for number, value in enumerate(values, start=1)
    )
    _require_distinct(trackers, BOX)
    return trackers


def decode_set_aside(data: bytes, election: str) -> tuple[SetAside, ...]:
    """Read `set-aside.json`.

    Args:
        data: the file.
        election: the uuid that it must name.

    Raises:
        MalformedError: it is no such file, in another spelling, or a ballot stands twice.
        VerificationError: it is of another election.
    """
    values = _read(data, SET_ASIDE, "set_aside", election)
    found = tuple(_set_aside(value, f"{SET_ASIDE}, ballot {number}") for number, value in enumerate(values, start=1))
    _require_distinct([each.tracker for each in found], SET_ASIDE)
    return found


def verify_box(box: Sequence[str], set_aside: Sequence[SetAside], ballots: Sequence[bytes], *, ended: bool) -> None:
    """Raise unless the archive holds the box's ballots in the same order, without those that were set aside.

    Args:
        box: from `decode_box`.
        set_aside: from `decode_set_aside`.
        ballots: the archive's, none twice.
        ended: whether the archive's ballots are complete.

    Raises:
        VerificationError: a ballot is missing, too many, set aside without being in the box, or in another place.
    """
    places = {each: number for number, each in enumerate(box, start=1)}
    taken = {each.tracker for each in set_aside}
    for number, one in enumerate(set_aside, start=1):
        if one.tracker not in places:
            raise VerificationError(f"{SET_ASIDE}, ballot {number}: it is not in {BOX}")
    found = [tracker(data) for data in ballots]
    for number, each in enumerate(found, start=1):
        if each not in places:
            raise VerificationError(f"event {number} (Ballot): it is not in {BOX}, the list that was fixed at closing")
        if each in taken:
            raise VerificationError(f"event {number} (Ballot): by {SET_ASIDE} it was taken out before counting")
    standing = set(found)
    if ended and (missing := [each for each in box if each not in taken and each not in standing]):
        more = f"; and {len(missing) - 1} more" if missing[1:] else ""
        raise VerificationError(
            f"{BOX}, ballot {places[missing[0]]}: it is neither in the archive nor in {SET_ASIDE}{more}"
        )
    expected = [each for each in box if each in standing]
    for number, (here, there) in enumerate(zip(found, expected, strict=True), start=1):
        if here != there:
            raise VerificationError(f"event {number} (Ballot): {BOX} has another ballot at this place")


def _read(data: bytes, name: str, field: str, election: str) -> list[object]:
    fields = require_fields(read_json(data, name), ("version", "election", field), name)
    if require_whole(fields["version"], f"{name}, version") != VERSION:
        raise MalformedError(f"{name}: version {VERSION} is expected")
    if require_text(fields["election"], f"{name}, election") != election:
        raise VerificationError(f"{name}: it is of another election")
    if not spells(data, lambda: rfc8785.dumps(fields)):
        raise MalformedError(f"{name}: not in canonical spelling (RFC 8785)")
    return require_list(fields[field], f"{name}, {field}")


def _set_aside(value: object, what: str) -> SetAside:
    fields = require_fields(value, SetAside._fields, what)
    return SetAside(
        require_fingerprint(fields["tracker"], f"{what}, tracker"), require_text(fields["kind"], f"{what}, kind")
    )


def _require_distinct(trackers: Sequence[str], name: str) -> None:
    seen: dict[str, int] = {}
    for number, each in enumerate(trackers, start=1):
        if each in seen:
            raise MalformedError(f"{name}, ballot {number}: it stands there as ballot {seen[each]} already")
        seen[each] = number
