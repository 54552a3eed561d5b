"""A certificate says what the other files say, and the three offices signed it: as words, and on paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from tests.vote.verifier.bundles import HONEST, lone, rejected, verified
from tests.vote.verifier.certified import (
    CONTESTED,
    ELECTION,
    HONEST_FACTS,
    ISSUE,
    LATE,
    certificate_of,
    certified,
    printed,
    signed,
)
from vote.certificate import pades
from vote.certificate.content import certificate_digest
from vote.certificate.parts import Disclosure, Disputes, Measures
from vote.certificate.questions import Weighed
from vote.certificate.sheet import render_sheet
from vote.certificate.weighing import weigh
from vote.election.manifest import decode_manifest
from vote.verifier.report import Status, Step

CERTIFICATE = certificate_of()
JSON, PDF = signed(CERTIFICATE), printed(CERTIFICATE)


@pytest.fixture(autouse=True, scope="module")
def _set_once() -> Iterator[None]:
    """Set each certificate once; it takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pades, "render_sheet", cache(render_sheet))
        yield


def test_a_certificate_is_verified() -> None:
    report = verified(certified(JSON, PDF))
    lines = {line.step: line for line in report.lines}
    assert lines[Step.CERTIFICATE].detail.en == "number 1, signed by all three"
    assert report.facts is not None
    assert report.facts["certificate"] == {"number": 1, "kind": "certificate"}


def test_before_it_is_issued_there_is_none() -> None:
    for bundle in (certified(None, None), lone(HONEST.archive)):
        lines = {line.step: line for line in verified(bundle).lines}
        assert lines[Step.CERTIFICATE].status is Status.SKIPPED


@pytest.mark.parametrize(
    ("json", "pdf", "name"), [(JSON, None, "certificate.pdf"), (None, PDF, "certificate.json")], ids=["json", "pdf"]
)
def test_words_and_paper_come_together(json: bytes | None, pdf: bytes | None, name: str) -> None:
    refusal = f"{name} is missing from the bundle: fetch it again"
    assert rejected(certified(json, pdf), Step.ARCHIVE) == refusal


def test_a_certificate_before_the_result_is_refused() -> None:
    bundle = certified(JSON, PDF)
    parts = {name: data for name, data in bundle.parts.items() if name not in {"result.json", "share-proofs.json"}}
    early = replace(bundle, archive=ELECTION.unfinished_archive(ended=True), parts=parts)
    refusal = "certificate.json is about a result, but the archive has none yet"
    assert rejected(early, Step.ARCHIVE) == refusal


LESS = weigh(decode_manifest(ELECTION.manifest), ELECTION.result, Measures(heads=0, area_dm2=0), LATE)
MORE = weigh(decode_manifest(ELECTION.manifest), ELECTION.result, Measures(heads=2, area_dm2=20000), LATE)
ONLINE = HONEST_FACTS.channels[0]
FIRST, *OTHERS = HONEST_FACTS.weighed


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"archive_sha256": "0" * 64}, "evidence archive_sha256"),
        ({"fingerprint": "x"}, "evidence fingerprint"),
        ({"opened": (1, 2)}, "trustees opened"),
        ({"extensions": ()}, "extensions"),
        ({"changes": HONEST_FACTS.changes[::-1]}, "changes"),
        ({"changes": (replace(HONEST_FACTS.changes[0], candidate="张三"), HONEST_FACTS.changes[1])}, "changes"),
        ({"channels": (replace(ONLINE, returned=5, superseded=1),)}, "channels returned"),
        ({"channels": (replace(ONLINE, set_aside=0, superseded=1),)}, "channels set_aside"),
        ({"disputes": Disputes(raised=2, set_aside=1, kept=1, contested=0)}, "disputes"),
        (
            {"disclosure": Disclosure(simulations=200, permyriad=49, exact=False, outliers=0, accepted=False)},
            "disclosure",
        ),
        ({"weighed": (replace(FIRST, stands=not FIRST.stands), *OTHERS)}, "question 1, margins"),
        ({"weighed": (Weighed(FIRST.margins[1:], FIRST.stands, None), *OTHERS)}, "question 1, margins"),
        ({"weighed": (replace(FIRST, without_paper=True), *OTHERS)}, "question 1, margins"),
        ({"contested": MORE.contested}, "question 1, margins"),
        ({"contested": Measures(heads=1, area_dm2=20000)}, "question 1, margins"),
    ],
)
def test_a_certificate_that_says_something_else_is_refused(facts: dict[str, Any], refusal: str) -> None:
    false = signed(certificate_of(**facts))
    assert rejected(certified(false, PDF), Step.CERTIFICATE) == (
        f"certificate.json, {refusal}: it is not what the other files say"
    )


