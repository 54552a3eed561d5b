import json
from dataclasses import replace
from datetime import timedelta

import pytest

from crypto.encoding import hex_digest
from crypto.errors import VerificationError
from tests.vote.certificate.sample import (
    CAST,
    FACTS,
    ISSUE,
    MANIFEST,
    TIMES,
    VOTES,
    compose,
    later,
    moment,
    written,
)
from vote.certificate.content import certificate_digest
from vote.certificate.parts import Extension, Measures
from vote.certificate.rules import compose_certificate, verify_composed, verify_replaces
from vote.election import packing
from vote.election.manifest import encode_manifest
from vote.election.terms import Changes
from vote.errors import ContradictionError, RefusedError

CERTIFICATE = compose()
MANIFEST_DATA, RESULT = written(MANIFEST)


def edited(**changes):
    """Return the result with other values."""
    return json.dumps({**json.loads(RESULT), **changes}).encode()


def test_a_certificate_says_what_manifest_and_result_say():
    evidence = CERTIFICATE.evidence
    assert (evidence.manifest_sha256, evidence.result_sha256) == (hex_digest(MANIFEST_DATA), hex_digest(RESULT))
    assert (evidence.roll_root, evidence.electorate_root) == ("1" * 64, "2" * 64)
    assert CERTIFICATE.election.title == MANIFEST.title
    assert CERTIFICATE.estate.name == "罗星馨苑"
    assert CERTIFICATE.electorate == Measures(heads=566, area_dm2=5_643_210)
    # 431/566 = 0.76148…, 4287655/5643210 = 0.75979…
    assert (CERTIFICATE.cast.heads_permyriad, CERTIFICATE.cast.area_permyriad) == (7614, 7597)
    assert [each.outcome for each in CERTIFICATE.questions] == ["ADOPTED", "ADOPTED", "NO_DECISION"]
    assert [each.fate for each in CERTIFICATE.questions[1].choices] == [
        "elected", "elected", "elected", "elected", "elected", "alternate", "not-elected", None,
    ]  # fmt: skip
    assert CERTIFICATE.trustees.names == tuple(MANIFEST.trustees["names"])
    assert CERTIFICATE.separation == MANIFEST.separation
    assert CERTIFICATE.demo


def test_the_area_of_few_is_left_out():
    channels = (
        replace(FACTS.channels[0], returned=469, counted=419, area_dm2=4_187_655),
        replace(FACTS.channels[1], returned=16, counted=12, area_dm2=100_000),
    )
    certificate = compose(facts=replace(FACTS, channels=channels))
    assert [each.area_dm2 for each in certificate.channels] == [None, None]
    verify_composed(certificate, MANIFEST_DATA, RESULT)


def test_what_was_composed_is_found_true_again():
    verify_composed(CERTIFICATE, MANIFEST_DATA, RESULT)
    verify_composed(later(), MANIFEST_DATA, RESULT)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("demo", False),
        ("election", replace(CERTIFICATE.election, title="另一次")),
        ("estate", replace(CERTIFICATE.estate, name="另一个")),
        ("evidence", replace(CERTIFICATE.evidence, result_sha256="b" * 64)),
        ("law", replace(CERTIFICATE.law, title="另一处")),
        ("electorate", Measures(heads=567, area_dm2=5_643_210)),
        ("cast", replace(CERTIFICATE.cast, area_dm2=1)),
        ("trustees", replace(CERTIFICATE.trustees, threshold=1)),
        ("quorum", replace(CERTIFICATE.quorum, heads=">1/2")),
        ("questions", (replace(CERTIFICATE.questions[0], outcome="REJECTED"), *CERTIFICATE.questions[1:])),
        ("separation", replace(CERTIFICATE.separation, overlaps=())),
        ("remedies", ()),
    ],
)
def test_a_certificate_that_says_something_else_is_refused_by_the_field(name, value):
    with pytest.raises(VerificationError, match=f"certificate, {name}: it is not what"):
        verify_composed(replace(CERTIFICATE, **{name: value}), MANIFEST_DATA, RESULT)


def test_a_certificate_that_could_not_be_composed_is_refused():
    with pytest.raises(VerificationError, match="certificate: The result is not that of this manifest"):
        verify_composed(CERTIFICATE, MANIFEST_DATA, edited(election="another"))
    other = replace(MANIFEST, profile={**MANIFEST.profile, "digest": "0" * 64})
    with pytest.raises(VerificationError, match="not the file that the manifest was sealed with"):
        verify_composed(CERTIFICATE, encode_manifest(other), RESULT)


