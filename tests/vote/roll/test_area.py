"""Areas, one cell at a time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.roll.area import Area, AreaSource, is_blank, pick_area, read_area, write_area
from vote.roll.why import Why

WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
REGISTER, SURVEY, CONTRACT = AreaSource.REGISTER, AreaSource.SURVEY, AreaSource.CONTRACT


@pytest.mark.parametrize(
    ("text", "area_dm2"),
    [
        ("89.37", 8937),
        (" 89.37㎡", 8937),
        ("８９．３７㎡", 8937),
        ("89.37 平方米", 8937),
        ("89.37平米", 8937),
        ("89.37 M²", 8937),
        ("89.3", 8930),
        ("89", 8900),
        ("89.", 8900),
        ("89.370000", 8937),
        ("1,089.37", 108937),
        ("12,001,089", None),
        ("0089.37", 8937),
        ("89.36999999999999", 8937),
        ("104.12000000000001", 10412),
        ("0.009999999999999998", 1),
        ("0.01", 1),
        ("1000000", 100_000_000),
    ],
)
def test_an_area_is_read_however_it_is_spelled(text: str, area_dm2: int | None) -> None:
    assert read_area(text) == (area_dm2 or Why.AREA_TOO_LARGE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("见附件", Why.AREA_NOT_NUMBER),
        ("约89", Why.AREA_NOT_NUMBER),
        ("89.37.1", Why.AREA_NOT_NUMBER),
        ("89,37", Why.AREA_NOT_NUMBER),
        ("1,08,937", Why.AREA_NOT_NUMBER),
        ("8.9e1", Why.AREA_NOT_NUMBER),
        ("2026年8月9日", Why.AREA_NOT_NUMBER),
        ("㎡", Why.AREA_NOT_NUMBER),
        ("+89", Why.AREA_NOT_NUMBER),
        ("9" * 5000, Why.AREA_NOT_NUMBER),
        ("-12.5", Why.AREA_NEGATIVE),
        ("−12.5", Why.AREA_NEGATIVE),
        ("－１２．５", Why.AREA_NEGATIVE),
        ("89.375", Why.AREA_TOO_FINE),
        ("89.3749999999999", Why.AREA_TOO_FINE),
        ("0.00000000000001", Why.AREA_ZERO),
        ("0", Why.AREA_ZERO),
        ("-0.00", Why.AREA_ZERO),
        ("13800000000", Why.AREA_TOO_LARGE),
    ],
)
def test_a_faulty_area_is_named(text: str, why: Why) -> None:
    assert read_area(text) is why


@given(st.integers(1, 100_000_000), st.booleans(), st.booleans(), st.sampled_from(["", "㎡", " 平方米", "m2"]))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(area_dm2: int, wide: bool, thousands: bool, unit: str) -> None:  # noqa: FBT001
    text = write_area(area_dm2)
    if thousands:
        text = f"{int(text[:-3]):,}{text[-3:]}"
    assert read_area((text.translate(WIDE) if wide else text) + unit) == area_dm2


@given(st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_any_text_is_an_area_or_a_reason(text: str) -> None:
    area = read_area(text)
    assert isinstance(area, Why) or area > 0


def test_signs_for_nothing_are_blank() -> None:
    assert all(map(is_blank, ["", " ", "-", "/", "无", "未登记", "——"]))
    assert not is_blank("0")


def test_the_law_takes_register_before_survey_before_contract() -> None:
    cells = [(REGISTER, "3"), (SURVEY, "2"), (CONTRACT, "1")]
    assert pick_area(cells) == Area(300, REGISTER)
    assert pick_area([(REGISTER, "-"), *cells[1:]]) == Area(200, SURVEY)
    assert pick_area([(REGISTER, ""), (SURVEY, "无"), cells[2]]) == Area(100, CONTRACT)


def test_an_unusable_register_area_gives_way_and_is_told() -> None:
    assert pick_area([(REGISTER, "见附件"), (SURVEY, "x"), (CONTRACT, "2")]) == Area(200, CONTRACT, Why.AREA_NOT_NUMBER)


def test_where_no_area_is_usable_the_first_fault_counts() -> None:
    assert pick_area([(REGISTER, "-1"), (SURVEY, "x")]) is Why.AREA_NEGATIVE
    assert pick_area([(REGISTER, ""), (SURVEY, "")]) is Why.AREA_MISSING
