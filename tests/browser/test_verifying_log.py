"""An estate's public record is checked in the browser, on the page of a vote and on the page that is one file."""

import shutil
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.async_api import Browser, Page, Route, expect

from crypto.tile import decode_bundle, encode_bundle
from scripts import build_front
from tests.browser.chromium import DESK, assert_accessible, keep_picture, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.assembly import Assembly
from tests.vote.verifier.log_folders import accepted
from tests.vote.verifier.log_layout import write_layout
from vote.web.checkpoint_code import fit
from vote.web.verifying.pages import IS_PUBLISHED

CHECK = "核对公开记录"
LONG = 30_000


class Elsewhere(SimpleHTTPRequestHandler):
    """A host of records on another origin."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A log of ours, and what else others may be shown under its name."""
    made = write_layout(tmp_path / "made")
    for name, case in {"good": None, "fork": "fork", "short": "short", "strange": "strange"}.items():
        shutil.copytree(made / "log" if case is None else made / "cases" / case, tmp_path / name)
    shutil.copytree(tmp_path / "good", tmp_path / "altered")
    bundle = tmp_path / "altered/tile/entries/001"
    entries = list(decode_bundle(bundle.read_bytes()))
    entries[44] = accepted(9999)
    bundle.write_bytes(encode_bundle(entries))
    proof = (made / "proofs/good.tlog-proof").read_bytes()
    (tmp_path / "good.tlog-proof").write_bytes(proof)
    (tmp_path / "wrong.tlog-proof").write_bytes(proof.replace(b"index 300", b"index 301"))
    return tmp_path


@pytest.fixture
def elsewhere(records: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Elsewhere, directory=str(records))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alone")
    build_front.write_alone(folder)
    return folder


async def judged(page: Page, words: str) -> None:
    await page.get_by_role("button", name=CHECK).click()
    await expect(page.locator("#record-verdict")).to_contain_text(words, timeout=LONG)


async def test_the_single_file_checks_a_record_of_another_site_from_the_disk(
    browser: Browser, alone: Path, elsewhere: str
) -> None:
    context = await visit_as(browser)
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"file://{alone}/verify.html")
    address = page.get_by_label("公开记录的网址")
    await address.fill(f"{elsewhere}/good/")
    await judged(page, "公开记录没有问题")
    await expect(page.locator("#record-signed")).to_contain_text("另有2方看过")
    await expect(page.locator("#record-kept")).to_contain_text("这台设备第一次看")
    await judged(page, "公开记录没有问题")
    await expect(page.locator("#record-kept")).to_contain_text("和上次看到的一样，600条")
    await keep_picture(page, "check-record-alone")
    await address.fill(f"{elsewhere}/altered")
    await judged(page, "公开记录里有内容被改过，或者缺了")
    await page.get_by_text("给懂技术的人看的原话").click()
    await expect(page.locator("#record-verdict")).to_contain_text("tile/entries/001")
    await address.fill(f"{elsewhere}/strange")
    await judged(page, "公开记录和以前看到的不一样")
    await address.fill(f"{elsewhere}/fork")
    await judged(page, "公开记录和以前看到的不一样")
    await address.fill(f"{elsewhere}/short")
    await judged(page, "公开记录变少了")
    # What was seen is still there: the fork was not taken for it.
    await address.fill(f"{elsewhere}/good")
    await judged(page, "公开记录没有问题")
    await address.fill(f"{elsewhere}/nowhere")
    await judged(page, "这份公开记录的签名不成立")
    await address.fill("http://127.0.0.1:9/")
    await judged(page, "公开记录没有下载成")
    assert [url for url in asked if not url.startswith(("file://", "blob:", elsewhere, "http://127.0.0.1:9/"))] == []
    await context.close()


async def test_an_entry_that_none_may_write_is_found_by_its_place(
    browser: Browser, alone: Path, elsewhere: str
) -> None:
    context = await visit_as(browser)
    page = await context.new_page()
    await page.goto(f"file://{alone}/verify.html")
    await page.get_by_label("公开记录的网址").fill(f"{elsewhere}/strange")
    await judged(page, "公开记录里有内容被改过，或者缺了")
    await page.get_by_text("给懂技术的人看的原话").click()
    await expect(page.locator("#record-verdict")).to_contain_text("entry 300: its kind is none of those")
    await context.close()


