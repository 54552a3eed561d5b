"""Results of every kind as people read them, in both languages."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.vote.web.markup import Page, read_page
from tests.vote.web.test_outcome import HIRE, RULES, SEATS, Votes, manifest_of, result_of
from vote.election.ask import Ask, motion
from vote.election.packing import Measures
from vote.web.outcome import read_result
from vote.web.phase import Phase
from vote.web.rendering import render
from vote.web.seen import Seen

ENDS = datetime(2027, 1, 10, 16, tzinfo=UTC)
ADDRESS = "https://vote.test/elections/x"
STORED: Any = SimpleNamespace(
    uuid="DQB53CqA1UtMwz",
    draft=SimpleNamespace(opens_at=datetime(2026, 12, 10, tzinfo=UTC)),
    closes_at=datetime(2026, 12, 20, 10, tzinfo=UTC),
)


async def _show(
    asks: Sequence[Ask],
    cast: tuple[int, int],
    totals: Sequence[Votes],
    language: str = "zh",
    *,
    openers: Sequence[str] = (),
    stands: Mapping[int, bool] | None = None,
    **changed: Any,
) -> Page:
    manifest = manifest_of(asks, Measures(3300, 33000000))
    seen = Seen(STORED, manifest, Phase.PRELIMINARY, ENDS - timedelta(days=1), (1, 3), checked=True, ends=ENDS)
    found = read_result(manifest, result_of(manifest, cast, totals, **changed))

    async def page(request: Request) -> Response:
        values = {"seen": seen, "result": found, "openers": openers, "stands": stands or {}, "address": ADDRESS}
        values |= {"standing": None, "checkpoint": None}
        return render(request, "result.html", values)

    transport = httpx.ASGITransport(Starlette(routes=[Route("/result", page)]))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get(f"/result?lang={language}")
    return read_page(answer, "zh-CN" if language == "zh" else "en")


YES: Votes = [(2000, 20000000), (300, 3000000), (200, 2000000)]
NO: Votes = [(300, 3000000), (2000, 20000000), (200, 2000000)]
NEITHER: Votes = [(1250, 12500000), (1050, 10500000), (200, 2000000)]
TWO: Votes = [(2000, 20000000), (1900, 19000000), (1800, 18000000), (20, 200000), (100, 1000000)]
ONE: Votes = [(2000, 20000000), (1250, 12500000), (20, 200000), (20, 200000), (100, 1000000)]
TIED: Votes = [(2000, 20000000), (1900, 19000000), (1900, 19000000), (20, 200000), (100, 1000000)]
NOBODY: Votes = [(20, 200000), (20, 200000), (20, 200000), (20, 200000), (100, 1000000)]
CAST = (2500, 25000000)


@pytest.mark.parametrize(
    ("asks", "totals", "words"),
    [
        (
            [RULES],
            [YES],
            ["通过", "同意的人数和面积都达到了要求。", "同意人数 80.0%", "已到过半数", "2,000人，共2,500人"],
        ),
        ([HIRE], [NO], ["未通过", "反对人数 80.0%"]),
        ([RULES], [NEITHER], ["没有形成决定", "同意人数 50.0%", "没到过半数"]),
        ([motion("6", "筹集维修资金")], [YES], ["已到四分之三"]),
        ([RULES, SEATS], [YES, TWO], ["选出2人", "当选 甲、乙", "候补 丙", "第1题已通过，这一题的结果生效。"]),
        ([RULES, SEATS], [NO, TWO], ["选出2人", "第1题没有通过，这一题的结果不生效。"]),
        ([RULES, SEATS], [YES, ONE], ["选出1人", "还空1个名额"]),
        ([RULES, SEATS], [YES, TIED], ["票数相同，待定 乙、丙", "有1个名额因票数相同没有定下来。", "按规定再投一次"]),
        ([RULES, SEATS], [YES, NOBODY], ["没有人当选", "还空2个名额"]),
    ],
)
async def test_each_verdict_has_its_words(asks: Sequence[Ask], totals: Sequence[Votes], words: Sequence[str]) -> None:
    page = await _show(asks, CAST, totals)
    assert [word for word in words if word not in page.text] == []
    assert "这是初步结果，不是最终结果；三方签字的证明出来才算数。" in page.text
    assert "有疑问请在2027年1月10日（星期日）24:00前写下来，交到社区" in page.text
    await _show(asks, CAST, totals, "en")


@pytest.mark.parametrize(
    ("cast", "missing"),
    [
        ((2199, 25000000), "人数不到三分之二"),
        ((2200, 21999999), "面积不到三分之二"),
        ((9, 90000), "人数和面积不到三分之二"),
    ],
)
async def test_two_thirds_are_missed_by_one_owner_or_a_hundredth_of_a_square_metre(
    cast: tuple[int, int], missing: str
) -> None:
    page = await _show([RULES, SEATS], cast, [[cast, (0, 0), (0, 0)], [cast, *[(0, 0)] * 4]])
    assert missing in page.text
    assert "66.7%" not in page.text
    assert "当选" not in page.text
    assert page.text.count("参加的不够，没有形成决定") == 3


async def test_two_thirds_exactly_are_enough() -> None:
    cast = (2200, 22000000)
    page = await _show([RULES], cast, [[cast, (0, 0), (0, 0)]])
    assert "参加的够了" in page.text
    assert "参加人数 66.6% 已到三分之二" in page.text


async def test_the_working_stands_on_the_page_with_its_articles() -> None:
    page = await _show([RULES, SEATS], CAST, [YES, TWO])
    for line in (
        "参与表决人数2500人，全体3300人，须达2/3以上：2500×3 ≥ 3300×2，即7500 ≥ 6600，成立（《民法典》第278条第2款）",
        "甲：同意人数2000人，参与表决2500人，须过1/2：2000×2 > 2500×1，即4000 > 2500，成立（《民法典》第278条第2款）",
        "依据：《民法典》第278条第1款第1项、《民法典》第278条第2款",
    ):
        assert line in page.text


async def test_nobody_at_all_is_a_result_too() -> None:
    page = await _show([RULES], (0, 0), [[(0, 0)] * 3])
    assert "参加人数 0.0%" in page.text


async def test_names_are_text_and_nothing_else() -> None:
    hostile = "<script>alert(1)</script>"
    page = await _show([motion("1", hostile)], CAST, [YES], openers=[hostile, '"><img src=//evil>'])
    assert page.text.count(hostile) == 2
    assert page.attributes("script") == []


async def test_chinese_words_on_an_english_page_are_marked() -> None:
    page = await _show([RULES], CAST, [YES], "en")
    assert {"lang": "zh-CN"} in page.attributes("span")
    assert "Owners in favour 80.0%" in page.text


async def test_who_withdrew_is_marked_in_the_result_and_not_elected() -> None:
    page = await _show([RULES, SEATS], CAST, [YES, TWO], withdrawn={(1, 0)})
    assert "甲 已退出" in page.text
    assert "当选 乙、丙" in page.text
    assert "甲 当选" not in page.text
    english = await _show([RULES, SEATS], CAST, [YES, TWO], "en", withdrawn={(1, 0)})
    assert "甲 withdrew" in english.text


async def test_what_contested_ballots_could_turn_is_said_at_the_question() -> None:
    page = await _show([RULES, HIRE], CAST, [YES, NO], stands={1: True, 2: False})
    first, second = page.text.split("第2题 解聘物业")
    assert "有争议的票不论怎么投，这一题的结果都不变。" in first
    assert "有争议的票可能改变这一题的结果：应当重新表决。" in second
    assert "有争议" not in (await _show([RULES], CAST, [YES])).text
