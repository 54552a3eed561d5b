"""The newest published checkpoint as a code to print: whoever scans it later sees whether the record still continues it.

* The code holds the address of the checking page and, behind the sign that browsers do not send, the checkpoint itself,
  signed. So paper in a lobby or in a drawer is a witness of its own.
* Lines that make it too large to print are left out, the log's own signature never.
"""

import base64
import io

import segno
from markupsafe import Markup
from starlette.requests import Request

from crypto.note import Note, decode_note, encode_note
from vote.config import Settings
from vote.log.reading import LogReader

MAX_BYTES = 1200
"""Of a checkpoint: at error correction L such a code has modules that a telephone reads from a page."""


def fit(note: bytes) -> bytes:
    """Return a checkpoint with as many of its signatures, the first ones, as a code has room for."""
    whole = decode_note(note)
    kept = whole.signatures[:1]
    for each in whole.signatures[1:]:
        if len(encode_note(Note(whole.text, (*kept, each)))) <= MAX_BYTES:
            kept = (*kept, each)
    return encode_note(Note(whole.text, kept))


async def checkpoint_code(request: Request, estate: str, election: str) -> Markup | None:
    """Return the code as a picture; None while an estate's record is not published.

    Args:
        request: on whose page it stands.
        estate: the id.
        election: whose checking page it leads to, its uuid.
    """
    reader: LogReader = request.state["log_reader"]
    published = await reader.find(estate)
    if published is None:
        return None
    settings: Settings = request.state["settings"]
    seen = base64.urlsafe_b64encode(fit(published.checkpoint.note)).decode().rstrip("=")
    address = f"{settings.public_url.rstrip('/')}/elections/{election}/check#seen={seen}"
    out = io.BytesIO()
    segno.make(address, error="l", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, svgclass="qr wide", lineclass=None, omitsize=True, border=4
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - made here, of nothing but squares
