"""What `check.json` and the lists beside it say, written by hand."""

import json

import pytest

from vote.check.disclosure import Disclosure
from vote.check.rules import (
    Checked,
    Contested,
    DisputeKind,
    DisputeOutcome,
    Participant,
    StoredDispute,
    contested_of,
    encode_checked,
    encode_disputes,
    encode_participation,
    require_discreet,
    require_dispute,
)
from vote.election.packing import Measures
from vote.election.rules import Secrecy
from vote.errors import RefusedError

KEPT = StoredDispute(1, DisputeKind.PROXY, 7, DisputeOutcome.KEPT, "有授权书")
OPEN = StoredDispute(2, DisputeKind.ROLL, 8, None, None)
STANDS_OUT = Disclosure(4, 200, 200, 3, 0, 1)
QUIET = Disclosure(400, 200, 1, 1, 1, 0)


def test_contested_weight_counts_each_owner_once_and_only_those_who_took_part():
    contested = [
        StoredDispute(number, DisputeKind.DOUBLE, about, DisputeOutcome.CONTESTED, "待查")
        for number, about in enumerate((7, 7, 8, 9), start=1)
    ]
    assert contested_of([KEPT, *contested], {7: 9000, 8: 100}) == (
        Contested("double", 1, 9000),
        Contested("double", 1, 100),
    )


def test_one_owners_contested_area_is_not_told_apart_from_others_of_its_kind():
    contested = (Contested("double", 1, 9000), Contested("proxy", 1, 5), Contested("double", 1, 100))
    checked = Checked(
        "u",
        Measures(9, 90000),
        Measures(6, 60000),
        quorum=True,
        set_aside=0,
        disputes=(KEPT,),
        contested=contested,
        disclosure=None,
        accepted=False,
    )
    written = json.loads(encode_checked(checked))
    assert written["contested"] == [
        {"kind": "double", "heads": 2, "area_dm2": 9100},
        {"kind": "proxy", "heads": 1, "area_dm2": 5},
    ]
    assert written["disclosure"] is None


def test_the_figure_stands_with_whether_it_was_accepted():
    checked = Checked(
        "u",
        Measures(9, 90000),
        Measures(6, 60000),
        quorum=True,
        set_aside=0,
        disputes=(),
        contested=(),
        disclosure=QUIET,
        accepted=False,
    )
    assert json.loads(encode_checked(checked))["disclosure"] == {
        "simulations": 200,
        "forced": 1,
        "outliers": 0,
        "permyriad": 50,
        "exact": False,
        "accepted": False,
    }


def test_disputes_are_public_without_whom_they_are_about():
    assert encode_disputes("u", [KEPT, OPEN]).decode() == (
        '{"disputes":[{"answer":"有授权书","kind":"proxy","number":1,"outcome":"kept"},'
        '{"answer":null,"kind":"roll","number":2,"outcome":null}],"election":"u","version":1}'
    )


@pytest.mark.parametrize("areas", [True, False])
def test_areas_stand_only_in_the_list_of_those_who_check_them(areas):
    listed = json.loads(encode_participation("u", [Participant(1, ("3幢101室",), 900)], Measures(1, 900), areas=areas))
    assert listed["participants"] == [{"places": ["3幢101室"], **({"area_dm2": 900} if areas else {})}]


def test_only_a_secret_vote_whose_totals_tell_too_much_waits_for_a_word():
    require_discreet(Secrecy.SECRET, QUIET, accepted=False)
    require_discreet(Secrecy.SECRET, None, accepted=False)
    require_discreet(Secrecy.SECRET, STANDS_OUT, accepted=True)
    require_discreet(Secrecy.NAMED, STANDS_OUT, accepted=False)
    with pytest.raises(RefusedError, match=r"In 200 of 200 simulated .* \(1 owners stand out"):
        require_discreet(Secrecy.SECRET, STANDS_OUT, accepted=False)


@pytest.mark.parametrize("text", ["", " \n", "长" * 2001, "a\x00"])
def test_something_is_said_and_not_too_much(text):
    with pytest.raises(RefusedError, match="1 to 2000"):
        require_dispute("roll", text, oneself=False)
    assert require_dispute("roll", "长" * 2000, oneself=False) is DisputeKind.ROLL
