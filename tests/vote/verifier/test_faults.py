"""Whoever changes, drops, doubles or moves anything in a bundle is refused, with a sentence that says where.

The archives here are written anew round each fault, with hashes and predecessors that hold, as an operator would.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.archive import ArchiveWriter
from crypto.encoding import compact_json
from crypto.errors import VerificationError
from crypto.group import encode_point, multiply_base
from tests.simulator import TIMESTAMP, UUID, ElectionSimulator
from tests.vote.verifier.bundles import EARLY, HONEST, box_of, bundle_of, lone, rejected, verified
from vote.election.change import effects_of
from vote.election.manifest import Manifest, decode_manifest
from vote.election.packing import Measures
from vote.verifier.report import Step
from vote.verifier.rules import verify_finding

OTHER = ElectionSimulator(seed=2, title="第二次业主大会")


def test_an_honest_bundle_is_verified() -> None:
    report = verified(bundle_of())
    assert [line.step for line in report.lines] == [step for step in Step if step <= Step.LOG_RECEIPTS]
    assert report.facts is not None
    assert report.facts["cast"] == {"heads": 3, "area_dm2": 8937 + 10312 + 570000}
    assert report.facts["totals"] == [list(row) for row in HONEST.totals]
    assert (report.facts["ballots"], report.facts["effective"]) == (4, 3)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(HONEST.archive) - 1), st.integers(1, 255))
def test_a_changed_byte_anywhere_in_the_archive_is_refused(place: int, change: int) -> None:
    data = bytearray(HONEST.archive)
    data[place] ^= change
    assert rejected(bundle_of(archive=bytes(data)), Step.ARCHIVE)
    assert rejected(lone(bytes(data)), Step.ARCHIVE)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["manifest", "result"]), st.data(), st.integers(1, 255))
def test_a_changed_byte_anywhere_in_manifest_or_result_is_refused(part: str, draw: st.DataObject, change: int) -> None:
    data = bytearray(getattr(HONEST, part))
    data[draw.draw(st.integers(0, len(data) - 1))] ^= change
    step = Step.MANIFEST if part == "manifest" else Step.FINDING
    assert rejected(bundle_of(**{part: bytes(data)}), step).startswith(part)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, len(HONEST.archive) // 512 - 1))
def test_an_archive_that_ends_too_early_is_refused_in_a_bundle(blocks: int) -> None:
    assert rejected(bundle_of(archive=HONEST.archive[: 512 * blocks]), Step.ARCHIVE)


def test_ballots_of_one_owner_that_change_places_are_refused() -> None:
    first, second, third, fourth = HONEST.ballots
    moved = [fourth, second, third, first]
    archive = HONEST.archive_of(ballots=moved)
    assert (
        rejected(bundle_of(archive=archive), Step.BOX) == "event 1 (Ballot): box.json has another ballot at this place"
    )
    refusal = "the encrypted sum is not that of the ballots that count"
    assert refusal in rejected(bundle_of(archive=archive, box=box_of(moved)), Step.SUM)


@pytest.mark.parametrize("position", range(1, 4))
def test_a_dropped_ballot_that_counts_is_refused(position: int) -> None:
    ballots = [data for place, data in enumerate(HONEST.ballots) if place != position]
    archive = HONEST.archive_of(ballots=ballots)
    refusal = f"box.json, ballot {position + 1}: it is neither in the archive nor in set-aside.json"
    assert rejected(bundle_of(archive=archive), Step.BOX) == refusal
    fewer = ElectionSimulator(votes=[vote for place, vote in enumerate(HONEST.votes) if place != position])
    if fewer.cast != HONEST.cast:
        assert "check.json, cast " in rejected(bundle_of(archive=archive, box=box_of(ballots)), Step.CHECK)
    bundle = bundle_of(archive=archive, box=box_of(ballots), check=fewer.check)
    assert "event EncryptedTally: " in rejected(bundle, Step.SUM)


def test_a_ballot_dropped_with_its_sum_breaks_its_receipt() -> None:
    """All that was published agrees; only who kept a receipt can show it."""
    fewer = ElectionSimulator(votes=HONEST.votes[:2])
    assert fewer.setup == HONEST.setup
    verified(bundle_of(fewer))
    receipts = {"receipts/2.json": HONEST.receipt(2)}
    sentence = rejected(bundle_of(fewer, receipts), Step.RECEIPTS)
    assert sentence.startswith("receipts/2.json: its ballot, tracker ")
    assert sentence.endswith(" is not in the archive")


def test_a_doubled_ballot_is_refused() -> None:
    bundle = bundle_of(archive=HONEST.archive_of(ballots=[*HONEST.ballots, HONEST.ballots[1]]))
    assert rejected(bundle, Step.BALLOTS) == "event 5 (Ballot): the same ballot stands in event 2 already"


def test_ballots_that_do_not_hold_are_counted_and_the_first_is_named() -> None:
    ballots = [HONEST.ballots[0], HONEST.ballots[1][:-9], OTHER.ballots[2], HONEST.ballots[3]]
    sentence = rejected(bundle_of(archive=HONEST.archive_of(ballots=ballots)), Step.BALLOTS)
    assert sentence.startswith("event 2 (Ballot): the ballot: ")
    assert sentence.endswith("; and 1 more ballots do not hold")


@pytest.mark.parametrize(("heads", "step"), [(2, Step.WEIGHTS), (0, Step.WEIGHTS)])
def test_a_credential_that_is_not_one_head_is_refused(heads: int, step: Step) -> None:
    heavy = ElectionSimulator(weigh=lambda area, base: area * base + (heads if area == 10312 else 1))
    assert "of the list: its weight " in rejected(bundle_of(heavy, result=b"{}"), step)
    assert "of the list: its weight " in rejected(lone(heavy.archive), step)


def test_a_weight_changed_after_sealing_is_refused() -> None:
    """The ballots' fingerprint covers no weights; the manifest does."""
    changed = replace(HONEST)
    vars(changed)["credentials"] = HONEST.credentials.replace(b",103121", b",103131")
    vars(changed)["manifest"] = HONEST.manifest
    assert rejected(bundle_of(changed), Step.MANIFEST).startswith("manifest.json: credentials_sha256 is not the hash")


