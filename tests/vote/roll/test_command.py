"""The command as somebody types it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.vote.roll.messy import xlsx
from vote.roll.columns import Column, read_mapping
from vote.roll.command import app
from vote.roll.refusal import SheetRefusedError

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data"
ROWS: list[list[object]] = [
    ["幢号", "房间标识", "业主姓名", "证件号码", "建筑面积", "状态"],
    ["3", "101", "张三", "E1234567", "89.37㎡", "已交付"],
    ["3", "102", "李四", "", "", ""],
]


@pytest.fixture
def roll(tmp_path: Path) -> str:
    path = tmp_path / "清册.xlsx"
    path.write_bytes(xlsx(("甲", [["幢号", "室号", *ROWS[0][2:]], *ROWS[1:]]), ("乙", ROWS)))
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *arguments])
    return result.exit_code, result.output


def test_the_figures_of_the_shelf_are_in_the_json() -> None:
    code, output = run(str(DATA / "roll-566.xlsx"), "--json")
    expected = json.loads((DATA / "roll-566.expect.json").read_text())
    told = json.loads(output)
    assert code == 0
    assert {key: told[key] for key in expected} == expected


def test_each_finding_names_row_reason_and_what_was_done(roll: str) -> None:
    code, output = run(roll, "--json")
    assert code == 0
    assert json.loads(output)["findings"] == [
        {
            "row": 2,
            "outcome": "changed",
            "reason": "area respelled",
            "reason_zh": "面积写法已统一",
            "done": "read as 89.37 m2",
            "done_zh": "读作89.37平方米",
            "place": "3幢101室",
            "owner": "张*",
            "area_dm2": 8937,
        },
        {
            "row": 3,
            "outcome": "rejected",
            "reason": "area missing",
            "reason_zh": "缺面积",
            "done": "not counted",
            "done_zh": "不计入",
            "place": "3幢102室",
            "owner": "李*",
        },
    ]


def test_people_see_chinese_and_masked_names(roll: str) -> None:
    code, output = run(roll)
    assert code == 0
    for words in ("计票权", "89.37 ㎡", "缺面积", "退回", "张*", "没有用途栏"):
        assert words in output
    for name in ("张三", "李四", "E1234567"):
        assert name not in output


def test_a_clean_roll_shows_no_table_of_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("楼幢,室号,业主,建筑面积\n" + "".join(f"1,1{n:02},张三,9\n" for n in range(12)))
    code, output = run(str(path))
    assert code == 0
    assert "逐行结果" not in output


def test_many_rows_of_one_warning_are_shortened(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("楼幢,室号,业主,证件号码,建筑面积\n" + "".join(f"1,1{n:02},张三,,9\n" for n in range(12)))
    assert "12 行（第 2、3、4、5、6、7、8、9 等 行）" in run(str(path))[1]


def test_a_sheet_and_columns_can_be_named(roll: str) -> None:
    assert run(roll, "--sheet", "乙")[0] == 2
    code, output = run(roll, "--sheet", "乙", "--map", "室号=房间标识", "--json")
    assert code == 0
    assert json.loads(output)["columns"]["room"] == ["房间标识"]


def test_what_is_not_read_exits_with_two_and_says_why(roll: str, tmp_path: Path) -> None:
    code, output = run(roll, "--sheet", "丙")
    assert code == 2
    assert "没有名为“丙”的工作表" in output
    code, output = run(str(tmp_path / "none.xlsx"), "--json")
    assert code == 2
    assert json.loads(output)["reason"] == "malformed"
    assert "missing" in json.loads(output)["error"]
    assert run(str(tmp_path))[0] == 2


def test_a_mapping_names_a_column_in_any_spelling() -> None:
    assert read_mapping(["房号=甲", "owner=乙", "建筑面积=丙=丁"]) == {
        Column.ROOM: "甲",
        Column.OWNER: "乙",
        Column.REGISTER_AREA: "丙=丁",
    }


@pytest.mark.parametrize("pair", ["室号", "室号=", "颜色=甲", "=甲"])
def test_a_mapping_that_says_nothing_is_refused(pair: str) -> None:
    with pytest.raises(SheetRefusedError, match="COLUMN=HEADER is expected"):
        read_mapping([pair])


def test_the_largest_roll_is_read_in_a_moment_without_database_or_web() -> None:
    program = (
        "import sys; sys.argv = ['roll', 'check', sys.argv[1], '--json']\n"
        "from vote.roll.command import app\n"
        "try: app()\n"
        "finally: assert not {'tortoise', 'starlette', 'httpx'} & set(sys.modules)\n"
    )
    started = time.perf_counter()
    path = str(DATA / "roll-3551.xlsx")
    result = subprocess.run([sys.executable, "-c", program, path], cwd=ROOT, capture_output=True, check=True, text=True)
    assert json.loads(result.stdout)["units"] == 3551
    assert time.perf_counter() - started < 10  # It takes one second; a busy machine may be slower.
