"""Elections from draft to open polls, over HTTP, on a database."""

import json
from datetime import datetime, timedelta
from itertools import product

import httpx
import pytest

from crypto.audit import audit_archive, audit_setup
from crypto.credential import decode_public_credentials
from crypto.election import decode_election
from crypto.encoding import hex_digest
from crypto.merkle import root
from crypto.signature import SigningKey
from crypto.trustees import decode_trustees
from tests.databases import kept_bytes
from tests.vote.assembly import ESTATE, NAMES, PLACE, Assembly, People, write_sheet
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import CLOSES, NOON, OPENS, assert_refused, open_platform
from vote.election.ask import election, encode_ask, motion
from vote.election.manifest import decode_manifest, verify_description
from vote.election.packing import Measures
from vote.errors import RefusedError
from vote.law.library import load_profile
from vote.log.store import LogStore

MOMENT = timedelta(microseconds=1)


@pytest.fixture
async def assembly(platform):
    """Owners whose roll is frozen."""
    people = Assembly(platform, People(AREAS, ASKS))
    await people.import_roll()
    return people


async def test_a_draft_is_kept_and_every_role_gets_a_key(assembly):
    await assembly.prepare()
    people = assembly.people
    assert len(people.trustee_keys) == 3
    assert len({people.registrar_key, *people.trustee_keys}) == 4
    shown = await assembly.show()
    assert shown == {
        "election": people.uuid,
        "estate": ESTATE,
        "title": "2026年业主大会",
        "state": "draft",
        "opens_at": "2026-12-10T00:00:00+00:00",
        "closes_at": "2026-12-20T10:00:00+00:00",
        "questions": [
            {"text": ask.text, "choices": list(ask.choices), "min": ask.minimum, "max": ask.maximum} for ask in ASKS
        ],
    }


async def test_a_key_is_shown_once_and_not_kept(assembly):
    await assembly.prepare()
    kept = kept_bytes(assembly.platform.settings.db)
    for key in (assembly.people.registrar_key, *assembly.people.trustee_keys):
        assert key.encode() not in kept


async def test_every_draft_has_a_number_of_its_own(assembly):
    numbers = set()
    for _ in range(3):
        await assembly.prepare()
        numbers.add(assembly.uuid)
    assert len(numbers) == 3
    assert {len(number) for number in numbers} == {14}


@pytest.mark.parametrize(
    ("changes", "status", "reason", "words"),
    [
        ({"secrecy": "named"}, 422, "not-supported", "Named elections"),
        ({"secrecy": "open"}, 400, "malformed", "secrecy must be"),
        ({"title": "DEMO 业主大会"}, 403, "not-allowed", "DEMO must stand"),
        ({"title": " "}, 400, "malformed", "title"),
        ({"profile": "cn-jx"}, 404, "not-found", "profile cn-jx"),
        ({"estate": "heyuan"}, 404, "not-found", "no estate"),
        ({"roll": 7}, 404, "not-found", "no roll"),
        ({"questions": []}, 400, "malformed", "1 to 20 questions"),
        ({"questions": [encode_ask(motion("10", "是否"))]}, 404, "not-found", "matter '10'"),
        ({"questions": [encode_ask(motion("hz-income", "是否"))]}, 404, "not-found", "hz-income"),
        ({"questions": [encode_ask(election("4", "选举", ("甲",), 1))]}, 400, "malformed", "which is matter 3"),
        ({"questions": [{**encode_ask(ASKS[0]), "max": 3}]}, 400, "malformed", "question 1"),
        ({"trustees": []}, 400, "malformed", "trustees"),
        ({"trustees": ["甲", "甲"]}, 400, "malformed", "one name"),
        ({"trustees": ["甲", "乙", "\n"]}, 400, "malformed", "trustee's name"),
        ({"threshold": 4}, 400, "malformed", "threshold"),
        ({"threshold": 0}, 400, "malformed", "threshold"),
        ({"opens_at": "2026-12-20T18:00:00+08:00"}, 400, "malformed", "Closing must come after"),
        ({"opens_at": "2026-11-01T00:00:00Z", "closes_at": "2026-12-01T12:00:00Z"}, 400, "malformed", "future"),
        ({"opens_at": "2026-12-10T00:00:00"}, 400, "malformed", "opens_at must be a moment"),
        ({"opens_at": "2026-12-10T00:00:00.5Z"}, 400, "malformed", "opens_at"),
        ({"opens_at": "tomorrow"}, 400, "malformed", "opens_at"),
        ({"opens_at": "0001-01-01T00:00:00+08:00"}, 400, "malformed", "opens_at"),
        ({"closes_at": "9999-12-31T23:59:59-08:00"}, 400, "malformed", "closes_at"),
        ({"closes_at": "9999-12-31T23:59:59Z"}, 400, "malformed", "closes_at"),
    ],
)
async def test_a_draft_that_does_not_do_is_refused_and_nothing_is_kept(assembly, changes, status, reason, words):
    before = assembly.platform.contents()
    answer = await assembly.platform.ask("POST", "/api/elections", json=assembly.draft(**changes))
    assert_refused(answer, status, reason, words)
    assert assembly.platform.contents() == before


