"""Books on the platform: what is entered is on the pages and in the log, and an auditor finds every altered byte."""

import asyncio
import json
from time import perf_counter

import pytest
import rfc8785

from crypto.errors import VerificationError
from tests.vote.assembly import ESTATE
from tests.vote.oversight.book.made import BOOK, STAFF, entries, new, publish
from tests.vote.oversight.book.test_beancount import bean_check
from vote.errors import RefusedError
from vote.oversight.book.accounts import Account, Side
from vote.oversight.book.rules import MAX_POSTINGS, Line, Voucher, Words, payment, receipt
from vote.oversight.book.service import BookService
from vote.oversight.book.verifying import verify_beancount, verify_book
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.rules import Article, Office
from vote.oversight.record.service import Draft, Hiding

pytestmark = pytest.mark.database
UNBALANCED = Line(Account.REPAIRS, 5), Line(Account.BANK, -4)


async def audited(owner) -> tuple:
    pages, first = [], 1
    while first is not None:
        answer = await owner.get(f"/api/estates/{ESTATE}/book", params={"from": first})
        assert answer.status_code == 200, answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        pages.append(answer.content)
        first = answer.json()["next"]
    postings = verify_book(pages, ESTATE, await entries("book:posted", "book:redacted"))
    verify_beancount((await owner.get(f"{BOOK}.beancount")).content, postings)
    return postings


