"""Whatever a page can refuse is said in Chinese too."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.vote.web.test_words import MACHINERY
from vote.clock import say_moment
from vote.election.rules import STATE_ZH, State
from vote.election.terms import OFFICES, OFFICES_ZH
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.role import ROLE_ZH, Role
from vote.web.problems import said
from vote.web.refusal_words import OF_FORMS

SOURCES = Path(__file__).parents[2] / "vote"
AREAS = (
    *("roll", "phone", "estate", "election", "delivery", "check", "tally"),
    *("certificate", "office", "trustee", "credential", "account", "law"),
)
HAN = re.compile(r"[\u4e00-\u9fff]")
OF_NO_PAGE = {
    "*/command.py": "it is told in a terminal",
    "*/views.py": "it answers programs; forms cannot send what it refuses",
    "law/*.py": "forms offer only what the rules know, and the rest is counted by us",
    "office/opening.py": "the community opens ballots with a command",
    "trustee/*.py": "it is told on the key-holder's own computer; their page has words of its own",
    "check/contested.py": "the differences are counted by us",
    "check/disclosure.py": "the areas come from the frozen roll",
    "check/simulation.py": "the command alone says how owners lean",
    "tally/finding.py": "who withdrew comes from what is kept",
    "credential/sealed_letters.py": "letters are sealed and opened on the registrars' own disk",
}
"""Where no page can show a refusal, and why."""
HANDED_ON = {
    "credential/code.py": "the sentence of an outcome, Chinese in a table of its own",
    "phone/rules.py": "a Chinese sentence of `read_number`",
}
"""Where the sentence is a variable that holds Chinese."""


def _refusals(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "RefusedError":
            yield node


def _sources() -> list[tuple[str, Path]]:
    return [(str(path.relative_to(SOURCES)), path) for area in AREAS for path in sorted((SOURCES / area).rglob("*.py"))]


def _chinese(call: ast.Call, constants: dict[str, str]) -> bool:
    if any(keyword.arg == "zh" and HAN.search(ast.unparse(keyword.value)) for keyword in call.keywords):
        return True
    sentence = call.args[1]
    text = constants.get(sentence.id, "") if isinstance(sentence, ast.Name) else ast.unparse(sentence)
    return bool(HAN.search(text))


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        node.targets[0].id: ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


@pytest.mark.parametrize(("name", "path"), _sources(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_refusal_that_a_page_can_show_is_in_chinese(name: str, path: Path) -> None:
    if any(Path(name).match(pattern) for pattern in OF_NO_PAGE):
        return
    tree = ast.parse(path.read_text())
    constants = _constants(tree)
    for call in _refusals(tree):
        if name in HANDED_ON and isinstance(call.args[1], ast.Name) and call.args[1].id == "sentence":
            continue
        assert _chinese(call, constants), f"{name}:{call.lineno} {ast.unparse(call)}"


@pytest.mark.parametrize(("name", "path"), _sources(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_chinese_sentences_hold_no_words_of_the_machinery(name: str, path: Path) -> None:
    for call in _refusals(ast.parse(path.read_text())):
        for keyword in call.keywords:
            words = "".join(
                node.value
                for node in ast.walk(keyword.value)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
            assert not MACHINERY.search(words), f"{name}:{call.lineno}"
            assert "。" in words or "：" in words, f"{name}:{call.lineno}"


@pytest.mark.parametrize("pattern", [*OF_NO_PAGE, *HANDED_ON])
def test_the_exceptions_are_still_needed(pattern: str) -> None:
    assert any(Path(name).match(pattern) and list(_refusals(ast.parse(path.read_text()))) for name, path in _sources())


@pytest.mark.parametrize("reason", Reason)
def test_a_refusal_without_chinese_says_something_general(reason: Reason) -> None:
    assert said(RefusedError(reason, "The box is open.")) == Text(OF_FORMS[reason].zh, "The box is open.")


def test_a_refusal_is_said_in_both_languages() -> None:
    assert said(RefusedError(Reason.CONFLICT, "The box is open.", zh="票箱开着。")) == Text(
        "票箱开着。", "The box is open."
    )
    both = RefusedError(Reason.CONFLICT, "票箱开着。 The box is open.")
    assert said(both) == Text("票箱开着。", "The box is open.")


def test_a_refusal_in_chinese_alone_says_something_general_in_english() -> None:
    general = OF_FORMS[Reason.CONFLICT].en
    assert said(RefusedError(Reason.CONFLICT, "票箱开着。")) == Text("票箱开着。", general)
    mixed = RefusedError(Reason.CONFLICT, "Entitlement 3: 票箱开着。", zh="第3号：票箱开着。")
    assert said(mixed) == Text("第3号：票箱开着。", general)


def test_every_state_duty_and_office_has_a_chinese_name() -> None:
    assert STATE_ZH.keys() == set(State)
    assert ROLE_ZH.keys() == set(Role)
    assert tuple(OFFICES_ZH) == OFFICES


def test_a_moment_is_said_in_the_time_of_china() -> None:
    assert say_moment(datetime(2026, 12, 20, 12, tzinfo=UTC)) == "2026年12月20日20:00"
