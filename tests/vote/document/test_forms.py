"""What stands on each paper: expected words by hand, and no fact of any form is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.document.made import COUNTED, HEAD, PAPERS, Made
from vote.document.candidate import Candidate, Shown, Way
from vote.document.handover import Thing
from vote.document.layout import Paper, Rule, Table, printed_texts
from vote.document.proxy import Opinion
from vote.law.measure import Measure

EXPECTED: Mapping[str, list[str]] = {
    "application": [
        "嘉善县罗星街道办事处", "566人，专有面积61,398.25平方米", "40,123.00平方米，占65.34%", "2023年6月30日",
        "62人，占全体人数的10.95%；面积6,712.00平方米，占10.93%", "请依法指导组建业主大会筹备组",
    ],
    "joint-list": ["1幢1单元101室", "89.37", "13900000000", "已填合计", "30人", "3,172.65", "业主本人签名"],
    "developer-report": ["共590套，已交付431套", "■ 面积核准文件", "□ 业主名册和面积清册", "嘉善汾湖置业有限公司", "186.50平方米"],
    "group-notice": ["2026年9月1日成立，共7人，其中业主4人", "业主代表（业主）", "组长，召集和主持", "社区服务大厅2号窗口"],
    "document-letter": [
        "请在2026年9月8日前", "业主名册", "物业服务用房配置清单", "《嘉兴市住宅物业管理条例》第34条：罚款幅度为1万元以上10万元以下",
        "报告罗星街道办事处和县建设局", "请不要附业主的电话",
    ],
    "roll-notice": [
        "590户", "566人，专有面积61,398.25平方米", "2026年10月1日至2026年10月9日", "没有姓名", "与1幢1单元101室合计1人", "89.37",
    ],
    "meeting-notice": [
        "首次业主大会会议公告", "2026年12月12日 09:00至2026年12月20日 18:00", "人数三分之二以上、面积三分之二以上的业主参加",
        "没有投票的，不计入参加，也不计入同意。", "欠物业费不影响投票。", "委员7名，候补委员1名", "2026年12月5日前", "管理规约（草案）",
    ],
    "candidate-form": ["■ 业主联名推荐", "□ 自荐", "128.45平方米", "■ 简历", "□ 工作单位", "也不在本表填写身份证号", "13700000009"],
    "candidates-notice": ["候选人共9名", "5. 陈春明（已退出，票上保留并注明，不能当选）", "2026年11月25日至2026年12月11日", "1970年"],
    "proxy": [
        "首次业主大会会议的投票", "按下表的意见代为投票，不得更改", "2026年12月12日至2026年12月20日", "女婿", "受托人不得转委托",
    ],
    "delivery-register": ["1001", "刘冬生，本人", "2026-12-15", "放信箱、交租客的照实写，不算送达"],
    "seal-register": ["业委会决定〔2027〕20号", "2份8页", "王春生、张冬华", "赵秋生"],
    "count-sheet": [
        "2026年12月20日 18:00", "2026年12月24日 09:30", "1,155", "499", "481", "18", "84.98%", "83.87%", "第1题　是否通过",
        "402", "83.57%", "43,100.55", "83.69%", "结果：通过", "监票人",
    ],
    "participation-list": ["481人，51,497.00平方米", "3幢2单元902室", "社区现场", "90.44"],
    "recheck": ["2026年12月27日 14:00", "3f9a0c1b7d2e4f60", "481份，一致", "结论：复核结果与公布的结果一致。"],
    "result-notice": [
        "首次业主大会会议结果公告", "当选委员", "王春生、李夏明、张秋华、刘冬生、陈春明、杨夏华、黄秋生", "2027年1月4日前",
        "从本公告张贴之日（2026年12月25日）算，到2027年12月25日为止", "“应当知道”的证据", "请求撤销", "《物业管理条例》第19条第2款",
        "照片18张，编号32", "嘉善县建设局", "0573-84000004", "537户签收",
    ],
    "agenda-notice": ["2027年3月8日 19:00", "东门道闸更换，预算3万元以内", "2027年3月7日前"],
    "minutes": ["委员共7人，到会6人", "表决：同意5人，反对0人，弃权1人（全体委员7人）。", "在2027年3月11日前公布", "黄夏明"],
    "membership-ended": ["不再是本小区业主", "2027年5月6日", "由候补委员周冬生递补", "应有委员7人，现有3人", "已不足总数的一半", "2027年5月9日前"],
    "recall-motion": ["116人，专有面积12,430.77平方米（已核对）", "2027年4月1日书面告知，2027年4月16日前说明", "本人的说明"],
    "hand-over": ["2. 印章", "无", "6. 历年公共收益公示", "8. 其他档案资料", "1册，结余1,286.40元", "2027年1月30日前", "在场人"],
    "filing-application": ["嘉善县建设局、罗星街道办事处", "第1届", "2026年12月24日至2031年12月23日", "2027年1月25日前", "□ 计票复核记录"],
    "member-list": ["2026年12月28日", "候补委员", "公共收益和维修资金", "13800000007"],
}  # fmt: skip


def said(paper: Paper) -> str:
    return "\n".join(printed_texts(paper))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Go through everything that facts hold, with the way to it."""
    if is_dataclass(value):
        for each in fields(value):
            yield from leaves(getattr(value, each.name), (*path, each.name))
    elif isinstance(value, tuple):
        for index, each in enumerate(value[:3]):
            yield from leaves(each, (*path, index))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    else:
        yield path, value


