"""Sets a certificate on paper: the same certificate gives the same PDF, byte for byte.

 * The PDF is made of the certificate alone: its texts go into the template as data, its day is that of issue.
 * PDF/A-2b, A4, one embedded font; a character that the font lacks is refused before anything is set.
 * Typesetter, font and template have a name that stands in the certificate, as others would set it otherwise.

Not here: the words (`wording.py`), the layout (`certificate.typ`), the signatures (`pades.py`). It takes about 0.3 s of
computing: not for the loop of a server.
"""

import io
import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from crypto.encoding import hex_digest
from vote.certificate.content import Certificate, certificate_digest
from vote.certificate.font import font_release, require_glyphs, typst_fonts
from vote.certificate.wording import printed_text, sheet_view

_TEMPLATE = "certificate.typ"
_QUIET_MODULES = 2
_SHOWN_DIGITS = 16


@cache
def sheet_name() -> str:
    """Return what sets certificates here: typesetter, font and template with their versions."""
    template = hex_digest(_template())[:_SHOWN_DIGITS]
    return f"typst {version('typst')}, manimgx-fonts-cjk {font_release()}, {_TEMPLATE} {template}"


def require_printable(certificate: Certificate) -> None:
    """Raise unless every character of a certificate can be printed.

    Raises:
        RefusedError: one cannot; the sentence names it.
    """
    require_glyphs(printed_text(sheet_view(certificate)))


def render_sheet(certificate: Certificate) -> bytes:
    """Return a certificate as PDF, with an empty field for each office's signature.

    Raises:
        RefusedError: a character in it cannot be printed; the sentence names it.
    """
    import typst  # noqa: PLC0415 - 80 MB that only the sheet needs

    from vote.certificate.signature_fields import add_signature_fields  # noqa: PLC0415 - as slow to load

    view = {**sheet_view(certificate), "digest": certificate_digest(certificate)}
    require_glyphs(printed_text(view))
    pdf = typst.compile(
        _template(),
        font_paths=typst_fonts(),
        sys_inputs={"view": json.dumps(view), "qr": _qr(certificate.election.address)},
        pdf_standards=["a-2b"],
        timestamp=int(certificate.issued_at.timestamp()),
    )
    return add_signature_fields(pdf)


def _qr(address: str) -> str:
    import segno  # noqa: PLC0415 - as above

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=_QUIET_MODULES, xmldecl=False)
    return drawn.getvalue().decode()


def _template() -> bytes:
    return files(__package__).joinpath(_TEMPLATE).read_bytes()