@pytest.mark.parametrize(
    ("manifest", "result", "said"),
    [
        (MANIFEST_DATA, edited(election="another"), "not that of this manifest"),
        (MANIFEST_DATA, edited(questions=json.loads(RESULT)["questions"][:2]), "not that of this manifest"),
        (MANIFEST_DATA, edited(questions=list(reversed(json.loads(RESULT)["questions"]))), "not that of this manifest"),
        (MANIFEST_DATA, b"{}", "result, election: a text"),
        (MANIFEST_DATA, b"[", "not JSON"),
        (b"{}", RESULT, "manifest"),
        (MANIFEST_DATA, edited(cast={"heads": 567, "area_dm2": 1}), "more heads or area"),
    ],
)
def test_papers_that_do_not_belong_together_are_refused(manifest, result, said):
    with pytest.raises(RefusedError, match=said):
        compose_certificate(manifest, result, FACTS, ISSUE)


def test_another_rule_profile_than_the_sealed_one_is_a_contradiction():
    other = replace(MANIFEST, profile={**MANIFEST.profile, "digest": "0" * 64})
    with pytest.raises(ContradictionError):
        compose_certificate(encode_manifest(other), RESULT, FACTS, ISSUE)


def test_margins_of_another_election_are_refused():
    with pytest.raises(RefusedError, match="margins"):
        compose(facts=replace(FACTS, weighed=FACTS.weighed[:2]))


def test_a_corrected_electorate_needs_a_correction():
    data = edited(electorate={"heads": 566, "area_dm2": 5_643_000})
    assert compose_certificate(MANIFEST_DATA, data, FACTS, ISSUE).electorate.area_dm2 == 5_643_000
    silent = replace(FACTS, changes=FACTS.changes[:1])
    with pytest.raises(RefusedError, match="no correction of the roll is named"):
        compose_certificate(MANIFEST_DATA, data, silent, ISSUE)


def test_a_certificate_waits_for_the_end_of_objections():
    early = replace(ISSUE, issued_at=TIMES.objections_until - timedelta(seconds=1))
    with pytest.raises(RefusedError, match="time for objections is not over"):
        compose(issue=early)
    assert compose(issue=replace(ISSUE, issued_at=TIMES.objections_until))


def test_facts_that_contradict_each_other_are_refused_with_the_place():
    with pytest.raises(RefusedError, match="fewer opened the totals"):
        compose(facts=replace(FACTS, opened=(1,)))


@pytest.mark.parametrize(
    ("extensions", "said"),
    [
        ((Extension(announced_at=moment(19), closes_at=moment(28)),), "further than the sealed manifest allows"),
        (
            (
                Extension(announced_at=moment(19), closes_at=moment(24)),
                Extension(announced_at=moment(23), closes_at=moment(27)),
            ),
            "further than the sealed manifest allows",
        ),
        ((Extension(announced_at=moment(20), closes_at=moment(27)),), "announced before voting closes"),
        ((Extension(announced_at=moment(18), closes_at=moment(20)),), "announced before voting closes"),
    ],
)
def test_an_extension_is_one_that_the_manifest_allows(extensions, said):
    with pytest.raises(RefusedError, match=said):
        compose(facts=replace(FACTS, extensions=extensions))


def test_an_election_whose_manifest_allows_no_extension_has_none():
    without = replace(MANIFEST, changes=Changes())
    with pytest.raises(RefusedError, match="further than the sealed manifest allows"):
        compose(manifest=without)
    assert compose(manifest=without, facts=replace(FACTS, extensions=())).extensions == ()


def test_the_times_are_those_of_the_manifest_and_of_the_extension():
    with pytest.raises(RefusedError, match="give closes_at"):
        compose(facts=replace(FACTS, times=replace(TIMES, closes_at=moment(21))))
    with pytest.raises(RefusedError, match="check closed_at"):
        compose(facts=replace(FACTS, times=replace(TIMES, closed_at=moment(26))))


def test_a_quorum_that_was_missed_by_a_corrected_electorate_is_told():
    few = replace(MANIFEST, electorate=packing.Measures(900, 9_000_000))
    certificate = compose(manifest=few)
    assert {each.outcome for each in certificate.questions} == {"QUORUM_NOT_MET"}


def test_a_correction_replaces_the_certificate_before_it():
    digest = certificate_digest(CERTIFICATE)
    verify_replaces(later(), CERTIFICATE, digest)
    with pytest.raises(VerificationError, match="does not replace the one before"):
        verify_replaces(later(), CERTIFICATE, "0" * 64)
    with pytest.raises(VerificationError, match="does not replace the one before"):
        verify_replaces(later(number=3), CERTIFICATE, digest)
    other = replace(CERTIFICATE, election=replace(CERTIFICATE.election, uuid="another"))
    with pytest.raises(VerificationError, match="another election"):
        verify_replaces(later(), other, digest)


def test_the_sample_is_what_it_says():
    """So that the figures above can be checked by hand."""
    assert sum(heads for heads, _ in VOTES[0]) == CAST[0] == 431
    assert sum(area for _, area in VOTES[0]) == sum(area for _, area in VOTES[2]) == CAST[1]
