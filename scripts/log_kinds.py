"""Writes the closed list of kinds of entries for the scripts of the pages: `python -m scripts.log_kinds`.

The list is that of `vote.log.kinds`, so that the page and `vote verify` hold a log to the same one; a test compares both.
"""

import json
from pathlib import Path
from typing import Any

from vote.log.kinds import COMMITMENTS, FIELDS, VERSION

FILE = Path(__file__).parents[1] / "static/src/verifying/log-kinds.json"


def make() -> dict[str, Any]:
    """Return the list: each shape once, and for each kind its fields with the number of their shape."""
    shapes = sorted({shape for fields in FIELDS.values() for shape in fields.values()})
    return {
        "version": VERSION,
        "shapes": shapes,
        "ordered": shapes.index(COMMITMENTS),
        "kinds": {
            str(kind): {name: shapes.index(fields[name]) for name in sorted(fields)} for kind, fields in FIELDS.items()
        },
    }


def spell(content: object) -> str:
    """Return the file's text."""
    return json.dumps(content, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(spell(make()))
