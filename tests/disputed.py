"""What was disputed between closing and counting of a simulated election, and what its check says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vote.check.disclosure import Disclosure
from vote.check.rules import Checked, Contested, DisputeKind, DisputeOutcome, StoredDispute
from vote.election.change import Effects
from vote.election.packing import Measures

QUIET = Disclosure(3, 200, 1, 1, 1, 0)
"""Not computed, as that takes longer than all the rest."""


@dataclass(frozen=True)
class Disputed:
    """Disputes, all settled."""

    aside: Mapping[int, DisputeKind] = field(default_factory=dict)
    """Positions of votes that a dispute took out, and what was disputed."""
    contested: Mapping[int, DisputeKind] = field(default_factory=dict)
    """Entitlements, from 1, whose vote stays disputed, and why."""
    figure: Disclosure = QUIET
    """How likely totals give a choice away."""
    accepted: bool = False

    @property
    def disputes(self) -> tuple[StoredDispute, ...]:
        """Those set aside first."""
        outcomes = [(kind, DisputeOutcome.SET_ASIDE) for kind in self.aside.values()]
        outcomes += [(kind, DisputeOutcome.CONTESTED) for kind in self.contested.values()]
        return tuple(
            StoredDispute(number, kind, 0, outcome, "已当面核实。")
            for number, (kind, outcome) in enumerate(outcomes, start=1)
        )

    def check(self, election: str, sealed: Measures, effects: Effects, cast: Measures, areas: Sequence[int]) -> Checked:
        """Return what the check says of an electorate, of those who voted, and of the areas of all entitlements."""
        correction, doubtful = effects.correction, effects.doubtful
        electorate = Measures(sealed.heads + correction.heads, sealed.area_dm2 + correction.area_dm2)
        left = [Contested(kind, 1, areas[number - 1]) for number, kind in self.contested.items()]
        if doubtful != Measures(0, 0):
            left.append(Contested("late-roll-error", doubtful.heads, doubtful.area_dm2))
        return Checked(
            election=election,
            electorate=electorate,
            cast=cast,
            quorum=all(3 * part >= 2 * whole for part, whole in zip(cast, electorate, strict=True)),
            set_aside=len(self.aside),
            disputes=self.disputes,
            contested=tuple(left),
            disclosure=self.figure if cast.heads else None,
            accepted=self.accepted,
        )
