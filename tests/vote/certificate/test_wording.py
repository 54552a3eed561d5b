from dataclasses import replace
from datetime import date

import pytest

from tests.vote.certificate.sample import FACTS, MANIFEST, RULES, compose, later, moment
from vote.account.separation import Separation
from vote.certificate.content import LEAST_HEADS
from vote.certificate.parts import Article, Disclosure, Disputes, Measures, Objection
from vote.certificate.question_wording import outcome_zh, question_view, warning_zh
from vote.certificate.spelling import (
    articles_zh,
    breakable,
    day_zh,
    heads,
    least,
    moment_zh,
    percent,
    share_zh,
    square_metres,
)
from vote.certificate.wording import printed_text, sheet_view, summary_zh
from vote.law.measure import Share

CERTIFICATE = compose()
VIEW = sheet_view(CERTIFICATE)


def rows(view, name):
    return {row[0]: row[1] for row in view[name]}


def shown(**changes):
    return sheet_view(replace(CERTIFICATE, **changes))


def test_numbers_are_spelt_as_people_read_them():
    assert heads(3300) == "3,300"
    assert square_metres(5_643_210) == "56,432.10"
    assert square_metres(5) == "0.05"
    assert percent(6666) == "66.66%"
    assert percent(10_000) == "100.00%"
    assert percent(5) == "0.05%"
    assert day_zh(date(2027, 1, 9)) == "2027年1月9日"
    assert articles_zh([Article(code="a", title="甲"), Article(code="b", title="乙")]) == "甲、乙"


def test_moments_are_those_of_china():
    assert moment_zh(moment(20)) == "2026年12月20日 18:00"
    assert moment_zh(moment(20, 16)) == "2026年12月21日 00:00"


@pytest.mark.parametrize(
    ("share", "whole", "least_", "text"),
    [
        (Share(1, 2, strict=True), 431, 216, "过半数"),
        (Share(1, 2, strict=True), 430, 216, "过半数"),
        (Share(2, 3), 566, 378, "三分之二以上"),
        (Share(2, 3), 9, 6, "三分之二以上"),
        (Share(3, 4), 431, 324, "四分之三以上"),
        (Share(3, 4), 432, 324, "四分之三以上"),
        (Share(3, 4), 0, 1, "四分之三以上"),
        (Share(3, 5), 10, 6, "3/5以上"),
        (Share(3, 5, strict=True), 10, 7, "超过3/5"),
    ],
)
def test_what_is_needed_is_the_least_whole_number_that_is_enough(share, whole, least_, text):
    assert least(share, whole) == least_
    assert share_zh(share) == text
    assert whole == 0 or (share.met(least_, whole) and not share.met(least_ - 1, whole))


def test_long_words_may_be_broken_and_others_stay_whole():
    assert breakable("x" * 24) == "x" * 24
    assert breakable("看" + "x" * 26 + "吧") == "看" + "x" * 12 + "\u200b" + "x" * 12 + "\u200b" + "xx吧"
    assert breakable("甲" * 40) == "甲" * 40


def test_the_first_page_tells_who_where_and_what_came_of_it():
    assert (VIEW["title"], VIEW["number"], VIEW["issued"]) == ("业主大会表决结果证明", "第1号", "2027年1月9日")
    assert (VIEW["estate"], VIEW["place"]) == ("罗星馨苑", "嘉善县 · 魏塘街道罗星社区")
    assert [each["outcome"] for each in VIEW["results"]] == [
        ["通过"],
        ["当选5人：王建国、李秀英、欧阳文静、陈志强、古丽巴哈尔·买买提", "候补1人：赵桂兰（8幢）"],
        ["没有形成决定"],
    ]
    assert VIEW["demo"] == "演示：这里的业主和票都是编的，本件没有法律效力。"
    assert sheet_view(compose(manifest=replace(MANIFEST, demo=False)))["demo"] == ""


def test_the_turnout_stands_beside_what_is_needed():
    """378 is the least of 566 that is two thirds; 3 762 140 dm2 of 5 643 210."""
    turnout = VIEW["turnout"]
    assert turnout["needed"]["heads"] == "378"
    assert turnout["needed"]["area"] == "37,621.40"
    assert turnout["share"] == ["76.14%", "75.97%"]
    assert turnout["enough"] == "参加的够了，表决有效。"
    assert turnout["rule"].endswith("（《民法典》第278条第2款、《民法典》第1259条）")
    few = shown(electorate=Measures(heads=900, area_dm2=9_000_000))["turnout"]
    assert few["enough"].startswith("参加的不够")


def test_a_motion_tells_numbers_shares_and_what_was_needed():
    first, _, third = VIEW["questions"]
    assert first["choices"][0] == {
        "text": "同意",
        "strong": True,
        "heads": "368",
        "heads_share": "85.38%",
        "area": "36,501.20",
        "area_share": "85.13%",
        "fate": "",
    }
    assert first["needed"] == {"heads": "216", "heads_share": "过半数", "area": "21,438.28", "area_share": "过半数"}
    assert (third["needed"]["heads"], third["needed"]["area"]) == ("324", "32,157.42")
    assert first["why"] == "同意的人数和面积都达到了要求。"
    assert "不等于大家反对" in third["why"]
    assert (first["effect"], first["candidates"]) == ("", False)


