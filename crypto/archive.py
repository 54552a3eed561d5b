"""Keeps one election in one public file that only grows: the `.bel` archive, header version 1.

 * The first member is the head; then come data members, named by their SHA-256, and after them the event they belong to.
 * Each event names its predecessor's hash, so the last one stands for the whole archive.
 * Every member has the same time, the archive's: when a ballot came is not told.
 * The writer gives the bytes to append and remembers only the last event, so it can go on after a restart.

Follows SPEC.md §8.

Not here: reading (`archive_reader`), whether what is written is true (`audit`).

>>> writer = ArchiveWriter(1795485993)
>>> data = writer.begin() + writer.setup(b"{}", b"[]", b"[]") + writer.end_ballots()
>>> writer.height, len(data) % 512
(1, 0)
"""

from dataclasses import dataclass
from enum import StrEnum

from crypto.encoding import compact_json, hex_digest
from crypto.tar import encode_member
from crypto.weight import encode_weight

HEAD_NAME = "BELENIOS"
DATA_SUFFIX = ".data.json"
EVENT_SUFFIX = ".event.json"
SETUP_FIELDS = "election", "trustees", "credentials", "credentials_certificate"
BEFORE_SETUP = -1
"""The height of an archive without events."""


class EventType(StrEnum):
    """What an event says; the words of the format."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


@dataclass(frozen=True, slots=True)
class Setup:
    """What was fixed before the first ballot: the stored bytes of each document."""

    election: bytes
    trustees: bytes
    credentials: bytes
    credentials_certificate: bytes | None = None
    """A document that 3.x may add for the credentials; kept, not interpreted."""

    @property
    def documents(self) -> tuple[bytes, ...]:
        """The documents in the order in which they are stored."""
        certificate = () if self.credentials_certificate is None else (self.credentials_certificate,)
        return self.election, self.trustees, self.credentials, *certificate


@dataclass(frozen=True, slots=True)
class EncryptedTallyRecord:
    """The encrypted sum, and what the archive claims about it."""

    tally: bytes
    num_tallied: int
    """How many ballots count."""
    total_weight: int
    """The sum of their weights."""


@dataclass(frozen=True, slots=True)
class Share:
    """One trustee's part of the decryption: the trustee's number (from 1) and the stored bytes."""

    owner: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything an archive holds, in order."""

    timestamp: int
    """Unix seconds, the time of every member."""
    setup: Setup
    ballots: tuple[bytes, ...]
    ended: bool
    """Whether the ballots are complete."""
    encrypted_tally: EncryptedTallyRecord | None
    shares: tuple[Share, ...]
    result: bytes | None
    head: str
    """Hash of the last event, in hex: it stands for everything before it."""
    height: int
    """Number of the last event; the set-up is 0."""


class ArchiveWriter:
    """Gives the bytes to append; the caller appends them, in the order they were asked for."""

    def __init__(self, timestamp: int, parent: str | None = None, height: int = BEFORE_SETUP) -> None:
        """Begin an archive, or go on with one whose last event has hash `parent` and number `height`.

        Args:
            timestamp: Unix seconds, the time of every member.
            parent: hash of the last event in hex, `Archive.head`.
            height: number of the last event, `Archive.height`.
        """
        assert (parent is None) == (height == BEFORE_SETUP)
        self.timestamp = timestamp
        self.parent = parent
        self.height = height

    def begin(self) -> bytes:
        """Return the head, which stands before everything."""
        assert self.height == BEFORE_SETUP
        return encode_member(HEAD_NAME, encode_head(self.timestamp), self.timestamp)

    def setup(self, election: bytes, trustees: bytes, credentials: bytes) -> bytes:
        """Return the members that fix the election."""
        assert self.height == BEFORE_SETUP
        setup = Setup(election, trustees, credentials)
        return self._event(EventType.SETUP, *setup.documents, encode_setup(setup))

    def ballot(self, data: bytes) -> bytes:
        """Return the members that add one ballot."""
        return self._event(EventType.BALLOT, data)

    def end_ballots(self) -> bytes:
        """Return the member that ends the ballots."""
        return self._event(EventType.END_BALLOTS)

    def encrypted_tally(self, tally: bytes, num_tallied: int, total_weight: int) -> bytes:
        """Return the members with the encrypted sum of `num_tallied` ballots that weigh `total_weight`."""
        record = EncryptedTallyRecord(tally, num_tallied, total_weight)
        return self._event(EventType.ENCRYPTED_TALLY, tally, encode_sized_tally(record))

    def partial_decryption(self, owner: int, payload: bytes) -> bytes:
        """Return the members with the share of trustee number `owner` (from 1)."""
        return self._event(EventType.PARTIAL_DECRYPTION, payload, encode_owned(Share(owner, payload)))

    def result(self, data: bytes) -> bytes:
        """Return the members with the result, the last ones."""
        return self._event(EventType.RESULT, data)

    def _event(self, kind: EventType, *documents: bytes) -> bytes:
        assert kind is EventType.SETUP or self.height > BEFORE_SETUP
        payload = hex_digest(documents[-1]) if documents else None
        event = encode_event(self.parent, self.height + 1, kind, payload)
        self.parent = hex_digest(event)
        self.height += 1
        members = [encode_member(hex_digest(data) + DATA_SUFFIX, data, self.timestamp) for data in documents]
        return b"".join((*members, encode_member(self.parent + EVENT_SUFFIX, event, self.timestamp)))


def encode_head(timestamp: int) -> bytes:
    """Write the body of the first member."""
    return compact_json({"version": 1, "timestamp": str(timestamp)})


def encode_event(parent: str | None, height: int, kind: str, payload: str | None) -> bytes:
    """Write an event; `parent` and `payload` are hashes in hex."""
    first = {} if parent is None else {"parent": parent}
    last = {} if payload is None else {"payload": payload}
    return compact_json({**first, "height": height, "type": kind, **last})


def encode_setup(setup: Setup) -> bytes:
    """Write the payload of the set-up event."""
    return compact_json(dict(zip(SETUP_FIELDS, map(hex_digest, setup.documents), strict=False)))


def encode_sized_tally(record: EncryptedTallyRecord) -> bytes:
    """Write the payload of the event with the encrypted sum."""
    return compact_json(
        {
            "num_tallied": record.num_tallied,
            "total_weight": encode_weight(record.total_weight),
            "encrypted_tally": hex_digest(record.tally),
        }
    )


def encode_owned(share: Share) -> bytes:
    """Write the payload of the event with a trustee's share."""
    return compact_json({"owner": share.owner, "payload": hex_digest(share.payload)})
