from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import add as plus
from typing import Any

import pytest

from crypto.archive_reader import read_archive
from crypto.ballot import Ballot, decode_ballot
from crypto.credential import decode_public_credentials
from crypto.election import Election, decode_election
from crypto.elgamal import Ciphertext
from crypto.encoding import compact_json, read_json
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.group import IDENTITY, add, multiply
from crypto.tally import (
    EncryptedTally,
    decode_tally,
    effective_ballots,
    effective_positions,
    encode_tally,
    sum_ballots,
    sum_slice,
)
from tests.crypto.archives import BY_TOOL, PACKED, load
from tests.crypto.whole_election import VECTOR


def _weighted(name: str) -> tuple[Election, list[tuple[Ballot, int]], bytes]:
    archive = read_archive(load(name))
    election = decode_election(archive.setup.election)
    weights = dict(decode_public_credentials(archive.setup.credentials))
    ballots = effective_ballots([decode_ballot(data, election) for data in archive.ballots])
    assert archive.encrypted_tally is not None
    return election, [(ballot, weights[ballot.credential]) for ballot in ballots], archive.encrypted_tally.tally


def _naive(ballots: list[tuple[Ballot, int]]) -> EncryptedTally:
    """Raise each ciphertext to its weight and multiply, one after the other."""
    rows: list[list[Ciphertext]] = []
    for number, answer in enumerate(ballots[0][0].answers):
        row = [Ciphertext(IDENTITY, IDENTITY)] * len(answer.choices)
        for ballot, weight in ballots:
            for position, choice in enumerate(ballot.answers[number].choices):
                alpha, beta = row[position]
                row[position] = Ciphertext(
                    add(alpha, multiply(choice.alpha, weight)), add(beta, multiply(choice.beta, weight))
                )
        rows.append(row)
    return tuple(map(tuple, rows))


@pytest.mark.parametrize("name", [BY_TOOL, PACKED])
def test_the_sum_is_that_of_the_foreign_tool_and_of_the_plain_way(name: str) -> None:
    election, ballots, tally = _weighted(name)
    assert encode_tally(sum_ballots(election, ballots)) == tally
    assert sum_ballots(election, ballots) == _naive(ballots)


@pytest.mark.parametrize("cuts", [(0, 12), (0, 1, 12), (0, 5, 5, 12), (0, 0, 3, 7, 12)])
def test_slices_add_up_to_the_whole(cuts: tuple[int, ...]) -> None:
    election, ballots, tally = _weighted(BY_TOOL)
    slices = [sum_slice(election, ballots[low:high]) for low, high in pairwise(cuts)]
    total = reduce(plus, slices)
    assert (total.num_tallied, total.total_weight, encode_tally(total.tally)) == (12, 119574, tally)


def test_no_ballots_add_up_to_nothing() -> None:
    election, _, _ = _weighted(BY_TOOL)
    total = sum_slice(election, [])
    assert (total.num_tallied, total.total_weight) == (0, 0)
    assert [len(row) for row in total.tally] == [5, 3]
    assert {point for row in total.tally for each in row for point in each} == {IDENTITY}


def test_the_last_ballot_of_a_credential_counts() -> None:
    assert effective_positions([]) == []
    assert effective_positions("abacb") == [2, 3, 4]
    assert [VECTOR.checked.index(ballot) for ballot in effective_ballots(VECTOR.checked)] == [1, 2, 3, 4, 5]


def test_an_unverified_ballot_does_not_pass_into_a_sum() -> None:
    election, ballots, _ = _weighted(BY_TOOL)
    ballot, _ = ballots[0]
    outside = Ciphertext(((1 << 255) - 20).to_bytes(32, "little"), IDENTITY)
    answer = ballot.answers[0]._replace(choices=(outside, *ballot.answers[0].choices[1:]))
    with pytest.raises(VerificationError):
        sum_slice(election, [(replace(ballot, answers=(answer, *ballot.answers[1:])), 3)])


def test_a_sum_is_read_as_it_was_written() -> None:
    election, _, tally = _weighted(BY_TOOL)
    assert encode_tally(decode_tally(tally, election)) == tally


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), {}),
        ((0,), []),
        ((0, 0), {}),
        ((0, 0, "alpha"), "0" * 64),
        ((0, 0, "beta"), "f" * 64),
        ((0, 0, "gamma"), ""),
    ],
)
def test_another_sum_is_refused(path: tuple[str | int, ...], value: object) -> None:
    election, _, tally = _weighted(BY_TOOL)
    document: Any = [read_json(tally, "tally")]
    place = document
    for key in (0, *path)[:-1]:
        place = place[key]
    place[(0, *path)[-1]] = value
    with pytest.raises(CryptoError):
        decode_tally(compact_json(document[0]), election)


def test_a_sum_of_fewer_questions_is_refused() -> None:
    election, _, _ = _weighted(BY_TOOL)
    with pytest.raises(MalformedError, match="2 entries are expected, there are 0"):
        decode_tally(b"[]", election)
