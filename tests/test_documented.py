"""What programs and operators rely on stands in the documents, exactly: nothing is missing there, and nothing left over."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from starlette.routing import Route
from typer.main import get_command

from vote.__main__ import build
from vote.config import Settings
from vote.errors import Reason
from vote.http import Operation
from vote.log.kinds import FIELDS
from vote.log.rules import Kind
from vote.offline import NOT_READ, REFUSED, WAIT
from vote.operation.metrics import Metrics
from vote.operation.start import OF_COMMANDS
from vote.verifier.command import EXIT, UNDECIDED
from vote.verifier.report import Verdict
from vote.web.app import create_app
from vote.web.page import Page
from vote.web.problems import STATUS, TITLE_ZH

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference.md").read_text()
ENTRIES = (ROOT / "docs" / "log-entries.md").read_text()
OPERATORS = (ROOT / "docs" / "operators.md").read_text()


def _missing_for_operators(words: Iterable[str]) -> list[str]:
    return [word for word in words if f"`{word}`" not in OPERATORS]


def _rows(heading: str, book: str = REFERENCE) -> Iterator[tuple[str, ...]]:
    """Yield the cells of every table row below a heading of a book, up to the next heading."""
    (section,) = re.findall(rf"^#+ {heading}\n(.*?)(?=^#|\Z)", book, re.MULTILINE | re.DOTALL)
    for line, below in pairwise([*section.splitlines(), ""]):
        if line.startswith("| ") and not line.startswith("| ---") and not below.startswith("| ---"):
            yield tuple(cell.strip().strip("`") for cell in line.strip("|").split("|"))


def _routes() -> Iterator[tuple[Route, Operation | None]]:
    for route in create_app(Settings()).routes:
        assert isinstance(route, Route)
        yield route, getattr(route.endpoint, "operation", None)


def test_every_declared_route_is_documented() -> None:
    declared = {
        (operation.method, route.path_format, operation.who, str(operation.status), operation.summary)
        for route, operation in _routes()
        if operation
    }
    documented = [*_rows("Programming interface"), *_rows("Published files")]
    assert set(documented) == declared
    assert len(documented) == len(declared)
    assert all(path.startswith("/api/") for _, path, *_ in _rows("Programming interface"))


def _page(route: Route) -> tuple[str, ...]:
    """Return a route as the reference lists it; without a declaration it is for everybody, whatever it says of itself."""
    page: Page | None = getattr(route.endpoint, "page", None)
    if page is None:
        return "GET", route.path_format, "public", "200"
    return page.method, route.path_format, page.who, str(int(page.status)), page.summary


def test_every_page_is_documented() -> None:
    pages = [_page(route) for route, operation in _routes() if not operation]
    documented = list(_rows("Pages"))
    assert {row for row in pages if len(row) == 5} - set(documented) == set()
    assert sorted(row[:4] for row in documented) == sorted(row[:4] for row in pages)
    assert all(what for *_, what in documented)


def test_every_reason_is_documented_with_its_status_and_title() -> None:
    assert list(_rows("Refusals")) == [(str(each), str(int(STATUS[each])), TITLE_ZH[each]) for each in Reason]


def test_operators_are_told_of_every_reason() -> None:
    assert _missing_for_operators(Reason) == []


def test_every_kind_of_log_entry_is_documented() -> None:
    documented = [(kind, re.findall(r"\w+", fields)) for kind, _, fields, _ in _rows("Kinds", ENTRIES)]
    assert documented == [(kind, list(FIELDS[kind])) for kind in Kind]


def test_every_setting_is_documented_with_its_default() -> None:
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    words = {"checkers": "one a processor", "demo": "false", "metrics": "false", "log_ml_dsa": "false"}
    expected = {f"VOTE_{name.upper()}": words.get(name, str(default)) for name, default in defaults.items()}
    assert {name: default for name, default, _ in _rows("Settings")} == expected


def test_operators_are_told_of_every_setting_in_its_order() -> None:
    assert [name for name, _ in _rows("Settings", OPERATORS)] == [
        f"VOTE_{name.upper()}" for name in Settings.model_fields
    ]


def test_operators_are_told_of_every_figure() -> None:
    """Gauges, counters and histograms by the names that Prometheus stores."""
    names = {f"{each.name}_total" if each.type == "counter" else each.name for each in Metrics().registry.collect()}
    documented = {name for cell, _ in _rows("Figures", OPERATORS) for name in re.findall(r"shanzhi_\w+", cell)}
    assert documented == names


def test_operators_are_told_of_every_trouble_of_readiness() -> None:
    troubles = re.findall(r'Trouble\(\s*"(\w+)"', (ROOT / "vote" / "operation" / "health.py").read_text())
    assert len(troubles) == 5
    assert _missing_for_operators(troubles) == []


def test_every_variable_that_anything_reads_is_documented() -> None:
    paths = [path for top in ("vote", "scripts") for path in (ROOT / top).rglob("*") if path.suffix in {"", ".py"}]
    files = [*(path for path in paths if path.is_file()), *(ROOT / "tests").glob("*.py"), ROOT / "docker-compose.yml"]
    read = {name for file in files for name in re.findall(r"\bVOTE_[A-Z_]*[A-Z]\b", file.read_text())}
    documented = {name for heading in ("Settings", "Variables of one command") for name, *_ in _rows(heading)}
    assert read - documented == set()
    assert {name for name, *_ in _rows("Variables of one command")} <= read


def test_the_start_knows_every_variable_of_one_command() -> None:
    assert {name for name, *_ in _rows("Variables of one command")} == OF_COMMANDS


def _commands(command: Any, name: str) -> Iterator[str]:
    below = getattr(command, "commands", {})
    if not below:
        yield name
    for word, each in below.items():
        yield from _commands(each, f"{name} {word}")


def test_every_command_is_documented_with_its_exit_codes() -> None:
    assert {name for name, *_ in _rows("Exit codes")} == set(_commands(get_command(build([])), "vote"))
    assert all(success for _, success, *_ in _rows("Exit codes"))


def test_the_columns_of_exit_codes_are_those_of_the_programs() -> None:
    assert EXIT == {Verdict.VERIFIED: 0, Verdict.REJECTED: 1, Verdict.NOT_FOUND: 2}
    assert UNDECIDED == 3
    assert (REFUSED, NOT_READ, WAIT) == (1, 2, 3)
