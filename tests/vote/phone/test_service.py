"""Phones of an assembly's owners, over HTTP: from the roll, confirmed at the desk, changed by two people."""

import json

import pytest

from tests.vote.assembly import DESK_PHONE, ESTATE, Assembly, People, write_sheet
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import assert_refused, open_platform
from vote.log.store import LogStore
from vote.phone.models import Phone

OTHER = "138 0013 8000"


def stated(*owners, number="1990000{:04}"):
    """Return statements of owners who state the number that stands in the roll."""
    return [{"entitlement": owner, "number": number.format(owner - 1)} for owner in owners]


@pytest.fixture
async def people(_migrated, tmp_path, clock):
    """People who have done nothing yet."""
    async with open_platform(_migrated, tmp_path, clock) as platform:
        yield Assembly(platform, People(AREAS, ASKS))


@pytest.fixture
async def assembly(people):
    """An election that is being prepared, whose owners' phones nobody confirmed."""
    await people.import_roll()
    await people.prepare()
    return people


def sent(assembly):
    """Return what was sent so far: number, kind, text."""
    return [(number, message.kind, message.text) for number, message in assembly.platform.phones.messages]


async def confirm(assembly, phones, how="delivery_receipt", role="desk"):
    return await assembly.platform.ask(
        "POST", f"{assembly.api}/phones/confirmations", key=assembly.people.keys[role][0],
        json={"how": how, "phones": phones},
    )  # fmt: skip


async def ask(assembly, editor, method, path, **body):
    request = {"json": body} if body else {}
    key = assembly.people.keys["phones"][editor - 1]
    return await assembly.platform.ask(method, f"{assembly.api}/phones/changes{path}", key=key, **request)


async def propose(assembly, owner=1, number=OTHER, how="desk", editor=1):
    return await ask(assembly, editor, "POST", "", entitlement=owner, number=number, how=how)


async def rows():
    return [(row.entitlement_id, row.source, row.state, row.confirmed_how) for row in await Phone.all()]


async def test_freezing_takes_the_rolls_numbers_and_nobody_has_confirmed_them(assembly):
    assert await rows() == [(owner, "roll", "active", None) for owner in range(1, 6)]
    assert not any(b"199000" in bytes(row.sealed) for row in await Phone.all())


async def test_of_a_rolls_numbers_the_first_mobile_number_is_taken(people):
    sheet = write_sheet(AREAS).decode()
    for owner, text in enumerate(["0573-84012345、13900139000", "没有", "84012345", "0573-84012345"]):
        sheet = sheet.replace(f"1990000{owner:04}", text)
    await people.import_roll(sheet=sheet.encode())
    found = {row.entitlement_id: row.digest for row in await Phone.all()}
    service = people.platform.services["phones"]
    numbers = {owner: (await service.find_active(owner)).number for owner in found}
    assert numbers == {1: "+8613900139000", 4: "+8657384012345", 5: "+8619900000004"}


async def test_an_owner_confirms_the_number_in_force_and_another_number_is_a_change(assembly):
    phones = [*stated(1, 2), {"entitlement": 3, "number": OTHER}]
    answer = await confirm(assembly, phones)
    assert answer.json() == {"confirmed": 2, "different": [3]}
    assert [how for *_, how in await rows()] == ["delivery_receipt", "delivery_receipt", None, None, None]


async def test_what_was_confirmed_once_stays_confirmed_so(assembly):
    await confirm(assembly, stated(1))
    assert (await confirm(assembly, stated(1), "desk")).json() == {"confirmed": 1, "different": []}
    assert (await rows())[0] == (1, "roll", "active", "delivery_receipt")


@pytest.mark.parametrize(
    ("phones", "how", "status", "reason", "words"),
    [
        (stated(1), "roll", 400, "malformed", "is one of"),
        (stated(1), "owner", 400, "malformed", "one of these ways"),
        (stated(1), "", 400, "malformed", "is one of"),
        (stated(6), "desk", 404, "not-found", "no entitlement 6"),
        (stated(2, number="12345"), "desk", 400, "malformed", "Entitlement 2: "),
    ],
)
async def test_a_confirmation_that_does_not_do_is_refused_as_a_whole(  # noqa: PLR0917 - a row of the table
    assembly, phones, how, status, reason, words
):
    assert_refused(await confirm(assembly, [*stated(3), *phones], how), status, reason, words)
    assert all(how is None for *_, how in await rows())


