"""The ballot box over HTTP, on a database whose clock the test sets."""

import asyncio
import base64
import json
from datetime import timedelta
from urllib.parse import quote

import pytest

from crypto.ballot import seal_ballot, tracker
from crypto.credential import derive_secret
from crypto.election import decode_election, encode_election
from crypto.encoding import compact_json
from crypto.errors import VerificationError
from crypto.signature import SigningKey, verify_signature
from tests.strategies import seeded
from tests.vote.conftest import AREAS, NO, VOTES, YES
from tests.vote.platform import CLOSES, NOON, OPENS, URL, assert_refused
from vote.ballot.models import Ballot
from vote.ballot.rules import PROMISE_DOMAIN, Promise, decode_promise
from vote.ballot.service import BallotService
from vote.errors import UnavailableError

MOMENT = timedelta(microseconds=1)
PUBLIC = SigningKey(bytes.fromhex("22" * 32)).public
CHOICES = [YES, [1, 0, 0, 0]]


async def look_up(assembly, ballot):
    path = f"{assembly.api}/ballot?tracker={quote(tracker(ballot))}"
    return json.loads(await assembly.platform.get(path, key=None))


async def test_an_accepted_ballot_is_in_the_box_byte_for_byte(opened):
    ballot = await opened.ballot(2, CHOICES)
    answer = await opened.send(ballot)
    assert (answer.status_code, answer.headers["content-type"]) == (201, "application/json")
    row = await Ballot.get()
    assert bytes(row.data) == ballot
    assert bytes(row.promise) == answer.content
    assert (row.tracker, row.sequence, row.supersedes_id) == (tracker(ballot), 1, None)
    assert row.received_at == OPENS + timedelta(hours=1)
    assert opened.platform.count("ballot_intake") == 0


async def test_the_receipt_is_a_promise_signed_by_the_platform(opened):
    ballot = await opened.ballot(2, CHOICES)
    receipt = (await opened.send(ballot)).json()
    promise, signature = base64.b64decode(receipt["promise"]), base64.b64decode(receipt["signature"])
    verify_signature(PUBLIC, PROMISE_DOMAIN, promise, signature)
    with pytest.raises(VerificationError):
        verify_signature(PUBLIC, PROMISE_DOMAIN, promise.replace(b'"sequence":1', b'"sequence":2'), signature)
    with pytest.raises(VerificationError):
        verify_signature(PUBLIC, "promise/2", promise, signature)
    assert decode_promise(promise) == Promise(
        origin=URL,
        election=opened.uuid,
        fingerprint=(await opened.election()).fingerprint,
        tracker=tracker(ballot),
        sequence=1,
        received_at="2026-12-20T01:00:00.000Z",
        delay_seconds=24 * 3600,
    )


async def test_the_same_ballot_again_gets_the_same_receipt(opened):
    ballot = await opened.ballot(2, CHOICES)
    first = await opened.send(ballot)
    before = opened.platform.contents()
    opened.at(OPENS + timedelta(hours=7))
    again = await opened.send(ballot)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content
    assert opened.platform.contents() == before


@pytest.mark.parametrize("staged", ["voted", "closed", "tallied"], indirect=True)
async def test_the_same_ballot_gets_its_receipt_whenever_it_comes(staged):
    rows = await Ballot.all()
    staged.at(CLOSES + timedelta(days=9))
    before = staged.platform.contents()
    for row in rows:
        answer = await staged.send(bytes(row.data))
        assert (answer.status_code, answer.content) == (200, bytes(row.promise))
    assert len(rows) == len(VOTES)
    assert staged.platform.contents() == before


async def test_the_same_ballot_twice_at_once_is_in_the_box_once(opened):
    ballot = await opened.ballot(2, CHOICES)
    answers = await asyncio.gather(*(opened.send(ballot) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.content for answer in answers}) == 1
    assert opened.platform.count("ballot") == 1


async def test_a_later_ballot_of_the_same_owner_takes_the_place_of_the_earlier(opened):
    ballots = [await opened.cast(2, [choice, [0, 0, 0, 1]]) for choice in (YES, NO, YES)]
    other = await opened.cast(3, CHOICES)
    rows = await Ballot.all().order_by("id")
    assert [row.sequence for row in rows] == [1, 2, 3, 1]
    assert [row.supersedes_id for row in rows] == [None, rows[0].id, rows[1].id, None]
    assert [await look_up(opened, ballot) for ballot in ballots] == [
        {"sequence": 1, "effective": False, "count": 3, "set_aside": False},
        {"sequence": 2, "effective": False, "count": 3, "set_aside": False},
        {"sequence": 3, "effective": True, "count": 3, "set_aside": False},
    ]
    assert await look_up(opened, other) == {"sequence": 1, "effective": True, "count": 1, "set_aside": False}


