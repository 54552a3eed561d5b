"""Decides whether a receipt is kept: its promise is signed by the platform, and its ballot stands where it should.

 * A receipt is a promise and a signature, both in Base64, in one spelling.
 * The promise names a ballot by its tracker, and which ballot of its credential it is.
 * The ballot is in the archive, or in the box and openly set aside. While ballots are checked it is in the box; before
   the box is closed a missing ballot breaks no promise.
 * It was received while voting went on, by the sealed times and the extensions that were announced.

Not here: making promises (`vote.ballot.rules`).
"""

import base64
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from crypto.ballot import tracker
from crypto.encoding import read_json, require_fields, require_text
from crypto.errors import MalformedError, VerificationError
from crypto.signature import SIGNATURE_BYTES, verify_signature
from vote.ballot.rules import PROMISE_DOMAIN, Promise, decode_promise, encode_receipt
from vote.election.terms import decode_moment, encode_moment
from vote.verifier.bundle import BOX, SET_ASIDE


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter keeps."""

    promise: Promise
    payload: bytes
    """The promise's bytes, which are signed."""
    signature: bytes


class Place(Enum):
    """Where the ballot of a receipt is."""

    ARCHIVE = auto()
    SET_ASIDE = auto()
    """In the box, and taken out before counting."""
    BOX = auto()
    """In the box, which is being checked."""
    NOWHERE_YET = auto()
    """Voting goes on, and nothing is published of it."""


class Voting(NamedTuple):
    """When ballots are in time: from `opens_at` up to, not including, `closes_at`."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """What is published of an election's ballots."""

    election: str
    """Uuid of the archive's election."""
    fingerprint: str
    """Of its election.json."""
    numbers: Mapping[str, int]
    """Of the archive's ballots, from `number_ballots`."""
    ended: bool
    """Whether these are complete."""
    box: Collection[str] | None = None
    """The trackers in `box.json`, if there is one."""
    set_aside: Collection[str] = ()
    """Those in `set-aside.json`."""
    voting: Voting | None = None
    """None if no manifest says."""


def decode_receipt(data: bytes, name: str) -> Receipt:
    """Read a receipt; `name` is how a refusal calls it.

    Raises:
        MalformedError: it is none, or in another spelling.
    """
    fields = require_fields(read_json(data, name), ("promise", "signature"), name)
    payload = _decode(fields["promise"], f"{name}, promise")
    signature = _decode(fields["signature"], f"{name}, signature")
    if len(signature) != SIGNATURE_BYTES:
        raise MalformedError(f"{name}, signature: {SIGNATURE_BYTES} bytes are expected")
    if encode_receipt(payload, signature) != data:
        raise MalformedError(f"{name}: not in canonical spelling (RFC 8785)")
    try:
        promise = decode_promise(payload)
    except MalformedError as error:
        raise MalformedError(f"{name}: {error}") from None
    return Receipt(promise, payload, signature)


def verify_promise_signature(receipt: Receipt, key: bytes, name: str) -> None:
    """Raise unless the platform that holds `key` (32 bytes, public) signed the receipt.

    Raises:
        VerificationError: it did not.
    """
    try:
        verify_signature(key, PROMISE_DOMAIN, receipt.payload, receipt.signature)
    except VerificationError as error:
        raise VerificationError(f"{name}: {error}") from None


def number_ballots(ballots: Iterable[bytes], credentials: Iterable[str | None]) -> Mapping[str, int]:
    """Return, by tracker, which ballot of its credential each is, from 1; both run in the archive's order."""
    seen: Counter[str | None] = Counter()
    numbers: dict[str, int] = {}
    for data, credential in zip(ballots, credentials, strict=True):
        seen[credential] += 1
        numbers[tracker(data)] = seen[credential]
    return numbers


def verify_kept(receipt: Receipt, shown: Shown, name: str) -> Place:
    """Return where the promised ballot is; raise if it is not where it should be.

    Args:
        receipt: the promise.
        shown: what is published.
        name: how a refusal calls the receipt.

    Raises:
        MalformedError: it promises no moment.
        VerificationError: it is another election's, the ballot came too early or too late, is missing, or stands in
            another order.
    """
    promise = receipt.promise
    if (promise.election, promise.fingerprint) != (shown.election, shown.fingerprint):
        raise VerificationError(f"{name}: it is of another election, or of another version of this one")
    if shown.voting is not None:
        _verify_in_time(promise, shown.voting, name)
    number = shown.numbers.get(promise.tracker)
    if number is None:
        return _find_elsewhere(promise, shown, name)
    if number != promise.sequence:
        raise VerificationError(
            f"{name}: it promises ballot {promise.sequence} of its credential, in the archive it is number {number}"
        )
    return Place.ARCHIVE


def _verify_in_time(promise: Promise, voting: Voting, name: str) -> None:
    received_at = decode_moment(promise.received_at, f"{name}, promise, received_at")
    if voting.opens_at <= received_at < voting.closes_at:
        return
    when = f"{name}: its ballot was received at {promise.received_at}, when voting"
    if received_at < voting.opens_at:
        raise VerificationError(f"{when} was not to open before {encode_moment(voting.opens_at)}")
    raise VerificationError(f"{when} was over since {encode_moment(voting.closes_at)}")


def _find_elsewhere(promise: Promise, shown: Shown, name: str) -> Place:
    if promise.tracker in shown.set_aside:
        return Place.SET_ASIDE
    if shown.box is not None and promise.tracker in shown.box:
        return Place.BOX
    if shown.box is None and not shown.ended:
        return Place.NOWHERE_YET
    missing = f"{name}: its ballot, tracker {promise.tracker[:43]}, is not in "
    if shown.box is None:
        raise VerificationError(f"{missing}the archive, and no {SET_ASIDE} is there that says why")
    raise VerificationError(missing + ("the archive" if shown.ended else BOX))


def _decode(value: object, what: str) -> bytes:
    try:
        return base64.b64decode(require_text(value, what), validate=True)
    except ValueError:
        raise MalformedError(f"{what}: Base64 is expected") from None
