import asyncio
import io
import json
import os
import stat

import pytest

from vote.errors import UnavailableError
from vote.message.carrier import Carrier, ConsoleCarrier, FileCarrier, NoCarrier
from vote.message.rules import code_message, objection_answered

NUMBER = "+8613800136721"
CODE = code_message("012345")


async def send(carrier: Carrier, reference: str = "message/1") -> None:
    await carrier.send(NUMBER, CODE, reference)
    await carrier.close()


async def test_the_console_shows_the_words_and_masks_the_number(capsys):
    await send(ConsoleCarrier())
    shown = capsys.readouterr().out
    assert shown == f"[code] **********6721 {CODE.text}\n"


async def test_a_console_that_is_gone_takes_nothing():
    stream = io.StringIO()
    stream.close()
    with pytest.raises(UnavailableError) as no:
        await send(ConsoleCarrier(stream))
    assert "012345" not in str(no.value)


async def test_each_message_is_one_line_of_a_file_for_its_owner_alone(tmp_path):
    path = tmp_path / "messages.jsonl"
    path.touch(mode=0o644)
    carrier = FileCarrier(path)
    await send(carrier)
    await carrier.send(NUMBER, objection_answered("阳光花园"), "message/2", again=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert lines[0] == {
        "reference": "message/1",
        "number": NUMBER,
        "kind": "code",
        "blanks": {"code": "012345"},
        "text": CODE.text,
    }
    assert lines[1]["kind"] == "objection-answered"


async def test_a_new_file_is_never_readable_by_others(tmp_path):
    before = os.umask(0)
    try:
        await send(FileCarrier(tmp_path / "messages.jsonl"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "messages.jsonl").stat().st_mode) == 0o600


async def test_messages_sent_at_once_do_not_mix(tmp_path):
    carrier = FileCarrier(tmp_path / "messages.jsonl")
    await asyncio.gather(*(carrier.send(NUMBER, CODE, f"message/{number}") for number in range(30)))
    lines = (tmp_path / "messages.jsonl").read_bytes().splitlines()
    assert {json.loads(line)["reference"] for line in lines} == {f"message/{number}" for number in range(30)}


async def test_a_file_elsewhere_behind_a_link_is_not_written(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "other")
    with pytest.raises(UnavailableError) as no:
        await send(FileCarrier(tmp_path / "link"))
    assert NUMBER not in str(no.value)
    assert not (tmp_path / "other").exists()


async def test_a_missing_folder_is_the_operators_to_make(tmp_path):
    with pytest.raises(UnavailableError, match="No such file"):
        await send(FileCarrier(tmp_path / "none" / "messages.jsonl"))


async def test_a_line_written_in_part_is_not_taken(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:5]))
    with pytest.raises(UnavailableError, match="it is full"):
        await send(FileCarrier(tmp_path / "messages.jsonl"))


async def test_without_a_carrier_nothing_is_taken():
    carrier = NoCarrier()
    with pytest.raises(UnavailableError, match="set VOTE_MESSAGES"):
        await send(carrier)
    await carrier.close()
