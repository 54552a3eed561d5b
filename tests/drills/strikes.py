"""The strikes of a drill: who is hit in which phase, at which moment, drawn at random; and what is told of them."""

import random
import sys
from collections import Counter
from typing import NamedTuple

PHASES = ("casting", "closing", "checking", "tally", "opening", "objecting", "certifying")
FIRST_GUESS = 0.04
"""Seconds that a step takes, before it was seen once."""
LONGEST = 1.5
"""The worker looks once a second."""


class Strike(NamedTuple):
    """One kill."""

    phase: str
    step: str
    victim: str
    within: bool
    """Whether what the victim did was begun and not answered."""
    acknowledged: int
    """Ballots whose owners held receipts."""


def tell(text: str) -> None:
    """Say something to whoever runs the drill, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Strikes:
    """What was hit so far, and the lot that says what is hit next."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.made: list[Strike] = []
        self._usual: dict[str, float] = {}

    def note_duration(self, step: str, seconds: float) -> None:
        """Remember how long a step took that nothing came between."""
        self._usual[step] = min(seconds, LONGEST)

    def delay(self, step: str) -> float:
        """Draw how many seconds after a step's beginning the next strike comes."""
        return self.chance.uniform(0, self._usual.get(step, FIRST_GUESS))

    def record(self, strike: Strike) -> None:
        """Keep a strike and tell of it."""
        self.made.append(strike)
        where = "within" if strike.within else "beside"
        tell(
            f"kill {len(self.made):3}: {strike.phase:10} {where} {strike.step:17} "
            f"{strike.victim:22} {strike.acknowledged:3} ballots acknowledged"
        )

    def within(self, phase: str) -> int:
        """Return how many strikes hit something that was going on in a phase."""
        return sum(strike.within for strike in self.made if strike.phase == phase)

    def table(self) -> str:
        """Return how often each phase was hit, and who."""
        victims = sorted({strike.victim for strike in self.made})
        counts = Counter((strike.phase, strike.victim) for strike in self.made)
        rows = [("phase", "kills", "within", *victims)]
        rows += [
            (
                phase,
                str(sum(counts[phase, victim] for victim in victims)),
                str(self.within(phase)),
                *(str(counts[phase, victim] or "·") for victim in victims),
            )
            for phase in PHASES
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
