"""Duties and books on the platform: what is entered is on the estate's pages and in the log; what is not, is told."""

import json
from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest

from tests.vote.account.signing_in import anonymous
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.book.test_beancount import bean_check
from tests.vote.oversight.record.made import pdf
from tests.vote.platform import Platform
from vote.errors import RefusedError
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import Voucher, Words, payment, receipt
from vote.oversight.book.service import BookService, NewPosting
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.media import look_at
from vote.oversight.record.service import Draft, NewFile, RecordService
from vote.role import Actor, Role

pytestmark = pytest.mark.database
STAFF = Actor(Role.STAFF)
DECIDED = {
    "title": "修3号楼的门",
    "day": "2026-11-20",
    "content": "请乙公司修门。",
    "in_favour": 5,
    "against": 0,
    "signed": ["张三"],
}


@pytest.fixture(autouse=True)
def _look_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.oversight.record.service.look_apart", lambda files: [look_at(each) for each in files])


@pytest.fixture
async def owner(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    await platform.post("/api/estates", json=PLACE)
    async with anonymous(platform) as client:
        yield client


async def publish(platform: Platform, **changes: object) -> str:
    records: RecordService = platform.services["records"]
    draft = Draft(RecordKind.DECISION, {**DECIDED, **changes}, [NewFile("发票.pdf", pdf())])  # type: ignore[dict-item]
    return await records.publish(ESTATE, draft, STAFF)


async def entries(kind: str) -> list[dict[str, object]]:
    found = [each for each in await LogStore().bodies(ESTATE) if json.loads(each)["kind"] == kind]
    for each in found:
        require_entry(each, kind)
    return [json.loads(each) for each in found]


def new(record: str, **changes: object) -> NewPosting:
    values = {
        "on": date(2026, 11, 21),
        "lines": payment(Account.REPAIRS, 123_400),
        "voucher": Voucher(record, 1),
        "words": Words("乙公司", "91330421MA00000000", "修3号楼的门"),
        "decision": record,
    }
    return NewPosting(**{**values, **changes})  # type: ignore[arg-type]


async def test_a_posting_with_its_voucher_is_on_the_estates_page_and_in_the_log(platform, owner, tmp_path):
    record, books = await publish(platform), platform.services["books"]
    assert isinstance(books, BookService)
    assert await books.enter(ESTATE, new(record, lines=receipt(Account.PARKING, 500_000), decision=""), STAFF) == 1
    assert await books.enter(ESTATE, new(record), STAFF) == 2
    assert f"/estates/{ESTATE}/book" in (await owner.get(f"/estates/{ESTATE}")).text
    page = (await owner.get(f"/estates/{ESTATE}/book")).raise_for_status().text
    for words in (
        "停车收入",
        "5,000.00",
        "专项维修",
        "1,234.00",
        "3,766.00",
        "乙公司 修3号楼的门",
        f"/records/{record}",
    ):
        assert words in page, words
    first, second = await entries("book:posted")
    assert (first["posting"], second["posting"]) == (1, 2)
    assert not any(word in json.dumps(second) for word in ("乙公司", "\\u4e59", "123400"))
    book = (await owner.get(f"/estates/{ESTATE}/book.beancount")).raise_for_status().content
    checked = bean_check(book, tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")


async def test_a_mistake_is_taken_back_once(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    await books.enter(ESTATE, new(record), STAFF)
    assert await books.take_back(ESTATE, 1, "重复入账", STAFF) == 2
    assert "冲销第1笔" in (await owner.get(f"/estates/{ESTATE}/book?year=2026")).text
    for number, message in ((1, "taken back already"), (9, "no such posting")):
        with pytest.raises(RefusedError, match=message):
            await books.take_back(ESTATE, number, "重复入账", STAFF)
    assert len(await entries("book:posted")) == 2


async def test_nothing_is_entered_without_a_voucher_or_the_decision_that_is_needed(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    for changes, message in (
        ({"voucher": Voucher(record, 2)}, "voucher is not there"),
        ({"voucher": Voucher("1" * 14, 1)}, "no such record"),
        ({"decision": "1" * 14}, "no such record"),
        ({"lines": payment(Account.ALLOWANCES, 100), "decision": ""}, "needs a decision"),
    ):
        with pytest.raises(RefusedError, match=message):
            await books.enter(ESTATE, new(record, **changes), STAFF)
    assert await entries("book:posted") == []
    assert "还没有记过账" in (await owner.get(f"/estates/{ESTATE}/book")).text
