"""The days from sealing to closing on pages: letters, exact turnout, reminders, lawful changes."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.vote.account.signing_in import again, as_duty, signed_in
from tests.vote.assembly import Assembly
from tests.vote.platform import CLOSES, OPENS
from vote.message.rules import Kind


def work(assembly: Assembly, below: str = "") -> str:
    return f"/work/elections/{assembly.uuid}{below}"


async def page(visitor: httpx.AsyncClient, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def events(assembly: Assembly) -> list[tuple[str, str, int]]:
    found = await assembly.platform.services["events"].of_election(assembly.uuid)
    return [(each.kind, each.role, each.count) for each in found]


@pytest.fixture
async def clerk(sealed: Assembly) -> httpx.AsyncClient:
    return await signed_in(sealed.platform)


LINE = {"building": "3", "outcome": "hand", "happened_on": "2026-12-01", "carrier": "社区辛", "proof": "签收单第1页"}


async def test_letters_are_written_down_one_by_one_and_by_building(sealed: Assembly, clerk: httpx.AsyncClient) -> None:
    path = work(sealed, "/deliveries")
    answer = await clerk.post(path, data={**LINE, "letter": ["1", "2"]})
    assert answer.status_code == 303
    text = await page(clerk, answer.headers["location"])
    assert text.count("上门交给业主本人 · 社区辛 · 签收单第1页") == 2
    assert "2/5" in text
    await clerk.post(path, data={**LINE, "outcome": "nobody", "proof": "", "whole": "yes"})
    text = await page(clerk, f"{path}?building=3")
    assert text.count("没人在家") == 4, "three letters, and the choice"
    assert text.count("上门交给业主本人 · ") == 2, "what is delivered stays so"
    left = await page(clerk, f"{path}/undelivered")
    assert "还有3封没有送到本人手里" in left
    assert "3幢2单元301室" in left
    assert "3幢2单元101室" not in left
    kinds = [kind for kind, _, _ in await events(sealed)]
    assert kinds.count("delivery:noted") == 2
    assert kinds[-1] == "letters:seen", "the list of letters not delivered is a look"


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"carrier": ""}, 422, "请写谁送的"),
        ({"happened_on": "昨天"}, 422, "请写日期"),
        ({"happened_on": "2026-12-05"}, 400, "送信的日期还没有到"),
        ({"letter": []}, 400, "请至少勾一封"),
        ({"building": "99"}, 400, "请至少勾一封"),
    ],
)
async def test_a_line_that_says_less_is_not_written_down(
    sealed: Assembly, clerk: httpx.AsyncClient, changes: dict[str, str], status: int, words: str
) -> None:
    answer = await clerk.post(work(sealed, "/deliveries"), data={**LINE, "letter": ["1"], **changes})
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert sealed.platform.count("letter_delivery") == 0


async def test_a_mistake_is_taken_back_by_a_line_of_its_own(sealed: Assembly, clerk: httpx.AsyncClient) -> None:
    path = work(sealed, "/deliveries")
    await clerk.post(path, data={**LINE, "letter": ["1"]})
    await clerk.post(path, data={**LINE, "letter": ["1"], "outcome": "mistaken", "carrier": ""})
    assert "0/5" in await page(clerk, path)
    assert sealed.platform.count("letter_delivery") == 2


async def test_printed_letters_are_held_against_those_written_down(sealed: Assembly, clerk: httpx.AsyncClient) -> None:
    path = work(sealed, "/deliveries")
    await clerk.post(path, data={**LINE, "whole": "yes"})
    assert "对得上" in await page(clerk, f"{path}?printed=6&void=1")
    assert "有1封没有下落" in await page(clerk, f"{path}?printed=6&void=0")
    assert "多1封" in await page(clerk, f"{path}?printed=4&void=0")


async def test_exact_turnout_is_told_to_those_on_duty_and_each_look_is_noted(voted: Assembly) -> None:
    organiser = await as_duty(voted, "organiser")
    before = await page(organiser, work(voted))
    assert "看准确数" in before
    text = (await organiser.post(work(voted, "/turnout"), data={})).text
    for words in ("4人", "5人", "560.00", "640.00", "已经够了", "3幢", "4/5套", "没有中间结果"):
        assert words in text, words
    assert "之前已经有人看过" not in text
    other = await as_duty(voted, "community", name="社区书记")
    assert "之前已经有人看过" in (await other.post(work(voted, "/turnout"), data={})).text
    assert [each for each in await events(voted) if each[0] == "turnout:seen"] == [
        ("turnout:seen", "organiser", 1),
        ("turnout:seen", "community", 1),
    ]
    assert "看了准确的参加数" in await page(organiser, work(voted))


async def test_what_is_missing_is_told_to_the_last_home(opened: Assembly) -> None:
    text = (await (await as_duty(opened, "organiser")).post(work(opened, "/turnout"), data={})).text
    assert '还差<span class="number">4人</span>' in text
    assert '还差<span class="number">426.67平方米</span>' in text


async def test_who_has_not_voted_is_listed_by_room_for_those_on_duty_only(voted: Assembly) -> None:
    answer = await (await as_duty(voted, "community")).post(work(voted, "/waiting"), data={})
    assert answer.headers["cache-control"] == "no-store"
    assert "还没投的1套" in answer.text
    assert "2单元401" in answer.text
    assert "2单元101" not in answer.text
    assert ("voters:seen", "community", 1) in await events(voted)


@pytest.mark.parametrize("role", ["staff", "desk", "registrar", "trustee", "phones", "sub_district"])
async def test_nobody_else_learns_who_has_not_voted(voted: Assembly, role: str) -> None:
    visitor = await signed_in(voted.platform) if role == "staff" else await as_duty(voted, role)
    for below in ("/turnout", "/waiting", "/reminders"):
        answer = await visitor.post(work(voted, below), data={})
        assert answer.status_code == 403, below
        assert "401" not in answer.text.replace("2401", "")
    assert voted.platform.count("exact_look") == 0
    assert voted.platform.count("reminder") == 0


async def test_staff_sees_the_public_figures_and_that_others_may_see_more(voted: Assembly) -> None:
    text = await page(await signed_in(voted.platform), work(voted))
    assert "您的身份看不到这些" in text
    assert "看准确数" not in text


async def test_only_those_who_have_not_voted_are_reminded_once_a_day(voted: Assembly) -> None:
    voted.platform.clock.now = datetime(2026, 12, 21, 4, 0, tzinfo=UTC)
    organiser = await as_duty(voted, "organiser")
    text = await page(organiser, work(voted, "/reminders"))
    assert "馨苑：业主大会投票到12月30日18:00结束，您家还没有投" in text
    assert "发给1个号码" in text
    voted.platform.phones.messages.clear()
    assert (await organiser.post(work(voted, "/reminders"), data={})).status_code == 303
    await voted.platform.services["messages"].send_due()
    sent = [number for number, message in voted.platform.phones.messages if message.kind is Kind.REMINDER]
    assert sent == ["+8619900000003"], "owner 4, the one who has not voted"
    text = await page(organiser, work(voted, "/reminders"))
    assert "今天已经提醒过了" in text
    assert (await organiser.post(work(voted, "/reminders"), data={})).status_code == 409
    voted.platform.clock.now = datetime(2026, 12, 21, 17, 0, tzinfo=UTC)
    await again(voted.platform, organiser)
    night = await organiser.post(work(voted, "/reminders"), data={})
    assert night.status_code == 409
    assert "只在8点到20点提醒业主" in night.text


async def test_before_voting_nobody_is_reminded(sealed: Assembly) -> None:
    organiser = await as_duty(sealed, "organiser")
    assert "投票期间才能提醒" in await page(organiser, work(sealed, "/reminders"))
    assert (await organiser.post(work(sealed, "/turnout"), data={})).status_code == 409


async def test_a_candidate_withdraws_and_a_late_error_is_recorded(opened: Assembly) -> None:
    organiser = await as_duty(opened, "organiser")
    path = work(opened, "/changes")
    assert "乙" in await page(organiser, path)
    assert (await organiser.post(f"{path}/withdraw", data={"candidate": "1-1"})).status_code == 303
    assert (await organiser.post(f"{path}/correct", data={"heads": "-1", "area": "-89.37"})).status_code == 303
    text = await page(organiser, path)
    assert "乙已退出" in text
    assert "-89.37" in text
    assert (await organiser.post(f"{path}/withdraw", data={"candidate": "1-1"})).status_code == 409
    nothing = await organiser.post(f"{path}/correct", data={"heads": "0", "area": "很多"})
    assert nothing.status_code == 422


async def test_without_a_sealed_rule_voting_is_not_extended(opened: Assembly) -> None:
    organiser = await as_duty(opened, "organiser")
    until = (CLOSES + timedelta(days=3)).date().isoformat()
    answer = await organiser.post(work(opened, "/changes/extend"), data={"until": until})
    assert answer.status_code == 403
    assert "这次投票定好的规则里不能延长" in answer.text


async def test_staff_sees_changes_and_makes_none(opened: Assembly) -> None:
    clerk = await signed_in(opened.platform)
    assert "这些由组织者办" in await page(clerk, work(opened, "/changes"))
    for below in ("extend", "withdraw", "correct", "annul"):
        assert (await clerk.post(work(opened, f"/changes/{below}"), data={})).status_code == 403


async def test_giving_up_takes_a_reason_and_a_tick(opened: Assembly) -> None:
    organiser = await as_duty(opened, "organiser")
    path = work(opened, "/changes/annul")
    assert (await organiser.post(path, data={"reason": "notice-wrong"})).status_code == 422
    assert (await organiser.post(path, data={"reason": "notice-wrong", "meant": "yes"})).status_code == 303
    text = await page(organiser, work(opened))
    assert "通知没有做到位" in text
    assert opened.platform.clock.now > OPENS
