import json
import pickle
from collections.abc import Callable
from dataclasses import replace

import pytest

from crypto.archive import Archive, ArchiveWriter, EncryptedTallyRecord, Setup, Share
from crypto.archive_reader import read_archive
from crypto.audit import Audit, audit_archive, audit_setup, check_ballot, require_distinct
from crypto.credential import WeightedCredential, encode_public_credentials
from crypto.encoding import compact_json, read_json
from crypto.errors import CryptoError, MalformedError, ThresholdError, VerificationError
from crypto.group import ORDER, encode_point, multiply_base
from crypto.result import encode_result
from crypto.share import make_extra_proof
from crypto.tally import encode_tally
from crypto.trustee_key import make_trustee_key
from crypto.trustees import Trustees, encode_trustees
from tests.crypto.archives import BY_TOOL, PACKED, TIMESTAMP, VECTORS, load, load_negative
from tests.crypto.whole_election import CAST_WEIGHT, TOTALS, VECTOR, ElectionVector
from tests.strategies import seeded

CASES = json.loads((VECTORS / "negative" / "manifest.json").read_text())
WHOLE = read_archive(VECTOR.archive())


@pytest.mark.parametrize("case", [each["case"] for each in CASES if each["our_verifier_should"] == "accept"])
def test_archives_that_should_be_accepted_are(case: str) -> None:
    audit = audit_archive(read_archive(load_negative(case)))
    assert audit.totals == ((31102, 26438, 23325, 9999, 9999),)
    assert [fault.owner for fault in audit.faults] == ([2] if case == "pd_threshold_one_bad" else [])


@pytest.mark.parametrize("case", [each["case"] for each in CASES if each["our_verifier_should"] != "accept"])
def test_archives_that_should_be_refused_are(case: str) -> None:
    refusals = {
        "bad_ballot_tallied": r"^event 1 \(Ballot\): question 1, answer 1: ",
        "duplicate_credential_in_list": r"^event 0 \(Setup\): credential 2 of the list: ",
        "chain_broken": r"^event 7 \(EndBallots\): ",
        "tally_drops_ballot": r"^event EncryptedTally: the encrypted sum is not that of the ballots that count$",
        "total_weight_field_wrong": r"^event EncryptedTally: it says a total weight of 59573, but the .* weigh 59572$",
        "data_hash_mismatch": r"^member 7 ",
    }
    with pytest.raises(CryptoError, match=refusals[case]):
        audit_archive(read_archive(load_negative(case)))


def test_the_archive_of_the_foreign_tool_says_what_its_readme_says() -> None:
    audit = audit_archive(read_archive(load(BY_TOOL)))
    assert (audit.ballots, audit.effective, audit.cast_weight, audit.faults) == (12, 12, 119574, ())
    assert audit.totals == ((67338, 41335, 29850, 31229, 8650), (49700, 0, 69874))


def test_packed_weights_of_the_vectors_count_heads_and_area() -> None:
    audit = audit_archive(read_archive(load(PACKED)))
    assert audit.cast_weight & 255 == audit.effective == 24
    assert audit.totals is not None
    areas = [[total >> 8 for total in row] for row in audit.totals]
    heads = [[total & 255 for total in row] for row in audit.totals]
    assert sum(areas[1]) == audit.cast_weight >> 8
    assert sum(heads[1]) == 24


def test_our_own_election_says_what_was_voted() -> None:
    audit = audit_archive(WHOLE)
    assert (audit.ballots, audit.effective, audit.cast_weight) == (6, 5, CAST_WEIGHT)
    assert (audit.faults, audit.totals) == ((), TOTALS)
    assert audit.setup.electorate_weight == 642930 * 10000 + 8


def test_an_election_without_ballots_adds_up_to_nothing() -> None:
    vector = ElectionVector(votes=())
    audit = audit_archive(read_archive(vector.archive(totals=((0, 0, 0),) * 3)))
    assert (audit.ballots, audit.cast_weight, audit.totals) == (0, 0, ((0, 0, 0),) * 3)


@pytest.mark.parametrize("ended", [False, True])
def test_an_archive_is_checked_before_it_is_complete(ended: bool) -> None:  # noqa: FBT001
    writer = ArchiveWriter(TIMESTAMP)
    data = writer.begin() + writer.setup(*VECTOR.documents) + writer.ballot(VECTOR.ballots[0])
    audit = audit_archive(read_archive(data + writer.end_ballots() if ended else data))
    assert (audit.ballots, audit.effective, audit.totals) == (1, 1, None)


