"""Asks for every branch of what decides: `crypto`, and the modules that the import contracts hold pure."""

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


def main() -> int:
    """Report the lines and branches that no test took; 0 if there are none."""
    os.chdir(ROOT)
    coverage = Coverage()
    coverage.load()
    percent = coverage.report(include=pure_modules(), skip_covered=True, show_missing=True)
    if percent < ALL:
        print(
            f"test: {percent:.2f} % of the branches of crypto and the rules are tested; all must be.", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
