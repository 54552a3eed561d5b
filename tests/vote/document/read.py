"""Opens what was written: the words of a PDF, the words and parts of a DOCX."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pypdfium2
from docx import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def bare(text: str) -> str:
    """Return a text without blanks and places where lines may be broken."""
    return "".join(text.replace("\u200b", "").split())


def pages_of(pdf: bytes) -> list[str]:
    """Return the words on each page, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bare(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def sizes_of(pdf: bytes) -> set[tuple[float, float]]:
    """Return the sizes of the pages in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {(round(width, 1), round(height, 1)) for width, height in (page.get_size() for page in document)}
    finally:
        document.close()


def words_of(docx: bytes) -> str:
    """Return everything that stands in the body and the footer, in order, without blanks."""
    document = Document(io.BytesIO(docx))
    parts = [document.element.body, document.sections[0].footer._element]
    return bare("".join(node.text or "" for part in parts for node in part.iter(f"{W}t")))


def xml_of(docx: bytes, part: str = "word/document.xml") -> ET.Element:
    """Return one part of the package."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return ET.fromstring(archive.read(part))
