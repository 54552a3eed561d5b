"""In a sealed election a lost link is replaced by two people, or after a day in which everybody sees it; never by one."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.vote.account import signing_in
from tests.vote.account.signing_in import account_of, scope_of
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.certificate.keys import secrets_of
from tests.vote.platform import Platform, assert_refused
from vote.account.models import DutyHolder, Grant
from vote.election.office import encode_office
from vote.role import Role, Scope

ORGANISER = "duties/organiser/1/key"


@pytest.fixture
async def clerk(opened: Assembly) -> httpx.AsyncClient:
    """Staff of the estate, since before the sealing."""
    client = await signed_in(opened.platform, await scope_of(opened.platform, "estate"))
    await long_ago()
    return client


@pytest.fixture
async def colleague(opened: Assembly) -> httpx.AsyncClient:
    """Staff of the community, since before the sealing."""
    client = await signed_in(opened.platform, await scope_of(opened.platform, "community"), name="社区乙")
    await long_ago()
    return client


async def signed_in(platform: Platform, scope: Scope | None = signing_in.EVERYWHERE, **more: Any) -> httpx.AsyncClient:
    """Return somebody's program, which wants no page for an answer."""
    client = await signing_in.signed_in(platform, scope, **more)
    client.headers["Accept"] = "application/json"
    return client


async def as_duty(assembly: Assembly, role: str) -> httpx.AsyncClient:
    """Return the program of whoever has a duty first."""
    return await signed_in(assembly.platform, None, keys=[assembly.people.keys[role][0]])


async def signed_again(assembly: Assembly, *clients: httpx.AsyncClient) -> None:
    """Sign in once more, as the hours have ended every session."""
    for client in clients:
        await signing_in.again(assembly.platform, client)


async def long_ago() -> None:
    """Let every task have been taken up before the sealing."""
    for rows in (Grant.all(), DutyHolder.all()):
        for row in await rows:
            moment = "granted_at" if isinstance(row, Grant) else "joined_at"
            setattr(row, moment, getattr(row, moment) - timedelta(days=300))
            await row.save(update_fields=[moment])


async def log_of(assembly: Assembly) -> list[dict[str, object]]:
    """What the public log tells of links."""
    bodies = await assembly.platform.services["authority"].log.bodies(ESTATE)
    return [facts for facts in map(json.loads, bodies) if facts["kind"].startswith("key:")]


async def test_a_draft_takes_one_person(sealed: Assembly) -> None:
    await sealed.prepare()
    clerk = await signed_in(sealed.platform)
    answer = await clerk.post(f"{sealed.api}/{ORGANISER}")
    assert answer.status_code == 201
    assert (await log_of(sealed))[-1] == {
        "version": 1,
        "kind": "key:replaced",
        "election": sealed.uuid,
        "duty": "organiser",
        "count": 1,
    }


async def test_alone_one_waits_a_day_and_everybody_sees_it(opened: Assembly, clerk: httpx.AsyncClient) -> None:
    holder = await as_duty(opened, "organiser")
    asked = await clerk.post(f"{opened.api}/{ORGANISER}")
    assert asked.status_code == 202
    now = opened.platform.clock.now
    assert asked.json() == {
        "duty": "organiser",
        "slot": 1,
        "agreed": False,
        "asked_at": now.isoformat().replace("+00:00", "Z"),
        "ready_at": (now + timedelta(days=1)).isoformat().replace("+00:00", "Z"),
    }
    assert await log_of(opened) == [
        {"version": 1, "kind": "key:asked", "election": opened.uuid, "duty": "organiser"}
    ]  # fmt: skip
    opened.platform.clock.now += timedelta(hours=23, minutes=59)
    await signed_again(opened, clerk, holder)
    early = await clerk.post(f"{opened.api}/{ORGANISER}")
    assert (early.status_code, early.json()) == (202, asked.json())
    assert (await holder.get(f"{opened.api}/key-requests")).json() == {"requests": [asked.json()]}
    assert (await holder.get(f"/work/elections/{opened.uuid}")).status_code == 200, "the place is still hers"
    opened.platform.clock.now += timedelta(minutes=1)
    given = await clerk.post(f"{opened.api}/{ORGANISER}")
    assert given.status_code == 201
    assert len(given.json()["key"]) == 48
    assert (await holder.get(f"/work/elections/{opened.uuid}")).status_code == 403
    assert [facts["kind"] for facts in await log_of(opened)] == ["key:asked", "key:replaced"]


async def test_two_people_need_not_wait(opened: Assembly, clerk, colleague) -> None:
    await clerk.post(f"{opened.api}/{ORGANISER}")
    assert (await colleague.post(f"{opened.api}/{ORGANISER}/agree")).status_code == 204
    assert (await clerk.post(f"{opened.api}/{ORGANISER}")).status_code == 201
    counts = await opened.platform.services["events"].counts(election=opened.uuid)
    assert [counts[kind] for kind in ("key:asked", "key:agreed", "key:replaced")] == [1, 1, 1]
    assert_refused(await colleague.post(f"{opened.api}/{ORGANISER}/agree"), 409, "wrong-state", "Nobody asks")


