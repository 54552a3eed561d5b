import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import rfc8785

from crypto.errors import MalformedError
from crypto.signature import generate_signing_key
from tests.disputed import Disputed
from tests.simulator import ElectionSimulator
from tests.strategies import seeded
from tests.vote.terms import LATEST
from tests.vote.verifier.bundles import EARLY, HONEST, bundle_of, lone, rejected, verified
from vote.check.rules import DisputeKind
from vote.election.change import Prolonged
from vote.verifier.receipt import decode_receipt, number_ballots
from vote.verifier.report import Step

NAME = "receipts/a.json"


def _receipt(change: Callable[[dict[str, Any]], object]) -> bytes:
    value = json.loads(HONEST.receipt(1))
    change(value)
    return rfc8785.dumps(value)


def test_receipts_of_every_ballot_are_kept() -> None:
    receipts = {f"receipts/{position}.json": HONEST.receipt(position) for position in range(4)}
    report = verified(bundle_of(HONEST, receipts))
    assert report.lines[int(Step.RECEIPTS) - 1].detail.en == "4 receipts, the ballots of 4 are in the archive"
    assert not any("--key" in warning.en for warning in report.warnings)


def test_without_the_key_it_is_said_that_signatures_were_not_checked() -> None:
    report = verified(replace(lone(HONEST.archive), receipts={NAME: HONEST.receipt(1)}))
    assert any("--key" in warning.en for warning in report.warnings)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda value: value.pop("signature"), "field signature is missing"),
        (lambda value: value.update(note=1), "unknown field 'note'"),
        (lambda value: value.update(promise=1), "promise: Base64 is expected"),
        (lambda value: value.update(promise="é"), "promise: Base64 is expected"),
        (lambda value: value.update(signature="AAAA"), "signature: 64 bytes are expected"),
        (lambda value: value.update(promise=base64.b64encode(b"{}").decode()), "promise: field version is missing"),
    ],
)
def test_what_is_no_receipt_is_refused(change: Callable[[dict[str, Any]], object], refusal: str) -> None:
    sentence = rejected(bundle_of(HONEST, {NAME: _receipt(change)}), Step.RECEIPTS)
    assert sentence.startswith(NAME)
    assert refusal in sentence


def test_another_spelling_of_a_receipt_is_refused() -> None:
    with pytest.raises(MalformedError, match="not in canonical spelling"):
        decode_receipt(HONEST.receipt(1) + b" ", NAME)


def test_a_promise_with_a_number_beyond_canonical_json_is_refused() -> None:
    receipt = json.loads(HONEST.receipt(1))
    promise = base64.b64decode(receipt["promise"]).replace(b'"sequence":1', b'"sequence":9007199254740993')
    data = rfc8785.dumps(receipt | {"promise": base64.b64encode(promise).decode()})
    with pytest.raises(MalformedError, match=f"^{NAME}: promise: not in canonical spelling"):
        decode_receipt(data, NAME)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"election": "AnotherE1ectionUU"}, "it is of another election, or of another version of this one"),
        ({"fingerprint": "x" * 43}, "it is of another election, or of another version of this one"),
        ({"tracker": "x" * 43}, f"its ballot, tracker {'x' * 43}, is not in the archive"),
        ({"sequence": 2}, "it promises ballot 2 of its credential, in the archive it is number 1"),
        (
            {"received_at": "2026-12-20T10:00:00.000Z"},
            "its ballot was received at 2026-12-20T10:00:00.000Z, when voting was over since 2026-12-20T10:00:00Z",
        ),
        (
            {"received_at": "2026-12-06T00:59:59.999Z"},
            "its ballot was received at 2026-12-06T00:59:59.999Z, when voting was not to open before 2026-12-06T01:00:00Z",
        ),
    ],
)
def test_a_broken_promise_is_refused(changes: dict[str, Any], refusal: str) -> None:
    receipts = {NAME: HONEST.receipt(1, **changes)}
    assert rejected(bundle_of(HONEST, receipts), Step.RECEIPTS) == f"{NAME}: {refusal}"


def test_a_promise_without_a_moment_is_refused() -> None:
    receipts = {NAME: HONEST.receipt(1, received_at="yesterday")}
    sentence = rejected(bundle_of(HONEST, receipts), Step.RECEIPTS)
    assert sentence.startswith(f"{NAME}, promise, received_at: a moment in UTC is expected")


