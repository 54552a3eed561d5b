"""Names and identity numbers. The numbers that must be right are the standards' own examples."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.roll.identity import Number, citizen_check, organisation_check, read_number
from vote.roll.owner import Owner, is_organisation, mask_name, mask_names, read_owners, split_names, split_numbers
from vote.roll.why import Why


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_gb_11643_check(number: str) -> None:
    assert read_number(number) == Number(number, readable=True)
    assert citizen_check(number) == number[17]


def test_an_organisation_code_checks() -> None:
    number = "91350100M000100Y43"  # the example of GB 32100-2015
    assert organisation_check(number) == number[17]
    assert read_number(number) == Number(number, readable=True)


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("110105194912310021", (Why.NUMBER_CHECK,)),
        ("99010519491231002X", (Why.NUMBER_CHECK, Why.NUMBER_REGION)),
        ("91350100M000100Y44", (Why.NUMBER_CHECK,)),
        ("E12345678", ()),
        ("H0123456701", ()),
        ("123456789", ()),
        ("张三", (Why.NUMBER_FORM,)),
        ("12", (Why.NUMBER_FORM,)),
    ],
)
def test_an_odd_number_is_a_warning(text: str, warnings: tuple[Why, ...]) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.readable, number.warnings) == (True, warnings)


@pytest.mark.parametrize("text", ["3.30421E+17", "3.30421198001011e+17", "330421********0013", "33042119800101XXXX"])
def test_a_damaged_or_masked_number_is_not_readable(text: str) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.readable, number.warnings) == (False, (Why.NUMBER_UNREADABLE,))


def test_an_organisations_code_may_hold_two_x_side_by_side() -> None:
    assert read_number("91330421MA2XX7K4AJ") == Number("91330421MA2XX7K4AJ", readable=True)
    masked = read_number("91330421MA2XXXXXAJ")
    assert masked is not None
    assert not masked.readable


@pytest.mark.parametrize("text", ["", " ", "无", "-", "/", "——", "暂无", "N/A"])
def test_a_sign_for_nothing_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "'11010519491231002X",
        "身份证：11010519491231002X",
    ],
)
def test_spellings_of_one_number_are_equal(text: str) -> None:
    assert read_number(text) == read_number("11010519491231002X")


def test_a_number_from_before_1999_is_equal_to_its_modern_form() -> None:
    assert read_number("110105491231002") == read_number("11010519491231002X")


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_a_changed_digit_changes_the_check(digits: str, position: int, step: int) -> None:
    changed = str((int(digits[position]) + step) % 10)
    assert citizen_check(digits) != citizen_check(digits[:position] + changed + digits[position + 1 :])


@pytest.mark.parametrize("separator", ["、", "，", ",", "；", ";", "／", "/", " ", "　", "\n", "、 "])
def test_every_separator_parts_names_and_numbers(separator: str) -> None:
    assert split_names(f"张三{separator}李四某") == ["张三", "李四某"]
    assert split_numbers(f"11010519491231002X{separator}E12345678") == ["11010519491231002X", "E12345678"]


@pytest.mark.parametrize(
    ("cell", "expected", "names"),
    [
        ("张 三", 0, ["张三"]),
        ("张　三、李四", 0, ["张三", "李四"]),
        ("John Smith", 1, ["John Smith"]),
        ("买买提•阿卜杜拉", 0, ["买买提·阿卜杜拉"]),
        ("张三(50%)、李四（占50%）", 0, ["张三", "李四"]),
        ("张三(1/2)/李四(1/2)", 0, ["张三", "李四"]),
        ("某某 置业有限公司", 1, ["某某置业有限公司"]),
        ("某某、置业有限公司", 1, ["某某", "置业有限公司"]),
        ("某某（嘉善）置业有限公司", 1, ["某某(嘉善)置业有限公司"]),
        ("/", 0, []),
        ("无", 0, []),
        ("张三、", 0, ["张三"]),
        ("单独所有", 0, []),
    ],
)
def test_names_are_taken_apart_only_where_they_part(cell: str, expected: int, names: list[str]) -> None:
    assert split_names(cell, expected) == names


def test_a_number_in_groups_is_one_number() -> None:
    assert split_numbers("110105 19491231 002X") == ["11010519491231002X"]
    assert split_numbers("110105 491231 002") == ["110105491231002"]


def test_owners_are_paired_in_their_order() -> None:
    owners = read_owners("张三、李四", "11010519491231002X、E12345678")
    assert owners.owners == (Owner("张三", "11010519491231002X"), Owner("李四", "E12345678"))
    assert not owners.counts_differ


@pytest.mark.parametrize(
    ("names", "numbers", "owners"),
    [
        ("张三、李四", "E12345678", [("张三", "E12345678"), ("李四", "")]),
        ("张三李四", "E12345678、E12345679", [("张三李四", "E12345678"), ("", "E12345679")]),
    ],
)
def test_other_counts_are_flagged(names: str, numbers: str, owners: list[tuple[str, str]]) -> None:
    read = read_owners(names, numbers)
    assert read.counts_differ
    assert [(owner.name, owner.number) for owner in read.owners] == owners


def test_no_number_at_all_is_no_difference_of_counts() -> None:
    assert not read_owners("张三、李四", "").counts_differ


def test_a_number_without_a_name_is_no_owner() -> None:
    assert read_owners("", "E12345678").owners == ()


def test_owners_are_equal_by_number_else_by_name() -> None:
    assert Owner("张三", "E1").key("a") == Owner("张叁", "E1").key("b")
    assert Owner("张三", "E1").key("a") != Owner("张三", "E2").key("a")
    assert Owner("张三", "").key("a") == Owner("张三", "").key("b")
    assert Owner("张三", "E1").key("a") != Owner("张三", "").key("a")


def test_a_damaged_number_is_equal_to_nothing_elsewhere() -> None:
    damaged = Owner("张三", "3.3E+17", readable=False)
    assert damaged.key("a") != damaged.key("b")
    assert damaged.key("a") == damaged.key("a")


def test_others_see_a_surname_only() -> None:
    assert mask_name("张三") == "张*"
    assert mask_name("John Smith") == "J*"
    assert mask_name("嘉善某某有限公司") == "嘉*（单位）"
    assert mask_name("某某之家", "91350100M000100Y43") == "某*（单位）"
    assert mask_names([Owner("张三", ""), Owner("李四", "")]) == "张*、李*"
    assert not is_organisation("张三", "3.3E+17")
    assert mask_name("\ue000三") == "□*"


def test_of_a_hundred_heirs_the_first_stand_in_the_public_roll_and_their_number() -> None:
    masked = mask_names([Owner("某某有限公司", "")] * 100)
    assert masked == "、".join(["某*（单位）"] * 20) + "等100人"
    assert len(masked) <= 200
    assert mask_names([Owner("张三", "")] * 20).count("、") == 19


@given(st.text(max_size=30), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_cells_give_owners_with_a_name_or_a_number(names: str, numbers: str) -> None:
    for owner in read_owners(names, numbers).owners:
        assert owner.name or owner.number


@given(
    st.lists(st.text("张王李赵三四五", min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from("、，,；;/／\n"),
)
@settings(max_examples=60, deadline=None)
def test_joined_names_are_taken_apart_again(names: list[str], separator: str) -> None:
    assert split_names(separator.join(names)) == names
