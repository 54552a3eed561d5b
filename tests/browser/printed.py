"""What a browser printed into a file: text, and where it stands on the sheet."""

from dataclasses import dataclass

import pypdfium2

POINTS = 72 / 25.4
"""A millimetre."""


@dataclass(frozen=True)
class Sheet:
    """One printed page."""

    text: str
    places: tuple[tuple[float, float], ...]
    """Of each character: from the left and from the top, in mm."""

    def find(self, text: str) -> tuple[float, float]:
        """Return where a text begins, in mm from the left and from the top."""
        return self.places[self.text.index(text)]


def pages_of(data: bytes) -> list[Sheet]:
    """Return the pages of a PDF."""
    document = pypdfium2.PdfDocument(data)
    sheets = []
    for page in document:
        height, layer = page.get_height(), page.get_textpage()
        boxes = [layer.get_charbox(at) for at in range(layer.count_chars())]
        text = "".join(layer.get_text_range(at, 1) or " " for at in range(layer.count_chars()))
        sheets.append(Sheet(text, tuple((box[0] / POINTS, (height - box[3]) / POINTS) for box in boxes)))
    return sheets
