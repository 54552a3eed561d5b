"""Writes a draft roll's spreadsheet and what was changed in it into one piece, to be sealed, and reads it back.

Not here: sealing (`drafting`), what the changes mean (`mending`).
"""

import json
import zlib
from dataclasses import dataclass, field, replace
from typing import Any

from vote.errors import ContradictionError
from vote.roll.columns import Column
from vote.roll.mending import Choices, Edits
from vote.roll.sheet import Merge, Sheet


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """The sheets of a file as they came, which one is read, and what a clerk changed."""

    sheets: tuple[Sheet, ...]
    name: str | None = None
    """The sheet that is read; None where it is found by its header."""
    choices: Choices = field(default_factory=dict)
    edits: Edits = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        """The sheet that a clerk looks at: the one that is read, else the first that is not hidden."""
        named = [each for each in self.sheets if each.name == self.name]
        return (named or [each for each in self.sheets if not each.hidden] or list(self.sheets))[0]

    def edited(self, row: int, cells: dict[int, str]) -> "KeptSheet":
        """Return the same with other texts in a row; the rest of the row's changes stay."""
        return replace(self, edits={**self.edits, row: {**self.edits.get(row, {}), **cells}})

    def restored(self, row: int) -> "KeptSheet":
        """Return the same with a row as it came."""
        return replace(self, edits={number: cells for number, cells in self.edits.items() if number != row})


def encode_sheet(kept: KeptSheet) -> bytes:
    """Write it."""
    text = json.dumps(
        {
            "sheets": [
                [
                    each.name,
                    each.rows,
                    [[merge.top, merge.left, merge.bottom, merge.right] for merge in each.merges],
                    each.hidden,
                ]
                for each in kept.sheets
            ],
            "name": kept.name,
            "choices": {str(position): meaning or "" for position, meaning in kept.choices.items()},
            "edits": {
                str(row): {str(position): text for position, text in cells.items()} for row, cells in kept.edits.items()
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return zlib.compress(text.encode(errors="surrogatepass"))


def decode_sheet(data: bytes) -> KeptSheet:
    """Read it.

    Raises:
        ContradictionError: it is none of ours.
    """
    try:
        read: dict[str, Any] = json.loads(zlib.decompress(data).decode(errors="surrogatepass"))
    except (zlib.error, ValueError):
        raise ContradictionError("the sheet that is kept of a roll cannot be read") from None
    return KeptSheet(
        tuple(
            Sheet(name, tuple(map(tuple, rows)), tuple(Merge(*merge) for merge in merges), hidden)
            for name, rows, merges, hidden in read["sheets"]
        ),
        read["name"],
        {int(position): Column(meaning) if meaning else None for position, meaning in read["choices"].items()},
        {int(row): {int(position): text for position, text in cells.items()} for row, cells in read["edits"].items()},
    )
