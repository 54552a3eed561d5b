"""An estate with a published decision whose attachment is the voucher, and books to enter things in."""

import json
from datetime import date

from tests.vote.assembly import ESTATE
from tests.vote.oversight.record.made import pdf
from tests.vote.platform import Platform
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import Voucher, Words, payment
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