async def test_whoever_had_a_duty_before_the_sealing_is_a_second_person(opened: Assembly, clerk) -> None:
    registrar = await as_duty(opened, "registrar")
    await clerk.post(f"{opened.api}/{ORGANISER}")
    path = f"{opened.api}/{ORGANISER}/agree"
    assert_refused(await registrar.post(path), 403, "not-allowed", "after the sealing")
    await long_ago()
    assert (await registrar.post(path)).status_code == 204
    assert (await registrar.post(f"{opened.api}/{ORGANISER}")).status_code == 403, "and gets no link"


async def test_nobody_is_two(opened: Assembly, clerk) -> None:
    path = f"{opened.api}/{ORGANISER}"
    await clerk.post(path)
    assert_refused(await clerk.post(f"{path}/agree"), 403, "not-allowed", "somebody else has to agree")
    friend = await signed_in(opened.platform, await scope_of(opened.platform, "estate"), name="张三")
    assert_refused(await friend.post(f"{path}/agree"), 403, "not-allowed", "after the sealing")
    for key in (opened.people.keys["desk"][0], None):
        answer = await opened.platform.ask("POST", f"{path}/agree", **({"key": key} if key else {}))
        assert_refused(answer, 403, "not-allowed", "after the sealing")
    elsewhere = await signed_in(opened.platform, None)
    assert (await elsewhere.post(f"{path}/agree")).status_code == 403
    assert (await clerk.post(path)).status_code == 202


async def test_the_word_of_the_installation_has_to_wait(opened: Assembly, colleague) -> None:
    path = f"{opened.api}/{ORGANISER}"
    assert (await opened.platform.ask("POST", path)).status_code == 202
    assert_refused(await colleague.post(f"{path}/agree"), 403, "not-allowed", "names nobody")
    opened.platform.clock.now += timedelta(days=1)
    assert (await opened.platform.ask("POST", path)).status_code == 201


async def test_whoever_holds_the_place_stops_it(opened: Assembly, clerk, colleague) -> None:
    holder = await as_duty(opened, "organiser")
    path = f"{opened.api}/{ORGANISER}"
    await clerk.post(path)
    assert (await holder.post(f"{path}/stop")).status_code == 204
    assert [facts["kind"] for facts in await log_of(opened)] == ["key:asked", "key:kept"]
    opened.platform.clock.now += timedelta(days=2)
    await signed_again(opened, clerk, colleague, holder)
    assert (await clerk.post(path)).status_code == 202, "it begins anew"
    await colleague.post(f"{path}/agree")
    assert_refused(await holder.post(f"{path}/stop"), 409, "wrong-state", "no longer be stopped")


async def test_a_key_stops_it_too(opened: Assembly, clerk) -> None:
    path = f"{opened.api}/duties/trustee/2/key"
    assert (await clerk.post(f"{opened.api}/trustees/2/key")).status_code == 202
    answer = await opened.platform.ask("POST", f"{path}/stop", key=opened.people.trustee_keys[1])
    assert answer.status_code == 204
    assert_refused(await clerk.post(f"{path}/stop"), 409, "wrong-state", "Nobody asks")


@pytest.mark.parametrize("role", ["registrar", "trustee", "phones", "desk", "organiser", "community", "sub_district"])
async def test_staff_with_a_duty_ask_for_no_place(opened: Assembly, role: str) -> None:
    """With another link they would hold two."""
    keys = [opened.people.keys[role][0]]
    both = await signed_in(opened.platform, await scope_of(opened.platform, "estate"), keys=keys)
    await long_ago()
    path = f"{opened.api}/duties/phones/2/key"
    assert_refused(await both.post(path), 403, "not-allowed", "ask a colleague without one")
    await opened.platform.services["accounts"].store.free(opened.uuid, role, 1)
    assert_refused(await both.post(path), 403, "not-allowed", "ask a colleague without one")


async def test_a_place_that_was_taken_away_is_not_forgotten(opened: Assembly) -> None:
    """Whoever has looked after telephones as one person does not certify as another."""
    people = opened.platform.services["accounts"]
    first = await as_duty(opened, "phones")
    await people.store.free(opened.uuid, Role.PHONES, 1)
    with pytest.raises(Exception, match="place of another person"):
        await people.join(account_of(first), opened.people.keys["community"][0])
    assert (await people.join(account_of(first), opened.people.keys["phones"][0])).slot == 1


async def test_staff_bring_no_keys_for_an_office_that_somebody_signed_in_for(sealed: Assembly) -> None:
    """One clerk would sign for all three."""
    await sealed.prepare()
    await as_duty(sealed, "community")
    path = f"{sealed.api}/offices"
    for office in ("organiser", "sub_district"):
        await sealed.platform.post(path, content=encode_office(secrets_of(office).public))
    answer = await sealed.platform.ask("POST", path, content=encode_office(secrets_of("community").public))
    assert_refused(answer, 403, "not-allowed", "bring its keys themselves")
