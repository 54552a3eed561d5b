"""Decides which unit a row is about: building, entrance and room, in one spelling each.

 * `3幢`, `3#`, `03`, `３号楼` and `三幢` are one building; suffixes, leading zeros and wide digits do not count.
 * A whole place in one cell is taken apart: `3幢2单元501室`, `3-2-501`, `3#501`. Where columns of their own say
   something else, the row contradicts itself.
 * The entrance may be missing: villas and shops have none. A sign for nothing, `-` or `无`, is an empty cell.

>>> str(read_place("０３号楼", "2单元", "501室"))
'3幢2单元501室'
>>> str(read_place("", "", "3-2-501"))
'3幢2单元501室'
"""

import re
from typing import NamedTuple

from vote.roll.sheet import compact
from vote.roll.why import Why


class Place(NamedTuple):
    """A unit's place, normalised; `entrance` is empty where there is none."""

    building: str
    entrance: str
    room: str

    def __str__(self) -> str:
        """Write the place as notices and letters do: 3幢2单元501室."""
        entrance = self.entrance and self.entrance + "单元"
        return self.building + _suffix(self.building, "幢") + entrance + self.room + _suffix(self.room, "室")


class Parts(NamedTuple):
    """What one cell says of a place; what it does not say is empty. `prefix` is an estate's name or street."""

    prefix: str
    building: str
    entrance: str
    room: str


_DATE = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?: .*)?|[0-9]{1,4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}月[0-9]{1,2}日"
)
_BUILDING_END = re.compile(r"(?<=.)(?:(?:号|#)?(?:楼|幢|栋|座)|号|#)$")
_ENTRANCE_END = re.compile(r"(?<=.)(?:号?单元|单|梯|号?门|门洞|号|#)$")
_ROOM_END = re.compile(r"(?<=.)(?:号?室|号?房间?|号|户|#)$")
_NUMBER_SIGN = re.compile(r"^(?:#|NO\.?)(?=[0-9])")
_PLACEHOLDERS = frozenset({"", "-", "--", "---", "—", "——", "/", "\\", "无", "暂无", "空"})
_ZEROS = re.compile(r"(?<![0-9.])0+(?=[0-9])")
_POINT_ZERO = re.compile(r"([0-9]+)\.0+")
_CHINESE_NUMBER = re.compile(
    r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九][〇零一二三四五六七八九]*"
)
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
_LABEL = r"[0-9A-Z甲乙丙丁戊东西南北中一二三四五六七八九十]+"
_WHOLE = re.compile(
    rf"(?P<prefix>.*?)(?P<building>{_LABEL})(?:(?:号|#)?(?:楼|幢|栋|座)|#|号)[-,]?"
    rf"(?:(?P<entrance>{_LABEL})(?:单元|梯|号?门)[-,]?)?(?:[0-9]+[楼层])?"
    r"(?P<room>[0-9A-Z][0-9A-Z\-]*?)(?:号?室|号?房|号|户)?"
)
_ENTRANCE_ROOM = re.compile(
    rf"(?P<entrance>{_LABEL})(?:单元|梯)[-,]?(?P<room>[0-9A-Z][0-9A-Z\-]*?)(?:号?室|号?房|号|户)?"
)
_BUILDING_ENTRANCE = re.compile(rf"(?P<building>.+(?:幢|栋|楼|座|#))[-,]?(?P<entrance>{_LABEL}(?:单元|梯|号?门))")
_THREE = re.compile(
    r"(?P<prefix>(?:.*[^0-9A-Z#\-/_铺店商房位])?)"
    r"(?P<building>[0-9A-Z]{1,3})[-/_](?P<entrance>[0-9A-Z]{1,2})[-/_](?P<room>[0-9A-Z]+?)(?:室|房|号)?"
)
_TWO = re.compile(r"([0-9A-Z]{1,3})[-/_]([0-9A-Z]+?)(?:室|房|号)?")
_ENTRANCE_LENGTH = 2
_LONGEST_CELL = 120
LONGEST = (40, 20, 20)
"""Characters of a building, an entrance, a room: what the database takes and a letter has room for."""


def _suffix(label: str, suffix: str) -> str:
    """`suffix` if the label is one character or ends like a number; 商铺 or 别墅 need none."""
    return suffix if len(label) == 1 or (label[-1:].isascii() and label[-1:].isalnum()) else ""


def normal_building(text: str) -> str:
    """Return a building's one spelling, `3` for 3幢."""
    return _normal(text, _BUILDING_END)


def normal_entrance(text: str) -> str:
    """Return an entrance's one spelling, `2` for 2单元."""
    return _normal(text, _ENTRANCE_END)


