"""Tells a word processor what python-docx has no words for: East Asian fonts, borders, shades, rows, numbers of pages.

Follows ECMA-376 part 1 (WordprocessingML). Not here: which text stands where (`docx.py`).
"""

from collections.abc import Iterable, Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LATIN, EAST_ASIAN = "Arial", "微软雅黑"
"""The sans faces of word processors in China; where one is missing, the processor takes another of the same kind."""
FAINT = RGBColor(0x3C, 0x3C, 0x3C)
_LINE = {"val": "single", "sz": "4", "space": "0", "color": "6E6E6E"}
_SHADE = "F4F4F4"
_SIDES = ("top", "left", "bottom", "right")
_STYLES = ("Normal", "Heading 2")


def name_fonts(document: Document) -> None:
    """Name the fonts of all styles that are used, and lay out Chinese text."""
    for name in _STYLES:
        style = document.styles[name]
        style.font.name, style.font.size = LATIN, Pt(11)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "eastAsiaTheme", "hAnsiTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), EAST_ASIAN)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(4)
        style.paragraph_format.line_spacing = 1.15
    document.styles["Heading 2"].paragraph_format.space_before = Pt(8)
    language = _element("w:lang", val="zh-CN", eastAsia="zh-CN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def say(
    paragraph: Paragraph, text: str, *, size: float = 11, bold: bool = False, color: RGBColor | None = None
) -> Paragraph:
    """Add words to a paragraph and return it; line breaks in them stay."""
    if text:
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        if color is not None:
            run.font.color.rgb = color
        _fonts_of(run)
    return paragraph


def number_pages(paragraph: Paragraph) -> None:
    """Add 第 1 页　共 2 页, counted by the word processor."""
    for text, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES"), (" 页", "")):
        say(paragraph, text, size=9, color=FAINT)
        if field:
            simple = _element("w:fldSimple", instr=field)
            run = paragraph.add_run("1")
            run.font.size, run.font.color.rgb = Pt(9), FAINT
            simple.append(run._r)  # noqa: SLF001 - the library has no words for fields
            paragraph._p.append(simple)  # noqa: SLF001


def border_none(table: Table) -> None:
    """Take a table's lines away."""
    properties = table._tbl.tblPr  # noqa: SLF001
    borders = OxmlElement("w:tblBorders")
    for side in (*_SIDES, "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="nil"))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def border_box(paragraph: Paragraph, *, sides: Iterable[str] = _SIDES) -> None:
    """Draw lines around a paragraph."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        borders.append(_element(f"w:{side}", **{**_LINE, "space": "4"}))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def underline_cell(cell: _Cell) -> None:
    """Draw the line to sign on."""
    borders = OxmlElement("w:tcBorders")
    borders.append(_element("w:bottom", **_LINE))
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001


def shade(cell: _Cell) -> None:
    """Shade a cell as the names of tables are."""
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_SHADE))  # noqa: SLF001


def repeat_row(row: _Row) -> None:
    """Let a row stand again on each page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))  # noqa: SLF001


def whole_row(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))  # noqa: SLF001


def widths(table: Table, shares: Sequence[int], width_mm: int) -> None:
    """Divide the width between the margins."""
    table.autofit = False
    total = sum(shares)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(width_mm * share / total)
        for cell in column.cells:
            cell.width = Mm(width_mm * share / total)


def _fonts_of(run: Run) -> None:
    run.font.name = LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), EAST_ASIAN)  # noqa: SLF001


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
