"""What was found before counting follows from archive, manifest, changes and disputes, and from nothing else."""

import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785

from crypto.errors import CryptoError, MalformedError, VerificationError
from tests.disputed import QUIET, Disputed
from tests.simulator import UUID, ElectionSimulator
from tests.vote.verifier.bundles import EARLY, HONEST, bundle_of, rejected, verified
from tests.vote.verifier.changing import Place, changed, drop, other, places, put
from vote.check.disclosure import disclose
from vote.check.rules import DisputeKind
from vote.election.change import Corrected
from vote.election.manifest import decode_manifest
from vote.election.packing import Measures
from vote.verifier.checked import decode_check, decode_disputes, verify_disclosure
from vote.verifier.report import Step, Verdict
from vote.verifier.service import verify_bundle

SETTLED = ElectionSimulator(
    disputed=Disputed({1: DisputeKind.IMPERSONATION}, {1: DisputeKind.DOUBLE, 2: DisputeKind.DOUBLE}),
    changes=(Corrected(1, -4252),),
)
"""Of 4 owners with 6042.52 m², 5 with 6000.00 m² as corrected, two took part and stay disputed."""
CHECK, DISPUTES = json.loads(SETTLED.check), json.loads(SETTLED.disputes_list)
SILENT = ElectionSimulator(votes=())


def _refused(**files: bytes) -> str:
    return rejected(bundle_of(SETTLED, result=b"{}", **files), Step.CHECK)


def test_the_check_is_told_with_its_figure() -> None:
    lines = {line.step: line for line in verified(bundle_of(SETTLED)).lines}
    assert lines[Step.CHECK].detail.en == (
        "3 disputes; there is no quorum; totals would give a choice away in at most 0.50% of outcomes, not computed again"
    )
    lines = {line.step: line for line in verified(bundle_of()).lines}
    assert lines[Step.CHECK].detail.zh.startswith("0件争议；参加的达到法定人数和面积；")


def test_the_electorate_is_the_corrected_one_and_so_is_the_quorum() -> None:
    assert CHECK["electorate"] == {"heads": 5, "area_dm2": 600000}
    assert CHECK["contested"] == [
        {"kind": "double", "heads": 2, "area_dm2": 8937 + 10312},
        {"kind": "late-roll-error", "heads": 1, "area_dm2": 4252},
    ]


FREE = {
    ("disclosure", "simulations"),
    ("disclosure", "outliers"),
    ("disclosure", "exact"),
    ("disclosure", "accepted"),
    ("contested", 0),
    ("contested", 0, "heads"),
    ("contested", 0, "area_dm2"),
}
"""What cannot be told without the roll, or without computing the figure again."""


@pytest.mark.parametrize("place", [place for place in places(CHECK) if place not in FREE], ids=str)
def test_every_changed_field_of_the_check_is_refused(place: Place) -> None:
    for change in (other, drop):
        assert _refused(check=changed(CHECK, place, change)).startswith("check.json")


@pytest.mark.parametrize("place", list(places(DISPUTES)), ids=str)
def test_every_changed_field_of_the_disputes_is_refused(place: Place) -> None:
    for change in (other, drop):
        assert ".json" in _refused(disputes_list=changed(DISPUTES, place, change))


