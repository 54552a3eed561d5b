"""Whoever runs the platform adds, drops, changes or reorders ballots, and tells different people different things."""

import base64
import json
from datetime import timedelta

from crypto.ballot import seal_ballot
from crypto.signature import SigningKey, sign
from tests.frauds.auditor import database_damages, fetch, receipts_of, rejected, verified
from tests.frauds.burglar import breaking_in, change, drop_ballot, moment, replace_ballot
from tests.simulator import ElectionSimulator
from tests.vote.assembly import Assembly
from tests.vote.conftest import YES
from tests.vote.platform import CHECKS, CLOSES, assert_refused
from tests.vote.verifier.bundles import bundle_of
from tests.vote.verifier.bundles import rejected as rejected_bundle
from vote.ballot.rules import PROMISE_DOMAIN, encode_receipt
from vote.verifier.report import Step

FIRST, SECOND, REPLACING, LAST = 1, 2, 4, 5
"""Ballots as rows: of owner 1, of owner 2, of owner 1 again, of owner 5."""
NOBODYS = [YES, [1, 1, 0, 0]]


async def count(assembly: Assembly) -> None:
    """Go on from the closed box to the result."""
    await assembly.check()
    await assembly.sum()
    await assembly.contribute(1)
    assert await assembly.contribute(3)


async def test_a_dropped_ballot_breaks_the_receipt_that_its_owner_kept(voted, tmp_path):
    receipts = receipts_of(voted)
    with breaking_in(voted) as database:
        drop_ballot(database, LAST)
    await voted.close()
    closed = await fetch(voted, tmp_path / "closed", receipts)
    sentence = rejected(closed, Step.RECEIPTS)
    assert sentence.startswith("receipts/5.json: its ballot, tracker ")
    assert sentence.endswith(" is not in box.json")
    await count(voted)
    preliminary = await fetch(voted, tmp_path / "counted", receipts)
    assert rejected(preliminary, Step.RECEIPTS).endswith(" is not in the archive")
    # Whoever has no receipt is told what the verdict rests on.
    without = await fetch(voted, tmp_path / "without")
    assert "that no ballot is missing rests on receipts" in verified(without)


async def test_a_ballot_that_was_dropped_before_its_pool_is_missed_by_its_receipt_alone(voted):
    change(voted, "DELETE FROM ballot WHERE id = ?", LAST)
    assert await database_damages(voted) == set()


async def test_a_dropped_second_thought_breaks_its_receipt(voted, tmp_path):
    receipts = receipts_of(voted)
    with breaking_in(voted) as database:
        drop_ballot(database, REPLACING)
    await voted.close()
    await count(voted)
    assert "receipts/4.json: its ballot" in rejected(
        await fetch(voted, tmp_path / "published", receipts), Step.RECEIPTS
    )


async def test_a_ballot_for_somebody_who_did_not_vote_cannot_be_made_without_the_letter(voted, tmp_path):
    await voted.fetch_part(4)
    platforms = voted.people.parts[4]
    election, rng = await voted.election(), voted.rng()
    for secret in (platforms, 12345):
        answer = await voted.send(seal_ballot(election, secret, NOBODYS, rng))
        assert_refused(answer, 403, "not-eligible", "not on this election's list")
    # Whoever owns the database leaves the application out, and writes the owner's credential over the own one.
    forged = json.loads(seal_ballot(election, platforms, NOBODYS, rng))
    with breaking_in(voted) as database:
        ((forged["credential"],),) = database.execute(
            "SELECT c.public FROM credential c JOIN entitlement e ON e.id = c.entitlement_id WHERE e.number = 4"
        )
        replace_ballot(database, LAST, json.dumps(forged, separators=(",", ":")).encode())
    await voted.close()
    await voted.check()
    sentence = rejected(await fetch(voted, tmp_path / "published"), Step.BALLOTS)
    assert sentence.startswith("event ")
    assert "the ballot was changed after it was signed" in sentence


async def test_a_changed_ballot_is_no_ballot_any_more(closed, tmp_path):
    receipts = receipts_of(closed)
    with breaking_in(closed) as database:
        ((data,),) = database.execute("SELECT data FROM ballot WHERE id = ?", [SECOND])
        changed = json.loads(bytes(data))
        choices = changed["answers"][0]["choices"]
        choices[0], choices[1] = choices[1], choices[0]
        replace_ballot(database, SECOND, json.dumps(changed, separators=(",", ":")).encode())
    await closed.check()
    sentence = rejected(await fetch(closed, tmp_path / "published", receipts), Step.BALLOTS)
    assert sentence.startswith("event ")
    assert "the ballot was changed after it was signed" in sentence


