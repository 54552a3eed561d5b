"""Elections from sealing to open polls, over HTTP, on a database."""

import json
from datetime import timedelta
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
from tests.vote.assembly import ESTATE, NAMES, PLACE, Assembly, People
from tests.vote.certificate.keys import secrets_of
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import CHECKS, CLOSES, NOON, OPENS, assert_refused, open_platform
from vote.account.separation import Separation
from vote.election.manifest import decode_manifest, verify_description
from vote.election.packing import Measures
from vote.election.terms import Changes, Periods, Pools
from vote.errors import RefusedError
from vote.law.library import load_profile
from vote.log.store import LogStore

MOMENT = timedelta(microseconds=1)


async def test_only_staff_prepare_seal_and_open(sealed):
    platform = sealed.platform
    before = platform.contents()
    steps = "offices", "seal", "notice", "open", "close", "sum"
    paths = ["/api/elections", *(f"{sealed.api}/{step}" for step in steps)]
    for path, key in product(paths, [None, *(made[0] for made in sealed.people.keys.values())]):
        answer = await platform.ask("POST", path, key=key)
        assert_refused(answer, 403 if key else 401, "not-allowed" if key else "not-signed-in", "key")
    assert platform.contents() == before


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "trustee"),
        (["issue_credentials"], "trustee"),
        (["make_key"], "There are no credentials yet"),
        (["make_key", "issue_credentials"], "The public keys of organiser are not here"),
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
    await assembly.bring_offices()
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
    assert (manifest.opens_at, manifest.closes_at) == ("2026-12-20T00:00:00Z", "2026-12-30T10:00:00Z")
    assert (manifest.grace_seconds, manifest.credential_parts, manifest.channels) == (60, 2, ("online",))
    assert (manifest.electorate, manifest.base) == (Measures(5, 64000), 10)
    assert manifest.trustees == {
        "size": 3,
        "threshold": 2,
        "names": list(NAMES),
        "sha256": hex_digest(archive.setup.trustees),
    }
    assert manifest.credentials_sha256 == hex_digest(archive.setup.credentials)
    assert await sealed.platform.get(f"{sealed.pages}/public_creds.json", key=None) == archive.setup.credentials
    assert manifest.promise_key == SigningKey(bytes.fromhex("22" * 32)).public.hex()
    assert manifest.questions == ASKS
    parts = await sealed.platform.get(f"{sealed.pages}/parts.json", key=None)
    assert manifest.credential_parts_sha256 == hex_digest(parts)
    assert manifest.periods == Periods(notice_days=15, check_days=3, objection_days=7)
    assert manifest.pools == Pools(size=20, least=5, hours=(8, 20), max_hours=24)
    offices = ("organiser", "community", "sub_district")
    assert manifest.offices == {name: secrets_of(name).public.keys for name in offices}
    assert manifest.separation == Separation((), (), owner_trustee=True)
    assert manifest.changes == Changes()
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
    for name in ("manifest.json", "election.json", "roll-public.json", "parts.json"):
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
    assert [entry["kind"] for entry in entries] == [
        "roll:frozen",
        "election:sealed",
        "election:noticed",
        "election:opened",
    ]
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
    assert entries[2:] == [
        {"version": 1, "kind": kind, "election": opened.uuid} for kind in ("election:noticed", "election:opened")
    ]


@pytest.mark.parametrize(("moment", "accepted"), [(NOON, False), (OPENS - MOMENT, False), (OPENS, True)])
async def test_polls_open_at_their_time_by_the_databases_clock(sealed, moment, accepted):
    await sealed.notice()
    sealed.at(moment)
    answer = await sealed.platform.ask("POST", f"{sealed.api}/open")
    if accepted:
        assert answer.json()["state"] == "open"
    else:
        assert_refused(answer, 409, "wrong-state", "Voting opens at 2026-12-20 00:00:00 UTC")
        assert await sealed.state() == "noticed"


async def test_polls_do_not_open_before_notice_was_given(sealed):
    sealed.at(OPENS)
    answer = await sealed.platform.ask("POST", f"{sealed.api}/open")
    assert_refused(answer, 409, "wrong-state", "is sealed cannot become open")
    assert await sealed.platform.services["elections"].open_due() == []


async def test_what_is_due_is_opened_and_nothing_else(sealed):
    elections = sealed.platform.services["elections"]
    await sealed.notice()
    assert await elections.open_due() == []
    sealed.at(OPENS)
    assert await elections.open_due() == [sealed.uuid]
    assert await elections.open_due() == []
    assert await sealed.state() == "open"


async def test_a_worker_that_finds_the_polls_open_already_goes_on(sealed, monkeypatch):
    await sealed.notice()
    sealed.at(OPENS)
    elections = sealed.platform.services["elections"]
    await elections.open(sealed.uuid)

    async def to_open(*_: object) -> list[str]:
        return [sealed.uuid]

    monkeypatch.setattr(type(elections.store), "to_open", to_open)
    assert await elections.open_due() == []


STEPS = ("seal", "notice", "open", "close", "check", "sum")
POSSIBLE = {
    "sealed": {"notice"},
    "opened": {"close"},
    "voted": {"close"},
    "closed": {"check"},
    "checked": {"sum"},
    "tallied": set(),
}


async def _only(assembly, possible):
    """Check that every step is refused but those that are possible."""
    assembly.at(CHECKS)
    before = assembly.platform.contents()
    for step in STEPS:
        if step not in possible:
            asked = {"key": assembly.people.keys["organiser"][0], "json": {}} if step == "check" else {}
            answer = await assembly.platform.ask("POST", f"{assembly.api}/{step}", **asked)
            assert_refused(answer, 409, "wrong-state", "")
    assert assembly.platform.contents() == before


@pytest.mark.parametrize(("staged", "possible"), POSSIBLE.items(), indirect=["staged"])
async def test_only_the_step_that_follows_is_possible(staged, possible):
    await _only(staged, possible)


async def test_after_notice_only_opening_is_possible(sealed):
    await sealed.notice()
    await _only(sealed, {"open"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", "/seal"),
        ("POST", "/notice"),
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


FILES = ("manifest.json", "election.json", "roll-public.json", "result.json", "changes.json", "parts.json")


@pytest.mark.parametrize("name", FILES)
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
    manifest = decode_manifest(await demonstration.get(f"{assembly.pages}/manifest.json"))
    assert (manifest.demo, manifest.periods) == (True, Periods(0, 0, 0))


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
