"""Picks the ballots that count out of an archive, in its order.

 * They are the last of each credential; a ballot in canonical spelling names its credential at one place.
 * Only what is asked for is picked out of them: the tracker, or all points too.

Not here: checking ballots (`checking`), whether single ones may be opened.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crypto.ballot import tracker
from crypto.chunk import CountedBallot, read_counted
from crypto.errors import VerificationError
from crypto.tally import effective_positions

_CREDENTIAL = re.compile(rb'\{"election_uuid":"[^"]*","election_hash":"[^"]*","credential":"([0-9a-f]{64})"')
"""How every ballot in canonical spelling begins."""


class Counted(NamedTuple):
    """The ballots that count, and what each weighs."""

    ballots: tuple[CountedBallot, ...]
    weights: tuple[int, ...]


def credentials_of(ballots: Iterable[bytes]) -> list[str | None]:
    """Return the credential of each ballot as far as its spelling is canonical; nothing else is checked."""
    matches = map(_CREDENTIAL.match, ballots)
    return [match[1].decode() if match else None for match in matches]


def counted_trackers(ballots: Sequence[bytes], weights: Mapping[str, int]) -> tuple[str, ...]:
    """Return the trackers of the ballots that count.

    Raises:
        VerificationError: as `pick_counted` does.
    """
    return tuple(tracker(ballots[place]) for place in _places(ballots, weights))


def pick_counted(ballots: Sequence[bytes], weights: Mapping[str, int]) -> Counted:
    """Return the ballots that count.

    Args:
        ballots: of an archive, all of them.
        weights: of each credential.

    Raises:
        VerificationError: a ballot is not in canonical spelling, or its credential is not on the list.
    """
    places = _places(ballots, weights)
    return Counted(tuple(read_counted(ballots[place]) for place in places), tuple(places.values()))


def _places(ballots: Sequence[bytes], weights: Mapping[str, int]) -> dict[int, int]:
    """Return where each ballot that counts stands, in order, with its weight."""
    known = [each for each in credentials_of(ballots) if each is not None and each in weights]
    if len(known) < len(ballots):
        raise VerificationError("the archive: a ballot names no credential of the list; check the archive first")
    return {place: weights[known[place]] for place in effective_positions(known)}
