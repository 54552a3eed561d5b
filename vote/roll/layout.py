"""Reads a kept sheet with a clerk's choices and edits, and lays out what its columns are taken for.

Not here: keeping it (`drafting`), what choices and edits change (`mending`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vote.errors import Reason
from vote.roll.columns import Column
from vote.roll.kept_sheet import KeptSheet
from vote.roll.mending import SeenColumn, header_of, mend, remembered, seen_columns, shown_header
from vote.roll.refusal import SheetRefusedError
from vote.roll.rules import RollReading, read_roll
from vote.roll.why import Why


@dataclass(frozen=True, slots=True)
class Layout:
    """How a draft's sheet is read."""

    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    """Counted from 1."""
    columns: tuple[SeenColumn, ...]
    problem: SheetRefusedError | None
    """Why it cannot be read as a roll."""
    version: int
    accepted: int = 0
    """Rows that were taken as they stand."""
    warnings: tuple[tuple[Why, tuple[int, ...]], ...] = ()
    """What a clerk should look at, and the rows it concerns."""

    @property
    def unused(self) -> tuple[SeenColumn, ...]:
        """Columns that have a header and mean nothing here."""
        return tuple(each for each in self.columns if each.meaning is None and each.header)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet, for a clerk to mend."""

    number: int
    cells: tuple[tuple[SeenColumn, str, bool], ...]
    """Column, text, and whether it was changed."""
    version: int


def recall(kept: KeptSheet, meanings: Mapping[str, Column | None]) -> KeptSheet:
    """Return a sheet with what was said of an earlier sheet's columns."""
    header = header_of(kept.sheet)
    return replace(kept, choices=remembered(header, meanings)) if header is not None else kept


def _mended(kept: KeptSheet) -> KeptSheet:
    chosen = kept.sheet
    sheets = tuple(mend(each, kept.choices, kept.edits) if each is chosen else each for each in kept.sheets)
    return replace(kept, sheets=sheets)


def _read(kept: KeptSheet) -> RollReading:
    named = kept.name or (kept.sheet.name if kept.choices or kept.edits else None)
    reading = read_roll(_mended(kept).sheets, named)
    if not reading.entitlements:
        raise SheetRefusedError(
            "no row of the sheet gives anybody a vote", "没有一行能计票，请核对各栏对应得对不对", Reason.MALFORMED
        )
    return reading


def try_reading(kept: KeptSheet) -> RollReading | None:
    """Return what a kept sheet says; None where it cannot be read as a roll."""
    try:
        return _read(kept)
    except SheetRefusedError:
        return None


def lay_out(kept: KeptSheet, version: int) -> Layout:
    """Return how a kept sheet is read."""
    problem, accepted = None, 0
    warnings: tuple[tuple[Why, tuple[int, ...]], ...] = ()
    try:
        reading = _read(kept)
        accepted, warnings = reading.accepted_rows, tuple(reading.warnings.items())
    except SheetRefusedError as refusal:
        problem = refusal
    mended = _mended(kept)
    header, came = header_of(mended.sheet), header_of(kept.sheet)
    names = tuple(each.name for each in kept.sheets)
    if header is None or came is None:
        return Layout(names, kept.sheet.name, 0, (), problem, version)
    # What a column is called stays what the file calls it, whatever the clerk said it holds.
    columns = tuple(
        replace(
            each, header=shown_header(came.texts[each.position]) if each.position < len(came.texts) else each.header
        )
        for each in seen_columns(header)
    )
    return Layout(names, kept.sheet.name, header.last_row + 1, columns, problem, version, accepted, warnings)
