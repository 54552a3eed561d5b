"""The archive holds just the ballots of the closed box, save those that a dispute took out."""

import json
from typing import Any

import pytest
import rfc8785

from crypto.ballot import tracker
from crypto.errors import CryptoError, MalformedError, VerificationError
from tests.disputed import Disputed
from tests.simulator import UUID, ElectionSimulator
from tests.vote.verifier.bundles import EARLY, HONEST, bundle_of, lone, rejected, verified
from tests.vote.verifier.changing import Place, changed, drop, places, put
from vote.check.rules import DisputeKind
from vote.verifier.box import decode_box, decode_set_aside
from vote.verifier.report import Status, Step

TAKEN = ElectionSimulator(disputed=Disputed({1: DisputeKind.IMPERSONATION, 3: DisputeKind.PROXY}))
"""Entitlement 4 loses its only ballot, 1 its second."""
BOX, SET_ASIDE = json.loads(TAKEN.box), json.loads(TAKEN.set_aside)
TRACKERS = [tracker(ballot) for ballot in TAKEN.accepted]


def test_ballots_that_were_set_aside_are_in_the_box_and_not_in_the_archive() -> None:
    report = verified(bundle_of(TAKEN))
    lines = {line.step: line for line in report.lines}
    assert lines[Step.BOX].detail.en == "4, of which 2 were set aside"
    assert report.facts is not None
    assert (report.facts["box"], report.facts["set_aside"], report.facts["ballots"]) == (4, 2, 2)
    assert report.facts["cast"] == {"heads": 2, "area_dm2": 8937 + 10312}


def test_while_ballots_are_checked_the_box_stands_alone() -> None:
    report = verified(bundle_of(archive=HONEST.setup_archive, **EARLY))
    lines = {line.step: line for line in report.lines}
    assert (lines[Step.BOX].status, lines[Step.BOX].detail.en) == (Status.PASSED, "4, of which 0 were set aside")
    assert lines[Step.CHECK].detail.en == "0 disputes; the ballots are not checked yet"


def test_before_closing_there_is_no_box() -> None:
    report = verified(bundle_of(archive=HONEST.setup_archive, box=None, disputes_list=None, **EARLY))
    assert {line.status for line in report.lines if line.step in {Step.BOX, Step.CHECK}} == {Status.SKIPPED}


def test_a_lone_archive_has_no_box() -> None:
    report = verified(lone(TAKEN.archive))
    assert {line.status for line in report.lines if line.step in {Step.BOX, Step.CHECK}} == {Status.SKIPPED}


OTHER = "A" * 43


@pytest.mark.parametrize(
    ("trackers", "refusal"),
    [
        (TRACKERS[1:], "event 1 (Ballot): it is not in box.json, the list that was fixed at closing"),
        (TRACKERS[:3], "set-aside.json, ballot 2: it is not in box.json"),
        ([*TRACKERS, OTHER], "box.json, ballot 5: it is neither in the archive nor in set-aside.json"),
        (
            [OTHER, *TRACKERS, "B" * 42 + "A"],
            "box.json, ballot 1: it is neither in the archive nor in set-aside.json; and 1 more",
        ),
        (TRACKERS[::-1], "event 1 (Ballot): box.json has another ballot at this place"),
        ([*TRACKERS, TRACKERS[1]], "box.json, ballot 5: it stands there as ballot 2 already"),
    ],
)
def test_another_list_of_the_box_is_refused(trackers: list[str], refusal: str) -> None:
    box = rfc8785.dumps(BOX | {"trackers": trackers})
    assert rejected(bundle_of(TAKEN, box=box), Step.BOX) == refusal


@pytest.mark.parametrize(
    ("positions", "refusal"),
    [
        ([1], "box.json, ballot 4: it is neither in the archive nor in set-aside.json"),
        ([1, 3, 0], "event 1 (Ballot): by set-aside.json it was taken out before counting"),
        ([1, 3, 3], "set-aside.json, ballot 3: it stands there as ballot 2 already"),
    ],
)
def test_another_list_of_ballots_set_aside_is_refused(positions: list[int], refusal: str) -> None:
    taken = [{"tracker": TRACKERS[position], "kind": "proxy"} for position in positions]
    set_aside = rfc8785.dumps(SET_ASIDE | {"set_aside": taken})
    assert rejected(bundle_of(TAKEN, set_aside=set_aside), Step.BOX) == refusal


def test_a_ballot_that_came_after_closing_is_refused() -> None:
    late = HONEST.archive_of(ballots=[*HONEST.ballots, HONEST.seal(3, HONEST.votes[0][1], 99)])
    refusal = "event 5 (Ballot): it is not in box.json, the list that was fixed at closing"
    assert rejected(bundle_of(archive=late), Step.BOX) == refusal


def test_ballots_that_are_shown_before_the_end_are_in_the_box() -> None:
    archive = HONEST.unfinished_archive(ended=False)
    verified(bundle_of(archive=archive, **EARLY))
    box = rfc8785.dumps(BOX | {"trackers": TRACKERS[1:]})
    assert "event 1 (Ballot): it is not in box.json" in rejected(bundle_of(archive=archive, box=box, **EARLY), Step.BOX)


@pytest.mark.parametrize(
    ("part", "place", "value", "refusal"),
    [
        ("box", ("version",), 2, "box.json: version 1 is expected"),
        ("box", ("election",), "AnotherE1ectionUU", "box.json: it is of another election"),
        ("box", ("trackers",), {}, "box.json, trackers: a list is expected"),
        ("box", ("trackers", 1), "x", "box.json, ballot 2: 43 characters of Base64 are expected"),
        ("set_aside", ("version",), True, "set-aside.json, version: a whole number from 0 is expected"),
        ("set_aside", ("election",), "AnotherE1ectionUU", "set-aside.json: it is of another election"),
        ("set_aside", ("set_aside", 0, "tracker"), "x", "set-aside.json, ballot 1, tracker: 43 characters of Base64"),
        ("set_aside", ("set_aside", 0, "kind"), 1, "set-aside.json, ballot 1, kind: a text is expected"),
    ],
)
def test_what_is_no_such_list_is_refused(part: str, place: Place, value: Any, refusal: str) -> None:
    document = put(json.loads(getattr(TAKEN, part)), place, value)
    assert rejected(bundle_of(TAKEN, **{part: document}), Step.BOX).startswith(refusal)


@pytest.mark.parametrize("part", ["box", "set_aside"])
def test_a_list_lacks_no_field_and_has_no_other_and_one_spelling(part: str) -> None:
    document = json.loads(getattr(TAKEN, part))
    named = [place for place in places(document) if isinstance(place[-1], str)]
    for data in (
        *(changed(document, place, drop) for place in named),
        rfc8785.dumps(document | {"note": 1}),
        json.dumps(document).encode(),
        getattr(TAKEN, part).replace(b'"version":1', b'"version":9007199254740993'),
    ):
        with pytest.raises(CryptoError, match=r"^(box|set-aside)\.json"):
            (decode_box if part == "box" else decode_set_aside)(data, UUID)


def test_what_the_platform_writes_is_read_again() -> None:
    assert decode_box(TAKEN.box, UUID) == tuple(TRACKERS)
    assert [tuple(each) for each in decode_set_aside(TAKEN.set_aside, UUID)] == [
        (TRACKERS[1], "impersonation"),
        (TRACKERS[3], "proxy"),
    ]
    with pytest.raises(MalformedError, match="not in canonical spelling"):
        decode_box(TAKEN.box + b"\n", UUID)
    with pytest.raises(VerificationError, match="another election"):
        decode_box(TAKEN.box, "AnotherE1ectionUU")
