"""Keeps the one font of printed certificates, and knows which characters it has.

 * A character that the font lacks is refused by name, so no printed name ever has a box in its place.
 * The font comes with the installation; those of the machine are never used, as each machine has others.

Follows OpenType: TTC header, `name`, `cmap` format 12.
"""

import struct
from bisect import bisect_right
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from vote.errors import Reason, RefusedError

if TYPE_CHECKING:
    from typst import Fonts

FAMILY = "Noto Sans CJK SC"
_PACKAGE = "manimgx_fonts_cjk"
_FILE = "NotoSansCJK-VF.otf.ttc"
_FAMILY_NAME = 1
_UNICODE = (3, 10)
"""Windows, full Unicode: platform and encoding of the table that every reader uses."""
_GROUPS = 12
"""The format of such a table: groups of characters that follow one another."""


def font_folder() -> Path:
    """Return the folder that holds the font."""
    return Path(str(files(_PACKAGE)))


def font_release() -> str:
    """Return which release of the font is installed."""
    return version(_PACKAGE)


@cache
def typst_fonts() -> "Fonts":
    """Return the font for the typesetter, and no other."""
    from typst import Fonts  # noqa: PLC0415 - 80 MB that only typesetting needs

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])


def require_glyphs(text: str) -> None:
    """Raise unless every character of a text can be printed.

    Args:
        text: line breaks in it stand between lines and are not printed.

    Raises:
        RefusedError: the font lacks a character; the sentence names it.
    """
    starts, ends = _ranges()
    for character in text:
        place = bisect_right(starts, ord(character)) - 1
        if character != "\n" and (place < 0 or ord(character) > ends[place]):
            name = f"{character} (U+{ord(character):04X})" if character.isprintable() else f"U+{ord(character):04X}"
            raise RefusedError(
                Reason.MALFORMED,
                f"The character {name} cannot be printed, as the font lacks it: write the word in another way.",
                zh=f"有一个字印不出来（{name}），请换一种写法。",
            )


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """Return first and last characters of the groups that the font has."""
    data = (font_folder() / _FILE).read_bytes()
    (count,) = struct.unpack_from(">I", data, 8)
    for (start,) in struct.iter_unpack(">I", data[12 : 12 + 4 * count]):
        tables = _tables(data, start)
        if _family(data, tables[b"name"]) == FAMILY:
            return _characters(data, tables[b"cmap"])
    raise AssertionError(f"{_FILE} holds no {FAMILY}")


def _tables(data: bytes, start: int) -> dict[bytes, int]:
    (count,) = struct.unpack_from(">H", data, start + 4)
    entries = struct.iter_unpack(">4sIII", data[start + 12 : start + 12 + 16 * count])
    return {tag: offset for tag, _, offset, _ in entries}


def _family(data: bytes, table: int) -> str:
    _, count, texts = struct.unpack_from(">HHH", data, table)
    entries = struct.iter_unpack(">HHHHHH", data[table + 6 : table + 6 + 12 * count])
    found = {(platform, name): (length, offset) for platform, _, _, name, length, offset in entries}
    length, offset = found[3, _FAMILY_NAME]
    return data[table + texts + offset : table + texts + offset + length].decode("utf-16-be")


def _characters(data: bytes, table: int) -> tuple[list[int], list[int]]:
    (count,) = struct.unpack_from(">H", data, table + 2)
    entries = struct.iter_unpack(">HHI", data[table + 4 : table + 4 + 8 * count])
    start = table + {(platform, encoding): offset for platform, encoding, offset in entries}[_UNICODE]
    form, _, _, _, groups = struct.unpack_from(">HHIII", data, start)
    assert form == _GROUPS
    found = struct.iter_unpack(">III", data[start + 16 : start + 16 + 12 * groups])
    ranges = [(first, last) for first, last, glyph in found if glyph]
    return [first for first, _ in ranges], [last for _, last in ranges]