def changed(value: Any, path: tuple[Any, ...], leaf: Any) -> Any:
    """Return facts with another leaf at the end of a way."""
    if not path:
        return leaf
    key, rest = path[0], path[1:]
    if is_dataclass(value):
        return replace(value, **{key: changed(getattr(value, key), rest, leaf)})
    if isinstance(value, tuple):
        return (*value[:key], changed(value[key], rest, leaf), *value[key + 1 :])
    return {**value, key: changed(value[key], rest, leaf)}


def other(value: Any, unique: int, *, rows: bool = False) -> tuple[Any, list[str]]:
    """Return another value of the same kind and how it may be printed; nothing where only a change can be seen."""
    found: tuple[Any, list[str]] = (None, [])
    match value:
        case None:
            found = (Opinion.ABSTAIN, [])
        case bool():
            found = (not value, [])
        case Enum():
            found = (next(each for each in type(value) if each is not value), [])
        case str():
            found = (f"词{unique}尾", [f"词{unique}尾"])
        case datetime():
            moment = datetime(2031, 5, 6, 2, 8, tzinfo=value.tzinfo) + timedelta(days=unique % 300)
            found = (moment, [f"{moment.year}年{moment.month}月{moment.day}日 10:08"])
        case date():
            day = date(2031, 5, 6) + timedelta(days=unique % 300)
            found = (day, [f"{day.year}年{day.month}月{day.day}日"])
        case int() if rows:
            found = (value + 3, [])
        case int():
            found = (unique, [f"{unique:,}", f"{unique // 100:,}.{unique % 100:02}", str(unique)])
        case frozenset():
            found = (value ^ {next(iter(value))}, [])
    return found


PRINTED_ELSEWHERE = {("head", "on"), ("head", "address")}
"""The renderers print the paper's day; a private paper has no address."""
WAYS = [
    (form, path) for form, made in PAPERS.items() for path, value in leaves(made.facts) if path not in PRINTED_ELSEWHERE
]


@pytest.mark.parametrize("form", sorted(PAPERS))
def test_the_paper_says_what_is_known(form):
    words = said(PAPERS[form].paper())
    assert [text for text in EXPECTED[form] if text not in words] == []


def test_every_form_is_tried():
    assert set(EXPECTED) == set(PAPERS)
    assert len({made.form for made in PAPERS.values()}) == len(PAPERS) == 23


@settings(max_examples=400, deadline=None)
@given(way=st.sampled_from(WAYS), unique=st.integers(10_000, 99_999))
def test_no_fact_is_lost(way, unique):
    """Whatever stands in a fact is found on the paper; what is ticked or counted changes it."""
    form, path = way
    made = PAPERS[form]
    before = dict(leaves(made.facts))[path]
    after, printed = other(before, unique, rows="blank" in str(path[-1]))
    paper = made.form(changed(made.facts, path, after))
    words = said(paper)
    if printed:
        assert any(text in words for text in printed), (path, printed)
    assert paper != made.paper(), path


@pytest.mark.parametrize("form", sorted(PAPERS))
def test_every_single_fact_is_seen(form):
    """The same as above for every field of every form once, so that none is left to chance."""
    made: Made = PAPERS[form]
    for number, (path, value) in enumerate(leaves(made.facts)):
        if path in PRINTED_ELSEWHERE:
            continue
        after, printed = other(value, 20_000 + number, rows="blank" in str(path[-1]))
        paper = made.form(changed(made.facts, path, after))
        assert paper != made.paper(), (form, path)
        words = said(paper)
        if printed:
            assert any(text in words for text in printed), (form, path)