async def test_ballots_of_one_owner_cast_at_once_are_numbered_without_a_gap(opened):
    ballots = [await opened.ballot(2, CHOICES) for _ in range(6)]
    answers = await asyncio.gather(*map(opened.send, ballots))
    assert {answer.status_code for answer in answers} == {201}
    promised = {decode_promise(base64.b64decode(answer.json()["promise"])).sequence for answer in answers}
    assert promised == {1, 2, 3, 4, 5, 6}
    rows = await Ballot.all().order_by("sequence")
    assert [row.sequence for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.supersedes_id for row in rows] == [None, *(row.id for row in rows[:-1])]


async def _refused(assembly, ballot, status, reason, words):
    before = assembly.platform.contents()
    assert_refused(await assembly.send(ballot), status, reason, words)
    assert assembly.platform.contents() == before


async def test_a_ballot_before_opening_is_refused(sealed):
    ballot = await sealed.ballot(2, CHOICES)
    await _refused(sealed, ballot, 409, "polls-not-open", "not been opened yet")
    sealed.at(OPENS)
    await _refused(sealed, ballot, 409, "polls-not-open", "not been opened yet")


async def test_a_ballot_for_a_draft_is_refused(sealed):
    ballot = await sealed.ballot(2, CHOICES)
    await sealed.prepare()
    await _refused(sealed, ballot, 409, "polls-not-open", "not been opened yet")


@pytest.mark.parametrize(
    ("moment", "reason", "words"),
    [
        (NOON, "polls-not-open", "Voting opens at 2026-12-20 00:00 UTC"),
        (OPENS - MOMENT, "polls-not-open", "Voting opens at 2026-12-20 00:00 UTC"),
        (CLOSES, "polls-closed", "Voting closed at 2026-12-30 10:00 UTC"),
        (CLOSES + timedelta(days=1), "polls-closed", "Voting closed at 2026-12-30 10:00 UTC"),
    ],
)
async def test_a_ballot_out_of_time_is_refused_even_while_the_box_stands_open(opened, moment, reason, words):
    ballot = await opened.ballot(2, CHOICES)
    opened.at(moment)
    # Whoever comes first after closing leaves a note that voting is over; nothing else is written, by nobody.
    await opened.send(ballot)
    await _refused(opened, ballot, 409, reason, words)


@pytest.mark.parametrize("moment", [OPENS, CLOSES - MOMENT])
async def test_a_ballot_at_the_first_and_at_the_last_moment_is_in_time(opened, moment):
    ballot = await opened.ballot(2, CHOICES)
    opened.at(moment)
    assert (await opened.send(ballot)).status_code == 201


@pytest.mark.parametrize("staged", ["closed", "tallied"], indirect=True)
async def test_a_ballot_after_closing_is_refused(staged):
    ballot = await staged.ballot(5, CHOICES)
    await _refused(staged, ballot, 409, "polls-closed", "this ballot is too late")
    staged.at(OPENS)
    await _refused(staged, ballot, 409, "polls-closed", "this ballot is too late")


async def test_a_ballot_of_nobody_on_the_list_is_refused(opened):
    stranger = seal_ballot(await opened.election(), derive_secret(opened.uuid, "guess"), CHOICES, seeded(99))
    await _refused(opened, stranger, 403, "not-eligible", "not on this election's list")


async def test_a_ballot_for_another_election_is_refused(opened):
    await opened.agree(2)
    election = await opened.election()
    questions = [ask.question() for ask in opened.people.asks]
    other = decode_election(encode_election("Ddp2RtfN1U8EFV", "别的", "", election.public_key, questions))
    ballot = seal_ballot(other, opened.secret(2), CHOICES, seeded(99))
    await _refused(opened, ballot, 422, "ballot-invalid", "not accepted")


def _change(ballot, path, edit):
    document = json.loads(ballot)
    container = document
    for key in path[:-1]:
        container = container[key]
    container[path[-1]] = edit(container[path[-1]])
    return compact_json(document)


@pytest.mark.parametrize(
    ("path", "edit"),
    [
        (["answers", 0, "choices", 0, "alpha"], lambda point: "01" + "0" * 62 if point else point),
        (["answers", 0, "individual_proofs", 0, 0, "response"], lambda number: str(int(number) ^ 1)),
        (["answers", 1, "overall_proof", 0, "challenge"], lambda number: str(int(number) ^ 1)),
        (["signature", "proof", "response"], lambda number: str(int(number) ^ 1)),
        (["signature", "hash"], lambda text: text[::-1]),
        (["election_uuid"], lambda _: "Ddp2RtfN1U8EFV"),
        (["credential"], lambda text: text[::-1]),
        (["answers"], lambda answers: answers[:1]),
    ],
)
async def test_a_ballot_with_one_part_changed_is_refused(opened, path, edit):
    ballot = await opened.ballot(2, CHOICES)
    changed = _change(ballot, path, edit)
    assert changed != ballot
    await _refused(opened, changed, 422, "ballot-invalid", "not accepted")


