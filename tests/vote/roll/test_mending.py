"""What a clerk's choices and edits make of a sheet."""

import pytest

from vote.errors import ContradictionError
from vote.roll.columns import Column
from vote.roll.headers import find_header
from vote.roll.kept_sheet import KeptSheet, decode_sheet, encode_sheet
from vote.roll.mending import (
    NOTHING,
    header_of,
    letter_of,
    mask_sample,
    mend,
    remembered,
    seen_columns,
    shown_header,
)
from vote.roll.rules import read_roll
from vote.roll.sheet import Merge, Sheet, make_sheet

PLAIN = make_sheet(
    "一", [["楼幢", "单元", "室号", "业主", "登记面积", "备用号"], ["1", "1", "101", "张三", "89.37", "138"]]
)
STRANGE = make_sheet("二", [["清册"], ["甲", "乙", "丙"], ["1-1-101", "张三", "89.37"], ["1-1-102", "李四", "90"]])
GROUPED = make_sheet(
    "三",
    [["房屋", "", "业主", "面积", ""], ["楼幢", "室号", "姓名", "套内", "共有"], ["1", "101", "张三", "80", "89.37"]],
    (Merge(0, 0, 0, 1), Merge(0, 3, 0, 4)),
)


@pytest.mark.parametrize(("position", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_spreadsheets(position: int, letter: str) -> None:
    assert letter_of(position) == letter


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("张三", "张*"),
        ("13800138000", "1**********"),
        ("89.37", "8*.3*"),
        ("汾湖路18号", "汾**1*号"),
        ("3幢2单元501室", "3幢2单元5**室"),
        ("一二三四五六七八九十一二三", "一***********…"),
        ("", ""),
    ],
)
def test_samples_show_the_form_and_not_the_content(text: str, covered: str) -> None:
    assert mask_sample(text) == covered


def test_the_header_is_found_or_the_fullest_row_stands_for_it() -> None:
    assert header_of(PLAIN).columns.keys() >= {Column.ROOM, Column.OWNER}
    assert header_of(STRANGE).first_row == 1
    assert header_of(STRANGE).texts == ("甲", "乙", "丙")
    assert header_of(Sheet("空", ())) is None


def test_columns_are_seen_with_what_they_are_taken_for() -> None:
    seen = seen_columns(header_of(PLAIN))
    assert [(each.letter, each.header, each.meaning) for each in seen] == [
        ("A", "楼幢", Column.BUILDING),
        ("B", "单元", Column.ENTRANCE),
        ("C", "室号", Column.ROOM),
        ("D", "业主", Column.OWNER),
        ("E", "登记面积", Column.REGISTER_AREA),
        ("F", "备用号", None),
    ]
    assert seen[3].samples == ("张*",)
    bare = make_sheet("四", [["甲", "乙", "", ""], ["1", "", "2", ""]])
    assert [(each.letter, each.header) for each in seen_columns(header_of(bare))] == [
        ("A", "甲"),
        ("B", "乙"),
        ("C", ""),
    ]


def test_a_named_column_is_read_as_such() -> None:
    mended = mend(STRANGE, {0: Column.PLACE, 1: Column.OWNER, 2: Column.REGISTER_AREA}, {})
    assert read_roll([mended]).units[1].area_dm2 == 9000
    assert mended.rows[0] == STRANGE.rows[0]


def test_the_clerks_column_is_the_only_one_where_there_may_be_but_one() -> None:
    mended = mend(PLAIN, {5: Column.OWNER}, {})
    assert find_header(mended, {}).columns[Column.OWNER] == (5,)
    assert mended.rows[0][3] == NOTHING
    both = mend(make_sheet("五", [["室号", "电话", "备用号"], ["1", "2", "3"]]), {2: Column.PHONE}, {})
    assert find_header(both, {}).columns[Column.PHONE] == (1, 2)


def test_a_column_can_be_left_out() -> None:
    assert Column.ENTRANCE not in find_header(mend(PLAIN, {1: None}, {}), {}).columns


def test_a_header_of_two_lines_becomes_one() -> None:
    mended = mend(GROUPED, {4: Column.REGISTER_AREA}, {})
    assert read_roll([mended]).units[0].area_dm2 == 8937
    assert mended.merges == ()


def test_cells_below_the_header_are_changed_and_no_others() -> None:
    mended = mend(PLAIN, {}, {1: {0: "x"}, 2: {4: "90", 99: "x"}, 9: {0: "x"}})
    assert mended.rows == (PLAIN.rows[0], ("1", "1", "101", "张三", "90", "138"))
    assert mended.merges == PLAIN.merges
    empty = Sheet("空", ())
    assert mend(empty, {0: None}, {1: {0: "x"}}) is empty


def test_what_was_said_of_headers_is_remembered_by_their_texts() -> None:
    assert remembered(header_of(PLAIN), {"备用号": Column.PHONE, "单元": None, "车牌": None}) == {
        1: None,
        5: Column.PHONE,
    }
    assert shown_header(" 备用号（可填） ") == "备用号"


def test_a_kept_sheet_comes_back_as_it_was() -> None:
    kept = KeptSheet((PLAIN, GROUPED), "三", {4: Column.REGISTER_AREA, 0: None}, {3: {4: "90"}})
    assert decode_sheet(encode_sheet(kept)) == kept
    with pytest.raises(ContradictionError):
        decode_sheet(b"x")


def test_the_sheet_to_look_at_is_the_named_one_else_the_first_that_is_seen() -> None:
    hidden = make_sheet("隐", [["a"]], hidden=True)
    assert KeptSheet((hidden, PLAIN)).sheet is PLAIN
    assert KeptSheet((hidden, PLAIN), "隐").sheet is hidden
    assert KeptSheet((hidden,)).sheet is hidden


def test_a_rows_changes_add_up_and_can_be_undone() -> None:
    kept = KeptSheet((PLAIN,)).edited(2, {4: "90"}).edited(2, {3: "李四"}).edited(3, {0: "x"})
    assert kept.edits == {2: {4: "90", 3: "李四"}, 3: {0: "x"}}
    assert kept.restored(2).edits == {3: {0: "x"}}
