import dataclasses
import json

import pytest

from crypto.archive_reader import read_archive
from crypto.audit import audit_setup
from crypto.ballot import decode_ballot, seal_ballot, verify_signature
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.election import decode_election
from crypto.encoding import compact_json, fingerprint
from crypto.errors import MalformedError, VerificationError
from crypto.group import ORDER, multiply_base
from crypto.knowledge import prove_knowledge
from crypto.proof import encode_proof
from crypto.result import combine_shares, open_tally
from crypto.share import verify_extra_proof, verify_share
from crypto.tally import encode_tally
from crypto.trustee_key import make_trustee_key
from crypto.trustees import Trustees, decode_trustees, encode_trustees
from tests.crypto.ceremonies import Ceremony
from tests.strategies import seeded
from tests.vote.trustee.elections import (
    AREAS,
    BASE,
    OTHER_UUID,
    SmallElection,
    ceremony,
    trustees_json,
)
from vote.errors import Reason, RefusedError
from vote.recount import checking
from vote.trustee.memory import Memory, remember_trustees
from vote.trustee.opening import audit_own_setup, open_total, recount

ELECTION = SmallElection(trustees_json())
YES = (AREAS[0] + AREAS[1]) * BASE + 2
NO = AREAS[2] * BASE + 1


def _memory(index=1):
    return Memory(ceremony().states[index])


def _recount(data, **options):
    archive = read_archive(data)
    return recount(audit_setup(archive.setup), archive, **options)


def _refused(data, memory=None):
    with pytest.raises(RefusedError) as refusal:
        audit_own_setup(memory or _memory(), read_archive(data), ELECTION.manifest)
    return refusal.value


def test_two_shares_of_three_open_the_total_that_the_owners_chose():
    archive = read_archive(ELECTION.ended())
    setup = audit_own_setup(_memory(), archive, ELECTION.manifest)
    total = recount(setup, archive)
    assert (total.num_tallied, total.total_weight) == (3, YES + NO)
    factors = {}
    for index in (1, 3):
        share = open_total(_memory(index), setup, total.tally, seeded(index))
        assert (share.election, share.trustee) == (ELECTION.uuid, index)
        key = setup.trustees.verification_key(index)
        factors[index] = verify_share(setup.election, key, total.tally, share.payload)
        verify_extra_proof(setup.election, index, key, total.tally, share.payload, share.extra_proof)
    opened = open_tally(total.tally, combine_shares(setup.trustees, factors))
    assert opened == ((multiply_base(YES), multiply_base(NO), multiply_base(0)),)


def test_a_total_of_nothing_can_be_opened():
    assert _recount(ELECTION.ended([])).num_tallied == 0


def test_an_archive_of_another_election_is_not_opened():
    foreign = dataclasses.replace(ELECTION, uuid=OTHER_UUID)
    assert "another election" in _refused(foreign.ended()).detail


def test_an_archive_in_which_voting_goes_on_is_not_opened():
    refusal = _refused(ELECTION.begun()[1])
    assert refusal.reason is Reason.WRONG_STATE
    assert "Voting has not ended" in refusal.detail


def test_an_unfinished_key_opens_nothing():
    state = dataclasses.replace(ceremony().states[1], decryption_secret=None)
    assert "not finished" in _refused(ELECTION.ended(), Memory(state)).detail


def _archive_of(*groups):
    return SmallElection(encode_trustees(Trustees(groups))).ended()


SINGLE = make_trustee_key(7, seeded(2))


def _ceremony_of(size, threshold, seed):
    board = Ceremony(size, threshold, seed).run_until(Round.KEYS).board
    return decode_trustees(assemble_trustees(board)).groups[0]


@pytest.mark.parametrize(
    "groups",
    [
        (SINGLE,),
        (*decode_trustees(trustees_json()).groups, SINGLE),
        (_ceremony_of(2, 2, seed=1),),
        (_ceremony_of(3, 3, seed=1),),
        (_ceremony_of(3, 2, seed=2),),
    ],
    ids=["a single trustee", "one more trustee", "another size", "another threshold", "another ceremony"],
)
def test_an_archive_with_other_trustees_is_not_opened(groups):
    refusal = _refused(_archive_of(*groups))
    assert refusal.reason is Reason.NOT_ALLOWED
    assert "not those of your ceremony" in refusal.detail


def test_only_the_trustees_that_were_checked_are_accepted_once_they_were():
    archive = read_archive(ELECTION.ended())
    audit_own_setup(remember_trustees(_memory(), trustees_json()), archive, ELECTION.manifest)
    refusal = _refused(ELECTION.ended(), remember_trustees(_memory(), b"[]"))
    assert "not those of your ceremony" in refusal.detail


