"""Whole rolls: the shelf's two against the truth that came with them, messy ones against the truth they were made from."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.vote.roll.messy import STYLES, MessyRoll, Typist, csv_text, xls, xlsx
from vote.roll.reader import read_sheets
from vote.roll.report import as_json
from vote.roll.rules import read_roll

DATA = Path(__file__).parents[2] / "data"
FORMATS = {
    "xlsx": lambda roll: xlsx(("业主清册", roll.rows), ("填表说明", [["请勿修改表头"]])),
    "xls": lambda roll: xls(("填表说明", [["请勿修改表头"]]), ("业主清册", roll.rows)),
    "utf-8": lambda roll: csv_text(roll.rows).encode(),
    "utf-8 with a mark": lambda roll: csv_text(roll.rows).encode("utf-8-sig"),
    "gb18030": lambda roll: csv_text(roll.rows).encode("gb18030"),
    "semicolons": lambda roll: csv_text(roll.rows, ";").encode(),
    "tabs": lambda roll: csv_text(roll.rows, "\t").encode("utf-16"),
}


def report(data: bytes) -> dict[str, Any]:
    return as_json(read_roll(read_sheets(data)))


def assert_true(told: dict[str, Any], roll: MessyRoll) -> None:
    expected = dict(roll.truth)
    assert set(told["rejected_reasons"]) == expected.pop("rejected_reasons")
    assert {key: told[key] for key in expected} == expected
    assert told["header_row"] == roll.titles + 1


def assert_every_row_is_told(told: dict[str, Any], rows: int) -> None:
    counts = dict(told["rows"])
    assert counts.pop("total") == sum(counts.values()) == rows
    numbers = [entry["row"] for entry in told["findings"] + told["ignored"]]
    assert len(set(numbers)) == len(numbers) == rows - counts["accepted"]


@pytest.mark.parametrize(("name", "rows"), [("roll-566", 736), ("roll-3551", 4311)])
def test_the_shelf_is_read_as_it_is_in_truth(name: str, rows: int) -> None:
    told = report((DATA / f"{name}.xlsx").read_bytes())
    expected = json.loads((DATA / f"{name}.expect.json").read_text())
    assert {key: told[key] for key in expected} == expected
    assert_every_row_is_told(told, rows)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(12))
def test_a_messy_roll_is_read_as_it_is_in_truth(style: str, seed: int) -> None:
    roll = Typist(seed, style).roll()
    told = report(FORMATS["xlsx"](roll))
    assert_true(told, roll)
    assert_every_row_is_told(told, len(roll.rows))


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_file_format_says_the_same(file_format: str) -> None:
    roll = Typist(77, "manager").roll()
    assert_true(report(FORMATS[file_format](roll)), roll)


@pytest.mark.parametrize("seed", range(4))
def test_an_estate_without_entrances_needs_no_column_for_them(seed: int) -> None:
    roll = Typist(seed, entrances=False).roll()
    assert_true(report(FORMATS["xlsx"](roll)), roll)


def test_the_report_holds_no_name_number_or_telephone() -> None:
    typist = Typist(5)
    text = json.dumps(report(FORMATS["xlsx"](typist.roll())), ensure_ascii=False)
    for person in [*typist.people, typist.developer]:
        assert person.name not in text
        assert person.number not in text
    assert not re.search(r"199[0-9]{7}", text)
