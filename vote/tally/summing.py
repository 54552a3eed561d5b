"""The heavy arithmetic of a tally, in functions that a process of its own can run."""

from collections.abc import Sequence

from crypto.ballot import decode_ballot
from crypto.election import decode_election
from crypto.errors import CryptoError
from crypto.logarithm import build_table, find_logarithms
from crypto.result import Totals, combine_shares, open_tally, verify_result
from crypto.share import verify_extra_proof, verify_share
from crypto.tally import decode_tally
from crypto.trustees import decode_trustees
from vote.recount.summing import row_of

SLICE = 256
"""Ballots a process reads at a time."""


def read_rows(election: bytes, ballots: Sequence[bytes]) -> list[bytes]:
    """Return the points of verified ballots, as `vote.recount.summing` adds them."""
    sealed = decode_election(election)
    return [row_of(decode_ballot(data, sealed)) for data in ballots]


def check_share(files: tuple[bytes, bytes, bytes], trustee: int, payload: bytes, extra_proof: bytes) -> str:
    """Return what is wrong with a trustee's share, or nothing.

    Args:
        files: election.json, trustees.json, encrypted tally.
        trustee: the trustee's number.
        payload: the share as the archive will have it.
        extra_proof: the document beside it.
    """
    election = decode_election(files[0])
    trustees = decode_trustees(files[1])
    tally = decode_tally(files[2], election)
    try:
        key = trustees.verification_key(trustee)
        verify_share(election, key, tally, payload)
        verify_extra_proof(election, trustee, key, tally, payload, extra_proof)
    except CryptoError as error:
        return f"{trustees.label(trustee)}: {error}"
    return ""


def open_totals(
    files: tuple[bytes, bytes, bytes], shares: Sequence[tuple[int, bytes]], cast_weight: int, base: int
) -> Totals:
    """Return the numbers that verified shares open, per question and choice."""
    election = decode_election(files[0])
    trustees = decode_trustees(files[1])
    tally = decode_tally(files[2], election)
    factors = {
        trustee: verify_share(election, trustees.verification_key(trustee), tally, payload)
        for trustee, payload in shares
    }
    opened = open_tally(tally, combine_shares(trustees, factors))
    points = [point for row in opened for point in row]
    table = build_table(cast_weight, base)
    numbers = iter(find_logarithms(table, points, [cast_weight] * len(points)))
    totals = tuple(tuple(next(numbers) for _ in row) for row in opened)
    verify_result(opened, totals, cast_weight)
    return totals
