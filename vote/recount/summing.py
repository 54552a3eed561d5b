"""Adds up all ballots that count column by column, so that several processes share the work and none does it twice.

 * A column is one point of every ballot: α or β of one choice. All ballots at once take far fewer additions than slices.
 * Points come from ballots that were checked; the sum of others means nothing.

Follows crypto/SPEC.md §7.1. Not here: whether the archive claims this sum (`crypto.audit`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from crypto.ballot import Ballot
from crypto.election import Election
from crypto.elgamal import Ciphertext
from crypto.group import IDENTITY, POINT_BYTES
from crypto.tally import PartialSum
from crypto.weighted_sum import SumPlan, apply_plan, plan_sum


@dataclass(frozen=True, slots=True)
class Column:
    """One point of every ballot that counts, and how they are added."""

    plan: SumPlan
    points: tuple[bytes, ...]


def row_of(ballot: Ballot) -> bytes:
    """Return all points of a ballot in order, 32 bytes each."""
    return b"".join(chain.from_iterable(choice for answer in ballot.answers for choice in answer.choices))


def sum_column(column: Column) -> bytes:
    """Return the weighted sum of a column.

    Raises:
        VerificationError: it is not in the group, so a ballot was not checked.
    """
    return apply_plan(column.plan, column.points) if column.points else IDENTITY


def sum_rows(
    election: Election,
    rows: Sequence[bytes],
    weights: Sequence[int],
    run: Callable[[Callable[[Column], bytes], Iterable[Column]], Iterable[bytes]] = map,
) -> PartialSum:
    """Return the sealed sum of all ballots that count.

    Args:
        election: what they were cast in.
        rows: of each ballot that counts, from `row_of`.
        weights: of each, in the same order.
        run: maps a function over columns in order, in as many processes as it likes.
    """
    return join_columns(election, run(sum_column, split_columns(election, rows, weights)), weights)


def split_columns(election: Election, rows: Sequence[bytes], weights: Sequence[int]) -> list[Column]:
    """Return the columns of all ballots that count, in order."""
    plan = plan_sum(weights)
    width = 2 * sum(question.choices for question in election.questions)
    places = (slice(start, start + POINT_BYTES) for start in range(0, width * POINT_BYTES, POINT_BYTES))
    return [Column(plan, tuple(row[place] for row in rows)) for place in places]


def join_columns(election: Election, sums: Iterable[bytes], weights: Sequence[int]) -> PartialSum:
    """Return the sealed sum, given the sum of each column in order and the weight of each ballot that counts."""
    points = iter(sums)
    tally = tuple(
        tuple(Ciphertext(next(points), next(points)) for _ in range(question.choices))
        for question in election.questions
    )
    return PartialSum(len(weights), sum(weights), tally)
