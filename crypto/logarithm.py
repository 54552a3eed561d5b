"""Finds the totals of a tally: v from g^v, where v is known to lie in 0..bound.

 * Any v in the range is found, exactly, and is confirmed by libsodium before it is returned.
 * A packed total v = area·B + heads is found quickly, because it is looked for where it is likely: first with about as
   much area per head as the bound has, then with at most as many heads as the bound has, then everywhere.
 * Only for public points: the time depends on the values.
 * The table does not depend on the votes, so it can be built, written and read back while voting is open.

Baby steps and giant steps: the table holds every d·B·g, and a giant step is a guess at the rest of v. A point and its
inverse share a key, so n entries answer for 2n+1 values. Follows SPEC.md §13.

>>> table = build_table(bound=9_000_007, stride=1000)
>>> find_logarithms(table, [group.multiply_base(4_321_003), group.IDENTITY], [9_000_007, 9_000_007])
[4321003, 0]

Not here: which point is a total, and dividing a total into area and heads. To use several processes, give each its own
share of the targets: they do not depend on each other.
"""

import hashlib
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from crypto import group, montgomery
from crypto.errors import MalformedError, VerificationError

MAX_SIZE = 2**21
"""Entries of the largest table: 16 MiB, and keys that still meet by chance less than once in a million look-ups."""

_MAGIC = b"shanzhi-logarithms-1\n"
_NUMBER_BYTES = 8
_DIGEST_BYTES = 32
_KEY_MASK = 2**64 - 1
_STEPS = 4096
"""Points on either side that share one inversion while the table is built."""
_REACH = 8192
"""Giant steps on either side that share one inversion; bounds the memory of a search."""


@dataclass(frozen=True, slots=True, eq=False)
class LogarithmTable:
    """The points d·stride·g for d = 1..size, by their keys."""

    stride: int
    """B: the table holds whole multiples of it."""
    size: int
    entries: npt.NDArray[np.uint64]
    """Sorted. The low `size.bit_length()` bits are d, those above are low bits of the point's u."""


class _Sweep(NamedTuple):
    """Giant steps: centre + j·step with |j| <= reach, for each centre in turn."""

    step: int
    reach: int
    centres: Iterable[int]


