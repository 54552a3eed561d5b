"""An estate with a published decision whose attachment is the voucher, and books to enter things in."""

import json
from datetime import date

from tests.vote.assembly import ESTATE
from tests.vote.oversight.record.made import pdf
from tests.vote.platform import Platform
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import Voucher, Words, payment, receipt
from vote.oversight.book.service import NewPosting
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft, NewFile, RecordService
from vote.role import Actor, Role, Scope

STAFF = Actor(Role.STAFF)
COMMITTEE = Scope(estate=ESTATE, role=Role.COMMITTEE)
BOOK = f"/estates/{ESTATE}/book"
DECIDED = {
    "title": "修3号楼的门",
    "day": "2026-11-20",
    "content": "请乙公司修门。",
    "in_favour": 5,
    "against": 0,
    "signed": ["张三"],
}


async def publish(platform: Platform, **changes: object) -> str:
    """Publish a decision with a scan; return its number."""
    records: RecordService = platform.services["records"]
    draft = Draft(RecordKind.DECISION, {**DECIDED, **changes}, [NewFile("发票.pdf", pdf())])  # type: ignore[dict-item]
    return await records.publish(ESTATE, draft, STAFF)


async def entries(*kinds: str) -> list[bytes]:
    """Return the log's entries of some kinds, each of a shape that its kind allows."""
    found = [each for each in await LogStore().bodies(ESTATE) if json.loads(each)["kind"] in kinds]
    for each in found:
        require_entry(each, "entry")
    return found


async def keep_books(platform: Platform) -> str:
    """Keep a year of both books, with something taken back, and leave movements waiting; return the voucher's record."""
    record, books = await publish(platform), platform.services["books"]
    income = (Account.PARKING, Account.ADVERTISING, Account.VENUE, Account.FACILITIES)
    postings = [new(record, on=date(2026, 1, 1), lines=receipt(Account.OPENING, 8_765_432), decision="")]
    for month in range(1, 12):
        for number, account in enumerate(income, 1):
            came = receipt(account, 100_000 * number + 12_345 * month)
            words = Words("嘉善停车管理有限公司", "", f"{month}月")
            postings.append(new(record, on=date(2026, month, 10), lines=came, words=words, decision=""))
        postings.append(new(record, on=date(2026, month, 20), lines=payment(Account.REPAIRS, 87_600 * month)))
    postings.append(new(record, on=date(2026, 5, 6), lines=receipt(Account.FUND_RAISED, 123_456_700), decision=""))
    postings.append(new(record, on=date(2026, 6, 6), lines=payment(Account.FUND, 2_345_600)))
    await books.enter_all(ESTATE, postings, STAFF)
    await books.take_back(ESTATE, len(postings), "金额看错了，正确的另记", STAFF)
    text = (
        "交易日期,收入金额,支出金额,对方户名,摘要\n2026-11-02,1200.50,,嘉善停车管理有限公司,十月停车\n"
        "2026-11-05,30,,张三,张三停车费\n2026-11-20,,9636.00,乙公司,修门\n"
    )
    await platform.services["imports"].take(ESTATE, Account.BANK, text.encode("gbk"), STAFF)
    return record


def new(record: str, **changes: object) -> NewPosting:
    """Return a repair of 1,234.00 yuan."""
    values = {
        "on": date(2026, 11, 21),
        "lines": payment(Account.REPAIRS, 123_400),
        "voucher": Voucher(record, 1),
        "words": Words("乙公司", "91330421MA00000000", "修3号楼的门"),
        "decision": record,
    }
    return NewPosting(**{**values, **changes})  # type: ignore[arg-type]
