"""A place is offered the rules that hold there, and is told what is its own in each."""

from datetime import date

import pytest

from vote.law.library import load_profile
from vote.law.place import offered_profiles, own_rules, own_values

DAY = date(2026, 12, 20)


@pytest.mark.parametrize(
    ("county", "ids"),
    [
        ("嘉善县", ["cn-zj-jiaxing-jiashan", "cn-zj-jiaxing", "cn-zj", "cn"]),
        ("嘉兴市南湖区", ["cn-zj-jiaxing", "cn-zj", "cn"]),
        ("桐庐县", ["cn-zj-hangzhou", "cn-zj", "cn"]),
        ("浙江省长兴县", ["cn-zj", "cn"]),
        ("上海市长宁区", ["cn-sh", "cn"]),
        ("北京市朝阳区", ["cn-bj", "cn"]),
        ("深圳市福田区", ["cn-gd-shenzhen", "cn"]),
    ],
)
def test_a_known_county_has_its_rules_first(county: str, ids: list[str]) -> None:
    assert [each.id for each in offered_profiles(county)] == ids


def test_an_unknown_county_is_offered_all_the_national_ones_first() -> None:
    ids = [each.id for each in offered_profiles("示例县")]
    assert ids[0] == "cn"
    assert {"cn-sh", "cn-bj", "cn-zj", "cn-zj-jiaxing-jiashan"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_what_a_profile_has_of_its_own_is_said_with_its_article() -> None:
    province = load_profile("cn-zj")
    names = {value.name for value in own_values(province, on=DAY)}
    assert {"ballot_secrecy", "meeting_notice"} <= names
    assert "quorum" not in names
    rules = own_rules(province, on=DAY)
    assert len(rules) == len(names)
    assert any("第9条" in article.zh for _, articles in rules for article in articles)
    assert own_values(load_profile("cn-zj-jiaxing-jiashan"), on=DAY) == ()


def test_what_is_not_in_force_yet_is_not_told() -> None:
    before = {value.name for value in own_values(load_profile("cn-zj-jiaxing"), on=date(2021, 6, 1))}
    after = {value.name for value in own_values(load_profile("cn-zj-jiaxing"), on=DAY)}
    assert before < after
