"""Says what contested weight can do to one inequality, and to the order of two candidates.

 * What is contested was counted and cannot be taken out again, since nobody knows what was marked on it. A *ballot* may
   have to go: from whatever was marked on it and from those who took part. An *error of the roll* is a weight that was
   too large or too small, of somebody who took part or not; the electorate's total is wrong by it too, unless corrected.
 * Heads and area are held apart, each at its worst. Really they go together, so the bound is wide: what stands under it
   stands in truth.
 * Whole numbers, cross-multiplied.

An inequality compares `part · denominator` with `whole · numerator`; let its *slack* be the difference. The slack is linear
in part and whole, and each contested weight `w` changes it by itself, whatever the others do: by one of a few amounts
(taken from the part and the whole, from the whole alone, not at all). So the least slack is the slack as counted plus the
least change of each, the greatest likewise, and both are reached. If the inequality holds at the least slack, it holds in
every case, and if it fails at the greatest, it fails in every case. More weight widens both ends, never narrows them.
More may be taken from a choice here than it has, which also only widens.

Not here: what follows for a question (`margin.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vote.election.packing import Measures
from vote.errors import Reason, RefusedError
from vote.law.measure import Measure
from vote.law.working import Check, Kind, Line

RANK = "rank"


class ContestedKind(StrEnum):
    """What is contested."""

    BALLOT = "ballot"
    """A ballot that perhaps should not have counted."""
    ROLL = "roll"
    """A weight that perhaps was too large or too small."""


class Contested(NamedTuple):
    """Weight in doubt."""

    heads: int
    area_dm2: int
    """Of an error of the roll: the difference."""
    kind: ContestedKind = ContestedKind.BALLOT
    electorate: bool = False
    """Whether the electorate's total would change too; not if it was corrected already."""

    def weight(self, kind: Kind) -> int:
        """Return the weight in one measure."""
        return self.heads if kind is Kind.HEADS else self.area_dm2


class Certainty(NamedTuple):
    """What is known of something that may hold."""

    certain: bool
    """It holds in every case."""
    possible: bool
    """It holds in some case, as far as the bound tells."""

    def stands(self, *, met: bool) -> bool:
        """Whether it is in every case as it was counted."""
        return self.certain if met else not self.possible


@dataclass(frozen=True, slots=True)
class Margin:
    """How far an outcome is from another one, in one measure."""

    check: str
    """`quorum`, `approval`, `rejection`, or `rank`."""
    subject: str | None
    """The candidate; None for a motion or the quorum."""
    kind: Kind
    change: int | None
    """The least heads or dm² that could turn it; None if no number could.

    Of a threshold that is reached: so much taken from those who reach it. Of one that is missed: so much taken from the
    others; of a missed quorum: so much more taking part. Of a rank: so much taken from the one ahead, until equal heads
    leave it to the area.
    """
    contested: int
    """What is in doubt, in the same measure."""
    stands: bool
    """Whether it is the same in every case."""


def require_contested(contested: Sequence[Contested]) -> None:
    """Raise unless the weights are weights.

    Raises:
        RefusedError: one is negative.
    """
    if any(each.heads < 0 or each.area_dm2 < 0 for each in contested):
        raise RefusedError(Reason.MALFORMED, "contested: heads and area are never negative; give the difference itself")


def total_of(contested: Sequence[Contested]) -> Measures:
    """Add up what is in doubt."""
    return Measures(sum(each.heads for each in contested), sum(each.area_dm2 for each in contested))


def certainty_of(line: Line, contested: Sequence[Contested]) -> Certainty:
    """Return what is known of an inequality."""
    changes = [_changes(line, each) for each in contested]
    slack = line.left - line.right
    least, most = slack + sum(map(min, changes)), slack + sum(map(max, changes))
    if line.share.strict:
        least, most = least - 1, most - 1
    # Of nothing, nothing is enough: where all could be gone, it is not certain.
    left = line.whole - sum(each.weight(line.kind) for each in contested)
    return Certainty(certain=least >= 0 and left > 0, possible=most >= 0)


def margin_of(line: Line, subject: str | None, contested: Sequence[Contested]) -> Margin:
    """Return how far an inequality is from turning."""
    weight = sum(each.weight(line.kind) for each in contested)
    stands = certainty_of(line, contested).stands(met=line.met)
    return Margin(str(line.check), subject, line.kind, _least_change(line), weight, stands)


def ahead(first: Measure, second: Measure, doubt: Measures) -> bool:
    """Whether the first is ahead of the second in every case, by heads or, with equal heads, by area.

    A contested ballot may have marked one of them and not the other, so it moves the difference either way.
    """
    heads, area_dm2 = first.heads - second.heads, first.area_dm2 - second.area_dm2
    return heads > doubt.heads or (heads == doubt.heads == 0 and area_dm2 > doubt.area_dm2)


def rank_margins(name: str, first: Measure, second: Measure, doubt: Measures) -> tuple[Margin, ...]:
    """Return how far a candidate is ahead of another one who is behind."""
    heads, area_dm2 = first.heads - second.heads, first.area_dm2 - second.area_dm2
    if heads > 0:
        return (Margin(RANK, name, Kind.HEADS, heads, doubt.heads, heads > doubt.heads),)
    return (
        Margin(RANK, name, Kind.HEADS, 1, doubt.heads, doubt.heads == 0),
        Margin(RANK, name, Kind.AREA, area_dm2, doubt.area_dm2, area_dm2 > doubt.area_dm2),
    )


def _changes(line: Line, contested: Contested) -> tuple[int, ...]:
    """Return every amount by which one contested weight may change the slack."""
    weight = contested.weight(line.kind)
    part, whole = line.share.denominator, line.share.numerator
    roll = contested.kind is ContestedKind.ROLL
    if line.check is Check.QUORUM:
        of_total = whole if contested.electorate else 0
        taken = (of_total - part, *((of_total,) if roll else ()))
    else:
        taken = (whole - part, whole)
    amounts = [each * weight for each in taken]
    return (0, *amounts, *(-each for each in amounts if roll))


def _least_change(line: Line) -> int | None:
    quorum = line.check is Check.QUORUM
    part, whole = line.share.denominator, line.share.numerator
    slack = line.left - line.right
    if line.met:
        each = part if quorum else part - whole
        if each == 0:
            return line.part
        # One more than what may go; of a strict share exactly nothing left is too little.
        return min(-(-slack // each) if line.share.strict else slack // each + 1, line.part)
    missing = -slack + 1 if line.share.strict else -slack
    if quorum:
        return -(-missing // part)
    change = -(-missing // whole)
    return change if line.part > 0 else None
