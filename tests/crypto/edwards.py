"""Edwards25519 and the proofs of SPEC.md §3 in plain integers, from RFC 8032 §5.1 alone: a second opinion that shares no code.

Points are pairs (x, y); documents write y with the sign of x above it, as 64 hex digits.
"""

import hashlib

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]
NEUTRAL: Point = (0, 1)


def plus(left: Point, right: Point) -> Point:
    (a, b), (c, d) = left, right
    k = D * a * b * c * d % P
    return (a * d + b * c) * pow(1 + k, -1, P) % P, (b * d + a * c) * pow(1 - k, -1, P) % P


def times(point: Point, number: int) -> Point:
    total = NEUTRAL
    for bit in f"{number:b}":
        total = plus(total, total)
        if bit == "1":
            total = plus(total, point)
    return total


def from_hex(text: str) -> Point:
    sign, y = divmod(int(text, 16), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == square
    return (P - x if x & 1 != sign else x), y


def to_hex(point: Point) -> str:
    x, y = point
    return f"{(x & 1) << 255 | y:064x}"


G = from_hex("66" * 31 + "58")


def challenge_of(prefix: str, *points: Point) -> int:
    return int(hashlib.sha256((prefix + ",".join(map(to_hex, points))).encode()).hexdigest(), 16) % Q


def knows(prefix: str, public: str, challenge: int, response: int) -> bool:
    commitment = plus(times(G, response), times(from_hex(public), challenge))
    return challenge_of(prefix, commitment) == challenge


def equal(prefix: str, public: str, base: str, power: str, challenge: int, response: int) -> bool:  # noqa: PLR0917
    first = plus(times(G, response), times(from_hex(public), challenge))
    second = plus(times(from_hex(base), response), times(from_hex(power), challenge))
    return challenge_of(prefix, first, second) == challenge
