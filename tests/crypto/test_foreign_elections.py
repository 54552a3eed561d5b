"""Whole elections of many shapes, held by belenios-tool alone: each is accepted, and its result read."""

from pathlib import Path

import pytest

from crypto.archive_reader import read_archive
from crypto.audit import audit_archive
from tests.crypto.foreign_election import ForeignElection

pytestmark = pytest.mark.belenios

MOTION = {"answers": ["同意", "反对"], "min": 1, "max": 1, "question": "是否同意?"}
BLANK = {"answers": ["a", "b", "c"], "blank": True, "min": 0, "max": 3, "question": "Whom?"}
PLAIN = {"name": "N", "description": "D"}


def test_a_language_an_authority_and_weights_of_nothing_are_read(tmp_path: Path) -> None:
    election = ForeignElection(
        tmp_path,
        {
            **PLAIN,
            "questions": [MOTION],
            "administrator": "甲",
            "credential_authority": "乙",
            "language": ["ar", "rtl"],
        },
        weights=(0, 7, 2**30),
        votes=[(0, [[1, 0]]), (1, [[1, 0]]), (2, [[0, 1]])],
        singles=[None, '街道 "x" / \\ \x7f'],
    )
    audit = audit_archive(read_archive(election.archive()))
    assert (audit.effective, audit.cast_weight, audit.totals) == (3, 2**30 + 7, ((7, 2**30),))
    assert [key.name for key in audit.setup.trustees.keys] == [None, '街道 "x" / \\ \x7f']


def test_blank_and_empty_ballots_and_later_ones_are_counted(tmp_path: Path) -> None:
    election = ForeignElection(
        tmp_path,
        {**PLAIN, "questions": [BLANK, MOTION]},
        votes=[
            (0, [[0, 1, 1, 1], [1, 0]]),
            (1, [[1, 0, 0, 0], [0, 1]]),
            (2, [[0, 0, 0, 0], [0, 1]]),
            (0, [[0, 0, 0, 1], [0, 1]]),
        ],
        threshold=(2, 3),
    )
    archive = read_archive(election.archive())
    audit = audit_archive(archive)
    assert (audit.ballots, audit.effective, audit.faults) == (4, 3, ())
    assert audit.totals == ((1, 0, 0, 1), (0, 3))
    assert [share.owner for share in archive.shares] == [1, 2, 3, 4]


def test_a_threshold_group_alone_opens_an_election_without_ballots(tmp_path: Path) -> None:
    election = ForeignElection(tmp_path, {**PLAIN, "questions": [BLANK]}, singles=(), threshold=(1, 2))
    audit = audit_archive(read_archive(election.archive()))
    assert (audit.ballots, audit.totals) == (0, ((0, 0, 0, 0),))
