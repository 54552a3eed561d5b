"""Everybody checks in the browser: a whole archive, the own ballot, a kept file; what was tampered with is found and named."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from crypto.archive import ArchiveWriter
from crypto.archive_reader import read_archive
from crypto.ballot import tracker
from tests.browser.chromium import assert_accessible, keep_picture, photograph
from tests.browser.loopback import on_loopback
from tests.vote.assembly import Assembly
from vote.ballot.receipt_words import receipt_words

LONG = 60_000


@asynccontextmanager
async def checking(assembly: Assembly, page: Page, *, english: bool = False) -> AsyncIterator[str]:
    async with on_loopback(assembly.platform) as address:
        await page.goto(f"{address}{assembly.pages}/check{'?lang=en' if english else ''}")
        yield address


async def archive_of(assembly: Assembly) -> bytes:
    return (await assembly.platform.ask("GET", f"{assembly.pages}/{assembly.uuid}.bel", key=None)).content


async def answer_instead(page: Page, pattern: str, change: Callable[[bytes], bytes]) -> None:
    """Let the page get other bytes than the server sends."""

    async def altered(route: Route) -> None:
        got = await route.fetch()
        await route.fulfill(response=got, body=change(await got.body()))

    await page.route(pattern, altered)


async def test_a_whole_vote_is_right_and_works_without_a_connection(certified: Assembly, page: Page) -> None:
    async with checking(certified, page):
        await expect(page.get_by_role("button", name="开始核对")).to_be_enabled()
        await assert_accessible(page)
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.get_by_role("status")).to_contain_text("核对完了，都对", timeout=LONG)
        await expect(page.locator("#steps li", has_text="不对")).to_have_count(0)
        await expect(page.locator("#step-published")).to_contain_text("每一项的人数和面积都对得上")
        await expect(page.locator("#step-own")).to_contain_text("没有填回执")
        code = await page.locator("#code").text_content()
        assert code
        assert len(code.replace(" ", "")) == 20
        await assert_accessible(page)
        await keep_picture(page, "check")


async def test_files_once_fetched_are_checked_without_a_connection(
    certified: Assembly, page: Page, tmp_path: Path
) -> None:
    kept = tmp_path / f"{certified.uuid}.bel"
    kept.write_bytes(await archive_of(certified))
    async with checking(certified, page):
        await expect(page.get_by_role("button", name="开始核对")).to_be_enabled()
        context: BrowserContext = page.context
        await page.evaluate("fetch(JSON.parse(document.getElementById('data').textContent).worker)")
        await context.set_offline(True)
        await page.get_by_text("核对自己保存的文件").click()
        await page.get_by_label("投票文件").set_input_files(kept)
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.get_by_role("status")).to_contain_text("核对过的都对", timeout=LONG)
        await expect(page.locator("#step-manifest")).to_contain_text("约定的文件不在旁边")
        await context.set_offline(False)


async def test_my_own_ballot_is_found_first(certified: Assembly, page: Page) -> None:
    number = tracker(read_archive(await archive_of(certified)).ballots[-1])
    async with checking(certified, page) as address:
        await page.goto("about:blank")
        await page.goto(f"{address}{certified.pages}/check#{number.replace('+', '%2B').replace('/', '%2F')}")
        await expect(page.get_by_label("您的回执")).to_have_value(number)
        assert "#" not in page.url
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.locator("#step-own")).to_contain_text("您的票在里面，已计入", timeout=LONG)
        await page.get_by_label("您的回执").fill(receipt_words(number).replace("·", " "))
        await expect(page.get_by_role("status")).to_contain_text("核对完了", timeout=LONG)
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.locator("#step-own")).to_contain_text("您的票在里面，已计入", timeout=LONG)
        await page.get_by_label("您的回执").fill("A" * 43)
        await expect(page.get_by_role("status")).to_contain_text("核对完了", timeout=LONG)
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.locator("#step-own")).to_contain_text("文件里没有这张票", timeout=LONG)
        await expect(page.get_by_role("status")).to_contain_text("但没有您的票", timeout=LONG)
        await page.get_by_label("您的回执").fill("太短")
        await expect(page.get_by_role("button", name="开始核对")).to_be_enabled(timeout=LONG)
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.get_by_text("不像回执")).to_be_visible()


def _flip(data: bytes) -> bytes:
    at = data.index(b'"answers"') + 300
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _again(data: bytes, *, without: int | None = None, swap: bool = False, more: int = 0) -> bytes:
    """Write the archive again, every hash and link as they should be, with something else in it."""
    archive = read_archive(data)
    writer = ArchiveWriter(archive.timestamp)
    ballots = list(archive.ballots)
    if without is not None:
        del ballots[without]
    if swap:
        changed = json.loads(ballots[0])
        one = changed["answers"][0]["individual_proofs"]
        one[0], one[1] = one[1], one[0]
        ballots[0] = json.dumps(changed, separators=(",", ":"), ensure_ascii=False).encode()
    setup, record = archive.setup, archive.encrypted_tally
    assert record is not None
    assert archive.result is not None
    result = json.loads(archive.result)
    result["result"][0][0] += more
    return b"".join(
        (
            writer.begin(),
            writer.setup(setup.election, setup.trustees, setup.credentials),
            *map(writer.ballot, ballots),
            writer.end_ballots(),
            writer.encrypted_tally(record.tally, record.num_tallied, record.total_weight),
            *(writer.partial_decryption(share.owner, share.payload) for share in archive.shares),
            writer.result(json.dumps(result, separators=(",", ":")).encode() if more else archive.result),
        )
    )


@pytest.mark.parametrize(
    ("pattern", "change", "said"),
    [
        ("**/*.bel", _flip, ("这份文件被改过，或者不完整", "文件第")),
        ("**/*.bel", lambda data: data[:-512], ("这份文件被改过，或者不完整", "文件第")),
        ("**/*.bel", lambda data: _again(data, without=0), ("文件里的票不是票箱里的票", "第1张票")),
        ("**/*.bel", lambda data: _again(data, more=1), ("公布的总数不是这些票开出来的", "第1题，第1个选项")),
        ("**/*.bel", lambda data: _again(data, swap=True), ("文件里的票不是票箱里的票", "第1张票")),
        ("**/manifest.json", lambda data: data.replace(b'"area', b'"Area', 1), ("投票的约定和文件不一致", "manifest.json")),
        ("**/result.json", lambda data: data.replace(b'"heads":', b'"heads":1', 1), ("公布的人数或面积和票对不上", "result.json")),
    ],
)  # fmt: skip
async def test_an_auditor_finds_what_was_tampered_with(
    certified: Assembly, page: Page, pattern: str, change: Callable[[bytes], bytes], said: tuple[str, str]
) -> None:
    async with checking(certified, page):
        await answer_instead(page, pattern, change)
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.get_by_role("status")).to_contain_text(said[0], timeout=LONG)
        await expect(page.get_by_role("status")).to_contain_text(said[1])
        await expect(page.locator("#step-ballots")).not_to_contain_text("对了")
        await page.get_by_text("给懂技术的人看的原话").click()
        await assert_accessible(page)
        if picture := photograph("check-tampered"):
            await page.screenshot(path=picture, full_page=True)


async def test_a_false_proof_is_found_when_every_ballot_is_checked(
    certified: Assembly, page: Page, tmp_path: Path
) -> None:
    """A lone archive, summed and opened as it says: only the ballot's own proof gives it away."""
    kept = tmp_path / "kept.bel"
    kept.write_bytes(_again(await archive_of(certified), swap=True))
    async with checking(certified, page, english=True):
        await page.get_by_text("Check files that you kept").click()
        await page.get_by_label("Archive (.bel)").set_input_files(kept)
        await page.get_by_role("button", name="Start").click()
        await expect(page.get_by_role("status")).to_contain_text("A ballot does not hold", timeout=LONG)
        await expect(page.get_by_role("status")).to_contain_text("ballot 1")


