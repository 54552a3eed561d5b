"""The public pages at each stage of an election."""

from urllib.parse import quote

import pytest

from crypto.ballot import tracker
from crypto.merkle import root
from tests.vote.assembly import ESTATE, PLACE, Assembly, People
from tests.vote.conftest import AREAS, ASKS, VOTES
from tests.vote.platform import CLOSES, OPENS, Platform
from tests.vote.web.markup import HTML, Page, read_page
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
        "还没开始", "2026年12月10日（星期四）08:00开始投票", "2026年12月20日（星期日）18:00", "5人、640.00平方米",
        "是否通过《业主大会议事规则》", "同意", "反对", "弃权", "选2人、另选候补1人", "第1题通过了，这一题的结果才生效。",
        "《民法典》第278条第1款第1项", "业主甲", "3位开箱人，来2位才能开箱", "这次是无记名投票",
    ):  # fmt: skip
        assert words in page.text, words
    assert "查我的票" not in page.text
    assert "多少人参加了" not in page.text
    assert "2026年12月20日（星期日）18:00结束投票" in pages["/result"].text
    assert "现在只有开票前的设置" in pages["/archive"].text
    assert "还没开始" in pages["estate"].text
    assert next(moment["datetime"] for moment in page.attributes("time")) == "2026-12-10T08:00:00+08:00"


async def test_at_opening_time_the_page_does_not_wait_for_the_worker(sealed: Assembly) -> None:
    sealed.at(OPENS)
    assert "马上开始" in (await look_at_all(sealed))[""].text


async def test_while_voting_is_open_the_turnout_comes_in_pools(voted: Assembly) -> None:
    pages = await look_at_all(voted)
    assert "正在投票" in pages[""].text
    assert "参加人数 0.0% 没到三分之二" in pages[""].text
    assert "每满20张票才更新一次" in pages[""].text
    assert "还没有结果" in pages["/result"].text
    assert "开票到哪一步了" not in pages[""].text


async def test_after_closing_time_nobody_reads_that_voting_is_open(voted: Assembly) -> None:
    voted.at(CLOSES)
    page = (await look_at_all(voted))[""]
    assert "不再收票" in page.text
    assert "投票结束，封好票箱 正在做" in page.text


async def test_a_closed_election_shows_who_took_part(closed: Assembly) -> None:
    pages = await look_at_all(closed)
    for words in ("参加人数 80.0% 已到三分之二", "参加面积 87.5%", "票箱封好 2026年12月20日（星期日）18:00"):
        assert words in pages[""].text, words
    assert "投票结束，封好票箱 已完成" in pages[""].text
    assert "全部选票" in pages["/archive"].text
    assert "等2位开箱人开箱" in pages["/result"].text


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
    downloads = [link["href"] for link in pages["/archive"].attributes("a") if "download" in link]
    names = [f"{counted.uuid}.bel", "manifest.json", "roll-public.json", "share-proofs.json", "result.json"]
    assert downloads == [f"{counted.pages}/{name}" for name in names]


async def _download_all(assembly: Assembly) -> None:
    page = await look(assembly.platform, f"{assembly.pages}/archive")
    downloads = [link["href"] for link in page.attributes("a") if "download" in link]
    assert downloads
    for path in downloads:
        assert await assembly.platform.get(path, key=None)


async def test_every_download_that_is_offered_is_there(sealed: Assembly) -> None:
    await _download_all(sealed)


async def test_every_download_is_there_in_the_end(counted: Assembly) -> None:
    await _download_all(counted)


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
    page = await _look_up(voted, first)
    assert "这张票已计入，是第1次投的，以最后一次为准。" in page.text
    second = tracker(await voted.cast(4, VOTES[1][1]))
    assert "是第1次投的；后来又投过，算的是最后一次（第2次）。" in (await _look_up(voted, first)).text
    assert "这张票已计入，是第2次投的" in (await _look_up(voted, f"  {second}\t")).text
    assert page.attributes("p").count({"class": "found", "role": "status"}) == 1


async def _look_up(assembly: Assembly, receipt: str) -> Page:
    return await look(assembly.platform, f"{assembly.pages}?tracker={quote(receipt, safe='')}")


async def test_an_unknown_receipt_says_what_to_do(voted: Assembly) -> None:
    page = await _look_up(voted, 'x"><script>')
    assert "没有这张票" in page.text
    assert "2026年12月20日（星期日）18:00前可以再投" in page.text
    assert [field["value"] for field in page.attributes("input")] == ['x"><script>']
    voted.at(CLOSES)
    assert "请带回执到社区问" in (await _look_up(voted, "x")).text


async def test_before_voting_there_is_nothing_to_look_up(sealed: Assembly) -> None:
    assert "没有这张票" not in (await _look_up(sealed, "x")).text


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
