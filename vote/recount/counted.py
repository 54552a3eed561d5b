"""Picks the ballots that count out of an archive, in its order, as opening single ones needs them.

Not here: checking them (`checking`), whether they may be opened.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crypto.chunk import CountedBallot, read_counted
from crypto.errors import VerificationError
from crypto.tally import effective_positions
from vote.recount.checking import credentials_of


class Counted(NamedTuple):
    """The ballots that count, and what each weighs."""

    ballots: tuple[CountedBallot, ...]
    weights: tuple[int, ...]


def pick_counted(ballots: Sequence[bytes], weights: Mapping[str, int]) -> Counted:
    """Return the ballots that count, in the order of the archive.

    Args:
        ballots: of the archive, checked before.
        weights: of each credential.

    Raises:
        VerificationError: a ballot is not in canonical spelling, or its credential is not on the list.
    """
    named = credentials_of(ballots)
    known = [credential for credential in named if credential is not None and credential in weights]
    if len(known) < len(ballots):
        raise VerificationError("the archive: a ballot names no credential of the list; check the archive first")
    places = sorted(effective_positions(known))
    return Counted(
        tuple(read_counted(ballots[place]) for place in places), tuple(weights[known[place]] for place in places)
    )
