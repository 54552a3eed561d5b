"""A log and the election beside it must tell the same, both ways."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crypto.encoding import hex_digest
from tests.disputed import Disputed
from tests.simulator import UUID, ElectionSimulator
from tests.vote.terms import LATEST
from tests.vote.verifier import certified
from tests.vote.verifier.bundles import EARLY, HONEST, bundle_of, rejected, verified
from tests.vote.verifier.log_folders import accepted, receipt_of, tracker
from tests.vote.verifier.running import run
from tests.vote.verifier.told import ballot, changed, place_of, rolled, say, sealed, told, with_log
from vote.certificate.content import certificate_digest
from vote.check.rules import DisputeKind
from vote.election.change import Corrected, Prolonged, Withdrawn
from vote.log.rules import Kind
from vote.verifier.bundle import CERTIFICATE
from vote.verifier.report import Status, Step

TOLD = told()
FIRST = place_of(TOLD, Kind.BALLOT_ACCEPTED)
LAST = FIRST + len(HONEST.votes)
CLOSED, CHECKED, SUMMED, SHARED, OPENED = (
    place_of(TOLD, kind)
    for kind in (
        Kind.ELECTION_CLOSED,
        Kind.ELECTION_CHECKED,
        Kind.TALLY_SUMMED,
        Kind.TALLY_SHARED,
        Kind.TALLY_OPENED,
    )
)
OTHER = "AAAAAAAAAAAAAAAAA2"


def without(*places: int) -> list[bytes]:
    return [entry for place, entry in enumerate(TOLD) if place not in places]


def put(place: int, entry: bytes) -> list[bytes]:
    return [*TOLD[:place], entry, *TOLD[place:]]


def instead(place: int, entry: bytes) -> list[bytes]:
    return [*TOLD[:place], entry, *TOLD[place + 1 :]]


def test_a_log_that_tells_the_whole_election_is_verified(tmp_path: Path) -> None:
    report = verified(with_log(bundle_of(), tmp_path, TOLD))
    line = next(each for each in report.lines if each.step is Step.LOG_ELECTION)
    assert (line.status, line.detail.en) == (Status.PASSED, "4 ballots, none more and none less")
    assert not any("public log" in warning.en for warning in report.warnings)


def test_the_command_finds_the_log_beside_an_election(tmp_path: Path) -> None:
    HONEST.write(tmp_path)
    with_log(bundle_of(), tmp_path / "log", TOLD)
    (tmp_path / "receipts").mkdir()
    (tmp_path / "receipts/mine.tlog-proof").write_bytes(receipt_of(tmp_path / "log/estate", TOLD, FIRST + 1))
    (tmp_path / "receipts/mine.json").write_bytes(HONEST.receipt(1))
    done = run(tmp_path, "--forget")
    assert done.exit_code == 0, done.stdout
    assert "✓ 22. 日志与这次投票相符：4张票，一张不多，一张不少" in done.stdout
    assert "✓ 23. 收录凭证：1份，1份和回执是同一张票" in done.stdout
    facts = json.loads(run(tmp_path / "receipts/mine.tlog-proof", "--json", "--forget").stdout)["facts"]
    assert [each["size"] for each in facts["logs"]] == [len(TOLD)]


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        (without(1), "roll-public.json: the log tells of no roll with its root, heads and area"),
        (instead(1, rolled(more=1)), "roll-public.json: the log tells of no roll with its root, heads and area"),
        (without(2), f"0 of the logs tell of the sealing of election {UUID}, not one"),
        (
            instead(2, sealed(HONEST).replace(hex_digest(HONEST.manifest).encode(), b"0" * 64)),
            "entry 2: its manifest is not",
        ),
        (put(3, TOLD[2]), "entry 3: election:sealed is told a second time"),
        (without(FIRST), "box.json, ballot 1: entry 5 of the log has another at this place"),
        (without(LAST - 1), "box.json, ballot 4: the log has only 3 ballots"),
        (put(LAST, accepted(1, UUID)), f"entry {LAST}: its ballot is not in box.json"),
        (
            [*TOLD[:FIRST], TOLD[FIRST + 1], TOLD[FIRST], *TOLD[FIRST + 2 :]],
            f"box.json, ballot 1: entry {FIRST} of the log has another at this place",
        ),
        (put(LAST, TOLD[FIRST]), f"entry {LAST}: its ballot is in entry {FIRST} already"),
        (without(CLOSED), f"box.json: the log has no election:closed of election {UUID}"),
        (instead(CLOSED, say(Kind.ELECTION_CLOSED, ballots=4, box="0" * 64)), "its box is not that of box.json"),
        (without(CHECKED), "check.json: the log has no election:checked"),
        (without(SUMMED), "the sum in the archive: the log has no tally:summed"),
        (without(SHARED), "the log does not tell of the share of trustee 1 in the archive"),
        (without(OPENED), "result.json: the log has no tally:opened"),
        (put(5, changed(Prolonged(LATEST))), "changes.json: the log tells of 1 changes, and not of just these"),
        (
            [*TOLD, say(Kind.CERTIFICATE_ISSUED, number=1, certificate_kind="election", certificate="0" * 64)],
            "certificate.json: it is not the last one that the log tells of",
        ),
        (
            [*without(FIRST, FIRST + 1, FIRST + 2, FIRST + 3), *TOLD[FIRST:LAST]],
            f"entry {FIRST + 1}: election:closed stands before what must come earlier",
        ),
    ],
)
def test_what_is_told_otherwise_is_found_and_named(tmp_path: Path, entries: list[bytes], sentence: str) -> None:
    assert sentence in rejected(with_log(bundle_of(), tmp_path, entries), Step.LOG_ELECTION)


def test_what_the_log_tells_and_the_files_lack_is_named(tmp_path: Path) -> None:
    early = bundle_of(HONEST, archive=HONEST.setup_archive, **EARLY)
    verified(with_log(early, tmp_path / "a", TOLD[: CLOSED + 1]))
    sentence = rejected(with_log(early, tmp_path / "b", TOLD), Step.LOG_ELECTION)
    assert sentence.startswith(f"log/estate: entry {CHECKED} tells of election:checked, but check.json is not there")


def test_before_closing_ballots_of_the_log_are_only_counted(tmp_path: Path) -> None:
    running = bundle_of(HONEST, archive=HONEST.setup_archive, box=None, disputes_list=None, **EARLY)
    verified(with_log(running, tmp_path / "a", TOLD[:LAST]))
    twice = [*TOLD[:LAST], TOLD[FIRST]]
    assert "is in entry 5 already" in rejected(with_log(running, tmp_path / "b", twice), Step.LOG_ELECTION)


def test_lawful_changes_are_told_in_their_order(tmp_path: Path) -> None:
    simulator = ElectionSimulator(
        disputed=Disputed({3: DisputeKind.IMPERSONATION}),
        changes=(Prolonged(LATEST), Withdrawn(0, 2), Corrected(0, -4252)),
    )
    entries = told(simulator)
    verified(with_log(bundle_of(simulator), tmp_path / "a", entries))
    at = place_of(entries, Kind.ELECTION_EXTENDED)
    swapped = [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]
    sentence = rejected(with_log(bundle_of(simulator), tmp_path / "b", swapped), Step.LOG_ELECTION)
    assert "changes.json: the log tells of 3 changes" in sentence


def test_a_certificate_is_the_last_that_the_log_tells_of(tmp_path: Path) -> None:
    certificate = certified.certificate_of()
    bundle = certified.certified(certified.signed(certificate), certified.printed(certificate))
    assert CERTIFICATE in bundle.parts
    issued = say(
        Kind.CERTIFICATE_ISSUED,
        number=certificate.number,
        certificate_kind=certificate.kind,
        certificate=certificate_digest(certificate),
    )
    entries = told(certified.ELECTION)
    verified(with_log(bundle, tmp_path / "a", [*entries, issued]))
    for told_of in (entries, [*entries, issued, issued.replace(b'"number":1', b'"number":2')]):
        folder = tmp_path / str(len(told_of))
        assert "certificate.json: it is not the last" in rejected(with_log(bundle, folder, told_of), Step.LOG_ELECTION)


def test_of_two_logs_just_one_may_tell_of_an_election(tmp_path: Path) -> None:
    both = with_log(with_log(bundle_of(), tmp_path, TOLD), tmp_path, [TOLD[0], sealed(HONEST)], "other")
    assert "2 of the logs tell of the sealing" in rejected(both, Step.LOG_ELECTION)
    verified(with_log(with_log(bundle_of(), tmp_path, TOLD), tmp_path, [TOLD[0], accepted(1)], "another"))


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (accepted(1), "receipts/a.tlog-proof: its ballot is of another election"),
        (accepted(1, UUID), "receipts/a.tlog-proof: its ballot is not in box.json"),
    ],
)
def test_a_receipt_of_another_ballot_is_refused(tmp_path: Path, entry: bytes, sentence: str) -> None:
    # A log that was signed and holds another ballot: somebody else's fork, or a later state with a lie in it.
    fork = [*TOLD, entry]
    other = with_log(bundle_of(), tmp_path, fork, "other")
    assert other.logs
    proof = receipt_of(tmp_path / "other", fork, len(TOLD))
    bundle = replace(with_log(bundle_of(), tmp_path, TOLD), proofs={"receipts/a.tlog-proof": proof})
    assert sentence in rejected(bundle, Step.LOG_RECEIPTS)


def test_a_receipt_of_another_past_is_refused(tmp_path: Path) -> None:
    fork = [*TOLD[:3], say(Kind.ELECTION_OPENED), *TOLD[4 : FIRST + 1]]
    with_log(bundle_of(), tmp_path, fork, "other")
    proof = receipt_of(tmp_path / "other", fork, FIRST)
    bundle = replace(with_log(bundle_of(), tmp_path, TOLD), proofs={"receipts/a.tlog-proof": proof})
    assert "two versions of it were shown" in rejected(bundle, Step.LOG_RECEIPTS)


def test_a_receipt_must_be_of_the_ballot_that_was_promised(tmp_path: Path) -> None:
    bundle = with_log(bundle_of(), tmp_path, TOLD)
    proofs = {"receipts/a.tlog-proof": receipt_of(tmp_path / "estate", TOLD, FIRST)}
    report = verified(replace(bundle, proofs=proofs, receipts={"receipts/b.json": HONEST.receipt(2)}))
    assert report.lines[-1].detail.en == "1, of which 0 are of the ballots of receipts"
    before = verified(
        replace(
            with_log(
                bundle_of(HONEST, archive=HONEST.setup_archive, box=None, disputes_list=None, **EARLY),
                tmp_path,
                TOLD[:LAST],
            ),
            proofs={"receipts/a.tlog-proof": receipt_of(tmp_path / "estate", TOLD[:LAST], FIRST)},
        )
    )
    assert before.lines[-1].status is Status.PASSED


def test_a_lone_receipt_is_held_to_the_promise_beside_it(tmp_path: Path) -> None:
    with_log(bundle_of(), tmp_path, TOLD)
    policy = str(tmp_path / "estate/policy")
    (tmp_path / "mine.tlog-proof").write_bytes(receipt_of(tmp_path / "estate", TOLD, FIRST))
    (tmp_path / "mine.json").write_bytes(HONEST.receipt(0))
    done = run(tmp_path / "mine.tlog-proof", "--policy", policy)
    assert done.exit_code == 0, done.stdout
    assert "和回执是同一张票" in done.stdout
    (tmp_path / "mine.json").write_bytes(HONEST.receipt(1))
    done = run(tmp_path / "mine.tlog-proof", "--policy", policy, "--lang", "en")
    assert done.exit_code == 1
    assert "the ballot in the log is not the one that was promised" in done.stdout


def test_an_entry_of_another_election_is_of_no_concern(tmp_path: Path) -> None:
    assert tracker(1) != ballot(HONEST, 0)
    verified(with_log(bundle_of(), tmp_path, put(FIRST, accepted(1, OTHER))))
