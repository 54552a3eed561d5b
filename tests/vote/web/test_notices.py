"""What stands on top of pages, or beside the receipt: that it is a demonstration, that the site was restored."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.vote.assembly import ESTATE, Assembly, People
from tests.vote.conftest import AREAS, ASKS, NO, YES
from tests.vote.platform import CLOSES, OPENS, Clock, open_platform
from tests.vote.web.test_pages import look
from vote.operation.models import RestoredCopy

MADE, RESTORED = OPENS + timedelta(hours=2), OPENS + timedelta(hours=4)
DEMO = {"zh-CN": "演示：这里的业主和票都是编的。", "en": "Demonstration: these owners and ballots are made up."}


@pytest.fixture
async def demo(_migrated: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    """A demonstration, which has no days of notice, dispute and objection, with open polls."""
    async with open_platform(_migrated, tmp_path, clock, demo=True) as platform:
        assembly = Assembly(platform, People(AREAS, ASKS))
        await assembly.import_roll()
        await assembly.prepare(title="DEMO 演示")
        await assembly.make_key()
        await assembly.issue_credentials()
        await assembly.bring_offices()
        await assembly.seal()
        await assembly.open()
        yield assembly


async def _text(assembly: Assembly, path: str = "", language: str = "zh-CN") -> str:
    return (await look(assembly.platform, f"{assembly.pages}{path}", language)).text


async def test_every_page_of_a_demonstration_says_so_and_waits_for_no_days(demo: Assembly) -> None:
    for owner, choices in ((1, [YES, [1, 0, 0, 0]]), (2, [YES, [1, 0, 0, 0]]), (5, [NO, [0, 0, 0, 1]])):
        await demo.cast(owner, choices)
    await demo.close()
    assert "有异议的，现在就到社区提出；核对完才开票。" in await _text(demo)
    assert "请马上带身份证到社区说。" in await _text(demo)
    assert "请马上带身份证到社区说。" in await _text(demo, "/participants")
    assert "with your identity card now" in await _text(demo, language="en")
    await demo.check()
    await demo.sum()
    await demo.open_totals()
    assert "结果证明出来以前都可以" in await _text(demo)
    assert "有疑问请写下来交到社区。都答复了，由三方签字，才是最终结果。" in await _text(demo)
    assert "结果证明出来以前都可以" in await _text(demo, "/result")
    assert "before the certificate is made" in await _text(demo, "/result", "en")
    for language, words in DEMO.items():
        for path in ("", "/participants", "/result", "/archive"):
            assert words in await _text(demo, path, language)
        for path in ("/", f"/estates/{ESTATE}"):
            assert words in (await look(demo.platform, path, language)).text


async def test_a_real_election_is_not_called_a_demonstration(opened: Assembly) -> None:
    assert DEMO["zh-CN"] not in await _text(opened)
    assert DEMO["zh-CN"] not in (await look(opened.platform, f"/estates/{ESTATE}")).text


async def _restore() -> None:
    """Let the database be one that was restored from a backup of two hours before, and taken into use."""
    times = {"made_at": MADE, "restored_at": RESTORED, "adopted_at": RESTORED + timedelta(hours=1)}
    await RestoredCopy.create(backup="ab" * 16, reason="硬盘坏了", **times)


async def test_after_a_restoration_owners_are_told_to_look_their_receipts_up(opened: Assembly) -> None:
    words = "网站2026年12月20日（星期日）12:00从备份恢复过：2026年12月20日（星期日）10:00以后、恢复以前投的票可能丢了。"
    assert "从备份恢复" not in await _text(opened)
    await _restore()
    assert f"{words}请用回执查一查。查不到的，请再投一次。" in await _text(opened)
    assert "Look your receipt up. If it is not found, please vote again." in await _text(opened, language="en")
    opened.at(CLOSES)
    assert f"{words}请用回执查一查。查不到的，请带回执到社区说。" in await _text(opened)


async def test_a_backup_from_after_closing_has_lost_no_ballot(opened: Assembly) -> None:
    opened.at(OPENS + timedelta(hours=1))
    await opened.platform.services["elections"].store.close(opened.uuid, MADE - timedelta(hours=1))
    await _restore()
    assert "从备份恢复过" not in await _text(opened)


async def test_of_an_election_that_opened_later_nothing_was_lost(sealed: Assembly) -> None:
    await _restore()
    assert "从备份恢复过" not in await _text(sealed)
