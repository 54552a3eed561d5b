"""Whether a PNG or JPEG is whole, and what of it nobody meant to publish.

* Only what a picture is shown by is kept: no place, device, remark, second picture or other file in it or behind it.

Follows the PNG specification (third edition) §5 and §11, JPEG (ITU-T T.81) annex B, Exif 3.0 §4.6.
"""

import struct
import zlib
from collections.abc import Iterator

PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8\xff"
MAX_PIXELS = 100_000_000

_PIXELS = b"IDAT"
_PNG_SHOWN = {
    b"IHDR",
    b"PLTE",
    _PIXELS,
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"sBIT",
    b"bKGD",
    b"pHYs",
}
"""Parts of a PNG that its pixels, colours and size on paper come from."""

_SHOWN_PARTS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""What applications write that a JPEG is shown by, by how it begins."""
_PARTS = range(0xE0, 0xF0)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""Markers that say how large a JPEG is."""
_EXIF, _COMMENT, _SCAN, _END = 0xE1, 0xFE, 0xDA, 0xD9
_MARK, _HEAD = 0xFF, 2
"""How a marker begins; bytes of a marker, and of a segment’s length."""
_IN_PIXELS = {0x00, *range(0xD0, 0xD8), _MARK}
"""What follows 0xFF inside coded pixels and ends nothing."""
_ORIENTATION, _TURNS = 0x0112, range(2, 9)


def clean_png(data: bytes) -> bytes:
    """Return a PNG without texts, moments, places and other pictures.

    Raises:
        ValueError: it is not whole: a part has not its sum, the pixels do not unpack, or something follows.
    """
    kept, pixels, room = [PNG_START], zlib.decompressobj(), -1
    for kind, body, part in _png_parts(data):
        if (room < 0) != (kind == b"IHDR"):
            raise ValueError(kind)
        if kind == b"IHDR":
            room = _png_room(body)
        elif kind == _PIXELS:
            room -= _unpacked(pixels, body, room)
        if kind in _PNG_SHOWN:
            kept.append(part)
    if not pixels.eof or pixels.unused_data:
        raise ValueError("the end")
    return b"".join(kept)


def _png_room(head: bytes) -> int:
    """Return how many bytes the pixels of a PNG have at most."""
    if len(head) != 13:  # noqa: PLR2004 - width, height and five signs
        raise ValueError(head)
    width, height = struct.unpack_from(">II", head)
    if not 0 < width * height <= MAX_PIXELS:
        raise ValueError(width, height)
    room: int = (width * 8 + 8) * height + 64
    return room


def _unpacked(pixels: "zlib._Decompress", body: bytes, room: int) -> int:
    try:
        found: bytes = pixels.decompress(body, room + 1)
    except zlib.error:
        raise ValueError(_PIXELS) from None
    if len(found) > room:
        raise ValueError(_PIXELS)
    return len(found)


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise ValueError(kind)
        size, kind = struct.unpack_from(">I4s", data, at)
        body, end = data[at + 8 : at + 8 + size], at + 12 + size
        if end > len(data) or zlib.crc32(kind + body) != int.from_bytes(data[end - 4 : end], "big"):
            raise ValueError(kind)
        yield kind, body, data[at:end]
        at = end
    if at != len(data):
        raise ValueError("the end")


def clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG without place, device, remarks and what lies behind it; how it is turned stays.

    Raises:
        ValueError: it is not whole.
    """
    kept, at, sized, scanned = [data[:_HEAD]], _HEAD, False, False
    while data[at : at + _HEAD] != bytes((_MARK, _END)):
        marker, part = _jpeg_part(data, at)
        at += len(part)
        if marker in _FRAMES:
            sized = 0 < _pixels(part) <= MAX_PIXELS
        if marker == _EXIF:
            kept.append(_turning(part))
        elif _is_shown(marker, part):
            kept.append(part)
        if marker == _SCAN:
            scanned, end = True, _end_of_pixels(data, at)
            kept.append(data[at:end])
            at = end
    if not (sized and scanned):
        raise ValueError("the end")
    return b"".join((*kept, data[at : at + _HEAD]))


def _is_shown(marker: int, part: bytes) -> bool:
    if marker in _PARTS:
        begins = _SHOWN_PARTS.get(marker)
        return begins is not None and part[2 * _HEAD :].startswith(begins)
    return marker != _COMMENT


def _jpeg_part(data: bytes, at: int) -> tuple[int, bytes]:
    if at + 2 * _HEAD > len(data):
        raise ValueError("the end")
    mark, marker, size = struct.unpack_from(">BBH", data, at)
    if mark != _MARK or size < _HEAD or at + _HEAD + size > len(data):
        raise ValueError(marker)
    return marker, data[at : at + _HEAD + size]


def _end_of_pixels(data: bytes, at: int) -> int:
    """Return where coded pixels end: at the first marker that does not belong to them."""
    while (at := data.find(_MARK, at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in _IN_PIXELS:
            return at
        at += 1
    raise ValueError("the end")


def _pixels(part: bytes) -> int:
    return int.from_bytes(part[5:7], "big") * int.from_bytes(part[7:9], "big")


def _turning(part: bytes) -> bytes:
    """Return what a camera wrote, with nothing in it but how the picture is turned; empty if it is not."""
    head, exif = part[4:10], part[10:]
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if head != b"Exif\0\0" or order is None:
        return b""
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * number)
            if tag == _ORIENTATION and value in _TURNS:
                body = head + b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
                return struct.pack(">BBH", _MARK, _EXIF, len(body) + _HEAD) + body
    except struct.error:
        return b""
    return b""
