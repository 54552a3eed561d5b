"""What several tests draw from: seeded randomness, points in and outside the group, numbers mod q."""

import hashlib

from hypothesis import strategies as st

from crypto.group import BASE, ORDER, multiply_base
from crypto.question import Question
from crypto.randomness import Randomness

SMALL_ORDER = tuple(
    bytes.fromhex(text)
    for text in (
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    )
)
"""The seven points of order 2, 4 and 8 beside the identity, in the bytes of RFC 8032."""


def seeded(seed: int) -> Randomness:
    """Return repeatable randomness: SHAKE-256 over the seed and a counter. For tests only."""
    count = 0

    def draw(size: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_256(f"{seed}|{count}".encode()).digest(size)

    return draw


seeds = st.integers(min_value=0, max_value=2**32 - 1)
randomness = st.builds(seeded, seeds)
scalars = st.integers(min_value=0, max_value=ORDER - 1)
secrets = st.integers(min_value=1, max_value=ORDER - 1)
points = st.one_of(st.just(BASE), st.builds(multiply_base, scalars))
small_order_points = st.sampled_from(SMALL_ORDER)
texts = st.text(st.characters(codec="utf-8"), max_size=12)


@st.composite
def _questions(draw: st.DrawFn) -> Question:
    answers = tuple(draw(st.lists(texts, min_size=1, max_size=4)))
    maximum = draw(st.integers(1, len(answers)))
    return Question(draw(texts), answers, draw(st.integers(0, maximum)), maximum, blank=draw(st.booleans()))


questions = _questions()
"""Small questions of every shape."""


def allowed_choices(question: Question) -> st.SearchStrategy[list[int]]:
    """Draw choices that `question` allows, the blank vote included."""
    size = len(question.answers)
    chosen = st.lists(st.integers(0, size - 1), min_size=question.minimum, max_size=question.maximum, unique=True)
    plain = chosen.map(lambda indices: [0] * question.blank + [int(index in indices) for index in range(size)])
    return plain | st.just([1] + [0] * size) if question.blank else plain
