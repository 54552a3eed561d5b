"""The public pages at each stage of an election."""

from datetime import datetime, timedelta
from urllib.parse import quote

import pytest

from crypto.ballot import tracker
from crypto.merkle import root
from tests.vote.assembly import ESTATE, PLACE, Assembly, People
from tests.vote.conftest import AREAS, ASKS, VOTES
from tests.vote.platform import CHECKS, CLOSES, OPENS, Platform
from tests.vote.web.markup import HTML, Page, read_page
from vote.ballot.models import Ballot
from vote.election.manifest import decode_manifest

EMPTY_ROOM = "/elections/DQB53CqA1UtMwz"


async def look(platform: Platform, path: str, language: str = "zh-CN", status: int = 200) -> Page:
    """Return a page as a browser of that language gets it."""
    answer = await platform.ask("GET", path, key=None, headers={**HTML, "Accept-Language": language})
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["vary"] == "Accept, Accept-Language"
    assert "set-cookie" not in answer.headers
    return read_page(answer, language)


async def look_at_all(assembly: Assembly) -> dict[str, Page]:
    """Look at every page of an election in English, then in Chinese, which is returned."""
    pages = {}
    for name in ("", "/result", "/archive"):
        await look(assembly.platform, f"{assembly.pages}{name}", "en")
        pages[name] = await look(assembly.platform, f"{assembly.pages}{name}")
    pages["estate"] = await look(assembly.platform, f"/estates/{ESTATE}")
    await look(assembly.platform, f"/estates/{ESTATE}", "en")
    return pages


async def test_the_first_page_of_a_new_installation_says_that_it_is_empty(platform: Platform) -> None:
    assert "这里还没有小区" in (await look(platform, "/")).text
    assert "There is no estate yet" in (await look(platform, "/", "en")).text


async def test_the_first_page_leads_to_every_estate(platform: Platform) -> None:
    await platform.post("/api/estates", json=PLACE)
    await platform.post("/api/estates", json={**PLACE, "id": "yingxin", "name": "映心苑"})
    page = await look(platform, "/")
    assert "嘉善县 · 魏塘街道 · 桥东社区" in page.text
    links = [link["href"] for link in page.attributes("a")]
    assert {"/estates/xinyuan", "/estates/yingxin"} <= set(links)
    assert len([tag for tag, _ in page.tags if tag == "h2"]) == 1


async def test_an_estate_without_a_vote_says_so(platform: Platform) -> None:
    await platform.post("/api/estates", json=PLACE)
    assert "还没有投票" in (await look(platform, f"/estates/{ESTATE}")).text
    assert "There is no vote yet" in (await look(platform, f"/estates/{ESTATE}", "en")).text


async def test_a_draft_is_nobodys_business(platform: Platform) -> None:
    assembly = await _draft(platform)
    assert assembly.people.asks[0].text not in (await look(platform, f"/estates/{ESTATE}")).text
    for name in ("", "/result", "/archive"):
        page = await look(platform, f"{assembly.pages}{name}", status=404)
        assert "没有找到这一页" in page.text
    assert (await platform.ask("GET", f"{assembly.pages}/roll-public.json", key=None)).status_code == 409


async def _draft(platform: Platform) -> Assembly:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare()
    return assembly


async def test_a_sealed_election_says_what_is_asked_and_when(sealed: Assembly) -> None:
    pages = await look_at_all(sealed)
    page = pages[""]
    for words in (
        "还没开始", "正在通知每一位业主", "2026年12月20日（星期日）08:00开始投票", "2026年12月30日（星期三）18:00", "5人、640.00平方米",
        "是否通过《业主大会议事规则》", "同意", "反对", "弃权", "选2人、另选候补1人", "第1题通过了，这一题的结果才生效。",
        "《民法典》第278条第1款第1项", "业主甲", "3位开箱人，来2位才能开箱", "这次是无记名投票",
    ):  # fmt: skip
        assert words in page.text, words
    assert "查我的票" not in page.text
    assert "多少人参加了" not in page.text
    assert "2026年12月30日（星期三）18:00结束投票" in pages["/result"].text
    assert "现在只有开票前的设置" in pages["/archive"].text
    assert "还没开始" in pages["estate"].text
    assert next(moment["datetime"] for moment in page.attributes("time")) == "2026-12-20T08:00:00+08:00"


async def test_when_notice_was_given_owners_read_that_it_was(sealed: Assembly) -> None:
    await sealed.notice()
    pages = await look_at_all(sealed)
    for words in ("已经通知，还没开始", "2026年12月20日（星期日）08:00开始投票", "请留好您收到的信"):
        assert words in pages[""].text, words
    assert "2026年12月30日（星期三）18:00结束投票" in pages["/result"].text
    assert "多少人参加了" not in pages[""].text


