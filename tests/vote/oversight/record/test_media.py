"""What may be attached, told by its bytes, and what is taken out of a picture."""

import io
import zipfile
import zlib

import pytest

from tests.vote.oversight.record.made import CSV, exif, jpeg, jpeg_part, pdf, png, workbook
from vote.oversight.record.apart import look_apart
from vote.oversight.record.media import FileRefusedError, look_at
from vote.oversight.record.picture import clean_jpeg, require_png

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
        (pdf(count=0), "cannot be opened"),
        (pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "a program or another file"),
        (pdf("/Names << /EmbeddedFiles << /Names [] >> >>"), "a program or another file"),
        (pdf(page="/AA << /O << /S /Launch >> >>"), "a program or another file"),
        (png()[:-1], "cannot be opened"),
        (jpeg()[:-2], "cannot be opened"),
        (_zip("word/document.xml"), "Only PDF"),
        (b"PK\x03\x04broken", "cannot be opened"),
        (_zip("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "a program or another file"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "cannot be published"),
        (b"<html><script>alert(1),2</script>", "Only PDF"),
        (b"MZ\x90,\x00\x03", "Only PDF"),
        (b"just words", "Only PDF"),
        (b"", "Only PDF"),
    ],
)
def test_what_is_none_of_the_five_or_broken_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words) as refused:
        look_at(data)
    assert refused.value.zh


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
        png()[:8] + png()[33:],
        png().replace(b"IDAT", b"IDAU"),
    ],
)
def test_a_broken_png_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        require_png(data)


def test_pixels_that_do_not_unpack_are_refused() -> None:
    whole = png()
    at = whole.index(b"IDAT")
    size = int.from_bytes(whole[at - 4 : at], "big")
    body = b"\xff" * size

    broken = whole[: at + 4] + body + zlib.crc32(b"IDAT" + body).to_bytes(4, "big") + whole[at + 8 + size :]
    with pytest.raises(ValueError):  # noqa: PT011
        require_png(broken)


def test_files_are_looked_at_in_another_process() -> None:
    assert look_apart([]) == []
    assert [media for media, _ in look_apart([pdf(), CSV])] == ["application/pdf", "text/csv"]
    with pytest.raises(FileRefusedError, match="Only PDF"):
        look_apart([b"just words"])