async def test_an_election_needs_a_frozen_roll_of_its_estate(platform):
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll(freeze=False)
    answer = await platform.ask("POST", "/api/elections", json=assembly.draft())
    assert_refused(answer, 409, "wrong-state", "frozen roll of its estate")
    await platform.post("/api/estates", json={**PLACE, "id": "heyuan", "name": "和苑"})
    roll = (await platform.post("/api/estates/heyuan/rolls", content=write_sheet(AREAS)))["roll"]
    await platform.post(f"/api/rolls/{roll}/freeze")
    answer = await platform.ask("POST", "/api/elections", json=assembly.draft(roll=roll))
    assert_refused(answer, 409, "wrong-state", "frozen roll of its estate")


async def test_only_staff_prepare_seal_and_open(sealed):
    platform = sealed.platform
    before = platform.contents()
    paths = ["/api/elections", *(f"{sealed.api}/{step}" for step in ("seal", "open", "close", "sum"))]
    for path, key in product(paths, [None, sealed.people.registrar_key, sealed.people.trustee_keys[0]]):
        answer = await platform.ask("POST", path, key=key)
        assert_refused(answer, 403 if key else 401, "not-allowed" if key else "not-signed-in", "key")
    assert platform.contents() == before


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "trustee"),
        (["issue_credentials"], "trustee"),
        (["make_key"], "There are no credentials yet"),
    ],
)
async def test_an_election_is_not_sealed_before_keys_and_credentials_are_complete(assembly, steps, words):
    await assembly.prepare()
    for step in steps:
        await getattr(assembly, step)()
    before = assembly.platform.contents()
    assert_refused(await assembly.platform.ask("POST", f"{assembly.api}/seal"), 409, "wrong-state", words)
    assert assembly.platform.contents() == before
    assert await assembly.state() == "draft"


async def _ready(assembly: Assembly, **changes: object) -> Assembly:
    await assembly.prepare(**changes)
    await assembly.make_key()
    await assembly.issue_credentials()
    return assembly


@pytest.mark.parametrize(("moment", "accepted"), [(CLOSES - MOMENT, True), (CLOSES, False)])
async def test_an_election_is_sealed_before_its_closing_time(assembly, moment, accepted):
    await _ready(assembly)
    assembly.at(moment)
    answer = await assembly.platform.ask("POST", f"{assembly.api}/seal")
    if accepted:
        assert answer.json()["state"] == "sealed"
    else:
        assert_refused(answer, 409, "wrong-state", "closing time has passed")


async def test_sealing_fixes_everything_in_the_manifest(sealed):
    manifest_json = await sealed.platform.get(f"{sealed.pages}/manifest.json", key=None)
    archive = await sealed.read_archive()
    election_json = await sealed.platform.get(f"{sealed.pages}/election.json", key=None)
    roll = json.loads(await sealed.platform.get(f"{sealed.pages}/roll-public.json", key=None))
    profile = load_profile("cn-zj-jiaxing-jiashan")
    assert archive.setup.election == election_json
    manifest = decode_manifest(manifest_json)
    assert manifest.uuid == sealed.uuid
    assert manifest.estate == PLACE
    assert (manifest.title, manifest.demo, manifest.secrecy) == ("2026年业主大会", False, "secret")
    assert manifest.profile == {"id": profile.id, "version": profile.version, "digest": profile.digest}
    assert (manifest.opens_at, manifest.closes_at) == ("2026-12-10T00:00:00Z", "2026-12-20T10:00:00Z")
    assert (manifest.grace_seconds, manifest.credential_parts, manifest.channels) == (60, 1, ("online",))
    assert (manifest.electorate, manifest.base) == (Measures(5, 64000), 10)
    assert manifest.trustees == {
        "size": 3,
        "threshold": 2,
        "names": list(NAMES),
        "sha256": hex_digest(archive.setup.trustees),
    }
    assert manifest.credentials_sha256 == hex_digest(archive.setup.credentials)
    assert manifest.promise_key == SigningKey(bytes.fromhex("22" * 32)).public.hex()
    assert manifest.questions == ASKS
    assert manifest.roll_root == roll["root"]
    assert manifest.electorate_root == root([bytes.fromhex(leaf) for leaf in roll["electorate_leaves"]]).hex()
    assert root([bytes.fromhex(line["leaf"]) for line in roll["entitlements"]]).hex() == roll["root"]
    election_ = decode_election(election_json)
    verify_description(election_.description, manifest_json, 10)
    assert election_.public_key == decode_trustees(archive.setup.trustees).public_key
    assert (await sealed.show())["fingerprint"] == election_.fingerprint


