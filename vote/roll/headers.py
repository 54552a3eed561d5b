"""Decides which line of which sheet is the header, and which column holds what.

 * The header may stand below titles and may take two lines, the upper one naming groups (面积 over 登记, 实测, 合同).
 * Needed are a room or a whole place, an owner and one of the three areas. What is missing is refused by its name.
 * Two columns for one thing are refused, except where more than one does no harm; a clerk may map columns by hand.
 * Of several sheets exactly one may have such a header.

Not here: what a single header means (`vote.roll.columns`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vote.errors import Reason
from vote.roll.columns import TITLES, Column, clean_header, is_foreign, is_second_choice, match_header
from vote.roll.refusal import SheetRefusedError
from vote.roll.sheet import Cells, Sheet, compact

SEARCHED_ROWS = 60
"""A header further down than this is none."""
_LONGEST_HEADER = 16
_AREAS = (Column.REGISTER_AREA, Column.SURVEY_AREA, Column.CONTRACT_AREA)
_ALTERNATIVES = {Column.REGISTER_AREA: "登记面积（或实测面积、合同面积）", Column.ROOM: "室号（或坐落）"}
"""What a refusal calls a needed column that another may replace."""
MAY_REPEAT = frozenset(
    {
        Column.SERIAL,
        Column.CERTIFICATE,
        Column.SHARING,
        Column.NUMBER,
        Column.CO_NUMBER,
        Column.PHONE,
        Column.USAGE,
        Column.STATUS,
        Column.DELIVERY,
        Column.NOTE,
    }
)
_DIGIT = re.compile(r"[0-9]")
_LETTER = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header of a sheet is and what its columns hold; rows and columns are counted from zero."""

    sheet: Sheet
    first_row: int
    last_row: int
    columns: Mapping[Column, tuple[int, ...]]
    texts: Cells
    """The header of every column as it was understood, two lines joined."""


def choose_header(
    sheets: Sequence[Sheet], wanted: str | None = None, mapping: Mapping[Column, str] | None = None
) -> Header:
    """Return the header of the only sheet that has one, or of the sheet named `wanted`.

    Args:
        sheets: the sheets of the file.
        wanted: the name of the sheet to read, or None to look for it among those that are not hidden.
        mapping: columns mapped by hand: the header's text, or the column's letter.

    Raises:
        SheetRefusedError: no such sheet, no sheet with a header, several, a needed column missing or doubled.
    """
    if wanted is not None:
        sheets = [sheet for sheet in sheets if sheet.name == wanted]
        if not sheets:
            raise SheetRefusedError(
                f"there is no sheet named {wanted!r}; see the names at the foot of the workbook",
                f"没有名为“{wanted}”的工作表，请核对工作簿底部的名称",
                Reason.NOT_FOUND,
            )
    else:
        sheets = [sheet for sheet in sheets if not sheet.hidden] or sheets
    best = {sheet.name: find_header(sheet, mapping or {}) for sheet in sheets}
    complete = [header for header in best.values() if header and not _missing(header.columns)]
    if len(complete) > 1:
        names = [header.sheet.name for header in complete]
        raise SheetRefusedError(
            f"the sheets {' and '.join(names)} both have the columns of a roll; name the one to read with --sheet",
            f"工作表{'、'.join(f'“{name}”' for name in names)}都像业主清册，请用 --sheet 指定读哪一张",
            Reason.CONFLICT,
        )
    if not complete:
        raise _incomplete([header for header in best.values() if header])
    _require_single(complete[0])
    return complete[0]


def find_header(sheet: Sheet, mapping: Mapping[Column, str]) -> Header | None:
    """Return the first complete header of a sheet, else the one with most columns if it has at least two."""
    best: Header | None = None
    for row in range(min(len(sheet.rows), SEARCHED_ROWS)):
        one, two = (
            Header(sheet, row, last, _understand(texts, mapping), texts)
            for last in (row, row + 1)
            for texts in [_header_texts(sheet, row, last)]
        )
        # A second line may part a place or an area; it cannot turn a building into something else.
        lost = one.columns.keys() - two.columns.keys() - {Column.PLACE, *_AREAS}
        header = one if lost or len(one.columns) > len(two.columns) else two
        if len(header.columns) > (len(best.columns) if best else 1):
            best = header
        if best and best.first_row == row and not _missing(best.columns):
            break
    return best


def _header_texts(sheet: Sheet, row: int, last: int) -> Cells:
    """The header's texts if it took the rows from `row` to `last`; none if these two rows cannot be one header."""
    if last == row:
        return tuple(map(compact, sheet.rows[row]))
    if last >= len(sheet.rows) or not (_is_group_row(sheet.rows[row], 2) and _is_group_row(sheet.rows[last], 1)):
        return ()
    lower = sheet.rows[last]
    return tuple(_join(upper, under) for upper, under in zip(_upper_texts(sheet, row, lower), lower, strict=True))


