"""Requests to open a named ballot, and words about what is destroyed, over HTTP."""

import json

import pytest

from crypto.encoding import hex_digest
from crypto.signature import decode_public_key
from tests.strategies import seeded
from tests.vote.assembly import ESTATE, Assembly, People, phone_of
from tests.vote.conftest import AREAS, ASKS, STEPS, Stages
from tests.vote.platform import STAFF, assert_refused
from vote.ballot.models import Ballot
from vote.certificate.opening_request import OpeningReason, OpeningRequest, read_signed_request
from vote.credential.statement import Destroyed, encode_destroyed
from vote.db import transaction
from vote.election.manifest import decode_manifest
from vote.election.rules import State
from vote.election.store import ElectionStore
from vote.log.store import LogStore
from vote.message.rules import Kind as MessageKind
from vote.phone.models import Phone
from vote.trustee.destruction import destroy_own, encode_destruction
from vote.trustee.memory import Memory

REPLACED, COUNTS, SET_ASIDE = 0, 3, 4
"""Ballots in casting order: owner 1's first, owner 1's last, owner 5's, which a dispute takes out."""


async def _seal(assembly: Assembly) -> None:
    await assembly.import_roll()
    await assembly.prepare(secrecy="named")
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()


async def _close(assembly: Assembly) -> None:
    await assembly.close()
    desk, about = (
        assembly.people.keys["desk"][0],
        {"kind": "impersonation", "raised_by": 5, "about": 5, "text": "不是我"},
    )
    await assembly.platform.post(f"{assembly.api}/disputes", key=desk, json=about)
    await assembly.organise("disputes/1/settle", outcome="set-aside", answer="已当面核实。")


async def _open(assembly: Assembly) -> None:
    await assembly.contribute(1)
    assert await assembly.contribute(3)


@pytest.fixture(scope="module")
def stages(_migrated, tmp_path_factory):
    steps = {**STEPS, "sealed": _seal, "closed": _close, "preliminary": _open}
    return Stages(tmp_path_factory.mktemp("named"), _migrated, People(AREAS, ASKS), "preliminary", steps)


@pytest.fixture
async def named(stages, tmp_path, clock):
    async with stages.start("preliminary", tmp_path, clock) as assembly:
        yield assembly


async def tracker_of(assembly: Assembly, ballot: int) -> str:
    """Return the tracker of a ballot by its place in casting order."""
    rows = await Ballot.filter(election_id=assembly.uuid).order_by("id").values("tracker")
    return rows[ballot]["tracker"]


async def ask(assembly: Assembly, ballot: str, reason: str = "owner-request", key: str | None = None):
    body = {"tracker": ballot, "reason": reason}
    key = key or assembly.people.keys["desk"][0]
    return await assembly.platform.ask("POST", f"{assembly.api}/openings", key=key, json=body)


async def published(assembly: Assembly, name: str):
    return json.loads(await assembly.platform.get(f"{assembly.pages}/{name}", key=None))


async def entries(kind: str) -> list[dict[str, object]]:
    found = [json.loads(body) for body in await LogStore().bodies(ESTATE)]
    return [entry for entry in found if entry["kind"] == kind]


def told(assembly: Assembly) -> list[tuple[str, str]]:
    return [
        (number, message.text)
        for number, message in assembly.platform.phones.messages
        if message.kind is MessageKind.OPENING_REQUESTED
    ]


async def test_a_request_is_signed_logged_told_and_published(named):
    ballot = await tracker_of(named, COUNTS)
    answer = await ask(named, ballot)
    assert answer.status_code == 201
    manifest = decode_manifest(await named.platform.get(f"{named.pages}/manifest.json", key=None))
    read = read_signed_request(answer.content, decode_public_key(manifest.promise_key))
    fingerprint = (await named.election()).fingerprint
    reason, now = OpeningReason.OWNER_REQUEST, "2027-01-03T00:00:00Z"
    assert read == OpeningRequest(named.uuid, fingerprint, 1, ballot, reason, now, told=True)
    # Owner 1 cast it.
    assert told(named) == [
        (
            f"+86{phone_of(1)}",
            "馨苑：您的一张记名票将被拆开，因为您本人要求。拆一次记一次，公开可查。有疑问请打社区座机0573-84012345。",
        )
    ]
    assert await entries("opening:requested") == [
        {
            "version": 1,
            "kind": "opening:requested",
            "election": named.uuid,
            "request": 1,
            "reason": "owner-request",
        }
    ]
    shown = await published(named, "openings.json")
    assert shown["openings"] == [{"number": 1, "reason": "owner-request", "requested_at": "2027-01-03T00:00:00Z"}]
    assert ballot not in json.dumps(shown)