async def test_an_older_ballot_in_the_place_of_the_last_one_breaks_both_receipts(closed, tmp_path):
    receipts = receipts_of(closed)
    with breaking_in(closed) as database:
        places = dict(database.execute("SELECT ballot_id, position FROM ballot_position"))
        database.execute("DELETE FROM ballot_position WHERE ballot_id IN (?, ?)", [FIRST, REPLACING])
        for ballot, place in ((FIRST, places[REPLACING]), (REPLACING, places[FIRST])):
            row = "INSERT INTO ballot_position (election_id, position, ballot_id) VALUES (?, ?, ?)"
            database.execute(row, [closed.uuid, place, ballot])
        swap = "UPDATE ballot SET sequence = ?, supersedes_id = ? WHERE id = ?"
        database.execute(swap, [3, FIRST, REPLACING])
        database.execute(swap, [2, REPLACING, FIRST])
        database.execute(swap, [1, None, REPLACING])
    await count(closed)
    published = await fetch(closed, tmp_path / "published", receipts)
    assert "it promises ballot 1 of its credential, in the archive it is number 2" in rejected(published, Step.RECEIPTS)
    assert "rests on receipts" in verified(await fetch(closed, tmp_path / "without"))


async def test_a_box_whose_list_was_changed_after_closing_fits_no_archive(preliminary, tmp_path):
    published = await fetch(preliminary, tmp_path / "published")
    box = json.loads((published / "box.json").read_bytes())
    box["trackers"].pop()
    (published / "box.json").write_text(json.dumps(box, separators=(",", ":")))
    assert "it is not in box.json, the list that was fixed at closing" in rejected(published, Step.BOX)


async def test_a_ballot_taken_out_after_counting_is_missed_by_the_sum(preliminary, tmp_path):
    key = preliminary.people.keys["organiser"][0]
    body = {"outcome": "set-aside", "answer": "作废"}
    answer = await preliminary.platform.ask("POST", f"{preliminary.api}/disputes/1/settle", key=key, json=body)
    assert_refused(answer, 409, "wrong-state", "this is possible only while it is closed")
    _take_out(preliminary, LAST)
    assert rejected(await fetch(preliminary, tmp_path / "published"), Step.CHECK)


async def test_ballots_that_are_taken_out_without_a_dispute_have_none_to_stand_for(closed, tmp_path):
    """Whoever owns the database takes out before the check what is not liked."""
    _take_out(closed, SECOND, 3, LAST)
    await closed.check()
    sentence = rejected(await fetch(closed, tmp_path / "published"), Step.CHECK)
    assert sentence == "set-aside.json, ballot 1: no dispute of the kind 'double' ended with ballots set aside"


async def test_more_ballots_taken_out_than_there_were_disputes_are_told_and_so_are_their_receipts(closed, tmp_path):
    receipts = receipts_of(closed)
    key, body = closed.people.keys["desk"][0], {"kind": "double", "raised_by": 2, "about": 2, "text": "重复"}
    await closed.platform.post(f"{closed.api}/disputes", key=key, json=body)
    await closed.organise("disputes/1/settle", outcome="set-aside", answer="重复计算，撤出。")
    _take_out(closed, 3, LAST)
    await closed.check()
    said = verified(await fetch(closed, tmp_path / "published", receipts))
    assert "note: 1 disputes took out 3 ballots: one dispute takes out those of one owner only" in said
    assert "the ballots of 3 receipts were taken out before counting" in said


def _take_out(assembly: Assembly, *ballots: int) -> None:
    row = (
        "INSERT INTO set_aside (election_id, ballot_id, kind, set_aside_at) "
        "SELECT election_id, id, 'double', received_at FROM ballot WHERE id = ?"
    )
    for ballot in ballots:
        change(assembly, row, ballot)


async def test_a_false_result_is_computed_again(preliminary, tmp_path):
    with breaking_in(preliminary) as database:
        ((finding,),) = database.execute("SELECT finding FROM result")
        false = json.loads(bytes(finding))
        false["questions"][0]["outcome"] = "REJECTED"
        database.execute("UPDATE result SET finding = ?", [json.dumps(false, separators=(",", ":")).encode()])
    published = await fetch(preliminary, tmp_path / "published")
    assert "result.json, question 1, outcome: it says REJECTED" in rejected(published, Step.FINDING)
    assert await database_damages(preliminary) == {"the log does not say the same of its result"}


async def test_a_false_total_does_not_open_from_the_shares(preliminary, tmp_path):
    with breaking_in(preliminary) as database:
        ((body,),) = database.execute("SELECT body FROM result")
        false = json.loads(bytes(body))
        row = false["result"][0]
        row[0], row[1] = row[1], row[0]
        database.execute("UPDATE result SET body = ?", [json.dumps(false, separators=(",", ":")).encode()])
    assert rejected(await fetch(preliminary, tmp_path / "published"), Step.RESULT)