@pytest.mark.parametrize(
    ("place", "value", "refusal"),
    [
        (("version",), 2, "check.json: version 1 is expected"),
        (("election",), "AnotherE1ectionUU", "check.json: it is of another election"),
        (("electorate", "heads"), 4, "check.json, electorate heads: it says 4, manifest and lawful changes make 5"),
        (("cast", "area_dm2"), 19248, "check.json, cast area_dm2: it says 19248, the ballots that count make 19249"),
        (("quorum",), True, "check.json, quorum: by the law it is false"),
        (("set_aside",), 2, "check.json, set_aside: it says 2, set-aside.json lists 1"),
        (("disputes",), [], "check.json, disputes: they are not those of disputes.json"),
        (("contested",), CHECK["contested"][::-1], "check.json, contested: kinds are sorted, each stands there once"),
        (("contested",), CHECK["contested"][:1], "check.json, contested: late-roll-error is not what lawful changes"),
        (("contested", 1, "heads"), 2, "check.json, contested: late-roll-error is not what lawful changes correct"),
        (("contested", 0, "heads"), 3, "check.json, contested: double has 3 heads, 2 disputes left it so"),
        (("contested", 0, "heads"), 0, "check.json, contested: double has 0 heads, 2 disputes left it so"),
        (("contested", 0, "kind"), "a", "check.json, contested: a has 2 heads, 0 disputes left it so"),
        (("contested", 0, "area_dm2"), 19250, "check.json, contested: double has an area of 19250, which was not cast"),
        (("contested", 0, "area_dm2"), 1, "check.json, contested: double has an area of 1, which was not cast"),
        (("disclosure",), None, "check.json, disclosure: it is null just where nobody took part"),
        (
            ("disclosure", "simulations"),
            199,
            "check.json, disclosure, simulations: a whole number from 200 is expected",
        ),
        (("disclosure", "forced"), 201, "check.json, disclosure: more outcomes or owners than there are"),
        (("disclosure", "outliers"), 3, "check.json, disclosure: more outcomes or owners than there are"),
        (("disclosure", "permyriad"), 49, "check.json, disclosure, permyriad: it is not the share of forced"),
    ],
)
def test_a_check_that_says_something_else_is_refused(place: Place, value: Any, refusal: str) -> None:
    assert _refused(check=put(CHECK, place, value)).startswith(refusal)


@pytest.mark.parametrize(
    ("place", "value", "refusal"),
    [
        (("number",), 2, "disputes.json, dispute 1: disputes are numbered from 1 without a gap"),
        (("kind",), "noise", "disputes.json, dispute 1: its kind is one of impersonation, double, proxy, roll"),
        (("kind",), [], "disputes.json, dispute 1: its kind is one of"),
        (("outcome",), None, "disputes.json, dispute 1: outcome and answer come together"),
        (("outcome",), "gone", "disputes.json, dispute 1: its outcome is one of set-aside, kept, contested"),
        (("answer",), "", "disputes.json, dispute 1, answer: 1 to 2000 characters are expected"),
        (("answer",), "好" * 2001, "disputes.json, dispute 1, answer: 1 to 2000 characters are expected"),
        (("answer",), 1, "disputes.json, dispute 1, answer: a text is expected"),
    ],
)
def test_what_is_no_list_of_disputes_is_refused(place: Place, value: Any, refusal: str) -> None:
    assert _refused(disputes_list=put(DISPUTES, ("disputes", 0, *place), value)).startswith(refusal)


def test_a_dispute_that_is_open_is_refused_only_once_ballots_are_checked() -> None:
    settled = DISPUTES["disputes"]
    disputes = [settled[0] | {"outcome": None, "answer": None}, *settled[1:]]
    files = {
        "disputes_list": rfc8785.dumps(DISPUTES | {"disputes": disputes}),
        "check": rfc8785.dumps(CHECK | {"disputes": disputes}),
    }
    assert _refused(**files) == "disputes.json, dispute 1: it is open, and the ballots are checked"
    verified(bundle_of(SETTLED, archive=SETTLED.setup_archive, disputes_list=files["disputes_list"], **EARLY))


def test_ballots_are_set_aside_for_disputes_that_ended_so() -> None:
    taken = json.loads(SETTLED.set_aside)
    another = put(taken, ("set_aside", 0, "kind"), "proxy")
    assert _refused(set_aside=another) == (
        "set-aside.json, ballot 1: no dispute of the kind 'proxy' ended with ballots set aside"
    )
    disputes = [CHECK["disputes"][0], CHECK["disputes"][0] | {"number": 2}]
    files = {
        "disputes_list": rfc8785.dumps(DISPUTES | {"disputes": disputes}),
        "check": rfc8785.dumps(CHECK | {"disputes": disputes}),
    }
    assert _refused(**files) == (
        "set-aside.json: 2 disputes of the kind impersonation set ballots aside, and it lists 1 of it"
    )