def test_shares_without_a_result_are_checked_too() -> None:
    audit = audit_archive(replace(WHOLE, result=None))
    assert audit.totals is None
    broken = replace(WHOLE, result=None, shares=(Share(1, b"{}"),))
    assert [fault.owner for fault in audit_archive(broken).faults] == [1]


def test_a_checked_set_up_can_be_sent_to_other_processes() -> None:
    setup = pickle.loads(pickle.dumps(VECTOR.setup))
    assert check_ballot(setup, VECTOR.ballots[0], 1) == VECTOR.checked[0]


def _setup(archive: Archive, **documents: bytes) -> Archive:
    return replace(archive, setup=replace(archive.setup, **documents))


def _other_trustees() -> bytes:
    return encode_trustees(Trustees((make_trustee_key(7, seeded(1)),)))


def _bad_key() -> bytes:
    document = read_json(VECTOR.documents[1], "trustees")
    document[0][1]["verification_keys"][1]["name"] = "x"
    document[0][1]["verification_keys"][1]["pok"]["response"] = "1"
    return compact_json(document)


def _heavy() -> bytes:
    credentials = [WeightedCredential(encode_point(multiply_base(each)), ORDER - 1) for each in (1, 2)]
    return encode_public_credentials(credentials)


@pytest.mark.parametrize(
    ("documents", "refusal"),
    [
        ({"election": b"{}"}, "the election: field version is missing"),
        ({"trustees": b"[]"}, "the trustees: from 1 to 64 groups"),
        ({"trustees": _other_trustees()}, "the election's public key is not the product of its trustees' keys"),
        ({"trustees": _bad_key()}, r"group 1 of the trustees, trustee 2: the proof of knowledge"),
        ({"credentials": b"{}"}, "a list is expected"),
        ({"credentials": _heavy()}, "the weights add up to more than can be counted"),
    ],
)
def test_a_false_set_up_is_refused(documents: dict[str, bytes], refusal: str) -> None:
    with pytest.raises((MalformedError, VerificationError), match=rf"^event 0 \(Setup\): .*{refusal}"):
        audit_archive(_setup(WHOLE, **documents))


def test_a_credential_that_is_not_listed_is_refused() -> None:
    credentials = read_json(VECTOR.documents[2], "credentials")
    mine = VECTOR.checked[1].credential
    fewer = compact_json([each for each in credentials if not each.startswith(mine)])
    with pytest.raises(VerificationError, match=r"^event 2 \(Ballot\): its credential is not on the list"):
        audit_archive(_setup(WHOLE, credentials=fewer))


def test_a_weight_changed_afterwards_is_noticed() -> None:
    """The fingerprint in the ballots does not cover the weights; the sum does."""
    changed = VECTOR.documents[2].replace(b",103120001", b",103130001")
    assert changed != VECTOR.documents[2]
    with pytest.raises(VerificationError, match=r"^event EncryptedTally: it says a total weight of"):
        audit_archive(_setup(WHOLE, credentials=changed))


def test_the_same_ballot_twice_is_refused() -> None:
    ballots = (*WHOLE.ballots, WHOLE.ballots[1])
    with pytest.raises(VerificationError, match=r"^event 7 \(Ballot\): the same ballot stands in event 2 already$"):
        audit_archive(replace(WHOLE, ballots=ballots))
    require_distinct(WHOLE.ballots)


def test_another_spelling_of_a_ballot_is_refused() -> None:
    ballots = (WHOLE.ballots[0].replace(b":", b": ", 1), *WHOLE.ballots[1:])
    with pytest.raises(MalformedError, match=r"^event 1 \(Ballot\): the ballot is not in canonical spelling"):
        audit_archive(replace(WHOLE, ballots=ballots))


def test_ballots_in_another_order_of_one_voter_change_the_sum() -> None:
    first, second, third, *others = WHOLE.ballots
    with pytest.raises(VerificationError, match="the encrypted sum is not that of the ballots that count"):
        audit_archive(replace(WHOLE, ballots=(third, second, first, *others)))


def _record(archive: Archive, change: Callable[[EncryptedTallyRecord], EncryptedTallyRecord]) -> Archive:
    assert archive.encrypted_tally is not None
    return replace(archive, encrypted_tally=change(archive.encrypted_tally))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda record: replace(record, num_tallied=6), "it counts 6 ballots, but 5 count"),
        (lambda record: replace(record, total_weight=1), f"a total weight of 1, but .* weigh {CAST_WEIGHT}"),
        (lambda record: replace(record, tally=record.tally + b"\n"), "the encrypted sum is not that of the ballots"),
        (
            lambda record: replace(record, tally=encode_tally(VECTOR.total.tally[::-1])),
            "the encrypted sum is not that of the ballots",
        ),
    ],
)
def test_a_false_record_of_the_sum_is_refused(
    change: Callable[[EncryptedTallyRecord], EncryptedTallyRecord], refusal: str
) -> None:
    with pytest.raises(VerificationError, match=rf"^event EncryptedTally: .*{refusal}"):
        audit_archive(_record(WHOLE, change))


