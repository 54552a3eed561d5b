"""An owner's way where something is different: voted before, not right, read aloud, at the desk, no connection, in small."""

from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import SMALL_PHONE, assert_accessible, photograph, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import COUNTED, answer, cast, letter_of, press, sign_in
from tests.vote.assembly import Assembly, phone_of

SPEECH = """
window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', {value: {
  speak: each => window.spoken.push([each.lang, each.rate, each.text]), cancel: () => undefined,
}});
"""


async def reach_home(page: Page, assembly: Assembly, owner: int) -> None:
    """Get from the opened letter to the homes."""
    await page.get_by_label("我是业主本人").check()
    await press(page, "下一步")
    await press(page, "获取验证码")
    await expect(page.get_by_text("已发到尾号")).to_be_visible()
    await page.get_by_label("6位验证码").fill(assembly.platform.phones.code(f"+86{phone_of(owner)}"))
    await press(page, "下一步")
    await expect(page.get_by_text("算1位业主")).to_be_visible()


async def test_who_finds_a_vote_cast_before_says_that_it_was_somebody_else(opened: Assembly, page: Page) -> None:
    await opened.cast(2, [[0, 1, 0], [1, 0, 0, 0]])
    opened.at(opened.platform.clock.now.replace(hour=3))
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 2))
        await reach_home(page, opened, 2)
        await expect(page.get_by_text("已经投过一次，算进去了")).to_be_visible()
        await assert_accessible(page)
        await press(page, "不是我投的")
        await expect(page.get_by_text("不是我投的，也不是我委托的人投的")).to_be_visible()
        await assert_accessible(page)
        await press(page, "交给社区")
        await expect(page.get_by_text("记下了，编号1。")).to_be_visible()
        await press(page, "接着投票")
        await answer(page, "同意", "甲")
        await cast(page)
    (row,) = opened.platform.contents()["dispute"]
    assert "impersonation" in row


async def test_who_sees_a_wrong_home_writes_it_down_in_one_tap(opened: Assembly, page: Page) -> None:
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 3))
        await reach_home(page, opened, 3)
        await expect(page.get_by_text("已经投过一次")).to_be_hidden()
        await press(page, "不对，记下来")
        await press(page, "交给社区")
        await expect(page.get_by_text("记下了，编号1。")).to_be_visible()
    assert opened.platform.count("dispute") == 1


async def test_large_type_reads_every_step_aloud(opened: Assembly, page: Page) -> None:
    await page.add_init_script(SPEECH)
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await press(page, "大字")
        await page.get_by_label("我是业主本人").check()
        await press(page, "下一步")
        await press(page, "读给我听")
        spoken = await page.evaluate("window.spoken")
        assert [(lang, rate) for lang, rate, _ in spoken] == [("zh-CN", 0.85)] * 3
        assert [text.split("\n")[0] for *_, text in spoken] == ["谁在投这一票？", "收验证码", "收验证码"]
        await assert_accessible(page)
        await press(page, "大字")
        await expect(page.get_by_role("button", name="读给我听")).to_be_hidden()


async def test_a_tablet_of_the_desk_keeps_nothing_hides_and_forgets(opened: Assembly, page: Page) -> None:
    await page.clock.install()
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1).replace("/vote#", "/vote?desk#"))
        await page.get_by_label("我是业主本人").check()
        await press(page, "下一步")
        assert await page.evaluate("sessionStorage.length + localStorage.length") == 0
        await page.clock.fast_forward(61_000)
        await expect(page.get_by_role("heading", name="屏幕已遮住")).to_be_visible()
        await expect(page.get_by_role("heading", name="收验证码")).to_be_hidden()
        await assert_accessible(page)
        await press(page, "我还在，继续")
        await expect(page.get_by_role("heading", name="收验证码")).to_be_visible()
        await page.clock.fast_forward(61_000)
        await expect(page.get_by_role("heading", name="屏幕已遮住")).to_be_visible()
        await page.clock.fast_forward(61_000)
        await expect(page.get_by_role("heading", name="先看您的信")).to_be_visible()
        assert await page.get_by_label("投票码").input_value() == ""


async def test_a_ballot_waits_without_a_connection_and_goes_on_by_itself(opened: Assembly, browser: Browser) -> None:
    context = await visit_as(browser, SMALL_PHONE)
    page = await context.new_page()
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 3))
        await sign_in(page, opened, 3)
        await answer(page, "同意", "乙")
        sent: list[str | None] = []
        page.on("request", lambda request: sent.append(request.post_data) if "ballots" in request.url else None)
        await page.route("**/ballots", lambda route: route.abort("internetdisconnected"))
        await press(page, "确认投票")
        await expect(page.get_by_role("heading", name="还不能确定票收到了")).to_be_visible()
        await page.unroute("**/ballots")
        await context.set_offline(offline=True)
        await press(page, "继续交票")
        await expect(page.get_by_role("heading", name="还不能确定票收到了")).to_be_visible()
        await context.set_offline(offline=False)
        await expect(page.get_by_role("heading", name=COUNTED)).to_be_visible()
        await assert_accessible(page)
    assert len(set(sent)) == 1
    assert len(sent) > 1
    assert opened.platform.count("ballot") == 1
    await context.close()


async def test_pictures_of_every_step(opened: Assembly, page: Page) -> None:
    """Only where VOTE_PICTURES names a folder; elsewhere this walks the steps once more."""

    async def take(name: str) -> None:
        where = photograph(f"owner-{name}")
        if where is not None:
            await page.screenshot(path=where, full_page=True)

    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await take("1-acting")
        await reach_home(page, opened, 1)
        await take("2-home")
        await press(page, "没错，继续")
        await take("3-question")
        await answer(page, "同意", "甲", "乙")
        await take("4-review")
        await cast(page)
        await expect(page.locator("#receipt-code")).to_be_visible()
        await take("5-done")
        await page.goto(f"{address}{opened.pages}/titles")
        await assert_accessible(page)
        await take("6-titles")
