r"""Says what a log is at one moment, in three lines: its name, its size, its root.

 * The size is written in ASCII digits without sign or leading zero; the root in standard Base64 of exactly 32 bytes.
 * The log without entries has one root, and no other log has size 0.
 * Lines end with LF and nothing else: a line may hold U+2028 or U+0085, which other readers take for line ends.
 * Extension lines of others are kept as they are. Ours have none: a cosignature by ML-DSA-44 does not cover them.

Follows SPEC.md §19.2, C2SP tlog-checkpoint v1.0.0.

>>> checkpoint = Checkpoint("log.example/1", 0, EMPTY_ROOT)
>>> encode_checkpoint(checkpoint)
'log.example/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'
>>> decode_checkpoint(encode_checkpoint(checkpoint)) == checkpoint
True

Not here: the signatures (`crypto.checkpoint`, `crypto.note`).
"""

import base64
from dataclasses import dataclass

from crypto.encoding import MAX_INT64, require_base64, require_decimal
from crypto.errors import MalformedError
from crypto.merkle import EMPTY_ROOT, HASH_BYTES


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself.

    Raises:
        MalformedError: no checkpoint can have these values.
    """

    origin: str
    """Names the log for ever; not empty, one line."""
    size: int
    """How many entries the log has."""
    root: bytes
    """The root of the tree of these entries, 32 bytes."""
    extensions: tuple[str, ...] = ()
    """Lines that the log added; nobody but the log vouches for them."""

    def __post_init__(self) -> None:
        if any(not line or "\n" in line for line in (self.origin, *self.extensions)):
            raise MalformedError("checkpoint: origin and extension lines are one line each, and not empty")
        if not 0 <= self.size <= MAX_INT64:
            raise MalformedError(f"checkpoint: a size from 0 to {MAX_INT64} is expected")
        if len(self.root) != HASH_BYTES:
            raise MalformedError(f"checkpoint: the root has {HASH_BYTES} bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise MalformedError("checkpoint: a log without entries has the root of the empty tree")


def encode_checkpoint(checkpoint: Checkpoint) -> str:
    """Write a checkpoint as the text of a note."""
    root = base64.b64encode(checkpoint.root).decode()
    return "".join(f"{line}\n" for line in (checkpoint.origin, checkpoint.size, root, *checkpoint.extensions))


def decode_checkpoint(text: str) -> Checkpoint:
    """Read the text of a note as a checkpoint.

    Raises:
        MalformedError: it is none, or another spelling of one.
    """
    origin, *lines = text.split("\n")
    if len(lines) < 3 or lines[-1]:  # noqa: PLR2004 - size, root, and nothing after the last line end
        raise MalformedError("checkpoint: three lines are expected, each ended by a line feed")
    size, root, *extensions = lines[:-1]
    return Checkpoint(
        origin, require_decimal(size, "checkpoint, size"), require_base64(root, "checkpoint, root"), tuple(extensions)
    )
