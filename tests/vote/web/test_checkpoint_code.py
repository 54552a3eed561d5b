"""The newest checkpoint stands as a code on what is printed; it is signed by the log, however many others signed."""

import base64
import io

import segno

from crypto.note import Note, NoteSignature, decode_note, encode_note
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.platform import URL
from vote.web.checkpoint_code import MAX_BYTES, fit

FIRST = NoteSignature("log.example/log/1", b"abcd", b"s" * 64)


def test_signatures_are_left_out_from_the_first_one_that_finds_no_room_but_never_the_logs() -> None:
    text = "log.example/log/1\n3\n" + base64.b64encode(b"r" * 32).decode() + "\n"
    large = NoteSignature("log.example/log/1", b"efgh", b"m" * 2428)
    witness = NoteSignature("w.example", b"ijkl", b"w" * 72)
    note = encode_note(Note(text, (FIRST, large, witness)))
    assert decode_note(fit(note)) == Note(text, (FIRST, witness))
    alone = encode_note(Note(text, (FIRST,)))
    assert fit(alone) == alone
    many = encode_note(Note(text, (FIRST, *[witness] * 12)))
    assert len(fit(many)) <= MAX_BYTES < len(many)


async def test_the_result_has_the_code_of_the_newest_checkpoint(preliminary: Assembly) -> None:
    platform, page = preliminary.platform, f"{preliminary.pages}/result"
    assert b'class="qr wide"' not in await platform.get(page, key=None)
    await platform.services["worker"].log_once()
    note = await platform.get(f"/log/{ESTATE}/checkpoint", key=None)
    seen = base64.urlsafe_b64encode(note).decode().rstrip("=")
    drawn = io.BytesIO()
    address = f"{URL}/elections/{preliminary.uuid}/check#seen={seen}"
    segno.make(address, error="l", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, svgclass="qr wide", lineclass=None, omitsize=True, border=4
    )
    assert drawn.getvalue() in await platform.get(page, key=None)