async def test_a_posting_with_its_voucher_is_on_the_estates_page_and_in_the_log(platform, owner, tmp_path):
    record, books = await publish(platform), platform.services["books"]
    assert isinstance(books, BookService)
    assert await books.enter(ESTATE, new(record, lines=receipt(Account.PARKING, 500_000), decision=""), STAFF) == 1
    assert await books.enter(ESTATE, new(record), STAFF) == 2
    assert BOOK in (await owner.get(f"/estates/{ESTATE}")).text
    page = (await owner.get(BOOK)).raise_for_status().text
    for words in (
        "停车收入",
        "5,000.00",
        "专项维修",
        "1,234.00",
        "3,766.00",
        "乙公司　修3号楼的门",
        f"/records/{record}",
    ):
        assert words in page, words
    first, second = await entries("book:posted")
    assert (json.loads(first)["posting"], json.loads(second)["posting"]) == (1, 2)
    for secret in ("乙公司", "123400", "91330421", record):
        assert secret.encode() not in second
    checked = bean_check((await owner.get(f"{BOOK}.beancount")).raise_for_status().content, tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert [posting.number for posting in await audited(owner)] == [1, 2]
    assert sum("book:posted" in row for row in platform.contents()["account_event"]) == 2


async def test_a_mistake_is_taken_back_once(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    await books.enter(ESTATE, new(record), STAFF)
    assert await books.take_back(ESTATE, 1, " 重复入账 ", STAFF) == 2
    assert "冲销第1笔" in (await owner.get(f"{BOOK}?year=2026")).text
    for number, message in ((1, "taken back already"), (2, "taken back already"), (9, "no such posting")):
        with pytest.raises(RefusedError, match=message):
            await books.take_back(ESTATE, number, "重复入账", STAFF)
    _, back = await audited(owner)
    assert (back.reverses, back.words, back.total(Side.EXPENSES)) == (
        1,
        Words("乙公司", "91330421MA00000000", "重复入账"),
        -123_400,
    )


async def test_nothing_is_entered_without_a_voucher_or_the_decision_that_is_needed(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    for changes, message in (
        ({"voucher": Voucher(record, 2)}, "voucher is not there"),
        ({"voucher": Voucher("1" * 14, 1)}, "voucher is not there"),
        ({"decision": "1" * 14}, "no record of this estate"),
        ({"lines": payment(Account.ALLOWANCES, 100), "decision": ""}, "needs a decision"),
    ):
        with pytest.raises(RefusedError, match=message):
            await books.enter(ESTATE, new(record, **changes), STAFF)
    records = platform.services["records"]
    await records.redact(ESTATE, record, Hiding(["file_a"], Article.PRIVACY, Office.COURT), STAFF)
    with pytest.raises(RefusedError, match="voucher is not there"):
        await books.enter(ESTATE, new(record), STAFF)
    assert await entries("book:posted") == []
    assert "还没有记过账" in (await owner.get(BOOK)).text


async def test_a_record_that_decides_nothing_is_no_decision(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    records = platform.services["records"]
    notice = await records.publish(
        ESTATE, Draft(RecordKind.NOTICE, {"title": "停水", "day": "2026-11-20", "content": "停水半天"}), STAFF
    )
    with pytest.raises(RefusedError, match="holds no decision"):
        await books.enter(ESTATE, new(record, decision=notice), STAFF)


async def test_many_are_entered_at_once_or_none(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    good = [new(record, lines=receipt(Account.PARKING, fen), decision="") for fen in range(1, 4)]
    with pytest.raises(RefusedError, match="do not add up"):
        await books.enter_all(ESTATE, [*good, new(record, lines=UNBALANCED)], STAFF)
    for wrong in ([], [good[0]] * (MAX_POSTINGS + 1)):
        with pytest.raises(RefusedError, match="entered at once"):
            await books.enter_all(ESTATE, wrong, STAFF)
    assert platform.count("book_posting") == platform.count("book_line") == 0
    assert await books.enter_all(ESTATE, good, STAFF) == [1, 2, 3]
    assert len(await audited(owner)) == 3


async def test_a_form_sent_twice_is_entered_once_and_two_alike_are_two(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    assert await books.enter(ESTATE, new(record), STAFF, seen=0) == 1
    assert await books.enter(ESTATE, new(record), STAFF, seen=0) == 1
    assert await books.enter(ESTATE, new(record), STAFF, seen=1) == 2


async def test_those_who_enter_at_the_same_moment_get_numbers_of_their_own(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    numbers = await asyncio.gather(*(books.enter(ESTATE, new(record), STAFF) for _ in range(8)))
    assert sorted(numbers) == list(range(1, 9))
    assert len(await audited(owner)) == 8


async def test_hidden_words_are_gone_for_ever_and_everybody_sees_why(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    await books.enter(ESTATE, new(record), STAFF)
    before = (await owner.get(f"/api/estates/{ESTATE}/book")).content
    await books.hide(ESTATE, 1, Article.DELETION, Office.SUB_DISTRICT, STAFF)
    with pytest.raises(RefusedError, match="hidden already"):
        await books.hide(ESTATE, 1, Article.DELETION, Office.SUB_DISTRICT, STAFF)
    shown = (await owner.get(f"{BOOK}/entries/1")).text
    for words in ("依法隐去", "第47条", "街道办事处", "1,234.00"):
        assert words in shown, words
    assert "乙公司" not in shown
    (posting,) = await audited(owner)
    assert posting.words is None
    posted, redacted = await entries("book:posted"), await entries("book:redacted")
    assert json.loads(redacted[0])["article"] == "deletion"
    with pytest.raises(VerificationError, match="posting 1: the log hides its words, and they are shown"):
        verify_book([before], ESTATE, posted + redacted)
    assert not any("乙公司" in str(row) for row in platform.contents()["book_posting"])


async def test_an_auditor_finds_every_altered_byte_of_a_book(platform, owner):
    """Each value of the public JSON is altered alone; whatever is altered, the posting is named."""
    record, books = await publish(platform), platform.services["books"]
    await books.enter(ESTATE, new(record), STAFF)
    await books.take_back(ESTATE, 1, "错", STAFF)
    page = (await owner.get(f"/api/estates/{ESTATE}/book")).json()
    log = await entries("book:posted")
    changes = {
        "on": "2026-11-20",
        "decision": "",
        "voucher": [record, 2],
        "reverses": None,
        "commitment": "0" * 64,
        "salt": "0" * 64,
        "words": {"payee": "丙公司", "credit-code": "", "note": "错"},
        "lines": [["Assets:Common:Bank", 1], ["Expenses:Common:Repairs", -1]],
    }
    for name, value in changes.items():
        altered = json.loads(json.dumps(page))
        assert altered["postings"][1][name] != value
        altered["postings"][1][name] = value
        with pytest.raises(VerificationError, match="posting 2"):
            verify_book([rfc8785.dumps(altered)], ESTATE, log)


async def test_a_thousand_are_entered_within_ten_seconds(platform, owner):
    record = await publish(platform)
    body = [
        {
            "on": "2026-11-01",
            "lines": [{"account": "Assets:Common:Bank", "fen": fen}, {"account": "Income:Common:Parking", "fen": -fen}],
            "voucher": {"record": record, "number": 1},
            "note": f"停车{fen}",
        }
        for fen in range(1, 1001)
    ]
    begun = perf_counter()
    answer = await platform.post(f"/api/estates/{ESTATE}/book/postings", json={"postings": body})
    assert answer["numbers"] == list(range(1, 1001))
    assert perf_counter() - begun < 10
    page = (await owner.get(f"/api/estates/{ESTATE}/book", params={"from": 901})).json()
    assert (page["size"], page["first"], page["next"], len(page["postings"])) == (1000, 901, None, 100)
    assert sum(each.total(Side.ASSETS) for each in await audited(owner)) == 500_500


async def test_a_page_from_nowhere_is_refused_and_one_behind_the_end_is_empty(platform, owner):
    await publish(platform)
    for wrong in ("0", "-1", "x", "²", "9" * 12):
        assert (await owner.get(f"/api/estates/{ESTATE}/book", params={"from": wrong})).status_code == 400, wrong
    page = (await owner.get(f"/api/estates/{ESTATE}/book", params={"from": 7})).json()
    assert (page["size"], page["postings"], page["next"]) == (0, [], None)
    assert await audited(owner) == ()


async def test_marks_count_homes_once(opened):
    books = opened.platform.services["books"]
    record = await publish(opened.platform)
    await books.enter(ESTATE, new(record), STAFF)
    rows = [each.id for each in await books.rolls.entitlements(opened.people.roll)]
    marked = [await books.mark(ESTATE, Voucher(record, 1), row) for row in (rows[0], rows[0], rows[1])]
    assert marked == [True, False, True]
    assert await books.marks(ESTATE) == {Voucher(record, 1): 2}
    with pytest.raises(RefusedError, match="rests on this voucher"):
        await books.mark(ESTATE, Voucher(record, 2), rows[0])
