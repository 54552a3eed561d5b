"""Many records at once, the same form again, versions: in the database, in the log, in their order."""

import asyncio
import time
from collections.abc import Mapping

import pytest

from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.record.made import CSV, png
from tests.vote.platform import Platform
from vote.errors import Reason, RefusedError
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.record.fields import Value
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.media import FileRefusedError
from vote.oversight.record.rules import Article, Office
from vote.oversight.record.service import Draft, Hiding, NewFile, RecordService
from vote.role import Actor, Role

STAFF = Actor(Role.STAFF)
VALUES: Mapping[str, Value] = {"title": "停水", "day": "2026-11-24", "content": "明天停水。"}


@pytest.fixture
async def records(platform: Platform) -> RecordService:
    await platform.post("/api/estates", json=PLACE)
    found = platform.services["records"]
    assert isinstance(found, RecordService)
    return found


def notice(title: str = "停水", **more: object) -> Draft:
    return Draft(RecordKind.NOTICE, {**VALUES, "title": title}, **more)  # type: ignore[arg-type]


async def _told() -> list[str]:
    entries = [read_entry(each, "entry") for each in await LogStore().bodies(ESTATE)]
    return [each.facts["record"] for each in entries if each.kind is Kind.RECORD_PUBLISHED]


async def test_a_year_of_records_is_published_in_its_order_and_fast(platform, records):
    drafts = [notice(f"通知{number:03}", files=[NewFile("单.csv", CSV)] * (number % 2)) for number in range(300)]
    begun = time.monotonic()
    numbers = await records.publish_all(ESTATE, drafts, STAFF)
    spent = time.monotonic() - begun
    assert len(set(numbers)) == 300
    assert spent / 300 < 0.05, "ten milliseconds each on an idle machine; this one may be busy"
    assert await _told() == numbers
    first, rest = await records.published(ESTATE, 0, 200), await records.published(ESTATE, 200, 200)
    assert [each.public.uuid for each in (*first, *rest)] == numbers
    assert platform.count("record_file") == 150
    listed = [each.public.uuid for each in await records.published(ESTATE, 299, 200)]
    assert listed == numbers[299:]


async def test_the_index_comes_in_pages(platform, records, monkeypatch):
    monkeypatch.setattr("vote.oversight.record.views.MAX_LISTED", 2)
    numbers = await records.publish_all(ESTATE, [notice(str(number)) for number in range(5)], STAFF)
    found, first = [], 0
    while first is not None:
        page = (await platform.ask("GET", f"/api/estates/{ESTATE}/records?from={first}", key=None)).json()
        found += [each["record"] for each in page["records"]]
        first = page["next"]
    assert found == numbers
    missing = await platform.ask("GET", "/api/estates/nowhere/records", key=None)
    assert missing.status_code == 404


async def test_all_are_published_or_none(platform, records):
    for drafts, error in (
        ([notice(), notice("")], RefusedError),
        ([notice(), notice(files=[NewFile("a.exe", b"MZ")])], FileRefusedError),
        ([notice(), notice(supersedes="1" * 14)], RefusedError),
        ([notice(), notice(number="1")], RefusedError),
        ([notice(), notice(files=[NewFile("a.png", b"x" * ((20 << 20) + 1))])], RefusedError),
    ):
        with pytest.raises(error):
            await records.publish_all(ESTATE, drafts, STAFF)
    assert platform.count("record") == 0
    assert await _told() == []


async def test_the_same_form_again_changes_nothing_and_another_under_its_number_is_refused(platform, records):
    number = records.draw_number()
    sent = notice(number=number, files=[NewFile("图.png", png())])
    assert set(await asyncio.gather(*(records.publish(ESTATE, sent, STAFF) for _ in range(3)))) == {number}
    assert platform.count("record") == 1
    with pytest.raises(RefusedError, match="sent already") as refused:
        await records.publish(ESTATE, notice("停电", number=number, files=sent.files), STAFF)
    assert (refused.value.reason, "更正" in refused.value.zh) == (Reason.CONFLICT, True)
    await platform.post("/api/estates", json={**PLACE, "id": "bieyuan", "name": "别苑"})
    with pytest.raises(RefusedError, match="number is taken"):
        await records.publish("bieyuan", sent, STAFF)


async def test_two_corrections_at_once_leave_one(platform, records):
    first = await records.publish(ESTATE, notice(), STAFF)
    done = await asyncio.gather(
        *(records.publish(ESTATE, notice(title, supersedes=first), STAFF) for title in ("甲", "乙")),
        return_exceptions=True,
    )
    (refused,) = [each for each in done if isinstance(each, RefusedError)]
    assert refused.reason is Reason.CONFLICT
    assert platform.count("record") == 2
    with pytest.raises(RefusedError, match="of the same kind"):
        await records.publish(ESTATE, Draft(RecordKind.SEAL, _seal(), supersedes=first), STAFF)


def _seal() -> dict[str, Value]:
    return {
        "title": "合同", "day": "2026-11-24", "seal": "committee", "purpose": "签合同", "applicant": "主任",
        "approved": ["张三"], "copies": 2,
    }  # fmt: skip


async def test_every_version_is_found_from_each_and_what_is_hidden_in_one_stays_in_the_others(platform, records):
    numbers: list[str] = []
    for title in ("甲", "乙", "丙"):
        numbers.append(await records.publish(ESTATE, notice(title, supersedes=numbers[-1] if numbers else None), STAFF))
    for number in numbers:
        versions = await records.versions(await records.get(ESTATE, number))
        assert [each.public.uuid for each in versions] == [each for each in numbers if each != number]
    hiding = Hiding(["title"], Article.PRIVACY, Office.COMMITTEE)
    await records.redact(ESTATE, numbers[1], hiding, STAFF)
    titles = [(await records.get(ESTATE, number)).public.fields[0].value for number in numbers]
    assert titles == ["甲", None, "丙"]
