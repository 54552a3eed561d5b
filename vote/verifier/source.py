"""Reads what is to be verified from the disk.

* A path is an archive, a receipt, a bundle's folder, or a folder with one archive.
* A receipt in a bundle, or in its `receipts` folder, is verified together with that bundle.
* Nothing is read that is larger than such a file can be.
"""

from collections.abc import Iterable
from pathlib import Path

from crypto.errors import CryptoError
from vote.errors import Reason, RefusedError
from vote.verifier.bundle import (
    ARCHIVE_SUFFIX,
    MANIFEST,
    PARTS,
    RECEIPTS,
    ROLL,
    Bundle,
    is_archive,
    is_ours,
    is_receipt,
)
from vote.verifier.rules import read_manifest

ARCHIVE_BYTES = 2 << 30
"""Largest archive that is read: 100,000 ballots of 20 kB."""
PART_BYTES = 128 << 20
RECEIPT_BYTES = 64 << 10


def read_source(path: Path) -> Bundle:
    """Return what stands at `path`.

    Raises:
        RefusedError: nothing is there, or nothing that can be verified (`Reason.NOT_FOUND`).
    """
    try:
        if path.is_dir():
            return _read_folder(path)
        data = _read(path, ARCHIVE_BYTES)
        if is_archive(data):
            return Bundle((path.name,), data)
        if is_receipt(data) and len(data) <= RECEIPT_BYTES:
            return _read_around_receipt(path, data)
    except OSError:
        raise RefusedError(Reason.NOT_FOUND, f"{path}: it may not be read") from None
    raise _nothing(path)


def _read_folder(folder: Path) -> Bundle:
    archives = sorted(each.name for each in folder.iterdir() if each.suffix == ARCHIVE_SUFFIX and each.is_file())
    archive = _read(folder / archives[0], ARCHIVE_BYTES) if len(archives) == 1 else None
    parts = {name: _read(folder / name, PART_BYTES) for name in PARTS if (folder / name).is_file()}
    if archive is not None and not is_ours(archive) and MANIFEST not in parts and ROLL not in parts:
        # Other programs leave a result.json too; it says nothing about a bundle.
        parts = {}
    if not archives and not _is_manifest(parts.get(MANIFEST)):
        raise _nothing(folder)
    if archive is not None and not is_archive(archive) and not _is_manifest(parts.get(MANIFEST)):
        raise _nothing(folder)
    receipts = _files(folder / RECEIPTS)
    return Bundle(
        tuple(archives), archive, parts, {_receipt_name(each): _read(each, RECEIPT_BYTES) for each in receipts}
    )


def _read_around_receipt(path: Path, data: bytes) -> Bundle:
    folder = path.resolve().parent
    for candidate in (folder.parent, folder) if folder.name == RECEIPTS else (folder,):
        if any(each.suffix == ARCHIVE_SUFFIX and each.is_file() for each in candidate.iterdir()):
            found = _read_folder(candidate)
            return Bundle(found.archives, found.archive, found.parts, {_receipt_name(path): data})
    return Bundle((), None, {}, {_receipt_name(path): data})


def _receipt_name(path: Path) -> str:
    return f"{RECEIPTS}/{path.name}"


def _files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        return ()
    return sorted(each for each in folder.iterdir() if each.suffix == ".json" and each.is_file())


def _is_manifest(data: bytes | None) -> bool:
    try:
        read_manifest(data or b"")
    except CryptoError:
        return False
    return True


def _read(path: Path, limit: int) -> bytes:
    if not path.is_file():
        raise RefusedError(Reason.NOT_FOUND, f"{path}: there is no such file or folder; check the name")
    if path.stat().st_size > limit:
        raise RefusedError(Reason.NOT_FOUND, f"{path}: too large to be what can be verified here")
    return path.read_bytes()


def _nothing(path: Path) -> RefusedError:
    return RefusedError(Reason.NOT_FOUND, f"{path}: this is no archive, bundle or receipt")
