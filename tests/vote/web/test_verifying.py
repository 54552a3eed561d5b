"""The page that checks in the browser, as it is without a script: what it is given, what it says, how else to check."""

import json
import re
from string import Formatter

import pytest

from tests.vote.assembly import Assembly
from tests.vote.web.markup import HTML
from tests.vote.web.test_pages import look
from tests.vote.web.test_words import HAN, MACHINERY
from vote.web.verifying.pages import STEPS
from vote.web.verifying.words import SAID

AS_IT_IS = {"comma", "place-file"}
DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


async def data_of(assembly: Assembly, language: str = "zh-CN") -> dict[str, object]:
    answer = await assembly.platform.ask(
        "GET", f"{assembly.pages}/check", key=None, headers={**HTML, "Accept-Language": language}
    )
    match = DATA.search(answer.text)
    assert match
    found: dict[str, object] = json.loads(match[1])
    return found


async def test_it_shows_three_ways_and_what_it_does_not_check(certified: Assembly) -> None:
    page = await look(certified.platform, f"{certified.pages}/check")
    for words in ("一、在这里核对", "二、请邻居扫一扫", "三、在电脑上用命令", "这一页没有核对什么", "有没有票没放进来"):
        assert words in page.text
    assert f"vote verify http://vote.test{certified.pages}" in page.text
    assert "3. On a computer" in (await look(certified.platform, f"{certified.pages}/check", "en")).text


async def test_the_script_is_told_which_files_are_there(sealed: Assembly) -> None:
    assert (await data_of(sealed))["there"] == ["manifest.json"]
    assert (await data_of(sealed))["archive"] == f"{sealed.uuid}.bel"


async def test_once_it_is_counted_all_files_are_there(preliminary: Assembly) -> None:
    there = (await data_of(preliminary))["there"]
    assert there == ["manifest.json", "share-proofs.json", "result.json", "box.json", "set-aside.json"]


async def test_what_the_script_says_is_in_the_readers_language(sealed: Assembly) -> None:
    for language in ("zh-CN", "en"):
        words = (await data_of(sealed, language))["words"]
        assert isinstance(words, dict)
        assert words["passed"] == (SAID["passed"].zh if language == "zh-CN" else SAID["passed"].en)


async def test_a_draft_cannot_be_checked(sealed: Assembly) -> None:
    await look(sealed.platform, "/elections/DQB53CqA1UtMwz/check", status=404)


@pytest.mark.parametrize("key", SAID)
def test_what_the_script_says_is_complete_and_plain(key: str) -> None:
    text = SAID[key]
    places = [sorted({name for _, name, _, _ in Formatter().parse(words) if name is not None}) for words in text]
    assert places[0] == places[1]
    assert not MACHINERY.search(" ".join(text))
    if key not in AS_IT_IS:
        assert HAN.search(text.zh)
        assert not HAN.search(text.en)


def test_every_step_that_fails_has_its_words() -> None:
    assert {f"wrong-{step}" for step in STEPS if step != "own"} == {key for key in SAID if key.startswith("wrong-")}
