"""Asks for every branch of what decides: `crypto`, and the modules that the import contracts hold pure.

With `--config FILE` it only writes there what coverage is to measure: following everything else would take the tests a
third more time.
"""

import os
import sys
import tomllib
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).parents[1]
ALL = 100


def pure_modules() -> list[str]:
    """Return the files of the contracts `crypto` and `rules`, as patterns."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    modules = [name for each in contracts if each["id"] in {"crypto", "rules"} for name in each["source_modules"]]
    paths = [name.replace(".", "/") for name in modules]
    return [f"{path}/*" if (ROOT / path).is_dir() else f"{path}.py" for path in paths]


def files() -> set[str]:
    """Return the files that are measured."""
    return {str(path) for pattern in pure_modules() for path in ROOT.glob(pattern) if path.suffix == ".py"}


def write_config(file: Path) -> int:
    """Write coverage's configuration; 0."""
    file.write_text(
        "\n".join(["[run]", "branch = true", "include =", *(f"    {each}" for each in sorted(files())), ""])
    )
    return 0


def main() -> int:
    """Report the lines and branches that no test took; 0 if there are none."""
    os.chdir(ROOT)
    coverage = Coverage(config_file=False, include=sorted(files()), branch=True)
    coverage.load()
    if never := files() - coverage.get_data().measured_files():
        print(f"test: no test imports {', '.join(sorted(never))}.", file=sys.stderr)
        return 1
    percent = coverage.report(skip_covered=True, show_missing=True)
    if percent < ALL:
        print(
            f"test: {percent:.2f} % of the branches of crypto and the rules are tested; all must be.", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(write_config(Path(sys.argv[2])) if sys.argv[1:2] == ["--config"] else main())
