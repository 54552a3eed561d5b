"""Decides what a witness is asked, what its answer means, and when it shows that two stories were signed.

 * A cosignature counts if it is by the key that the policy names. Lines of other keys are left out.
 * That a witness refuses proves nothing: it may be mistaken, or lie. An alarm needs what it saw, signed by our log. Then
   either this database never had so many entries, or it has others: a copy of it signs elsewhere, or an old backup signs here.
 * A refusal without such evidence is told as trouble with that witness.

Follows C2SP tlog-witness v1.0.0 and its later versions: another root at one size may be answered by 409 or by 422.

Not here: asking (`witnessing`), keeping (`witness_store`).
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crypto.checkpoint import Checkpoint, decode_checkpoint
from crypto.cosignature import with_signatures
from crypto.encoding import read_json, require_base64, require_decimal, require_fields
from crypto.errors import CryptoError, MalformedError
from crypto.note import Note, NoteSignature, VerifierKey, decode_note, read_signature_line, signers_of

SIZE_MEDIA = "text/x.tlog.size"
MAX_ANSWER_BYTES = 128 * 1024

_COSIGNED, _NOT_SIGNED, _UNKNOWN, _NOT_LATEST, _INCONSISTENT = 200, 403, 404, 409, 422


class AlarmKind(StrEnum):
    """What is wrong with a log. Add to it, never rename."""

    SPLIT_VIEW = "other-root"
    """Our log signed another tree of a size that this database has or passed."""
    WITNESS_AHEAD = "witness-ahead"
    """Our log signed more entries than this database ever had, and a witness has them."""
    EXPORT_AHEAD = "export-ahead"
    """Our log signed more entries than this database ever had, and they were published."""
    EDGE = "edge"
    """The tiles in this database are not those of what was signed here last."""


class Trouble(StrEnum):
    """Why a witness gave no cosignature, without anything being wrong with the log."""

    AWAY = "away"
    """It cannot be reached, or takes too long."""
    UNKNOWN_LOG = "unknown-log"
    """It was not told of this log."""
    UNKNOWN_KEY = "unknown-key"
    """It was told another key of this log."""
    UNREADABLE = "unreadable"
    """It answered something that is no answer."""
    BAD_SIGNATURE = "bad-signature"
    """It answered without a line by its key, or the line does not hold."""
    REFUSED = "refused"
    """It says that the log does not continue, and shows nothing for it."""
    OVERTAKEN = "overtaken"
    """It cosigned a later checkpoint of this log already."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """It cosigned."""

    signatures: tuple[NoteSignature, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """It cosigned another size last."""

    size: int


@dataclass(frozen=True, slots=True)
class Doubted:
    """It says that the log does not continue."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What proves that a log is not to be trusted any more."""

    kind: AlarmKind
    witness: str
    """Its name in the policy; empty where what was published shows it."""
    size: int
    evidence: bytes
    """The checkpoint that was found, signed by our log."""

    @property
    def facts(self) -> dict[str, str | int]:
        """What is kept of it."""
        return {"witness": self.witness, "size": self.size, "evidence": base64.b64encode(self.evidence).decode()}


@dataclass(frozen=True, slots=True)
class StandingAlarm:
    """An alarm as it was kept."""

    id: int
    log: int
    """The number of the log, 1 for an estate's first."""
    kind: AlarmKind
    witness: str
    """Its name in the policy; empty where no witness showed it."""
    size: int
    evidence: bytes
    """The checkpoint that was found, signed by our log; empty where the database alone contradicts itself."""
    since: datetime


def read_facts(data: bytes) -> tuple[str, int, bytes]:
    """Return witness, size and evidence of an alarm that was kept; empty where there is none.

    Raises:
        MalformedError: it was not written by us.
    """
    facts = require_fields(read_json(data, "alarm"), (), "alarm", ("witness", "size", "evidence"))
    return (
        facts.get("witness", ""),
        facts.get("size", 0),
        require_base64(facts.get("evidence", ""), "alarm, evidence"),
    )


def encode_request(old: int, proof: Iterable[bytes], checkpoint: bytes) -> bytes:
    """Write the request to cosign a checkpoint.

    Args:
        old: the size that the witness cosigned last.
        proof: that the checkpoint continues it.
        checkpoint: the note as the log signed it.
    """
    lines = "".join(f"{base64.b64encode(each).decode()}\n" for each in proof)
    return f"old {old}\n{lines}\n".encode() + checkpoint


def read_answer(
    status: int, media: str, body: bytes, *, note: Note, key: VerifierKey, old: int
) -> Cosigned | Told | Doubted | Trouble:
    """Return what the answer to a request means.

    Args:
        status: of HTTP.
        media: the type of the body, as the header has it.
        body: the answer.
        note: what was to be cosigned.
        key: of the witness.
        old: the size that was named.
    """
    if status == _COSIGNED:
        return _read_cosignatures(body, note, key)
    if status == _INCONSISTENT:
        return Doubted()
    if status == _NOT_LATEST:
        told = _read_size(media, body)
        # It was named that very size: it means the root.
        return Doubted() if told == Told(old) else told
    return {_NOT_SIGNED: Trouble.UNKNOWN_KEY, _UNKNOWN: Trouble.UNKNOWN_LOG}.get(status, Trouble.UNREADABLE)


def read_evidence(data: bytes, keys: Sequence[VerifierKey]) -> Checkpoint | None:
    """Return the checkpoint that a witness shows, if our log signed it with one of `keys`."""
    try:
        note = decode_note(data)
        checkpoint = decode_checkpoint(note.text)
        ours = [key for key in keys if key.name == checkpoint.origin]
        return checkpoint if signers_of(note, ours) else None
    except CryptoError:
        return None


def find_alarm(theirs: Checkpoint, root: bytes | None, ahead: AlarmKind = AlarmKind.WITNESS_AHEAD) -> AlarmKind | None:
    """Return what is wrong with a log of which somebody has the checkpoint `theirs`, if anything is.

    Args:
        theirs: signed by our log.
        root: of the first `theirs.size` entries in the database, None if it never had so many.
        ahead: what it means that it never had so many.
    """
    if root is None:
        return ahead
    return None if root == theirs.root else AlarmKind.SPLIT_VIEW


def _read_cosignatures(body: bytes, note: Note, key: VerifierKey) -> Cosigned | Trouble:
    try:
        *lines, rest = body.decode().split("\n")
        signatures = tuple(read_signature_line(line) for line in lines)
        own = tuple(each for each in signatures if (each.name, each.key_id) == (key.name, key.key_id))
        signed = signers_of(with_signatures(Note(note.text, ()), own), [key])
    except (UnicodeDecodeError, MalformedError):
        return Trouble.UNREADABLE
    except CryptoError:
        return Trouble.BAD_SIGNATURE
    if rest:
        return Trouble.UNREADABLE
    return Cosigned(own) if signed else Trouble.BAD_SIGNATURE


def _read_size(media: str, body: bytes) -> Told | Trouble:
    try:
        text = body.decode()
        if media.partition(";")[0].strip().lower() != SIZE_MEDIA or not text.endswith("\n"):
            return Trouble.UNREADABLE
        return Told(require_decimal(text[:-1], "size of a witness"))
    except (UnicodeDecodeError, MalformedError):
        return Trouble.UNREADABLE