async def test_a_lost_request_is_fetched_again_and_nobody_is_told_twice(named):
    signed = (await ask(named, await tracker_of(named, COUNTS))).content
    key = named.people.keys["desk"][0]
    assert await named.platform.get(f"{named.api}/openings/1", key=key) == signed
    assert len(told(named)) == 1
    for number in (0, 2):
        answer = await named.platform.ask("GET", f"{named.api}/openings/{number}", key=key)
        assert_refused(answer, 404, "not-found", "no request of this number")


async def test_each_opening_is_counted_the_same_ballot_twice_too(named):
    ballot = await tracker_of(named, COUNTS)
    for reason in ("owner-request", "lawful-demand"):
        assert (await ask(named, ballot, reason)).status_code == 201
    shown = (await published(named, "openings.json"))["openings"]
    assert [(each["number"], each["reason"]) for each in shown] == [(1, "owner-request"), (2, "lawful-demand")]
    assert [text.split("因为")[1].split("。")[0] for _, text in told(named)] == ["您本人要求", "有机关依法调取"]


@pytest.mark.parametrize("ballot", [REPLACED, SET_ASIDE])
async def test_a_ballot_that_does_not_count_is_not_opened(named, ballot):
    answer = await ask(named, await tracker_of(named, ballot))
    assert_refused(answer, 404, "not-found", "No ballot that counts has this receipt")
    assert (await published(named, "openings.json"))["openings"] == []
    assert (told(named), await entries("opening:requested")) == ([], [])


@pytest.mark.parametrize("receipt", ["x" * 43, "", "x" * 44, "\x00"])
async def test_an_unknown_receipt_opens_nothing(named, receipt):
    assert_refused(await ask(named, receipt), 404, "not-found", "No ballot that counts has this receipt")


async def test_curiosity_is_no_reason(named):
    answer = await ask(named, await tracker_of(named, COUNTS), "curiosity")
    assert_refused(answer, 400, "malformed", "owner-request, objection, lawful-demand")


async def test_for_an_objection_there_has_to_be_one_that_waits(named):
    ballot, desk = await tracker_of(named, COUNTS), named.people.keys["desk"][0]
    assert_refused(await ask(named, ballot, "objection"), 409, "wrong-state", "No objection waits")
    body = {"raised_by": 1, "topic": "我的票", "text": "我投的不是这样"}
    await named.platform.post(f"{named.api}/objections", key=desk, json=body)
    assert (await ask(named, ballot, "objection")).status_code == 201
    await named.organise("objections/1/answer", outcome="answered", answer="已当面核对，与本人所投一致。")
    assert_refused(await ask(named, ballot, "objection"), 409, "wrong-state", "No objection waits")


async def test_an_owner_whose_phone_nobody_confirmed_is_not_told_by_phone_and_the_request_says_so(named):
    await Phone.filter(entitlement__number=1).update(confirmed_how=None, confirmed_at=None)
    answer = await ask(named, await tracker_of(named, COUNTS))
    manifest = decode_manifest(await named.platform.get(f"{named.pages}/manifest.json", key=None))
    assert not read_signed_request(answer.content, decode_public_key(manifest.promise_key)).told
    assert told(named) == []
    assert len(await entries("opening:requested")) == 1


async def test_only_the_desk_asks(named):
    ballot = await tracker_of(named, COUNTS)
    for duty in ("community", "organiser", "trustee", "registrar"):
        answer = await ask(named, ballot, key=named.people.keys[duty][0])
        assert_refused(answer, 403, "not-allowed", "key")
    assert_refused(await ask(named, ballot, key=STAFF), 403, "not-allowed", "key")


