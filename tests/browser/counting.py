"""How people bring an election from its closing second to the certificate, in browsers of their own."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import expect

from tests.browser.holders import type_card
from tests.browser.people import Human, Town
from tests.foreign import belenios_verify
from tests.journeys.published import assert_verified, fetch, write
from tests.vote.assembly import Assembly
from vote.certificate.signed import decode_signed, verify_certificate_signatures
from vote.election.manifest import decode_manifest

CLOSED = datetime(2026, 12, 30, 10, 1, tzinfo=UTC)
CHECKED = datetime(2027, 1, 4, 1, tzinfo=UTC)
CERTIFIED = CHECKED + timedelta(days=9)
PASSPHRASE = "三个毫不相干的词语"
Offices = dict[str, tuple[Human, Path]]
"""By name, the person and the key file."""


async def settle_and_check(town: Town, desk: Human, organiser: Human) -> None:
    """After closing the desk writes a dispute down, the organiser settles it and finds who took part."""
    await town.wait_until(CLOSED)
    await town.platform.services["worker"].work_once()
    await desk.come_back("窗口核验员")
    await desk.sees("现在把参加名单贴到公告栏")
    await desk.follow("写下业主的异议")
    await desk.page.get_by_text("“我没投过，票不是我投的”").click()
    await desk.fill(来的业主住哪里="3-2-301", 业主的话="我没有投过。")
    await desk.press("写好，收下")
    await desk.sees("正在处理")
    await organiser.come_back("组织者")
    await organiser.sees("还有1件没有办结")
    await organiser.follow("处理异议")
    await organiser.follow("看原话并处理")
    await organiser.sees("我没有投过。")
    await organiser.page.get_by_text("票有效，照算").click()
    await organiser.page.get_by_label("理由（公开）").fill("核对过签字，是本人所投。")
    await organiser.press("办结")
    await organiser.sees("核对过签字，是本人所投。")
    await town.wait_until(CHECKED)
    await organiser.come_back("组织者")
    await organiser.follow("核对参加人数")
    await organiser.sees("参加的够了", "360.00")
    await organiser.page.get_by_label("我看过上面的数").check()
    await organiser.press("核对无误，准备开票")
    await organiser.heads("开票日")
    await town.platform.services["worker"].work_once()


async def see_who_took_part(neighbour: Human) -> None:
    """Let anybody see whose rooms took part, and how the dispute ended."""
    await neighbour.page.reload()
    await neighbour.sees("核对过签字，是本人所投。")
    await neighbour.follow("哪些房号参加了")
    await neighbour.heads("哪些房号参加了")
    await neighbour.sees("2单元101", "2单元201", "2单元301")
    await expect(neighbour.page.get_by_text("2单元401")).to_have_count(0)


async def open_the_box(town: Town, holders: list[Human], organiser: Human) -> None:
    """Let two key-holders open the box; the third one has lost the card and stays at home."""
    await town.leaves(holders[2])
    await organiser.sees("还差2位")
    for number, holder in enumerate(holders[:2], start=1):
        await holder.come_back("开箱人")
        await holder.page.get_by_text("卡上“开过箱”一栏是空的").click()
        await type_card(holder, "open", "核对选票")
        await expect(holder.page.locator("#total")).to_contain_text("3票计入", timeout=60_000)
        await holder.press("交出我的一份，开箱")
        await holder.heads("您的一份已经交出")
        if number == 1:
            await organiser.sees("还差1位")
    await organiser.sees("总数已经打开，初步结果已公布。")
    await holders[1].follow("看结果")
    await organiser.follow("看初步结果")
    for human in (organiser, holders[1]):
        await human.heads("初步结果")
        await human.sees("甲、乙")


async def object_and_certify(town: Town, desk: Human, clerk: Human, offices: Offices) -> None:
    """An owner objects and is answered; then the certificate is composed and signed by three offices."""
    organiser = offices["组织者"][0]
    await desk.come_back("窗口核验员")
    await desk.follow("写下业主的异议")
    await desk.fill(来的业主住哪里="3幢2单元301室", 关于什么="参加人数", 业主的话="人数算错了吧。")
    await desk.press("写好，收下")
    await desk.sees("等答复")
    await organiser.come_back("组织者")
    await organiser.follow("答复异议")
    await organiser.follow("看原话并答复")
    await organiser.page.get_by_text("不成立，说明理由").click()
    await organiser.page.get_by_label("答复（公开）").fill("房号都公布了，数一数就是。")
    await organiser.press("公布答复")
    await organiser.sees("房号都公布了，数一数就是。")
    await town.wait_until(CERTIFIED)
    await organiser.come_back("组织者")
    await organiser.follow("拟结果证明")
    await organiser.press("拟结果证明")
    await expect(organiser.page.locator("#figures")).to_contain_text("参加3人、360.00平方米")
    for duty, act, told in (
        ("组织者", "", "签好了。下一方可以签了。"),
        ("社区确认人", "核对并签字", "签好了。下一方可以签了。"),
        ("街道签收人", "核对并签收", "三方都签齐了，证明已经公布。"),
    ):
        human, file = offices[duty]
        if act:
            await human.come_back(duty)
            await human.follow(act)
        await human.sees("这台电脑核对过了")
        await human.page.get_by_label("本单位的钥匙文件").set_input_files(file)
        await human.page.get_by_label("口令").fill(PASSPHRASE)
        await human.page.get_by_label("内容我看过了").check()
        await human.press("签字")
        await expect(human.page.get_by_role("alert")).to_contain_text(told)
    await clerk.come_back("看结果和证明")
    await clerk.heads("下一步：证明已出，全部办完")
    await clerk.follow("打印“我已依法做了什么”")
    await clerk.sees("第1号证明签齐、公布", "窗口甲")


async def check_at_home(neighbour: Human) -> None:
    """Let anybody count again on a telephone."""
    await neighbour.follow("2026年馨苑小区业主大会")
    await neighbour.sees("结果已经核对、三方签字确认")
    await neighbour.follow("在手机上自己核对")
    await neighbour.press("开始核对")
    await expect(neighbour.page.get_by_role("status")).to_contain_text("核对完了，都对", timeout=60_000)


async def verify(assembly: Assembly, folder: Path) -> None:
    """Let two verifiers, of whom one is foreign, look at what is published."""
    bundle = await fetch(assembly, folder / "bundle", {})
    names = "certificate.json", "certificate.pdf", "objections.json", "retention.json"
    write(bundle, {name: await assembly.platform.get(f"{assembly.pages}/{name}", key=None) for name in names})
    await asyncio.to_thread(assert_verified, bundle)
    signed = decode_signed((bundle / "certificate.json").read_bytes())
    verify_certificate_signatures(signed, decode_manifest((bundle / "manifest.json").read_bytes()).offices)
    alone = folder / "alone"
    write(alone, {f"{assembly.uuid}.bel": await assembly.archive()})
    done = await asyncio.to_thread(belenios_verify, alone)
    assert done.returncode == 0, done.stderr
