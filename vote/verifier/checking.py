"""Checks the ballots of an archive in several processes, each slice by slice, and adds up those that count.

* A slice holds its own ballots and what is needed of the set-up, so no process needs the whole archive.
* Which ballots count is known before they are checked: the last of each credential, and a valid ballot names its
  credential at one place.
* A ballot is decoded once: checked, then added to its slice's part of the sealed sum.
"""

import multiprocessing
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

from crypto.audit import AuditedSetup, check_ballot
from crypto.ballot import Ballot
from crypto.errors import CryptoError
from crypto.tally import PartialSum, effective_positions, sum_slice
from vote.errors import UnavailableError

SLICE = 64
"""Ballots that are checked at a time."""
_CREDENTIAL = re.compile(rb'\{"election_uuid":"[^"]*","election_hash":"[^"]*","credential":"([0-9a-f]{64})"')
"""How every ballot in canonical spelling begins."""


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


@dataclass(frozen=True, slots=True)
class CheckedSlice:
    """What was found in a slice."""

    troubles: tuple[str, ...]
    """A sentence for each ballot that does not hold, in order."""
    total: PartialSum | None
    """Of the ballots that count, if all hold."""


def credentials_of(ballots: Iterable[bytes]) -> list[str | None]:
    """Return the credential of each ballot as far as its spelling is canonical; nothing else is checked."""
    matches = map(_CREDENTIAL.match, ballots)
    return [match[1].decode() if match else None for match in matches]


def slice_ballots(
    setup: AuditedSetup, ballots: Sequence[bytes], credentials: Sequence[str | None], size: int = SLICE
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
        )


def check_slice(part: Slice) -> CheckedSlice:
    """Check each ballot of a slice, and add up those that count."""
    troubles: list[str] = []
    counted: list[tuple[Ballot, int]] = []
    for number, (data, counts) in enumerate(zip(part.ballots, part.counts, strict=True), start=part.first):
        try:
            ballot = check_ballot(part.setup, data, number)
        except CryptoError as error:
            troubles.append(str(error))
            continue
        if counts:
            counted.append((ballot, part.setup.weights[ballot.credential]))
    return CheckedSlice(tuple(troubles), None if troubles else sum_slice(part.setup.election, counted))


def check_slices(slices: Sequence[Slice], processes: int | None = None) -> Iterator[CheckedSlice]:
    """Yield what was found in each slice, in order.

    Args:
        slices: of one archive.
        processes: how many work at once, as many as there are processors if none is said. One slice needs no other process.

    Raises:
        UnavailableError: a process died, as it does when there is too little memory.
    """
    workers = min(processes or os.cpu_count() or 1, len(slices))
    if workers <= 1:
        yield from map(check_slice, slices)
        return
    # A fork starts at once and shares what is loaded; elsewhere than on Linux it is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    try:
        with ProcessPoolExecutor(workers, context) as executor:
            yield from executor.map(check_slice, slices)
    except BrokenProcessPool:
        raise UnavailableError("a process that checked ballots died; try again with more memory") from None
