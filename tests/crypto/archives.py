"""The archives of the vectors, and a small one that is quick to take apart."""

import gzip
from functools import cache
from pathlib import Path

from crypto.archive import ArchiveWriter
from crypto.archive_reader import read_archive
from crypto.tar import Member, encode_member, read_members

VECTORS = Path(__file__).parent.parent / "vectors" / "belenios"
BY_TOOL = "by-tool-ed25519/DQB53CqA1UtMwz.bel"
PACKED = "packed/Ed25519-packed/Ddp2RtfN1U8EFV.bel.gz"
TIMESTAMP = 1795485993


@cache
def load(name: str) -> bytes:
    """Return the bytes of an archive of the vectors."""
    data = (VECTORS / name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


def load_negative(case: str) -> bytes:
    return load(f"negative/{case}/NegativeCaseUU.bel.gz")


def write_small() -> bytes:
    """Return an archive with every kind of event; its documents are not real ones."""
    writer = ArchiveWriter(TIMESTAMP)
    return b"".join(
        (
            writer.begin(),
            writer.setup(b'{"e":1}', b"[1]", b"[2]"),
            writer.ballot(b'{"b":1}'),
            writer.ballot(b'{"b":2}' * 100),
            writer.end_ballots(),
            writer.encrypted_tally(b"[[3]]", num_tallied=2, total_weight=2**30),
            writer.partial_decryption(1, b'{"s":1}'),
            writer.partial_decryption(3, b'{"s":3}'),
            writer.result(b'{"result":[]}'),
        )
    )


def write_again(data: bytes) -> bytes:
    """Return what our writer makes of everything that our reader found in `data`."""
    archive = read_archive(data)
    writer = ArchiveWriter(archive.timestamp)
    parts = [
        writer.begin(),
        writer.setup(archive.setup.election, archive.setup.trustees, archive.setup.credentials),
        *map(writer.ballot, archive.ballots),
    ]
    if archive.ended:
        parts.append(writer.end_ballots())
    if record := archive.encrypted_tally:
        parts.append(writer.encrypted_tally(record.tally, record.num_tallied, record.total_weight))
    parts += [writer.partial_decryption(share.owner, share.payload) for share in archive.shares]
    if archive.result:
        parts.append(writer.result(archive.result))
    assert (writer.parent, writer.height) == (archive.head, archive.height)
    return b"".join(parts)


def split(data: bytes) -> list[Member]:
    return list(read_members(data))


def join(members: list[Member]) -> bytes:
    return b"".join(encode_member(member.name, member.body, member.mtime) for member in members)
