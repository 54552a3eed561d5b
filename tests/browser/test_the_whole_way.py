"""One election from an empty desk to a certificate that everybody can check, each person in a browser of their own.

Nobody types an address: they open the links that they were given, and follow what the pages say. Only the clock is moved.
"""

import asyncio
import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, expect

from tests.browser.counting import (
    PASSPHRASE,
    Offices,
    check_at_home,
    object_and_certify,
    open_the_box,
    see_who_took_part,
    settle_and_check,
    verify,
)
from tests.browser.holders import copy_card
from tests.browser.people import Human, Town, living
from tests.browser.test_clerk_roll import found_estate
from tests.browser.test_owner import answer, cast, sign_in
from tests.browser.test_preparing import fill_matters, fill_people
from tests.vote.assembly import Assembly, People, phone_of, write_sheet
from tests.vote.conftest import ASKS
from tests.vote.platform import Clock, Platform
from vote.message.rules import Kind
from vote.role import Scope

AREAS = (9000, 12000, 15000, 8000)
AT_FIRST = datetime(2026, 11, 20, 1, tzinfo=UTC)
POSTED_LONG_ENOUGH = datetime(2026, 12, 1, 1, tzinfo=UTC)
DELIVERED = datetime(2026, 12, 7, 2, tzinfo=UTC)
OPENED = datetime(2026, 12, 24, 1, tzinfo=UTC)
REMINDED = datetime(2026, 12, 28, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _everything_tells_the_same_time(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.now = AT_FIRST
    monkeypatch.setattr("vote.account.events.database_now", clock)


@pytest.mark.belenios
async def test_an_election_goes_the_whole_way(platform: Platform, browser: Browser, tmp_path: Path) -> None:
    async with living(platform, browser) as town:
        clerk = await a_clerk(town)
        await prepare_the_roll(town, clerk, tmp_path)
        links = await set_the_election_up(clerk)
        assembly = Assembly(platform, People(AREAS, ASKS))
        assembly.people.uuid = urlsplit(clerk.page.url).path.split("/")[3]
        offices = await make_office_keys(town, links, tmp_path)
        organiser = offices["组织者"][0]
        holders = await make_the_key(town, links)
        await make_letters(town, links, assembly)
        desk = await confirm_phones(town, links)
        await seal_and_deliver(town, clerk)
        neighbour = await a_neighbour(town)
        await vote(town, assembly)
        await remind(town, organiser)
        await settle_and_check(town, desk, organiser)
        await see_who_took_part(neighbour)
        await open_the_box(town, holders, organiser)
        await object_and_certify(town, desk, clerk, offices)
        await check_at_home(neighbour)
        await verify(assembly, tmp_path)


async def a_clerk(town: Town) -> Human:
    """Let a clerk come, invited by whoever runs the server."""
    human = await town.comes("社区甲", desk=True)
    word = await town.platform.services["invitations"].invite(human.name, Scope())
    await human.join(f"{town.address}/join#{word}", "今天")
    return human


async def prepare_the_roll(town: Town, clerk: Human, folder: Path) -> None:
    """Add the estate, upload a roll that wants mending, put it up, answer who objects, freeze it."""
    sheet = folder / "清册.csv"
    text = write_sheet(AREAS).decode().replace("联系电话", "找谁").replace("150.00", "一百五")
    sheet.write_text(text)
    await clerk.heads("先添加一个小区")
    await found_estate(clerk.page)
    await clerk.follow("上传业主清册")
    await clerk.page.get_by_label("选清册文件，或把它拖到这里").set_input_files(sheet)
    await clerk.press("上传并读取")
    await clerk.follow("改好退回的1行")
    await clerk.follow("改第4行")
    await clerk.page.get_by_label(re.compile("^登记建筑面积")).fill("150.00")
    await clerk.press("保存，重新读取")
    await clerk.sees("第4行改好了，已重新读取。")
    await clerk.follow("概况")
    await clerk.follow("有1栏没用到，看看要不要")
    await clerk.page.get_by_label(re.compile("“找谁”")).select_option(label="联系电话")
    await clerk.press("按这样读")
    await clerk.follow("概况")
    await clerk.sees("4位业主，440.00平方米")
    await clerk.follow("公示清册")
    await clerk.fill(贴在哪里="小区南门公告栏", 找谁提异议="桥东社区 王五", 电话="0573-84012345")
    await clerk.press("记下来，出公示")
    await clerk.heads("馨苑小区业主清册公示")
    await clerk.follow("异议")
    await clerk.fill(业主怎么说的="3幢301室的面积应为151平方米。")
    await clerk.press("记下")
    await clerk.follow("今天")
    await clerk.follow("答复1件清册异议")
    await clerk.page.get_by_label("答复", exact=True).fill("已按不动产登记核对，面积无误。")
    await clerk.press("答复这一件")
    await clerk.follow("今天")
    await clerk.sees("清册正在公示")
    await town.wait_until(POSTED_LONG_ENOUGH)
    await clerk.come_back("公示期满，清册定稿")
    await clerk.page.get_by_label("我已核对上面的数，现在定稿").check()
    await clerk.press("定稿")
    await clerk.sees("清册已定稿，不能再改。")


async def set_the_election_up(clerk: Human) -> dict[str, list[str]]:
    """Fill in every step of a named election; return the links by duty, as the page shows them once."""
    page = clerk.page
    await clerk.follow("准备投票")
    await page.get_by_label("筹备组哪天成立的").fill("2026-11-10")
    await clerk.press("开始填")
    await fill_matters(page)
    await clerk.sees("本地默认记名")
    await expect(page.get_by_role("radio", name=re.compile("^记名"))).to_be_checked()
    await clerk.press("保存，下一步")
    await page.get_by_label("开始投票").fill("2026-12-24")
    await page.get_by_label("结束投票").fill("2026-12-30")
    await clerk.press("保存，下一步")
    await fill_people(page)
    await clerk.press("算一算")
    await clerk.follow("保存，下一步")
    await clerk.press("没错，生成链接")
    await clerk.heads("每个人的链接")
    links: dict[str, list[str]] = {}
    for each in await page.locator(".invitations li").all():
        duty = (await each.locator("h2").inner_text()).partition("：")
        links.setdefault(re.sub("（.*", "", duty[0]), []).append(await each.locator("code").inner_text())
    assert [len(each) for each in links.values()] == [3, 2, 2, 1, 1, 1, 1]
    await clerk.follow("都交出去了，看还缺什么")
    await clerk.sees("开箱人做钥匙", "社区的签章钥匙", "等着办")
    await expect(page.get_by_role("link", name="去封存")).to_have_count(0)
    return links


async def make_office_keys(town: Town, links: dict[str, list[str]], folder: Path) -> Offices:
    """Let the three offices make their keys, each on its own computer; return them with their key files."""
    made: Offices = {}
    for duty, person, office in (
        ("组织者", "筹备组长", "馨苑小区首次业主大会筹备组"),
        ("社区确认人", "社区书记", "桥东社区居民委员会"),
        ("街道签收人", "街道科长", "魏塘街道办事处"),
    ):
        human = await town.comes(person, desk=True)
        await human.join(links[duty][0])
        await human.heads("生成本单位的钥匙")
        await human.fill(单位全称=office, 给钥匙文件定一个口令=PASSPHRASE, 再输一遍口令=PASSPHRASE)
        async with human.page.expect_download() as saved:
            await human.press("生成钥匙，存到这台电脑")
        file = folder / f"{person}.key"
        await (await saved.value).save_as(file)
        await human.press("文件存好了，交上公开的一半")
        await human.sees("交好了")
        made[duty] = human, file
    return made


async def make_the_key(town: Town, links: dict[str, list[str]]) -> list[Human]:
    """Let three key-holders make the key together and try whether it opens."""
    holders = [await town.comes(name) for name in ("业主甲", "社区乙", "街道丙")]
    for holder, link in zip(holders, links["开箱人"], strict=True):
        await holder.join(link)
        await holder.sees(f"{holder.name}")
    await asyncio.gather(*map(copy_card, holders))
    for holder in holders:
        await expect(holder.page.locator("#verdict")).to_have_text("打得开", timeout=60_000)
    return holders


async def make_letters(town: Town, links: dict[str, list[str]], assembly: Assembly) -> None:
    """Let one registrar make the letters, and the other one print them; both cards are needed for that."""
    first, second = await town.comes("制信甲", desk=True), await town.comes("制信乙", desk=True)
    await second.join(links["制信人"][1])
    await first.join(links["制信人"][0])
    cards = []
    for n in ("1", "2"):
        await first.page.locator(f"#print-card-{n}").click()
        printed = re.sub(r"<[^>]*>| ", "", await first.last_print())
        cards.append(re.findall(r"AGE-SECRET-KEY-1[0-9A-Z]{58}", printed)[0])
        await first.page.locator(f"#last-{n}").fill(cards[-1][-4:])
        await first.page.locator(f"#check-card-{n} button").click()
    await first.press("生成")
    await expect(first.page.locator("#told")).to_contain_text("已封存")
    await first.press("封存，忘掉")
    await first.sees("已忘掉")
    await second.page.reload()
    for n, card in enumerate(cards, start=1):
        await second.page.locator(f"#identity-{n}").fill(card)
    await second.press("打开")
    await second.sees("已打开4封信")
    await second.press("打印这一批的信")
    letters = unescape(await second.last_print())
    for letter in letters.split('class="letter"')[1:]:
        owner = int(re.findall(r"No\. (\d+)", letter)[0])
        number, code = re.findall(r"<dd>([^<]+)</dd>", letter)
        assembly.people.numbers[owner], assembly.people.credentials[owner] = number, code
    assert set(assembly.people.numbers) == {1, 2, 3, 4}
    await second.press("封存，忘掉")
    for each in (first, second):
        await town.leaves(each)


async def confirm_phones(town: Town, links: dict[str, list[str]]) -> Human:
    """Let owners come to the desk and say their number."""
    desk = await town.comes("窗口甲")
    await desk.join(links["窗口核验员"][0])
    for owner in (1, 2, 3, 4):
        await desk.fill(哪一户=f"3幢2单元{owner}01室", 号码=phone_of(owner))
        await desk.press("确认")
        await desk.sees("已确认，可以发验证码了。")
    return desk


async def seal_and_deliver(town: Town, clerk: Human) -> None:
    """Seal, bring letters and notice to everybody, and say so."""
    await clerk.follow("再看一次")
    await clerk.sees("都齐了，可以封存。")
    await expect(clerk.page.locator(".timeline .done")).to_have_count(8)
    await clerk.follow("去封存")
    await clerk.sees("是否通过《业主大会议事规则》", "记名")
    await clerk.press("念过了，没有错，封存")
    await clerk.heads("2026年馨苑小区业主大会 公告")
    await town.wait_until(DELIVERED)
    await clerk.come_back("通知业主")
    await clerk.finds_tabs("进展", "送信", "依规变更", "公告", "链接")
    await clerk.follow("送信")
    await clerk.follow("3幢")
    for each in await clerk.page.locator(".letter-rows input").all():
        await each.check()
    await clerk.fill(谁送的="王五")
    await clerk.press("登记")
    await clerk.sees("3幢 4/4")
    await clerk.follow("公告")
    await clerk.press("今天全部通知到了")
    await clerk.sees("已通知，等开始", "登记通知到每一位业主（会前书面通知）")


async def a_neighbour(town: Town) -> Human:
    """Let somebody without any account look in before voting opens."""
    human = await town.comes("邻居")
    await human.page.goto(town.address)
    await human.follow("馨苑小区")
    await human.follow("2026年馨苑小区业主大会")
    await human.sees("12月24日")
    return human


async def vote(town: Town, assembly: Assembly) -> None:
    """Let three owners vote with their letters; the first one thinks again."""
    await town.wait_until(OPENED)
    await town.platform.services["worker"].work_once()
    for owner, motion, candidates in ((1, "反对", ["甲"]), (2, "同意", ["甲", "乙"]), (3, "反对", ["甲"])):
        human = await town.comes(f"业主{owner}")
        people = assembly.people
        link = f"{town.address}{assembly.pages}/vote#{people.numbers[owner]}.{people.credentials[owner]}"
        await human.page.goto(link)
        await human.heads("谁在投这一票？")
        await sign_in(human.page, assembly, owner)
        await answer(human.page, motion, *candidates)
        words = await cast(human.page)
        assert len(words.split("·")) == 4
        if owner == 1:
            await human.press("改主意了，再投一次")
            await answer(human.page, "同意", "乙")
            assert words != await cast(human.page)
            await human.page.locator("#receipt-check").click()
            await human.sees("算进去了。这是有效的那一票。", "共收到2张")
        await town.leaves(human)


async def remind(town: Town, organiser: Human) -> None:
    """Let the organiser remind those who have not voted, and nobody else."""
    await town.wait_until(REMINDED)
    await organiser.come_back("组织者")
    await organiser.sees("正在投票", "看了哪些信没送到")
    await organiser.finds_tabs("进展", "送信", "提醒", "依规变更", "链接")
    await organiser.press("看哪些户还没投（记一次）")
    await organiser.heads("还没投的1套")
    await organiser.sees("2单元401")
    await organiser.follow("发短信提醒")
    await organiser.press("发给1个号码")
    await organiser.sees("今天已经提醒过了")
    await town.platform.services["worker"].deliver_once()
    accepted = [to for to, message in town.platform.phones.messages if message.kind is Kind.BALLOT_ACCEPTED]
    assert sorted(accepted) == [f"+86{phone_of(owner)}" for owner in (1, 1, 2, 3)]
    reminded = [to for to, message in town.platform.phones.messages if message.kind is Kind.REMINDER]
    assert reminded == [f"+86{phone_of(4)}"]