def build_table(bound: int, stride: int = 1) -> LogarithmTable:
    """Build the table that suits totals up to `bound`; it serves other bounds too, more slowly.

    Args:
        bound: the greatest total expected, such as the weight of the whole electorate.
        stride: B from 1, where totals are packed as area·B + heads; 1 where they are not.
    """
    size = min(math.isqrt(bound) + 1, MAX_SIZE)
    near = min(_STEPS, size)
    span = 2 * near + 1
    steps = montgomery.multiples(montgomery.from_edwards(group.multiply_base(stride)), near)
    centres = montgomery.multiples(montgomery.from_edwards(group.multiply_base(stride * span)), (size + near) // span)
    parts = [_keys([step.u for step in steps])]
    for centre in centres:
        sums, differences = montgomery.around(centre, steps)
        parts.append(_keys([*reversed(differences), centre.u, *sums]))
    keys = np.concatenate(parts)[:size]
    entries = keys << np.uint64(size.bit_length()) | np.arange(1, size + 1, dtype=np.uint64)
    entries.sort()
    return LogarithmTable(stride, size, entries)


def find_logarithms(table: LogarithmTable, targets: Sequence[bytes], bounds: Sequence[int]) -> list[int]:
    """Return for each target g^v its v.

    Args:
        table: of any stride and size; they decide how long it takes, not what is found.
        targets: 32-byte points.
        bounds: for each target the greatest v it may have, such as the weight that was cast on its question.

    Raises:
        VerificationError: a target is outside the group, or no v from 0 to its bound fits it.
    """
    found = []
    known: dict[tuple[int, int], list[montgomery.Point]] = {}
    for number, (target, bound) in enumerate(zip(targets, bounds, strict=True), 1):
        what = f"total {number} of {len(targets)}"
        group.require_member(target, what)
        value = _find(table, target, bound, known)
        if value is None or not 0 <= value <= bound:
            raise VerificationError(f"{what}: no whole number from 0 to {bound} fits the decrypted point")
        found.append(value)
    return found


def encode_table(table: LogarithmTable) -> bytes:
    """Write a table for another process: magic line, stride, size, entries, SHA-256 of all that."""
    head = table.stride.to_bytes(_NUMBER_BYTES, "little") + table.size.to_bytes(_NUMBER_BYTES, "little")
    body = _MAGIC + head + table.entries.astype("<u8").tobytes()
    return body + hashlib.sha256(body).digest()


def decode_table(data: bytes) -> LogarithmTable:
    """Read what `encode_table` wrote.

    Raises:
        MalformedError: anything else.
    """
    body, digest = data[:-_DIGEST_BYTES], data[-_DIGEST_BYTES:]
    head = len(_MAGIC) + 2 * _NUMBER_BYTES
    stride = int.from_bytes(body[len(_MAGIC) : head - _NUMBER_BYTES], "little")
    size = int.from_bytes(body[head - _NUMBER_BYTES : head], "little")
    whole = body.startswith(_MAGIC) and hashlib.sha256(body).digest() == digest
    if not whole or stride < 1 or size < 1 or len(body) != head + size * _NUMBER_BYTES:
        raise MalformedError("the table of logarithms is damaged or no such table: build it again")
    return LogarithmTable(stride, size, np.frombuffer(body, dtype="<u8", offset=head).astype(np.uint64))


def _find(
    table: LogarithmTable, target: bytes, bound: int, known: dict[tuple[int, int], list[montgomery.Point]]
) -> int | None:
    for sweep in _sweeps(table, bound):
        if sweep[:2] not in known:
            base = montgomery.from_edwards(group.multiply_base(sweep.step))
            known[sweep[:2]] = montgomery.multiples(base, sweep.reach)
        steps = known[sweep[:2]]
        for centre in sweep.centres:
            for value in _candidates(table, target, centre, sweep.step, steps):
                if group.multiply_base(value) == target:
                    return value
    return None


def _sweeps(table: LogarithmTable, bound: int) -> Iterator[_Sweep]:
    """Cover 0..bound: every value is within size·stride of a giant step of some sweep, by a multiple of stride."""
    area, heads = divmod(bound, table.stride)
    per_head = area // max(heads, 1) * table.stride + 1
    block = (2 * table.size + 1) * table.stride
    yield _sweep(heads // 2 * per_head, (per_head, (heads + 1) // 2), (block, 1))
    # What is left of the area on either side of the centre once the table has answered for `size`, in blocks.
    blocks = -(-max((area + 1) // 2 - table.size, 0) // (2 * table.size + 1))
    for first, last in ((0, heads), (heads + 1, table.stride - 1)):
        centre = area // 2 * table.stride + (first + last) // 2
        yield _sweep(centre, (1, (last - first + 1) // 2), (block, blocks))


def _sweep(centre: int, *axes: tuple[int, int]) -> _Sweep:
    """Reach from `centre` along two axes of (step, count); the one with more steps shares the inversions."""
    (outer, outer_count), (inner, inner_count) = sorted(axes, key=lambda axis: axis[1])
    reach = min(inner_count, _REACH)
    width = 2 * reach + 1
    hops = -(-(inner_count - reach) // width)
    pairs = itertools.product(_outwards(outer_count), _outwards(hops))
    return _Sweep(inner, reach, (centre + far * outer + hop * width * inner for far, hop in pairs))


def _outwards(count: int) -> Iterator[int]:
    """Yield 0, 1, -1, 2, -2, … -count."""
    yield 0
    for distance in range(1, count + 1):
        yield distance
        yield -distance


def _candidates(
    table: LogarithmTable, target: bytes, centre: int, step: int, steps: Sequence[montgomery.Point]
) -> list[int]:
    """Return values that `target` may have: those whose keys agree, at centre + j·step + d·stride."""
    rest = group.subtract(target, group.multiply_base(centre))
    if rest == group.IDENTITY:
        return [centre]
    point = montgomery.from_edwards(rest)
    on_a_step = [j * step for j, (u, _) in enumerate(steps, 1) if u == point.u]
    if on_a_step:
        return [centre + on_a_step[0], centre - on_a_step[0]]
    sums, differences = montgomery.around(point, steps)
    values = []
    for position, d in _look_up(table, [point.u, *sums, *differences]):
        # The sum of the point and j steps is d strides, so the point is d strides less j steps.
        offset = -position * step if position <= len(steps) else (position - len(steps)) * step
        values += [centre + offset + d * table.stride, centre + offset - d * table.stride]
    return values


def _look_up(table: LogarithmTable, coordinates: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (position, d) wherever a coordinate has the key of entry d."""
    bits = np.uint64(table.size.bit_length())
    lowest = _keys(coordinates) << bits
    places = np.searchsorted(table.entries, lowest)
    entries = table.entries.take(places, mode="clip")
    for position in np.flatnonzero(entries >> bits == lowest >> bits):
        # Two entries may have the same key.
        for entry in table.entries[places[position] :]:
            if entry >> bits != lowest[position] >> bits:
                break
            yield int(position), int(entry & ~(~np.uint64(0) << bits))


def _keys(coordinates: Sequence[int]) -> npt.NDArray[np.uint64]:
    return np.array([u & _KEY_MASK for u in coordinates], dtype=np.uint64)
