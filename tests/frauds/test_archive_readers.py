"""Somebody reads the archive with the roll in hand, to see who voted."""

import json

from tests.frauds.auditor import fetch, verified
from tests.vote.assembly import SURNAMES
from tests.vote.conftest import AREAS


async def public(assembly, name):
    return json.loads(await assembly.platform.get(f"{assembly.pages}/{name}", key=None))


async def test_before_the_check_the_archive_holds_no_ballot(voted):
    assert (await voted.read_archive()).ballots == ()
    await voted.close()
    assert (await voted.read_archive()).ballots == ()
    # What a dispute takes out is out before anything is published of it.
    await voted.check()
    assert len((await voted.read_archive()).ballots) == 5


async def test_the_public_roll_tells_no_area_and_no_name(voted):
    roll = await public(voted, "roll-public.json")
    for line in roll["entitlements"]:
        assert line.keys() == {"entitlement", "places", "owner", "heads", "leaf"}
        assert line["owner"].endswith("*")
    told = {value for line in roll["entitlements"] for value in (line["entitlement"], line["owner"], *line["places"])}
    assert not told & {*AREAS, *(f"{name}一" for name in SURNAMES[: len(AREAS)])}


async def test_who_took_part_is_told_by_room_and_without_areas(closed):
    shown = await public(closed, "participation.json")
    assert all(each.keys() == {"places"} for each in shown["participants"])


async def test_order_in_box_and_archive_tells_no_time(voted, tmp_path):
    """Ballots of one pool are shuffled, and neither file holds a moment; receipts, which do, are the owners' own."""
    await voted.close()
    await voted.check()
    folder = await fetch(voted, tmp_path / "published")
    for name in ("box.json", "set-aside.json", "check.json"):
        assert b"2026-12-" not in (folder / name).read_bytes()
    assert b"received_at" not in next(folder.glob("*.bel")).read_bytes()
    verified(folder)


async def test_what_stays_contested_is_told_by_kind_and_not_by_owner(closed):
    key = closed.people.keys["desk"][0]
    for about in (2, 3):
        body = {"kind": "proxy", "raised_by": about, "about": about, "text": "委托书没有写期限。"}
        await closed.platform.post(f"{closed.api}/disputes", key=key, json=body)
        await closed.organise(f"disputes/{about - 1}/settle", outcome="contested", answer="一时查不清。")
    await closed.check()
    check = await public(closed, "check.json")
    assert check["contested"] == [{"kind": "proxy", "heads": 2, "area_dm2": 27000}]
    assert all(each.keys() == {"number", "kind", "outcome", "answer"} for each in check["disputes"])


async def test_staff_learn_beforehand_how_far_areas_give_owners_away(sealed):
    answer = await sealed.platform.ask("GET", f"{sealed.api}/disclosure", params={"turnout": "80"})
    assert (answer.json()["warn"], answer.json()["participants"]) == (True, 4)