async def test_before_there_is_a_result_nothing_is_opened(stages, tmp_path, clock):
    async with stages.start("tallied", tmp_path, clock) as assembly:
        answer = await ask(assembly, await tracker_of(assembly, COUNTS))
        assert_refused(answer, 409, "wrong-state", "tallied")


async def test_of_a_secret_election_nothing_is_opened(tallied):
    await _open(tallied)
    answer = await ask(tallied, await tracker_of(tallied, COUNTS))
    assert_refused(answer, 403, "not-allowed", "This election is secret")
    assert (await published(tallied, "openings.json"))["openings"] == []


async def word_of(assembly: Assembly, trustee: int, *, of: int | None = None) -> bytes:
    memory = Memory(assembly.people.trustees[of or trustee])
    return encode_destruction(destroy_own(memory, await assembly.read_archive(), seeded(5)))


async def bring(assembly: Assembly, trustee: int, word: bytes):
    path, key = f"{assembly.api}/trustees/{trustee}/destroyed", assembly.people.trustee_keys[trustee - 1]
    return await assembly.platform.ask("POST", path, key=key, content=word)


async def say_destroyed(assembly: Assembly, word: bytes):
    path, key = f"{assembly.api}/registrar/destroyed", assembly.people.registrar_key
    return await assembly.platform.ask("POST", path, key=key, content=word)


@pytest.fixture
async def over(named):
    """The election after its certificate."""
    async with transaction():
        await ElectionStore().advance(named.uuid, State.PRELIMINARY, State.CERTIFIED)
    return named


async def test_what_was_destroyed_is_recorded_once_and_published(over):
    word = await word_of(over, 2)
    for _ in range(2):
        assert (await bring(over, 2, word)).status_code == 204
    letters = encode_destroyed(Destroyed(over.uuid, "ab" * 32))
    assert (await say_destroyed(over, letters)).status_code == 204
    assert await published(over, "retention.json") == {
        "version": 1,
        "election": over.uuid,
        "steps": [
            {"what": "trustee-keys", "number": 2, "at": "2027-01-03T00:00:00Z"},
            {"what": "letters", "number": 1, "at": "2027-01-03T00:00:00Z"},
        ],
    }
    assert [entry["word"] for entry in await entries("trustee:destroyed")] == [hex_digest(word)]
    assert [entry["word"] for entry in await entries("letters:destroyed")] == [hex_digest(letters)]


async def test_the_registrars_word_is_about_this_election(over):
    other = encode_destroyed(Destroyed("Ddp2RtfN1U8EFV", "ab" * 32))
    assert_refused(await say_destroyed(over, other), 409, "conflict", "another election")
    assert_refused(await say_destroyed(over, b"{}"), 400, "malformed", "the statement")
    assert (await published(over, "retention.json"))["steps"] == []


async def test_a_trustee_gives_the_own_word_and_no_other(over):
    assert_refused(await bring(over, 2, await word_of(over, 1)), 409, "conflict", "another election or trustee")
    forged = (await word_of(over, 1)).replace(b'"trustee":1', b'"trustee":2')
    assert_refused(await bring(over, 2, forged), 400, "malformed", "does not hold")
    assert_refused(await bring(over, 2, b"{}"), 400, "malformed", "the trustee's word")
    assert (await published(over, "retention.json"))["steps"] == []


async def test_nothing_is_destroyed_while_the_count_may_be_questioned(named):
    assert_refused(await bring(named, 1, await word_of(named, 1)), 409, "wrong-state", "preliminary")
    letters = encode_destroyed(Destroyed(named.uuid, "ab" * 32))
    assert_refused(await say_destroyed(named, letters), 409, "wrong-state", "preliminary")


async def test_after_an_annulment_keys_are_destroyed_too(named):
    await named.organise("annul", reason="organiser-decision")
    assert (await bring(named, 1, await word_of(named, 1))).status_code == 204
