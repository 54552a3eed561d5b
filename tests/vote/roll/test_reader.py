"""File formats, and files that are none."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.roll.messy import xls, xlsx
from vote.roll import reader
from vote.roll.reader import read_sheets
from vote.roll.refusal import SheetRefusedError
from vote.roll.sheet import Merge, cell_text, make_sheet, plain

ROWS: list[list[object]] = [["楼幢", "室号"], ["1幢", "101"]]
TEXTS = (("楼幢", "室号"), ("1幢", "101"))


@pytest.mark.parametrize(
    "data",
    [
        "楼幢,室号\n1幢,101\n".encode(),
        "楼幢,室号\r\n1幢,101\r\n".encode("utf-8-sig"),
        "楼幢,室号\n1幢,101\n".encode("gb18030"),
        "楼幢\t室号\n1幢\t101\n".encode("utf-16"),
        "楼幢;室号\n1幢;101\n".encode("gbk"),
        "楼幢|室号\n1幢|101\n\n\n".encode(),
        '"楼幢","室号"\n"1幢","101"'.encode(),
        '楼幢,室号\n1幢,="101"\n'.encode(),
    ],
)
def test_a_csv_file_is_read_in_every_spelling(data: bytes) -> None:
    (sheet,) = read_sheets(data)
    assert sheet.rows == TEXTS


def test_a_delimiter_inside_quotes_parts_nothing() -> None:
    (sheet,) = read_sheets('标题\n楼幢,权利人\n1幢,"张三;李四;王五"\n2幢,"赵六;钱七;孙八"\n'.encode())
    assert sheet.rows[2] == ("1幢", "张三;李四;王五")


def test_workbooks_keep_their_sheets_in_order() -> None:
    for data in (xlsx(("甲", ROWS), ("乙", [["x"]])), xls(("甲", ROWS), ("乙", [["x"]]))):
        sheets = read_sheets(data)
        assert [sheet.name for sheet in sheets] == ["甲", "乙"]
        assert sheets[0].rows == TEXTS


def test_a_hidden_sheet_is_known_to_be_hidden() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("甲").write(0, 0, "x")
    book.add_worksheet("乙").hide()
    book.add_chartsheet("图")
    book.close()
    assert [(sheet.name, sheet.hidden) for sheet in read_sheets(stream.getvalue())] == [("甲", False), ("乙", True)]


def test_a_merge_down_a_column_stands_in_every_row() -> None:
    rows: list[list[object]] = [["幢", "a", "b"], ["", "c", "d"], ["", "e", "f"]]
    (sheet,) = read_sheets(xlsx(("s", rows), merges={"s": [(0, 0, 2, 0)]}))
    assert [row[0] for row in sheet.rows] == ["幢", "幢", "幢"]


def test_a_merge_across_columns_or_beyond_the_data_fills_nothing() -> None:
    rows: list[list[object]] = [["标题", "", ""], ["a", "b", "c"]]
    (sheet,) = read_sheets(xlsx(("s", rows), merges={"s": [(0, 0, 0, 2)]}))
    assert sheet.rows[0] == ("标题", "", "")
    sheet = make_sheet("s", [["a"], [""]], (Merge(0, 0, 5, 0), Merge(0, 7, 3, 7)))
    assert sheet.rows == (("a",),)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x ", "x "),
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (89.37, "89.37"),
        (501.0, "501"),
        (330421800101001, "330421800101001"),
        (330421198001010013.0, "3.3042119800101e+17"),
        (0.1 + 0.2, "0.3"),
        (dt.date(2019, 8, 1), "2019年8月1日"),
        (dt.datetime(2019, 8, 1, 3, tzinfo=dt.UTC), "2019年8月1日"),
        (dt.time(1, 2), "01:02:00"),
    ],
)
def test_a_value_is_written_as_somebody_would(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_invisible_characters_are_dropped() -> None:
    assert plain("\ufeff 张\u200b三\u3000 李\u202e四\x7f\xa0") == "张三 李四"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 and nothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing",
        b"<html><table><tr><td>1</td></tr></table></html>",
        b"\xff\xfe\x00",
        b"a,b\x00c\n1,2\n",
        b"\x81\xff\x81\xff,\x80",
        b"one line without any delimiter",
        b'"' + b"a" * 200_000 + b'","b"\n',
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(SheetRefusedError, match="no xlsx, xls or csv"):
        read_sheets(data)


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_zip_file_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(SheetRefusedError, match="no xlsx, xls or csv"):
        read_sheets(zipped({"xl/worksheets/sheet1.xml": b"<x/>", "xl/worksheets/notes.txt": b"", "a": b""}))


def test_a_cell_absurdly_far_out_is_refused_before_it_takes_all_memory() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("s")
    sheet.write(0, 0, "x")
    sheet.write(1048575, 16383, "y")
    book.close()
    with pytest.raises(SheetRefusedError, match=r"sheet1\.xml: more than 5000000 cells"):
        read_sheets(stream.getvalue())


_FIRST = b'<row r="1"><c r="A1"><v>1</v></c></row>'


def workbook(rows: bytes, part: str = "worksheets/sheet1.xml") -> bytes:
    """Return a workbook whose one sheet lies at `part`, without help of a library that would spell it properly."""
    relation = b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return zipped(
        {
            "_rels/.rels": relations + relation + b'officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": relations
            + relation
            + f'worksheet" Target="{part}"/></Relationships>'.encode(),
            "xl/workbook.xml": b"<workbook "
            + main
            + b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            b'<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
            f"xl/{part}": b"<worksheet " + main + b"><sheetData>" + _FIRST + rows + b"</sheetData></worksheet>",
        }
    )


@pytest.mark.parametrize(
    ("far", "part"),
    [
        (b'<c r="XFD1048576"/>', "Worksheets/sheet1.xml"),
        (b'<c r="XFD1048576"/>', "elsewhere/sheet1.xml"),
        (b'<c r="XFD1048576"/>', "worksheets/sheet1"),
        (b'<c r="xfd1048576"/>', "worksheets/sheet1.xml"),
        (b'<c r="XFD00001048576"/>', "worksheets/sheet1.xml"),
        (b'<c r="&#88;FD1048576"/>', "worksheets/sheet1.xml"),
        (b"<c/>" * 16384, "worksheets/sheet1.xml"),
        (b"""<c x=' r="A1"'/>""" * 16384, "worksheets/sheet1.xml"),
    ],
    ids=["other case", "other folder", "no ending", "small letters", "zeros", "entity", "no place", "quoted place"],
)
def test_a_cell_far_out_is_found_wherever_and_however_it_is_written(far: bytes, part: str) -> None:
    with pytest.raises(SheetRefusedError, match="more than 5000000 cells"):
        read_sheets(workbook(b'<row r="1048576">' + far + b"</row>", part))


def test_rows_and_cells_without_a_place_follow_the_one_before() -> None:
    (sheet,) = read_sheets(workbook(b"<row><c><v>2</v></c><c><v>3</v></c></row>"))
    assert sheet.rows == (("1", ""), ("2", "3"))


@pytest.mark.parametrize(
    "rows", [b"<row>", b'<row r="1"><c r="1A"/></row>', b'<row r="x"/>'], ids=["open", "nowhere", "no number"]
)
def test_a_sheet_that_cannot_be_measured_is_refused(rows: bytes) -> None:
    with pytest.raises(SheetRefusedError, match="no xlsx, xls or csv"):
        read_sheets(workbook(rows))


def test_a_sheet_that_declares_entities_is_refused() -> None:
    with pytest.raises(SheetRefusedError, match="no xlsx, xls or csv"):
        read_sheets(zipped({"xl/a": b'<!DOCTYPE a [<!ENTITY b "c">]><a><sheetData/></a>'}))


@pytest.mark.parametrize("name", ["xl/workbook.bin", "content.xml"], ids=["xlsb", "ods"])
def test_formats_that_nobody_measures_are_refused(name: str) -> None:
    with pytest.raises(SheetRefusedError, match="no xlsx, xls or csv"):
        read_sheets(zipped({name: b""}))


@pytest.mark.parametrize("data", [b"a,b," * 30, b"a,b\n" * 30, b"a,b\n" * 9 + b"," * 9], ids=["wide", "long", "uneven"])
def test_a_csv_file_of_too_many_cells_is_refused(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_CELLS", 50)
    with pytest.raises(SheetRefusedError, match="csv: more than"):
        read_sheets(data)


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(SheetRefusedError, match="more than"):
        read_sheets(xlsx(("s", ROWS)))


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_FILE_BYTES", 10)
    with pytest.raises(SheetRefusedError, match="larger than"):
        read_sheets(b"a,b\n" * 10)


def test_a_protected_workbook_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Locked:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise python_calamine.PasswordError

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Locked)
    with pytest.raises(SheetRefusedError, match="protected by a password") as refusal:
        read_sheets(xlsx(("s", ROWS)))
    assert "密码" in refusal.value.detail_zh


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        try:
            sheets = read_sheets(start + data)
        except SheetRefusedError:
            continue
        assert all(len(row) == len(sheet.rows[0]) for sheet in sheets for row in sheet.rows)


def test_a_cut_workbook_is_refused() -> None:
    data = (Path(__file__).parents[2] / "data" / "roll-566.xlsx").read_bytes()
    with pytest.raises(SheetRefusedError):
        read_sheets(data[: len(data) // 2])
