"""Puts the shares together and says whether a result is what was sealed.

 * Every single trustee's share is needed; of a threshold group the lowest-numbered good ones, as many as its threshold.
 * Opening gives g^v; a result claims the number v, and the claim is checked for every choice.
 * No v is below zero or above the total weight, so no other number can stand for the same point.

Follows SPEC.md §7.4.

Not here: finding v from g^v (`logarithm`), the shares' proofs (`share`), what v means in area and heads (SPEC.md §4).

>>> encode_result(((3, 2**30),))
b'{"result":[[3,"1073741824"]]}'
>>> decode_result(encode_result(((3, 2**30),)))
((3, 1073741824),)
"""

from collections.abc import Container, Mapping

from crypto.encoding import compact_json, read_json, require_fields, require_list
from crypto.errors import MalformedError, ThresholdError, VerificationError
from crypto.group import ORDER, add, multiply, multiply_base, subtract
from crypto.share import Factors
from crypto.tally import EncryptedTally
from crypto.trustees import Trustees, threshold_of
from crypto.weight import decode_weight, encode_weight

Totals = tuple[tuple[int, ...], ...]
"""For each question the sum of weights of each choice."""
OpenedTally = tuple[tuple[bytes, ...], ...]
"""For each question g^v of each choice."""


def combine_shares(trustees: Trustees, shares: Mapping[int, Factors]) -> Factors:
    """Return the factors of the election's key, from good shares by owner number.

    Raises:
        ThresholdError: too few; the sentence names whose are missing.
    """
    combined: list[list[bytes]] = []
    for owner, coefficient in choose_owners(trustees, shares).items():
        powers = [[multiply(factor, coefficient) for factor in row] for row in shares[owner]]
        combined = [list(map(add, *rows)) for rows in zip(combined, powers, strict=True)] if combined else powers
    return tuple(map(tuple, combined))


def choose_owners(trustees: Trustees, present: Container[int]) -> dict[int, int]:
    """Return the owners whose shares are used, of those who are present, each with the λ by which its share counts.

    Raises:
        ThresholdError: too few; the sentence names whose are missing.
    """
    chosen: dict[int, int] = {}
    for group, owners in trustees.owners():
        needed = threshold_of(group)
        used = [owner for owner in owners if owner in present][:needed]
        if len(used) < needed:
            absent = ", ".join(trustees.label(owner) for owner in owners if owner not in present)
            raise ThresholdError(
                f"{needed} good shares of {len(owners)} are needed here, there are {len(used)}; missing: {absent}"
            )
        indices = [owner - owners.start + 1 for owner in used]
        chosen |= {owner: lagrange_coefficient(index, indices) for index, owner in zip(indices, used, strict=True)}
    return chosen


def lagrange_coefficient(index: int, indices: list[int]) -> int:
    """Return the number with which the share of `index` counts, among those of all `indices`, at zero, mod q."""
    numerator = denominator = 1
    for other in indices:
        if other != index:
            numerator = numerator * other % ORDER
            denominator = denominator * (other - index) % ORDER
    return numerator * pow(denominator, -1, ORDER) % ORDER


def open_tally(tally: EncryptedTally, factors: Factors) -> OpenedTally:
    """Return β divided by the factor: g^v for each choice."""
    return tuple(
        tuple(subtract(each.beta, factor) for each, factor in zip(row, factor_row, strict=True))
        for row, factor_row in zip(tally, factors, strict=True)
    )


def verify_result(opened: OpenedTally, totals: Totals, total_weight: int) -> None:
    """Raise unless `totals` are the numbers that were sealed.

    Raises:
        MalformedError: not one number for each choice.
        VerificationError: a number is above `total_weight`, or is not what was sealed.
    """
    if [len(row) for row in totals] != [len(row) for row in opened]:
        raise MalformedError("the result has not one number for each choice of each question")
    for number, (row, points) in enumerate(zip(totals, opened, strict=True), start=1):
        for position, (total, point) in enumerate(zip(row, points, strict=True), start=1):
            what = f"the result, question {number}, choice {position}"
            if not 0 <= total <= total_weight:
                raise VerificationError(f"{what}: the number is not between 0 and the total weight of {total_weight}")
            if multiply_base(total) != point:
                raise VerificationError(f"{what}: {total} is not what the ballots add up to")


def encode_result(totals: Totals) -> bytes:
    """Write the result as an archive has it."""
    return compact_json({"result": [[encode_weight(total) for total in row] for row in totals]})


def decode_result(data: bytes) -> Totals:
    """Read a result.

    Raises:
        MalformedError: not one, or not in the one spelling.
    """
    what = "the result"
    fields = require_fields(read_json(data, what), ("result",), what)
    totals = tuple(
        tuple(decode_weight(total, f"{what}, question {number}") for total in require_list(row, what))
        for number, row in enumerate(require_list(fields["result"], what), start=1)
    )
    if encode_result(totals) != data:
        raise MalformedError(f"{what}: not in the one spelling of a result")
    return totals
