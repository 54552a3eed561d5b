"""Checks the ballots of an archive in several processes, each slice by slice, and adds up those that count.

* A slice holds its own ballots and what is needed of the set-up, so no process needs the whole archive.
* Which ballots count is known before they are checked: the last of each credential, and a valid ballot names its
  credential at one place.
* A ballot is decoded once: checked, then added to its slice's part of the sealed sum.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crypto.audit import AuditedSetup, check_ballot
from crypto.errors import CryptoError, VerificationError
from crypto.tally import PartialSum, effective_positions
from vote.recount.summing import row_of, sum_rows
from vote.recount.workers import workers

SLICE = 64
"""Ballots that are checked at a time."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Ballots that stand together."""

    setup: AuditedSetup
    """With the weights of these ballots' credentials only."""
    first: int
    """Number of the first ballot, from 1."""
    ballots: tuple[bytes, ...]
    counts: tuple[bool, ...]
    """Which of them count."""
    proofs: bool = True
    """Whether proofs are checked too, or signatures only."""


@dataclass(frozen=True, slots=True)
class CheckedSlice:
    """What was found in a slice."""

    troubles: tuple[str, ...]
    """A sentence for each ballot that does not hold, in order."""
    rows: tuple[bytes, ...]
    """The points of each ballot that counts and holds, in order."""
    weights: tuple[int, ...]
    """Of the same ballots."""


def slice_ballots(
    setup: AuditedSetup,
    ballots: Sequence[bytes],
    credentials: Sequence[str | None],
    size: int,
    *,
    proofs: bool = True,
) -> Iterator[Slice]:
    """Yield the ballots in slices of `size`; `credentials` are those of `ballots`."""
    named = [credential or f"ballot {position}" for position, credential in enumerate(credentials)]
    effective = set(effective_positions(named))
    for start in range(0, len(ballots), size):
        places = range(start, min(start + size, len(ballots)))
        weights = {named[place]: setup.weights[named[place]] for place in places if named[place] in setup.weights}
        yield Slice(
            replace(setup, weights=weights),
            start + 1,
            tuple(ballots[place] for place in places),
            tuple(place in effective for place in places),
            proofs,
        )


def check_slice(part: Slice) -> CheckedSlice:
    """Check each ballot of a slice, and keep what adding up needs of those that count."""
    troubles: list[str] = []
    rows: list[bytes] = []
    weights: list[int] = []
    for number, (data, counts) in enumerate(zip(part.ballots, part.counts, strict=True), start=part.first):
        try:
            ballot = check_ballot(part.setup, data, number, proofs=part.proofs)
        except CryptoError as error:
            troubles.append(str(error))
            continue
        if counts:
            rows.append(row_of(ballot))
            weights.append(part.setup.weights[ballot.credential])
    return CheckedSlice(tuple(troubles), tuple(rows), tuple(weights))


def check_ballots(
    setup: AuditedSetup,
    ballots: Sequence[bytes],
    credentials: Sequence[str | None],
    processes: int | None = None,
    *,
    proofs: bool = True,
    fork: bool = True,
) -> PartialSum:
    """Check every ballot and return the sealed sum of those that count.

    Args:
        setup: of the archive.
        ballots: of the archive, in order.
        credentials: theirs, from `credentials_of`.
        processes: how many work at once, as many as there are processors if none is said. Few ballots need no other process.
        proofs: whether the ballots' proofs are checked too, or signatures only (see `crypto.audit.check_ballot`).
        fork: whether other processes may get a copy of this one's memory; not if it holds a key.

    Raises:
        VerificationError: ballots do not hold; the sentence names the first, and how many more there are.
        UnavailableError: a process died, as it does when there is too little memory.
    """
    slices = list(slice_ballots(setup, ballots, credentials, SLICE, proofs=proofs))
    with workers(len(slices), processes, fork=fork) as run:
        checked = list(run(check_slice, slices))
        troubles = [sentence for each in checked for sentence in each.troubles]
        if troubles:
            more = f"; and {len(troubles) - 1} more ballots do not hold" if troubles[1:] else ""
            raise VerificationError(troubles[0] + more)
        rows = [row for each in checked for row in each.rows]
        weights = [weight for each in checked for weight in each.weights]
        return sum_rows(setup.election, rows, weights, run)
