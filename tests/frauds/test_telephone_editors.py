"""Whoever edits telephones puts in the own number, then votes with a letter that came by."""

import json

from tests.frauds.burglar import change
from tests.frauds.telephones import edit, number_of, told
from tests.vote.assembly import DESK_PHONE, ESTATE
from tests.vote.platform import assert_refused
from vote.log.store import LogStore
from vote.message.rules import Kind

OWN = "138 0013 8000"
OWNER = 4


async def propose(assembly, editor=1):
    answer = await edit(assembly, editor, entitlement=OWNER, number=OWN, how="desk")
    assert answer.status_code == 201, answer.text
    return answer.json()["change"]


async def test_one_person_changes_no_telephone(opened):
    number = await propose(opened)
    assert_refused(await edit(opened, 1, f"/{number}/accept"), 403, "not-allowed", "ask the other editor of phones")
    await opened.send_code(OWNER)
    assert told(opened, Kind.CODE) == [number_of(OWNER)]


async def test_a_change_by_two_is_told_to_the_old_number_logged_without_the_new_one_and_counted(opened):
    number = await propose(opened)
    assert (await edit(opened, 2, f"/{number}/accept")).status_code == 204
    assert told(opened, Kind.PHONE_CHANGED) == [number_of(OWNER)]
    ((text),) = [m.text for _, m in opened.platform.phones.messages if m.kind is Kind.PHONE_CHANGED]
    assert f"不是您要改的？请马上打社区座机{DESK_PHONE}" in text
    entry = json.loads((await LogStore().bodies(ESTATE))[-1])
    assert entry == {"version": 1, "kind": "phone:changed", "election": opened.uuid, "count": 1}
    counts = json.loads(await opened.platform.get(f"{opened.api}/changes-count", key=None))
    assert counts["phones_changed"] == 1


async def test_a_code_that_was_asked_for_before_the_change_opens_nothing_after_it(opened):
    await opened.send_code(OWNER)
    code = opened.platform.phones.code(number_of(OWNER))
    assert (await edit(opened, 2, f"/{await propose(opened)}/accept")).status_code == 204
    assert_refused(await opened.open_part(OWNER, code), 403, "not-allowed", "手机号已经换了")


async def test_the_desk_alone_changes_nothing_it_only_confirms_what_is_in_force(opened):
    body = {"how": "desk", "phones": [{"entitlement": OWNER, "number": OWN}]}
    path, key = f"{opened.api}/phones/confirmations", opened.people.keys["desk"][0]
    answer = await opened.platform.post(path, key=key, json=body)
    assert answer == {"confirmed": 0, "different": [OWNER]}
    await opened.send_code(OWNER)
    assert told(opened, Kind.CODE) == [number_of(OWNER)]


async def test_staff_put_no_number_into_a_frozen_roll(opened):
    body = {"source": "desk", "phones": [{"entitlement": OWNER, "number": OWN}]}
    answer = await opened.platform.ask("POST", f"/api/rolls/{opened.people.roll}/phones", json=body)
    assert_refused(answer, 409, "wrong-state", "from here on two editors of phones change a number")


async def test_a_number_written_over_in_the_database_opens_with_no_key(opened, caplog):
    """Numbers are sealed for their places: without the data key nobody writes one that is read."""
    row = "(SELECT id FROM entitlement WHERE number = ?)"
    change(
        opened,
        f"UPDATE phone SET sealed = (SELECT sealed FROM phone WHERE entitlement_id = {row}) WHERE entitlement_id = {row}",
        1,
        OWNER,
    )
    answer = await opened.send_code(OWNER)
    assert_refused(answer, 500, "contradiction", "")
    assert told(opened, Kind.CODE) == []
