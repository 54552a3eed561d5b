"""Decides whether the files of a log are those that its signed checkpoint speaks for.

 * Log and quorum signed the checkpoint, as the policy asks.
 * Every tile and bundle of that size is under its root. Older, narrower ones begin as these do.
 * What is ahead of the checkpoint, or no file of a log, is told and not judged.
 * A checkpoint that was seen before must be continued.

Follows SPEC.md §19. Not here: what entries say (`vote.log.kinds`, `log_facts`), where files come from.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crypto.checkpoint import Checkpoint, decode_checkpoint
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.log_policy import LogPolicy, decode_log_policy
from crypto.merkle import verify_consistency, verify_inclusion
from crypto.note import decode_note, signers_of
from crypto.tile import TILE_WIDTH, Bundle, Tile, bundles_of, encode_bundle, parse_tile_path, path_of, tiles_of
from crypto.tile_tree import Reader, consistency_proof, inclusion_proof, read_bundle, read_tile, verified_bundles
from vote.verifier.log_files import CHECKPOINT, TILES, LogFiles


class Beside(NamedTuple):
    """What lies beside the files of a log."""

    ahead: tuple[str, ...]
    """Tiles and bundles of a larger log than the checkpoint's."""
    foreign: tuple[str, ...]
    """Files that no log has."""


def read_policy(data: bytes) -> LogPolicy:
    """Read a policy.

    Raises:
        MalformedError: it is none.
        VerificationError: a key in it is one that anybody could sign for.
    """
    try:
        return decode_log_policy(data.decode())
    except UnicodeDecodeError:
        raise MalformedError("policy: UTF-8 is expected") from None


def open_latest(files: LogFiles, policy: LogPolicy) -> Checkpoint:
    """Return what the log says of itself now.

    Raises:
        MalformedError: its checkpoint is none.
        VerificationError: there is none, or it is not signed as the policy asks.
    """
    data = files.get(CHECKPOINT)
    if data is None:
        raise VerificationError("checkpoint: it is missing")
    return policy.open_checkpoint(data)


def open_signed(data: bytes, policy: LogPolicy) -> Checkpoint:
    """Return what a checkpoint says that a log of `policy` signed, whether or not the quorum did.

    Raises:
        MalformedError: it is none.
        VerificationError: no log of the policy signed it.
    """
    note = decode_note(data)
    checkpoint = decode_checkpoint(note.text)
    if not signers_of(note, [log.key for log in policy.logs if log.key.name == checkpoint.origin]):
        raise VerificationError("checkpoint: no log of this policy with its origin signed it")
    return checkpoint


def reader_of(files: LogFiles) -> Reader:
    """Return how tiles and bundles are read from `files`."""
    return lambda part: files.get(path_of(part))


def audited_entries(checkpoint: Checkpoint, files: LogFiles) -> Iterator[tuple[bytes, ...]]:
    """Yield all entries from the first on, 256 at a time, each found to be under the checkpoint's root.

    Raises:
        MalformedError: a file is none.
        VerificationError: a file is missing or was altered; the message names it.
    """
    return verified_bundles(checkpoint.size, checkpoint.root, reader_of(files))


def verify_beside(checkpoint: Checkpoint, files: LogFiles, known: Sequence[str]) -> Beside:
    """Raise unless every older tile and bundle begins as the latest does; return what is none of the log's.

    Args:
        checkpoint: under which the entries were audited.
        files: of which every one can be listed; of others nothing is said.
        known: other files that belong to a log.

    Raises:
        MalformedError: a tile or bundle is none.
        VerificationError: one was altered.
    """
    size, read = checkpoint.size, reader_of(files)
    current = {path_of(tile) for tile in tiles_of(size)} | {path_of(bundle) for bundle in bundles_of(size)}
    ahead, foreign = [], []
    for path in files.paths() or ():
        if path in current or path in known:
            continue
        part = _part_of(path)
        if part is None:
            foreign.append(path)
        elif _end_of(part) > size:
            ahead.append(path)
        elif files.get(path) != _beginning(part, size, read):
            raise VerificationError(f"{path}: it is not the beginning of the same file in the log of {size} entries")
    return Beside(tuple(ahead), tuple(foreign))


def verified_entry(index: int, checkpoint: Checkpoint, files: LogFiles) -> bytes:
    """Return one entry, found to be under the checkpoint's root by the tiles above it alone.

    Raises:
        MalformedError: there is no such entry, or a file is none.
        VerificationError: a file is missing or was altered.
    """
    read = reader_of(files)
    proof = inclusion_proof(index, checkpoint.size, read)
    first = index // TILE_WIDTH * TILE_WIDTH
    entry = read_bundle(Bundle(index // TILE_WIDTH, min(TILE_WIDTH, checkpoint.size - first)), read)[index - first]
    verify_inclusion(entry, index, checkpoint.size, proof, checkpoint.root)
    return entry


def verify_continued(old: Checkpoint, new: Checkpoint, files: LogFiles) -> None:
    """Raise unless the log of `new` begins with all entries of `old`.

    Raises:
        MalformedError: a file is none.
        VerificationError: it is another log, it has become shorter, or it was altered.
    """
    if old.origin != new.origin:
        raise VerificationError(f"checkpoint: the one seen before is of another log, {old.origin[:80]}")
    if old.size > new.size:
        raise VerificationError(
            f"checkpoint: this log has {new.size} entries, but {old.size} were seen before; ask why it became shorter"
        )
    proof = consistency_proof(old.size, new.size, reader_of(files))
    try:
        verify_consistency(old.size, old.root, new.size, new.root, proof)
    except CryptoError:
        raise VerificationError(
            f"checkpoint: the log does not begin with the {old.size} entries seen before; two versions of it were shown"
        ) from None


def _part_of(path: str) -> Tile | Bundle | None:
    try:
        return parse_tile_path(path) if path.startswith(TILES) else None
    except MalformedError:
        return None


def _end_of(part: Tile | Bundle) -> int:
    """Return how many entries a log has at least that has this part."""
    level = part.level if isinstance(part, Tile) else 0
    return part.index * TILE_WIDTH + part.width << 8 * level


def _beginning(part: Tile | Bundle, size: int, read: Reader) -> bytes:
    """Return what a narrower part should be, from the one of the log of `size` entries."""
    level = part.level if isinstance(part, Tile) else 0
    width = min(TILE_WIDTH, (size >> 8 * level) - part.index * TILE_WIDTH)
    if isinstance(part, Bundle):
        return encode_bundle(read_bundle(Bundle(part.index, width), read)[: part.width])
    return read_tile(Tile(part.level, part.index, width), read)[: part.width * 32]
