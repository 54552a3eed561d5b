"""Articles on papers, expected by hand from the profiles' statutes."""

from datetime import date

import pytest

from vote.document.article import fine_of, rules_of
from vote.document.layout import Rule
from vote.errors import RefusedError
from vote.law.library import load_profile

JIASHAN = load_profile("cn-zj-jiaxing-jiashan", "2026-11-26")
ON = date(2026, 11, 25)


def test_an_article_is_named_with_its_words():
    assert rules_of(JIASHAN, ["group_documents"], on=ON) == (
        Rule("《嘉兴市住宅物业管理条例》第11条", "筹备组成立之日起7日内，物业服务人移交业主名册等资料。"),
    )


def test_all_articles_of_a_rule_are_named():
    (rule,) = rules_of(JIASHAN, ["meeting_notice"], on=ON)
    assert rule.citation.startswith(
        "《浙江省物业管理条例》第9条第4款、《浙江省物业管理条例》第8条第3款、《物业管理条例》第14条"
    )


def test_what_was_not_read_in_the_statute_says_so():
    (rule,) = rules_of(JIASHAN, ["committee_publication"], on=ON)
    assert rule.citation == "《业主大会和业主委员会指导规则》第39条（待核实：条文转引自其他网站）"


def test_what_no_text_says_is_no_article():
    """How long a roll is shown is this software's reading (DESIGN), so the paper cites nothing for it."""
    assert rules_of(JIASHAN, ["roll_objection_period", "dispute_period"], on=ON) == ()
    (rule,) = rules_of(load_profile("cn", "2026-11-26"), ["alternates", "proxy"], on=ON)
    assert rule.citation == "《物业管理条例》第12条第2款、《民法典》第165条"


def test_the_same_rule_stands_once():
    assert len(rules_of(JIASHAN, ["filing", "filing"], on=ON)) == 1


def test_the_fine_is_that_of_jiaxing_and_other_places_have_none():
    """JX 34: 10,000 to 100,000 yuan; before 2022-03-01 JX was not in force."""
    fine = fine_of(JIASHAN, on=ON)
    assert fine is not None
    assert fine.citation == "《嘉兴市住宅物业管理条例》第34条"
    assert "1万元以上10万元以下" in fine.words
    assert fine_of(JIASHAN, on=date(2022, 2, 28)) is None
    assert fine_of(load_profile("cn-bj"), on=ON) is None


def test_an_unknown_parameter_is_refused():
    with pytest.raises(RefusedError, match="no parameter"):
        rules_of(JIASHAN, ["moon"], on=ON)
