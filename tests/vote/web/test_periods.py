"""Notices and their periods, as an estate's page lists them."""

from datetime import timedelta

from tests.vote.assembly import ESTATE, Assembly
from tests.vote.platform import CLOSES, OPENS
from tests.vote.web.test_pages import look


async def estate(assembly: Assembly) -> str:
    return (await look(assembly.platform, f"/estates/{ESTATE}")).text


async def test_before_voting_the_notice_runs_and_voting_is_to_come(sealed: Assembly) -> None:
    await sealed.notice()
    text = await estate(sealed)
    assert "通知业主 正在做" in text
    assert "投票 还没到 2026年12月20日（星期日）08:00起，2026年12月30日（星期三）18:00止" in text
    assert "我要投票" not in text


async def test_without_notice_no_period_is_said_to_run(sealed: Assembly) -> None:
    sealed.at(OPENS + timedelta(hours=1))
    assert "公示和期限" not in await estate(sealed)


async def test_while_voting_is_open_an_owner_is_led_to_the_vote(opened: Assembly) -> None:
    page = await look(opened.platform, f"/estates/{ESTATE}")
    assert "通知业主 已完成" in page.text
    assert "拿到信了？扫信上的码，或在这里输入编号。" in page.text
    assert f"{opened.pages}/vote" in [link["href"] for link in page.attributes("a")]
    page = await look(opened.platform, opened.pages)
    assert f"{opened.pages}/vote" in [link["href"] for link in page.attributes("a")]


async def test_after_closing_nobody_is_led_to_the_vote(voted: Assembly) -> None:
    voted.at(CLOSES)
    page = await look(voted.platform, f"/estates/{ESTATE}")
    assert f"{voted.pages}/vote" not in [link["href"] for link in page.attributes("a")]
    assert "投票 已完成" in page.text


async def test_disputes_and_objections_have_their_periods(closed: Assembly) -> None:
    assert (
        "公示谁参加了投票，可以提异议 正在做 2026年12月30日（星期三）18:00起，2027年1月2日（星期六）24:00止"
        in await estate(closed)
    )


async def test_the_preliminary_result_can_be_objected_to(preliminary: Assembly) -> None:
    assert "公示初步结果，可以提异议 正在做" in await estate(preliminary)


async def test_what_is_certified_is_among_earlier_votes(certified: Assembly) -> None:
    text = await estate(certified)
    assert "现在没有投票" in text
    assert "以前的投票" in text
    assert "结果证明 已完成 2027年" in text


async def test_an_annulled_vote_has_no_periods(sealed: Assembly) -> None:
    await sealed.notice()
    await sealed.organise("annul", reason="procedure-broken")
    text = await estate(sealed)
    assert "已作废" in text
    assert "公示和期限" not in text


async def test_a_committee_that_is_not_there_is_said_not_to_be(sealed: Assembly) -> None:
    assert "还没有登记业主委员会" in await estate(sealed)
