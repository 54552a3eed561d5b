"""The ballots that count, picked out of an archive without decoding it."""

import pytest

from crypto.audit import audit_setup
from crypto.ballot import decode_ballot, tracker
from crypto.chunk import row_of
from crypto.errors import VerificationError
from tests.vote.named import counted
from vote.recount.counted import counted_trackers, pick_counted

ARCHIVE = counted().read("ballots")
WEIGHTS = audit_setup(ARCHIVE.setup).weights


def test_the_last_ballot_of_each_credential_counts_with_its_weight():
    # Owner 0 casts the first ballot and the last.
    picked = pick_counted(ARCHIVE.ballots, WEIGHTS)
    assert [ballot.tracker for ballot in picked.ballots] == [tracker(data) for data in ARCHIVE.ballots[1:]]
    assert picked.weights == (120001, 150001, 90001)
    election = counted().sealed.election
    assert [ballot.row for ballot in picked.ballots] == [
        row_of(decode_ballot(data, election)) for data in ARCHIVE.ballots[1:]
    ]
    assert counted_trackers(ARCHIVE.ballots, WEIGHTS) == tuple(ballot.tracker for ballot in picked.ballots)


def test_where_nobody_voted_nothing_counts():
    assert pick_counted((), WEIGHTS) == ((), ())


@pytest.mark.parametrize("spoil", [lambda data: b" " + data, lambda data: b"{}", lambda data: b""])
def test_what_is_no_ballot_of_the_list_is_refused(spoil):
    ballots = (*ARCHIVE.ballots[:3], spoil(ARCHIVE.ballots[3]))
    for pick in (pick_counted, counted_trackers):
        with pytest.raises(VerificationError, match="names no credential of the list"):
            pick(ballots, WEIGHTS)
        with pytest.raises(VerificationError, match="names no credential of the list"):
            pick(ARCHIVE.ballots, dict(list(WEIGHTS.items())[1:]))
