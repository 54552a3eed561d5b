"""Speaks the tar dialect of an archive: old-style members that can be written in one way only.

 * A member is a header of 512 bytes and a body, padded with NUL to a multiple of 512.
 * No `ustar` mark, no owner, mode 644, one time for all members, no blocks at the end: members can always be appended.
 * A header is accepted only if writing its name, size and time again gives the same 512 bytes.

Follows SPEC.md §8.

Not here: what the members mean (`archive`, `archive_reader`).

>>> [member] = read_members(encode_member("note.txt", b"hello", 1795485993))
>>> member.name, member.body, member.mtime
('note.txt', b'hello', 1795485993)
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crypto.errors import MalformedError

BLOCK_BYTES = 512
NAME_BYTES = 100
LIMIT = 8**11
"""Sizes (bytes) and times (Unix seconds) are written with eleven octal digits."""

_OCTAL = re.compile(rb"[0-7]{11}\0")


class Member(NamedTuple):
    """One member: where it stands (from 1), its name, its time in Unix seconds, its bytes."""

    number: int
    name: str
    mtime: int
    body: bytes

    @property
    def label(self) -> str:
        """Names the member in a refusal."""
        return f"member {self.number} ({self.name[:NAME_BYTES]})"


def encode_member(name: str, body: bytes, mtime: int) -> bytes:
    """Write one member, header and padded body.

    Raises:
        MalformedError: the name, the size or the time does not fit its field.
    """
    return b"".join((_encode_header(name, len(body), mtime), body, bytes(-len(body) % BLOCK_BYTES)))


def read_members(data: bytes) -> Iterator[Member]:
    """Yield the members in order; nothing may stand between, before or after them.

    Raises:
        MalformedError: a header, a padding or the length is not exactly what `encode_member` writes.
    """
    offset, number = 0, 1
    while offset < len(data):
        label = f"member {number}"
        header = data[offset : offset + BLOCK_BYTES]
        if len(header) < BLOCK_BYTES:
            raise MalformedError(f"{label}: the archive ends inside its header")
        name, size, mtime = _decode_header(header, label)
        start = offset + BLOCK_BYTES
        offset = start + size + -size % BLOCK_BYTES
        if offset > len(data):
            raise MalformedError(f"{label} ({name}): the archive ends inside its content")
        if data.count(0, start + size, offset) != offset - start - size:
            raise MalformedError(f"{label} ({name}): the padding holds something else than NUL")
        yield Member(number, name, mtime, data[start : start + size])
        number += 1


def _encode_header(name: str, size: int, mtime: int) -> bytes:
    text = name.encode("ascii", "replace")
    if not 0 < len(text) <= NAME_BYTES or not name.isascii() or not name.isprintable():
        raise MalformedError("a member's name has 1 to 100 printable ASCII characters")
    if not (0 <= size < LIMIT and 0 <= mtime < LIMIT):
        raise MalformedError(f"{name}: the size or the time needs more than eleven octal digits")
    before = text.ljust(NAME_BYTES, b"\0") + b"0000644\0" + b"0000000\0" * 2 + b"%011o\0%011o\0" % (size, mtime)
    after = b"0".ljust(BLOCK_BYTES - 156, b"\0")
    # The checksum counts its own eight bytes as spaces.
    checksum = sum(before) + 8 * 0x20 + sum(after)
    return before + b"%06o\0 " % checksum + after


def _decode_header(header: bytes, label: str) -> tuple[str, int, int]:
    size, mtime = header[124:136], header[136:148]
    if not _OCTAL.fullmatch(size) or not _OCTAL.fullmatch(mtime):
        raise MalformedError(f"{label}: this is not a member of an archive")
    name = header[:NAME_BYTES].rstrip(b"\0").decode("ascii", "replace")
    values = name, int(size[:11], 8), int(mtime[:11], 8)
    if not name.isascii() or not name.isprintable() or not name or _encode_header(*values) != header:
        raise MalformedError(f"{label}: the header is not written in the one way an archive has")
    return values
