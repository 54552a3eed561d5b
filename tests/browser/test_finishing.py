"""From a closed election to a certified one in real Chromium, each person with a browser of their own.

The offices sign with keys that lie in files on their computers: one as the command writes it, one locked with a passphrase.
"""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import httpx
import pypdfium2
import pytest
from cryptography import x509
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, SMALL_PHONE, assert_accessible, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.journeys.published import assert_verified, fetch, write
from tests.vote.account.signing_in import again, as_duty
from tests.vote.assembly import Assembly, People
from tests.vote.certificate.keys import MADE_AT, secrets_of
from tests.vote.certificate.test_service import DONE
from tests.vote.conftest import AREAS, ASKS
from tests.vote.office.age import lock_lightly
from tests.vote.platform import CHECKS, Clock, Platform
from vote.certificate.pades import verify_signed_sheet
from vote.certificate.signed import decode_signed, verify_certificate_signatures
from vote.election.manifest import decode_manifest
from vote.office.key_file import decode_secrets, encode_secrets, is_locked, unlock
from vote.office.x509 import certify_self, verify_own

PASSPHRASE = "三个不相干的词"


@pytest.fixture(autouse=True)
def _events_tell_the_same_time(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.account.events.database_now", clock)


class Person:
    """Somebody with a duty, in front of a browser."""

    def __init__(self, platform: Platform, client: httpx.AsyncClient, page: Page, address: str) -> None:
        self.platform, self.client, self.page, self.address = platform, client, page, address

    async def sign_in(self) -> None:
        """Sign in anew, as after a night."""
        await again(self.platform, self.client)
        await self.page.context.add_cookies(
            [{"name": "session", "value": self.client.cookies["session"], "url": self.address}]
        )

    async def see(self, path: str) -> None:
        """Open a page that has to be in order."""
        await self.page.goto(f"{self.address}{path}")
        await assert_accessible(self.page)


@asynccontextmanager
async def working(
    assembly: Assembly, browser: Browser, address: str, role: str, viewport: dict[str, int] = DESK
) -> AsyncIterator[Person]:
    """Let whoever has a duty work in a browser of their own, in which nothing may go wrong unseen."""
    context = await visit_as(browser, viewport, accept_downloads=True)
    page = await context.new_page()
    troubles = troubles_of(page)
    client = await as_duty(assembly, role, name=f"{role}甲")
    person = Person(assembly.platform, client, page, address)
    await person.sign_in()
    yield person
    assert troubles == []
    await context.close()
    await client.aclose()


async def test_from_a_closed_election_to_a_certified_one(closed: Assembly, browser: Browser, tmp_path: Path) -> None:
    async with (
        on_loopback(closed.platform) as address,
        working(closed, browser, address, "desk", PHONE) as desk,
        working(closed, browser, address, "organiser") as organiser,
    ):
        await _dispute(closed, desk, organiser)
        await _check(closed, organiser)
        await closed.sum()
        await _open(closed, browser, address)
        await _object(closed, desk, organiser)
        await _certify(closed, browser, address, organiser, tmp_path)
        await desk.sign_in()
        await desk.see(f"{closed.pages}/finish")
        await expect(desk.page.get_by_role("heading", name="下一步：证明已出，全部办完")).to_be_visible()
        await desk.see(f"{closed.pages}/record")
        await expect(desk.page.get_by_text("窗口核验员 · desk甲").first).to_be_visible()
        await expect(desk.page.get_by_text("第1号证明签齐、公布")).to_be_visible()
        await desk.page.set_viewport_size(SMALL_PHONE)
        for path in ("finish", "finish/disputes", "finish/check", "finish/opening", "finish/result", "finish/objections",
                     "finish/certificate", "record"):  # fmt: skip
            await desk.see(f"{closed.pages}/{path}?lang=en")


async def _dispute(closed: Assembly, desk: Person, organiser: Person) -> None:
    """The desk writes down what an owner says, the organiser settles it."""
    page = desk.page
    await desk.see(f"{closed.pages}/finish")
    await page.get_by_role("link", name="写下业主的异议").click()
    await page.get_by_text("“我没投过，票不是我投的”").click()
    await page.get_by_label("来的业主住哪里").fill("3-2-101")
    await page.get_by_label("业主的话").fill("我没有投过。")
    await page.get_by_role("button", name="写好，收下").click()
    await expect(page.get_by_text("正在处理")).to_be_visible()
    page = organiser.page
    await organiser.see(f"{closed.pages}/finish")
    await expect(page.get_by_text("还有1件没有办结")).to_be_visible()
    await page.get_by_role("link", name="处理异议").click()
    await page.get_by_role("link", name="看原话并处理").click()
    await expect(page.get_by_text("我没有投过。")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_text("票有效，照算").click()
    await page.get_by_label("理由（公开）").fill("核对过签字，是本人所投。")
    await page.get_by_role("button", name="办结").click()
    await expect(page.get_by_text("核对过签字，是本人所投。")).to_be_visible()


async def _check(closed: Assembly, organiser: Person) -> None:
    """The days are over: the organiser reads the figures and accepts what totals tell."""
    await organiser.see(f"{closed.pages}/finish/check")
    await expect(organiser.page.get_by_text("还不能核对：异议收到")).to_be_visible()
    closed.platform.clock.now = CHECKS
    await organiser.sign_in()
    await organiser.see(f"{closed.pages}/finish/check")
    await expect(organiser.page.get_by_text("参加的够了")).to_be_visible()
    await organiser.page.get_by_label("我知道这一点").check()
    await organiser.page.get_by_label("我看过上面的数").check()
    await organiser.page.get_by_role("button", name="核对无误，准备开票").click()
    await expect(organiser.page.get_by_role("heading", name="开票日")).to_be_visible()


async def _open(closed: Assembly, browser: Browser, address: str) -> None:
    """The board renews itself while the key-holders come."""
    async with working(closed, browser, address, "trustee") as guest:
        await guest.see(f"{closed.pages}/finish/opening")
        await expect(guest.page.get_by_text("还差2位")).to_be_visible()
        await closed.contribute(2)
        await expect(guest.page.get_by_text("还差1位")).to_be_visible()
        await closed.contribute(3)
        await expect(guest.page.get_by_text("总数已经打开，初步结果已公布。")).to_be_visible()
        await guest.page.get_by_role("link", name="看初步结果").click()
        await expect(guest.page.get_by_role("heading", name="初步结果")).to_be_visible()
        await assert_accessible(guest.page)


async def _object(closed: Assembly, desk: Person, organiser: Person) -> None:
    """An owner objects to the result, and is answered in public."""
    await desk.sign_in()
    await desk.see(f"{closed.pages}/finish")
    await desk.page.get_by_role("link", name="写下业主的异议").click()
    await desk.page.get_by_label("来的业主住哪里").fill("3幢2单元301室")
    await desk.page.get_by_label("关于什么").fill("参加人数")
    await desk.page.get_by_label("业主的话").fill("人数算错了吧。")
    await desk.page.get_by_role("button", name="写好，收下").click()
    await expect(desk.page.get_by_text("等答复")).to_be_visible()
    await organiser.see(f"{closed.pages}/finish/result")
    await expect(organiser.page.get_by_text("没有仍有争议的票")).to_be_visible()
    await organiser.see(f"{closed.pages}/finish/objections")
    await organiser.page.get_by_role("link", name="看原话并答复").click()
    await assert_accessible(organiser.page)
    await organiser.page.get_by_text("不成立，说明理由").click()
    await organiser.page.get_by_label("答复（公开）").fill("房号都公布了，数一数就是。")
    await organiser.page.get_by_role("button", name="公布答复").click()
    await expect(organiser.page.get_by_text("房号都公布了，数一数就是。")).to_be_visible()


async def _certify(closed: Assembly, browser: Browser, address: str, organiser: Person, folder: Path) -> None:
    """The organiser composes; each office signs with the key on its own computer."""
    closed.at(DONE)
    await organiser.sign_in()
    await organiser.see(f"{closed.pages}/finish")
    await organiser.page.get_by_role("link", name="拟结果证明").click()
    await organiser.page.get_by_role("button", name="拟结果证明").click()
    await expect(organiser.page.get_by_role("heading", name="证明上的内容")).to_be_visible()
    await expect(organiser.page.locator("#figures")).to_contain_text("参加4人、560.00平方米")
    await assert_accessible(organiser.page)
    plain = folder / "organiser.key"
    plain.write_bytes(encode_secrets(secrets_of("organiser")))
    other = folder / "community.key"
    other.write_bytes(lock_lightly(encode_secrets(secrets_of("community")), PASSPHRASE))
    last = folder / "sub_district.key"
    last.write_bytes(encode_secrets(secrets_of("sub_district")))
    await _sign(organiser, other, "口令不对", "口令不对，打不开钥匙文件")
    await _sign(organiser, other, PASSPHRASE, "这是别的单位的钥匙")
    closed.at(DONE + timedelta(minutes=1))
    assert (await organiser.client.post(f"{closed.api}/certificate", json={})).status_code == HTTPStatus.CREATED
    await _sign(organiser, plain, "", "要签的文件不对，没有签字。请刷新再试。")
    await organiser.see(f"{closed.pages}/finish/certificate")
    await _sign(organiser, plain, "", "签好了。下一方可以签了。")
    async with working(closed, browser, address, "community", PHONE) as community:
        await community.see(f"{closed.pages}/finish/certificate")
        await _sign(community, other, "", "这个钥匙文件有口令")
        await _sign(community, other, PASSPHRASE, "签好了。下一方可以签了。")
    async with working(closed, browser, address, "sub_district") as sub_district:
        await sub_district.see(f"{closed.pages}/finish/certificate")
        shown = await _sign(sub_district, last, "", "三方都签齐了，证明已经公布。")
    signed = decode_signed(await closed.platform.get(f"{closed.pages}/certificate.json", key=None))
    manifest = decode_manifest(await closed.platform.get(f"{closed.pages}/manifest.json", key=None))
    verify_certificate_signatures(signed, manifest.offices)
    pdf = await closed.platform.get(f"{closed.pages}/certificate.pdf", key=None)
    # What was shown is what was signed, but for the place of the signature.
    assert len(shown) == len(pdf)
    assert {before for before, after in zip(shown, pdf, strict=True) if before != after} == {ord("0")}
    # The PDF library runs a loop of its own.
    await asyncio.to_thread(verify_signed_sheet, pdf, signed.certificate, manifest.offices)
    bundle = await fetch(closed, folder / "bundle", {})
    names = "certificate.json", "certificate.pdf", "objections.json", "retention.json"
    write(bundle, {name: await closed.platform.get(f"{closed.pages}/{name}", key=None) for name in names})
    await asyncio.to_thread(assert_verified, bundle)
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    document.init_forms()
    with_stamps, without = (document[0].render(may_draw_forms=forms).to_numpy() for forms in (True, False))
    assert (with_stamps != without).any(), "a reader of PDFs shows no stamp"
    document.close()


async def _sign(person: Person, key: Path, passphrase: str, told: str) -> bytes:
    """Read the document and sign it; return what was read."""
    page = person.page
    await expect(page.get_by_text("这台电脑核对过了")).to_be_visible()
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="要签的文件").click()
    shown = await asyncio.to_thread((await (await waiting.value).path()).read_bytes)
    await page.get_by_label("本单位的钥匙文件").set_input_files(key)
    await page.get_by_label("口令").fill(passphrase)
    await page.get_by_label("内容我看过了").check()
    await page.get_by_role("button", name="签字", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text(told)
    return shown


async def test_an_office_makes_its_keys_and_the_command_knows_them(
    platform: Platform, browser: Browser, tmp_path: Path
) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare()
    async with (
        on_loopback(platform) as address,
        working(assembly, browser, address, "community", PHONE) as community,
    ):
        page = community.page
        await community.see(f"{assembly.pages}/office-keys")
        await page.get_by_label("单位全称").fill("某某社区居民委员会")
        await page.get_by_label("给钥匙文件定一个口令").fill(PASSPHRASE + "再加")
        await page.get_by_label("再输一遍口令").fill(PASSPHRASE)
        await page.get_by_role("button", name="生成钥匙").click()
        await expect(page.get_by_role("status")).to_have_text("两遍口令不一样。")
        await page.get_by_label("再输一遍口令").fill(PASSPHRASE + "再加")
        async with page.expect_download(timeout=60_000) as saved:
            await page.get_by_role("button", name="生成钥匙").click()
        await expect(page.get_by_role("status")).to_contain_text("生成好了")
        await assert_accessible(page)
        await (await saved.value).save_as(tmp_path / "community.key")
        async with page.expect_download() as asked:
            await page.get_by_role("link", name="证书请求").click()
        await (await asked.value).save_as(tmp_path / "community.csr")
        await page.get_by_role("button", name="交上公开的一半").click()
        await expect(page.get_by_role("status")).to_contain_text("交好了")
    data = (tmp_path / "community.key").read_bytes()
    assert is_locked(data)
    made = decode_secrets(unlock(data, PASSPHRASE + "再加"))
    verify_own(made.x509, made.x509_key)
    brought = (await platform.services["elections"].offices(assembly.uuid))["community"]
    assert brought == made.public
    own = x509.load_der_x509_certificate(made.x509)
    usual = x509.load_der_x509_certificate(certify_self(made.x509_key, made.name, MADE_AT))
    assert list(own.extensions) == list(usual.extensions)
    assert (own.subject, own.issuer, own.version) == (usual.subject, usual.issuer, usual.version)
    request = x509.load_pem_x509_csr((tmp_path / "community.csr").read_bytes())
    assert request.is_signature_valid
    assert request.subject == own.subject
    assert request.public_key() == own.public_key()
