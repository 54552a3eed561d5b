"""Draws what an office's electronic signature leaves on the sheet: a small box with day and certificate.

 * It lies in the office's own frame on the first page, where `certificate.typ` leaves room, and nowhere else.

Not here: signing (`pades.py`).
"""

import io
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

import typst
from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from vote.certificate.font import typst_fonts
from vote.certificate.spelling import moment_zh
from vote.election.terms import OFFICES

_TEMPLATE = "stamp.typ"
_POINTS = 72 / 25.4
_LEFT, _STEP, _BOTTOM = 22, 58, 29
_WIDTH, _HEIGHT = 50, 18
"""In mm, from the lower left corner of the page."""
_SHOWN_DIGITS = 16


class Frame(NamedTuple):
    """Where a stamp lies, in points from the lower left corner of the first page."""

    left: int
    bottom: int
    right: int
    top: int


def _frame(place: int) -> Frame:
    left = _LEFT + _STEP * place
    return Frame(*(round(each * _POINTS) for each in (left, _BOTTOM, left + _WIDTH, _BOTTOM + _HEIGHT)))


FRAMES: Mapping[str, Frame] = {office: _frame(place) for place, office in enumerate(OFFICES)}


def stamp_style(office: str, signed_at: datetime, certificate: bytes) -> StaticStampStyle:
    """Return an office's stamp as pyHanko places it.

    Args:
        office: whose stamp it is.
        signed_at: the moment it tells.
        certificate: the X.509 certificate whose SHA-256 it tells, DER.
    """
    middle = AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        background=_Drawing(_draw(FRAMES[office], signed_at, certificate)),
        background_layout=SimpleBoxLayoutRule(x_align=middle, y_align=middle),
        border_width=0,
    )


def _draw(frame: Frame, signed_at: datetime, certificate: bytes) -> bytes:
    view = {
        "width": frame.right - frame.left,
        "height": frame.top - frame.bottom,
        "when": moment_zh(signed_at),
        "certificate": sha256(certificate).hexdigest()[:_SHOWN_DIGITS],
    }
    return typst.compile(
        files(__package__).joinpath(_TEMPLATE).read_bytes(),
        font_paths=typst_fonts(),
        sys_inputs={"view": json.dumps(view)},
        timestamp=int(signed_at.timestamp()),
        pdf_tags=False,
    )


class _Drawing(PdfContent):
    """The first page of another PDF."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Drawing"), drawn)
        _, _, width, height = drawn.get_object()["/BBox"]
        self.box = BoxConstraints(width=width, height=height)
        return b"/Drawing Do"
