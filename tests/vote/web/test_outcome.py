"""What the result page is told. Verdicts follow Civil Code art. 278 by hand: 2/3 took part, over half agree."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.vote.election.test_manifest import MANIFEST
from vote.election.ask import Ask, election, motion
from vote.election.manifest import Manifest
from vote.election.packing import Measures, choose_base
from vote.errors import ContradictionError
from vote.law.library import load_profile
from vote.law.measure import Measure
from vote.law.question import Outcome
from vote.law.working import Check
from vote.tally.finding import encode_result, find_result
from vote.web.outcome import read_result

RULES, HIRE = motion("1", "规则"), motion("4", "解聘物业")
SEATS = election("3", "选举", ("甲", "乙", "丙", "丁"), 2, 1, (0,))
Votes = Sequence[tuple[int, int]]


def manifest_of(asks: Sequence[Ask], electorate: Measures) -> Manifest:
    """Return a sealed manifest that asks `asks` of `electorate`."""
    profile = load_profile("cn-zj-jiaxing-jiashan")
    return replace(
        MANIFEST,
        estate={**MANIFEST.estate, "name": "馨苑"},
        title="2026年业主大会",
        profile={"id": profile.id, "version": profile.version, "digest": profile.digest},
        electorate=electorate,
        base=choose_base(electorate.heads),
        questions=tuple(asks),
    )


def result_of(manifest: Manifest, cast: tuple[int, int], totals: Sequence[Votes], **changed: Any) -> bytes:
    """Return `result.json` for heads and area per choice; `changed` are lawful changes as `find_result` takes them."""
    base = manifest.base
    packed = [[heads + area * base for heads, area in row] for row in totals]
    return encode_result(find_result(manifest, packed, cast[0] + cast[1] * base, **changed))


def test_a_motion_comes_with_its_numbers_and_its_working() -> None:
    manifest = manifest_of([RULES], Measures(9, 90000))
    result = read_result(manifest, result_of(manifest, (6, 60000), [[(4, 31000), (1, 9000), (1, 20000)]]))
    assert (result.electorate, result.cast) == (Measure(9, 90000), Measure(6, 60000))
    question = result.questions[0]
    assert question.outcome is Outcome.ADOPTED
    assert [choice.votes for choice in question.choices] == [Measure(4, 31000), Measure(1, 9000), Measure(1, 20000)]
    assert [(line.left, line.right) for line in result.quorum] == [(18, 18), (180000, 180000)]
    assert [(line.check, line.left, line.right) for line in question.verdict] == [
        (Check.APPROVAL, 8, 6),
        (Check.APPROVAL, 62000, 60000),
    ]
    assert question.takes_effect is None


def test_a_rejection_shows_those_against() -> None:
    manifest = manifest_of([HIRE], Measures(9, 90000))
    result = read_result(manifest, result_of(manifest, (9, 90000), [[(1, 10000), (7, 70000), (1, 10000)]]))
    assert result.questions[0].outcome is Outcome.REJECTED
    assert {line.check for line in result.questions[0].verdict} == {Check.REJECTION}


def test_too_few_are_no_decision_for_anybody() -> None:
    manifest = manifest_of([RULES, SEATS], Measures(9, 90000))
    votes = [[(6, 59999), (0, 0), (0, 0)], [(6, 59999), (0, 0), (0, 0), (0, 0), (0, 0)]]
    result = read_result(manifest, result_of(manifest, (6, 59999), votes))
    assert [question.outcome for question in result.questions] == [Outcome.QUORUM_NOT_MET] * 2
    assert [line.met for line in result.quorum] == [True, False]
    assert {line.check for line in result.questions[0].verdict} == {Check.QUORUM}


def test_an_election_says_who_where_and_how_a_tie_goes_on() -> None:
    manifest = manifest_of([RULES, SEATS], Measures(9, 90000))
    votes = [
        [(7, 70000), (1, 10000), (1, 10000)],
        [(8, 80000), (6, 60000), (6, 60000), (2, 20000), (1, 10000)],
    ]
    question = read_result(manifest, result_of(manifest, (9, 90000), votes)).questions[1]
    assert question.names("elected") == ["甲"]
    assert question.names("tie") == ["乙", "丙"]
    assert question.names("not-elected") == ["丁"]
    assert (question.open_seats, question.tied_seats, question.tie) == (0, 1, "RUN_OFF")
    assert question.takes_effect is True
    assert question.choices[-1].fate is None
    assert len(question.choices[0].working) == 2


def test_an_election_whose_rules_fell_takes_no_effect() -> None:
    manifest = manifest_of([RULES, SEATS], Measures(9, 90000))
    votes = [[(1, 10000), (7, 70000), (1, 10000)], [(8, 80000), (7, 70000), (0, 0), (0, 0), (1, 10000)]]
    question = read_result(manifest, result_of(manifest, (9, 90000), votes)).questions[1]
    assert question.names("elected") == ["甲", "乙"]
    assert question.takes_effect is False


@pytest.mark.parametrize(("word", "other"), [(b"ADOPTED", b"REJECTED"), (b'"elected"', b'"alternate"')])
def test_a_verdict_that_does_not_follow_is_not_shown(word: bytes, other: bytes) -> None:
    manifest = manifest_of([RULES, SEATS], Measures(9, 90000))
    votes = [[(7, 70000), (1, 10000), (1, 10000)], [(8, 80000), (7, 70000), (0, 0), (0, 0), (1, 10000)]]
    data = result_of(manifest, (9, 90000), votes)
    with pytest.raises(ContradictionError, match="does not follow"):
        read_result(manifest, data.replace(word, other, 1))


def test_another_rule_profile_is_not_used() -> None:
    manifest = manifest_of([RULES], Measures(9, 90000))
    data = result_of(manifest, (9, 90000), [[(7, 70000), (1, 10000), (1, 10000)]])
    with pytest.raises(ContradictionError):
        read_result(replace(manifest, profile={**manifest.profile, "digest": "0" * 64}), data)


def test_who_withdrew_and_a_corrected_electorate_are_shown() -> None:
    manifest = manifest_of([election("3", "选举", ("甲", "乙"), 1)], Measures(9, 90000))
    packed = [[heads + area * manifest.base for heads, area in [(8, 80000), (7, 70000), (0, 0)]]]
    cast = 8 + 80000 * manifest.base
    result = read_result(manifest, encode_result(find_result(manifest, packed, cast, [(0, 0)], Measures(1, 500))))
    assert result.electorate == Measure(10, 90500)
    choices = result.questions[0].choices
    assert [choice.withdrawn for choice in choices] == [True, False, False]
    assert [choice.fate for choice in choices] == ["not-elected", "elected", None]