def _with_shares(*shares: tuple[int, bytes]) -> Archive:
    return replace(WHOLE, shares=tuple(Share(owner, payload) for owner, payload in shares))


def _broken(owner: int) -> bytes:
    document = read_json(VECTOR.share(owner), "share")
    document["decryption_proofs"][1][2]["response"] = "1"
    return compact_json(document)


def _faults(audit: Audit) -> list[tuple[int, str]]:
    return [(fault.owner, fault.sentence) for fault in audit.faults]


@pytest.mark.parametrize(
    ("shares", "fault"),
    [
        ((2, _broken(2)), "trustee 2 (社区乙): question 2, choice 3: the proof that both powers have one exponent"),
        ((2, b"{}"), "trustee 2 (社区乙): the share: field decryption_factors is missing"),
        ((2, VECTOR.share(3)), "trustee 2 (社区乙): question 1, choice 1: the proof that both powers"),
        ((4, VECTOR.share(3)), "there is no trustee 4, only 1 to 3"),
        ((3, VECTOR.share(3)), "trustee 3 (街道丙): a second share; the first one is used"),
    ],
)
def test_a_fault_above_the_threshold_is_reported(shares: tuple[int, bytes], fault: str) -> None:
    audit = audit_archive(_with_shares((3, VECTOR.share(3)), shares, (1, VECTOR.share(1))))
    assert audit.totals == TOTALS
    [(owner, sentence)] = _faults(audit)
    assert owner == shares[0]
    assert sentence.startswith(fault)


def test_a_better_share_after_a_broken_one_is_used() -> None:
    audit = audit_archive(_with_shares((1, _broken(1)), (1, VECTOR.share(1)), (3, VECTOR.share(3))))
    assert audit.totals == TOTALS
    assert [owner for owner, _ in _faults(audit)] == [1]


def test_too_few_good_shares_are_an_error_that_names_the_faulty_ones() -> None:
    with pytest.raises(
        ThresholdError,
        match=r"^event Result: 2 good shares of 3 are needed here, there are 1; "
        r"missing: trustee 1 \(业主甲\), trustee 2 \(社区乙\); "
        r"trustee 2 \(社区乙\): question 2, choice 3: the proof",
    ):
        audit_archive(_with_shares((2, _broken(2)), (3, VECTOR.share(3))))


def _extra(owner: int) -> bytes:
    secret = VECTOR.ceremony.secret(owner)
    return make_extra_proof(
        VECTOR.setup.election, owner, secret, VECTOR.total.tally, VECTOR.share(owner), seeded(owner)
    )


def test_extra_proofs_are_checked_where_they_are_given() -> None:
    assert audit_archive(WHOLE, {1: _extra(1), 3: _extra(3)}).totals == TOTALS
    three = _with_shares(*((owner, VECTOR.share(owner)) for owner in (1, 2, 3)))
    [fault] = _faults(audit_archive(three, {1: _extra(1), 3: _extra(3)}))
    assert fault == (2, "trustee 2 (社区乙): the extra proof of the share is missing")
    [fault] = _faults(audit_archive(three, {1: _extra(1), 2: _extra(1), 3: _extra(3)}))
    assert fault == (2, "trustee 2 (社区乙): the extra proof: it was made for another election, trustee or share")
    with pytest.raises(ThresholdError, match=r"trustee 3 .*: the extra proof of the share is missing"):
        audit_archive(WHOLE, {1: _extra(1)})


@pytest.mark.parametrize(
    ("result", "refusal"),
    [
        (b"{}", "the result: field result is missing"),
        (encode_result(TOTALS[:2]), "not one number for each choice"),
        (encode_result(((0, 0, 0), *TOTALS[1:])), "question 1, choice 1: 0 is not what the ballots add up to"),
        (encode_result(((TOTALS[0][0], TOTALS[0][1], CAST_WEIGHT + 1), *TOTALS[1:])), "question 1, choice 3: the num"),
    ],
)
def test_a_false_result_is_refused(result: bytes, refusal: str) -> None:
    with pytest.raises((MalformedError, VerificationError), match=rf"^event Result: .*{refusal}"):
        audit_archive(replace(WHOLE, result=result))


def test_a_set_up_may_carry_a_certificate_of_the_credentials() -> None:
    assert audit_setup(Setup(*VECTOR.documents, b"{}")) == VECTOR.setup