async def test_the_single_file_checks_a_folder_and_a_proof_without_a_connection(
    browser: Browser, alone: Path, records: Path
) -> None:
    context = await visit_as(browser, DESK, locale="en")
    page = await context.new_page()
    await page.goto(f"file://{alone}/verify.en.html")
    await context.set_offline(True)
    start = page.get_by_role("button", name="Check the record")
    await start.click()
    await expect(page.locator("#record-verdict")).to_contain_text("It was not said where the public record is")
    await page.get_by_label("Downloaded folder of the record").set_input_files(records / "good")
    await page.get_by_text("Check a proof").click()
    await page.get_by_label("Proof (.tlog-proof)").set_input_files(records / "good.tlog-proof")
    await start.click()
    await expect(page.locator("#record-receipt")).to_contain_text("The proof holds", timeout=LONG)
    await expect(page.locator("#record-verdict")).to_contain_text("The public record is right")
    await page.get_by_label("Proof (.tlog-proof)").set_input_files(records / "wrong.tlog-proof")
    await start.click()
    await expect(page.locator("#record-verdict")).to_contain_text("This proof does not hold", timeout=LONG)
    await context.close()


async def test_the_single_file_checks_a_kept_vote(
    browser: Browser, alone: Path, certified: Assembly, tmp_path: Path
) -> None:
    kept = tmp_path / f"{certified.uuid}.bel"
    kept.write_bytes((await certified.platform.ask("GET", f"{certified.pages}/{kept.name}", key=None)).content)
    context = await visit_as(browser)
    page = await context.new_page()
    await page.goto(f"file://{alone}/verify.html")
    await page.get_by_role("button", name="开始核对").click()
    await expect(page.locator("#verdict")).to_contain_text("选的文件里没有投票文件")
    await page.get_by_text("核对自己保存的文件").click()
    await page.get_by_label("投票文件").set_input_files(kept)
    await page.get_by_role("button", name="开始核对").click()
    await expect(page.locator("#verdict")).to_contain_text("核对过的都对", timeout=2 * LONG)
    await context.close()


@pytest.fixture
def announce(monkeypatch: pytest.MonkeyPatch) -> Callable[[Assembly], None]:
    """Let the platform say that an estate has a public record."""

    async def published(_: str) -> bool:
        return True

    return lambda assembly: monkeypatch.setitem(
        cast("dict[str, Any]", assembly.platform.services), IS_PUBLISHED, published
    )


async def show_record(page: Page, folder: Path) -> None:
    """Let the page get the record of a folder at the address of the estate's."""

    async def answer(route: Route) -> None:
        await route.fulfill(path=folder / route.request.url.partition("/log/")[2].partition("/")[2])

    await page.unroute("**/log/**")
    await page.route("**/log/**", answer)


async def test_the_page_of_a_vote_checks_the_estates_record_too(
    sealed: Assembly, page: Page, records: Path, announce: Callable[[Assembly], None]
) -> None:
    announce(sealed)
    await show_record(page, records / "good")
    async with on_loopback(sealed.platform) as address:
        await page.goto(f"{address}{sealed.pages}/check")
        await expect(page.get_by_role("heading", name="小区的公开记录")).to_be_visible()
        await assert_accessible(page)
        await judged(page, "公开记录没有问题")
        await assert_accessible(page)
        await keep_picture(page, "check-record")
        await show_record(page, records / "fork")
        await page.reload()
        await judged(page, "公开记录和以前看到的不一样")
        await assert_accessible(page)
        kept = await page.evaluate("Object.keys(localStorage)")
        assert kept == ["record owners.example/log/2026"]


async def test_a_printed_code_is_a_checkpoint_that_the_record_must_continue(
    sealed: Assembly, browser: Browser, records: Path, announce: Callable[[Assembly], None]
) -> None:
    announce(sealed)
    async with on_loopback(sealed.platform) as address:
        for folder, said in (("good", "公开记录没有问题"), ("fork", "公开记录和以前看到的不一样")):
            context = await visit_as(browser)
            page = await context.new_page()
            await show_record(page, records / "good")
            printed = urlsafe_b64encode(fit((records / folder / "checkpoint").read_bytes())).decode().rstrip("=")
            await page.goto(f"{address}{sealed.pages}/check#seen={printed}")
            await judged(page, said)
            await context.close()


async def test_ballots_that_are_not_in_the_record_are_missed(
    preliminary: Assembly, page: Page, records: Path, announce: Callable[[Assembly], None]
) -> None:
    announce(preliminary)
    await show_record(page, records / "good")
    async with on_loopback(preliminary.platform) as address:
        await page.goto(f"{address}{preliminary.pages}/check")
        await judged(page, "公开记录里的票不是票箱里的票")


async def test_without_a_record_there_is_no_step_for_it(
    sealed: Assembly, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unpublished(_: str) -> bool:
        return False

    monkeypatch.setitem(cast("dict[str, Any]", sealed.platform.services), IS_PUBLISHED, unpublished)
    async with on_loopback(sealed.platform) as address:
        await page.goto(f"{address}{sealed.pages}/check")
        await expect(page.get_by_role("button", name="开始核对")).to_be_enabled()
        await expect(page.locator("#record")).to_have_count(0)
