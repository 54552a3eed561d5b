"""What is promised for an accepted ballot, and in which order ballots are published.

* A promise binds the platform: this ballot, known by its tracker, is the n-th of its credential and stands in the
  published box at the latest `delay_seconds` after closing.
* Ballots are shown pool by pool, each shuffled, but the ballots of one credential keep their order, since the last one
  counts. So nobody reads from log, archive or turnout when one owner voted.
* The box is closed with the list of its trackers; what a dispute takes out afterwards is listed too.
"""

import base64
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import rfc8785

from crypto.encoding import read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError
from crypto.randomness import Randomness
from vote.canonical import spells
from vote.clock import CHINA
from vote.election.terms import Pools

PROMISE_DOMAIN = "promise/1"
PUBLICATION_DELAY_SECONDS = 24 * 3600
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


def is_pool_due(waiting: int, oldest: datetime, now: datetime, pools: Pools) -> bool:
    """Whether the ballots that wait are to be shown now.

    Args:
        waiting: how many there are.
        oldest: when the first of them was received.
        now: the database's clock.
        pools: the sealed rule.
    """
    if waiting >= pools.size or now - oldest >= timedelta(hours=pools.max_hours):
        return True
    return waiting >= pools.least and oldest < _last_hour(now, pools.hours)


def _last_hour(now: datetime, hours: Sequence[int]) -> datetime:
    """Return the last of the fixed hours of the day in China, as of `now`."""
    local = now.astimezone(CHINA).replace(minute=0, second=0, microsecond=0)
    days = (local, local - timedelta(days=1))
    passed = [moment for day in days for hour in hours if (moment := day.replace(hour=hour)) <= local]
    return max(passed, default=datetime.min.replace(tzinfo=CHINA))


def encode_box(election: str, trackers: Sequence[str]) -> bytes:
    """Write `box.json`: every accepted ballot's tracker, in the order of the archive."""
    return rfc8785.dumps({"version": 1, "election": election, "trackers": list(trackers)})


def encode_set_aside(election: str, set_aside: Sequence[tuple[str, str]]) -> bytes:
    """Write `set-aside.json`: tracker and kind of dispute of every ballot that was taken out before counting."""
    listed = [{"tracker": tracker, "kind": kind} for tracker, kind in set_aside]
    return rfc8785.dumps({"version": 1, "election": election, "set_aside": listed})


def permille(part: int, whole: int) -> int:
    """Return `part` of `whole` in tenths of a percent, rounded down, so that 2/3 is never shown before it is reached.

    Of nothing it is 0.
    """
    return part * 1000 // whole if whole else 0