async def test_before_closing_nobody_adds_anything_up(voted):
    answer = await voted.platform.ask("POST", f"{voted.api}/sum")
    assert_refused(answer, 409, "wrong-state", "open")
    await voted.close()
    answer = await voted.platform.ask("POST", f"{voted.api}/sum")
    assert_refused(answer, 409, "wrong-state", "closed")
    # Nor are ballots published that somebody could add up.
    assert (await voted.read_archive()).ballots == ()


async def test_a_pool_that_is_never_shown_is_in_the_box_at_closing_or_breaks_a_promise(voted, tmp_path):
    receipts = receipts_of(voted)
    waiting = await fetch(voted, tmp_path / "open", receipts)
    assert (
        "the ballots of 5 receipts are not in the archive yet: voting has not ended; they are promised to stand in "
        "box.json by 2026-12-31T10:00:00Z"
    ) in verified(waiting)
    await voted.close()
    assert len(json.loads(await voted.platform.get(f"{voted.pages}/box.json", key=None))["trackers"]) == 5
    change(voted, "DELETE FROM ballot_position WHERE ballot_id = ?", LAST)
    assert rejected(await fetch(voted, tmp_path / "closed", receipts), Step.RECEIPTS).endswith(" is not in box.json")


async def test_a_ballot_accepted_after_closing_shows_in_its_receipt(voted, tmp_path):
    """The closing time in the database was moved; no change of the sealed one was announced."""
    late = await voted.ballot(4, NOBODYS)
    change(voted, "UPDATE election SET extended_to = ?", moment(CLOSES + timedelta(days=1)))
    voted.at(CLOSES + timedelta(hours=1))
    assert (await voted.send(late)).status_code == 201
    receipts = receipts_of(voted)
    voted.at(CLOSES + timedelta(days=1))
    await voted.platform.post(f"{voted.api}/close")
    voted.at(CHECKS + timedelta(days=2))
    await voted.organise("check", accept_disclosure=True)
    published = await fetch(voted, tmp_path / "published", receipts)
    assert rejected(published, Step.RECEIPTS) == (
        "receipts/6.json: its ballot was received at 2026-12-30T11:00:00.000Z, "
        "when voting was over since 2026-12-30T10:00:00Z"
    )


async def test_a_ballot_that_comes_too_late_is_refused(voted):
    late = await voted.ballot(4, NOBODYS)
    voted.at(CLOSES)
    assert_refused(await voted.send(late), 409, "polls-closed", "this ballot is too late")


async def test_another_version_of_an_election_is_not_the_one_of_the_receipts(tmp_path):
    """One auditor is shown an election with the same people and another title."""
    honest, other = ElectionSimulator(), ElectionSimulator(title="另一次业主大会")
    receipt = honest.receipt(0)
    sentence = rejected_bundle(bundle_of(other, {"receipts/1.json": receipt}), Step.RECEIPTS)
    assert sentence.endswith("it is of another election, or of another version of this one")
    mixed = honest.write(tmp_path, manifest=other.manifest)
    assert "election.json does not pin these bytes; this is not the sealed manifest" in rejected(mixed, Step.MANIFEST)


async def test_a_manifest_changed_after_sealing_is_not_the_one_that_ballots_pin(preliminary, tmp_path):
    with breaking_in(preliminary) as database:
        ((manifest,),) = database.execute("SELECT manifest FROM election")
        changed = bytes(manifest).replace(b'"secrecy":"secret"', b'"secrecy":"named"')
        database.execute("UPDATE election SET manifest = ?", [changed])
    assert "this is not the sealed manifest" in rejected(
        await fetch(preliminary, tmp_path / "published"), Step.MANIFEST
    )


def test_a_receipt_signed_with_another_key_is_no_promise_of_the_platform():
    honest = ElectionSimulator()
    payload = base64.b64decode(json.loads(honest.receipt(0))["promise"])
    forged = encode_receipt(payload, sign(SigningKey(b"x" * 32), PROMISE_DOMAIN, payload))
    assert "not by this key" in rejected_bundle(bundle_of(honest, {"receipts/1.json": forged}), Step.RECEIPTS)


async def test_a_roll_changed_after_freezing_is_not_the_one_that_the_manifest_pins(sealed, tmp_path):
    change(sealed, "UPDATE entitlement SET area_dm2 = area_dm2 + 5000 WHERE number = 1")
    published = await fetch(sealed, tmp_path / "published")
    assert rejected(published, Step.ROLL)
    damages = await database_damages(sealed)
    assert "a credential weighs other than its entitlement's area says" in damages