def test_a_trustee_renamed_in_the_archive_is_refused() -> None:
    document = json.loads(HONEST.trustees_json)
    document[0][1]["verification_keys"][1]["name"] = "物业公司"
    changed = replace(HONEST)
    vars(changed)["trustees_json"] = compact_json(document)
    vars(changed)["manifest"] = HONEST.manifest
    assert "trustees: sha256 is not the hash" in rejected(bundle_of(changed), Step.MANIFEST)


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("total_weight", HONEST.cast_weight + 1, "it says a total weight of 5892494, but the ballots that count weigh"),
        ("num_tallied", 4, "it counts 4 ballots, but 3 count"),
        ("tally", OTHER.record.tally, "the encrypted sum is not that of the ballots that count"),
    ],
)
def test_a_false_record_of_the_sum_is_refused(field: str, value: Any, refusal: str) -> None:
    record = replace(HONEST.record, **{field: value})
    assert refusal in rejected(bundle_of(archive=HONEST.archive_of(record=record)), Step.SUM)


@pytest.mark.parametrize(("question", "choice"), [(0, 0), (0, 3), (1, 1)])
def test_a_false_total_is_refused(question: int, choice: int) -> None:
    totals = [list(row) for row in HONEST.totals]
    totals[question][choice] += 1
    bundle = bundle_of(archive=HONEST.archive_of(totals=tuple(map(tuple, totals))))
    assert f"event Result: the result, question {question + 1}, choice {choice + 1}: " in rejected(bundle, Step.RESULT)


def test_the_manifest_of_another_election_is_refused() -> None:
    refusal = "manifest: election.json does not pin these bytes; this is not the sealed manifest"
    assert rejected(bundle_of(manifest=OTHER.manifest), Step.MANIFEST) == refusal


def _electorate(heads: int, area_dm2: int) -> Callable[[Manifest], Manifest]:
    return lambda manifest: replace(manifest, electorate=Measures(heads, area_dm2))


def _trustees(**fields: Any) -> Callable[[Manifest], Manifest]:
    return lambda manifest: replace(manifest, trustees={**manifest.trustees, **fields})


def _with(**fields: Any) -> Callable[[Manifest], Manifest]:
    return lambda manifest: replace(manifest, **fields)


def _motion_changed(manifest: Manifest) -> Manifest:
    first, second = manifest.questions
    return replace(manifest, questions=(first, replace(second, text="是否同意提高物业费")))


def _maximum_changed(manifest: Manifest) -> Manifest:
    first, second = manifest.questions
    return replace(manifest, questions=(replace(first, maximum=3), second))


