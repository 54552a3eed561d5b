r"""A receipt: proves without a network that an entry is in a log that its witnesses looked at.

 * It has the entry's place, the hashes that lead to the root, and the checkpoint as it was published.
 * The extra line is nobody's word: no signature covers it.

Follows SPEC.md §19.5, C2SP tlog-proof (`@v1`) as of commit 5ba5ee8.

>>> proof = LogProof(None, 0, (), b"log.example/1...")
>>> encode_log_proof(proof)
b'c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example/1...'
>>> decode_log_proof(encode_log_proof(proof)) == proof
True

Not here: making the hashes (`crypto.tile_tree`), who must have signed (`crypto.log_policy`).
"""

import base64
from dataclasses import dataclass

from crypto.encoding import MAX_INT64, require_base64, require_decimal
from crypto.errors import MalformedError
from crypto.log_policy import LogPolicy
from crypto.merkle import HASH_BYTES, verify_inclusion

MAGIC = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63
"""A tree of fewer than 2 ** 63 entries is no higher."""

_EXTRA = "extra "
_INDEX = "index "


@dataclass(frozen=True, slots=True)
class LogProof:
    """A receipt, which nobody has verified yet.

    Raises:
        MalformedError: no receipt can have these values.
    """

    extra: bytes | None
    """What the issuer adds, unauthenticated; not empty."""
    index: int
    """The entry's place, counted from 0."""
    hashes: tuple[bytes, ...]
    """From the sibling of the leaf up, 32 bytes each."""
    checkpoint: bytes
    """A signed note, as it was published."""

    def __post_init__(self) -> None:
        if self.extra == b"":
            raise MalformedError("receipt: extra data that is empty is left out")
        if not 0 <= self.index <= MAX_INT64:
            raise MalformedError(f"receipt: an index from 0 to {MAX_INT64} is expected")
        if len(self.hashes) > MAX_HASHES or any(len(each) != HASH_BYTES for each in self.hashes):
            raise MalformedError(f"receipt: at most {MAX_HASHES} hashes of {HASH_BYTES} bytes are expected")


def encode_log_proof(proof: LogProof) -> bytes:
    """Write a receipt, as files named `.tlog-proof` have it."""
    lines = [MAGIC]
    if proof.extra is not None:
        lines.append(_EXTRA + base64.b64encode(proof.extra).decode())
    lines.append(f"{_INDEX}{proof.index}")
    lines += [base64.b64encode(each).decode() for each in proof.hashes]
    return "".join(f"{line}\n" for line in (*lines, "")).encode() + proof.checkpoint


def decode_log_proof(data: bytes) -> LogProof:
    """Read a receipt; neither its hashes nor its signatures are verified.

    Raises:
        MalformedError: it is none, or another spelling of one.
    """
    head, parting, checkpoint = data.partition(b"\n\n")
    if not parting or not head.isascii():
        raise MalformedError("receipt: lines in ASCII, an empty line and a checkpoint are expected")
    magic, *lines = head.decode().split("\n")
    if magic != MAGIC:
        raise MalformedError(f"receipt: it begins with {MAGIC}")
    extra = None
    if lines and lines[0].startswith(_EXTRA):
        extra = require_base64(lines.pop(0).removeprefix(_EXTRA), "receipt, extra")
    if not lines or not lines[0].startswith(_INDEX):
        raise MalformedError("receipt: the index is expected")
    index = require_decimal(lines[0].removeprefix(_INDEX), "receipt, index")
    return LogProof(extra, index, tuple(require_base64(line, "receipt, hash") for line in lines[1:]), checkpoint)


def verify_log_proof(data: bytes, entry: bytes, policy: LogPolicy) -> None:
    """Raise unless the receipt `data` shows that `entry` is in a log of `policy`, under a checkpoint that it accepts.

    Raises:
        MalformedError: it is no receipt, or has no checkpoint.
        VerificationError: the entry is not there, or the checkpoint is not signed as the policy asks.
    """
    proof = decode_log_proof(data)
    checkpoint = policy.open_checkpoint(proof.checkpoint)
    verify_inclusion(entry, proof.index, checkpoint.size, proof.hashes, checkpoint.root)
