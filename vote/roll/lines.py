"""Decides which lines of a sheet are no data: titles, headers, blank lines, totals, notes, column numbers.

* A line that names a room, an owner and an area is always data, whatever else stands in it.
* A line that is neither data nor one of these is a faulty row and is rejected, not ignored.
"""

import re
from collections.abc import Mapping, Sequence

from vote.roll.area import is_blank
from vote.roll.columns import Column, match_header
from vote.roll.headers import Header
from vote.roll.sheet import Cells, compact
from vote.roll.why import Why

_TOTAL = re.compile(
    r".{0,12}(?:合计|总计|小计|共计|累计|总面积|总户数|平均)[^0-9]{0,6}[0-9.,]*[^0-9]{0,6}|共:?[0-9,]+(?:户|套|间|人|行|条|个)"
)
_TOTAL_WORDS = re.compile(r".{0,12}(?:合计|总计|小计|共计|累计)")
_NOTE = re.compile(
    "注[:0-9]|备注|说明|填表|填报|填写|制表|编制|审核|复核|核对|提示|注意|打印|以上|以下|本表|本页|本册|第.{1,4}页|共.{1,4}页|.{0,6}(?:签字|签名|盖章|日期|负责人)[:(]"
)
_FORM_MARKS = frozenset({"必填", "选填", "必填项", "选填项", "非必填"})
_PART_AREA = re.compile(r"(?:其中:?)?[^0-9:]{0,10}面积(?:\((?:m2|㎡|平方米|平米)\))?")
"""The lower half of a header: 套内面积 and 公摊面积 below 面积."""
_LEADING_CELLS = 3
"""The word for a total stands at the beginning of its line; further right it may be a remark on a unit."""
_SHORT_LABEL = re.compile(r"(?=.*[0-9A-Za-z一二三四五六七八九十]).{1,7}")
"""A building could be called so; a sentence could not."""
_MIN_COLUMN_NUMBERS = 4
_MIN_REPEATED_HEADERS = 3
_ESSENTIAL = (Column.ROOM, Column.PLACE, Column.OWNER, Column.REGISTER_AREA, Column.SURVEY_AREA, Column.CONTRACT_AREA)


def what_line(cells: Cells, header: Header) -> Why | None:
    """Return why a line below the header is no data, or None if it is."""
    filled = [(position, compact(cell)) for position, cell in enumerate(cells) if compact(cell)]
    serials = header.columns.get(Column.SERIAL, ())
    if all(position in serials and text.replace(".", "").isdigit() for position, text in filled):
        return Why.BLANK
    if _is_header_again(filled, header):
        return Why.HEADER
    if _is_column_numbers(filled):
        return Why.COLUMN_NUMBERS
    return None if _names_unit(cells, header.columns) else _what_words(filled, header.columns)


def _what_words(filled: Sequence[tuple[int, str]], columns: Mapping[Column, tuple[int, ...]]) -> Why | None:
    """Whether a line that names no unit is a total or a note, by its words."""
    notes = columns.get(Column.NOTE, ())
    leading = [text for position, text in filled[:_LEADING_CELLS] if position not in notes]
    if any(_TOTAL.fullmatch(text) or _TOTAL_WORDS.match(text) for text in leading):
        return Why.TOTAL
    return Why.NOTE if _NOTE.match(filled[0][1]) or _is_remark(filled, columns) else None


def _is_header_again(filled: Sequence[tuple[int, str]], header: Header) -> bool:
    """Whether a line is a header's: most cells as on the first page of a print, names of columns only, or only 必填."""
    if all(text in _FORM_MARKS for _, text in filled):
        return True
    if all(_PART_AREA.fullmatch(text) or (len(filled) > 1 and match_header(text)) for _, text in filled):
        return True
    for line in header.sheet.rows[header.first_row : header.last_row + 1]:
        again = sum(text == compact(line[position]) for position, text in filled)
        if again >= _MIN_REPEATED_HEADERS and again * 2 > len(filled):
            return True
    return False


def _is_column_numbers(filled: Sequence[tuple[int, str]]) -> bool:
    """Whether the cells count 1, 2, 3 … as some forms do below their header."""
    numbers = [text.strip("()") for _, text in filled]
    return len(numbers) >= _MIN_COLUMN_NUMBERS and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _names_unit(cells: Cells, columns: Mapping[Column, tuple[int, ...]]) -> bool:
    """Whether room, owner and an area are there, none of them being the word for a total."""
    texts = {column: compact(cells[columns[column][0]]) for column in _ESSENTIAL if column in columns}
    room = texts.get(Column.ROOM) or texts.get(Column.PLACE) or ""
    owner = texts[Column.OWNER]
    area = any(not is_blank(texts.get(column, "")) for column in _ESSENTIAL[3:])
    return area and not any(is_blank(text) or _TOTAL.fullmatch(text) for text in (room, owner))


def _is_remark(filled: Sequence[tuple[int, str]], columns: Mapping[Column, tuple[int, ...]]) -> bool:
    """Whether only one sentence stands on the line, and not where a unit would begin."""
    essential = frozenset(position for column in _ESSENTIAL for position in columns.get(column, ()))
    (position, text), *others = filled
    names_building = position in columns.get(Column.BUILDING, ()) and _SHORT_LABEL.fullmatch(text)
    return not others and position not in essential and not names_building