@pytest.mark.parametrize("moment", ["2026-12-06T01:00:00.000Z", "2026-12-20T09:59:59.999Z"])
def test_the_first_and_the_last_moment_are_in_time(moment: str) -> None:
    verified(bundle_of(HONEST, {NAME: HONEST.receipt(1, received_at=moment)}))


def test_a_ballot_that_came_in_an_extension_is_in_time_and_a_later_one_is_not() -> None:
    extended = ElectionSimulator(changes=(Prolonged(LATEST),))
    verified(bundle_of(extended, {NAME: extended.receipt(1, received_at="2026-12-27T09:59:59.999Z")}))
    late = {NAME: extended.receipt(1, received_at="2026-12-27T10:00:00.000Z")}
    assert "voting was over since 2026-12-27T10:00:00Z" in rejected(bundle_of(extended, late), Step.RECEIPTS)


def test_a_lone_archive_does_not_say_when_ballots_were_in_time() -> None:
    late = HONEST.receipt(1, received_at="2027-01-01T00:00:00.000Z")
    verified(replace(lone(HONEST.archive), receipts={NAME: late}))


def test_a_key_that_is_said_goes_before_the_manifests() -> None:
    other = generate_signing_key(seeded(5)).public
    sentence = rejected(bundle_of(HONEST, {NAME: HONEST.receipt(1)}), Step.RECEIPTS, other)
    assert sentence.startswith(f"{NAME}: signature: it is not by this key")


def test_a_promise_that_was_changed_is_refused() -> None:
    receipt = json.loads(HONEST.receipt(1))
    promise = base64.b64decode(receipt["promise"]).replace(b"86400", b"86401")
    data = rfc8785.dumps(receipt | {"promise": base64.b64encode(promise).decode()})
    assert "signature: it is not by this key" in rejected(bundle_of(HONEST, {NAME: data}), Step.RECEIPTS)


def test_before_the_end_a_missing_ballot_breaks_no_promise() -> None:
    changes = {"archive": HONEST.unfinished_archive(ended=False), "box": None, **EARLY}
    receipts = {NAME: HONEST.receipt(1, tracker="x" * 43), "receipts/b.json": HONEST.receipt(0)}
    report = verified(bundle_of(HONEST, receipts, **changes))
    assert any("the ballots of 1 receipts are not in the archive yet" in warning.en for warning in report.warnings)


def test_a_receipt_of_a_ballot_that_was_set_aside_is_said_so() -> None:
    taken = ElectionSimulator(disputed=Disputed({3: DisputeKind.IMPERSONATION}))
    receipts = {f"receipts/{position}.json": taken.receipt(position) for position in range(4)}
    report = verified(bundle_of(taken, receipts))
    assert report.lines[int(Step.RECEIPTS) - 1].detail.en == "4 receipts, the ballots of 3 are in the archive"
    assert any(
        warning.en.startswith("the ballots of 1 receipts were taken out before counting, after a dispute")
        for warning in report.warnings
    )


def test_while_ballots_are_checked_receipts_are_held_to_the_box() -> None:
    changes = {"archive": HONEST.setup_archive, **EARLY}
    report = verified(bundle_of(HONEST, {NAME: HONEST.receipt(1)}, **changes))
    assert any("the ballots of 1 receipts are in box.json" in warning.en for warning in report.warnings)
    lost = {NAME: HONEST.receipt(1, tracker="x" * 43)}
    refusal = f"{NAME}: its ballot, tracker {'x' * 43}, is not in box.json"
    assert rejected(bundle_of(HONEST, lost, **changes), Step.RECEIPTS) == refusal


def test_a_lone_archive_cannot_tell_whether_a_missing_ballot_was_set_aside() -> None:
    taken = ElectionSimulator(disputed=Disputed({3: DisputeKind.IMPERSONATION}))
    bundle = replace(lone(taken.archive), receipts={NAME: taken.receipt(3)})
    assert rejected(bundle, Step.RECEIPTS).endswith(
        " is not in the archive, and no set-aside.json is there that says why"
    )


def test_ballots_are_numbered_by_credential() -> None:
    assert list(number_ballots([b"1", b"2", b"3", b"4"], ["a", "b", "a", None]).values()) == [1, 1, 2, 1]
