"""The ballot box over HTTP, on a database whose clock the test sets."""

import asyncio
import base64
import json
from datetime import timedelta
from urllib.parse import quote

import pytest

from crypto.audit import audit_archive
from crypto.ballot import seal_ballot, tracker
from crypto.credential import derive_secret
from crypto.election import decode_election, encode_election
from crypto.encoding import compact_json
from crypto.errors import VerificationError
from crypto.signature import SigningKey, verify_signature
from tests.strategies import seeded
from tests.vote.assembly import ESTATE
from tests.vote.conftest import AREAS, NO, VOTES, YES
from tests.vote.platform import CLOSES, NOON, OPENS, URL, assert_refused
from vote.ballot.models import Ballot, BallotIntake
from vote.ballot.rules import PROMISE_DOMAIN, Promise, decode_promise
from vote.ballot.service import BallotService
from vote.ballot.store import BallotStore
from vote.errors import RefusedError, UnavailableError
from vote.log.store import LogStore

MOMENT, SECOND = timedelta(microseconds=1), timedelta(seconds=1)
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
        received_at="2026-12-10T01:00:00.000Z",
        delay_seconds=24 * 3600,
    )


async def test_ballot_and_log_entry_are_written_together(opened):
    ballot = await opened.cast(2, CHOICES)
    last = json.loads((await LogStore().bodies(ESTATE))[-1])
    assert last == {
        "version": 1,
        "kind": "ballot:accepted",
        "election": opened.uuid,
        "tracker": tracker(ballot),
    }


async def test_a_ballot_that_cannot_be_logged_is_not_in_the_box(opened, monkeypatch):
    ballot = await opened.ballot(2, CHOICES)
    before = opened.platform.contents()

    async def fail(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(LogStore, "append", fail)
        with pytest.raises(OSError, match="disk full"):
            await opened.send(ballot)
    assert opened.platform.contents() == before
    assert (await opened.send(ballot)).status_code == 201


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
        {"sequence": 1, "effective": False, "count": 3},
        {"sequence": 2, "effective": False, "count": 3},
        {"sequence": 3, "effective": True, "count": 3},
    ]
    assert await look_up(opened, other) == {"sequence": 1, "effective": True, "count": 1}


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
        (NOON, "polls-not-open", "Voting opens at 2026-12-10 00:00 UTC"),
        (OPENS - MOMENT, "polls-not-open", "Voting opens at 2026-12-10 00:00 UTC"),
        (CLOSES, "polls-closed", "Voting closed at 2026-12-20 10:00 UTC"),
        (CLOSES + timedelta(days=1), "polls-closed", "Voting closed at 2026-12-20 10:00 UTC"),
    ],
)
async def test_a_ballot_out_of_time_is_refused_even_while_the_box_stands_open(opened, moment, reason, words):
    ballot = await opened.ballot(2, CHOICES)
    opened.at(moment)
    await _refused(opened, ballot, 409, reason, words)


@pytest.mark.parametrize("moment", [OPENS, CLOSES - MOMENT])
async def test_a_ballot_at_the_first_and_at_the_last_moment_is_in_time(opened, moment):
    ballot = await opened.ballot(2, CHOICES)
    opened.at(moment)
    assert (await opened.send(ballot)).status_code == 201


@pytest.mark.parametrize("staged", ["closed", "tallied"], indirect=True)
async def test_a_ballot_after_closing_is_refused(staged):
    ballot = await staged.ballot(4, CHOICES)
    await _refused(staged, ballot, 409, "polls-closed", "this ballot is too late")
    staged.at(OPENS)
    await _refused(staged, ballot, 409, "polls-closed", "this ballot is too late")


async def test_a_ballot_of_nobody_on_the_list_is_refused(opened):
    stranger = seal_ballot(await opened.election(), derive_secret(opened.uuid, "guess"), CHOICES, seeded(99))
    await _refused(opened, stranger, 403, "not-eligible", "not on this election's list")


async def test_a_ballot_for_another_election_is_refused(opened):
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
    """20,000 of 64,000 dm2 and one of five heads: 31.25 % and 20 %; then the other two, 33.4 % more each."""
    for _ in range(19):
        await opened.cast(5, CHOICES)
        assert await _permille(opened) == {"heads_permille": 0, "area_permille": 0}
    await opened.cast(5, CHOICES)
    assert await _permille(opened) == {"heads_permille": 200, "area_permille": 312}
    await opened.cast(2, CHOICES)
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


async def test_the_box_is_closed_by_staff_or_worker_at_its_time(voted):
    voted.at(CLOSES - MOMENT)
    answer = await voted.platform.ask("POST", f"{voted.api}/close")
    assert_refused(answer, 409, "wrong-state", "Voting goes on until 2026-12-20 10:00:00 UTC")
    ballots: BallotService = voted.platform.services["ballots"]
    assert await ballots.close_due() == []
    voted.at(CLOSES)
    assert await ballots.close_due() == [voted.uuid]
    assert await ballots.close_due() == []
    assert await voted.state() == "closed"
    last = json.loads((await LogStore().bodies(ESTATE))[-1])
    assert last == {"version": 1, "kind": "election:closed", "election": voted.uuid, "ballots": len(VOTES)}