async def test_only_the_desk_confirms_and_only_editors_change(assembly):
    for role in ("phones", "registrar", "community"):
        assert (await confirm(assembly, stated(1), role=role)).status_code == 403
    body = {"entitlement": 1, "number": OTHER, "how": "desk"}
    for role in ("desk", "registrar"):
        key = assembly.people.keys[role][0]
        answer = await assembly.platform.ask("POST", f"{assembly.api}/phones/changes", key=key, json=body)
        assert answer.status_code == 403


async def test_a_change_takes_two_people_is_told_to_the_old_number_and_logged(assembly):
    await confirm(assembly, stated(1))
    change = (await propose(assembly)).json()["change"]
    waiting = {"change": change, "entitlement": 1, "number": "13800138000", "how": "desk"}
    assert (await ask(assembly, 1, "GET", "")).json() == {"changes": [{**waiting, "own": True}]}
    assert (await ask(assembly, 2, "GET", "")).json() == {"changes": [{**waiting, "own": False}]}
    assert_refused(await ask(assembly, 1, "POST", f"/{change}/accept"), 403, "not-allowed", "other editor")
    assert (await ask(assembly, 2, "POST", f"/{change}/accept")).status_code == 204
    assert (await rows())[0] == (1, "roll", "replaced", "delivery_receipt")
    assert (await rows())[-1] == (1, "desk", "active", "desk")
    ((number, kind, text),) = sent(assembly)
    assert (number, kind) == ("+8619900000000", "phone-changed")
    assert DESK_PHONE in text
    assert json.loads((await LogStore().bodies(ESTATE))[-1]) == {
        "version": 1, "kind": "phone:changed", "election": assembly.uuid, "count": 1,
    }  # fmt: skip
    assert (await ask(assembly, 1, "GET", "")).json() == {"changes": []}


async def test_a_refused_change_leaves_the_number_and_tells_nobody(assembly):
    change = (await propose(assembly)).json()["change"]
    entries = len(await LogStore().bodies(ESTATE))
    assert (await ask(assembly, 2, "POST", f"/{change}/refuse")).status_code == 204
    assert [state for _, _, state, _ in await rows()] == ["active"] * 5 + ["refused"]
    assert (sent(assembly), len(await LogStore().bodies(ESTATE))) == ([], entries)
    assert_refused(await ask(assembly, 2, "POST", f"/{change}/accept"), 404, "not-found", "waits")
    assert (await propose(assembly)).status_code == 201


@pytest.mark.parametrize(
    ("change", "status", "reason", "words"),
    [
        ({"number": "0573-84012345"}, 403, "not-allowed", "座机"),
        ({"number": "1234"}, 400, "malformed", "手机号"),
        ({"number": "19900000000"}, 409, "conflict", "in force already"),
        ({"owner": 6}, 404, "not-found", "no entitlement 6"),
        ({"how": "owner"}, 400, "malformed", "one of these ways"),
    ],
)
async def test_a_change_that_does_not_do_is_refused(assembly, change, status, reason, words):
    assert_refused(await propose(assembly, **change), status, reason, words)
    assert len(await rows()) == 5


async def test_one_change_at_a_time_waits_for_an_owner(assembly):
    await propose(assembly)
    assert_refused(await propose(assembly, number="13900139000", editor=2), 409, "conflict", "waits for this owner")
    assert (await propose(assembly, owner=2, number="13900139000", editor=2)).status_code == 201


async def test_an_owner_without_a_number_gets_one_by_two_people(people):
    await people.import_roll(sheet=write_sheet(AREAS).decode().replace("19900000001", "").encode())
    await people.prepare()
    assert (await confirm(people, stated(2))).json() == {"confirmed": 0, "different": [2]}
    change = (await propose(people, owner=2)).json()["change"]
    assert (await ask(people, 2, "POST", f"/{change}/accept")).status_code == 204
    assert (await confirm(people, [{"entitlement": 2, "number": OTHER}])).json()["confirmed"] == 1


async def test_an_election_without_the_desks_telephone_changes_no_phone(people):
    await people.import_roll()
    await people.prepare(credential_parts=1, desk_phone="")
    assert_refused(await propose(people), 409, "wrong-state", "desk's telephone")


