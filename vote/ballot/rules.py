"""What is promised for an accepted ballot, and in which order ballots are published.

* A promise binds the platform: this ballot, known by its tracker, is the n-th of its credential and stands in the
  published archive at the latest `delay_seconds` after closing.
* The archive's order is drawn by lot, but the ballots of one credential keep theirs, since the last one counts.
* Turnout is shown in steps of whole pools, so that two looks in a row do not date one owner's vote.
"""

import base64
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import rfc8785

from crypto.encoding import read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError
from crypto.randomness import Randomness
from vote.canonical import spells

PROMISE_DOMAIN = "promise/1"
PUBLICATION_DELAY_SECONDS = 24 * 3600
POOL = 20
"""Ballots that are shown together."""
_FIELDS = ("version", "origin", "election", "fingerprint", "tracker", "sequence", "received_at", "delay_seconds")


@dataclass(frozen=True, slots=True)
class Promise:
    """What the platform promises for one ballot."""

    origin: str
    """The public address of the installation."""
    election: str
    fingerprint: str
    tracker: str
    sequence: int
    """Which ballot of its credential it is, from 1."""
    received_at: str
    """UTC, RFC 3339."""
    delay_seconds: int


def encode_promise(promise: Promise) -> bytes:
    """Write the bytes that are signed."""
    return rfc8785.dumps({"version": 1, **{name: getattr(promise, name) for name in _FIELDS[1:]}})


def decode_promise(data: bytes) -> Promise:
    """Read a promise.

    Raises:
        MalformedError: it is none, or in another spelling.
    """
    fields = require_fields(read_json(data, "promise"), _FIELDS, "promise")
    promise = Promise(
        require_text(fields["origin"], "promise, origin"),
        require_text(fields["election"], "promise, election"),
        require_text(fields["fingerprint"], "promise, fingerprint"),
        require_text(fields["tracker"], "promise, tracker"),
        require_whole(fields["sequence"], "promise, sequence", 1),
        require_text(fields["received_at"], "promise, received_at"),
        require_whole(fields["delay_seconds"], "promise, delay_seconds"),
    )
    if not spells(data, lambda: encode_promise(promise)):
        raise MalformedError("promise: not in canonical spelling (RFC 8785), or of an unknown version")
    return promise


def encode_receipt(promise: bytes, signature: bytes) -> bytes:
    """Return what the voter keeps: the promise's bytes and their signature, both in Base64."""
    return rfc8785.dumps(
        {"promise": base64.b64encode(promise).decode(), "signature": base64.b64encode(signature).decode()}
    )


def moment(when: datetime) -> str:
    """Write a moment in UTC with milliseconds."""
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def draw_order(credentials: Sequence[str], rng: Randomness) -> list[int]:
    """Return positions of ballots in a random order in which each credential's ballots keep theirs.

    Args:
        credentials: the credential of each ballot, in the order of acceptance.
        rng: the lot.
    """
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for position, credential in enumerate(credentials):
        waiting[credential].append(position)
    shuffled = list(credentials)
    for last in range(len(shuffled) - 1, 0, -1):
        other = int.from_bytes(rng(16), "big") % (last + 1)
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return [waiting[credential].popleft() for credential in shuffled]


def shown_count(accepted: int, *, closed: bool) -> int:
    """Return how many of the accepted ballots turnout may show: whole pools while voting goes on, all afterwards."""
    return accepted if closed else accepted - accepted % POOL


def permille(part: int, whole: int) -> int:
    """Return `part` of `whole` in tenths of a percent, rounded down, so that 2/3 is never shown before it is reached.

    Of nothing it is 0.
    """
    return part * 1000 // whole if whole else 0
