r"""Says what exactly a cosigner signs, and how its signature carries the time.

 * An Ed25519 cosignature covers the time and the whole text of the note, but not the cosigner's name: one key per
   cosigner.
 * One by ML-DSA-44 covers the cosigner's name, the time, and of the checkpoint origin, size and root, but no extension
   lines.
 * A time is in whole seconds since 1970 (POSIX), in eight bytes before the signature, most significant first.

Follows SPEC.md §19.3, C2SP tlog-cosignature v1.1.0-rc.1.

>>> ed25519_message("log.example/1\n", 7)
b'cosignature/v1\ntime 7\nlog.example/1\n'
>>> split_cosignature(join_cosignature(7, b"signature"))
(7, b'signature')

Not here: signing and verifying (`crypto.cosignature`, `crypto.note`).
"""

from crypto.checkpoint_text import decode_checkpoint
from crypto.encoding import MAX_INT64
from crypto.errors import MalformedError

_TIME_BYTES = 8
_LABEL = b"subtree/v1\n\x00"
_MAX_NAME_BYTES = 255


def ed25519_message(text: str, at: int) -> bytes:
    """Return what an Ed25519 cosigner signs of a note with this text.

    Raises:
        MalformedError: the time is none.
    """
    return f"cosignature/v1\ntime {_require_time(at)}\n{text}".encode()


def ml_dsa_message(name: str, text: str, at: int) -> bytes:
    """Return what the ML-DSA-44 cosigner `name` signs of a note with this text.

    Raises:
        MalformedError: the text is no checkpoint, the time is none, or a name is longer than 255 bytes.
    """
    checkpoint = decode_checkpoint(text)
    start, end = 0, checkpoint.size
    return b"".join(
        (
            _LABEL,
            _counted(name),
            _uint64(_require_time(at)),
            _counted(checkpoint.origin),
            _uint64(start),
            _uint64(end),
            checkpoint.root,
        )
    )


def join_cosignature(at: int, signature: bytes) -> bytes:
    """Return the bytes of a cosignature: the time, then the signature of the message."""
    return _uint64(_require_time(at)) + signature


def split_cosignature(blob: bytes) -> tuple[int, bytes]:
    """Return time and signature of a cosignature.

    Raises:
        MalformedError: it is too short, or its time is none.
    """
    if len(blob) <= _TIME_BYTES:
        raise MalformedError("cosignature: eight bytes of time and a signature are expected")
    return _require_time(int.from_bytes(blob[:_TIME_BYTES], "big")), blob[_TIME_BYTES:]


def _require_time(at: int) -> int:
    if not 0 <= at <= MAX_INT64:
        raise MalformedError(f"cosignature: a time from 0 to {MAX_INT64} seconds is expected")
    return at


def _uint64(number: int) -> bytes:
    return number.to_bytes(8, "big")


def _counted(name: str) -> bytes:
    data = name.encode()
    if len(data) > _MAX_NAME_BYTES:
        raise MalformedError(f"cosignature: a name has at most {_MAX_NAME_BYTES} bytes")
    return bytes([len(data)]) + data