def test_a_warning_in_a_secret_election_was_accepted_before_counting() -> None:
    loud = replace(QUIET, forced=2)
    election = ElectionSimulator(disputed=Disputed(figure=loud))
    assert rejected(bundle_of(election), Step.CHECK) == (
        "check.json, disclosure: the figure is a warning, and nobody accepted it before counting"
    )
    verified(bundle_of(ElectionSimulator(disputed=Disputed(figure=loud, accepted=True))))
    named = ElectionSimulator(disputed=Disputed(figure=loud), alter=lambda manifest: replace(manifest, secrecy="named"))
    verified(bundle_of(named))


def test_where_nobody_took_part_there_is_no_figure() -> None:
    report = verified(bundle_of(SILENT, archive=SILENT.unfinished_archive(ended=True), result=None, share_proofs=None))
    lines = {line.step: line for line in report.lines}
    assert lines[Step.CHECK].detail.en == "0 disputes; there is no quorum"
    check = decode_check(SILENT.check, UUID)
    verify_disclosure(check, [], decode_manifest(SILENT.manifest), SILENT.setup.election.fingerprint)


def test_the_figure_comes_out_again_when_it_is_asked_for() -> None:
    fingerprint = HONEST.setup.election.fingerprint
    areas = sorted(HONEST.areas[number - 1] for number in HONEST.counted)
    figure = disclose(areas, HONEST.asks, fingerprint.encode())
    election = ElectionSimulator(disputed=Disputed(figure=figure, accepted=True))
    report = verify_bundle(bundle_of(election), processes=1, disclosure=True)
    assert (report.verdict, report.trouble) == (Verdict.VERIFIED, None)
    [line] = [line for line in report.lines if line.step is Step.CHECK]
    assert line.detail.en.endswith("of outcomes, computed again")
    false = ElectionSimulator(disputed=Disputed(figure=replace(figure, outliers=figure.outliers ^ 1), accepted=True))
    trouble = verify_bundle(bundle_of(false), processes=1, disclosure=True).trouble
    assert trouble is not None
    assert trouble.en == (
        f"check.json, disclosure outliers: it says {figure.outliers ^ 1}, but {figure.outliers} was computed"
    )


def test_a_figure_that_cannot_be_computed_is_said_so() -> None:
    check = decode_check(HONEST.check, UUID)
    with pytest.raises(VerificationError, match=r"^check\.json, disclosure: it cannot be computed: areas: "):
        verify_disclosure(check, [0], decode_manifest(HONEST.manifest), "fingerprint")


@pytest.mark.parametrize("decode", [decode_check, decode_disputes])
def test_another_spelling_is_refused(decode: Any) -> None:
    data = SETTLED.check if decode is decode_check else SETTLED.disputes_list
    decode(data, UUID)
    for false in (data + b" ", data.replace(b'"number":1', b'"number":9007199254740993'), b"[]", b"{"):
        with pytest.raises(CryptoError, match=r"^(check|disputes)\.json"):
            decode(false, UUID)
    with pytest.raises(MalformedError, match="unknown field 'note'"):
        decode(rfc8785.dumps(json.loads(data) | {"note": 1}), UUID)


def test_the_check_is_read_as_it_was_written() -> None:
    check = decode_check(SETTLED.check, UUID)
    assert (check.electorate, check.cast, check.quorum) == (Measures(5, 600000), Measures(2, 19249), False)
    assert (check.set_aside, len(check.disputes), check.accepted) == (1, 3, False)
