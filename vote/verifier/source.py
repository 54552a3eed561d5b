"""Reads what is to be verified from the disk.

* A path is an archive, a receipt, a bundle's folder, a folder with one archive, or the folder of a public log, with further ones inside.
* A receipt in a bundle, or in its `receipts` folder, is verified together with that bundle.
* Nothing is read that is larger than such a file can be.
"""

from collections.abc import Iterable
from pathlib import Path

from crypto.errors import CryptoError
from vote.errors import Reason, RefusedError
from vote.log.receipt import SUFFIX
from vote.verifier.bundle import (
    ARCHIVE_SUFFIX,
    LOGS,
    MANIFEST,
    PARTS,
    RECEIPTS,
    ROLL,
    Bundle,
    is_archive,
    is_log_proof,
    is_ours,
    is_receipt,
)
from vote.verifier.log_files import CHECKPOINT, POLICY, PublishedLog
from vote.verifier.log_folder import LogFolder, further_logs, is_log
from vote.verifier.rules import read_manifest

ARCHIVE_BYTES = 2 << 30
"""Largest archive that is read: 100,000 ballots of 20 kB."""
PART_BYTES = 128 << 20
RECEIPT_BYTES = 64 << 10


def read_source(path: Path, policy: bytes | None = None) -> Bundle:
    """Return what stands at `path`.

    Args:
        path: a file or folder.
        policy: the one that whoever verifies brought along, for the logs.

    Raises:
        RefusedError: nothing is there, or nothing that can be verified (`Reason.NOT_FOUND`).
    """
    try:
        if path.is_dir():
            return _read_log(path, policy) if is_log(path) else _read_folder(path, policy)
        data = _read(path, ARCHIVE_BYTES)
        if is_log_proof(path.name, data) and len(data) <= RECEIPT_BYTES:
            return _read_around_proof(path, data, policy)
        if is_archive(data):
            return Bundle((path.name,), data)
        if is_receipt(data) and len(data) <= RECEIPT_BYTES:
            return _read_around_receipt(path, data, policy)
    except OSError:
        raise RefusedError(Reason.NOT_FOUND, f"{path}: it may not be read") from None
    raise _nothing(path)


def _read_folder(folder: Path, policy: bytes | None) -> Bundle:
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
    return Bundle(
        tuple(archives),
        archive,
        parts,
        {_receipt_name(each): _read(each, RECEIPT_BYTES) for each in _files(folder / RECEIPTS, ".json")},
        _logs(folder / LOGS, policy),
        {_receipt_name(each): _read(each, RECEIPT_BYTES) for each in _files(folder / RECEIPTS, SUFFIX)},
    )


def _read_log(folder: Path, policy: bytes | None) -> Bundle:
    if policy is None and not (folder / POLICY).is_file():
        raise RefusedError(
            Reason.NOT_FOUND,
            f"{folder}: a log without its policy says nothing; put the file {POLICY} beside {CHECKPOINT}, or name one with --policy",
        )
    return Bundle((), None, logs=_logs_of(folder.resolve().name, folder, policy))


def _logs(folder: Path, policy: bytes | None) -> tuple[PublishedLog, ...]:
    if not folder.is_dir():
        return ()
    estates = sorted(each for each in folder.iterdir() if each.is_dir())
    return tuple(log for each in estates for log in _logs_of(f"{LOGS}/{each.name}", each, policy))


def _logs_of(name: str, folder: Path, policy: bytes | None) -> tuple[PublishedLog, ...]:
    """Return an estate's log, and those that were begun after it."""
    further = further_logs(folder).items()
    return (
        PublishedLog(name, LogFolder(folder), policy),
        *(PublishedLog(f"{name}/{number}", LogFolder(inside), policy, number) for number, inside in further),
    )


def _read_around_proof(path: Path, data: bytes, policy: bytes | None) -> Bundle:
    promise = path.with_suffix(".json")
    receipts = {_receipt_name(promise): _read(promise, RECEIPT_BYTES)} if promise.is_file() else {}
    found = _bundle_around(path, policy)
    proofs = {_receipt_name(path): data}
    if found is None:
        return Bundle((), None, {}, receipts, (), proofs)
    return Bundle(found.archives, found.archive, found.parts, receipts, found.logs, proofs)


def _read_around_receipt(path: Path, data: bytes, policy: bytes | None) -> Bundle:
    found = _bundle_around(path, policy)
    if found is None:
        return Bundle((), None, {}, {_receipt_name(path): data})
    return Bundle(found.archives, found.archive, found.parts, {_receipt_name(path): data}, found.logs)


def _bundle_around(path: Path, policy: bytes | None) -> Bundle | None:
    folder = path.resolve().parent
    for candidate in (folder.parent, folder) if folder.name == RECEIPTS else (folder,):
        if any(each.suffix == ARCHIVE_SUFFIX and each.is_file() for each in candidate.iterdir()):
            return _read_folder(candidate, policy)
    return None


def read_bytes(path: Path) -> bytes:
    """Return a small file that was named on the command line.

    Raises:
        RefusedError: it is not there, or too large (`Reason.NOT_FOUND`).
    """
    try:
        return _read(path, RECEIPT_BYTES)
    except OSError:
        raise RefusedError(Reason.NOT_FOUND, f"{path}: it may not be read") from None


def _receipt_name(path: Path) -> str:
    return f"{RECEIPTS}/{path.name}"


def _files(folder: Path, suffix: str) -> Iterable[Path]:
    if not folder.is_dir():
        return ()
    return sorted(each for each in folder.iterdir() if each.suffix == suffix and each.is_file())


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
    return RefusedError(Reason.NOT_FOUND, f"{path}: this is no archive, bundle, log or receipt")
