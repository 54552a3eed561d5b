"""Rules of the house for the scripts of the pages that no other tool asks for."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from scripts import build_front

SOURCES = sorted((build_front.STATIC / "src").rglob("*.ts"))
TESTS = sorted((build_front.STATIC / "test").rglob("*.ts"))
MAX_LINES = 400
COMMENTS = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
NOWHERE = (
    r"Math\.random|\beval\(|new Function\(|document\.(write|cookie)|(inner|outer)HTML\s*\+?=|insertAdjacentHTML"
    r"|\bconsole\.|https?://(?!www\.w3\.org/2000/svg\")|wss?://|sendBeacon|@ts-(ignore|nocheck|expect-error)"
)
"""Chance that can be foreseen, text that becomes program, logs, other hosts, and types that are not checked."""
NOT_PURE = r"\b(document|window|fetch|localStorage|sessionStorage|indexedDB|navigator|location|performance)\b[.(]|Date\.now|new Date\(\)"
LIBRARIES = {
    "@noble/ciphers", "@noble/curves", "@noble/hashes", "@noble/post-quantum", "age-encryption", "hpke", "qrcode-generator",
}  # fmt: skip


def _found(pattern: str, paths: Iterable[Path]) -> list[str]:
    return [
        f"{path.relative_to(build_front.STATIC)}: {match[0]}"
        for path in paths
        for match in re.finditer(pattern, COMMENTS.sub("", path.read_text()))
    ]


def test_sources_are_short() -> None:
    assert [str(path) for path in SOURCES + TESTS if len(path.read_text().splitlines()) > MAX_LINES] == []


def test_no_script_does_what_none_may() -> None:
    assert _found(NOWHERE, SOURCES) == []


def test_crypto_is_pure_and_workers_keep_nothing() -> None:
    crypto = [path for path in SOURCES if path.parent.name == "crypto"]
    assert len(crypto) >= 20
    assert _found(NOT_PURE, crypto) == []
    assert (
        _found(
            r"localStorage|sessionStorage|indexedDB|\bcaches\b", [*crypto, build_front.STATIC / "src/worker/seal.ts"]
        )
        == []
    )


def test_what_scripts_share_with_python_is_known_to_the_build() -> None:
    """Or a change of it would not be built."""
    taken = {match.split('"')[1] for match in _found(r'from "(\.\./){3}[^"]*"', SOURCES)}
    assert {name.removeprefix("../../../") for name in taken} == set(build_front.SHARED)
    crypto = [path for path in SOURCES if path.parent.name == "crypto"]
    assert _found(r'from "\.\./(?!\.\./\.\./)[^"]*"', crypto) == []


def test_only_the_libraries_that_were_chosen_are_used() -> None:
    package = json.loads((build_front.STATIC / "package.json").read_text())
    assert set(package["dependencies"]) == LIBRARIES
    named = {match.split('"')[1] for match in _found(r'from "[^."][^"]*"', SOURCES)}
    assert {"/".join(name.split("/")[: 2 if name.startswith("@") else 1]) for name in named} <= LIBRARIES
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_every_entry_is_a_source() -> None:
    entries = json.loads((build_front.STATIC / "entries.json").read_text())
    assert [path for path in entries.values() if not (build_front.STATIC / path).is_file()] == []
    assert [
        name for name, path in entries.items() if not re.fullmatch(r"[a-z_]+/[a-z-]+", name) or name not in path
    ] == []
