"""A log's signed word about its size and root.

 * A checkpoint is opened with the key of the log that is meant: its origin must be the name of that key, so that a log
   never passes for another.
 * We sign no extension lines.

Follows SPEC.md §19.2, C2SP tlog-checkpoint v1.0.0.

>>> from crypto.note import KeyType
>>> from crypto.signature import SigningKey
>>> key = SigningKey(bytes(32))
>>> checkpoint = Checkpoint("log.example/1", 1, bytes(32))
>>> log = VerifierKey("log.example/1", KeyType.ED25519, key.public)
>>> open_checkpoint(sign_checkpoint(checkpoint, key), log) == checkpoint
True

Not here: the witnesses (`crypto.cosignature`, `crypto.log_policy`), whether one checkpoint continues another
(`crypto.merkle`).
"""

from crypto.checkpoint_text import Checkpoint, decode_checkpoint, encode_checkpoint
from crypto.errors import MalformedError, VerificationError
from crypto.note import Note, VerifierKey, decode_note, encode_note, sign_note, signers_of
from crypto.signature import SigningKey

__all__ = ["Checkpoint", "decode_checkpoint", "encode_checkpoint", "open_checkpoint", "sign_checkpoint"]


def sign_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> bytes:
    """Return the note in which the log that `checkpoint` names says it, signed by `key` (type 1).

    Raises:
        MalformedError: it has extension lines, or its origin cannot be the name of a key.
    """
    if checkpoint.extensions:
        raise MalformedError("checkpoint: extension lines are not signed here")
    text = encode_checkpoint(checkpoint)
    return encode_note(Note(text, (sign_note(text, checkpoint.origin, key),)))


def open_checkpoint(data: bytes, log: VerifierKey) -> Checkpoint:
    """Return what the log with the key `log` says in the note `data`.

    Raises:
        MalformedError: it is no signed checkpoint.
        VerificationError: it is that of another log, or not signed by this one.
    """
    note = decode_note(data)
    checkpoint = decode_checkpoint(note.text)
    if checkpoint.origin != log.name:
        raise VerificationError(f"checkpoint: it is of another log than {log.name}")
    if not signers_of(note, [log]):
        raise VerificationError(f"checkpoint: {log.name} did not sign it")
    return checkpoint
