"""Decides what a clerk's choices make of a sheet: what a column holds, and other texts in single cells.

 * A column is given a meaning by writing our own name for it into the header. Where a thing may stand in one column only,
   the clerk's column is the one, and another that was taken for it holds nothing of ours.
 * Only rows below the header are changed cell by cell; the file itself is kept as it came, so that a change can be undone.
 * What an unknown column holds is shown by samples in which letters and digits are covered.

Not here: reading the sheet afterwards (`rules`), keeping it (`kept_sheet`).

>>> mask_sample("汾湖路18号")
'汾**1*号'
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vote.roll.columns import TITLES, Column, clean_header, match_header
from vote.roll.headers import MAY_REPEAT, SEARCHED_ROWS, Header, find_header
from vote.roll.sheet import Cells, Sheet, compact

SAMPLES = 3
LONGEST_SAMPLE = 12
LONGEST_HEADER = 60
NOTHING = "—"
"""What stands in the header of a column that holds nothing of ours."""

Choices = Mapping[int, Column | None]
"""What a column, counted from zero, holds; None for nothing of ours."""
Edits = Mapping[int, Mapping[int, str]]
"""By the row's number in the sheet, from 1, and the column's from zero, the text that stands there now."""


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column of the sheet, for the clerk to say what it is."""

    position: int
    letter: str
    header: str
    meaning: Column | None
    samples: tuple[str, ...]
    """What stands in it, covered."""


def letter_of(position: int) -> str:
    """Return what spreadsheets call a column that is counted from zero."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def header_of(sheet: Sheet) -> Header | None:
    """Return the header of a sheet as far as there is one: as it is read, else the fullest of the first rows."""
    found = find_header(sheet, {})
    if found is not None or not sheet.rows:
        return found
    counts = [sum(bool(compact(cell)) for cell in row) for row in sheet.rows[:SEARCHED_ROWS]]
    row = counts.index(max(counts))
    return Header(sheet, row, row, {}, tuple(map(compact, sheet.rows[row])))


def seen_columns(header: Header) -> list[SeenColumn]:
    """Return the columns of a sheet that have a header or hold anything."""
    meanings = {position: column for column, positions in header.columns.items() for position in positions}
    below = header.sheet.rows[header.last_row + 1 :]
    found = []
    for position, text in enumerate(header.texts):
        filled = (compact(row[position]) for row in below)
        samples = tuple(dict.fromkeys(mask_sample(cell) for cell in filled if cell))[:SAMPLES]
        if (text and text != NOTHING) or samples:
            meaning = meanings.get(position)
            found.append(SeenColumn(position, letter_of(position), shown_header(text), meaning, samples))
    return found


def mask_sample(text: str) -> str:
    """Cover a cell: of every run of letters or digits only the first stays, of a long text only the beginning."""
    covered, before = "", ""
    for letter in text[:LONGEST_SAMPLE]:
        kind = "digit" if letter.isdigit() else "letter" if letter.isalpha() else ""
        covered += "*" if kind and kind == before and letter not in "号室幢栋楼单元" else letter
        before = kind
    return covered + ("…" if len(text) > LONGEST_SAMPLE else "")


def shown_header(text: str) -> str:
    """Return a header as it is shown and remembered."""
    return clean_header(text)[:LONGEST_HEADER]


def remembered(header: Header, meanings: Mapping[str, Column | None]) -> dict[int, Column | None]:
    """Return the choices that an earlier sheet's headers, by their texts, mean for this one."""
    return {
        position: meanings[shown_header(text)]
        for position, text in enumerate(header.texts)
        if text and shown_header(text) in meanings
    }


def mend(sheet: Sheet, choices: Choices, edits: Edits) -> Sheet:
    """Return a sheet as the clerk's choices and edits have it."""
    header = header_of(sheet)
    if header is None:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for position, text in _new_headers(header, choices).items():
        for row in range(header.first_row, header.last_row):
            rows[row][position] = ""
        rows[header.last_row][position] = text
    for number, cells in edits.items():
        if header.last_row + 1 < number <= len(rows):
            for position, text in cells.items():
                if position < len(rows[number - 1]):
                    rows[number - 1][position] = text
    merges = tuple(each for each in sheet.merges if not header.first_row <= each.top <= header.last_row)
    return replace(sheet, rows=tuple(map(tuple, rows)), merges=merges if choices else sheet.merges)


def _new_headers(header: Header, choices: Choices) -> dict[int, str]:
    """What stands in the header line from now on, where that is another text than before."""
    taken = {column for column in choices.values() if column is not None and column not in MAY_REPEAT}
    texts: Cells = header.texts
    changed = {}
    if choices and header.first_row < header.last_row:
        # Two lines become one, or what stood above would be joined to the clerk's word.
        changed = dict(enumerate(texts))
    for position, text in enumerate(texts):
        if position in choices:
            meaning = choices[position]
            changed[position] = NOTHING if meaning is None else TITLES[meaning]
        elif match_header(text) in taken:
            changed[position] = NOTHING
    return changed