async def test_staff_bring_numbers_only_before_the_roll_is_frozen(people):
    await people.import_roll(freeze=False)
    path = f"/api/rolls/{people.people.roll}/phones"
    await people.platform.post(path, json={"source": "owner", "phones": [{"entitlement": 1, "number": "13900139000"}]})
    for source, number in (("wish_form", OTHER), ("owner", "13900139000")):
        owner = 1 if source == "wish_form" else 2
        body = {"source": source, "phones": [{"entitlement": owner, "number": number}]}
        assert await people.platform.post(path, json=body) is None
    late = {"source": "wish_form", "phones": [{"entitlement": 3, "number": OTHER}]}
    strange = {"source": "wish_form", "phones": [{"entitlement": 9, "number": OTHER}]}
    assert_refused(await people.platform.ask("POST", path, json=strange), 404, "not-found", "no entitlement 9")
    await people.platform.post(f"/api/rolls/{people.people.roll}/freeze")
    assert_refused(await people.platform.ask("POST", path, json=late), 409, "wrong-state", "two editors")
    assert [row for row in await rows() if row[2] == "active"] == [
        (1, "wish_form", "active", "wish_form"),
        (2, "owner", "active", None),
        *((owner, "roll", "active", None) for owner in (3, 4, 5)),
    ]


async def test_the_database_refuses_a_change_by_one_person_and_a_second_number_in_force(assembly):
    await propose(assembly)
    service = assembly.platform.services["phones"]
    proposed = (await service.store.proposed(assembly.people.roll))[0]
    with pytest.raises(Exception, match=r"phone_two_people|CHECK"):
        await service.store.decide(proposed, proposed.proposed_by, assembly.platform.clock.now, accepted=False)
    with pytest.raises(Exception, match=r"(?i)unique"):
        await service.store.decide(proposed, "another", assembly.platform.clock.now, accepted=True)


async def test_a_second_election_on_the_roll_reaches_no_phone_of_the_one_under_way(opened):
    platform, editors, before = opened.platform, opened.people.keys["phones"], await rows()
    other = await platform.post("/api/elections", json=opened.draft())
    api, keys = f"/api/elections/{other['election']}", other["keys"]
    body = {"entitlement": 4, "number": OTHER, "how": "desk"}
    answer = await platform.ask("POST", f"{api}/phones/changes", key=keys["phones"][0], json=body)
    assert_refused(answer, 409, "wrong-state", "Another vote on this roll is under way")
    confirmed = {"how": "desk", "phones": stated(1)}
    answer = await platform.ask("POST", f"{api}/phones/confirmations", key=keys["desk"][0], json=confirmed)
    assert_refused(answer, 409, "wrong-state", "Another vote")
    change = (await platform.post(f"{opened.api}/phones/changes", key=editors[0], json=body))["change"]
    answer = await platform.ask("POST", f"{api}/phones/changes/{change}/accept", key=keys["phones"][1])
    assert_refused(answer, 409, "wrong-state", "Another vote")
    assert await rows() == [*before, (4, "desk", "proposed", None)]
    await platform.post(f"{opened.api}/phones/changes/{change}/accept", key=editors[1])


async def test_what_was_proposed_in_one_election_is_not_accepted_in_another(assembly):
    change = (await propose(assembly)).json()["change"]
    other = await assembly.platform.post("/api/elections", json=assembly.draft())
    path, key = f"/api/elections/{other['election']}/phones/changes/{change}", other["keys"]["phones"][0]
    answer = await assembly.platform.ask("POST", f"{path}/accept", key=key)
    assert_refused(answer, 403, "not-allowed", "proposed in another vote")
    assert (await assembly.platform.ask("POST", f"{path}/refuse", key=key)).status_code == 204


async def test_after_closing_no_phone_changes(voted):
    await voted.close()
    assert (await confirm(voted, stated(1))).status_code == 409
    assert (await propose(voted)).status_code == 409
    assert (await ask(voted, 1, "POST", "/1/accept")).status_code == 409


async def test_a_landline_that_gives_way_gets_no_message(people):
    sheet = write_sheet(AREAS).decode().replace("19900000000", "0573-84012345")
    await people.import_roll(sheet=sheet.encode())
    await people.prepare()
    change = (await propose(people)).json()["change"]
    assert (await ask(people, 2, "POST", f"/{change}/accept")).status_code == 204
    assert people.platform.phones.messages == []


async def test_a_number_that_another_key_sealed_is_shown_to_nobody(assembly):
    await propose(assembly)
    object.__setattr__(assembly.platform.services["phones"], "key", bytes(32))
    answer = await ask(assembly, 2, "GET", "")
    assert (answer.status_code, answer.json()["reason"]) == (500, "contradiction")
