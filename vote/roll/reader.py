"""Speaks the file formats: xlsx, xls and csv become sheets of text. The format is told by the bytes, not by the name.

 * csv may be UTF-8 with or without a mark, UTF-16 with one, or GB18030; the delimiter is the one that splits most
   lines alike.
 * A sheet whose farthest cell lies absurdly far out is refused before it is loaded: loading it would need more memory
   than there is.

Follows RFC 4180 for csv. Not here: what the cells mean.
"""

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from xml.parsers.expat import ExpatError, ParserCreate

import python_calamine

from vote.roll.refusal import SheetRefusedError
from vote.roll.sheet import Merge, Sheet, make_sheet

MAX_FILE_BYTES = 32 << 20
MAX_UNPACKED_BYTES = 512 << 20
MAX_CELLS = 5_000_000

_ZIP_START = b"PK\x03\x04"
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = (",", "\t", ";", "|")
_FORMULA_TEXT = re.compile(r'^="([^"]*)"$')
"""How programs write 0501 into csv so that a spreadsheet keeps it as text."""
_CELL_REFERENCE = re.compile(r"([A-Za-z]*)([0-9]*)")
_CELLS = b"sheetData"
"""What a part of a workbook has cells in, wherever it lies."""
_OTHER_FORMATS = ("workbook.bin", "content.xml")
"""What xlsb and ods are told by, which the library reads as well and nobody measures."""
_NO_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError, OSError, ExpatError,
)  # fmt: skip
"""What is raised where something else is opened as a zip of XML."""
_MARKED_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_sheets(data: bytes) -> list[Sheet]:
    """Read a file's sheets in their order; a csv file is one sheet named `csv`.

    Raises:
        SheetRefusedError: too large, protected by a password, or none of the three formats.
    """
    if len(data) > MAX_FILE_BYTES:
        raise SheetRefusedError(
            f"the file is larger than {MAX_FILE_BYTES >> 20} MB; remove pictures and sheets that are not the roll",
            f"文件超过 {MAX_FILE_BYTES >> 20} MB，请删去图片和与清册无关的工作表",
        )
    if data.startswith(_ZIP_START):
        _require_bounded(data)
        return _read_workbook(data)
    if data.startswith(_OLE_START):
        return _read_workbook(data)
    return [_read_csv(data)]


def _require_bounded(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
                raise _too_far("(zip)")
            if any(member.filename.lower().endswith(_OTHER_FORMATS) for member in members):
                raise _unreadable()
            for member in members:
                # The library follows the workbook's links, so a sheet may have any name.
                if _CELLS in (part := archive.read(member)):
                    _require_size(*_Extent.of(part), member.filename)
    except _NO_WORKBOOK:
        raise _unreadable() from None


class _Extent:
    """How far out the cells of a sheet lie; rows and cells that do not say where they are follow the one before."""

    def __init__(self) -> None:
        self.width = self.height = 0
        self._row = self._column = 0

    @classmethod
    def of(cls, part: bytes) -> tuple[int, int]:
        """Return the width and height of a sheet.

        Raises:
            ExpatError: it is no XML.
            ValueError: a cell is nowhere, or the sheet declares something of its own.
        """
        extent, parser = cls(), ParserCreate()
        parser.StartElementHandler, parser.StartDoctypeDeclHandler = extent._begin, _refuse_doctype
        parser.Parse(part, True)  # noqa: FBT003 - the only way to say that it is all
        return extent.width, extent.height

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif kind == "c":
            self._column += 1
            if (reference := attributes.get("r")) is not None:
                found = _CELL_REFERENCE.fullmatch(reference)
                if found is None:
                    raise ValueError(reference)
                self._column = _column_number(found[1].upper().encode())
                self.height = max(self.height, int(found[2] or 0))
        self.width, self.height = max(self.width, self._column), max(self.height, self._row)


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a sheet declares entities")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _require_size(width: int, height: int, name: str) -> None:
    if width * height > MAX_CELLS:
        raise _too_far(name)


def _read_workbook(data: bytes) -> list[Sheet]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _read_worksheet(book, meta.name, hidden=meta.visible != python_calamine.SheetVisibleEnum.Visible)
            for meta in book.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError:
        raise SheetRefusedError(
            "the workbook is protected by a password; save a copy without one",
            "工作簿设有密码，请另存一份不加密的再导入",
        ) from None
    except python_calamine.CalamineError:
        raise _unreadable() from None


def _read_worksheet(book: python_calamine.CalamineWorkbook, name: str, *, hidden: bool) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    _require_size(sheet.total_width, sheet.total_height, name)
    merges = tuple(Merge(*start, *end) for start, end in sheet.merged_cell_ranges or ())
    rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    return make_sheet(name, rows, merges, hidden=hidden)


def _read_csv(data: bytes) -> Sheet:
    text = _decode(data)
    best: list[list[str]] = []
    best_score = (-1, -1)
    for delimiter in _DELIMITERS:
        _require_size(text.count(delimiter) + text.count("\n"), 1, "csv")
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, lines = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        if (lines, width) > best_score:
            best, best_score = rows, (lines, width)
    if best_score[0] < 1:
        raise _unreadable()
    # Every row becomes as long as the longest.
    _require_size(max(map(len, best)), len(best), "csv")
    return make_sheet("csv", [[_FORMULA_TEXT.sub(r"\1", cell) for cell in row] for row in best])


def _decode(data: bytes) -> str:
    marked = [encoding for mark, encoding in _MARKED_ENCODINGS.items() if data.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not text.lstrip().startswith("<"):
            return text
    raise _unreadable()


def _unreadable() -> SheetRefusedError:
    return SheetRefusedError(
        "the file is no xlsx, xls or csv table; open it in a spreadsheet program and save it as xlsx",
        "文件不是 xlsx、xls 或 csv 表格，请用表格软件打开后另存为 xlsx",
    )


def _too_far(name: str) -> SheetRefusedError:
    return SheetRefusedError(
        f"{name}: more than {MAX_CELLS} cells; delete the stray cells far below or to the right of the table",
        f"{name}：超过 {MAX_CELLS} 个单元格，请删去表格下方或右侧很远处的多余单元格",
    )