def _is_group_row(cells: Cells, least: int) -> bool:
    """Whether a row could be a line of a header: at least so many short words without digits and colons."""
    words = {clean_header(cell) for cell in cells if compact(cell)}
    return len(words) >= least and not any(
        len(word) > _LONGEST_HEADER or _DIGIT.search(word) or ":" in word for word in words
    )


def _upper_texts(sheet: Sheet, row: int, lower: Cells) -> list[str]:
    """The upper line, each group's name repeated over its columns: by the merge, else over the blanks to its right."""
    texts: list[str] = []
    for column, text in enumerate(sheet.rows[row]):
        blank = not compact(text)
        texts.append(texts[-1] if blank and column and compact(lower[column]) else text)
    for merge in sheet.merges:
        if merge.top <= row <= merge.bottom:
            for column in range(merge.left, min(merge.right + 1, len(texts))):
                texts[column] = sheet.rows[merge.top][merge.left]
    return texts


def _join(upper: str, under: str) -> str:
    """The two lines of a column as one header: the lower one alone where the upper only names the group."""
    upper, under = compact(upper), compact(under)
    if not clean_header(under) or upper == under:
        return upper
    joined = upper + under
    if match_header(joined) is None and not is_foreign(upper):
        return under
    return joined


def _understand(texts: Cells, mapping: Mapping[Column, str]) -> dict[Column, tuple[int, ...]]:
    found: dict[Column, tuple[int, ...]] = {}
    by_hand = {column: _mapped_position(texts, wanted) for column, wanted in mapping.items()}
    if None in by_hand.values():
        return {}
    taken = {position: column for column, position in by_hand.items() if position is not None}
    for position, text in enumerate(texts):
        column = taken.get(position) or match_header(text)
        if column and (column not in by_hand or position in taken):
            found[column] = (*found.get(column, ()), position)
    _prefer(found, texts)
    return found


def _mapped_position(texts: Cells, wanted: str) -> int | None:
    """Where the column mapped by hand stands: by its header's text, else by its letter."""
    cleaned = [clean_header(text) for text in texts]
    if clean_header(wanted) in cleaned:
        return cleaned.index(clean_header(wanted))
    letters = compact(wanted).upper()
    if not _LETTER.fullmatch(letters):
        return None
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1 if position <= len(texts) else None


def _prefer(found: dict[Column, tuple[int, ...]], texts: Cells) -> None:
    """Of two headers for one column the better one counts; building and room go before an address."""
    for column, positions in found.items():
        better = tuple(position for position in positions if not is_second_choice(texts[position], column))
        found[column] = (better or positions) if column not in MAY_REPEAT else positions
    if Column.BUILDING in found and Column.ROOM in found:
        found.pop(Column.PLACE, None)


def _missing(columns: Mapping[Column, tuple[int, ...]]) -> list[Column]:
    missing = []
    if Column.ROOM not in columns and Column.PLACE not in columns:
        missing.append(Column.ROOM)
    if Column.OWNER not in columns:
        missing.append(Column.OWNER)
    if not any(area in columns for area in _AREAS):
        missing.append(Column.REGISTER_AREA)
    return missing


def _incomplete(candidates: list[Header]) -> SheetRefusedError:
    if not candidates:
        needed = (Column.BUILDING, Column.ROOM, Column.OWNER, Column.REGISTER_AREA)
        names = "、".join(_ALTERNATIVES.get(column, TITLES[column]) for column in needed)
        return SheetRefusedError(
            f"no header was found in the first {SEARCHED_ROWS} rows; a roll has the columns {names}",
            f"前 {SEARCHED_ROWS} 行里没有找到表头；业主清册要有这些栏：{names}",
        )
    header = max(candidates, key=lambda candidate: len(candidate.columns))
    return missing_columns(header, _missing(header.columns))


def missing_columns(header: Header, missing: Sequence[Column]) -> SheetRefusedError:
    """Return the refusal that names the needed columns a header lacks."""
    names = "、".join(_ALTERNATIVES.get(column, TITLES[column]) for column in missing)
    where = f"sheet {header.sheet.name}, row {header.last_row + 1}"
    return SheetRefusedError(
        f"{where}: no column for {names}; name it in the header, or map it with --map {TITLES[missing[0]]}=HEADER",
        f"工作表“{header.sheet.name}”第 {header.last_row + 1} 行表头缺少栏目：{names}；"
        f"请补上表头，或用 --map {TITLES[missing[0]]}=表头 指定",
    )


def _require_single(header: Header) -> None:
    for column, positions in header.columns.items():
        if len(positions) > 1 and column not in MAY_REPEAT:
            texts = [clean_header(header.texts[position]) for position in positions]
            raise SheetRefusedError(
                f"sheet {header.sheet.name}, row {header.last_row + 1}: the columns {' and '.join(texts)} could both be "
                f"{TITLES[column]}; choose one with --map {TITLES[column]}=HEADER",
                f"工作表“{header.sheet.name}”第 {header.last_row + 1} 行：{'、'.join(texts)}都可能是{TITLES[column]}，"
                f"请用 --map {TITLES[column]}=表头 指定",
                Reason.CONFLICT,
            )