@pytest.mark.parametrize(
    ("alter", "step", "refusal"),
    [
        (_with(uuid="AnotherE1ectionUU"), Step.MANIFEST, "it is that of election AnotherE1ectionUU"),
        (_with(title="别的大会"), Step.MANIFEST, "its title is not the name of the election"),
        (_with(demo=True), Step.MANIFEST, "DEMO stands in the title of demonstrations, and only there"),
        (_with(questions=HONEST.asks[:1]), Step.MANIFEST, "it has 1 questions, the election in the archive has 2"),
        (_motion_changed, Step.MANIFEST, "manifest.json, question 2: it is not the question of the archive"),
        (_maximum_changed, Step.MANIFEST, "manifest.json, question 1: it is not the question of the archive"),
        (_trustees(sha256="0" * 64), Step.MANIFEST, "trustees: sha256 is not the hash"),
        (_trustees(threshold=3), Step.MANIFEST, "it says 3 of 3, the archive has 2 of 3"),
        (_trustees(size=4), Step.MANIFEST, "it says 2 of 4, the archive has 2 of 3"),
        (_trustees(names=["业主甲", "社区乙"]), Step.MANIFEST, "2 names for 3 trustees"),
        (_trustees(names=["业主甲", "物业公司", "街道丙"]), Step.MANIFEST, "trustee 2 has another name in the archive"),
        (_with(promise_key="01" + "0" * 62), Step.MANIFEST, "manifest.json, promise_key: public key: it is not one of"),
        (_with(credentials_sha256="0" * 64), Step.MANIFEST, "credentials_sha256 is not the hash"),
        (_with(base=100), Step.WEIGHTS, "of the list: its weight "),
        (
            _electorate(5, 604252),
            Step.WEIGHTS,
            "manifest.json, electorate heads: it says 5, the credentials add up to 4",
        ),
        (_electorate(4, 604253), Step.WEIGHTS, "electorate area_dm2: it says 604253, the credentials add up to 604252"),
        (_with(roll_root="0" * 64), Step.ROLL, "its root is not the one in the manifest; it is another roll"),
        (_with(electorate_root="0" * 64), Step.ROLL, "do not make the electorate root in the manifest"),
    ],
)
def test_a_manifest_sealed_with_something_false_is_refused(
    alter: Callable[[Manifest], Manifest], step: Step, refusal: str
) -> None:
    assert refusal in rejected(bundle_of(ElectionSimulator(alter=alter), result=b"{}"), step)


@pytest.mark.parametrize(
    ("alter", "refusal"),
    [
        (_with(profile={"id": "nowhere", "version": "2026-11-24", "digest": "0"}), "profile nowhere in version"),
        (lambda manifest: replace(manifest, profile={**manifest.profile, "digest": "0" * 64}), "profile cn-zj-"),
        (_with(opens_at="9999-12-31T23:00:00Z"), ""),
    ],
)
def test_rules_that_are_not_at_hand_are_said_so(alter: Callable[[Manifest], Manifest], refusal: str) -> None:
    election = ElectionSimulator(alter=alter)
    assert f"check.json, quorum: it cannot be computed: {refusal}" in rejected(
        bundle_of(election, result=b"{}"), Step.CHECK
    )
    manifest = decode_manifest(election.manifest)
    with pytest.raises(VerificationError, match=r"^result\.json: it cannot be computed: ") as error:
        verify_finding(manifest, election.totals, election.cast_weight, effects_of(()), b"{}")
    assert refusal in str(error.value)


def test_an_election_pinned_to_no_manifest_is_refused_with_one() -> None:
    changed = replace(HONEST)
    election = json.loads(HONEST.election)
    vars(changed)["election"] = compact_json(election | {"description": "an election"})
    vars(changed)["result"] = HONEST.result
    assert "does not pin these bytes" in rejected(bundle_of(changed), Step.MANIFEST)


def test_a_share_that_is_not_needed_is_only_reported() -> None:
    shares = [(owner, HONEST.share(owner)) for owner in (1, 2, 3)]
    shares[1] = (2, HONEST.share(3))
    report = verified(bundle_of(archive=HONEST.archive_of(shares=shares), share_proofs=None))
    assert any("trustee 2 (社区乙): question 1, choice 1: " in warning.en for warning in report.warnings)
    assert any(warning.zh.startswith("第2位开箱人的份额有误，没有采用") for warning in report.warnings)


def test_too_few_shares_are_refused() -> None:
    bundle = bundle_of(archive=HONEST.archive_of(shares=[(1, HONEST.share(1))]), share_proofs=None)
    assert "2 good shares of 3 are needed here, there are 1" in rejected(bundle, Step.RESULT)