async def test_before_counting_it_says_what_is_not_there(opened: Assembly, page: Page) -> None:
    async with checking(opened, page):
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.get_by_role("status")).to_contain_text("核对过的都对", timeout=LONG)
        await expect(page.locator("#step-sum")).to_contain_text("还没有开始加票")


HELD = """
Object.defineProperty(navigator, 'hardwareConcurrency', {get: () => 1});
const Plain = Worker;
window.held = [];
window.Worker = class extends Plain {
  addEventListener(kind, hear) {
    super.addEventListener(kind, (event) =>
      event.data?.kind === 'checked' && window.held ? window.held.push(() => hear(event)) : hear(event));
  }
};
"""
"""One core, and what it says of ballots is held back until the test lets it go."""


async def test_it_can_be_paused_and_goes_on(certified: Assembly, page: Page) -> None:
    ballots = len(read_archive(await archive_of(certified)).ballots)
    assert ballots > 4
    await page.add_init_script(HELD)
    async with checking(certified, page):
        await page.get_by_role("button", name="开始核对").click()
        await expect(page.get_by_role("button", name="暂停")).to_be_visible(timeout=LONG)
        while await page.evaluate("window.held.length") == 0:
            await page.wait_for_timeout(50)
        await page.get_by_role("button", name="暂停").click()
        await page.evaluate("for (const go of window.held.splice(0)) go()")
        await expect(page.locator("#count")).to_have_text(f"停在4张，共{ballots}张")
        await page.wait_for_timeout(500)
        assert await page.evaluate("window.held.length") == 0
        await page.evaluate("window.held = null")
        await page.get_by_role("button", name="继续").click()
        await expect(page.get_by_role("status")).to_contain_text("核对完了，都对", timeout=LONG)


async def test_with_the_keyboard_alone(certified: Assembly, page: Page) -> None:
    async with checking(certified, page):
        await expect(page.get_by_role("button", name="开始核对")).to_be_enabled()
        await page.get_by_label("您的回执").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("核对完了，都对", timeout=LONG)
        assert await page.evaluate("document.activeElement.id") == "verdict"
