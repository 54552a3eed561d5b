"""What may be attached, told by its bytes, and what is taken out of a picture."""

import io
import zipfile
import zlib
from contextlib import suppress

import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from tests.vote.oversight.record.made import CSV, exif, jpeg, jpeg_part, part, pdf, png, workbook
from vote.oversight.record.apart import look_apart
from vote.oversight.record.media import FileRefusedError, look_at
from vote.oversight.record.picture import PNG_START, clean_jpeg, clean_png

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (pdf(), "application/pdf"),
        (png(), "image/png"),
        (jpeg(), "image/jpeg"),
        (workbook(), XLSX),
        (CSV, "text/csv"),
        ("日期,收入\n2026-11-01,1\n".encode("gb18030"), "text/csv"),
    ],
)
def test_a_file_is_what_its_bytes_say(data: bytes, media_type: str) -> None:
    assert look_at(data) == (media_type, data)


def _zip(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\nnothing", "cannot be opened"),
        (pdf("/Names << /JavaScript << /Names [] >> >>"), "a program or another file"),
        (pdf("/AcroForm << /XFA [] >>"), "a program or another file"),
        (pdf(page="/Annots [<< /Subtype /RichMedia >>]"), "a program or another file"),
        (pdf(page="/Annots [<< /A << /S /SubmitForm >> >>]"), "a program or another file"),
        (pdf("/Loop [1 0 R 2 0 R [1 0 R]]", page="/AA << >>"), "a program or another file"),
        (pdf(count=0), "cannot be opened"),
        (pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "a program or another file"),
        (pdf("/Names << /EmbeddedFiles << /Names [] >> >>"), "a program or another file"),
        (pdf(page="/AA << /O << /S /Launch >> >>"), "a program or another file"),
        (png()[:-1], "cannot be opened"),
        (jpeg()[:-2], "cannot be opened"),
        (_zip("word/document.xml"), "Only PDF"),
        (b"PK\x03\x04broken", "cannot be opened"),
        (_zip("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "a program or another file"),
        (_zip("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "a program or another file"),
        (_zip("[Content_Types].xml", "xl/workbook.xml", "xl/embeddings/a.docx"), "a program or another file"),
        (_zip("[Content_Types].xml", "xl/workbook.xml", "xl/activeX/activeX1.xml"), "a program or another file"),
        (_zip("[Content_Types].xml", "xl/workbook.xml", "xl/externalLinks/externalLink1.xml"), "from elsewhere"),
        (_zip("[Content_Types].xml", "xl/workbook.xml", "xl/connections.xml"), "from elsewhere"),
        (_zip("[Content_Types].xml", "xl/workbook.xml", "XL/Workbook.xml"), "cannot be opened"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "cannot be published"),
        (workbook().replace(b"[Content_Types].xml", b"[content_types].xml"), "cannot be opened"),
        (b"<html><script>alert(1),2</script>", "Only PDF"),
        (b"MZ\x90,\x00\x03", "Only PDF"),
        (b"just words", "Only PDF"),
        (b"", "Only PDF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>a,b</script></svg>', "Only PDF"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg onload="a(1,2)"/>', "Only PDF"),
        ('<svg onload="a(1,2)"/>'.encode("utf-16"), "Only PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + b",", "Only PDF"),
        (b"#!/bin/sh\nrm a, b\n", "Only PDF"),
        (b'a,b\n=cmd|"/c calc"!A1,1\n', "holds formulas"),
        (b'a,b\n"@SUM(1,2)",1\n', "holds formulas"),
        (b'a,b\n+cmd|"/c calc"!A1,1\n', "holds formulas"),
        (b'a,b\n"-HYPERLINK(""http://a"")",1\n', "holds formulas"),
    ],
)
def test_what_is_none_of_the_five_or_broken_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words) as refused:
        look_at(data)
    assert refused.value.zh


def test_amounts_and_telephones_are_no_formulas() -> None:
    data = '日期,金额\n2026-11-01,-100.00\n+86 573,="0501"\n'.encode()
    assert look_at(data) == ("text/csv", data)


def _with(name: str, content: bytes) -> bytes:
    """A workbook with another part in place of its own."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return held.getvalue()


def _part_of_workbook(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        return archive.read(name)


def test_a_workbook_whose_kinds_of_parts_allow_macros_is_refused() -> None:
    kinds = _part_of_workbook("[Content_Types].xml")
    macro = kinds.replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
    with pytest.raises(FileRefusedError, match="a program or another file"):
        look_at(_with("[Content_Types].xml", macro))


def test_a_workbook_with_a_hidden_sheet_is_refused() -> None:
    hidden = _part_of_workbook("xl/workbook.xml").replace(b"<sheet ", b'<sheet state="hidden" ')
    with pytest.raises(FileRefusedError, match="has a hidden sheet"):
        look_at(_with("xl/workbook.xml", hidden))


def test_a_workbook_that_unpacks_to_more_than_any_needs_is_refused() -> None:
    """600 MB of spaces in half a megabyte, and a small sheet whose farthest cell lies absurdly far out."""
    held = io.BytesIO(workbook())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as part:
        for _ in range(600):
            part.write(b" " * (1 << 20))
    assert len(held.getvalue()) < 1 << 20
    with pytest.raises(FileRefusedError, match=r"cannot be published: .*cells"):
        look_at(held.getvalue())
    far = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
    with pytest.raises(FileRefusedError, match=r"cannot be published: .*cells"):
        look_at(_with("xl/worksheets/sheet1.xml", far))


def test_a_workbook_with_a_remark_behind_it_is_refused() -> None:
    held = io.BytesIO(workbook())
    with zipfile.ZipFile(held, "a") as archive:
        archive.comment = b"<html>"
    with pytest.raises(FileRefusedError, match="cannot be opened"):
        look_at(held.getvalue())


def test_a_broken_part_of_a_workbook_is_refused() -> None:
    data = bytearray(workbook())
    data[60:80] = bytes(20)
    with pytest.raises(FileRefusedError):
        look_at(bytes(data))


@pytest.mark.parametrize(
    "data",
    [
        pdf() + _zip("a.class"),
        pdf() + b"<html><script>alert(1)</script>",
        pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<html><script>alert(1)</script>\n"),
        pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<?php system(1)?>\n"),
        pdf().replace(b"%%EOF", b"%" + _zip("a.class").replace(b"\n", b"") + b"\n%%EOF"),
        png(3, 2, part(b"iCCP", _zip("a.class"))),
        jpeg(jpeg_part(0xE2, b"ICC_PROFILE\0" + _zip("a.class"))),
    ],
)
def test_a_file_that_is_two_things_at_once_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefusedError, match="Something else lies in this file") as refused:
        look_at(data)
    assert "夹带" in refused.value.zh


def test_a_pdf_with_a_password_is_refused() -> None:
    held = io.BytesIO()
    writer = PdfFileWriter()
    writer.insert_page(PageObject(contents=writer.add_object(StreamObject(stream_data=b"")), media_box=(0, 0, 9, 9)))
    writer.encrypt(owner_pass="x")
    writer.write(held)
    with pytest.raises(FileRefusedError, match="has a password"):
        look_at(held.getvalue())


def test_a_pdf_with_too_much_in_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.oversight.record.media.MAX_OBJECTS", 2)
    with pytest.raises(FileRefusedError, match="cannot be opened"):
        look_at(pdf())


def test_a_png_loses_texts_places_and_remarks() -> None:
    more = [
        part(b"tEXt", b"Author\0Zhang San"),
        part(b"eXIf", b"N30.84"),
        part(b"tIME", b"1234567"),
        part(b"acTL", bytes(8)),
    ]
    assert clean_png(png(3, 2, *more)) == png()
    assert clean_png(png(3, 2, part(b"gAMA", bytes(4)))) == png(3, 2, part(b"gAMA", bytes(4)))


def test_a_photograph_loses_place_and_remarks_and_keeps_its_turning() -> None:
    place = jpeg_part(0xE1, exif((0x0110, 7), (0x0112, 6)))
    found = clean_jpeg(jpeg(jpeg_part(0xE0, b"JFIF\0"), place, jpeg_part(0xED, b"IPTC"), jpeg_part(0xFE, b"remark")))
    turned = jpeg_part(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0")
    assert found == jpeg(jpeg_part(0xE0, b"JFIF\0"), turned)


@pytest.mark.parametrize(
    "part",
    [
        exif((0x0112, 1)),
        exif((0x0110, 6)),
        exif(),
        b"Exif\0\0XX\0*",
        b"http://ns.adobe.com/xap/1.0/\0<x/>",
        exif((0x0112, 6), order=">")[:20],
    ],
)
def test_what_says_nothing_of_turning_goes_whole(part: bytes) -> None:
    assert clean_jpeg(jpeg(jpeg_part(0xE1, part))) == jpeg()


def test_turning_is_read_in_either_order_of_bytes() -> None:
    assert clean_jpeg(jpeg(jpeg_part(0xE1, exif((0x0112, 8), order="<")))) == clean_jpeg(
        jpeg(jpeg_part(0xE1, exif((0x0112, 8))))
    )


def test_what_lies_behind_a_photograph_goes() -> None:
    assert clean_jpeg(jpeg(after=b"hidden zip")) == jpeg()
    assert clean_jpeg(jpeg(after=jpeg())) == jpeg()
    assert clean_jpeg(jpeg(jpeg_part(0xE2, b"MPF\0other pictures"))) == jpeg()


def test_a_photograph_in_several_scans_stays_whole() -> None:
    more = jpeg_part(0xC4, b"\0" * 19) + jpeg_part(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x77\xff\xd0\x78\xff\xff"
    several = jpeg()[:-2] + more + b"\xff\xd9"
    assert clean_jpeg(several + b"behind") == several


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"\xff\xd8\x00\xe0\x00\x02",
        b"\xff\xd8\xff\xe0\x00\x01",
        b"\xff\xd8\xff\xe0\x00\x09",
        jpeg(width=0),
        jpeg(width=60_000, height=60_000),
        b"\xff\xd8" + jpeg_part(0xDA, b"\x01") + b"\xff\xd9",
        jpeg()[:-8] + b"\xff\xd9",
        jpeg()[:-2] + b"\xff",
        b"\xff\xd8\xff\xd9",
    ],
)
def test_a_broken_photograph_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any says so
        clean_jpeg(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        png() + b"x",
        png()[:20] + b"x" + png()[21:],
        png(0, 2),
        png(20_000, 20_000),
        png(pixels=b"\0" * 100_000),
        png(3, 2, part(b"IHDR", bytes(13))),
        PNG_START + part(b"IHDR", bytes(9)) + part(b"IEND", b""),
        PNG_START + part(b"gAMA", bytes(4)) + png()[8:],
        png(3, 2, part(b"IDAT", zlib.compress(b"\0" * 8))),
        png().replace(part(b"IEND", b""), part(b"IDAT", b"behind") + part(b"IEND", b"")),
        png()[:8] + png()[33:],
        png().replace(b"IDAT", b"IDAU"),
    ],
)
def test_a_broken_png_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        clean_png(data)


def test_pixels_that_do_not_unpack_are_refused() -> None:
    whole = png()
    at = whole.index(b"IDAT")
    size = int.from_bytes(whole[at - 4 : at], "big")
    body = b"\xff" * size

    broken = whole[: at + 4] + body + zlib.crc32(b"IDAT" + body).to_bytes(4, "big") + whole[at + 8 + size :]
    with pytest.raises(ValueError):  # noqa: PT011
        clean_png(broken)


def test_whatever_a_broken_file_is_it_is_refused_and_nothing_worse() -> None:
    """Each byte of small whole files set to others, in turn."""
    for whole in (pdf(), png(), jpeg(), CSV):
        for at in range(len(whole)):
            for other in (0, 0x2F, 0x3C, 0xFF):
                with suppress(FileRefusedError):
                    look_at(whole[:at] + bytes((other,)) + whole[at + 1 :])


def test_files_are_looked_at_in_another_process() -> None:
    assert look_apart([]) == []
    assert [media for media, _ in look_apart([pdf(), CSV])] == ["application/pdf", "text/csv"]
    with pytest.raises(FileRefusedError, match="Only PDF"):
        look_apart([b"just words"])