@pytest.mark.parametrize(
    ("part", "step", "refusal"),
    [
        ("archive", Step.FILES, "the archive <uuid>.bel is missing from the bundle"),
        ("manifest", Step.FILES, "manifest.json is missing from the bundle"),
        ("roll_public", Step.FILES, "roll-public.json is missing from the bundle"),
        ("changes_list", Step.FILES, "changes.json is missing from the bundle"),
        ("box", Step.ARCHIVE, "box.json is missing from the bundle"),
        ("set_aside", Step.ARCHIVE, "set-aside.json is missing from the bundle"),
        ("disputes_list", Step.ARCHIVE, "disputes.json is missing from the bundle"),
        ("check", Step.ARCHIVE, "check.json is missing from the bundle"),
        ("result", Step.ARCHIVE, "result.json is missing from the bundle"),
    ],
)
def test_a_file_left_out_is_refused(part: str, step: Step, refusal: str) -> None:
    assert refusal in rejected(bundle_of(**{part: None}), step)


def test_several_archives_are_refused() -> None:
    bundle = replace(bundle_of(), archives=("a.bel", "b.bel"), archive=None)
    assert "several archives (a.bel, b.bel)" in rejected(bundle, Step.FILES)


def test_another_name_of_the_archive_is_refused_in_a_bundle_only() -> None:
    assert rejected(replace(bundle_of(), archives=("x.bel",)), Step.SETUP).startswith(
        "x.bel: the archive in the bundle"
    )
    report = verified(replace(lone(HONEST.archive), archives=("x.bel",)))
    assert any(f"should be named {UUID}.bel" in warning.en for warning in report.warnings)


def test_share_proofs_that_are_left_out_are_a_warning() -> None:
    report = verified(bundle_of(share_proofs=None))
    assert any("no share-proofs.json" in warning.en for warning in report.warnings)


@pytest.mark.parametrize("ended", [False, True])
def test_an_archive_without_a_result_is_verified_as_far_as_it_goes(ended: bool) -> None:  # noqa: FBT001
    archive = HONEST.unfinished_archive(ended=ended)
    missing = {"result": None, "share_proofs": None} if ended else EARLY
    report = verified(bundle_of(archive=archive, **missing))
    assert any("there is no result yet" in warning.en for warning in report.warnings)
    assert report.facts is not None
    assert "totals" not in report.facts
    verified(lone(archive))


def test_shares_without_a_result_are_verified() -> None:
    archive = HONEST.archive.removesuffix(_result_members())
    report = verified(bundle_of(archive=archive, result=None))
    assert [line.status for line in report.lines if line.step in {Step.SHARES, Step.RESULT}] == ["passed", "skipped"]


def _result_members() -> bytes:
    """Return the last two members: the result and its event."""
    return HONEST.archive[HONEST.archive.rindex(b'{"result":') - 512 :]


def test_files_of_a_later_time_are_refused() -> None:
    archive = HONEST.unfinished_archive(ended=True)
    refusal = "result.json is about a result, but the archive has none yet"
    assert rejected(bundle_of(archive=archive, share_proofs=None), Step.ARCHIVE) == refusal
    refusal = "share-proofs.json, proof 1: the archive has no share of trustee 1"
    assert rejected(bundle_of(archive=archive, result=None), Step.SHARES) == refusal


def test_an_empty_list_of_share_proofs_is_there_before_any_share() -> None:
    empty = rfc8785.dumps({"version": 1, "election": UUID, "proofs": []})
    verified(bundle_of(archive=HONEST.unfinished_archive(ended=True), result=None, share_proofs=empty))


@pytest.mark.parametrize(("part", "name"), [("set_aside", "set-aside.json"), ("check", "check.json")])
def test_files_about_checked_ballots_are_refused_while_there_are_none(part: str, name: str) -> None:
    later = {each: None for each in EARLY if each != part}
    bundle = bundle_of(archive=HONEST.unfinished_archive(ended=False), **later)
    assert rejected(bundle, Step.ARCHIVE) == f"{name} is about checked ballots, but the archive has none yet"


def test_an_election_under_a_key_that_is_not_the_trustees_is_refused() -> None:
    changed = replace(HONEST)
    election = json.loads(HONEST.election)
    vars(changed)["election"] = compact_json(election | {"public_key": encode_point(multiply_base(5))})
    writer = ArchiveWriter(TIMESTAMP)
    archive = writer.begin() + writer.setup(changed.election, HONEST.trustees_json, HONEST.credentials)
    assert "not the product of its trustees' keys" in rejected(lone(archive), Step.SETUP)