def test_weight_that_was_contested_before_counting_stays_contested() -> None:
    false = signed(certificate_of(contested=LESS.contested, weighed=LESS.questions))
    refusal = "certificate.json, contested: it is less than what was contested before counting"
    assert rejected(certified(false, PDF), Step.CERTIFICATE) == refusal


def test_objections_may_contest_more() -> None:
    more = certificate_of(contested=MORE.contested, weighed=MORE.questions)
    verified(certified(signed(more), printed(more)))


def test_what_paper_ballots_changed_only_their_own_count_tells() -> None:
    paper = replace(ONLINE, channel="paper", returned=1, void=1, set_aside=0, counted=0, area_dm2=0)
    weighed = (replace(FIRST, without_paper=False), *OTHERS)
    told = certificate_of(channels=(ONLINE, paper), weighed=weighed, sheet="sheet 1")
    verified(certified(signed(told), PDF))


def test_what_follows_from_manifest_and_result_is_compared() -> None:
    false = signed(replace(CERTIFICATE, demo=True))
    assert rejected(certified(false, PDF), Step.CERTIFICATE).startswith(
        "certificate.json, demo: it is not what manifest"
    )


def test_a_signature_that_is_missing_or_for_other_words_is_refused() -> None:
    refusal = "certificate.json: it counts with all signatures only, and lacks that of sub_district"
    assert rejected(certified(signed(CERTIFICATE, "organiser", "community"), PDF), Step.CERTIFICATE) == refusal
    other = JSON.replace(b'DQB53CqA1UtMwz"' + b',"secrecy', b'DQB53CqA1UtMwy","secrecy')
    for false in (JSON.replace(b'"phone_changes":17', b'"phone_changes":18'), other):
        assert "the signature is not for these words" in rejected(certified(false, PDF), Step.CERTIFICATE)


def test_what_is_no_certificate_is_refused() -> None:
    for false in (b"{", JSON + b" ", JSON.replace(b'"office":"organiser"', b'"office":"community"')):
        assert rejected(certified(false, PDF), Step.CERTIFICATE).startswith("certificate.json")


def test_a_moment_beyond_the_calendar_is_refused() -> None:
    late = replace(CERTIFICATE, issued_at=datetime(9999, 12, 31, 23, tzinfo=UTC))
    refusal = "certificate.json: a moment in it is beyond the calendar"
    assert rejected(certified(signed(late), PDF), Step.CERTIFICATE) == refusal


def test_another_pdf_is_refused() -> None:
    assert rejected(certified(JSON, printed(CERTIFICATE, 2)), Step.CERTIFICATE) == (
        "certificate.pdf: the signature of sub_district is missing"
    )
    changed = bytearray(PDF)
    changed[len(changed) // 2] ^= 1
    assert rejected(certified(JSON, bytes(changed)), Step.CERTIFICATE).startswith("certificate.pdf: ")


def test_a_pdf_of_another_release_is_said_not_to_be_compared() -> None:
    report = verified(certified(signed(certificate_of(sheet="sheet 1")), b"%PDF-1.7"))
    assert any(
        warning.en.startswith("certificate.pdf was set by another release (sheet 1)") for warning in report.warnings
    )


@pytest.mark.parametrize(("kind", "words"), [("correction", "更正"), ("revocation", "撤销")])
def test_a_later_certificate_says_what_it_is(kind: str, words: str) -> None:
    issue = replace(ISSUE, kind=kind, number=2, replaces=certificate_digest(CERTIFICATE), reason="第1题重新表决")
    later = certificate_of(issue)
    report = verified(certified(signed(later), printed(later)))
    assert f"这是第2号证书，是{words}：第1题重新表决。前一号不在这里，未核对" in [
        warning.zh for warning in report.warnings
    ]


def test_contested_weight_is_that_of_the_disputes_and_the_correction() -> None:
    assert HONEST_FACTS.contested == Measures(heads=CONTESTED.heads, area_dm2=CONTESTED.area_dm2 + 4252)
