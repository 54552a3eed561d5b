"""What was changed after sealing is what the sealed rules allow, and the outcome is found with it."""

import json
from datetime import UTC, datetime

import pytest
import rfc8785

from tests.simulator import ElectionSimulator
from tests.vote.terms import LATEST
from tests.vote.verifier.bundles import HONEST, bundle_of, lone, rejected, verified
from vote.election.change import Change, Corrected, Prolonged, Withdrawn, encode_changes_list
from vote.verifier.report import Status, Step

UUID = "DQB53CqA1UtMwz"
CHANGED = ElectionSimulator(changes=(Prolonged(LATEST), Withdrawn(0, 1), Corrected(2, 12345), Corrected(-1, -20000)))


def test_lawful_changes_are_told() -> None:
    report = verified(bundle_of(CHANGED))
    lines = {line.step: line for line in report.lines}
    assert lines[Step.CHANGES].detail == (
        "延长1次，1位候选人退出，业主总数更正+1人、-76.55平方米",
        "1 extensions, 1 candidates withdrew, the electorate is corrected by +1 heads, -76.55 m²",
    )
    assert report.facts is not None
    assert report.facts["changes"] == 4


def test_no_changes_are_told_too() -> None:
    lines = {line.step: line for line in verified(bundle_of()).lines}
    assert lines[Step.CHANGES].detail.en == "there are none"
    lines = {line.step: line for line in verified(lone(HONEST.archive)).lines}
    assert lines[Step.CHANGES].status is Status.SKIPPED


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ([Prolonged(LATEST), Prolonged(LATEST)], "changes.json, change 2: The sealed rules allow 1 extension(s)"),
        ([Prolonged(datetime(2027, 1, 1, tzinfo=UTC))], "changes.json, change 1: An extension ends after "),
        ([Withdrawn(1, 0)], "changes.json, change 1: Only a candidate of an election can withdraw"),
        ([Withdrawn(0, 3)], "changes.json, change 1: There is no such candidate"),
        ([Corrected(1, 1), Corrected(-5, 0)], "changes.json, change 2: This correction would leave nobody"),
    ],
)
def test_changes_that_the_sealed_rules_forbid_are_refused(changes: list[Change], refusal: str) -> None:
    sentence = rejected(bundle_of(changes_list=encode_changes_list(UUID, changes)), Step.CHANGES)
    assert sentence.startswith(refusal)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"{", "changes.json: it is not JSON in UTF-8"),
        (HONEST.changes_list + b" ", "changes.json: not in canonical spelling"),
        (encode_changes_list("AnotherE1ectionUU", []), "changes.json: it is of another election"),
        (rfc8785.dumps(json.loads(HONEST.changes_list) | {"changes": [{}]}), "changes.json, change 1: its kind is"),
    ],
)
def test_what_is_no_list_of_changes_is_refused(data: bytes, refusal: str) -> None:
    assert rejected(bundle_of(changes_list=data), Step.CHANGES).startswith(refusal)


def test_the_outcome_is_found_with_the_changes() -> None:
    """Candidate 1 has withdrawn: two of three are elected who had the votes, and the electorate is another."""
    found = json.loads(CHANGED.result)
    assert found["electorate"] == {"heads": 5, "area_dm2": 604252 - 7655}
    assert CHANGED.result != HONEST.result
    unchanged = bundle_of(CHANGED, result=HONEST.result)
    assert rejected(unchanged, Step.FINDING).startswith("result.json")


def test_a_result_that_ignores_a_withdrawal_is_refused() -> None:
    election = ElectionSimulator(changes=(Withdrawn(0, 0),))
    verified(bundle_of(election))
    assert rejected(bundle_of(election, result=HONEST.result), Step.FINDING).startswith("result.json, question 1")
