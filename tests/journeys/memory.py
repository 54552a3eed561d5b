"""What a process has in its memory, and files on their disk, searched for numbers in every spelling that they may have."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np

DIGIT_BITS = 30
"""Python keeps a whole number in digits of 30 bits, each in four bytes."""
START = 4
"""Bytes by which a needle is found first."""
AT_ONCE = 1 << 24
"""Bytes of a process that are read at a time."""


def spellings(name: str, secret: int) -> dict[str, bytes]:
    """Return a number mod q as it may stand in memory or on a disk, by a name that tells which spelling was found."""
    little, big = secret.to_bytes(32, "little"), secret.to_bytes(32, "big")
    digits = [secret >> shift & (1 << DIGIT_BITS) - 1 for shift in range(0, secret.bit_length(), DIGIT_BITS)]
    return {
        f"{name}, decimal": str(secret).encode(),
        f"{name}, hex": big.hex().encode(),
        f"{name}, hex reversed": little.hex().encode(),
        f"{name}, little-endian": little,
        f"{name}, big-endian": big,
        f"{name}, as Python keeps it": b"".join(digit.to_bytes(4, "little") for digit in digits),
    }


def family(pid: int) -> list[int]:
    """Return a process and all that it, or they, started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _, rest = stat.read_text().partition(" ")
            parents[int(number)] = int(rest.rpartition(")")[2].split()[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def find_in_process(pid: int, needles: Mapping[str, bytes]) -> set[str]:
    """Return the names of what stands in the writable memory of a process; the rest of it is files."""
    return {name for piece in _pieces(pid, max(map(len, needles.values()))) for name in find_in_bytes(piece, needles)}


def find_in_files(files: Iterable[Path], needles: Mapping[str, bytes]) -> set[str]:
    """Return the names of what stands in files."""
    return {name for file in files for name in find_in_bytes(file.read_bytes(), needles)}


def _pieces(pid: int, overlap: int) -> Iterator[bytes]:
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            addresses, rights, *_ = line.split()
            start, end = (int(address, 16) for address in addresses.split("-"))
            if not rights.startswith("rw"):
                continue
            for position in range(start, end, AT_ONCE):
                with suppress(OSError, OverflowError):
                    memory.seek(position)
                    yield memory.read(min(AT_ONCE + overlap, end - position))


def find_in_bytes(piece: bytes, needles: Mapping[str, bytes]) -> set[str]:
    """Return the names of what stands in some bytes, which are gone through once, however many needles there are."""
    by_start: dict[bytes, list[tuple[str, bytes]]] = {}
    for name, needle in needles.items():
        by_start.setdefault(needle[:START], []).append((name, needle))
    found = set()
    for position in _starts(piece, by_start):
        start = piece[position : position + START]
        found |= {name for name, needle in by_start.get(start, ()) if piece.startswith(needle, position)}
    return found


def _starts(piece: bytes, starts: Iterable[bytes]) -> list[int]:
    """Return where one of the starts may stand."""
    if len(piece) < START:
        return []
    pairs = (
        np.frombuffer(piece[: len(piece) // 2 * 2], "<u2"),
        np.frombuffer(piece[1 : (len(piece) - 1) // 2 * 2 + 1], "<u2"),
    )
    places = np.empty(sum(map(len, pairs)), "<u2")
    places[0::2], places[1::2] = pairs
    matching = np.ones(len(places) - 2, bool)
    for offset in (0, 2):
        wanted = np.zeros(1 << 16, bool)
        wanted[[int.from_bytes(start[offset : offset + 2], "little") for start in starts]] = True
        matching &= wanted[places[offset : offset + len(matching)]]
    found: list[int] = np.flatnonzero(matching).tolist()
    return found
