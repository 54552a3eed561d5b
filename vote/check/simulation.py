"""Makes up ballots by chance, always the same for one seed, to see what their totals would give away.

 * Chance is SHA-256 of seed, place and counter, so anybody repeats a simulation bit by bit.
 * A motion is answered by the leaning's percentages, everybody alike and each for themselves. In an election whoever
   does not abstain ticks each candidate by one percentage, as many as are allowed; all candidates are equally liked.
 * A percentage is kept to 1/65536.

Not here: what the totals give away (`disclosure.py`).
"""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from vote.election.ask import Ask
from vote.errors import Reason, RefusedError

_DOMAIN = b"shanzhi simulated outcome 1|"
_RANGE = 1 << 16
_DRAWS_PER_HASH = 16
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Leaning:
    """How owners are taken to vote, in percent."""

    yes: int = 60
    no: int = 25
    abstain: int = 15
    """Of a motion; in an election this many tick 弃权 (abstain) and nobody."""
    tick: int = 60
    """How likely each candidate is ticked by who does not abstain."""


def require_leaning(leaning: Leaning) -> None:
    """Raise unless the percentages are percentages.

    Raises:
        RefusedError: one is below 0 or above 100, or the answers to a motion do not make 100.
    """
    answers = (leaning.yes, leaning.no, leaning.abstain)
    if min(*answers, leaning.tick) < 0 or leaning.tick > _WHOLE or sum(answers) != _WHOLE:
        raise RefusedError(
            Reason.MALFORMED, "leaning: yes, no and abstain are percentages that make 100, tick is one too"
        )


def draws(seed: bytes, place: tuple[int, ...], number: int) -> NDArray[np.int64]:
    """Return `number` evenly distributed numbers below 65536 that follow from a seed and a place."""
    start = sha256(_DOMAIN + seed + b"|" + ",".join(map(str, place)).encode() + b"|")
    data = bytearray()
    for counter in range(-(-number // _DRAWS_PER_HASH)):
        block = start.copy()
        block.update(counter.to_bytes(4))
        data += block.digest()
    return np.frombuffer(bytes(data), dtype=">u2")[:number].astype(np.int64)


def answer_motion(drawn: NDArray[np.int64], leaning: Leaning) -> NDArray[np.int64]:
    """Return each owner's answer: 0 yes, 1 no, 2 abstain."""
    scaled = drawn * _WHOLE
    answers = (scaled >= leaning.yes * _RANGE).astype(np.int64)
    answers += scaled >= (leaning.yes + leaning.no) * _RANGE
    return answers


def answer_election(drawn: NDArray[np.int64], ask: Ask, leaning: Leaning) -> NDArray[np.bool_]:
    """Return what each owner ticks, a row per owner and a column per choice, the last being 弃权.

    Args:
        drawn: as many numbers per owner as there are choices.
        ask: the election.
        leaning: how owners are taken to vote.
    """
    keys = drawn.reshape(-1, len(ask.choices))
    candidates = keys[:, :-1]
    order = np.argsort(candidates, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    ticks = np.zeros(keys.shape, dtype=np.bool_)
    ticks[:, :-1] = (candidates * _WHOLE < leaning.tick * _RANGE) & (rank < ask.maximum)
    abstains = keys[:, -1] * _WHOLE < leaning.abstain * _RANGE
    ticks[abstains] = False
    ticks[:, -1] = abstains
    return ticks