def test_a_candidate_who_withdrew_is_marked():
    second = VIEW["questions"][1]
    assert second["candidates"]
    assert [each["fate"] for each in second["choices"]] == [*["当选"] * 5, "候补", "已退出，未当选", ""]
    assert second["effect"] == "第1题已通过，这一题的结果生效。"


def test_an_election_tells_of_open_seats_ties_and_of_nobody_elected():
    committee = CERTIFICATE.questions[1]
    tied = tuple(
        replace(each, fate="tie" if number < 2 else "not-elected") if each.fate else each
        for number, each in enumerate(committee.choices)
    )
    nobody = replace(committee, choices=tied, outcome="NO_DECISION", open_seats=3, tied_seats=2)
    assert outcome_zh(nobody) == ["没有人当选", "票数相同，待定：王建国、李秀英"]
    why = question_view(nobody, CERTIFICATE.cast, frozenset())["why"]
    assert "空缺3个名额" in why
    assert "有2个名额因票数相同没有定下来" in why
    missed = replace(committee, outcome="QUORUM_NOT_MET")
    assert outcome_zh(missed) == ["参加的不够，没有形成决定"]
    assert question_view(missed, CERTIFICATE.cast, frozenset())["why"].startswith("参加的人数或面积没有达到要求")


def test_an_outcome_that_does_not_count_as_it_stands_says_so():
    first, second, _ = CERTIFICATE.questions
    assert (warning_zh(first), warning_zh(second)) == ("", "")
    assert warning_zh(replace(second, takes_effect=False)) == "第1题没有通过，这一题的结果不生效"
    assert warning_zh(replace(first, stands=False)) == "有争议的票可能改变结果，应当重新表决"
    view = question_view(replace(first, stands=False, without_paper=None), CERTIFICATE.cast, frozenset())
    assert (view["stands"], view["paper"]) == ("有争议的票可能改变结果：这一题应当重新表决。", "没有纸质票。")


def test_margins_stand_beside_what_is_contested():
    first, second, third = VIEW["questions"]
    assert first["margins"][0] == {"what": "参加投票的人数", "spare": "54人", "contested": "3人"}
    assert first["margins"][3]["spare"] == "15,062.93平方米"
    assert second["margins"][2]["what"] == "陈志强，排名的人数"
    assert (second["paper"], third["paper"]) == ("不算纸质票，结果也不变。", "不算纸质票，结果会不同。")
    assert "仍有争议1票。有争议的合计3人、298.50平方米。" in VIEW["disputes"]
    none = Disputes(raised=0, set_aside=0, kept=0, contested=0)
    quiet = shown(disputes=none, contested=Measures(heads=0, area_dm2=0))
    assert quiet["disputes"] == "开箱之前没有人对“谁投了票”提出争议。没有仍有争议的票。"


def test_times_extensions_and_changes_are_told():
    times = rows(VIEW, "times")
    assert times["第1次延期"] == "2026年12月19日 20:00公告，延到2026年12月27日 18:00"
    assert times["候选人退出"].startswith("2026年12月9日 11:00，第2题候选人赵桂兰（12幢）退出（本人书面声明）")
    assert times["清册更正"].startswith("2026年12月12日 11:00（5幢")
    bare = replace(CERTIFICATE.changes[0], note=None)
    quiet = rows(shown(extensions=(), changes=(bare,)), "times")
    assert quiet["延期"] == "没有延期"
    assert "退出；名字" in quiet["候选人退出"]


def test_channels_tell_what_became_of_the_ballots():
    assert VIEW["channels"][1] == ["纸质票", "随信发出", "46", "0", "3", "1", "42", "4,162.15"]
    assert str(LEAST_HEADS) not in VIEW["channels_note"]
    first, second = CERTIFICATE.channels
    hidden = shown(channels=(replace(first, issued=566, area_dm2=None), second))
    assert hidden["channels"][0][1::6] == ["566", "不公布"]
    assert "不到20人的" in hidden["channels_note"]


def test_objections_stand_with_their_answers():
    first, second = VIEW["objections"]
    assert first["topic"] == "1. 延期投票没有通知到每一户"
    assert first["state"] == "已答复，4人提出，2027年1月6日答复"
    assert second["topic"].startswith("2. 第2题：")
    assert second["state"].startswith("保留异议")
    assert len(second["answer"]) == 2
    assert "共收到2项异议" in VIEW["objections_note"]
    assert shown(objections=())["objections_note"].endswith("没有人提出异议。")


