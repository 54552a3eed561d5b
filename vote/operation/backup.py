"""Makes a backup of the open database while it is being used.

* It is read in one snapshot: what was committed before it began is in it whole, and nothing that came later.
* The file is written beside its name, synced, and only then gets the name; nothing is overwritten. Its owner alone may
read it.
* Key files are not in it: a backup with the data key beside it is no better than the names in clear.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from crypto.encoding import hex_digest
from crypto.envelope import derive_key
from crypto.signature import SigningKey, encode_public_key
from vote.config import Settings
from vote.db import applied_migrations, database_now, known_migrations, snapshot
from vote.errors import Reason, RefusedError
from vote.operation.backup_file import BackupWriter, Contents
from vote.operation.rules import moment
from vote.operation.tables import is_sqlite, read_pages, read_tables


async def make_backup(out: Path, keys: dict[str, str | None]) -> Contents:
    """Write a backup of the open database to `out`, and return what is in it.

    Raises:
        RefusedError: `out` exists or cannot be written, or the database is not up to date.
    """
    with _new_file(out) as file:
        made_at = await database_now()
        async with snapshot() as connection:
            migrations = await _require_upgraded()
            writer = BackupWriter(file, int(made_at.timestamp()))
            for table in (await read_tables(connection)).values():
                writer.begin(table.name, [column.name for column in table.columns])
                async for lines, rows in read_pages(connection, table):
                    writer.add(table.name, lines, rows)
        return writer.end(
            id=secrets.token_hex(16),
            made_at=moment(made_at),
            program=version("shanzhi"),
            engine="sqlite" if is_sqlite(connection) else "postgresql",
            migrations=migrations,
            keys=keys,
        )


def key_digests(settings: Settings) -> dict[str, str | None]:
    """Return what tells the keys of an installation from others without telling anything of them."""
    digests: dict[str, str | None] = {"data": None, "signing": None, "log": None}
    try:
        digests["data"] = hex_digest(derive_key(settings.data_key().get_secret_value(), "backup"))
        digests["signing"] = encode_public_key(SigningKey(settings.signing_key().get_secret_value()).public)
        digests["log"] = hex_digest(derive_key(settings.log_key().get_secret_value(), "backup"))
    except RefusedError:
        return digests
    return digests


async def _require_upgraded() -> list[str]:
    applied = await applied_migrations()
    if applied != known_migrations():
        raise RefusedError(
            Reason.WRONG_STATE, "The database is not of this program's version: run `vote db upgrade` first."
        )
    return applied


@contextmanager
def _new_file(out: Path) -> Iterator[BinaryIO]:
    """Open a file that gets its name once it is whole and on the disk."""
    part = out.with_name(f"{out.name}.part-{secrets.token_hex(4)}")
    if out.exists():
        raise _taken(out)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise RefusedError(Reason.NOT_FOUND, f"{out} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # A link fails where the name was taken meanwhile, a rename would replace what is there.
        os.link(part, out)
    except FileExistsError:
        raise _taken(out) from None
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(out.parent)


def _taken(out: Path) -> RefusedError:
    return RefusedError(Reason.CONFLICT, f"There is a file {out} already: give another name.")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