@pytest.mark.parametrize("data", [b"", b"ballot", b"\xff\xfe", b"{}", b"[]", b"null", b"{" * 5000])
async def test_what_is_no_ballot_is_refused(opened, data):
    await _refused(opened, data, 422, "ballot-invalid", "not accepted")


async def test_the_same_ballot_in_another_spelling_is_refused(opened):
    ballot = await opened.ballot(2, CHOICES)
    for other in (ballot + b"\n", json.dumps(json.loads(ballot)).encode()):
        await _refused(opened, other, 422, "ballot-invalid", "not accepted")


async def test_a_ballot_that_is_too_large_is_refused(opened):
    await _refused(opened, b"1" * ((1 << 20) + 1), 413, "too-large", "more than the 1048576 bytes")


async def test_when_nobody_can_check_now_nothing_is_decided(opened, monkeypatch):
    ballot = await opened.ballot(2, CHOICES)
    before = opened.platform.contents()

    async def fail(*_):
        raise UnavailableError("the checking processes died")

    with monkeypatch.context() as patch:
        patch.setattr("vote.ballot.checking.BallotChecker.credential_of", fail)
        answer = await opened.send(ballot)
    assert (answer.status_code, answer.json()["reason"]) == (503, "unavailable")
    assert opened.platform.contents() == before
    assert (await opened.send(ballot)).status_code == 201


async def _permille(assembly):
    return json.loads(await assembly.platform.get(f"{assembly.api}/turnout", key=None))


async def test_turnout_is_shown_in_whole_pools_while_voting_goes_on(opened):
    """20,000 of 64,000 dm2 and one of five heads: 31.25 % and 20 %; then another with 12,000 dm2: 50 % and 40 %."""
    ballots: BallotService = opened.platform.services["ballots"]
    for _ in range(19):
        await opened.cast(5, CHOICES)
        assert await ballots.release_due() == 0
    assert await _permille(opened) == {"heads_permille": 0, "area_permille": 0}
    await opened.cast(5, CHOICES)
    assert await ballots.release_due() == 1
    assert await _permille(opened) == {"heads_permille": 200, "area_permille": 312}
    await opened.cast(2, CHOICES)
    assert await ballots.release_due() == 0
    assert await _permille(opened) == {"heads_permille": 200, "area_permille": 312}
    await opened.close()
    assert await _permille(opened) == {"heads_permille": 400, "area_permille": 500}


async def test_turnout_after_closing_counts_each_owner_once(closed):
    voters = {owner for owner, _ in VOTES}
    area = sum(AREAS[owner - 1] for owner in voters)
    assert await _permille(closed) == {
        "heads_permille": 1000 * len(voters) // 5,
        "area_permille": 1000 * area // 64000,
    }


async def test_who_voted_only_in_a_ballot_that_was_taken_out_did_not_take_part(closed):
    """Owner 5, who has 20,000 of 64,000 dm2, cast one ballot; the others three heads and 36,000 dm2. Owner 1 cast two."""
    desk, organiser = (closed.people.keys[role][0] for role in ("desk", "organiser"))
    for number, (owner, outcome) in enumerate(((5, {}), (1, {"latest": 1})), start=1):
        dispute = {"kind": "impersonation", "raised_by": owner, "about": owner, "text": "不是本人投的"}
        await closed.platform.post(f"{closed.api}/disputes", key=desk, json=dispute)
        settled = {"outcome": "set-aside", "answer": "经核对属实", **outcome}
        await closed.platform.post(f"{closed.api}/disputes/{number}/settle", key=organiser, json=settled)
    assert await _permille(closed) == {"heads_permille": 600, "area_permille": 562}
    await closed.check()
    assert await _permille(closed) == {"heads_permille": 600, "area_permille": 562}


async def test_a_draft_has_no_turnout(sealed):
    await sealed.prepare()
    assert await _permille(sealed) == {"heads_permille": 0, "area_permille": 0}


async def test_a_ballot_that_is_not_in_the_box_is_not_found(voted):
    ballot = await voted.ballot(4, CHOICES)
    for path in (f"ballot?tracker={quote(tracker(ballot))}", "ballot?tracker=", "ballot"):
        answer = await voted.platform.ask("GET", f"{voted.api}/{path}", key=None)
        assert_refused(answer, 404, "not-found", "No ballot with this receipt")


async def test_a_tracker_whose_plus_became_a_blank_is_found(voted):
    for row in await Ballot.all():
        answer = await voted.platform.ask("GET", f"{voted.api}/ballot?tracker={row.tracker}", key=None)
        assert answer.status_code == 200
