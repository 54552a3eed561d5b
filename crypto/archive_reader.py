"""Reads an archive and refuses every byte that a writer would not have put there.

 * Every document is hashed and compared with its name, every event with its predecessor, its number and its payload.
 * Set-up, ballots, their end, encrypted sum, shares, result: in this order, and nothing after the result.
 * What an event says is written again and compared, so there is one spelling.
 * Each refusal names the event or the member.

Follows SPEC.md §8.

Not here: writing (`archive`), whether ballots, shares and result are true (`audit`).

>>> from crypto.archive import ArchiveWriter
>>> writer = ArchiveWriter(1795485993)
>>> archive = read_archive(writer.begin() + writer.setup(b"{}", b"[]", b"[]") + writer.ballot(b"{}"))
>>> archive.ballots, archive.ended, archive.height == writer.height, archive.head == writer.parent
((b'{}',), False, True, True)
"""

import re
from collections.abc import Iterator

from crypto.archive import (
    BEFORE_SETUP,
    DATA_SUFFIX,
    HEAD_NAME,
    SETUP_FIELDS,
    Archive,
    EncryptedTallyRecord,
    EventType,
    Setup,
    Share,
    encode_event,
    encode_head,
    encode_owned,
    encode_setup,
    encode_sized_tally,
)
from crypto.encoding import hex_digest, read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from crypto.tar import Member, read_members
from crypto.weight import decode_weight

_NAME = re.compile(r"([0-9a-f]{64})(\.data\.json|\.event\.json)")
_TIMESTAMP = re.compile(r"0|[1-9][0-9]{0,10}")
_SHUFFLES = "Shuffle", "EndShuffles"

_DOCUMENTS = {
    EventType.SETUP: (4, 5),
    EventType.BALLOT: (1,),
    EventType.END_BALLOTS: (0,),
    EventType.ENCRYPTED_TALLY: (2,),
    EventType.PARTIAL_DECRYPTION: (2,),
    EventType.RESULT: (1,),
}
"""How many data members may stand before each event; the last is its payload."""

_NEXT = {
    None: (EventType.SETUP,),
    EventType.SETUP: (EventType.BALLOT, EventType.END_BALLOTS),
    EventType.BALLOT: (EventType.BALLOT, EventType.END_BALLOTS),
    EventType.END_BALLOTS: (EventType.ENCRYPTED_TALLY,),
    EventType.ENCRYPTED_TALLY: (EventType.PARTIAL_DECRYPTION,),
    EventType.PARTIAL_DECRYPTION: (EventType.PARTIAL_DECRYPTION, EventType.RESULT),
    EventType.RESULT: (),
}
"""Which event may follow which."""


def looks_like_archive(data: bytes) -> bool:
    """Whether `data` begins as an archive does; says nothing about the rest."""
    return data.startswith(HEAD_NAME.encode() + b"\0")


def read_archive(data: bytes) -> Archive:
    """Read a whole archive, which may end after any event.

    Raises:
        MalformedError: a byte is not where or what a writer puts; events stand in a wrong order.
        VerificationError: a hash, a predecessor or a number is not the one that is claimed.
    """
    members = read_members(data)
    timestamp = _read_head(members)
    draft = _Draft()
    pending: list[bytes] = []
    for member in members:
        if member.mtime != timestamp:
            raise MalformedError(f"{member.label}: its time is not the archive's")
        name = _NAME.fullmatch(member.name)
        if name is None:
            raise MalformedError(f"{member.label}: an archive has no member of this name")
        if hex_digest(member.body) != name[1]:
            raise VerificationError(f"{member.label}: the content does not have the hash that is its name")
        if name[2] == DATA_SUFFIX:
            pending.append(member.body)
        else:
            draft.take(member.body, name[1], pending)
            pending = []
    if pending:
        raise MalformedError(f"event {draft.height + 1}: the archive ends before it, and documents for it stand there")
    return draft.finish(timestamp)


def _read_head(members: Iterator[Member]) -> int:
    head = next(members, None)
    if head is None or head.name != HEAD_NAME:
        raise MalformedError(f"this is not an archive: the first member is not {HEAD_NAME}")
    fields = require_fields(read_json(head.body, head.label), ("version", "timestamp"), head.label)
    timestamp = require_text(fields["timestamp"], f"{head.label}: timestamp")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise MalformedError(f"{head.label}: the timestamp is not a number of seconds")
    if head.body != encode_head(int(timestamp)):
        raise MalformedError(f"{head.label}: not the head of an archive of version 1 in its one spelling")
    if head.mtime != int(timestamp):
        raise MalformedError(f"{head.label}: its time is not the archive's")
    return int(timestamp)


