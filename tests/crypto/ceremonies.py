"""A key ceremony in which everybody is honest until told otherwise."""

from collections.abc import Callable

from crypto.ceremony import Step, begin, commit, finish, reveal
from crypto.ceremony_board import Board
from crypto.ceremony_post import Round
from crypto.ceremony_state import TrusteeState
from crypto.group import ORDER
from crypto.randomness import Randomness
from tests.strategies import seeded

NAMES = "业主甲", "社区乙", "街道丙", "业主丁", "业主戊"
STEPS = {Round.COMMITMENTS: commit, Round.REVEALS: reveal, Round.KEYS: finish}
Taker = Callable[[TrusteeState, Board, Randomness], Step]


class Ceremony:
    """The states of all trustees and the board they share."""

    def __init__(self, size: int, threshold: int, seed: int = 1) -> None:
        self.rng = seeded(seed)
        self.board = Board("DQB53CqA1UtMwz", size, threshold)
        self.states: dict[int, TrusteeState] = {}
        for index in range(1, size + 1):
            self.states[index], post = begin(
                self.rng,
                index=index,
                size=size,
                threshold=threshold,
                name=NAMES[index - 1],
                context="DQB53CqA1UtMwz",
            )
            self.board = self.board.put(post)

    def take(self, index: int, step: Taker) -> None:
        self.states[index], post = step(self.states[index], self.board, self.rng)
        self.board = self.board.put(post)

    def run_until(self, last: Round) -> "Ceremony":
        """Let everybody take every step up to `last`."""
        for round_, step in STEPS.items():
            for index in self.board.missing(round_):
                self.take(index, step)
            if round_ == last:
                break
        return self

    def secret(self, index: int) -> int:
        secret = self.states[index].decryption_secret
        assert secret is not None
        return secret


def interpolate(shares: dict[int, int]) -> int:
    """Return f(0) for the polynomial through the points, written out here on its own."""
    total = 0
    for i, share in shares.items():
        numerator = denominator = 1
        for j in shares:
            if j != i:
                numerator = numerator * j % ORDER
                denominator = denominator * (j - i) % ORDER
        total += share * numerator * pow(denominator, -1, ORDER)
    return total % ORDER
