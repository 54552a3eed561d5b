"""What an estate's page says of its committee in a few lines, and a month in words for the owners' group."""

from dataclasses import replace

import pytest

from tests.vote.account.signing_in import anonymous
from tests.vote.assembly import ESTATE, PLACE, Assembly
from tests.vote.oversight.book.made import STAFF, keep_books
from tests.vote.oversight.duty.made import keep_a_year
from tests.vote.platform import Platform
from vote.oversight.inquiry.rules import Manner, Question
from vote.oversight.record.rules import Article, Office

pytestmark = pytest.mark.database
PAGE = f"/estates/{ESTATE}"


async def test_an_estate_without_anything_says_so_in_every_line(platform: Platform) -> None:
    await platform.post("/api/estates", json=PLACE)
    async with anonymous(platform) as anybody:
        page = (await anybody.get(PAGE)).text
        for words in (
            "业委会定了什么、花了多少、还欠什么",
            "还没有公布过决定。",
            "还没有记账。",
            "社区还没有开始登记。",
            "没有等答复的询问。",
            "没有正在进行的联名。",
        ):
            assert words in page, words
        for path in ("records", "book", "duties", "inquiries", "petitions", "interests", "month/2026-12"):
            assert f'href="{PAGE}/{path}"' in page, path
        english = (await anybody.get(f"{PAGE}?lang=en")).text
        assert "What the committee decided, spent and owes" in english
        text = (await anybody.get(f"{PAGE}/month/2026-10.txt")).text
        assert text == (
            "2026年10月小区公开：新公布决定0份、其他记录0份。询问新提0条、答复0条、待答0条。\n"
            f"http://vote.test{PAGE}/month/2026-10\n"
        )


async def test_lines_and_words_of_a_month_say_what_the_books_hold(platform: Platform) -> None:
    await platform.post("/api/estates", json=PLACE)
    services = platform.services
    assert isinstance(services, dict)
    services["records"] = replace(services["records"], now=platform.clock)
    record = await keep_books(platform)
    async with anonymous(platform) as anybody:
        page = (await anybody.get(PAGE)).text
        assert f'href="{PAGE}/records/{record}"' in page
        for words in (
            "2026年公布的决定：1份",
            "收入142,590.80元，支出57,816.00元，现有172,429.12元",
            "收入1,234,567.00元，支出0.00元，现有1,234,567.00元",
        ):
            assert words in page, words
        # In November 10,000.00 and four times 1,357.95 came in; 9,636.00 went to repairs.
        said = (
            "2026年11月小区公开：新公布决定0份、其他记录0份。公共收益收15,431.80元、支9,636.00元、余172,429.12元。"
            "维修资金收0.00元、支0.00元、余1,211,111.00元。询问新提0条、答复0条、待答0条。"
        )
        answer = await anybody.get(f"{PAGE}/month/2026-11.txt")
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text.splitlines()[0] == said
        month = (await anybody.get(f"{PAGE}/month/2026-11")).text
        assert said in month
        for beside in ("2026-10", "2026-12"):
            assert f'href="{PAGE}/month/{beside}"' in month
        assert "这个月还没过完" not in month
        for name in ("张三", "乙公司", "修3号楼的门", "嘉善停车"):
            assert name not in month
        # On the first of December the decision was published, and 23,456.00 came back.
        running = (await anybody.get(f"{PAGE}/month/2026-12")).text
        for words in (
            "2026年12月（至1日）小区公开：新公布决定1份、其他记录0份。",
            "维修资金收0.00元、支-23,456.00元、余1,234,567.00元。",
            "这个月还没过完",
        ):
            assert words in running, words
        assert "2027-01" not in running
        english = (await anybody.get(f"{PAGE}/month/2026-12?lang=en")).text
        assert "2026-12 (as of 2026-12-01): decisions published 1" in english
        assert "This month is not over" in english


async def test_what_is_overdue_for_everybody_stands_in_the_lines(platform: Platform) -> None:
    await platform.post("/api/estates", json=PLACE)
    await keep_a_year(platform)
    async with anonymous(platform) as anybody:
        page = (await anybody.get(PAGE)).text
        board = (await anybody.get(f"{PAGE}/duties")).text
    overdue = board.count('<span class="tag bad">')
    assert overdue > 0
    assert f"未见公开记录{overdue}项" in page
    assert "等着公开的" in page


@pytest.mark.parametrize("key", ["2027-01", "2026-13", "soon"])
async def test_a_month_that_is_none_or_to_come_is_not_there(platform: Platform, key: str) -> None:
    await platform.post("/api/estates", json=PLACE)
    async with anonymous(platform) as anybody:
        for ending in ("", ".txt"):
            assert (await anybody.get(f"{PAGE}/month/{key}{ending}")).status_code == 404
        assert (await anybody.get("/estates/nowhere/month/2026-10")).status_code == 404


