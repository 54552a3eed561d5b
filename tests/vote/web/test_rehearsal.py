"""The demonstration's own page: what it hands out, and that no other installation has it."""

import json
from pathlib import Path

import pytest

from tests.vote.serving import client
from vote.config import Settings
from vote.web.rehearsal.pages import routes

LETTER = {
    "election": "DQB53CqA1UtMwz", "entitlement": 10, "credential": "guyDu-tFHGuC-TAL8y-VqJfpp", "number": "ACVP-88QC",
    "places": ["1幢1单元302室"], "owner": "业*", "phone": "19900010010",
}  # fmt: skip
GUESTS = {
    "title": "DEMO 演示", "letters": [LETTER],
    "counted": {
        "election": "JkfeWSY77SAfYQ", "title": "DEMO 样例小区", "folder": "demo-counted",
        "offices": {"community": {"key": "f008", "file": "community.key"}},
    },
}  # fmt: skip


def _message(code: str, number: str = "+8619900010010") -> str:
    return json.dumps({"number": number, "kind": "code", "blanks": {"code": code}, "reference": code}) + "\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "guests.json").write_text(json.dumps(GUESTS))
    (tmp_path / "messages.jsonl").write_text(_message("111111") + _message("222222") + _message("333333", "+8610"))
    (tmp_path / "demo-counted").mkdir()
    (tmp_path / "demo-counted" / "community.key").write_text("made up")
    return tmp_path


def _settings(work: Path, **choices: object) -> Settings:
    return Settings(**{"demo": True, "messages": f"file:{work / 'messages.jsonl'}", **choices})


async def test_a_visitor_finds_letters_with_the_latest_messages_first(work: Path) -> None:
    async with client(routes, {"settings": _settings(work)}) as http:
        text = (await http.get("/demo")).text
    assert 'href="/elections/DQB53CqA1UtMwz/vote#ACVP-88QC.guyDu-tFHGuC-TAL8y-VqJfpp"' in text
    assert text.index("222222") < text.index("111111")
    assert "333333" not in text
    assert 'href="/join#f008"' in text


async def test_a_visitor_gets_the_key_of_an_office_and_no_other_file(work: Path) -> None:
    async with client(routes, {"settings": _settings(work)}) as http:
        assert (await http.get("/demo/keys/community")).text == "made up"
        assert (await http.get("/demo/keys/registrar")).status_code == 404


@pytest.mark.parametrize("path", ["/demo", "/demo/keys/community"])
@pytest.mark.parametrize("choices", [{"demo": False}, {"messages": "console"}])
async def test_outside_a_demonstration_there_is_nothing(work: Path, path: str, choices: dict[str, object]) -> None:
    async with client(routes, {"settings": _settings(work, **choices)}) as http:
        assert (await http.get(path)).status_code == 404


async def test_before_the_demonstration_has_prepared_it_there_is_nothing(work: Path) -> None:
    (work / "guests.json").unlink()
    async with client(routes, {"settings": _settings(work)}) as http:
        assert (await http.get("/demo")).status_code == 404
