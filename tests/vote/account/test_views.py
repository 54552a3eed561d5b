import json
from datetime import timedelta

import httpx
import pytest

from crypto.ceremony import verify_assembled
from tests.vote.assembly import Assembly
from tests.vote.platform import assert_refused


async def replaced(assembly: Assembly, path: str) -> httpx.Response:
    """Ask for a new key, and again after a day."""
    assert (await assembly.platform.ask("POST", f"{assembly.api}/{path}")).status_code == 202
    assembly.platform.clock.now += timedelta(days=1)
    return await assembly.platform.ask("POST", f"{assembly.api}/{path}")


async def test_staff_replace_a_lost_key_and_the_share_is_brought_with_the_new_one(tallied: Assembly) -> None:
    answer = await replaced(tallied, "trustees/1/key")
    assert answer.status_code == 201
    share = await tallied.share(1)
    assert_refused(await tallied.bring(1, share), 403, "not-allowed", "does not open")
    assert (await tallied.bring(1, share, key=answer.json()["key"])).status_code == 201


async def test_staff_replace_the_key_of_every_other_duty(closed: Assembly) -> None:
    answer = await replaced(closed, "duties/organiser/1/key")
    assert answer.status_code == 201
    annul = f"{closed.api}/annul"
    for old in closed.people.keys["organiser"]:
        assert_refused(await closed.platform.ask("POST", annul, key=old), 403, "not-allowed", "does not open")
    assert (
        await closed.platform.ask("POST", annul, key=answer.json()["key"], json={"reason": "procedure-broken"})
    ).status_code == 200
    for duty, slot in (("registrar", 2), ("phones", 2), ("desk", 1), ("community", 1), ("sub_district", 1)):
        assert (await replaced(closed, f"duties/{duty}/{slot}/key")).status_code == 201


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("mayor/1", "no duty of this name"),
        ("staff/1", "no duty of this name"),
        ("trustee/1", "no duty of this name"),
        ("registrar/3", "no registrar of number 3"),
        ("desk/0", "no desk of number 0"),
    ],
)
async def test_a_duty_that_nobody_has_gets_no_key(sealed: Assembly, place: str, words: str) -> None:
    before = sealed.platform.contents()
    answer = await sealed.platform.ask("POST", f"{sealed.api}/duties/{place}/key")
    assert_refused(answer, 404, "not-found", words)
    assert sealed.platform.contents() == before


async def test_only_staff_replace_keys(sealed: Assembly) -> None:
    for path in (f"{sealed.api}/trustees/1/key", f"{sealed.api}/duties/registrar/1/key"):
        assert_refused(await sealed.platform.ask("POST", path, key=None), 401, "not-signed-in", "needs a key")
        for key in (sealed.people.trustee_keys[0], sealed.people.registrar_key):
            assert_refused(await sealed.platform.ask("POST", path, key=key), 403, "not-allowed", "does not open")
    assert (await sealed.platform.ask("POST", f"{sealed.api}/duties/registrar/1/key")).status_code == 202


async def test_invitations_and_the_finished_keys_are_fetched(sealed: Assembly) -> None:
    invitations = json.loads(await sealed.platform.get(f"{sealed.api}/invitations"))
    assert [(each["index"], each["name"]) for each in invitations] == [(1, "业主甲"), (2, "社区乙"), (3, "街道丙")]
    assert {(each["election"], each["size"], each["threshold"]) for each in invitations} == {(sealed.uuid, 3, 2)}
    trustees = await sealed.platform.get(f"{sealed.api}/trustees.json", key=None)
    verify_assembled(sealed.people.trustees[1], await sealed.board(), trustees)


async def test_a_draft_is_shown_to_staff_alone(sealed: Assembly) -> None:
    await sealed.prepare()
    assert_refused(await sealed.platform.ask("GET", sealed.api, key=None), 404, "not-found", "no election")
    assert_refused(
        await sealed.platform.ask("GET", f"{sealed.api}/draft", key=None), 401, "not-signed-in", "needs a key"
    )
    assert (await sealed.show())["state"] == "draft"