async def test_one_box_finds_in_everything_that_may_be_read(preliminary: Assembly) -> None:
    platform = preliminary.platform
    record = await keep_books(platform)
    asked = Question("水泵坏了多久会修好？", Manner.NAMED, "5幢一位业主")
    unseen = Question("水泵的钱去哪里了？", Manner.UNSEEN)
    inquiries = platform.services["inquiries"]
    first, second, *_ = sorted(await inquiries.homes(ESTATE))
    seen = await inquiries.ask(ESTATE, asked, first, None)
    hidden = await inquiries.ask(ESTATE, unseen, second, None)
    await platform.services["books"].hide(ESTATE, 2, Article.PRIVACY, Office.COMMITTEE, STAFF)
    async with anonymous(platform) as anybody:
        door = (await anybody.get(f"{PAGE}/search", params={"q": "修3号楼"})).text
        assert f'href="{PAGE}/records/{record}"' in door
        assert "收支 · 14" in door
        pump = (await anybody.get(f"{PAGE}/search", params={"q": "水泵"})).text
        assert f"/inquiries/{seen}" in pump
        assert f"/inquiries/{hidden}" not in pump
        assert "有“水泵”的：1条" in pump
        parking = (await anybody.get(f"{PAGE}/search", params={"q": "停车　11月"})).text
        assert "收支 · 4" in parking
        firm = (await anybody.get(f"{PAGE}/search", params={"q": "停车管理"})).text
        assert "收支 · 43" in firm
        assert "这里只列最近20条" in firm
        for nothing in ("没有这个词", "%", "_"):
            page = (await anybody.get(f"{PAGE}/search", params={"q": nothing})).text
            assert "没有找到。" in page, nothing
            assert f'href="{PAGE}/inquiries/new"' in page
        for empty in ("", " ", "\x00"):
            page = (await anybody.get(f"{PAGE}/search", params={"q": empty})).text
            assert "没有找到" not in page
            assert "在这个小区里找" in page
        assert (await anybody.get("/estates/nowhere/search?q=a")).status_code == 404


async def test_what_was_added_is_listed_without_a_script(platform: Platform) -> None:
    await platform.post("/api/estates", json=PLACE)
    changes = f"{PAGE}/changes"
    async with anonymous(platform) as anybody:
        assert "还没有公开记录。" in (await anybody.get(changes)).text
        assert 'id="since"' not in (await anybody.get(PAGE)).text
        record = await keep_books(platform)
        await platform.services["worker"].log_once()
        assert 'id="since"' in (await anybody.get(PAGE)).text
        # One record, 58 postings, and one that takes the last of them back.
        whole = (await anybody.get(changes)).text
        assert "从第1条到第60条，一共60条。" in whole
        assert whole.count("<li><span>") == 2
        assert f'href="{PAGE}/records/{record}">公布记录' in whole
        assert f'href="{PAGE}/book/entries">记账</a><br><small>第2条 · 59条</small>' in whole
        late = (await anybody.get(changes, params={"since": "58"})).text
        assert "从第59条到第60条，一共60条。" in late
        assert late.count("<li><span>") == 1
        assert "上次看过以后，没有新增。" in (await anybody.get(changes, params={"since": "60"})).text
        shorter = (await anybody.get(changes, params={"since": "61"})).text
        assert "现在只有60条，您上次看到61条" in shorter
        assert "告诉邻居和街道" in shorter
        assert "从第1条到第60条" in (await anybody.get(changes, params={"since": "soon"})).text
        english = (await anybody.get(f"{changes}?since=59&lang=en")).text
        assert "A posting was entered" in english
        for name in ("乙公司", "修3号楼的门", "嘉善停车"):
            assert name not in whole
        assert (await anybody.get("/estates/nowhere/changes")).status_code == 404


async def test_a_record_that_was_begun_anew_did_not_become_shorter(platform: Platform) -> None:
    await platform.post("/api/estates", json=PLACE)
    await keep_books(platform)
    await platform.services["worker"].log_once()
    await platform.services["logs"].continuing.begin(ESTATE, "服务器换了一台")
    await platform.services["worker"].log_once()
    async with anonymous(platform) as anybody:
        assert f'"address": "/log/{ESTATE}/2"' in (await anybody.get(PAGE)).text
        page = (await anybody.get(f"{PAGE}/changes?since=60")).text
        assert "现在这份有1条；您上次看到的60条在以前那份里" in page
        assert "公开记录变少了" not in page
        assert "记录重新开始" in (await anybody.get(f"{PAGE}/changes")).text


async def test_a_long_record_is_listed_page_by_page(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.web.oversight.change_pages.SHOWN", 25)
    await platform.post("/api/estates", json=PLACE)
    await keep_books(platform)
    await platform.services["worker"].log_once()
    async with anonymous(platform) as anybody:
        first = (await anybody.get(f"{PAGE}/changes?since=0&lang=zh")).text
        assert "从第1条到第25条" in first
        assert f'href="{PAGE}/changes?lang=zh&amp;since=25"' in first
        second = (await anybody.get(f"{PAGE}/changes?since=25")).text
        assert f'href="{PAGE}/changes?since=50"' in second
        last = (await anybody.get(f"{PAGE}/changes?since=50")).text
        assert "从第51条到第60条" in last
        assert "后面的" not in last
        assert "从第36条到第60条" in (await anybody.get(f"{PAGE}/changes")).text
