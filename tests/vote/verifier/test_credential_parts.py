"""Whoever changes, drops or swaps a part of a voting key is refused; proofs are made anew where that helps him."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from crypto.credential_part import (
    CredentialParts,
    Side,
    combine_public,
    decode_parts,
    encode_parts,
    prove_part,
)
from crypto.encoding import hex_digest
from tests.simulator import UUID, ElectionSimulator
from tests.strategies import seeded
from tests.vote.verifier.bundles import HONEST, bundle_of, lone, rejected, verified
from vote.election.manifest import Manifest
from vote.verifier.report import Status, Step
from vote.verifier.service import verify_bundle

TWO = ElectionSimulator(two_parts=True)
ENTRIES = decode_parts(TWO.parts or b"", UUID)
Entries = list[CredentialParts]


def test_both_parts_of_each_key_are_checked() -> None:
    lines = {line.step: line for line in verified(bundle_of(TWO)).lines}
    assert (lines[Step.CREDENTIAL_PARTS].status, lines[Step.CREDENTIAL_PARTS].detail.en) == (Status.PASSED, "4 keys")


def test_keys_of_one_part_need_no_file_and_may_have_none() -> None:
    lines = {line.step: line for line in verified(bundle_of()).lines}
    assert lines[Step.CREDENTIAL_PARTS].status is Status.SKIPPED
    refusal = "parts.json is there, but by the manifest voting keys have one part"
    assert rejected(bundle_of(HONEST, parts=TWO.parts), Step.CREDENTIAL_PARTS) == refusal


def test_a_lone_archive_has_no_parts() -> None:
    lines = {line.step: line for line in verified(lone(TWO.archive)).lines}
    assert lines[Step.CREDENTIAL_PARTS].status is Status.SKIPPED


def test_a_bundle_without_the_parts_that_are_pinned_is_refused() -> None:
    refusal = "parts.json is missing from the bundle: fetch it again"
    assert rejected(bundle_of(TWO, parts=None), Step.CREDENTIAL_PARTS) == refusal


def test_parts_that_are_not_the_pinned_ones_are_refused() -> None:
    fewer = encode_parts(UUID, ENTRIES[1:])
    refusal = "parts.json: its hash is not the one in the manifest; it was changed or replaced"
    assert rejected(bundle_of(TWO, parts=fewer), Step.CREDENTIAL_PARTS) == refusal


def _of_another_key(entries: Entries) -> Entries:
    return [TWO.entry(99), *entries[1:]]


def _swapped(entries: Entries) -> Entries:
    first = entries[0]
    return [first._replace(letter=first.platform, platform=first.letter), *entries[1:]]


def _of_the_wrong_product(entries: Entries) -> Entries:
    return [entries[0]._replace(platform=entries[1].platform), *entries[1:]]


def _proved_elsewhere(entries: Entries) -> Entries:
    letter = prove_part("AnotherE1ectionUU", Side.LETTER, TWO.letters[0], seeded(1))
    found = [each.letter.public for each in entries].index(letter.public)
    return [each._replace(letter=letter) if place == found else each for place, each in enumerate(entries)]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda entries: entries[1:], "the credentials' parts: 1 credentials of this election are missing"),
        (_of_another_key, "it is not on the list of this election, or stands here twice"),
        (_swapped, "credential 1 of the parts: the letter part: "),
        (_of_the_wrong_product, "credential 1 of the parts: it is not the product of its parts"),
        (_proved_elsewhere, "of the parts: the letter part: "),
    ],
)
def test_parts_that_were_sealed_false_are_refused(change: Callable[[Entries], Entries], refusal: str) -> None:
    false = replace(TWO)
    vars(false)["parts"] = encode_parts(UUID, change(list(ENTRIES)))
    sentence = rejected(bundle_of(false, result=b"{}"), Step.CREDENTIAL_PARTS)
    assert sentence.startswith("parts.json: ")
    assert refusal in sentence


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"{", "parts.json: the credentials' parts: it is not JSON in UTF-8"),
        ((TWO.parts or b"") + b" ", "parts.json: the credentials' parts: not in canonical spelling"),
        (encode_parts("AnotherE1ectionUU", ENTRIES), "parts.json: the credentials' parts: they were made for another"),
    ],
)
def test_what_is_no_list_of_parts_is_refused(data: bytes, refusal: str) -> None:
    def pin(manifest: Manifest) -> Manifest:
        return replace(manifest, credential_parts_sha256=hex_digest(data))

    false = ElectionSimulator(two_parts=True, alter=pin)
    assert rejected(bundle_of(false, parts=data, result=b"{}"), Step.CREDENTIAL_PARTS).startswith(refusal)


def test_the_place_of_a_false_part_is_told_in_chinese() -> None:
    false = replace(TWO)
    vars(false)["parts"] = encode_parts(UUID, _of_the_wrong_product(list(ENTRIES)))
    trouble = verify_bundle(bundle_of(false, result=b"{}"), processes=1).trouble
    assert trouble is not None
    assert trouble.zh == "投票钥匙的两半对不上（第7项“每把投票钥匙的两半”，第1把钥匙，parts.json）"


def test_two_parts_make_the_key_that_votes() -> None:
    assert {combine_public(each.letter.public, each.platform.public) for each in ENTRIES} == set(TWO.setup.weights)