async def test_at_opening_time_the_page_does_not_wait_for_the_worker(sealed: Assembly) -> None:
    await sealed.notice()
    sealed.at(OPENS)
    assert "马上开始" in (await look_at_all(sealed))[""].text


@pytest.mark.parametrize("moment", [OPENS, CLOSES])
async def test_without_notice_nobody_reads_that_voting_opens_or_ends(sealed: Assembly, moment: datetime) -> None:
    sealed.at(moment)
    pages = await look_at_all(sealed)
    assert "还没有通知业主，所以没有开始" in pages[""].text
    assert "还没有通知业主，所以没有开始" in pages["/result"].text
    assert "马上开始" not in pages[""].text
    assert "投票结束，封好票箱" not in pages[""].text


async def test_while_voting_is_open_the_turnout_comes_in_pools(voted: Assembly) -> None:
    pages = await look_at_all(voted)
    assert "正在投票" in pages[""].text
    assert "参加人数 0.0% 没到三分之二" in pages[""].text
    assert "投票期间攒够一批票才更新，最多隔24小时" in pages[""].text
    assert "还没有结果" in pages["/result"].text
    assert "到哪一步了" not in pages[""].text
    assert "收到短信说已计入，却不是您或您委托的人投的？马上到社区说" in pages[""].text


async def test_after_closing_time_nobody_reads_that_voting_is_open(voted: Assembly) -> None:
    voted.at(CLOSES)
    page = (await look_at_all(voted))[""]
    assert "不再收票" in page.text
    assert "投票结束，封好票箱 正在做" in page.text


async def test_after_closing_who_took_part_is_checked_before_anything_is_counted(closed: Assembly) -> None:
    """Closed on 30 December: the 31st to the 2nd are the three days for disputes."""
    pages = await look_at_all(closed)
    for words in (
        "投票结束，正在核对", "2027年1月2日（星期六）24:00前到社区提出", "参加人数 80.0% 已到三分之二", "参加面积 87.5%",
        "票箱封好 2026年12月30日（星期三）18:00", "投票结束，封好票箱 已完成", "核对谁参加了投票，处理异议 正在做",
    ):  # fmt: skip
        assert words in pages[""].text, words
    assert "先核对谁参加了投票，再开票" in pages["/result"].text
    assert "现在只有开票前的设置" in pages["/archive"].text
    assert "在那之前文件里还没有选票" in pages["/archive"].text
    closed.at(CHECKS - timedelta(hours=8, seconds=1))
    assert "2027年1月2日（星期六）24:00前到社区提出" in (await look_at_all(closed))[""].text
    closed.at(CHECKS - timedelta(hours=8))
    late = await look_at_all(closed)
    assert "异议期已过" in late[""].text
    assert "前到社区提出" not in late[""].text


async def test_a_checked_election_is_added_up(checked: Assembly) -> None:
    pages = await look_at_all(checked)
    for words in ("已核对，正在加票", "核对谁参加了投票，处理异议 已完成", "一张也不打开 正在做"):
        assert words in pages[""].text, words
    assert "全部选票" in pages["/archive"].text
    assert "等2位开箱人开箱" in pages["/result"].text


async def test_a_ballot_that_a_dispute_took_out_is_said_to_be_out(closed: Assembly) -> None:
    ballots = closed.platform.services["ballots"]
    last = (await ballots.store.trackers(closed.uuid))[-1]
    (number,) = await Ballot.filter(tracker=last).values_list("id", flat=True)
    await ballots.store.set_aside(closed.uuid, [number], "impersonation", CLOSES)
    page = await look_up(closed, last)
    assert "核对后在开票前取出，不算。这张确实是您投的？请带身份证和回执到社区说。" in page.text
    assert "这张票已计入" not in page.text


async def test_the_key_holders_are_seen_to_come(tallied: Assembly) -> None:
    assert "要2位，已来0位" in (await look_at_all(tallied))[""].text
    await tallied.contribute(2)
    page = (await look_at_all(tallied))[""]
    assert "要2位，已来1位" in page.text
    assert "社区乙 已到" in page.text
    assert {"class": "now", "aria-current": "step"} in page.attributes("li")


