"""Writes a paper as DOCX, with the look of the PDF, to be edited in any word processor: the same paper gives the same bytes.

 * A4, East Asian fonts are named, names of tables stand again on each page, boxes are characters.
 * Dates in the file are the paper's day, nobody is named as its author, and the package has one fixed time.

Not here: what stands on the paper (`layout.py`), the PDF (`pdf.py`), what Word is told (`docx_parts.py`). It takes up to
four seconds of computing (3,000 rows): not for the loop of a server.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from vote.certificate.spelling import day_zh
from vote.document.docx_parts import (
    FAINT,
    border_box,
    border_none,
    name_fonts,
    number_pages,
    repeat_row,
    say,
    shade,
    underline_cell,
    whole_row,
    widths,
)
from vote.document.layout import (
    Beside,
    Block,
    Details,
    Heading,
    Paper,
    Points,
    Signature,
    Table,
    Ticks,
    Words,
    Writing,
)

_SHORT, _LONG, _MARGIN = 210, 297, 20
_CODE = 24
_FIXED = (1980, 1, 1, 0, 0, 0)
_QUIET_MODULES = 2
_SIGNING = (12, 25, 43, 10, 12, 25, 43)
"""Twice: the word, the line, the day; a gap between."""


def render_docx(paper: Paper) -> bytes:
    """Return a paper as DOCX."""
    document = Document()
    _set_page(document, paper)
    width = (_LONG if paper.wide else _SHORT) - 2 * _MARGIN
    writer = _Writer(document, width)
    writer.head(paper)
    for block in paper.blocks:
        writer.block(block)
    writer.handler(paper)
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = f"{paper.title} {paper.head.estate}", "", "", ""
    about.created = about.modified = datetime.combine(paper.head.on, time.min)
    about.language, about.revision = "zh-CN", 1
    _drop_thumbnail(document)
    written = io.BytesIO()
    document.save(written)
    return _with_fixed_times(written.getvalue())


def _set_page(document: WordDocument, paper: Paper) -> None:
    section = document.sections[0]
    wide = paper.wide
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(_LONG), Mm(_SHORT)) if wide else (Mm(_SHORT), Mm(_LONG))
    section.left_margin = section.right_margin = section.bottom_margin = Mm(_MARGIN)
    section.top_margin = Mm(18)
    name_fonts(document)
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["Normal"]
    footer.paragraph_format.tab_stops.add_tab_stop(section.page_width - 2 * section.left_margin, WD_TAB_ALIGNMENT.RIGHT)
    say(footer, f"{paper.address}\t", size=9, color=FAINT)
    number_pages(footer)


def _drop_thumbnail(document: WordDocument) -> None:
    """Take out the small picture of the library's own empty page, which a file manager would show."""
    relations = document.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        del relations[key]


def _with_fixed_times(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as fixed:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, source.read(name))
    return target.getvalue()