def normal_room(text: str) -> str:
    """Return a room's one spelling, `501` for 501室."""
    return _normal(text, _ROOM_END)


def _normal(text: str, end: re.Pattern[str]) -> str:
    label = compact(text).upper().strip("'\"`").removeprefix("第")
    label = _NUMBER_SIGN.sub("", end.sub("", label))
    whole = _POINT_ZERO.fullmatch(label)
    label = whole[1] if whole else label
    if _CHINESE_NUMBER.fullmatch(label):
        return str(_chinese_number(label))
    return _ZEROS.sub("", label)


def _chinese_number(label: str) -> int:
    tens, ten, ones = label.rpartition("十")
    if not ten:
        return int("".join(str(_CHINESE_DIGITS[digit]) for digit in label))
    return _CHINESE_DIGITS.get(tens, 1) * 10 + _CHINESE_DIGITS.get(ones, 0)


def read_parts(text: str) -> Parts | None:
    """Take a whole place apart, or return None if the cell holds something else."""
    cell = compact(text).upper()
    whole = _THREE.fullmatch(cell) or _WHOLE.fullmatch(cell)
    if not whole:
        return None
    entrance, room = whole["entrance"] or "", whole["room"]
    two = _TWO.fullmatch(room)
    if two and not entrance and len(two[1]) <= _ENTRANCE_LENGTH:
        entrance, room = two[1], two[2]
    return Parts(whole["prefix"], normal_building(whole["building"]), normal_entrance(entrance), normal_room(room))


def read_place(building: str, entrance: str, room: str, address: str = "", shared_prefix: str = "") -> Place | Why:
    """Read the cells of a row.

    Args:
        building: the cell of the building's column, empty if there is none; likewise the next two.
        entrance: likewise.
        room: likewise; may hold a whole place.
        address: the cell of a column for whole places.
        shared_prefix: what stands before the building in every whole place of the sheet; it tells nothing apart.
    """
    building, entrance, room = ("" if compact(cell) in _PLACEHOLDERS else cell for cell in (building, entrance, room))
    cell = room or address
    if max(map(len, (building, entrance, cell))) > _LONGEST_CELL:
        return Why.PLACE_UNFIT
    if compact(cell) in _PLACEHOLDERS:
        return Why.ROOM_MISSING
    if _DATE.fullmatch(compact(cell)):
        return Why.PLACE_UNREADABLE
    place = _read(building, entrance, cell, shared_prefix)
    if isinstance(place, Place) and not _is_fit(place):
        return Why.PLACE_UNFIT
    return place


def _is_fit(place: Place) -> bool:
    return str(place).isprintable() and all(len(part) <= most for part, most in zip(place, LONGEST, strict=True))


def _read(building: str, entrance: str, cell: str, shared_prefix: str) -> Place | Why:
    """The place, if the cells agree."""
    double = _BUILDING_ENTRANCE.fullmatch(compact(building).upper())
    said = Place(
        normal_building(double["building"] if double else building),
        normal_entrance(entrance) or (normal_entrance(double["entrance"]) if double else ""),
        "",
    )
    parts = read_parts(cell)
    if parts:
        prefix = "" if said.building or parts.prefix == shared_prefix else parts.prefix
        return _agree(said, Place(prefix + parts.building, parts.entrance, parts.room))
    return _read_short(said, cell)


def _read_short(said: Place, cell: str) -> Place | Why:
    """A room, alone or behind its entrance or building."""
    short = _ENTRANCE_ROOM.fullmatch(compact(cell).upper())
    if short:
        return _agree(said, Place("", normal_entrance(short["entrance"]), normal_room(short["room"])))
    two = _TWO.fullmatch(compact(cell).upper())
    if not two:
        return _agree(said, Place("", "", normal_room(cell)))
    first, room = _ZEROS.sub("", two[1]), normal_room(two[2])
    if not said.building:
        return _agree(said, Place(first, "", room))
    if first in (said.building, said.entrance):
        return said._replace(room=room)
    if not said.entrance and len(first) <= _ENTRANCE_LENGTH:
        return said._replace(entrance=first, room=room)
    return said._replace(room=normal_room(cell))


def _agree(said: Place, read: Place) -> Place | Why:
    """What the columns say and what the cell says, if both can be true."""
    for column, cell in zip(said, read, strict=True):
        if column and cell and column != cell:
            return Why.PLACE_CONTRADICTS
    building, entrance = said.building or read.building, said.entrance or read.entrance
    return Place(building, entrance, read.room) if building else Why.BUILDING_MISSING
