"""Every paper on real-size facts as PDF and DOCX: opened again, read, and looked at from outside."""

import hashlib
import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from docx import Document

from tests.vote.document.made import HEAD, PAPERS
from tests.vote.document.read import W, bare, pages_of, sizes_of, words_of, xml_of
from vote.document.docx import render_docx
from vote.document.layout import Beside, Column, Paper, Points, Table, Tick, Ticks, Words, Writing, printed_texts
from vote.document.pdf import render_pdf
from vote.errors import RefusedError

EVIL = [
    '#panic("x") #import "@preview/a:1.0.0": *',
    "$ sum $ *粗* _斜_ `码` <标签> @引用 // 注释 /* */",
    '#read("/etc/passwd") \\u{41} \\ ~ -- --- "引号" [方括号] {花括号}',
    '= 标题 #eval("1") & < > ]]> <w:br/>',
]
ORDER = {
    "tblPr": ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "shd"],
    "pPr": ["pStyle", "keepNext", "pBdr", "tabs", "spacing", "ind", "jc"],
    "rPr": ["rFonts", "b", "color", "sz", "lang"],
    "sectPr": ["footerReference", "type", "pgSz", "pgMar", "cols", "titlePg", "docGrid"],
}
"""In which order ECMA-376 wants what is in these; word processors call a file damaged that has another."""
FORMS = sorted(PAPERS)


@pytest.fixture(scope="module")
def pdfs():
    return {name: render_pdf(made.paper()) for name, made in PAPERS.items()}


@pytest.fixture(scope="module")
def docxs():
    return {name: render_docx(made.paper()) for name, made in PAPERS.items()}


def paper_of(*texts: str) -> Paper:
    return Paper("标题", "Title", HEAD, tuple(Words(text) for text in texts))


@pytest.mark.parametrize("form", FORMS)
def test_everything_stands_in_the_pdf(form, pdfs):
    pages = "".join(pages_of(pdfs[form]))
    assert [text for text in printed_texts(PAPERS[form].paper()) if bare(text) not in pages] == []


@pytest.mark.parametrize("form", FORMS)
def test_everything_stands_in_the_docx_in_the_same_order(form, docxs):
    words, at = words_of(docxs[form]), 0
    for text in printed_texts(PAPERS[form].paper()):
        assert bare(text) in words[at:], text
        at = words.index(bare(text), at) + len(bare(text))


@pytest.mark.parametrize("form", FORMS)
def test_both_are_a4_and_lie_on_the_same_side(form, pdfs, docxs):
    wide = form in {"delivery-register", "seal-register"}
    assert sizes_of(pdfs[form]) == {(841.9, 595.3) if wide else (595.3, 841.9)}
    section = Document(io.BytesIO(docxs[form])).sections[0]
    sides = (round(section.page_width.mm), round(section.page_height.mm))
    assert sides == ((297, 210) if wide else (210, 297))


@pytest.mark.parametrize("form", FORMS)
def test_every_page_is_numbered_and_no_long_table_loses_its_names(form, pdfs):
    pages = pages_of(pdfs[form])
    for number, text in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in text
    if form in {"roll-notice", "participation-list"}:
        assert all("专有面积（平方米）" in text for text in pages if "室" in text)


@pytest.mark.parametrize("form", FORMS)
def test_the_docx_is_put_together_as_word_processors_want_it(form, docxs):
    root = xml_of(docxs[form])
    for parent, order in ORDER.items():
        for each in root.iter(f"{W}{parent}"):
            names = [child.tag.removeprefix(W) for child in each]
            assert [order.index(name) for name in names] == sorted(order.index(name) for name in names), parent
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) == columns


@pytest.mark.parametrize("form", FORMS)
def test_every_word_of_the_docx_names_its_east_asian_font(form, docxs):
    fonts = {
        run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")
        for run in xml_of(docxs[form]).iter(f"{W}r")
        if run.find(f"{W}t") is not None
    }
    assert fonts == {"微软雅黑"}


