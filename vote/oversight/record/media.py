"""Looks at an attachment's bytes, never at its name: which of five media types it is, and whether it opens as one.

 * A PDF has pages, no password, nothing that runs or lies hidden in it or behind it. A picture is whole, of bounded size. A
   workbook has no macros, no hidden sheet and fetches nothing. A csv is text without formulas.
 * No file is two things at once: a PDF or picture that other programs open as an archive or a page is refused.
 * What a camera or program writes into a picture about place, device and people is taken out; its turning stays.

Not here: in which process that happens (`apart.py`).
"""

import io
import re
import zipfile
import zlib

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from vote.errors import Reason, RefusedError
from vote.oversight.record.picture import JPEG_START, PNG_START, clean_jpeg, clean_png
from vote.oversight.record.rules import MEDIA
from vote.roll.reader import read_sheets
from vote.roll.refusal import SheetRefusedError

PDF, PNG, JPEG, XLSX, CSV = MEDIA
MAX_OBJECTS = 200_000
_ZIP_START = b"PK\x03\x04"
_RUNNING = {
    "/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA", "/AA", "/SubmitForm",
    "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound", "/3D",
}  # fmt: skip
_PDF_END = b"%%EOF"
_PAGE_OR_PROGRAM = re.compile(rb"<(?:html|script|svg|!doctype|\?php)", re.IGNORECASE)
_SEEN_FIRST = 1024
"""Bytes that programs look at to tell what a file is."""
_FETCHING = ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/datamodel", "xl/webextensions/")
_HIDDEN_IN_IT = ("/embeddings/", "xl/activex/", "xl/macrosheets/", "customui/")
_PROGRAMS = ("vbaproject.bin", ".exe", ".js", ".dll", ".vbs")
_FORMULA = re.compile(r"[=@\t\r]|[+-].*[(|!]")
"""How a cell of a csv begins that spreadsheet programs work out."""


class FileRefusedError(RefusedError):
    """A file is none that can be published."""

    def __init__(self, detail: str, zh: str, reason: Reason = Reason.MALFORMED) -> None:
        super().__init__(reason, detail, zh=zh)


def look_at(data: bytes) -> tuple[str, bytes]:
    """Return the media type of a file, and its bytes without what nobody meant to publish.

    Raises:
        FileRefusedError: it is none of the five types, or does not open as one.
    """
    if data.startswith(b"%PDF-"):
        _require_one_thing(data, PDF)
        _require_pdf(data)
        return PDF, data
    if data.startswith((PNG_START, JPEG_START)):
        media, picture = _look_at_picture(data)
        _require_one_thing(picture, media)
        return media, picture
    if data.startswith(_ZIP_START):
        _require_workbook(data)
        return XLSX, data
    _require_csv(data)
    return CSV, data


def _broken(zh: str, en: str) -> FileRefusedError:
    return FileRefusedError(
        f"The {en} cannot be opened: save it again and choose the new file.", f"{zh}打不开，请重新保存一份再选。"
    )


def _look_at_picture(data: bytes) -> tuple[str, bytes]:
    try:
        if data.startswith(JPEG_START):
            return JPEG, clean_jpeg(data)
        return PNG, clean_png(data)
    except ValueError:
        raise _broken("这张图片", "picture") from None


def _require_one_thing(data: bytes, media: str) -> None:
    """Raise if a PDF or picture is something else for other programs."""
    _, ended, rest = data.rpartition(_PDF_END) if media == PDF else (b"", b"", b"")
    if (
        zipfile.is_zipfile(io.BytesIO(data))
        or _PAGE_OR_PROGRAM.search(data[:_SEEN_FIRST])
        or (ended and rest.strip(b"\0\t\n\f\r "))
    ):
        raise FileRefusedError(
            "Something else lies in this file: print or save it again and choose the new one.",
            "这个文件里夹带了别的东西，请重新打印或保存一份再选。",
        )


