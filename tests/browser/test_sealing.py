"""The sealing worker in a real browser: under the policy of real pages, and as slow as an old telephone."""

import pytest
from jinja2 import DictLoader
from playwright.async_api import Browser, Page

from crypto.credential import derive_secret, public_credential
from scripts import build_front
from tests.browser.chromium import visit_as
from tests.browser.loopback import on_loopback
from tests.crypto.elections import UUID, accept
from tests.front.vectors import CREDENTIAL, THREE
from tests.front.worker import BUNDLE, seal, text_of
from tests.vote.platform import Platform
from vote.web import rendering
from vote.web.assets import asset_path

KEY = {"letter": CREDENTIAL, "platform": None, "credential": public_credential(derive_secret(UUID, CREDENTIAL))}
CHOICES = [[1, 0, 1, 0, 1, 1, 1], [0, 1, 0], [0, 0, 1]]
BALLOT = {"id": 2, **seal(THREE, KEY, CHOICES)}
WARM = {"id": 1, "kind": "warm", "election": text_of(THREE)}
SLOW_DOWN = 6
MOST_MILLISECONDS = 1500
ASK = """([url, requests]) => new Promise((done) => {
  const worker = new Worker(url, { type: "module" });
  const answers = [];
  worker.onmessage = ({ data }) => { answers.push(data); if (data.kind === "sealed" || data.kind === "refused") done(answers); };
  worker.onerror = (error) => done([{ kind: "error", error: String(error.message) }]);
  requests.forEach((request) => worker.postMessage(request));
})"""
# What slows a browser down by its protocol slows the page's thread and no worker, so here the worker's file runs in the page.
IN_PAGE = """([bundle, warm, ballot]) => {
  const answers = [];
  window.postMessage = (answer) => answers.push(answer);
  const began = performance.now();
  (0, eval)(bundle);
  const ask = (data) => window.dispatchEvent(new MessageEvent("message", { data }));
  ask(warm);
  const warmed = performance.now();
  ask(ballot);
  return [warmed - began, performance.now() - warmed, answers.at(-1)];
}"""


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first page have a script, so that its policy is that of pages with scripts."""
    html = '<!doctype html><html lang="zh-CN"><title>页</title><link rel="icon" href="data:,"><script type="module" nonce="{{ nonce }}"></script>'
    monkeypatch.setattr(rendering._ENVIRONMENT, "loader", DictLoader({"home.html": html}))
    monkeypatch.setattr(rendering._ENVIRONMENT, "cache", None)


@pytest.mark.usefixtures("scripted")
async def test_the_worker_seals_under_the_policy_of_a_page(platform: Platform, page: Page) -> None:
    async with on_loopback(platform) as address:
        await page.goto(address)
        answers = await page.evaluate(ASK, [asset_path(BUNDLE), [WARM, BALLOT]])
    assert [answer["kind"] for answer in answers] == ["ready", "progress", "progress", "progress", "sealed"]
    assert accept(answers[-1]["ballot"].encode(), THREE).credential == KEY["credential"]


@pytest.mark.usefixtures("scripted")
async def test_a_worker_can_connect_to_nothing_not_even_to_us(platform: Platform, browser: Browser) -> None:
    """The policy of its file forbids it, so what it holds leaves it by its messages alone."""
    context = await visit_as(browser)
    page = await context.new_page()
    async with on_loopback(platform) as address:
        await page.goto(address)
        async with page.expect_worker() as started:
            await page.evaluate("url => { window.kept = new Worker(url, { type: 'module' }) }", asset_path(BUNDLE))
        worker = await started.value
        for attempt in (
            "fetch('/health')",
            "import('/static/x.js')",
            f"fetch('{address}/health', {{ mode: 'no-cors' }})",
        ):
            assert await worker.evaluate(f"{attempt}.then(() => 'let out', () => 'held back')") == "held back"
    await context.close()


async def test_a_slow_telephone_seals_soon_enough(browser: Browser) -> None:
    context = await visit_as(browser)
    page = await context.new_page()
    protocol = await context.new_cdp_session(page)
    await protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DOWN})
    bundle = (build_front.DIST / asset_path(BUNDLE).rpartition("/")[2]).read_text()
    warming, sealing, sealed = await page.evaluate(IN_PAGE, [bundle, WARM, BALLOT])
    accept(sealed["ballot"].encode(), THREE)
    assert sealing < MOST_MILLISECONDS
    assert warming + sealing < 2 * MOST_MILLISECONDS
    await context.close()
