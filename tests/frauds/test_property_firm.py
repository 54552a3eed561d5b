"""The property manager or the developer pads or withholds the roll, plants telephone numbers, asks who has not voted."""

import json

import pytest

from crypto.errors import VerificationError
from tests.frauds.auditor import database_damages, fetch, rejected
from tests.frauds.burglar import change
from tests.frauds.telephones import deliver, number_of, told
from tests.vote.assembly import ESTATE, PLACE, Assembly, People, phone_of, write_sheet
from tests.vote.conftest import AREAS, ASKS, YES
from tests.vote.platform import NOON, OPENS, STAFF, assert_refused
from vote.message.rules import Kind
from vote.roll.freeze import verify_proof
from vote.verifier.report import Step

PLANTED = "13900139000"


@pytest.fixture
async def people(platform):
    return Assembly(platform, People(AREAS, ASKS))


async def prove(assembly: Assembly, owner: int) -> dict[str, object]:
    path = f"/api/rolls/{assembly.people.roll}/entitlements/{owner}/proof"
    return json.loads(await assembly.platform.get(path))


async def counts(assembly: Assembly) -> dict[str, object]:
    return json.loads(await assembly.platform.get(f"{assembly.api}/changes-count", key=None))["phones"]


async def seal_without_confirming(people: Assembly) -> None:
    """Seal an election whose owners have confirmed no telephone."""
    await people.prepare()
    await people.make_key()
    people.confirm_phones = _confirm_nothing
    await people.issue_credentials()
    await people.bring_offices()
    await people.seal()


async def _confirm_nothing(*_: int) -> None:
    return


async def test_a_number_that_the_firm_supplied_gets_no_code_and_no_message(people):
    await people.import_roll()
    await seal_without_confirming(people)
    answer = await people.send_code(4)
    assert_refused(answer, 403, "not-allowed", "这个号码是别人报上来的，您还没有确认过")
    assert people.platform.phones.messages == []
    assert (await counts(people))["unconfirmed"] == len(AREAS)


async def test_one_planted_number_for_many_owners_shows_in_public_once_somebody_confirms_it(people):
    sheet = write_sheet(AREAS)
    for owner in range(2, 6):
        sheet = sheet.replace(phone_of(owner).encode(), PLANTED.encode())
    await people.import_roll(sheet=sheet)
    await seal_without_confirming(people)
    assert (await counts(people))["shared"] == 0
    stated = [{"entitlement": owner, "number": PLANTED} for owner in (2, 3, 4)]
    path, key = f"{people.api}/phones/confirmations", people.people.keys["desk"][0]
    await people.platform.post(path, key=key, json={"how": "desk", "phones": stated})
    assert await counts(people) == {
        "supplied": {"roll": 5, "delivery_receipt": 0, "desk": 0, "wish_form": 0, "owner": 0},
        "confirmed": {"delivery_receipt": 0, "desk": 3, "wish_form": 0},
        "unconfirmed": 2,
        "shared": 1,
    }


async def test_an_owner_of_another_number_states_it_and_that_is_a_change(people):
    await people.import_roll(sheet=write_sheet(AREAS).replace(phone_of(4).encode(), PLANTED.encode()))
    await seal_without_confirming(people)
    path, key = f"{people.api}/phones/confirmations", people.people.keys["desk"][0]
    body = {"how": "delivery_receipt", "phones": [{"entitlement": 4, "number": phone_of(4)}]}
    assert await people.platform.post(path, key=key, json=body) == {"confirmed": 0, "different": [4]}
    assert_refused(await people.send_code(4), 403, "not-allowed", "您还没有确认过")


async def test_a_roll_is_not_frozen_over_an_objection(people):
    await people.import_roll(freeze=False)
    roll = f"/api/rolls/{people.people.roll}"
    await people.platform.post(f"{roll}/objections", json={"text": "漏了我家，多了一户没人认识的。"})
    answer = await people.platform.ask("POST", f"{roll}/freeze")
    assert_refused(answer, 409, "wrong-state", "1 objections wait")


async def test_each_owner_has_a_proof_of_the_own_line_in_the_frozen_roll(people):
    await people.import_roll()
    public = json.loads(await people.platform.get(f"/api/rolls/{people.people.roll}/public", key=None))
    root, proof = bytes.fromhex(public["root"]), await prove(people, 4)
    verify_proof(proof, root)
    for changed in ({"area_dm2": AREAS[3] + 5000}, {"owner": "孙*"}, {"places": ["3幢2单元402室"]}):
        with pytest.raises(VerificationError):
            verify_proof({**proof, **changed}, root)


async def test_an_area_that_was_changed_after_freezing_is_not_that_of_the_root(sealed, tmp_path):
    proof = await prove(sealed, 5)
    manifest = json.loads(await sealed.platform.get(f"{sealed.pages}/manifest.json", key=None))
    change(sealed, "UPDATE entitlement SET area_dm2 = area_dm2 + 30000 WHERE number = 5")
    verify_proof(proof, bytes.fromhex(manifest["roll_root"]))
    with pytest.raises(VerificationError):
        verify_proof({**proof, "area_dm2": AREAS[4] + 30000}, bytes.fromhex(manifest["roll_root"]))
    assert rejected(await fetch(sealed, tmp_path / "published"), Step.ROLL)
    assert "its root is not that of its lines and salts" in await database_damages(sealed)


async def test_a_line_that_was_added_after_freezing_has_no_vote(sealed):
    change(
        sealed,
        "INSERT INTO entitlement (roll_id, number, developer, area_dm2, masked_owner, sealed, sealed_salt, leaf) "
        "SELECT roll_id, 6, developer, area_dm2, masked_owner, sealed, sealed_salt, leaf FROM entitlement WHERE number = 5",
    )
    found = await database_damages(sealed)
    assert "its entitlements are not numbered from 1 to its heads" in found
    assert len(json.loads((await sealed.read_archive()).setup.credentials)) == len(AREAS)


async def test_an_election_does_not_open_without_the_days_of_notice(sealed):
    sealed.at(OPENS)
    assert_refused(await sealed.platform.ask("POST", f"{sealed.api}/open"), 409, "wrong-state", "sealed")
    answer = await sealed.platform.ask("POST", f"{sealed.api}/notice")
    assert_refused(answer, 409, "wrong-state", "full days")
    assert NOON < OPENS


async def test_nobody_is_told_who_has_not_voted_while_voting_goes_on(voted):
    keys = [None, STAFF, *(each for duty in voted.people.keys.values() for each in duty)]
    for key in keys:
        for path in (f"{voted.api}/participation", f"{voted.pages}/participation.json"):
            answer = await voted.platform.ask("GET", path, key=key)
            assert answer.status_code in {401, 403, 404}, (path, answer.text)
    page = (await voted.platform.get(voted.pages, key=None)).decode()
    public = json.loads(await voted.platform.get(f"{voted.api}/turnout", key=None))
    assert public == {"heads_permille": 0, "area_permille": 0}
    assert "401室" not in page
    assert PLACE["name"] in (await voted.platform.get(f"/estates/{ESTATE}", key=None)).decode()


async def test_an_owner_who_did_confirm_gets_codes_and_messages(opened):
    """Or the refusals above would be those of a system that tells nobody anything."""
    await opened.cast(4, [YES, [1, 0, 0, 0]])
    await deliver(opened)
    assert told(opened, Kind.CODE) == told(opened, Kind.BALLOT_ACCEPTED) == [number_of(4)]