async def test_each_entitlement_has_one_credential_with_its_area_and_one_head(sealed):
    archive = await sealed.read_archive()
    weights = sorted(credential.weight for credential in decode_public_credentials(archive.setup.credentials))
    assert weights == sorted(area * 10 + 1 for area in AREAS)


async def test_a_sealed_election_has_an_archive_of_its_set_up(sealed):
    archive = await sealed.read_archive()
    assert (archive.ballots, archive.ended) == ((), False)
    audit_setup(archive.setup)
    audit = audit_archive(archive)
    assert audit.totals is None


async def test_nothing_sealed_is_served_of_a_draft(assembly):
    await assembly.prepare()
    for name in ("manifest.json", "election.json", "roll-public.json"):
        answer = await assembly.platform.ask("GET", f"{assembly.pages}/{name}", key=None)
        assert_refused(answer, 409, "wrong-state", "not sealed yet")
    answer = await assembly.platform.ask("GET", f"{assembly.pages}/{assembly.uuid}.bel", key=None)
    assert_refused(answer, 404, "not-found", "no archive yet")


async def test_sealing_again_changes_nothing(sealed):
    before = sealed.platform.contents()
    answer = await sealed.platform.ask("POST", f"{sealed.api}/seal")
    assert_refused(answer, 409, "wrong-state", "is sealed cannot become sealed")
    assert sealed.platform.contents() == before


async def test_a_seal_that_cannot_be_logged_does_not_happen(assembly, monkeypatch):
    await _ready(assembly)
    before = assembly.platform.contents()
    monkeypatch.setattr(LogStore, "append", _fail)
    with pytest.raises(OSError, match="disk full"):
        await assembly.seal()
    assert assembly.platform.contents() == before


async def _fail(*_: object) -> None:
    raise OSError("disk full")


async def test_every_step_is_written_in_the_log(opened):
    entries = [json.loads(body) for body in await LogStore().bodies(ESTATE)]
    assert [entry["kind"] for entry in entries] == ["roll:frozen", "election:sealed", "election:opened"]
    archive = await opened.read_archive()
    manifest = await opened.platform.get(f"{opened.pages}/manifest.json", key=None)
    assert entries[1] == {
        "version": 1,
        "kind": "election:sealed",
        "election": opened.uuid,
        "fingerprint": decode_election(archive.setup.election).fingerprint,
        "manifest": hex_digest(manifest),
        "trustees": hex_digest(archive.setup.trustees),
        "credentials": hex_digest(archive.setup.credentials),
    }
    assert entries[2]["election"] == opened.uuid


@pytest.mark.parametrize(("moment", "accepted"), [(NOON, False), (OPENS - MOMENT, False), (OPENS, True)])
async def test_polls_open_at_their_time_by_the_databases_clock(sealed, moment, accepted):
    sealed.at(moment)
    answer = await sealed.platform.ask("POST", f"{sealed.api}/open")
    if accepted:
        assert answer.json()["state"] == "open"
    else:
        assert_refused(answer, 409, "wrong-state", "Voting opens at 2026-12-10 00:00:00 UTC")
        assert await sealed.state() == "sealed"


async def test_what_is_due_is_opened_and_nothing_else(sealed):
    elections = sealed.platform.services["elections"]
    assert await elections.open_due() == []
    sealed.at(OPENS)
    assert await elections.open_due() == [sealed.uuid]
    assert await elections.open_due() == []
    assert await sealed.state() == "open"


async def test_a_worker_that_finds_the_polls_open_already_goes_on(sealed, monkeypatch):
    sealed.at(OPENS)
    elections = sealed.platform.services["elections"]
    await elections.open(sealed.uuid)

    async def to_open(*_: object) -> list[str]:
        return [sealed.uuid]

    monkeypatch.setattr(type(elections.store), "to_open", to_open)
    assert await elections.open_due() == []