def test_a_list_over_pages_repeats_its_names_in_the_docx(docxs):
    tables = xml_of(docxs["roll-notice"]).findall(f".//{W}tbl")
    roll = max(tables, key=lambda table: len(table.findall(f"{W}tr")))
    rows = roll.findall(f"{W}tr")
    assert len(rows) == 109
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 108
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_blank_rows_and_lines_are_there_to_write_on():
    paper = Paper(
        "标题", "Title", HEAD, (Table((Column("甲", 1), Column("乙", 1)), (("一", "二"),), 5), Writing("想法", "", 4))
    )
    document = Document(io.BytesIO(render_docx(paper)))
    assert [len(table.rows) for table in document.tables] == [1, 7, 2]
    room = document.tables[2].cell(1, 0)
    lines = [each for each in room.paragraphs if each._p.find(f".//{W}pBdr/{W}between") is not None]
    assert len(lines) == 4
    assert room.text.strip() == ""


@pytest.mark.parametrize("form", ["application", "result-notice"])
def test_the_same_paper_gives_the_same_bytes_in_any_process(form, pdfs, docxs):
    program = (
        "import sys, hashlib\n"
        "from tests.vote.document.made import PAPERS\n"
        "from vote.document.docx import render_docx\n"
        "from vote.document.pdf import render_pdf\n"
        f"paper = PAPERS[{form!r}].paper()\n"
        "for data in (render_pdf(paper), render_docx(paper)):\n"
        "    sys.stdout.write(hashlib.sha256(data).hexdigest() + ' ')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    expected = [hashlib.sha256(data).hexdigest() for data in (pdfs[form], docxs[form])]
    assert done.stdout.split() == expected


def test_the_docx_says_the_papers_day_and_no_name(docxs):
    about = Document(io.BytesIO(docxs["application"])).core_properties
    assert (about.created, about.modified) == (datetime(2026, 11, 25, tzinfo=UTC),) * 2
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.title == "成立业主大会筹备组申请书 汾湖花园（一期、二期及商业街区）"
    with zipfile.ZipFile(io.BytesIO(docxs["application"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_put_up_has_a_code_and_what_is_private_has_none(form, pdfs, docxs):
    private = bool(PAPERS[form].paper().private)
    with zipfile.ZipFile(io.BytesIO(docxs[form])) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        drawn = [archive.read(name)[:8] for name in pictures]
    assert drawn == ([] if private else [b"\x89PNG\r\n\x1a\n"])
    assert ("扫码看公开文本" in pages_of(pdfs[form])[0]) is not private
    assert (HEAD.address in pages_of(pdfs[form])[0]) is not private
    assert (HEAD.address in words_of(docxs[form])) is not private


def test_which_papers_are_private():
    assert {form for form in FORMS if PAPERS[form].paper().private} == {
        "candidate-form", "delivery-register", "filing-application", "joint-list", "member-list", "proxy",
    }  # fmt: skip


def test_words_are_never_run():
    paper = paper_of(*EVIL)
    pages, words = "".join(pages_of(render_pdf(paper))), words_of(render_docx(paper))
    assert [text for text in EVIL if bare(text) not in pages or bare(text) not in words] == []


def test_a_character_without_a_shape_is_refused_by_name():
    with pytest.raises(RefusedError, match=r"U\+1F642") as caught:
        render_pdf(paper_of("好🙂"))
    assert "有一个字印不出来" in caught.value.zh


def test_a_paper_needs_no_number_address_or_articles():
    bare_head = replace(HEAD, number="", address="", rules=(), on=date(2027, 1, 1))
    paper = Paper(
        "标题",
        "Title",
        bare_head,
        (Ticks("", (Tick("甲", ticked=True),)), Points(("一",)), Beside(Writing("左", ""), Writing("右", "话"))),
    )
    page, words = pages_of(render_pdf(paper))[0], words_of(render_docx(paper))
    for text in (page, words):
        assert "2027年1月1日" in text
        assert "■甲" in text
        assert "编号" not in text
        assert "依据" not in text
