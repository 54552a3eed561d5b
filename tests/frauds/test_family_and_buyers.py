"""Family and neighbours vote for somebody; somebody buys votes and wants a proof; an old letter turns up."""

import base64
import json
from dataclasses import replace
from datetime import timedelta

from crypto.ballot import decode_ballot, encode_ballot, seal_ballot, tracker
from crypto.credential import public_credential
from crypto.encoding import compact_json, fingerprint
from crypto.group import multiply_base
from crypto.knowledge import prove_knowledge
from tests.frauds.auditor import fetch, receipts_of, rejected, verified
from tests.frauds.telephones import deliver, number_of, told
from tests.vote.check.test_service import published, raise_dispute, settle
from tests.vote.conftest import NO, YES
from tests.vote.credential.test_reissue import NEW, reissue
from tests.vote.platform import assert_refused
from vote.credential.statement import Why
from vote.message.rules import Kind
from vote.verifier.report import Step

OWNER = 4
BOUGHT, MEANT = [YES, [1, 0, 0, 0]], [NO, [0, 0, 1, 0]]


async def look_up(assembly, ballot):
    answer = await assembly.platform.ask("GET", f"{assembly.api}/ballot", key=None, params={"tracker": tracker(ballot)})
    return answer.json()


async def test_the_last_ballot_counts_so_whoever_was_made_to_vote_votes_again(opened):
    first, second = await opened.cast(OWNER, BOUGHT), await opened.cast(OWNER, MEANT)
    assert (await look_up(opened, first))["effective"] is False
    assert (await look_up(opened, second)) == {"sequence": 2, "effective": True, "count": 2, "set_aside": False}
    await opened.close()
    await opened.check()
    await opened.sum()
    await opened.open_totals()
    result = await published(opened, "result.json")
    yes, no, _ = result["questions"][0]["choices"]
    assert ((yes["heads"], no["heads"]), result["cast"]["heads"]) == ((0, 1), 1)


async def test_a_receipt_has_no_room_for_a_choice(opened):
    """A buyer who holds it learns that a ballot came, not what it says: those of two choices differ in nothing else."""
    promises = []
    for choices in (BOUGHT, MEANT):
        answer = await opened.send(await opened.ballot(OWNER, choices))
        promises.append(json.loads(base64.b64decode(answer.json()["promise"])))
        assert "choices" not in answer.text
    for promise in promises:
        del promise["tracker"], promise["sequence"]
    assert promises[0] == promises[1]


async def test_the_receipt_of_a_ballot_that_was_replaced_verifies_like_that_of_the_last_one(voted, tmp_path):
    """So a seller can show the buyer's receipt and have voted otherwise; the look-up page alone tells that one counts."""
    receipts = receipts_of(voted)
    await voted.close()
    await voted.check()
    for number in ("1", "4"):
        folder = await fetch(voted, tmp_path / number, {number: receipts[number]})
        assert "1 receipts, the ballots of 1 are in the archive" in verified(folder)


async def test_who_took_letter_and_telephone_is_told_to_the_telephone_and_set_aside_at_the_desk(opened):
    await opened.cast(OWNER, MEANT)
    await opened.cast(OWNER, BOUGHT)
    await deliver(opened)
    assert told(opened, Kind.BALLOT_ACCEPTED) == [number_of(OWNER)] * 2
    await opened.close()
    assert_refused(
        await raise_dispute(opened, "impersonation", 1, OWNER), 403, "not-allowed", "only that owner can say"
    )
    assert (await raise_dispute(opened, "impersonation", OWNER, OWNER)).status_code == 201
    assert (await settle(opened, 1, "set-aside", latest=1)).status_code == 204
    await opened.check()
    await opened.sum()
    await opened.open_totals()
    yes, no, _ = (await published(opened, "result.json"))["questions"][0]["choices"]
    assert (yes["heads"], no["heads"]) == (0, 1)


async def test_an_old_letter_opens_nothing_once_a_new_one_is_in_force(opened):
    await opened.send_code(OWNER)
    code = opened.platform.phones.code(number_of(OWNER))
    assert (await reissue(opened, owner=OWNER)).status_code == 200
    for answer in (await opened.send_code(OWNER), await opened.open_part(OWNER, code)):
        assert_refused(answer, 404, "not-found", "这封信已经作废")


async def test_after_a_sale_the_former_owner_gets_no_code_and_cannot_use_the_key_either(opened):
    await opened.agree(OWNER)
    ballot = seal_ballot(await opened.election(), opened.secret(OWNER), BOUGHT, opened.rng())
    assert (await reissue(opened, owner=OWNER, why=Why.SALE)).json() == {"count": 1, "released": True}
    assert_refused(await opened.send(ballot), 403, "not-allowed", "has not agreed to vote electronically")
    opened.people.numbers[OWNER] = NEW
    opened.at(opened.platform.clock.now + timedelta(seconds=60))
    assert_refused(await opened.send_code(OWNER), 403, "not-allowed", "清册上没有您的手机号")


async def test_a_ballot_sent_twice_counts_once(opened):
    ballot = await opened.cast(OWNER, MEANT)
    again = await opened.send(ballot)
    assert again.status_code == 200
    assert (await look_up(opened, ballot))["count"] == 1


async def test_somebody_elses_sealed_choices_cannot_be_cast_as_the_own(opened):
    """Who sells a vote like the neighbour's, or wants to find out how the neighbour voted, copies the sealed choices."""
    election = await opened.election()
    theirs = decode_ballot(await opened.cast(5, BOUGHT), election)
    await opened.agree(OWNER)
    secret = opened.secret(OWNER)
    copied = replace(theirs, credential=public_credential(secret))
    assert_refused(await opened.send(encode_ballot(copied)), 422, "ballot-invalid", "changed after it was signed")
    # Signed with the own key it is not changed any more, but the proofs in it are the neighbour's.
    signed = json.loads(encode_ballot(copied))
    del signed["signature"]
    name = fingerprint(compact_json(signed))
    proof = prove_knowledge(f"sig|{name}|", secret, multiply_base(secret), opened.rng())
    own = encode_ballot(replace(copied, signature_hash=name, signature=proof))
    assert_refused(await opened.send(own), 422, "ballot-invalid", "question 1, answer 1: the proof")


async def test_a_receipt_that_was_made_up_is_none(voted, tmp_path):
    receipt = json.loads(receipts_of(voted)["1"])
    promise = base64.b64decode(receipt["promise"]).replace(b'"sequence":1', b'"sequence":2')
    receipt["promise"] = base64.b64encode(promise).decode()
    forged = json.dumps(receipt, separators=(",", ":")).encode()
    assert "not by this key" in rejected(await fetch(voted, tmp_path / "open", {"forged": forged}), Step.RECEIPTS)
