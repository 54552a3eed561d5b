"""Makes the receipt that anybody's programs read: one entry of the log, and what proves that it is there.

 * The entry itself is the receipt's extra data, so that nobody needs the log to know what was accepted.
 * The checkpoint is the published one, with all its cosignatures; the tiles are those of its size or more.

Follows SPEC.md §19.5. Not here: serving it, verifying it (`vote.verifier.log_receipt`).
"""

from crypto.checkpoint import decode_checkpoint
from crypto.log_proof import LogProof, encode_log_proof
from crypto.note import decode_note
from crypto.tile_tree import Reader, inclusion_proof

SUFFIX = ".tlog-proof"


def make_receipt(entry: bytes, index: int, checkpoint: bytes, read: Reader) -> bytes:
    """Return the receipt of an entry.

    Args:
        entry: its bytes.
        index: its place, counted from 0.
        checkpoint: the published note, of a log larger than `index`.
        read: returns the bytes of the log's tiles.

    Raises:
        MalformedError: the checkpoint is none, its log has no such entry, or a tile has another length.
        VerificationError: a tile is missing.
    """
    size = decode_checkpoint(decode_note(checkpoint).text).size
    return encode_log_proof(LogProof(entry, index, inclusion_proof(index, size, read), checkpoint))
