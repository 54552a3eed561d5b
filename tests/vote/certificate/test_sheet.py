import contextlib
import hashlib
import io
import subprocess
import sys
from dataclasses import replace

import pypdfium2
import pypdfium2.raw
import pytest
import typst
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.vote.certificate.sample import FACTS, MANIFEST, compose, later
from vote.certificate.content import certificate_digest, decode_certificate, encode_certificate
from vote.certificate.sheet import render_sheet, require_printable, sheet_name
from vote.certificate.wording import printed_text, sheet_view
from vote.errors import RefusedError

CERTIFICATE = compose()
EVIL = [
    '#panic("x") #import "@preview/a:1.0.0": *',
    "$ sum $ *粗* _斜_ `码` <标签> @引用 // 注释 /* */",
    '#read("/etc/passwd") \\u{41} \\ ~ -- --- "引号" [方括号] {花括号}',
    '= 标题 #eval("1") #sys.inputs',
    "'; DROP TABLE 业主; --",
]


@pytest.fixture(scope="module")
def pdf():
    return render_sheet(CERTIFICATE)


def text_of(data):
    """Return the words on each page, without blanks."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return ["".join(each.replace("\u200b", "").split()) for each in pages]


def fonts_of(data):
    """Return every font dictionary in the file."""
    reader = PdfFileReader(io.BytesIO(data))
    found = []
    for number in range(1, int(reader.trailer["/Size"])):
        with contextlib.suppress(PdfReadError):
            each = reader.get_object(Reference(number, 0, reader))
            if isinstance(each, dict) and each.get("/Type") == "/Font":
                found.append(each)
    return found


def test_the_same_certificate_gives_the_same_pdf_in_any_process(pdf):
    program = (
        "import sys, hashlib\n"
        "from vote.certificate.content import decode_certificate\n"
        "from vote.certificate.sheet import render_sheet\n"
        "sys.stdout.write(hashlib.sha256(render_sheet(decode_certificate(sys.stdin.buffer.read()))).hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=encode_certificate(CERTIFICATE), capture_output=True, check=True
    )
    assert done.stdout.decode() == hashlib.sha256(pdf).hexdigest()


def test_it_is_a4_and_every_page_is_numbered(pdf):
    document = pypdfium2.PdfDocument(pdf)
    sizes = {tuple(round(side, 1) for side in page.get_size()) for page in document}
    document.close()
    assert sizes == {(595.3, 841.9)}
    pages = text_of(pdf)
    for number, text in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in text
        assert f"校验码{certificate_digest(CERTIFICATE)[:16]}" in text


def test_it_says_the_result_on_the_first_page_and_the_rest_behind(pdf):
    first, *others = text_of(pdf)
    for words in (
        "业主大会表决结果证明",
        "当选5人：王建国",
        "没有形成决定",
        "76.14%",
        "演示：这里的业主和票都是编的",
        "组织者",
        "签收",
    ):
        assert words in first
    rest = "".join(others)
    for words in (
        "古丽巴哈尔·买买提26361.02%26,166.0561.02%当选",
        "2026年12月27日18:00",
        "延期投票没有通知到每一户",
        "《民法典》第280条第2款",
        FACTS.archive_sha256,
        "1" * 64,
        "到2028年1月9日为止",
    ):
        assert words in rest


def test_every_word_of_the_view_stands_on_it(pdf):
    printed = "".join(text_of(pdf))
    for each in printed_text(sheet_view(CERTIFICATE)).split("\n"):
        assert "".join(each.split()) in printed, each


def test_the_only_font_is_embedded_and_is_the_right_one(pdf):
    fonts = fonts_of(pdf)
    assert fonts
    assert {str(each["/BaseFont"]).partition("+")[2].partition("-")[0] for each in fonts} == {"NotoSansCJKsc"}
    for each in fonts:
        inner = each["/DescendantFonts"][0] if "/DescendantFonts" in each else each
        descriptor = inner["/FontDescriptor"]
        assert any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_no_glyph_is_missing(pdf):
    """Glyph 0 is .notdef; a font program that draws it would have it in its map to Unicode."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        words = page.get_textpage()
        for index in range(words.count_chars()):
            assert not pypdfium2.raw.FPDFText_HasUnicodeMapError(words, index)
            assert pypdfium2.raw.FPDFText_GetUnicode(words, index) not in {0, 0xFFFD}
    document.close()


def test_it_is_pdf_a_2b_and_names_the_certificate(pdf):
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert certificate_digest(CERTIFICATE).encode() in pdf
    assert b"D:20270109" in pdf


@pytest.mark.parametrize("evil", EVIL)
def test_a_title_is_printed_as_it_is_and_never_run(evil):
    title = f"DEMO {evil}"
    pages = text_of(render_sheet(compose(manifest=replace(MANIFEST, title=title))))
    assert "".join(title.split()) in pages[0]


def test_the_longest_texts_stay_on_the_page():
    long = "DEMO " + "业主" * 50 + "x" * 90
    office = "很长的名字" * 19
    certificate = compose(manifest=replace(MANIFEST, title=long), facts=replace(FACTS, offices=(office,) * 3))
    printed = "".join(text_of(render_sheet(certificate)))
    assert "".join(long.split()) in printed
    assert printed.count(office) == 3


@pytest.mark.parametrize("text", ["张😀", "王\U000e0100"])
def test_a_character_without_glyph_is_refused_by_name(text):
    facts = replace(FACTS, offices=(text, *FACTS.offices[1:]))
    certificate = replace(compose(), offices=facts.offices)
    with pytest.raises(RefusedError, match="cannot be printed"):
        render_sheet(certificate)
    with pytest.raises(RefusedError, match="cannot be printed"):
        require_printable(certificate)
    require_printable(compose())


def test_the_typesetter_too_refuses_a_missing_glyph(monkeypatch):
    """PDF/A allows none; so nothing that `require_glyphs` overlooks could be printed as a box."""
    monkeypatch.setattr("vote.certificate.sheet.require_glyphs", lambda text: None)
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        render_sheet(replace(compose(), offices=("张😀", *FACTS.offices[1:])))


def test_a_long_reason_leaves_the_frames_on_the_first_page():
    long = render_sheet(later(reason="理由" * 950))
    first, second, *_ = text_of(long)
    assert "签字（盖章）" in first
    assert "一、结果" not in first
    assert "签字（盖章）" not in second


def test_a_correction_and_a_revocation_say_so_on_the_first_page():
    for kind, words in (("correction", "本件更正并取代第1号证明"), ("revocation", "本件撤销第1号证明")):
        certificate = replace(later(), kind=kind)
        assert decode_certificate(encode_certificate(certificate)) == certificate
        assert words in text_of(render_sheet(certificate))[0]


def test_a_sheet_names_what_sets_it():
    assert sheet_name().startswith("typst ")
    assert "manimgx-fonts-cjk" in sheet_name()
    assert "certificate.typ" in sheet_name()