def test_false_weights_from_which_single_votes_can_be_read_off_are_not_opened():
    """The ballots are the true ones, and so are their number and the sum of the areas, which is all that is shown."""
    false = dataclasses.replace(ELECTION, weighed=(1, 100, sum(AREAS) - 101))
    total = _recount(false.ended())
    assert (total.num_tallied, total.total_weight) == (3, YES + NO)
    refusal = _refused(false.ended())
    assert refusal.reason is Reason.NOT_ALLOWED
    assert "not those that were sealed" in refusal.detail


def test_an_election_that_pins_a_manifest_is_not_opened_without_it_or_with_another():
    archive = read_archive(ELECTION.ended())
    with pytest.raises(RefusedError, match="--manifest") as refusal:
        audit_own_setup(_memory(), archive)
    assert refusal.value.reason is Reason.NOT_ALLOWED
    other = dataclasses.replace(ELECTION, uuid=OTHER_UUID).manifest
    with pytest.raises(VerificationError, match="this is not the sealed manifest"):
        audit_own_setup(_memory(), archive, other)
    with pytest.raises(MalformedError):
        audit_own_setup(_memory(), archive, b"{}")
    foreign = dataclasses.replace(ELECTION, description="an election")
    assert audit_own_setup(_memory(), read_archive(foreign.ended())).election.description == "an election"


def test_of_two_ballots_of_an_owner_the_last_counts():
    first, second, third, again = ELECTION.ballots()
    assert (
        _recount(ELECTION.ended([first, second, third, again])).tally
        == _recount(ELECTION.ended([second, third, again])).tally
    )


def test_a_ballot_that_stands_twice_is_refused():
    ballots = ELECTION.ballots()
    with pytest.raises(VerificationError, match=r"event 5 .*the same ballot stands in event 1"):
        _recount(ELECTION.ended([*ballots, ballots[0]]))


def _stranger():
    return seal_ballot(decode_election(ELECTION.election), 99, [[1, 0, 0]], seeded(5))


def _with_false_proof():
    """A ballot whose signature holds and whose first proof does not: signed again after the change."""
    election, secret = decode_election(ELECTION.election), ELECTION.secret(0)
    fields = json.loads(ELECTION.ballots()[0])
    proof = fields["answers"][0]["individual_proofs"][0][0]
    proof["response"] = str((int(proof["response"]) + 1) % ORDER)
    del fields["signature"]
    digest = fingerprint(compact_json(fields))
    signature = prove_knowledge(f"sig|{digest}|", secret, multiply_base(secret), seeded(6))
    fields["signature"] = {"hash": digest, "proof": encode_proof(signature)}
    data = compact_json(fields)
    verify_signature(decode_ballot(data, election))
    return data


def _with_false_signature():
    fields = json.loads(ELECTION.ballots()[0])
    proof = fields["signature"]["proof"]
    proof["response"] = str((int(proof["response"]) + 1) % ORDER)
    return compact_json(fields)


@pytest.mark.parametrize("skip_proofs", [False, True])
@pytest.mark.parametrize(
    ("ballot", "sentence"),
    [
        (b"{}", "event 2 .Ballot.: the ballot"),
        (_stranger(), "event 2 .Ballot.: its credential is not on the list"),
        (_with_false_signature(), "event 2 .Ballot.: the signature of the ballot was not made with its credential"),
    ],
    ids=["no ballot", "stranger", "false signature"],
)
def test_a_false_ballot_is_refused_whether_proofs_are_skipped_or_not(ballot, sentence, skip_proofs):
    with pytest.raises((MalformedError, VerificationError), match=sentence):
        _recount(ELECTION.ended([ELECTION.ballots()[1], ballot]), skip_proofs=skip_proofs)


def test_a_false_proof_is_refused_unless_proofs_are_skipped():
    data = ELECTION.ended([_with_false_proof()])
    with pytest.raises(VerificationError, match=r"event 1 .*question 1"):
        _recount(data)
    assert _recount(data, skip_proofs=True).num_tallied == 1


def test_an_archive_that_claims_another_sum_is_refused():
    writer, data = ELECTION.begun()
    right = _recount(ELECTION.ended())
    data += writer.end_ballots()
    kept = writer.parent, writer.height
    good = data + writer.encrypted_tally(encode_tally(right.tally), right.num_tallied, right.total_weight)
    assert _recount(good) == right
    writer.parent, writer.height = kept
    fewer = _recount(ELECTION.ended(ELECTION.ballots()[:2]))
    bad = data + writer.encrypted_tally(encode_tally(fewer.tally), right.num_tallied, right.total_weight)
    with pytest.raises(VerificationError, match="not that of the ballots that count"):
        _recount(bad)


def test_several_processes_find_what_one_finds(monkeypatch):
    alone = _recount(ELECTION.ended())
    monkeypatch.setattr(checking, "SLICE", 2)
    assert _recount(ELECTION.ended(), processes=2) == alone
    with pytest.raises(VerificationError, match=r"event 3 .*question 1"):
        _recount(ELECTION.ended([*ELECTION.ballots()[1:3], _with_false_proof()]), processes=2)