async def test_the_result_stands_with_heads_area_and_who_opened_the_box(counted: Assembly) -> None:
    pages = await look_at_all(counted)
    for words in (
        "初步结果", "2026年业主大会", "开箱人 业主甲、街道丙", "参加人数 80.0%", "4人，共5人", "参加面积 87.5%",
        "通过", "同意人数 75.0%", "同意面积 64.2%", "选出1人", "当选 甲", "还空1个名额", "第1题已通过，这一题的结果生效。",
        "网上核对：http://vote.test/elections/",
    ):  # fmt: skip
        assert words in pages["/result"].text, words
    assert "看结果" in pages[""].text
    assert "看结果" in pages["estate"].text


async def test_an_annulled_vote_has_no_result(counted: Assembly) -> None:
    await counted.organise("annul", reason="procedure-broken")
    pages = await look_at_all(counted)
    assert "这次投票已作废，投过的票都不算。" in pages[""].text
    assert "开箱人的钥匙：3把，0把已销毁（本人声明）。" in pages[""].text
    assert "没有结果" in pages["/result"].text
    assert "后可下载" not in pages["/archive"].text


async def test_auditors_find_commands_and_fingerprints(counted: Assembly) -> None:
    page = await look(counted.platform, f"{counted.pages}/archive")
    manifest = decode_manifest(await counted.platform.get(f"{counted.pages}/manifest.json", key=None))
    assert f"vote verify http://vote.test/elections/{counted.uuid}" in page.text
    assert "LWT_ASYNC_METHOD=none belenios-tool election verify --dir DIR" in page.text
    for value in (
        manifest.roll_root,
        manifest.electorate_root,
        manifest.credentials_sha256,
        manifest.profile["digest"],
    ):
        assert value in page.text


async def test_the_public_roll_makes_the_roots_of_the_manifest(sealed: Assembly) -> None:
    manifest = decode_manifest(await sealed.platform.get(f"{sealed.pages}/manifest.json", key=None))
    answer = await sealed.platform.ask("GET", f"{sealed.pages}/roll-public.json", key=None)
    roll = answer.json()
    assert root([bytes.fromhex(leaf) for leaf in roll["electorate_leaves"]]).hex() == manifest.electorate_root
    assert roll["root"] == manifest.roll_root
    assert len(roll["electorate_leaves"]) == 5


async def test_a_receipt_shows_that_the_ballot_counts_never_how(voted: Assembly) -> None:
    first = tracker(await voted.cast(4, VOTES[0][1]))
    page = await look_up(voted, first)
    assert "这张票已计入，是第1次投的，以最后一次为准。" in page.text
    second = tracker(await voted.cast(4, VOTES[1][1]))
    assert "是第1次投的；后来又投过，算的是第2次投的那张。" in (await look_up(voted, first)).text
    assert "这张票已计入，是第2次投的" in (await look_up(voted, f"  {second}\t")).text
    assert page.attributes("p").count({"class": "found", "role": "status"}) == 1


async def look_up(assembly: Assembly, receipt: str) -> Page:
    return await look(assembly.platform, f"{assembly.pages}?tracker={quote(receipt, safe='')}")


async def test_an_unknown_receipt_says_what_to_do(voted: Assembly) -> None:
    page = await look_up(voted, 'x"><script>')
    assert "没有这张票" in page.text
    assert "2026年12月30日（星期三）18:00前可以再投" in page.text
    assert [field["value"] for field in page.attributes("input")] == ['x"><script>']
    voted.at(CLOSES)
    assert "请带回执到社区问" in (await look_up(voted, "x")).text


async def test_before_voting_there_is_nothing_tolook_up(sealed: Assembly) -> None:
    assert "没有这张票" not in (await look_up(sealed, "x")).text


async def test_a_chosen_language_is_kept_by_links_and_form(voted: Assembly) -> None:
    answer = await voted.platform.ask("GET", f"{voted.pages}?lang=en&tracker=a%2Bb", key=None, headers=HTML)
    page = read_page(answer, "en")
    assert {"type": "hidden", "name": "lang", "value": "en"} in page.attributes("input")
    links = [link["href"] for link in page.attributes("a")]
    assert f"/estates/{ESTATE}?lang=en" in links
    assert f"{voted.pages}?tracker=a%2Bb&lang=zh" in links
    plain = await look(voted.platform, voted.pages)
    assert f"/estates/{ESTATE}" in [link["href"] for link in plain.attributes("a")]
    assert f"{voted.pages}?lang=en" in [link["href"] for link in plain.attributes("a")]


@pytest.mark.parametrize("path", [EMPTY_ROOM, f"{EMPTY_ROOM}/result", f"{EMPTY_ROOM}/archive", "/estates/none"])
async def test_what_is_not_there_says_so_and_leads_back(platform: Platform, path: str) -> None:
    page = await look(platform, path, status=404)
    assert "没有找到这一页" in page.text
    assert "/" in [link["href"] for link in page.attributes("a")]
