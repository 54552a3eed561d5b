"""What becomes of rows: small sheets, each about one thing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.roll.columns import Column
from vote.roll.refusal import SheetRefusedError
from vote.roll.report import as_json
from vote.roll.rules import RollReading, read_roll
from vote.roll.sheet import Merge, make_sheet
from vote.roll.why import DONE, ZH, Outcome, Why

HEADER = "序号|楼幢|单元|室号|权证号|权利人|证件号码|登记面积|实测面积|用途|状态"
ANNA, BERTA = "11010519491231002X", "440524188001010014"


def read(*rows: str, header: str = HEADER, merges: tuple[Merge, ...] = (), **options: Any) -> RollReading:
    lines = [list[object](row.split("|")) for row in (header, *rows)]
    return read_roll([make_sheet("清册", lines, merges)], **options)


def outcomes(reading: RollReading) -> dict[int, tuple[Outcome, tuple[Why, ...], int | None]]:
    return {finding.row: (finding.outcome, finding.whys, finding.other_row) for finding in reading.findings[1:]}


def told(reading: RollReading, *keys: str) -> list[Any]:
    report = as_json(reading)
    return [report[key] for key in keys]


FIRST = f"1|1幢|1单元|101|A|张三|{ANNA}|89.37||住宅|已交付"


def test_a_plain_row_is_accepted_without_a_word() -> None:
    reading = read(FIRST)
    assert outcomes(reading) == {}
    assert reading.accepted_rows == 1
    (unit,) = reading.units
    assert (str(unit.place), unit.area_dm2, unit.certificates, unit.rows) == ("1幢1单元101室", 8937, ("A",), (2,))


def test_a_row_of_the_same_place_with_another_owner_adds_the_owner_and_no_area() -> None:
    reading = read(FIRST, f"2|01#|1|0101|A|李四|{BERTA}|89.37㎡||住宅|已交付")
    assert outcomes(reading) == {3: (Outcome.CHANGED, (Why.CO_OWNER, Why.PLACE_RESPELLED, Why.AREA_RESPELLED), 2)}
    (entitlement,) = reading.entitlements
    assert [owner.name for owner in entitlement.owners] == ["张三", "李四"]
    assert entitlement.area_dm2 == 8937
    assert told(reading, "co_owner_rows_merged", "duplicate_rows") == [1, 0]
    assert reading.warnings == {}


def test_a_co_owner_with_another_certificate_is_something_to_look_at() -> None:
    reading = read(FIRST, f"2|1幢|1单元|101|B|李四|{BERTA}|89.37||住宅|已交付")
    assert reading.warnings == {Why.CERTIFICATE_DIFFERS: (3,)}


def test_a_co_owner_with_another_area_is_added_and_told() -> None:
    reading = read(FIRST, f"2|1幢|1单元|101|A|李四|{BERTA}|44.00||住宅|已交付")
    assert outcomes(reading) == {3: (Outcome.CHANGED, (Why.CO_OWNER, Why.CO_OWNER_AREA), 2)}
    assert reading.units[0].area_dm2 == 8937


def test_a_row_equal_but_for_serial_and_spaces_is_a_duplicate() -> None:
    reading = read(FIRST, f"9|1 幢|1单元|101|A|张三 |{ANNA}|89.37||住宅|已交付", FIRST)
    assert outcomes(reading) == {3: (Outcome.CHANGED, (Why.DUPLICATE,), 2), 4: (Outcome.CHANGED, (Why.DUPLICATE,), 2)}


def test_a_row_that_adds_no_owner_is_a_duplicate_however_spelled() -> None:
    reading = read(FIRST, f"2|一号楼|1梯|101室|C|张 三|{ANNA.lower()}|８９．３７||住宅|")
    assert outcomes(reading) == {3: (Outcome.CHANGED, (Why.DUPLICATE,), 2)}
    assert reading.units[0].certificates == ("A", "C")


def test_the_same_owners_with_another_area_are_rejected() -> None:
    reading = read(FIRST, f"2|1幢|1单元|101|A|张三|{ANNA}|89.38||住宅|已交付")
    assert outcomes(reading) == {3: (Outcome.REJECTED, (Why.AREA_CONFLICT,), 2)}


def test_duplicates_of_excluded_and_rejected_rows_are_duplicates() -> None:
    reading = read(
        f"1|1幢||车位1|A|张三|{ANNA}|12||车位|",
        f"2|1幢||车位1|A|张三|{ANNA}|12||车位|",
        "3|1幢|||A|张三||1|||",
        "4|1幢|||A|张三||1|||",
    )
    assert told(reading, "excluded_rows", "rejected_rows", "duplicate_rows", "excluded_area_dm2") == [1, 1, 2, 1200]


def test_an_excluded_row_needs_neither_room_nor_owner_nor_area() -> None:
    reading = read("1|||||||||车位|")
    assert outcomes(reading) == {2: (Outcome.EXCLUDED, (Why.PARKING,), None)}
    assert told(reading, "excluded_area_dm2") == [0]


def test_every_fault_of_a_rejected_row_is_told() -> None:
    reading = read(
        "1|1幢|1||A||||||", "2|1幢|1|102|A|张三||-3|||", "3||1|103|A|张三||8|||", "4|1幢|1|2026年1月2日||张三||8|||"
    )
    assert [whys for _, whys, _ in outcomes(reading).values()] == [
        (Why.ROOM_MISSING, Why.OWNER_MISSING, Why.AREA_MISSING),
        (Why.AREA_NEGATIVE,),
        (Why.BUILDING_MISSING,),
        (Why.PLACE_UNREADABLE,),
    ]
    assert told(reading, "rejected_reasons") == [
        ["area missing", "area is negative", "owner missing", "room missing", "building missing", "room is a date"]
    ]


def test_unsold_and_undelivered_units_are_one_entitlement_whoever_is_named() -> None:
    reading = read(
        "1|1幢|1单元|101|A|某某置业有限公司|X1|100||住宅|未售",
        f"2|1幢|1单元|102|B|张三|{ANNA}|50||住宅|已售未交付",
        f"3|1幢|1单元|103|C|张三|{ANNA}|70||住宅|已交付",
        "4|1幢|1单元|104|D||| 30||住宅|未售",
    )
    person, developer = reading.entitlements
    assert (person.number, person.area_dm2, person.developer, person.masked_owner) == (1, 7000, False, "张*")
    assert (developer.number, developer.area_dm2, developer.masked_owner) == (2, 18000, "建设单位")
    assert developer.owners == ()
    assert told(reading, "developer_units", "developer_area_dm2", "owners_with_several_units") == [3, 18000, 0]


def test_an_owner_called_unsold_is_the_developer() -> None:
    reading = read("1|101|未售|9", "1|102|待售|8", "1|103|张三|7", header="楼幢|室号|权利人|登记面积")
    assert told(reading, "developer_units", "developer_area_dm2", "entitlements") == [2, 1700, 2]


def test_one_unit_cannot_be_sold_and_unsold() -> None:
    reading = read(FIRST, "2|1幢|1单元|101|A|某某置业有限公司|X1|89.37||住宅|未售")
    assert outcomes(reading) == {3: (Outcome.REJECTED, (Why.STATUS_CONFLICT,), 2)}
    assert told(reading, "developer_units") == [0]


def test_a_co_owner_row_may_bring_the_status() -> None:
    reading = read(f"1|1幢|1单元|101|A|张三|{ANNA}|89.37||住宅|", f"2|1幢|1单元|101|A|李四|{BERTA}|89.37||住宅|未交付")
    assert outcomes(reading) == {3: (Outcome.CHANGED, (Why.CO_OWNER, Why.DEVELOPER), 2)}
    assert told(reading, "developer_units") == [1]


def test_an_owner_of_unsold_units_without_the_mark_is_something_to_look_at() -> None:
    rows = [
        f"{n}|1幢|1单元|10{n}|A|某某置业有限公司|X1234567|9||住宅|{status}" for n, status in enumerate(["未售", ""])
    ]
    assert read(*rows).warnings == {Why.DEVELOPER_ELSEWHERE: (3,)}


def test_entitlements_are_owner_sets_not_owners() -> None:
    reading = read(
        FIRST,
        f"2|1幢|1单元|102|B|张三、李四|{ANNA}、{BERTA}|50||住宅|",
        f"3|1幢|1单元|103|C|李四/张三|{BERTA}/{ANNA}|60||住宅|",
        f"4|1幢|1单元|104|D|张三|{ANNA.lower()}|70||住宅|",
    )
    assert [(one.number, one.area_dm2, len(one.units)) for one in reading.entitlements] == [
        (1, 15937, 2),
        (2, 11000, 2),
    ]
    assert told(reading, "owners_with_several_units") == [2]
    assert outcomes(reading) == {5: (Outcome.CHANGED, (Why.NUMBER_RESPELLED,), None)}


def test_two_people_of_one_name_stay_two_and_one_without_number_is_told_apart_by_name() -> None:
    rows = [f"{n}|1幢|1单元|10{n}|A|张三|{number}|9||住宅|" for n, number in enumerate([ANNA, BERTA, "", "无"])]
    reading = read(*rows)
    assert len(reading.entitlements) == 3
    assert reading.warnings == {Why.NUMBER_MISSING: (4, 5)}


def test_one_number_under_two_names_is_one_owner_to_look_at() -> None:
    reading = read(FIRST, f"2|1幢|1单元|102|B|张叁|{ANNA}|50||住宅|")
    assert len(reading.entitlements) == 1
    assert reading.warnings == {Why.NAMES_DIFFER: (3,)}


def test_damaged_numbers_are_never_equal() -> None:
    rows = [f"{n}|1幢|1单元|10{n}|A|张三|3.30421E+17|9||住宅|" for n in range(2)]
    reading = read(*rows)
    assert len(reading.entitlements) == 2
    assert reading.warnings == {Why.NUMBER_UNREADABLE: (2, 3)}


def test_odd_cells_are_accepted_and_told() -> None:
    reading = read("1|1幢|1单元|101|A|张三、李四|E1234567|9||阁楼|空置")
    assert reading.warnings == {
        Why.USAGE_UNKNOWN: (2,),
        Why.STATUS_UNKNOWN: (2,),
        Why.COUNT_DIFFERS: (2,),
        Why.NUMBER_MISSING: (2,),
    }


def test_survey_and_passed_over_areas_are_told() -> None:
    reading = read(f"1|1幢|1单元|101|A|张三|{ANNA}|见附件|9|住宅|", header=HEADER)
    assert outcomes(reading) == {2: (Outcome.CHANGED, (Why.AREA_PASSED_OVER, Why.AREA_FROM_SURVEY), None)}
    assert told(reading, "area_from_survey", "area_from_contract") == [1, 0]


def test_a_room_with_and_without_entrance_is_something_to_look_at() -> None:
    reading = read(FIRST, f"2|1幢||101|A|张三|{ANNA}|9||住宅|")
    assert reading.warnings == {Why.ENTRANCE_MISSING: (3,)}


def test_missing_optional_columns_are_told_once() -> None:
    reading = read("1|101|张三|9", "1|车位2|李四|9", header="楼幢|室号|权利人|合同面积")
    assert reading.warnings == dict.fromkeys((Why.NO_USAGE_COLUMN, Why.NO_STATUS_COLUMN, Why.NO_NUMBER_COLUMN), (1,))
    assert told(reading, "excluded_rows", "area_from_contract") == [1, 1]


def test_whole_places_need_no_other_column() -> None:
    reading = read("某某花园3幢2单元501室|张三|9", "某某花园3-2-502|李四|9", header="坐落|权利人|建筑面积")
    assert [str(unit.place) for unit in reading.units] == ["3幢2单元501室", "3幢2单元502室"]


def test_what_stands_before_every_building_is_dropped_but_not_what_tells_them_apart() -> None:
    header = "坐落|权利人|建筑面积"
    same = read("某某花园3幢2单元501室|张三|9", "某某花园4幢501室|李四|9", header=header)
    assert [str(unit.place) for unit in same.units] == ["3幢2单元501室", "4幢501室"]
    other = read("东区3幢501室|张三|9", "西区3幢501室|李四|9", header=header)
    assert [str(unit.place) for unit in other.units] == ["东区3幢501室", "西区3幢501室"]


def test_a_usual_whole_place_is_not_respelled() -> None:
    assert outcomes(read("3幢2单元501室|张三|9", header="坐落|权利人|建筑面积")) == {}


def test_rooms_without_buildings_are_refused_by_the_missing_column() -> None:
    with pytest.raises(SheetRefusedError, match="row 1: no column for 楼幢"):
        read("101|张三|9", header="室号|权利人|建筑面积")


def test_merged_cells_hold_for_every_row_they_cover() -> None:
    merges = tuple(Merge(1, column, 2, column) for column in (1, 2, 3, 7))
    reading = read(FIRST, f"2||||A|李四|{BERTA}|||住宅|已交付", merges=merges)
    assert told(reading, "units", "co_owner_rows_merged", "rejected_rows") == [1, 1, 0]


def test_unmerged_blanks_are_not_filled() -> None:
    reading = read(FIRST, f"2||||A|李四|{BERTA}|89.37||住宅|已交付")
    assert outcomes(reading) == {3: (Outcome.REJECTED, (Why.ROOM_MISSING,), None)}


def test_columns_for_co_owners_add_owners() -> None:
    header = "楼幢|室号|权利人|证件号码|共有人|共有人证件号|登记面积"
    reading = read(
        f"1|101|张三|{ANNA}|李四|{BERTA}|9",
        f"1|102|张三|{ANNA}|无||9",
        f"1|103|张三||李四|{BERTA}、E1234567|9",
        header=header,
    )
    assert [len(unit.owners) for unit in reading.units] == [2, 1, 3]
    assert reading.warnings[Why.COUNT_DIFFERS] == (4,)
    one_column = read(f"1|101|张三|{ANNA} {BERTA}|李四|9", header="楼幢|室号|权利人|证件号码|共有人|登记面积")
    assert [owner.number for owner in one_column.units[0].owners] == [ANNA, BERTA]


def test_lines_that_are_no_data_are_ignored_with_their_reason() -> None:
    reading = read(
        "||||||||||",
        "7||||||||||",
        "3号楼||||||||||",
        FIRST,
        HEADER,
        "1|2|3|4|5|6|7|8|9|10|11",
        "|必填|选填|必填||||||||",
        "|1幢小计||||||89.37|||",
        "合计|||||共1户||89.37|||",
        "||||||||||共 1 户",
        "|||共1户||||89.37|||",
        "注：以登记为准||||||||||",
        "制表人：王五|||审核：赵六|||||||",
        "以上数据由物业服务人提供||||||||||",
        "|本页由物业服务人提供，以登记为准|||||||||",
        "|某某花园业主清册|||||||||",
        "总计：590套，60234.96平方米|||||||60234.96|||",
        "合计|-|-|-|-|/|-|89.37|-||",
        "|||||||其中：套内面积(㎡)|公摊面积||",
        "|||||业主|证件号|建筑面积|||",
    )
    ignored = {finding.row: finding.whys[0] for finding in reading.findings if finding.outcome is Outcome.IGNORED}
    assert ignored == {
        1: Why.HEADER,
        2: Why.BLANK,
        3: Why.BLANK,
        4: Why.NOTE,
        6: Why.HEADER,
        7: Why.COLUMN_NUMBERS,
        8: Why.HEADER,
        9: Why.TOTAL,
        10: Why.TOTAL,
        11: Why.TOTAL,
        12: Why.TOTAL,
        13: Why.NOTE,
        14: Why.NOTE,
        15: Why.NOTE,
        16: Why.NOTE,
        17: Why.NOTE,
        18: Why.TOTAL,
        19: Why.TOTAL,
        20: Why.HEADER,
        21: Why.HEADER,
    }
    assert reading.accepted_rows == 1


def test_a_word_right_below_the_header_is_no_part_of_it() -> None:
    assert outcomes(read("|已交付|||||||||", FIRST)) == {2: (Outcome.IGNORED, (Why.NOTE,), None)}


def test_a_header_repeated_with_columns_of_no_meaning_is_a_header() -> None:
    header = "楼幢|室号|权利人|登记面积|抄表户号"
    assert outcomes(read("1幢|101|张三|9|7", header, header=header)) == {3: (Outcome.IGNORED, (Why.HEADER,), None)}


def test_lines_above_the_header_are_titles_or_blank() -> None:
    sheet = make_sheet("s", [["清册", ""], ["", ""], *[list[object](row.split("|")) for row in (HEADER, FIRST)]])
    reading = read_roll([sheet])
    assert [(finding.row, finding.whys[0]) for finding in reading.findings] == [
        (1, Why.TITLE),
        (2, Why.BLANK),
        (3, Why.HEADER),
    ]


def test_a_faulty_data_row_is_rejected_not_ignored() -> None:
    reading = read(
        "1|1幢|||||||||",
        "|2幢|||||||||",
        "|||||张三|||||",
        "|||||业主|||||",
        "||||||E1|||住宅|",
        "2|1幢|1|101|A|张三|||含阳台合计|住宅|",
        "3|1幢|1|-|A|张三|E1|89.37||住宅|",
    )
    assert {outcome for outcome, _, _ in outcomes(reading).values()} == {Outcome.REJECTED}
    assert len(outcomes(reading)) == 7


def test_a_total_in_the_owners_column_is_no_owner() -> None:
    assert outcomes(read(FIRST, "|1幢||共1套||合计||89.37|||")) == {3: (Outcome.IGNORED, (Why.TOTAL,), None)}


def test_phones_are_kept_for_letters() -> None:
    reading = read(f"1|101|张三|{ANNA}|9|19900000001", header="楼幢|室号|权利人|证件号码|登记面积|手机号")
    assert reading.units[0].phones == ("19900000001",)


def test_a_column_mapped_by_hand_is_used() -> None:
    reading = read("1|101|张三|9", header="楼幢|室号|权利人|面积", mapping={Column.REGISTER_AREA: "面积"})
    assert told(reading, "area_dm2") == [900]


def test_a_sheet_with_a_header_only_is_an_empty_roll() -> None:
    assert told(read(), "units", "entitlements", "area_dm2") == [0, 0, 0]


def test_every_reason_has_words_in_chinese_and_every_change_says_what_was_done() -> None:
    assert set(ZH) == set(Why)
    assert len(set(ZH.values())) == len(ZH)
    assert all(any(letter >= "\u4e00" for letter in words) for words in ZH.values())
    assert all(len(words) == 2 for words in DONE.values())


cells = st.sampled_from(
    ["", "1", "1幢", "101", "张三", ANNA, "9", "9.999", "车位", "未售", "合计", "注：", "3-2-501", "已交付", "x"]
)


@given(st.lists(st.lists(cells, min_size=11, max_size=11), max_size=12))
@settings(max_examples=120, deadline=None)
def test_whatever_stands_in_a_sheet_every_row_is_accounted_for(rows: list[list[str]]) -> None:
    reading = read(*["|".join(row) for row in rows])
    report = as_json(reading)
    counts = dict(report["rows"])
    assert counts.pop("total") == sum(counts.values())
    assert report["area_dm2"] == sum(unit.area_dm2 for unit in reading.units)
    assert sum(one.area_dm2 for one in reading.entitlements) == report["area_dm2"]
    assert sum(len(unit.rows) for unit in reading.units) == len(reading.units) + report["co_owner_rows_merged"]
    assert [one.number for one in reading.entitlements] == list(range(1, len(reading.entitlements) + 1))
