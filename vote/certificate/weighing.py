"""Holds the result against what is contested, in the words of the certificate.

Follows rulebook §9a.2. Not here: the margin test itself (`vote.check.margin`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from crypto.encoding import read_json
from vote.certificate.parts import Margin, Measures
from vote.certificate.questions import Weighed
from vote.check.contested import Contested, ContestedKind
from vote.check.contested import Margin as Found
from vote.check.margin import measure_margins
from vote.election.manifest import Manifest
from vote.election.packing import Measures as Doubtful
from vote.tally.finding import NO_CORRECTION, read_counted


class Weighing(NamedTuple):
    """What the margin test found."""

    contested: Measures
    """Heads and area in doubt, a late error of the roll included."""
    questions: tuple[Weighed, ...]


def weigh(manifest: Manifest, result: bytes, ballots: Measures, late: Doubtful) -> Weighing:
    """Compare what is contested with every margin.

    Args:
        manifest: as sealed.
        result: `result.json`; it tells withdrawn candidates, and by how much the roll was corrected.
        ballots: heads and area of those whose ballots count and stay in doubt.
        late: heads and area that late errors of the roll put in doubt, whichever way they were wrong.

    Raises:
        ContradictionError: the result is not that of this manifest.
    """
    counted = read_counted(manifest, read_json(result, "result"))
    contested = [Contested(ballots.heads, ballots.area_dm2)] if ballots.heads else []
    if late != NO_CORRECTION:
        # The electorate's totals are corrected; the weight that was cast stays as it was sealed.
        contested.append(Contested(late.heads, late.area_dm2, ContestedKind.ROLL))
    found = measure_margins(counted, contested)
    return Weighing(
        Measures(heads=found.contested.heads, area_dm2=found.contested.area_dm2),
        tuple(Weighed(_margins(question.margins), question.stands, None) for question in found.questions),
    )


def _margins(margins: Sequence[Found]) -> tuple[Margin, ...]:
    """Return the margins that some number could turn."""
    return tuple(
        Margin(
            check=margin.check,
            subject=margin.subject,
            measure=str(margin.kind),
            spare=margin.change,
            contested=margin.contested,
        )
        for margin in margins
        if margin.change is not None
    )
