"""How documents write weights, and the totals made of them: a JSON number while it is small, else a string.

 * Up to 2^30 - 1 a number, above that a decimal string; the other spelling is refused, so there is one way.
 * The bound is that of the field's own tools on 32-bit machines; sums are exact at any size below q.

Follows SPEC.md §4.

>>> encode_weight(1073741823), encode_weight(1073741824)
(1073741823, '1073741824')
>>> decode_weight("1073741824", "example")
1073741824
"""

from crypto.errors import MalformedError
from crypto.group import decode_scalar, encode_scalar

LARGEST_NUMBER = 2**30 - 1
"""The largest weight that is written as a JSON number."""


def encode_weight(weight: int) -> int | str:
    """Write a weight or a total as documents have it."""
    return weight if weight <= LARGEST_NUMBER else encode_scalar(weight)


def decode_weight(value: object, what: str = "weight") -> int:
    """Read a weight or a total, zero included.

    Raises:
        MalformedError: not a whole number from 0, not below q, or not in its one spelling.
    """
    if isinstance(value, str):
        weight = decode_scalar(value, what)
        if weight <= LARGEST_NUMBER:
            raise MalformedError(f"{what}: up to {LARGEST_NUMBER} a number is expected, not a string")
        return weight
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise MalformedError(f"{what}: a whole number from 0 to {LARGEST_NUMBER} is expected, or above that a string")
    return value
