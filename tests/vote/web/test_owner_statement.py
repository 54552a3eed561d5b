"""What an owner says on the page for voting, with the pass that came with the part."""

from datetime import timedelta

import pytest

from tests.vote.assembly import phone_of
from tests.vote.platform import assert_refused


async def opened_part(assembly, owner):
    await assembly.send_code(owner)
    answer = await assembly.open_part(owner, assembly.platform.phones.code(f"+86{phone_of(owner)}"))
    return answer.json()


async def state(assembly, owner_pass, kind="impersonation", text="这一票不是我投的。"):
    body = {"owner_pass": owner_pass, "kind": kind, "text": text}
    return await assembly.platform.ask("POST", f"{assembly.api}/owner/disputes", key=None, json=body)


async def test_an_owner_is_told_of_ballots_that_came_before(opened):
    given = await opened_part(opened, 1)
    assert (given["cast"], given["last_cast_at"]) == (0, None)
    opened.people.parts[1] = int(given["part"])
    await opened.cast(1, [[1, 0, 0], [1, 0, 0, 0]])
    at = opened.platform.clock.now.isoformat()
    opened.platform.clock.now += timedelta(minutes=2)
    given = await opened_part(opened, 1)
    assert (given["cast"], given["last_cast_at"]) == (1, at)


@pytest.mark.parametrize("kind", ["impersonation", "roll"])
async def test_an_owner_with_letter_and_code_disputes_alone(opened, kind):
    given = await opened_part(opened, 3)
    answer = await state(opened, given["owner_pass"], kind)
    assert (answer.status_code, answer.json()) == (201, {"dispute": 1})
    organiser = opened.people.keys["organiser"][0]
    said = await opened.platform.ask("GET", f"{opened.api}/disputes/1", key=organiser)
    assert said.json() == {"text": "这一票不是我投的。"}


async def test_without_the_pass_nobody_speaks_as_an_owner(opened):
    given = await opened_part(opened, 3)
    forged = given["owner_pass"].replace("3.", "4.", 1)
    assert_refused(await state(opened, forged), 403, "not-allowed", "再进来一次")
    opened.platform.clock.now += timedelta(hours=1)
    assert_refused(await state(opened, given["owner_pass"]), 403, "not-allowed", "再进来一次")
    assert opened.platform.count("dispute") == 0


async def test_what_needs_papers_is_said_at_the_desk(opened):
    given = await opened_part(opened, 3)
    assert_refused(await state(opened, given["owner_pass"], "proxy"), 403, "not-allowed", "到社区当面说")


async def test_an_owner_alone_says_the_same_once_while_it_waits(opened):
    given = await opened_part(opened, 3)
    assert (await state(opened, given["owner_pass"])).status_code == 201
    assert_refused(await state(opened, given["owner_pass"]), 409, "conflict", "正在等处理")
    assert (await state(opened, given["owner_pass"], "roll")).status_code == 201
    assert opened.platform.count("dispute") == 2, "whoever floods the list keeps the votes from being counted"
