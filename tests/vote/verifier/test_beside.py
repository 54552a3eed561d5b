"""Whoever changes anything in a file beside the archive is refused, with a sentence that says where."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785

from crypto.encoding import compact_json
from tests.vote.verifier.bundles import HONEST, bundle_of, rejected, verified
from tests.vote.verifier.changing import changed, drop, other, places, put
from vote.verifier.report import Step

RESULT = json.loads(HONEST.result)


@pytest.mark.parametrize("place", list(places(RESULT)), ids=str)
def test_every_changed_field_of_the_result_is_refused(place: tuple[str | int, ...]) -> None:
    for change in (other, drop):
        sentence = rejected(bundle_of(result=changed(RESULT, place, change)), Step.FINDING)
        assert sentence.startswith("result.json")
        if "questions" in place and place[-1] == "area_dm2":
            question, choice = int(place[1]) + 1, int(place[3]) + 1
            assert f"result.json, question {question}, choice {choice}" in sentence


@pytest.mark.parametrize(
    ("result", "refusal"),
    [
        (HONEST.result + b"\n", "result.json: not in canonical spelling"),
        (b"[]", "result.json: it says [], but "),
        (b"{", "result.json: it is not JSON"),
        (changed(RESULT, ("note",), lambda holder, key: holder.update({key: 1})), "note does not belong there"),
    ],
)
def test_a_result_with_something_else_is_refused(result: bytes, refusal: str) -> None:
    assert refusal in rejected(bundle_of(result=result), Step.FINDING)


def _proof_changed(document: Any) -> Any:
    proof = json.loads(document["proofs"][1]["proof"])
    proof["proofs"][0][0]["response"] = "1"
    document["proofs"][1]["proof"] = compact_json(proof).decode()
    return document


@pytest.mark.parametrize(
    ("change", "step", "refusal"),
    [
        (
            lambda document: document["proofs"].pop(),
            Step.RESULT,
            "trustee 3 (街道丙): the extra proof of the share is mi",
        ),
        (_proof_changed, Step.RESULT, "trustee 3 (街道丙): the extra proof, question 1, choice 1: "),
        (lambda document: document["proofs"].reverse(), None, ""),
        (
            lambda document: document.update(election="x"),
            Step.SHARES,
            "share-proofs.json: it is about another election",
        ),
        (
            lambda document: document["proofs"].append(document["proofs"][0]),
            Step.SHARES,
            "trustee 1 has a proof already",
        ),
        (lambda document: document["proofs"][0].update(trustee=2), Step.SHARES, "has no share of trustee 2"),
        (lambda document: document.update(version=2), Step.SHARES, "share-proofs.json: version 1 is expected"),
        (lambda document: document["proofs"][0].update(proof="{}"), Step.RESULT, "trustee 1 (业主甲): the extra proof"),
    ],
)
def test_share_proofs_are_held_to_the_shares(change: Callable[[Any], Any], step: Step | None, refusal: str) -> None:
    document = json.loads(HONEST.share_proofs)
    change(document)
    bundle = bundle_of(share_proofs=rfc8785.dumps(document))
    if step is None:
        verified(bundle)
    else:
        assert refusal in rejected(bundle, step)


ROLL = json.loads(HONEST.roll_public)


@pytest.mark.parametrize(
    ("place", "change", "refusal"),
    [
        (("entitlements", 1, "leaf"), "0" * 64, "its root is not that of its leaves"),
        (("entitlements", 1, "leaf"), "F" * 64, "entitlement 2, leaf: 64 lowercase hex digits are expected"),
        (("entitlements", 1, "entitlement"), 3, "entitlement 2: entitlements are numbered from 1 without a gap"),
        (("entitlements", 1, "heads"), 2, "entitlement 2: an entitlement is one head"),
        (("entitlements", 1, "places"), [1], "entitlement 2, places: a text is expected"),
        (("entitlements", 1, "owner"), None, "entitlement 2, owner: a text is expected"),
        (("entitlements",), ROLL["entitlements"][:3], "it says 4 heads and lists 3 entitlements"),
        (("root",), "0" * 64, "its root is not that of its leaves"),
        (("heads",), 5, "it says 5 heads and lists 4 entitlements"),
        (("area_dm2",), 604251, "area_dm2 is 604251, the manifest's is 604252"),
        (("version",), 2, "roll-public.json: version 1 is expected"),
        (("electorate_leaves", 0), "0" * 64, "electorate_leaves do not make the electorate root"),
        (("electorate_leaves", 0), 1, "electorate_leaves, entitlement 1: 64 lowercase hex digits are expected"),
        (("electorate_leaves",), ROLL["electorate_leaves"][:3], "3 electorate_leaves for 4 entitlements"),
    ],
)
def test_a_changed_roll_is_refused(place: tuple[str | int, ...], change: Any, refusal: str) -> None:
    assert refusal in rejected(bundle_of(roll_public=put(ROLL, place, change)), Step.ROLL)


def test_another_spelling_of_the_roll_is_refused() -> None:
    for roll in (HONEST.roll_public + b" ", HONEST.roll_public.replace(b"604252", b"9007199254740993")):
        assert "not in canonical spelling" in rejected(bundle_of(roll_public=roll), Step.ROLL)


def test_a_roll_without_the_commitments_to_keys_is_a_warning() -> None:
    roll = rfc8785.dumps({name: value for name, value in ROLL.items() if name != "electorate_leaves"})
    report = verified(bundle_of(roll_public=roll))
    assert any("electorate_leaves" in warning.en for warning in report.warnings)