async def test_the_archive_holds_every_ballot_in_an_order_that_keeps_each_owners_own(opened):
    cast = [await opened.cast(owner, CHOICES) for owner in (1, 2, 1, 3, 5, 1, 2, 5)]
    await opened.close()
    archive = await opened.read_archive()
    assert archive.ended
    assert sorted(archive.ballots) == sorted(cast)

    def of_owner(ballots, secret):
        public = json.loads(cast[secret])["credential"]
        return [ballot for ballot in ballots if json.loads(ballot)["credential"] == public]

    for first in (0, 1, 3, 4):
        assert of_owner(archive.ballots, first) == of_owner(cast, first)
    audit_archive(archive)


async def test_the_order_of_the_archive_is_drawn_by_lot(voted):
    """Five ballots of which two are one owner's have 60 orders; that four draws are all alike happens once in 216,000."""
    drawn = set()
    accepted = [number for number, _ in await BallotStore().accepted(voted.uuid)]
    for seed in range(4):
        object.__setattr__(voted.platform.services["ballots"], "rng", seeded(seed))
        ballots: BallotService = voted.platform.services["ballots"]
        voted.at(CLOSES)
        placed = []

        async def place(_, __, order, placed=placed):
            placed.extend(order)
            raise InterruptedError

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(BallotStore, "place", place)
            with pytest.raises(InterruptedError):
                await ballots.close(voted.uuid)
        assert sorted(placed) == accepted
        drawn.add(tuple(placed))
    assert len(drawn) > 1
    assert await voted.state() == "open"


async def test_an_empty_box_closes_too(opened):
    await opened.close()
    archive = await opened.read_archive()
    assert (archive.ballots, archive.ended) == ((), True)


async def test_more_ballots_than_a_page_are_all_published(opened, monkeypatch):
    monkeypatch.setattr("vote.ballot.store.PAGE", 3)
    for count in range(6):
        await opened.cast(1 + count % 5, CHOICES)
    await opened.close()
    assert len((await opened.read_archive()).ballots) == 6


class Slow:
    """Lets the check of one ballot wait until the test lets it go."""

    def __init__(self, patch):
        self.begun, self.go = asyncio.Event(), asyncio.Event()
        patch.setattr("vote.ballot.checking.BallotChecker.credential_of", self._wait)

    async def _wait(self, _, ballot):
        self.begun.set()
        await self.go.wait()
        return str(json.loads(ballot)["credential"])


@pytest.fixture
def slow(monkeypatch):
    return Slow(monkeypatch)


async def test_closing_waits_for_a_ballot_that_is_being_checked(opened, slow):
    ballots: BallotService = opened.platform.services["ballots"]
    ballot = await opened.ballot(2, CHOICES)
    opened.at(CLOSES - MOMENT)
    casting = asyncio.create_task(opened.send(ballot))
    await slow.begun.wait()
    for late in (timedelta(0), 59 * SECOND):
        opened.at(CLOSES + late)
        with pytest.raises(RefusedError, match="1 ballots that came in time"):
            await ballots.close(opened.uuid)
        assert await ballots.close_due() == []
    slow.go.set()
    answer = await casting
    assert answer.status_code == 201
    promise = decode_promise(base64.b64decode(answer.json()["promise"]))
    assert promise.received_at == "2026-12-20T09:59:59.999Z"
    await ballots.close(opened.uuid)
    assert (await opened.read_archive()).ballots == (ballot,)


async def test_closing_waits_no_longer_than_a_minute(opened, slow):
    ballots: BallotService = opened.platform.services["ballots"]
    ballot = await opened.ballot(2, CHOICES)
    opened.at(CLOSES - MOMENT)
    casting = asyncio.create_task(opened.send(ballot))
    await slow.begun.wait()
    opened.at(CLOSES + 60 * SECOND)
    await ballots.close(opened.uuid)
    slow.go.set()
    assert_refused(await casting, 409, "wrong-state", "is closed")
    assert (await opened.read_archive()).ballots == ()
    assert opened.platform.count("ballot") == 0
    assert opened.platform.count("ballot_intake") == 0


async def test_a_note_left_by_a_dead_process_does_not_count_for_ever(voted):
    ballots: BallotService = voted.platform.services["ballots"]
    await BallotIntake.create(election_id=voted.uuid, received_at=CLOSES - 61 * SECOND)
    voted.at(CLOSES)
    await ballots.close(voted.uuid)
    assert await voted.state() == "closed"


async def test_a_note_of_another_election_holds_up_nothing(voted):
    first = voted.uuid
    await voted.prepare()
    await BallotIntake.create(election_id=voted.uuid, received_at=CLOSES - MOMENT)
    voted.at(CLOSES)
    await voted.platform.services["ballots"].close(first)


async def test_a_close_that_cannot_be_logged_does_not_happen(voted, monkeypatch):
    async def fail(*_):
        raise OSError("disk full")

    voted.at(CLOSES)
    before = voted.platform.contents()
    monkeypatch.setattr(LogStore, "append", fail)
    with pytest.raises(OSError, match="disk full"):
        await voted.platform.services["ballots"].close(voted.uuid)
    assert voted.platform.contents() == before


async def test_whoever_closes_second_finds_it_done(voted):
    voted.at(CLOSES)
    ballots: BallotService = voted.platform.services["ballots"]
    outcomes = await asyncio.gather(*(ballots.close(voted.uuid) for _ in range(3)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "RefusedError", "RefusedError"]
    assert (await voted.read_archive()).ballots != ()


async def test_no_moment_of_casting_leaves_the_box(voted):
    await voted.close()
    times = [row.received_at.strftime(form).encode() for row in await Ballot.all() for form in ("%Y-%m-%d", "%s")]
    archive = await voted.archive()
    assert not [text for text in times if text in archive]
