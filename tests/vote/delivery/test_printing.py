"""The account of printed letters: every print is somebody's, and printed = issued + void."""

import pytest

from tests.vote.account.signing_in import as_duty
from tests.vote.credential.test_reissue import NEWER, reissue

PATH = "registrar/printed"


async def printed(assembly, entitlements, why=None, key=None):
    body = {"entitlements": entitlements, **({"why": why} if why else {})}
    key = key or assembly.people.keys["registrar"][0]
    return await assembly.platform.ask("POST", f"{assembly.api}/{PATH}", key=key, json=body)


async def test_each_print_is_counted_once_and_a_void_one_is_replaced(platform, sealed):
    assembly = sealed
    assert (await printed(assembly, [1, 2, 2])).json() == {"issued": [1, 2], "void": [], "renewed": []}
    assert (await printed(assembly, [2, 3])).json()["issued"] == [1, 2, 3]
    answer = (await printed(assembly, [2], "jam")).json()
    assert (answer["issued"], answer["void"]) == ([1, 2, 3], [{"entitlement": 2, "why": "jam"}])
    registrar = await as_duty(assembly, "registrar")
    again = await registrar.get(f"{assembly.api}/{PATH}")
    assert again.json() == answer


@pytest.mark.parametrize(
    ("entitlements", "why", "status"), [([1, 2], "jam", 400), ([1], "moon", 400), ([99], None, 404), ([4], "jam", 409)]
)
async def test_what_makes_no_sense_is_not_written_down(sealed, entitlements, why, status):
    await printed(sealed, [1, 2])
    assert (await printed(sealed, entitlements, why)).status_code == status
    kept = await sealed.platform.ask("GET", f"{sealed.api}/{PATH}", key=sealed.people.keys["registrar"][0])
    assert kept.json() == {"issued": [1, 2], "void": [], "renewed": []}


async def test_a_letter_made_anew_is_named(opened):
    await printed(opened, [3])
    assert (await reissue(opened, owner=3)).status_code == 200
    answer = (await printed(opened, [3], "anew")).json()
    assert answer == {"issued": [3], "void": [{"entitlement": 3, "why": "anew"}], "renewed": [3]}
    # One that was never printed before is simply printed.
    assert (await reissue(opened, NEWER, owner=4)).status_code == 200
    answer = (await printed(opened, [4], "anew")).json()
    assert answer == {"issued": [3, 4], "void": [{"entitlement": 3, "why": "anew"}], "renewed": [3, 4]}


async def test_only_registrars_see_and_keep_it(sealed):
    desk = sealed.people.keys["desk"][0]
    assert (await printed(sealed, [1], key=desk)).status_code == 403


async def test_the_register_of_letters_compares_by_itself(sealed):
    staff = await as_duty(sealed, "organiser")
    page = f"/work/elections/{sealed.uuid}/deliveries"
    assert 'name="printed"' in (await staff.get(page)).text
    await printed(sealed, [1, 2])
    await printed(sealed, [2], "faint")
    text = (await staff.get(page)).text
    assert 'name="printed"' not in text
    assert "有2封没有下落" in text