STEPS = ("seal", "open", "close", "sum")
POSSIBLE = {"sealed": {"open"}, "opened": {"close"}, "voted": {"close"}, "closed": {"sum"}, "tallied": set()}


@pytest.mark.parametrize(("staged", "possible"), POSSIBLE.items(), indirect=["staged"])
async def test_only_the_step_that_follows_is_possible(staged, possible):
    staged.at(CLOSES)
    before = staged.platform.contents()
    for step in STEPS:
        if step not in possible:
            answer = await staged.platform.ask("POST", f"{staged.api}/{step}")
            assert_refused(answer, 409, "wrong-state", "")
    assert staged.platform.contents() == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", "/seal"),
        ("POST", "/open"),
        ("POST", "/close"),
        ("POST", "/sum"),
        ("POST", "/ballots"),
        ("GET", "/ballot"),
        ("GET", "/turnout"),
        ("GET", "/board"),
    ],
)
async def test_an_unknown_election_is_not_found(platform, method, path):
    answer = await platform.ask(method, f"/api/elections/DQB53CqA1UtMwz{path}")
    assert_refused(answer, 404, "not-found", "no election of this number")


@pytest.mark.parametrize("name", ["manifest.json", "election.json", "roll-public.json", "result.json"])
async def test_an_unknown_election_has_no_files(platform, name):
    answer = await platform.ask("GET", f"/elections/DQB53CqA1UtMwz/{name}", key=None)
    assert_refused(answer, 404, "not-found", "no election of this number")


@pytest.fixture
async def demonstration(_migrated, tmp_path, clock):
    async with open_platform(_migrated, tmp_path, clock, demo=True) as platform:
        yield platform


async def test_a_demonstration_is_held_on_a_platform_for_demonstrations_only(demonstration):
    assembly = Assembly(demonstration, People(AREAS, ASKS))
    await assembly.import_roll()
    answer = await demonstration.ask("POST", "/api/elections", json=assembly.draft())
    assert_refused(answer, 403, "not-allowed", "DEMO must stand")
    await _ready(assembly, title="DEMO 业主大会")
    await assembly.seal()
    assert decode_manifest(await demonstration.get(f"{assembly.pages}/manifest.json")).demo


async def test_the_day_whose_rules_apply_is_chinas(assembly):
    """Hangzhou's own matters stand from 1 March 2022, which begins in China while it is February in UTC."""
    hangzhou = {"profile": "cn-zj-hangzhou", "questions": [encode_ask(motion("hz-income", "是否"))]}
    assembly.at(datetime.fromisoformat("2022-02-20T00:00:00Z"))
    draft = assembly.draft(opens_at="2022-02-28T23:59:59+08:00", closes_at="2022-03-20T00:00:00+08:00", **hangzhou)
    assert_refused(await assembly.platform.ask("POST", "/api/elections", json=draft), 404, "not-found", "hz-income")
    draft["opens_at"] = "2022-03-01T00:00:00+08:00"
    await assembly.platform.post("/api/elections", json=draft)


async def test_elections_of_an_estate_are_listed_the_latest_first(assembly):
    await assembly.prepare()
    first = assembly.uuid
    await assembly.prepare(opens_at="2026-12-11T00:00:00Z")
    listed = await assembly.platform.services["elections"].of_estate(ESTATE)
    assert [stored.uuid for stored in listed] == [assembly.uuid, first]
    assert await assembly.platform.services["elections"].of_estate("heyuan") == []


async def test_an_election_without_a_credential_for_everyone_is_not_sealed(assembly, monkeypatch):
    await _ready(assembly)
    elections = assembly.platform.services["elections"]
    credentials = await elections.registrar.public_credentials(assembly.uuid)
    lines = json.loads(credentials)

    async def fewer(*_: object) -> bytes:
        return json.dumps(lines[:-1], separators=(",", ":")).encode()

    monkeypatch.setattr(type(elections.registrar), "public_credentials", fewer)
    with pytest.raises(RefusedError, match="one credential for each entitlement"):
        await elections.seal(assembly.uuid)
    assert await assembly.state() == "draft"


async def test_the_announced_files_are_json(sealed):
    for name in ("manifest.json", "election.json", "roll-public.json"):
        answer: httpx.Response = await sealed.platform.ask("GET", f"{sealed.pages}/{name}", key=None)
        assert answer.headers["content-type"] == "application/json"
