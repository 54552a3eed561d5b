import multiprocessing
import os
import signal

import pytest

from crypto.audit import check_ballot
from crypto.errors import VerificationError
from crypto.tally import sum_slice
from tests.vote.verifier.bundles import HONEST
from vote.errors import UnavailableError
from vote.recount import checking
from vote.recount.checking import Slice, check_ballots, check_slice, slice_ballots
from vote.recount.counted import credentials_of
from vote.recount.summing import row_of, sum_rows

SETUP = HONEST.setup
BALLOTS = HONEST.ballots
CREDENTIALS = credentials_of(BALLOTS)


def test_credentials_are_read_without_decoding() -> None:
    assert [check_ballot(SETUP, data, 1).credential for data in BALLOTS] == CREDENTIALS
    assert credentials_of([b"", b"{}", b" " + BALLOTS[0]]) == [None, None, None]


def test_slices_hold_their_own_ballots_and_weights() -> None:
    first, second = slice_ballots(SETUP, BALLOTS, CREDENTIALS, size=3)
    assert (first.first, first.ballots, first.counts) == (1, tuple(BALLOTS[:3]), (False, True, True))
    assert (second.first, second.ballots, second.counts) == (4, (BALLOTS[3],), (True,))
    assert set(second.setup.weights) == {CREDENTIALS[3]}


def test_a_ballot_whose_credential_is_not_read_is_still_checked() -> None:
    [part] = slice_ballots(SETUP, [b"{}", b"{}"], [None, None], size=9)
    assert [sentence[:18] for sentence in check_slice(part).troubles] == ["event 1 (Ballot): ", "event 2 (Ballot): "]


@pytest.mark.parametrize("processes", [1, 2])
def test_any_number_of_processes_finds_the_same_sum(processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "SLICE", 1)
    assert check_ballots(SETUP, BALLOTS, CREDENTIALS, processes) == HONEST.total


def test_refusals_of_other_processes_name_the_ballot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "SLICE", 1)
    ballots = [*BALLOTS[:2], BALLOTS[2].replace(b'"hash":"', b'"hash":"+'), BALLOTS[3]]
    with pytest.raises(VerificationError, match=r"^event 3 \(Ballot\): "):
        check_ballots(SETUP, ballots, credentials_of(ballots), 2)


def test_no_ballots_add_up_to_nothing() -> None:
    assert check_ballots(SETUP, [], []) == sum_slice(SETUP.election, [])


def test_columns_add_up_to_what_slices_add_up_to() -> None:
    ballots = [check_ballot(SETUP, data, 1) for data in BALLOTS[:3]]
    weights = [SETUP.weights[ballot.credential] for ballot in ballots]
    whole = sum_slice(SETUP.election, list(zip(ballots, weights, strict=True)))
    assert sum_rows(SETUP.election, [row_of(ballot) for ballot in ballots], weights) == whole


def _die(_: Slice) -> None:
    assert multiprocessing.parent_process() is not None
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "SLICE", 1)
    monkeypatch.setattr(checking, "check_slice", _die)
    with pytest.raises(UnavailableError, match="died"):
        check_ballots(SETUP, BALLOTS, CREDENTIALS, 2)
