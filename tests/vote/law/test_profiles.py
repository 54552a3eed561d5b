"""What the shipped profiles say, against what `articles.py` has by hand."""

from datetime import date

import pytest

from tests.vote.law.articles import OVER_HALF, THREE_QUARTERS, TWO_THIRDS, Row, rows
from vote.law.citation import UNNUMBERED, Mark
from vote.law.content import encode
from vote.law.library import list_profiles, load_profile
from vote.law.majority import tier_of_item
from vote.law.parameter import PARAMETERS
from vote.law.profile import Profile

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(("place", "row"), rows(), ids=lambda each: each if isinstance(each, str) else each[0])
def test_a_profile_says_what_the_article_says(place: str, row: Row) -> None:
    name, expected, article, mark = row
    value = load_profile(place).value(name, on=TODAY)
    assert encode(value.content) == expected
    assert value.citations[0].code == article
    assert value.entry.mark == mark
    assert value.confirmed is (mark == "S")


@pytest.fixture(params=[reference.id for reference in list_profiles()])
def profile(request: pytest.FixtureRequest) -> Profile:
    return load_profile(request.param)


def test_every_value_has_an_article_a_source_and_words(profile: Profile) -> None:
    for name in PARAMETERS:
        value = profile.value(name, on=TODAY)
        assert value.citations[0].source.link
        assert value.citations[0].source.title.zh
        assert value.entry.text.zh.endswith("。")
        assert value.entry.text.en.endswith(".")
        assert value.inherited is (value.holder != profile.id)


def test_a_statute_that_was_read_has_its_article_number_but_for_a_few(profile: Profile) -> None:
    """Those few are read, and their number was not noted; the text says so where it is shown."""
    found = {
        f"{profile.id} {name}"
        for name, entries in profile.own_values.items()
        for entry in entries
        if entry.mark is Mark.STATUTE and entry.citation.article == UNNUMBERED
    }
    assert found <= {
        "cn-zj-jiaxing arrears_limit_candidacy",
        "cn-zj-hangzhou organiser",
        "cn-zj-hangzhou group_publication",
        "cn-zj-hangzhou first_meeting",
        "cn-zj-hangzhou caretaker",
        "cn-bj organiser",
        "cn-bj meeting_notice",
        "cn-bj caretaker",
        "cn-bj arrears_limit_candidacy",
    }


def test_what_rests_on_a_default_of_ours_is_never_called_confirmed(profile: Profile) -> None:
    for name in PARAMETERS:
        value = profile.value(name, on=TODAY)
        if value.entry.citation.source.code == "DESIGN":
            assert not value.confirmed


def test_the_nine_matters_have_the_tiers_of_article_278(profile: Profile) -> None:
    nine = profile.matters(on=TODAY)[:9]
    assert [(matter.name, matter.tier.value) for matter in nine] == [
        ("1", "ordinary"),
        ("2", "ordinary"),
        ("3", "ordinary"),
        ("4", "ordinary"),
        ("5", "ordinary"),
        ("6", "special"),
        ("7", "special"),
        ("8", "special"),
        ("9", "ordinary"),
    ]
    assert [matter.tier for matter in nine] == [tier_of_item(matter.item) for matter in nine]
    assert [matter.citation.code for matter in nine] == [f"CC 278 ¶1({item})" for item in range(1, 10)]


def test_using_the_fund_is_ordinary_and_raising_it_is_special() -> None:
    matters = load_profile("cn").matters(on=TODAY)
    assert matters[4].title.zh == "使用建筑物及其附属设施的维修资金"
    assert matters[5].title.zh == "筹集建筑物及其附属设施的维修资金"


def test_only_hangzhou_has_matters_of_its_own(profile: Profile) -> None:
    expected = ["hz-expenses", "hz-income"] if profile.id == "cn-zj-hangzhou" else []
    assert [matter.name for matter in profile.matters(on=TODAY)[9:]] == expected


def test_no_place_loosens_quorum_majorities_arrears_or_silence(profile: Profile) -> None:
    expected = {
        "quorum": TWO_THIRDS,
        "majority_ordinary": OVER_HALF,
        "majority_special": THREE_QUARTERS,
        "arrears_limit_voting": False,
    }
    for name, value in expected.items():
        assert encode(profile.value(name, on=TODAY).content) == value
    assert profile.read(str, "silence_clause.default", on=TODAY) == "OFF"
    assert not profile.read(bool, "silence_clause.may_reach_quorum", on=TODAY)