class _Writer:
    """Writes block after block into one document."""

    def __init__(self, document: WordDocument, width: int) -> None:
        self._document = document
        self._width = width
        """Between the margins, in mm."""

    def head(self, paper: Paper) -> None:
        head = paper.head
        table = self._table(1, (_CODE, self._width - 2 * _CODE, _CODE))
        border_none(table)
        _, middle, right = table.rows[0].cells
        title = middle.paragraphs[0]
        say(title, paper.title, size=19, bold=True)
        lines = [title]
        for text, size, color in ((paper.english, 9.5, FAINT), (head.estate, 13, None)):
            lines.append(say(middle.add_paragraph(), text, size=size, color=color))
        number = f"编号：{head.number}　" if head.number else ""
        lines.append(say(middle.add_paragraph(), f"{number}{day_zh(head.on)}"))
        for line in lines:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if paper.address:
            picture = right.paragraphs[0]
            picture.add_run().add_picture(io.BytesIO(_code(paper.address)), width=Mm(_CODE - 3))
            below = say(right.add_paragraph(), "扫码看公开文本", size=8, color=FAINT)
            picture.alignment = below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if paper.private:
            box = self._paragraph(paper.private, size=9.5, bold=True)
            box.alignment = WD_ALIGN_PARAGRAPH.CENTER
            border_box(box)
        for rule in head.rules:
            line = self._paragraph("依据　", size=9.5)
            say(line, rule.citation, size=9.5, bold=True)
            say(line, f"：{rule.words}" if rule.words else "", size=9.5)
        if paper.addressee:
            self._paragraph(f"{paper.addressee}：", bold=True)

    def handler(self, paper: Paper) -> None:
        handler = paper.head.handler
        words = f"个人信息由{handler.name}处理，用于{handler.purpose}，保存{handler.kept}。查询、更正、删除：{handler.contact}。"
        line = self._paragraph(words, size=9, color=FAINT)
        line.paragraph_format.space_before = Pt(10)
        border_box(line, sides=("top",))

    def block(self, block: Block) -> None:
        match block:
            case Heading() | Words() | Points() | Ticks():
                self._sentences(block)
            case Details(rows):
                self._details(rows)
            case Table():
                self._listing(block)
            case Writing():
                self._sides((block,))
            case Beside(left, right):
                self._sides((left, right))
            case _:
                self._signatures(block.lines)

    def _sentences(self, block: Heading | Words | Points | Ticks) -> None:
        match block:
            case Heading(text):
                heading = self._paragraph(text, size=12.5, bold=True)
                heading.style = self._document.styles["Heading 2"]
                heading.paragraph_format.keep_with_next = True
            case Words(text, strong):
                self._paragraph(text, bold=strong).paragraph_format.first_line_indent = Pt(22)
            case Points(texts):
                for number, text in enumerate(texts, start=1):
                    line = self._paragraph(f"{number}. {text}")
                    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Pt(18), Pt(-18)
            case _:
                line = self._paragraph(f"{block.name}　" if block.name else "", bold=True)
                say(line, "　".join(str(box).replace(" ", "\u00a0") for box in block.boxes))

    def _paragraph(
        self, text: str, *, size: float = 11, bold: bool = False, color: RGBColor | None = None
    ) -> Paragraph:
        return say(self._document.add_paragraph(), text, size=size, bold=bold, color=color)

    def _table(self, rows: int, shares: Sequence[int]) -> WordTable:
        table: WordTable = self._document.add_table(rows, len(shares), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        widths(table, shares, self._width)
        return table

    def _details(self, rows: Sequence[tuple[str, str]]) -> None:
        table = self._table(len(rows), (1, 3))
        for row, (name, value) in zip(table.rows, rows, strict=True):
            say(row.cells[0].paragraphs[0], name)
            shade(row.cells[0])
            say(row.cells[1].paragraphs[0], value)
        self._gap()

    def _listing(self, block: Table) -> None:
        last = [block.total] if block.total else []
        rows = [tuple(column.name for column in block.columns), *block.rows]
        rows += [("",) * len(block.columns)] * block.blank_rows
        table = self._table(len(rows) + len(last), [column.share for column in block.columns])
        for place, (row, cells) in enumerate(zip(table.rows, rows + last, strict=True)):
            strong = place == 0 or place == len(rows)
            whole_row(row)
            for cell, text, column in zip(row.cells, cells, block.columns, strict=True):
                line = say(cell.paragraphs[0], text, size=10, bold=strong)
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if column.number else WD_ALIGN_PARAGRAPH.LEFT
                if strong:
                    shade(cell)
            if not any(cells):
                row.height = Mm(10)
        repeat_row(table.rows[0])
        self._gap()

    def _sides(self, sides: Sequence[Writing]) -> None:
        table = self._table(2, (1,) * len(sides))
        for side, name, room in zip(sides, table.rows[0].cells, table.rows[1].cells, strict=True):
            say(name.paragraphs[0], side.name, bold=True)
            shade(name)
            say(room.paragraphs[0], side.text)
            for _ in range(0 if side.text else side.lines):
                border_box(room.add_paragraph(), sides=("bottom", "between"))
        repeat_row(table.rows[0])
        self._gap()

    def _signatures(self, lines: Sequence[Signature]) -> None:
        self._gap(8)
        table = self._table(2 * -(-len(lines) // 2), _SIGNING)
        border_none(table)
        for row in table.rows:
            whole_row(row)
        for place, line in enumerate(lines):
            row, first = 2 * (place // 2), 4 * (place % 2)
            above, below = table.rows[row].cells, table.rows[row + 1].cells
            who = say(above[first].merge(above[first + 2]).paragraphs[0], f"{line.role}：{line.name}")
            who.paragraph_format.keep_with_next = True
            say(below[first].paragraphs[0], "签名")
            underline_cell(below[first + 1])
            say(below[first + 2].paragraphs[0], "日期　　　年　　月　　日")
            table.rows[row].height = Mm(9)
        self._gap(8)

    def _gap(self, points: int = 4) -> None:
        """Keep what follows a table from touching it."""
        gap = self._document.add_paragraph()
        gap.paragraph_format.line_spacing = Pt(points)
        gap.paragraph_format.space_after = Pt(0)


def _code(address: str) -> bytes:
    import segno  # noqa: PLC0415 - only paper needs it

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", border=_QUIET_MODULES, scale=8)
    return drawn.getvalue()
