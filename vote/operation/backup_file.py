"""The file of a backup: a gzipped tar with the rows of every table, and what they are, at the end.

* `rows/<table>/<page>.jsonl` hold the rows (`tables.py`), tables and pages in order.
* `backup.json` is the last member: version, number of the backup, moment, migrations, and for each table its columns,
how many rows it has, and the SHA-256 of their lines. A file without it was cut off.
* Nobody signs a backup: it is worth as much as the database itself, and is kept as carefully.
"""

import gzip
import hashlib
import io
import json
import re
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter, ValidationError

from vote.errors import Reason, RefusedError

VERSION = 1
LAST = "backup.json"
_PAGE = re.compile(r"rows/([a-z_]+)/[0-9]{6}\.jsonl")


@dataclass(frozen=True, slots=True)
class KeptTable:
    """What a backup says of a table."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself."""

    version: int
    id: str
    """Of this backup: 32 hex digits."""
    made_at: str
    """By the database's clock. What was committed before is in it."""
    program: str
    engine: str
    migrations: list[str]
    keys: dict[str, str | None]
    """Digests of the keys that belong to the database; none where the file could not be read."""
    tables: dict[str, KeptTable]


@dataclass(slots=True)
class Sums:
    """Adds up what is written or read of one table."""

    columns: list[str]
    rows: int = 0
    pages: int = 0
    hash: Any = field(default_factory=hashlib.sha256)

    def add(self, lines: bytes, rows: int) -> None:
        """Take a page into account."""
        self.rows += rows
        self.pages += 1
        self.hash.update(lines)

    def kept(self) -> KeptTable:
        """Return the sums."""
        return KeptTable(self.columns, self.rows, self.hash.hexdigest())


class BackupWriter:
    """Writes a backup to an open file."""

    def __init__(self, file: BinaryIO, moment: int) -> None:
        self._zip = gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=moment)
        self._tar = tarfile.open(fileobj=self._zip, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - see `end`
        self._moment = moment
        self.tables: dict[str, Sums] = {}

    def begin(self, table: str, columns: list[str]) -> None:
        """Begin a table."""
        self.tables[table] = Sums(columns)

    def add(self, table: str, lines: bytes, rows: int) -> None:
        """Write a page of a table."""
        sums = self.tables[table]
        sums.add(lines, rows)
        self._put(f"rows/{table}/{sums.pages:06}.jsonl", lines)

    def end(self, **contents: Any) -> Contents:  # noqa: ANN401 - the fields of `Contents`
        """Write what the backup is, and end it."""
        written = Contents(
            version=VERSION, tables={name: sums.kept() for name, sums in self.tables.items()}, **contents
        )
        self._put(LAST, json.dumps(asdict(written), ensure_ascii=False, indent=1).encode())
        self._tar.close()
        self._zip.close()
        return written

    def _put(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = len(data), self._moment, 0o600
        self._tar.addfile(member, io.BytesIO(data))


def read_contents(path: Path) -> Contents:
    """Read a whole backup and return what it is.

    Raises:
        RefusedError: it is none, was cut off, or its rows are not the ones it was made of.
    """
    sums: dict[str, Sums] = {}
    contents = None
    for name, data in _members(path):
        if contents is not None:
            raise _broken(path, f"{name} stands behind its end")
        if name == LAST:
            contents = _read_last(path, data)
            continue
        match = _PAGE.fullmatch(name)
        if match is None:
            raise _broken(path, "it holds a file that does not belong there")
        sums.setdefault(match[1], Sums([])).add(data, data.count(b"\n"))
    if contents is None:
        raise _broken(path, "its end is missing")
    for table in sorted({*sums, *contents.tables}):
        kept, found = contents.tables.get(table), sums.get(table, Sums([]))
        if kept is None or (kept.rows, kept.sha256) != (found.rows, found.hash.hexdigest()):
            raise _broken(path, f"the rows of {table} are not the ones it was made of")
    return contents


def read_pages(path: Path) -> Iterator[tuple[str, bytes]]:
    """Iterate over the pages of a backup that was read before: table and lines."""
    for name, data in _members(path):
        if match := _PAGE.fullmatch(name):
            yield match[1], data


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with gzip.open(path) as file, tarfile.open(fileobj=file, mode="r|") as tar:
            for member in tar:
                opened = tar.extractfile(member)
                yield member.name, opened.read() if opened else b""
            # The check sum of the whole stands at its very end.
            while file.read(1 << 16):
                pass
    except FileNotFoundError:
        raise RefusedError(Reason.NOT_FOUND, f"There is no file {path}: give the backup's path.") from None
    except (tarfile.TarError, EOFError, zlib.error, OSError):
        raise _broken(path, "it cannot be read to its end") from None


def _read_last(path: Path, data: bytes) -> Contents:
    try:
        contents = TypeAdapter(Contents).validate_json(data, strict=True)
    except ValidationError:
        raise _broken(path, f"{LAST} is not as this program writes it") from None
    if contents.version != VERSION:
        raise _broken(path, f"it is of version {contents.version}, and this program reads {VERSION}")
    return contents


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(Reason.MALFORMED, f"{path.name} is no whole backup, as {why}: take another one.")