def _require_pdf(data: bytes) -> None:
    try:
        reader = PdfFileReader(io.BytesIO(data))
        if reader.encrypted:
            raise FileRefusedError(
                "The PDF has a password: save it without one.", "这个PDF有密码，请另存一份不加密的。"
            )
        pages = int(reader.root["/Pages"]["/Count"])
        running = _runs(reader.root)
    except (PdfError, KeyError, TypeError, ValueError, RecursionError, AttributeError, IndexError, OSError, zlib.error):
        raise _broken("这个PDF", "PDF") from None
    if pages < 1:
        raise _broken("这个PDF", "PDF")
    if running:
        raise FileRefusedError(
            "The PDF holds a program or another file: print it to a new PDF and choose that.",
            "这个PDF里带有程序或别的文件，请用打印功能另存为PDF再选。",
        )


def _runs(root: object) -> bool:
    """Whether something in a PDF runs, or another file lies in it."""
    waiting, seen = [root], set()
    while waiting:
        each = waiting.pop()
        if not isinstance(each, (DictionaryObject, ArrayObject)) or id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, ArrayObject):
            waiting += [each[number] for number in range(len(each))]
            continue
        if _RUNNING & each.keys() or each.get("/S") in _RUNNING or each.get("/Subtype") in _RUNNING:
            return True
        waiting += [each[key] for key in each if key != "/Parent"]
        if len(seen) > MAX_OBJECTS:
            raise ValueError("too much in it")
    return False


def _require_workbook(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = [name.lower() for name in archive.namelist()]
            names = set(listed)
            types = archive.read("[Content_Types].xml") if "[content_types].xml" in names else b""
            whole = len(names) == len(listed) and not archive.comment
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, KeyError, RuntimeError, zlib.error):
        raise _broken("这个表格", "workbook") from None
    if "xl/workbook.xml" not in names or not types:
        raise _unknown()
    if not whole:
        raise _broken("这个表格", "workbook")
    if b"macroenabled" in types.lower() or any(
        name.endswith(_PROGRAMS) or any(place in name for place in _HIDDEN_IN_IT) for name in names
    ):
        raise FileRefusedError(
            "The workbook holds a program or another file: save it as a plain xlsx.",
            "这个表格里带有宏或别的文件，请另存为普通的xlsx再选。",
        )
    if any(name.startswith(_FETCHING) for name in names):
        raise FileRefusedError(
            "The workbook fetches data from elsewhere: keep values only, and save it again.",
            "这个表格会从别的文件或网上取数据，请只保留数值，另存一份再选。",
        )
    try:
        sheets = read_sheets(data)
    except SheetRefusedError as refusal:
        raise FileRefusedError(
            f"The workbook cannot be published: {refusal.detail}.", f"表格不能公布：{refusal.detail_zh}。"
        ) from None
    if any(sheet.hidden for sheet in sheets):
        raise FileRefusedError(
            "The workbook has a hidden sheet: show it and look, or delete it.",
            "这个表格里有隐藏的工作表，请先显示出来核对，或者删掉，再选。",
        )


def _require_csv(data: bytes) -> None:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unknown()
    if data.lstrip()[:1] in {b"<", b"{", b"#", b"M", b"\x7f"} or b"," not in data:
        raise _unknown()
    try:
        (sheet,) = read_sheets(data)
    except SheetRefusedError:
        raise _unknown() from None
    if any(_FORMULA.match(cell) for row in sheet.rows for cell in row):
        raise FileRefusedError(
            "The sheet holds formulas, which run when it is opened: keep values only, and save it again.",
            "这个表格里有公式，打开时会运行。请只保留数值，另存一份再选。",
        )


def _unknown() -> FileRefusedError:
    return FileRefusedError(
        "Only PDF, PNG, JPEG, XLSX and CSV can be published: save it as one of them.",
        "只能公布PDF、图片（PNG、JPG）和表格（XLSX、CSV），请另存为其中一种再选。",
    )
