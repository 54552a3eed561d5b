r"""Decides whether a witness cosigns a checkpoint, and what it answers if not.

 * Nothing is cosigned but what continues the checkpoint cosigned last, as a proof shows; the first one of a log continues
   the empty log.
 * Who asks does not matter: the log's signature alone says that a checkpoint is the log's.
 * Two checkpoints of one size with different roots, both signed by the log, prove to anybody that the log told two
   stories. Such a pair is kept. A proof that does not hold proves nothing, since anybody can send a wrong one.
 * A time never goes back, by which a clock that lost its battery would be noticed.

Follows C2SP tlog-witness v1.0.0, and for another root at the same size, which v1.0.0 answered with 409 like a size that is
not up to date, the answer 422 of later versions.

Not here: keeping the last checkpoint (`state`), HTTP (`views`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from crypto.checkpoint import Checkpoint, decode_checkpoint
from crypto.encoding import require_base64, require_decimal
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.merkle import EMPTY_ROOT, HASH_BYTES, verify_consistency
from crypto.note import KeyType, Note, VerifierKey, decode_note, decode_verifier_key, signers_of

MAX_PROOF_LINES = 63
MAX_REQUEST_BYTES = 128 * 1024
"""Enough for a proof and thirty signatures of the longer kind."""
CLOCK_SLACK_SECONDS = 300
"""As far as a clock may be set back; until it has caught up, the last time is repeated."""

Logs = Mapping[str, Sequence[VerifierKey]]
"""The keys of the logs that are watched, by origin."""


class Status(IntEnum):
    """What a witness answers; the numbers are those of HTTP."""

    COSIGNED = 200
    MALFORMED = 400
    """The request cannot be read, or asks to go back."""
    NOT_SIGNED = 403
    """No key known here signed for this log."""
    UNKNOWN = 404
    """The log is not watched here."""
    NOT_LATEST = 409
    """The request continues another size than the one cosigned last; the answer says which that is."""
    INCONSISTENT = 422
    """What was cosigned last is not shown to be the beginning."""
    CLOCK = 503
    """The witness does not know what time it is."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A checkpoint that a log wants cosigned, signed by that log."""

    old: int
    """The size that it continues."""
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not cosigned."""

    status: Status
    sentence: str
    size: int | None = None
    """Of the checkpoint cosigned last, where the answer tells it."""
    two_stories: bool = False
    """Whether the log is proved to have signed two different trees of one size."""


@dataclass(frozen=True, slots=True)
class Latest:
    """What was cosigned last of a log."""

    note: bytes
    """The checkpoint with our cosignature, as monitors get it."""
    at: int
    """When, in whole seconds since 1970."""

    @property
    def checkpoint(self) -> Checkpoint:
        """What it says."""
        return decode_checkpoint(decode_note(self.note).text)


def read_logs(text: str) -> Logs:
    """Read the list of the logs to watch: a verifier key a line, remarks after '#'.

    Raises:
        MalformedError: a line is no key that a log signs with, or stands there twice.
        VerificationError: a key is one that anybody could sign for.
    """
    logs: dict[str, list[VerifierKey]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        word = line.partition("#")[0].strip()
        if not word:
            continue
        try:
            key = decode_verifier_key(word)
        except MalformedError as error:
            raise MalformedError(f"logs, line {number}: {error}") from None
        if key.type is KeyType.COSIGNATURE or key in logs.get(key.name, ()):
            raise MalformedError(f"logs, line {number}: the key of a witness, or one that stands above")
        logs.setdefault(key.name, []).append(key)
    return logs


def read_submission(data: bytes, logs: Logs) -> Submission | Refusal:
    """Return what a request asks, or why it is refused whatever was cosigned before."""
    try:
        old, proof, note, checkpoint = _decode(data)
    except (UnicodeDecodeError, MalformedError) as error:
        why = str(error) if isinstance(error, MalformedError) else "add-checkpoint: UTF-8 is expected"
        return Refusal(Status.MALFORMED, why)
    keys = logs.get(checkpoint.origin)
    if keys is None:
        return Refusal(Status.UNKNOWN, "this log is not watched here")
    try:
        signed = bool(signers_of(note, keys))
    except CryptoError:
        signed = False
    if not signed:
        return Refusal(Status.NOT_SIGNED, "no key of this log that is known here signed the checkpoint")
    if old > checkpoint.size:
        return Refusal(Status.MALFORMED, f"a log of {checkpoint.size} entries does not continue one of {old}")
    return Submission(old, proof, note, checkpoint)


def find_refusal(submission: Submission, latest: Latest | None) -> Refusal | None:
    """Return why the checkpoint is not cosigned after `latest`, or None if it is."""
    size, root = (latest.checkpoint.size, latest.checkpoint.root) if latest else (0, EMPTY_ROOT)
    new = submission.checkpoint
    if latest and new.size == size and new.root != root:
        # Told whatever size the request says that it continues: nothing else is worth knowing of such a log.
        status = Status.INCONSISTENT if submission.old == size else Status.NOT_LATEST
        return Refusal(
            status, f"another tree of {size} entries was cosigned here, signed by the same log", size, two_stories=True
        )
    if submission.old != size:
        return Refusal(Status.NOT_LATEST, f"the size cosigned last is {size}", size)
    try:
        verify_consistency(size, root, new.size, new.root, submission.proof)
    except VerificationError as error:
        return Refusal(Status.INCONSISTENT, str(error))
    return None


def signing_time(now: int, last: int) -> int | Refusal:
    """Return the time to sign with, in whole seconds since 1970, given that of the last signature of any log."""
    if now < last - CLOCK_SLACK_SECONDS:
        return Refusal(Status.CLOCK, "the clock of this witness went back: its owner has to set it")
    return max(now, last)


def _decode(data: bytes) -> tuple[int, tuple[bytes, ...], Note, Checkpoint]:
    head, parting, rest = data.partition(b"\n\n")
    first, *lines = head.decode().split("\n")
    if not parting or not first.startswith("old "):
        raise MalformedError("add-checkpoint: 'old' and a size, a proof, an empty line and a checkpoint are expected")
    old = require_decimal(first.removeprefix("old "), "add-checkpoint, old size")
    if len(lines) > MAX_PROOF_LINES:
        raise MalformedError(f"add-checkpoint: a proof has at most {MAX_PROOF_LINES} lines")
    proof = tuple(require_base64(line, "add-checkpoint, proof") for line in lines)
    if any(len(each) != HASH_BYTES for each in proof):
        raise MalformedError(f"add-checkpoint: each line of the proof stands for {HASH_BYTES} bytes")
    note = decode_note(rest)
    return old, proof, note, decode_checkpoint(note.text)
