"""Sets a paper as PDF: the same paper gives the same bytes.

 * PDF/A-2b, A4, one embedded font; a character that the font lacks is refused by name before anything is set.
 * Every text goes into the template as data and is never run.

Not here: what stands on the paper (`layout.py`), its look (`paper.typ`). It takes up to a second of computing
(3,000 rows): not for the loop of a server.
"""

import io
import json
from dataclasses import fields
from datetime import UTC, datetime, time
from importlib.resources import files

from vote.certificate.font import require_glyphs, typst_fonts
from vote.certificate.spelling import breakable, day_zh
from vote.document.layout import Block, Paper, printed_texts

_TEMPLATE = "paper.typ"
_QUIET_MODULES = 2


def render_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF.

    Raises:
        RefusedError: a character in it cannot be printed; the sentence names it.
    """
    import segno  # noqa: PLC0415 - only paper needs it
    import typst  # noqa: PLC0415 - 80 MB that only typesetting needs

    require_glyphs("".join(printed_texts(paper)).replace("\u200b", ""))
    code = ""
    if paper.address:
        drawn = io.BytesIO()
        segno.make(paper.address, error="m", micro=False).save(drawn, kind="svg", border=_QUIET_MODULES, xmldecl=False)
        code = drawn.getvalue().decode()
    return typst.compile(
        files(__package__).joinpath(_TEMPLATE).read_bytes(),
        font_paths=typst_fonts(),
        sys_inputs={"view": json.dumps(_view(paper)), "qr": code},
        pdf_standards=["a-2b"],
        timestamp=int(datetime.combine(paper.head.on, time.min, UTC).timestamp()),
    )


def _view(paper: Paper) -> dict[str, object]:
    head, handler = paper.head, paper.head.handler
    return {
        "title": paper.title,
        "english": paper.english,
        "estate": head.estate,
        "number": head.number,
        "day": day_zh(head.on),
        "private": paper.private,
        "wide": paper.wide,
        "rules": [{"citation": rule.citation, "words": rule.words} for rule in head.rules],
        "addressee": paper.addressee,
        "blocks": [_block(block) for block in paper.blocks],
        "handler": {
            "name": handler.name,
            "purpose": handler.purpose,
            "kept": handler.kept,
            "contact": handler.contact,
        },
        "address": breakable(paper.address),
    }


def _block(block: Block) -> dict[str, object]:
    found = {each.name: _plain(getattr(block, each.name)) for each in fields(block)}
    return {"kind": type(block).__name__, **found}


def _plain(value: object) -> object:
    """Turn what a block holds into what JSON has."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, (str, int)):
        return value
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}  # type: ignore[arg-type]
