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
from collections import Counter
from typing import Self
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

import python_calamine

from vote.roll.refusal import SheetRefusedError
from vote.roll.sheet import Merge, Sheet, make_sheet

MAX_FILE_BYTES = 32 << 20
MAX_UNPACKED_BYTES = 512 << 20
MAX_CELLS = 5_000_000
MAX_TEXT = 64 << 20
"""Characters that cells may share; a text is kept once in the file and once for each of its cells in memory."""

_ZIP_START = b"PK\x03\x04"
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = (",", "\t", ";", "|")
_FORMULA_TEXT = re.compile(r'^="([^"]*)"$')
"""How programs write 0501 into csv so that a spreadsheet keeps it as text."""
_CELL_REFERENCE = re.compile(r"([A-Za-z]*)([0-9]*)")
_CELLS = b"sheetData"
"""What a part of a workbook has cells in, wherever it lies."""
_SHARED = "sharedstrings.xml"
_OTHER_FORMATS = ("workbook.bin", "content.xml")
"""What xlsb and ods are told by, which the library reads as well and nobody measures."""
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
            shared = [_Texts.of(archive.read(each)) for each in members if each.filename.lower().endswith(_SHARED)]
            if len(shared) > 1:
                raise _unreadable()
            left = MAX_TEXT
            for member in members:
                # The library follows the workbook's links, so a sheet may have any name.
                if _CELLS in (part := archive.read(member)):
                    extent = _Extent.of(part)
                    _require_size(extent.width, extent.height, member.filename)
                    left -= sum(shared[0][index] for index in extent.shared) if shared else 0
                    if left < 0:
                        raise _too_far(member.filename)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        RuntimeError,
        ValueError,
        IndexError,
        OSError,
        ExpatError,
    ):
        raise _unreadable() from None


class _Extent:
    """How far out the cells of a sheet lie; rows and cells that do not say where they are follow the one before."""

    def __init__(self) -> None:
        self.width = self.height = 0
        self.shared: list[int] = []
        """The numbers of the texts that cells share."""
        self._row = self._column = 0
        self._number: str | None = None
        self._of_shared = False

    @classmethod
    def of(cls, part: bytes) -> Self:
        """Measure a sheet.

        Raises:
            ExpatError: it is no XML.
            ValueError: a cell is nowhere, or the sheet declares something of its own.
        """
        extent, parser = cls(), _parser()
        parser.StartElementHandler, parser.EndElementHandler = extent._begin, extent._end
        parser.CharacterDataHandler = extent._read
        parser.Parse(part, True)  # noqa: FBT003 - the only way to say that it is all
        return extent

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        kind = _local(tag)
        if kind == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif kind == "c":
            self._column, self._of_shared = self._column + 1, attributes.get("t") == "s"
            if (reference := attributes.get("r")) is not None:
                found = _CELL_REFERENCE.fullmatch(reference)
                if found is None:
                    raise ValueError(reference)
                self._column = _column_number(found[1].upper().encode())
                self.height = max(self.height, int(found[2] or 0))
        elif kind == "v" and self._of_shared:
            self._number = ""
        self.width, self.height = max(self.width, self._column), max(self.height, self._row)

    def _read(self, text: str) -> None:
        if self._number is not None:
            self._number += text

    def _end(self, tag: str) -> None:
        if self._number is not None and _local(tag) == "v":
            self.shared.append(int(self._number))
            self._number = None


class _Texts:
    """How long the texts are that cells share."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    @classmethod
    def of(cls, part: bytes) -> list[int]:
        """Return their lengths by their numbers."""
        texts, parser = cls(), _parser()
        parser.StartElementHandler, parser.CharacterDataHandler = texts._begin, texts._read
        parser.Parse(part, True)  # noqa: FBT003 - the only way to say that it is all
        return texts.lengths

    def _begin(self, tag: str, _: dict[str, str]) -> None:
        if _local(tag) == "si":
            self.lengths.append(0)

    def _read(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


def _parser() -> XMLParserType:
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a part declares entities")


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
