"""Attachments made up for tests, whole and small."""

import io
import struct
import zlib

import xlsxwriter


def part(kind: bytes, body: bytes) -> bytes:
    """A part of a PNG with its sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 3, height: int = 2, *parts: bytes, pixels: bytes | None = None) -> bytes:
    """A grey picture."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height)) if pixels is None else pixels
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = (part(b"IHDR", head), *parts, part(b"IDAT", zlib.compress(rows)), part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def jpeg_part(marker: int, body: bytes) -> bytes:
    """A segment."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(*entries: tuple[int, int], order: str = ">") -> bytes:
    """What a camera writes: tags of one number each, and a place in words behind them."""
    head = {">": b"MM\0*", "<": b"II*\0"}[order] + struct.pack(f"{order}I", 8)
    rows = b"".join(struct.pack(f"{order}HHIHH", tag, 3, 1, value, 0) for tag, value in entries)
    return b"Exif\0\0" + head + struct.pack(f"{order}H", len(entries)) + rows + b"\0\0\0\0" + b"N30.84 E120.92"


def jpeg(*parts: bytes, width: int = 3, height: int = 2, after: bytes = b"") -> bytes:
    """A picture whose coded pixels nobody decodes."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    scan = jpeg_part(0xDA, b"\x01\x01\0\0\x3f\0")
    return b"\xff\xd8" + b"".join(parts) + jpeg_part(0xC0, frame) + scan + b"\x12\x34\xff\0\x56\xff\xd9" + after


def pdf(catalog: str = "", page: str = "", count: int = 1) -> bytes:
    """A page without anything on it."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count {count} >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] {page} >>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode()
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def workbook() -> bytes:
    """One sheet with two cells."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("收支")
        sheet.write_row(0, 0, ["收入", 1000])
    return held.getvalue()


CSV = "日期,收入\n2026-11-01,100.00\n".encode()