def test_care_tells_of_secrecy_disclosure_and_duties():
    care = rows(VIEW, "care")
    assert care["怎么保密"] == "无记名：票不逐张打开，只打开总数。"
    assert care["能否反推"].endswith("没有一次能推出。")
    assert care["人员分工"] == "人手不够，没有完全分开：现场核对和手机号登记是同一人。"
    assert care["封册之后"] == "更正手机号17次，补发信5封。"
    assert "到场的是业主代表 沈国良、魏塘街道 周海燕。" in care["开箱人"]
    assert care["保存"] == (
        "开箱人的钥匙在2027年2月8日前销毁；信件底档在2027年1月15日前销毁；表决票、送达凭证和清册保存到2037年1月9日。"
    )
    assert "保存" not in rows(shown(retention=()), "care")
    named = shown(election=replace(CERTIFICATE.election, secrecy="named"))
    assert rows(named, "care")["怎么保密"].startswith("记名：对外只公布总数。")


@pytest.mark.parametrize(
    ("separation", "said"),
    [
        (Separation((), (), owner_trustee=True), "没有一人兼两职"),
        (Separation((), ("罗星社区",), owner_trustee=False), "罗星社区派出的开箱人够单独开箱；开箱人里没有业主。"),
        (
            Separation((("community", "trustee"), ("x", "y")), (), owner_trustee=True),
            "程序见证和开箱人是同一人；x和y是同一人",
        ),
    ],
)
def test_duties_that_are_not_apart_are_said_to_be_so(separation, said):
    assert said in rows(shown(separation=separation), "care")["人员分工"]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "没有人参加，谈不上反推。"),
        (Disclosure(simulations=0, permyriad=0, exact=True, outliers=0, accepted=False), "没有人参加，谈不上反推。"),
        (Disclosure(simulations=200, permyriad=150, exact=True, outliers=0, accepted=True), "：1.50%的情形能推出。组织者知道这一点，同意公布。"),
        (Disclosure(simulations=200, permyriad=50, exact=False, outliers=2, accepted=False), "至多0.50%的情形能推出。有2户面积特别大。"),
    ],
)  # fmt: skip
def test_what_the_totals_give_away_is_told(found, said):
    assert rows(shown(disclosure=found), "care")["能否反推"].endswith(said)


def test_whoever_disagrees_is_told_where_and_until_when():
    complaint, suit = VIEW["remedies"]
    assert (complaint["what"], complaint["until"]) == ("投诉", "没有规定期限，请尽早")
    assert suit["until"].startswith("到2028年1月9日为止")
    assert suit["rule"].endswith("第12条、《民法典》第280条第2款）")


def test_a_correction_and_a_revocation_say_what_they_replace_and_why():
    correction = later(reason="一\n二")
    notice = sheet_view(correction)["notice"]
    assert notice[0].startswith("本件更正并取代第1号证明（校验码")
    assert notice[0].replace("\u200b", "").endswith(f"{correction.replaces}），以本件为准。")
    assert notice[1:] == ["理由：一", "二"]
    assert sheet_view(correction)["title"].endswith("（更正）")
    revoked = sheet_view(replace(correction, kind="revocation"))
    assert revoked["title"].endswith("（撤销）")
    assert revoked["notice"][0].endswith("不再有效。")


def test_places_are_not_named_twice():
    estate = replace(CERTIFICATE.estate, county="某县", sub_district="某街道", community="某社区")
    assert shown(estate=estate)["place"] == "某县 · 某街道 · 某社区"


def test_everything_that_is_printed_is_known_before():
    text = printed_text({**VIEW, "n": 3})
    assert "古丽巴哈尔·买买提" in text
    assert "https://vote.jiashan.example/elections/DQB53CqA1UtMwz" in text
    assert "\u200b" not in text


def test_the_machinery_is_not_named():
    text = printed_text(VIEW)
    assert [word for word in ("哈希", "受托人", "同态", "见证人", "SHA", "零知识") if word in text] == []


def test_whoever_signs_sees_the_outcome_and_the_numbers():
    lines = summary_zh(CERTIFICATE)
    assert lines[0] == "业主大会表决结果证明 第1号，2027年1月9日"
    assert "参加431人、42,876.55平方米" in lines
    assert "→ 候补1人：赵桂兰（8幢）" in lines
    assert "  同意 368人、36,501.20平方米" in lines
    assert "异议2项" in lines
    doubtful = replace(CERTIFICATE.questions[0], stands=False)
    assert "→ 有争议的票可能改变结果，应当重新表决" in summary_zh(replace(CERTIFICATE, questions=(doubtful,)))


def test_a_rejection_is_told():
    facts = replace(FACTS, weighed=FACTS.weighed[:1], changes=(), objections=())
    votes = [[(100, 1_000_000), (300, 3_000_000), (31, 287_655)]]
    question = compose(replace(MANIFEST, questions=(RULES,)), facts, votes=votes).questions[0]
    assert outcome_zh(question) == ["否决"]
    assert question_view(question, CERTIFICATE.cast, frozenset())["why"] == "反对的人数和面积都过了半数。"


def test_an_objection_that_was_upheld_is_told():
    upheld = Objection(
        topic="数错了", question=None, raised=1, outcome="upheld", answer="已更正", answered_at=moment(31)
    )
    assert shown(objections=(upheld,))["objections"][0]["state"].startswith("成立，1人提出")