def test_nothing_is_elected_nobody_withdraws_no_fine():
    """What a place or a vote does not have leaves no empty part behind."""
    meeting, result = PAPERS["meeting-notice"].facts, PAPERS["result-notice"].facts
    letter, hand_over = PAPERS["document-letter"].facts, PAPERS["hand-over"].facts
    assert "选举业主委员会" not in said(PAPERS["meeting-notice"].form(replace(meeting, candidates=())))
    assert "候补" not in said(PAPERS["meeting-notice"].form(replace(meeting, alternates=0, matters=())))
    assert "选举结果" not in said(PAPERS["result-notice"].form(replace(result, elected=(), alternates=())))
    assert "候补委员（" not in said(PAPERS["result-notice"].form(replace(result, alternates=())))
    assert "罚款" not in said(PAPERS["document-letter"].form(replace(letter, fine=None)))
    assert "在场人" not in said(PAPERS["hand-over"].form(replace(hand_over, witness="")))


def test_a_candidate_shows_what_they_agreed_to_and_nothing_else():
    notice = PAPERS["candidates-notice"].facts
    only_name = Candidate({Shown.NAME: "陈冬华"}, withdrawn=False)
    words = said(PAPERS["candidates-notice"].form(replace(notice, candidates=(only_name,), alternates=0)))
    assert "1. 陈冬华" in words
    assert [each.value for each in Shown if each.value in words.split("\n")] == []
    assert "候补" not in words
    assert not {"身份证号", "电话", "健康"} & {each.value for each in Shown}


def test_a_proxy_ticks_what_the_principal_wants_and_leaves_the_rest_open():
    (table,) = [block for block in PAPERS["proxy"].paper().blocks if isinstance(block, Table)]
    assert [each.name for each in table.columns[2:5]] == ["同意", "反对", "弃权"]
    assert [row[2:5] for row in table.rows[:3]] == [("■", "□", "□"), ("□", "■", "□"), ("□", "□", "□")]


def test_only_a_joint_recommendation_lists_supporters():
    facts = PAPERS["candidate-form"].facts
    form = PAPERS["candidate-form"].form
    assert "联名推荐" not in said(form(replace(facts, way=Way.SELF))).split("\n")
    blank = form(replace(facts, resume=(), supporters=()))
    assert [each.blank_rows for each in blank.blocks if isinstance(each, Table)] == [3, 2, 0]


def test_a_member_who_says_nothing_keeps_the_room():
    facts = PAPERS["recall-motion"].facts
    words = said(PAPERS["recall-motion"].form(replace(facts, reply="")))
    assert "截至2027年4月16日没有收到书面说明。此处留空，投票前交来的补印。" in words


@pytest.mark.parametrize(("left", "below"), [(3, True), (4, False)])
def test_half_of_seven_members_is_not_below_half(left, below):
    """JX 23: fewer than half of the total; of 7 that is 3, of 8 it is not 4."""
    facts = PAPERS["membership-ended"].facts
    form = PAPERS["membership-ended"].form
    assert ("已不足总数的一半" in said(form(replace(facts, left=left)))) is below
    assert "已不足总数的一半" not in said(form(replace(facts, left=4, seats=8)))
    assert "没有候补委员可以递补" in said(form(replace(facts, successor="")))


def test_all_members_were_there_and_no_guests():
    facts = PAPERS["minutes"].facts
    texts = printed_texts(PAPERS["minutes"].form(replace(facts, absent=(), guests=())))
    assert [texts[texts.index(name) + 1] for name in ("缺席委员", "列席")] == ["无", "无"]


def test_eight_things_are_always_on_the_list():
    facts = PAPERS["hand-over"].facts
    paper = PAPERS["hand-over"].form(replace(facts, pieces={}))
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == [f"{number}. {thing.value}" for number, thing in enumerate(Thing, start=1)]
    assert {row[1] for row in table.rows} == {"无"}
    assert len(table.rows) == 8


def test_nobody_took_part():
    facts = PAPERS["count-sheet"].facts
    words = printed_texts(PAPERS["count-sheet"].form(replace(facts, cast=Measure(0, 0), questions=COUNTED[:1])))
    assert "0.00%" in words
    assert words.count("—") == 6


def test_a_row_with_another_number_of_cells_is_our_mistake():
    column = PAPERS["roll-notice"].paper().blocks[-1].columns[0]  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="cells"):
        Table((column,), (("一", "二"),))
    with pytest.raises(ValueError, match="cells"):
        Table((column,), (), total=("一", "二"))


def test_a_rule_may_have_no_words():
    head = replace(HEAD, rules=(Rule("《民法典》第277条", ""),))
    made = PAPERS["agenda-notice"]
    assert "《民法典》第277条" in said(made.form(replace(made.facts, head=head)))