class _Draft:
    """The archive as far as it has been read."""

    def __init__(self) -> None:
        self.head: str | None = None
        self.height = BEFORE_SETUP
        self.kind: EventType | None = None
        self.setup: Setup | None = None
        self.ballots: list[bytes] = []
        self.encrypted_tally: EncryptedTallyRecord | None = None
        self.shares: list[Share] = []
        self.result: bytes | None = None

    def take(self, event: bytes, digest: str, documents: list[bytes]) -> None:
        """Add the event whose stored bytes have hash `digest`, and the documents before it."""
        label = f"event {self.height + 1}"
        kind = _read_kind(event, label)
        label = f"{label} ({kind})"
        if kind not in _NEXT[self.kind]:
            raise MalformedError(f"{label}: it may not stand after {self.kind or 'the head'}")
        if len(documents) not in _DOCUMENTS[kind]:
            raise MalformedError(f"{label}: {_DOCUMENTS[kind][0]} documents belong to it, there are {len(documents)}")
        self._require_link(event, kind, documents, label)
        if kind is EventType.SETUP:
            self.setup = _read_setup(documents, label)
        elif kind is EventType.BALLOT:
            self.ballots.append(documents[0])
        elif kind is EventType.ENCRYPTED_TALLY:
            self.encrypted_tally = _read_sized_tally(documents, label)
        elif kind is EventType.PARTIAL_DECRYPTION:
            self.shares.append(_read_share(documents, label))
        elif kind is EventType.RESULT:
            self.result = documents[0]
        self.head, self.height, self.kind = digest, self.height + 1, kind

    def finish(self, timestamp: int) -> Archive:
        """Return what was read, if there is a set-up."""
        if self.setup is None or self.head is None:
            raise MalformedError("event 0 (Setup): the archive ends before it")
        ended = self.kind not in (EventType.SETUP, EventType.BALLOT)
        return Archive(
            timestamp=timestamp,
            setup=self.setup,
            ballots=tuple(self.ballots),
            ended=ended,
            encrypted_tally=self.encrypted_tally,
            shares=tuple(self.shares),
            result=self.result,
            head=self.head,
            height=self.height,
        )

    def _require_link(self, event: bytes, kind: EventType, documents: list[bytes], label: str) -> None:
        payload = hex_digest(documents[-1]) if documents else None
        if event == encode_event(self.head, self.height + 1, kind, payload):
            return
        fields = read_json(event, label)
        if fields.get("parent") != self.head:
            raise VerificationError(f"{label}: it does not name the event before it")
        if fields.get("height") != self.height + 1:
            raise VerificationError(f"{label}: its number is not {self.height + 1}")
        if fields.get("payload") != payload:
            raise VerificationError(f"{label}: its payload is not the document before it")
        raise MalformedError(f"{label}: not in the one spelling of an event")


def _read_kind(event: bytes, label: str) -> EventType:
    fields = require_fields(read_json(event, label), ("height", "type"), label, ("parent", "payload"))
    kind = require_text(fields["type"], f"{label}: type")
    if kind in _SHUFFLES:
        raise MalformedError(f"{label} ({kind}): only elections whose ballots are added up are read, not shuffled ones")
    if kind not in EventType.__members__.values():
        raise MalformedError(f"{label}: events of type {kind[:40]!r} are not known")
    return EventType(kind)


def _read_setup(documents: list[bytes], label: str) -> Setup:
    setup, data = Setup(*documents[:-1]), documents[-1]
    if data != encode_setup(setup):
        fields = require_fields(read_json(data, label), SETUP_FIELDS[: len(documents) - 1], label)
        for name, document in zip(SETUP_FIELDS, setup.documents, strict=False):
            if fields[name] != hex_digest(document):
                raise VerificationError(f"{label}: the hash of {name} is not that of its document")
        raise MalformedError(f"{label}: the set-up data are not in their one spelling")
    return setup


def _read_sized_tally(documents: list[bytes], label: str) -> EncryptedTallyRecord:
    tally, data = documents
    fields = require_fields(read_json(data, label), ("num_tallied", "total_weight", "encrypted_tally"), label)
    record = EncryptedTallyRecord(
        tally,
        require_whole(fields["num_tallied"], f"{label}: num_tallied"),
        decode_weight(fields["total_weight"], f"{label}: total_weight"),
    )
    if fields["encrypted_tally"] != hex_digest(tally):
        raise VerificationError(f"{label}: the hash of the encrypted sum is not that of its document")
    if data != encode_sized_tally(record):
        raise MalformedError(f"{label}: the record of the encrypted sum is not in its one spelling")
    return record


def _read_share(documents: list[bytes], label: str) -> Share:
    payload, data = documents
    fields = require_fields(read_json(data, label), ("owner", "payload"), label)
    share = Share(require_whole(fields["owner"], f"{label}: owner", minimum=1), payload)
    if fields["payload"] != hex_digest(payload):
        raise VerificationError(f"{label}: the hash of the share is not that of its document")
    if data != encode_owned(share):
        raise MalformedError(f"{label}: the owner's record is not in its one spelling")
    return share
