"""When two names are the same, and when somebody has to look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vote.oversight.interest.naming import core, distance, is_near, is_same, normalise


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("恒通电梯有限公司", "恒通电梯有限责任公司"),
        ("恒通（嘉善）电梯有限公司", "恒通(嘉善)电梯 有限公司"),
        ("ABC物业", "ａｂｃ物业"),
        ("王五", "王 五"),
    ],
)
def test_width_case_blanks_and_signs_make_no_other_name(left, right):
    assert is_same(left, right)
    assert not is_near(left, right)


@pytest.mark.parametrize(
    ("left", "right"), [("", ""), ("。", "，"), ("恒通有限公司", "恒通股份有限公司"), ("王五", "王武")]
)
def test_other_names_are_not_the_same(left, right):
    assert not is_same(left, right)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("浙江省嘉兴市嘉善县恒通电梯有限公司", "恒通电梯"),
        ("嘉善恒通电梯厂", "恒通电梯"),
        ("恒通集团股份有限公司", "恒通"),
        ("嘉兴市", "嘉兴市"),
        ("商行", "商行"),
        ("甲", "甲"),
        ("", ""),
    ],
)
def test_a_core_is_without_place_and_legal_form(name, left):
    assert core(name) == left


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("嘉善恒通电梯有限公司", "浙江恒通电梯厂", True),
        ("恒通有限公司", "嘉善恒通厂", True),
        ("恒通有限公司", "恒达有限公司", False),
        ("恒通电梯有限公司", "恒通电梯工程有限公司", True),
        ("恒通电梯有限公司", "恒达电梯有限公司", True),
        ("恒通电梯有限公司", "恒电通梯有限公司", True),
        ("恒通电梯有限公司", "永达电梯有限公司", False),
        ("恒通电梯安装维修工程公司", "恒达电梯安装维护工程公司", True),
        ("恒通电梯安装维修工程公司", "永达电梯安装维护工程公司", False),
        ("甲公司", "乙公司", False),
        ("甲", "乙", False),
        ("", "恒通电梯", False),
    ],
)
def test_near_is_the_same_core_one_within_the_other_or_few_signs_apart(left, right, near):
    """Counted by hand: 恒达…维护 is two signs from 恒通…维修, of ten; 永达…维护 is three."""
    assert is_near(left, right) is near
    assert is_near(right, left) is near


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("", "", 0),
        ("", "恒通", 2),
        ("恒通", "恒达", 1),
        ("恒通电", "恒电通", 1),
        ("恒通", "通恒梯", 2),
        ("恒通电梯", "电梯", 2),
    ],
)
def test_a_distance_is_counted_by_hand(left, right, expected):
    assert distance(left, right) == distance(right, left) == expected


@given(st.text("恒通电梯", max_size=6), st.text("恒通电梯", max_size=6))
def test_names_are_as_far_apart_from_either_side_and_not_further_than_the_longer(left, right):
    found = distance(left, right)
    assert found == distance(right, left)
    assert abs(len(left) - len(right)) <= found <= max(len(left), len(right))
    assert (found == 0) is (left == right)


def test_a_name_has_one_spelling():
    assert normalise(" Ａb（甲）有限责任公司。") == "AB甲有限公司"
