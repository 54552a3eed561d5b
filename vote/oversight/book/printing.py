"""Sets a notice on paper: the same notice gives the same PDF, byte for byte.

 * PDF/A-2b, A4, one embedded font; a character that the font lacks is refused by name before anything is set.
 * The paper has the figures and a way to every posting; the postings themselves stand on the page and in the sheet.

Not here: the figures (`notice.py`), the layout (`notice.typ`). It takes about 0.3 s of computing: not for the loop of a
server.
"""

import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.resources import files

from vote.certificate.font import require_glyphs, typst_fonts
from vote.oversight.book.notice import Notice
from vote.oversight.book.statement import yuan

_TEMPLATE = "notice.typ"
_QUIET_MODULES = 2


def print_notice(notice: Notice, estate: str, decisions: Mapping[str, str], address: str) -> bytes:
    """Return a notice as PDF.

    Args:
        notice: the figures.
        estate: its name.
        decisions: what the records are called on which spending rests.
        address: where every posting is to be seen.

    Raises:
        RefusedError: a character in it cannot be printed; the sentence names it.
    """
    import segno  # noqa: PLC0415 - only paper needs it
    import typst  # noqa: PLC0415 - 80 MB that only typesetting needs

    view = _view(notice, estate, decisions, address)
    require_glyphs("".join(_texts(view)))
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=_QUIET_MODULES, xmldecl=False)
    return typst.compile(
        files(__package__).joinpath(_TEMPLATE).read_bytes(),
        font_paths=typst_fonts(),
        sys_inputs={"view": json.dumps(view), "qr": drawn.getvalue().decode()},
        pdf_standards=["a-2b"],
        timestamp=int(datetime.combine(notice.time.span.last, time.min, UTC).timestamp()),
    )


def _view(notice: Notice, estate: str, decisions: Mapping[str, str], address: str) -> dict[str, object]:
    span = notice.time.span
    return {
        "title": notice.title.zh,
        "estate": estate,
        "time": notice.time.name.zh,
        "span": f"{_day(span.first)}至{_day(span.last)}",
        "until": f"本期还没有结束，数字到{_day(notice.until)}为止" if notice.until else "",
        "rows": [
            {
                "name": row.name.zh,
                "decision": decisions.get(row.decision, ""),
                "amount": yuan(row.fen),
                "total": row.total,
            }
            for row in notice.rows
        ],
        "counts": f"本期记账{len(notice.postings)}笔，凭证{notice.vouchers}张。",
        "address": address,
    }


def _texts(view: object) -> list[str]:
    if isinstance(view, dict):
        return [text for each in view.values() for text in _texts(each)]
    if isinstance(view, list):
        return [text for each in view for text in _texts(each)]
    return [view] if isinstance(view, str) else []


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
