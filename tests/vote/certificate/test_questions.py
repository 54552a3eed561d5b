from dataclasses import replace
from datetime import date

import pytest

from crypto.errors import MalformedError
from tests.vote.certificate.sample import FACTS, MANIFEST, RULES, compose, written
from vote.certificate.published import decode_published
from vote.certificate.questions import after, rules_of
from vote.election.ask import motion
from vote.law.measure import Period

RULES_OF_SAMPLE = rules_of(MANIFEST)
START = b'{"election":"a","electorate":{"heads":1,"area_dm2":1},"cast":{"heads":1,"area_dm2":1},"questions":'


def test_the_rules_are_those_of_the_profile_on_the_day_voting_opens():
    law = RULES_OF_SAMPLE.law()
    assert (law.profile, law.digest) == (MANIFEST.profile["id"], MANIFEST.profile["digest"])
    assert law.on == date(2026, 12, 1)
    assert law.title == "浙江省嘉兴市嘉善县"


def test_the_quorum_is_two_thirds_of_both_and_its_articles_are_named():
    """Civil Code art. 278 ¶2; 以上 includes the number itself, art. 1259."""
    quorum = RULES_OF_SAMPLE.quorum()
    assert (quorum.heads, quorum.area) == (">=2/3", ">=2/3")
    assert [each.title for each in quorum.articles] == ["《民法典》第278条第2款", "《民法典》第1259条"]


def test_a_question_names_its_matter_its_majority_and_their_articles():
    rules, committee, fund = compose().questions
    assert (rules.requirement.heads, fund.requirement.heads) == (">1/2", ">=3/4")
    assert [each.code for each in rules.requirement.articles] == ["CC 278 ¶1(1)", "CC 278 ¶2"]
    assert [each.code for each in fund.requirement.articles] == ["CC 278 ¶1(6)", "CC 278 ¶2", "CC 1259"]
    assert (rules.seats, committee.seats, committee.open_seats, committee.tied_seats) == (None, 5, 0, 0)
    assert (committee.depends_on, committee.takes_effect) == ((1,), True)
    assert committee.matter_title == "选举业主委员会或者更换业主委员会成员"


def test_what_depends_on_a_rejected_question_takes_no_effect():
    asks = (RULES, motion("6", "是否筹集", (0,)))
    votes = [[(100, 1_000_000), (300, 3_000_000), (31, 287_655)], [(431, 4_287_655), (0, 0), (0, 0)]]
    manifest = replace(MANIFEST, questions=asks)
    facts = replace(FACTS, weighed=FACTS.weighed[:2], changes=(), objections=())
    first, second = compose(manifest, facts, votes=votes).questions
    assert (first.outcome, first.takes_effect) == ("REJECTED", None)
    assert (second.outcome, second.takes_effect) == ("ADOPTED", False)


def test_complaints_have_no_day_and_suits_one_year():
    """PMR art. 19 ¶2; Civil Code art. 280 ¶2 and SPC art. 12."""
    complaint, suit = RULES_OF_SAMPLE.remedies(FACTS.offices, date(2027, 1, 9))
    assert (complaint.kind, complaint.until, complaint.to[0]) == ("complaint", None, FACTS.offices[2])
    assert [each.code for each in complaint.articles] == ["PMR 19 ¶2"]
    assert (suit.kind, suit.until, suit.to) == ("suit", date(2028, 1, 9), ("人民法院",))
    assert [each.code for each in suit.articles] == ["SPC 12", "CC 280 ¶2"]


@pytest.mark.parametrize(
    ("day", "period", "last"),
    [
        (date(2027, 1, 9), Period(1, "Y"), date(2028, 1, 9)),
        (date(2028, 2, 29), Period(1, "Y"), date(2029, 2, 28)),
        (date(2027, 12, 31), Period(2, "M"), date(2028, 2, 29)),
        (date(2027, 11, 30), Period(1, "M"), date(2027, 12, 30)),
    ],
)
def test_a_period_ends_on_the_same_day_or_the_last_of_the_month(day, period, last):
    """Civil Code art. 202."""
    assert after(day, period) == last


def test_the_result_is_read_with_what_a_certificate_takes_from_it():
    found = decode_published(written(MANIFEST)[1])
    assert (found.election, found.cast.heads, found.electorate.area_dm2) == (MANIFEST.uuid, 431, 5_643_210)
    assert found.questions[1].choices[0].fate == "elected"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"election":"a"}',
        b'{"election":"a","electorate":{"heads":1,"area_dm2":1},"cast":[]}',
        b'{"election":"a","electorate":{"heads":1,"area_dm2":1},"cast":{"heads":1,"area_dm2":1}}',
        START + b"[1]}",
        START + b'[{"text":"a","outcome":"ADOPTED","choices":["a"]}]}',
        START + b'[{"text":"a","outcome":"ADOPTED","choices":[{"text":"a","heads":1}]}]}',
    ],
)
def test_what_is_no_result_is_refused(data):
    with pytest.raises(MalformedError, match="result"):
        decode_published(data)
