"""What others' verifier says of our archives, and of the vectors, so that a verifier that says nothing is noticed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crypto.archives import BY_TOOL, load, load_negative
from tests.crypto.whole_election import TOTALS, UUID, VECTOR, ElectionVector
from tests.foreign import belenios_verify

pytestmark = pytest.mark.belenios
Verify = Callable[[str, bytes], int]


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Return what runs the tool on an archive and gives its exit code."""

    def run(uuid: str, data: bytes) -> int:
        (tmp_path / f"{uuid}.bel").write_bytes(data)
        return belenios_verify(tmp_path).returncode

    return run


@pytest.mark.parametrize("owners", [(1, 2), (1, 3), (2, 3), (1, 2, 3)])
def test_our_elections_are_accepted(verify: Verify, owners: tuple[int, ...]) -> None:
    assert verify(UUID, VECTOR.archive({owner: VECTOR.share(owner) for owner in owners})) == 0


def test_an_election_without_ballots_is_accepted(verify: Verify) -> None:
    assert verify(UUID, ElectionVector(votes=()).archive(totals=((0, 0, 0),) * 3)) == 0


def test_a_false_result_of_ours_is_refused(verify: Verify) -> None:
    totals = ((TOTALS[0][0] + 1, *TOTALS[0][1:]), *TOTALS[1:])
    assert verify(UUID, VECTOR.archive(totals=totals)) != 0


@pytest.mark.parametrize(("uuid", "data"), [(UUID, load(BY_TOOL)), ("NegativeCaseUU", load_negative("GOOD"))])
def test_good_vectors_are_accepted(verify: Verify, uuid: str, data: bytes) -> None:
    assert verify(uuid, data) == 0


@pytest.mark.parametrize("case", ["bad_ballot_tallied", "tally_drops_ballot", "chain_broken"])
def test_false_vectors_are_refused(verify: Verify, case: str) -> None:
    assert verify("NegativeCaseUU", load_negative(case)) != 0
