"""Whether a PNG or JPEG is whole, and what of it nobody meant to publish.

Follows the PNG specification (third edition) §5 and §11, JPEG (ITU-T T.81) annex B, Exif 3.0 §4.6.
"""

import struct
import zlib
from collections.abc import Iterator

PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8\xff"
MAX_PIXELS = 100_000_000

_SHOWN_PARTS = {0xE0, 0xE2, 0xEE}
"""What applications write that a picture is shown by: JFIF, colours, Adobe's."""
_PARTS = range(0xE0, 0xF0)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""Markers that say how large a JPEG is."""
_EXIF, _COMMENT, _SCAN, _END = 0xE1, 0xFE, 0xDA, 0xD9
_MARK, _HEAD = 0xFF, 2
"""How a marker begins; bytes of a marker, and of a segment’s length."""
_ORIENTATION, _TURNS = 0x0112, range(2, 9)


def require_png(data: bytes) -> None:
    """Raise unless a PNG is whole: every part has its sum, the pixels unpack, nothing follows.

    Raises:
        ValueError: it is not.
    """
    pixels, room, parts = zlib.decompressobj(), 0, _png_parts(data)
    kind, body = next(parts)
    if kind != b"IHDR" or len(body) < 2 * 4:
        raise ValueError(kind)
    width, height = struct.unpack_from(">II", body)
    if not 0 < width * height <= MAX_PIXELS:
        raise ValueError(width, height)
    room = (width * 8 + 8) * height + 64
    for kind, body in parts:
        if kind == b"IDAT":
            try:
                room -= len(pixels.decompress(body, room + 1))
            except zlib.error:
                raise ValueError(kind) from None
            if room < 0:
                raise ValueError(kind)
    if not pixels.eof:
        raise ValueError("the end")


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise ValueError(kind)
        size, kind = struct.unpack_from(">I4s", data, at)
        body, end = data[at + 8 : at + 8 + size], at + 12 + size
        if end > len(data) or zlib.crc32(kind + body) != int.from_bytes(data[end - 4 : end], "big"):
            raise ValueError(kind)
        yield kind, body
        at = end
    if at != len(data):
        raise ValueError("the end")


def clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG without place, device and remarks; how it is turned stays, and what it is shown by.

    Raises:
        ValueError: it is not whole.
    """
    kept, at, sized, marker = [data[:_HEAD]], _HEAD, False, 0
    while marker != _SCAN:
        marker, part = _jpeg_part(data, at)
        at += len(part)
        if marker in _FRAMES:
            sized = 0 < _pixels(part) <= MAX_PIXELS
        if marker == _EXIF:
            kept.append(_turning(part))
        elif marker != _COMMENT and (marker in _SHOWN_PARTS or marker not in _PARTS):
            kept.append(part)
    end = data.rfind(bytes((_MARK, _END)), at)
    if not sized or end < 0:
        raise ValueError("the end")
    return b"".join((*kept, data[at : end + _HEAD]))


def _jpeg_part(data: bytes, at: int) -> tuple[int, bytes]:
    if at + 2 * _HEAD > len(data):
        raise ValueError("the end")
    mark, marker, size = struct.unpack_from(">BBH", data, at)
    if mark != _MARK or size < _HEAD or at + _HEAD + size > len(data):
        raise ValueError(marker)
    return marker, data[at : at + _HEAD + size]


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
