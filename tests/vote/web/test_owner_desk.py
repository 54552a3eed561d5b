"""Two people at the desk see an owner in person; the code that the second one is shown opens what a message would."""

import re
from datetime import timedelta

import pytest

from tests.vote.account.signing_in import signed_in
from tests.vote.platform import assert_refused


def here(assembly):
    return f"/work/elections/{assembly.uuid}/owner-check"


async def people(assembly):
    """Return the browsers of the desk and of the organiser."""
    keys = assembly.people.keys
    desk = await signed_in(assembly.platform, None, keys=[keys["desk"][0]], name="窗口甲")
    organiser = await signed_in(assembly.platform, None, keys=[keys["organiser"][0]], name="筹备组长")
    return desk, organiser


async def begin(assembly, browser, owner=4):
    return await browser.post(here(assembly), data={"number": assembly.people.numbers[owner]})


async def agree(assembly, browser, check=1):
    return await browser.post(f"{here(assembly)}/agree", data={"check": str(check)})


def code_in(page):
    (code,) = re.findall(r'<p class="receipt number">(\d{6})</p>', page)
    return code


async def test_two_people_give_a_code_with_which_the_owner_votes(opened):
    desk, organiser = await people(opened)
    assert (await begin(opened, desk)).status_code == 303
    page = (await desk.get(here(opened))).text
    assert "3幢2单元401室" in page
    assert "您是第一位" in page
    assert "第二位核对，给码" not in page
    answer = await agree(opened, organiser)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    given = await opened.open_part(4, code_in(answer.text))
    assert given.status_code == 200, given.text
    opened.people.parts[4] = int(given.json()["part"])
    await opened.cast(4, [[1, 0, 0], [1, 0, 0, 0]])
    assert code_in(answer.text) not in (await organiser.get(here(opened))).text
    events = await opened.platform.services["events"].of_election(opened.uuid)
    assert [each.kind for each in events if each.kind == "desk:checked"] == ["desk:checked"] * 2
    assert len({each.person for each in events if each.kind == "desk:checked"}) == 2


async def test_one_person_alone_gives_no_code(opened):
    desk, _ = await people(opened)
    await begin(opened, desk)
    answer = await agree(opened, desk)
    assert answer.status_code == 403
    assert "请另一位当面再核对一次" in answer.text
    assert_refused(await opened.open_part(4, "123456"), 403, "not-allowed", "还没有发过验证码")


async def test_a_check_waits_half_an_hour_and_gives_one_code(opened):
    desk, organiser = await people(opened)
    await begin(opened, desk)
    assert (await agree(opened, organiser)).status_code == 200
    assert (await agree(opened, organiser)).status_code == 404
    await begin(opened, desk)
    opened.platform.clock.now += timedelta(minutes=30)
    assert (await agree(opened, organiser, 2)).status_code == 404


async def test_the_code_is_as_short_lived_as_one_by_message(opened):
    desk, organiser = await people(opened)
    await begin(opened, desk)
    code = code_in((await agree(opened, organiser)).text)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert_refused(await opened.open_part(4, wrong), 403, "not-allowed", "还可以试4次")
    opened.platform.clock.now += timedelta(seconds=600)
    assert_refused(await opened.open_part(4, code), 403, "not-allowed", "已经失效")


async def test_a_letter_that_is_not_in_force_is_not_checked(opened):
    desk, _ = await people(opened)
    answer = await desk.post(here(opened), data={"number": "0000-0000"})
    assert answer.status_code == 404
    assert "这封信已经作废" in answer.text
    assert "0000-0000" in answer.text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_everybody_reads_what_to_bring_for_an_awkward_title(opened, language):
    page = await opened.platform.get(f"{opened.pages}/titles?lang={language[:2]}", key=None)
    assert ("安置房" if language == "zh-CN" else "Resettlement home") in page.decode()
