"""The books name what exists: links lead somewhere, commands and their options are there, sentences are those on the pages."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from vote.__main__ import build
from vote.roll.why import ZH, Why
from vote.web.words import TEXTS

ROOT = Path(__file__).parents[1]
BOOKS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "crypto" / "SPEC.md"])
COMMANDS = get_command(build([]))
WHOLE_SHEET = {Why.TITLE, Why.HEADER, Why.BLANK, Why.TOTAL, Why.NOTE, Why.COLUMN_NUMBERS}
"""Lines that are no data; a clerk has nothing to do about them."""

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_COMMAND = re.compile(r"(?<![\w./-])(?:\.venv/bin/)?vote ([a-z][a-z -]*[a-z])?(.*)")
_OPTION = re.compile(r"(?<!\S)(--[a-z-]+)")
_ELSEWHERE = re.compile(
    r"/work/(?!elections/|estates/|rolls/|board|…)|/(?:home|root|tmp|Users|mnt|opt|srv)/|pypi\.org|pythonhosted|npmjs|proxy\.golang|crates\.io|ghcr\.io|quay\.io|"
    r"[a-z]+\.debian\.org|[a-z0-9-]+\.internal\b|\bregistry\.|\bmirrors?\."
)


def _name(book: Path) -> str:
    return str(book.relative_to(ROOT))


def _text(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def _anchors(book: Path) -> set[str]:
    """Return the anchors that a forge makes of a book's headings."""
    headings = re.findall(r"^#+ (.+)$", book.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _code(text: str) -> Iterator[str]:
    """Yield every piece of code in a book: indented lines, continued ones joined, and spans."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("    "):
            yield line.strip()
        else:
            yield from _CODE.findall(line)


def _commands(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words and the options of every `vote` command in the code of a book."""
    for code in _code(text):
        for part in code.split("|"):
            if match := _COMMAND.search(part):
                words = (match[1] or "").split(" --")[0].split()
                yield words, _OPTION.findall(match[0])


def _trouble(words: list[str], options: list[str]) -> str | None:
    """Return why there is no such command, or nothing."""
    command: Any = COMMANDS
    for word in words:
        if not getattr(command, "commands", None):
            break
        if word not in command.commands:
            return f"vote {' '.join(words)}: there is no {word}"
        command = command.commands[word]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    unknown = [option for option in options if option not in known]
    return f"vote {' '.join(words)} does not take {', '.join(unknown)}" if unknown else None


@pytest.mark.parametrize("book", BOOKS, ids=_name)
def test_every_link_inside_leads_somewhere(book: Path) -> None:
    for target in _LINK.findall(book.read_text()):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        found = (book.parent / path).resolve() if path else book
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        assert not anchor or anchor in _anchors(found), target


@pytest.mark.parametrize("book", BOOKS, ids=_name)
def test_every_command_that_is_named_exists_with_its_options(book: Path) -> None:
    troubles = [_trouble(words, options) for words, options in _commands(book.read_text())]
    assert [trouble for trouble in troubles if trouble] == []


def test_commands_are_found_where_books_name_them() -> None:
    """Or the test above would be content with nothing."""
    found = list(_commands(_text("for-staff.md")))
    assert (["trustee", "decrypt"], ["--state", "--archive", "--manifest", "--share"]) in found
    assert (["registrar", "issue"], ["--request", "--recipient", "--recipient", "--public", "--private"]) in found
    assert _trouble(["trustee", "decript"], []) == "vote trustee decript: there is no decript"
    assert _trouble(["verify"], ["--fast"]) == "vote verify does not take --fast"


@pytest.mark.parametrize("book", BOOKS, ids=_name)
def test_no_book_names_a_machine_or_a_registry(book: Path) -> None:
    assert [line for line in book.read_text().splitlines() if _ELSEWHERE.search(line)] == []


def test_what_owners_are_told_that_pages_say_is_what_pages_say() -> None:
    (section,) = re.findall(r"^## What the pages say\n(.*?)^## ", _text("for-owners.md"), re.MULTILINE | re.DOTALL)
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    said = [row.strip("|").split("|")[1].strip() for _, row in pairwise(rows) if not row.startswith("| ---")]
    known = {text.zh for text in TEXTS.values()}
    assert len(said) > 10
    assert [sentence for sentence in said if sentence not in known] == []


def test_clerks_are_told_what_to_do_about_every_row() -> None:
    text = _text("for-staff.md")
    assert [words for why, words in ZH.items() if why not in WHOLE_SHEET and words not in text] == []


def test_every_decision_names_its_price() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [path.name for path in decisions if "\n## Price\n" not in path.read_text()] == []
