"""Puts up to twelve sealed choices of a ballot into one ciphertext, and takes the number that it holds apart again.

 * The choices of a ballot stand in one row: question after question, the blank vote where its answer has it.
 * A chunk is Π (α_j, β_j)^(2^j), and holds Σ 2^j · c_j; each c_j was proved to be 0 or 1 when the ballot was accepted.
 * 2^12 numbers are looked up in a table of their powers of g.

Follows SPEC.md §16.1. Not here: who may open a chunk, and how (`opening`, `opened_ballot`).

>>> from crypto.elgamal import encrypt
>>> from crypto.group import multiply, multiply_base, subtract
>>> row = b"".join(map(b"".join, (encrypt(multiply_base(7), choice, nonce) for nonce, choice in enumerate((1, 0, 1), 3))))
>>> [alpha], [beta] = chunk_alphas(row), chunk_betas(row)
>>> find_choices(subtract(beta, multiply(alpha, 7)), size=3)
(1, 0, 1)
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from crypto.ballot import Ballot, tracker
from crypto.election import Election
from crypto.errors import VerificationError
from crypto.group import BASE, IDENTITY, POINT_BYTES, add

CHUNK = 12
"""The most choices that one chunk holds."""

_CHOICE = re.compile(r'\{"alpha":"([0-9a-f]{64})","beta":"([0-9a-f]{64})"\}')


class CountedBallot(NamedTuple):
    """What is needed of a ballot that counts."""

    tracker: str
    row: bytes
    """α and β of each choice in order, 32 bytes each."""


def read_counted(data: bytes) -> CountedBallot:
    """Read a ballot whose bytes were accepted before; of others this says nothing.

    Only the points are picked out, which takes a tenth of the time that decoding takes.
    """
    points = chain.from_iterable(match.groups() for match in _CHOICE.finditer(data.decode()))
    return CountedBallot(tracker(data), b"".join([bytes.fromhex(point)[::-1] for point in points]))


def row_of(ballot: Ballot) -> bytes:
    """Return all points of a ballot's choices in order, 32 bytes each."""
    return b"".join(chain.from_iterable(choice for answer in ballot.answers for choice in answer.choices))


def chunk_sizes(election: Election) -> tuple[int, ...]:
    """Return how many choices each chunk of a ballot holds."""
    choices = sum(question.choices for question in election.questions)
    return tuple(min(CHUNK, choices - start) for start in range(0, choices, CHUNK))


def chunk_alphas(row: bytes) -> tuple[bytes, ...]:
    """Return α of each chunk of a ballot, given all its points.

    Raises:
        VerificationError: a point is not on the curve, so the ballot was not checked.
    """
    return _chunks(row, 0)


def chunk_betas(row: bytes) -> tuple[bytes, ...]:
    """Return β of each chunk of a ballot, given all its points.

    Raises:
        VerificationError: a point is not on the curve, so the ballot was not checked.
    """
    return _chunks(row, POINT_BYTES)


def find_choices(point: bytes, size: int) -> tuple[int, ...]:
    """Return the choices in a chunk of `size`, 0 or 1 each, given g^m.

    Raises:
        VerificationError: no choices give this point.
    """
    number = _table().get(point)
    if number is None or number >> size:
        raise VerificationError("it opens to no choices: the ballot was not checked, or is another")
    return tuple(number >> place & 1 for place in range(size))


def _chunks(row: bytes, offset: int) -> tuple[bytes, ...]:
    places = range(offset, len(row), 2 * POINT_BYTES)
    points = [row[place : place + POINT_BYTES] for place in places]
    return tuple(_join(points[start : start + CHUNK]) for start in range(0, len(points), CHUNK))


def _join(points: Sequence[bytes]) -> bytes:
    """Return Π P_j^(2^j), from the last down."""
    total = points[-1]
    for point in points[-2::-1]:
        total = add(add(total, total), point)
    return total


@cache
def _table() -> Mapping[bytes, int]:
    point, table = IDENTITY, {IDENTITY: 0}
    for number in range(1, 1 << CHUNK):
        point = add(point, BASE)
        table[point] = number
    return table
