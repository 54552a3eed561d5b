"""Puts an empty field for each office's signature on a sheet, so that signing fills fields and does nothing else.

 * The same sheet gets the same bytes: neither time nor chance is added.
 * The fields lie in the frames of `stamp.py`, on the first page.

Not here: signing (`pades.py`).
"""

import io
from collections.abc import Mapping

from pyhanko.pdf_utils.generic import PdfObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, ensure_sig_flags

from vote.certificate.stamp import FRAMES
from vote.election.terms import OFFICES

FIELD_NAMES: Mapping[str, str] = dict(zip(OFFICES, ("组织者", "社区", "街道"), strict=True))


def add_signature_fields(pdf: bytes) -> bytes:
    """Return a sheet with the offices' empty fields."""
    writer = _StillWriter(io.BytesIO(pdf))
    for office in OFFICES:
        append_signature_field(writer, SigFieldSpec(FIELD_NAMES[office], on_page=0, box=FRAMES[office]))
    ensure_sig_flags(writer, lock_sig_flags=True)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


class _StillWriter(IncrementalPdfFileWriter):
    """A writer that adds neither time nor chance."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> PdfObject:
        numbers: PdfObject = prev.trailer["/ID"]
        return numbers

    def _update_meta(self) -> None:
        pass
