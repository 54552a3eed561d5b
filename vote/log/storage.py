"""Keeps published files under names that never mean anything else, in a folder: whole and on the disk, or not there.

 * A file is written beside, brought to the disk, then renamed, and the folder is brought to the disk. Whoever is stopped in
   between leaves what was there before.
 * One process writes at a time; another one is told to come back.

Not here: what is written, and in which order (`export`), storage elsewhere (`bucket`).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from vote.errors import Reason, RefusedError, UnavailableError

_WORK = ".export-"
"""What the names begin with of files that are none of a log's; they stand above all logs."""
_LOCK = f"{_WORK}lock"
_PUBLIC = 0o644


class Storage(Protocol):
    """Where the files of logs are kept; every method waits until it is done."""

    def get(self, name: str) -> bytes | None:
        """Return a file, or None if it is not there.

        Raises:
            UnavailableError: it cannot be told now.
        """

    def put(self, name: str, data: bytes, *, lasting: bool) -> None:
        """Keep a file in place of what was there; when this returns, it outlives a power cut.

        Args:
            name: with slashes, as in an address.
            data: what is in it.
            lasting: whether it never changes, so that readers may keep it.

        Raises:
            UnavailableError: it could not be kept.
        """

    def drop(self, prefix: str) -> None:
        """Let go of the files whose names begin with `prefix`, which ends in a slash.

        Raises:
            UnavailableError: it cannot be done now.
        """

    def alone(self) -> AbstractContextManager[None]:
        """Be the only one that writes, inside.

        Raises:
            UnavailableError: somebody else is.
        """


class FolderStorage:
    """A folder, which a web server may serve as it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written = 0

    def get(self, name: str) -> bytes | None:
        """Return a file, or None if it is not there."""
        try:
            return (self._folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _unavailable(self._folder, error) from None

    def put(self, name: str, data: bytes, *, lasting: bool) -> None:  # noqa: ARG002 - a folder tells nobody
        """Keep a file in place of what was there."""
        file = self._folder / name
        try:
            self._make(file.parent)
            beside = self._folder / f"{_WORK}{os.getpid()}-{self._written}"
            self._written += 1
            with beside.open("wb") as opened:
                os.fchmod(opened.fileno(), _PUBLIC)
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
            beside.rename(file)
            _sync(file.parent)
        except OSError as error:
            raise _unavailable(self._folder, error) from None

    def drop(self, prefix: str) -> None:
        """Let go of the files of a folder."""
        folder = self._folder / prefix
        try:
            for file in folder.iterdir():
                file.unlink()
            folder.rmdir()
            _sync(folder.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unavailable(self._folder, error) from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one that writes, inside; what a stopped process left half written is cleared away."""
        try:
            self._make(self._folder)
            lock = (self._folder / _LOCK).open("wb")
        except OSError as error:
            raise _unavailable(self._folder, error) from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UnavailableError(f"{self._folder}: another process writes there; try again later") from None
            for file in self._folder.glob(f"{_WORK}*-*"):
                file.unlink()
            yield

    def _make(self, folder: Path) -> None:
        """Make a folder with those above it, and let the disk know of each."""
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def open_folder(path: Path) -> FolderStorage:
    """Return the storage in a folder, which is made if it is not there.

    Raises:
        RefusedError: a file is in the way (`Reason.CONFLICT`).
    """
    if path.exists() and not path.is_dir():
        raise RefusedError(Reason.CONFLICT, f"{path} is a file: name a folder.")
    return FolderStorage(path)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _unavailable(folder: Path, error: OSError) -> UnavailableError:
    return UnavailableError(f"{folder}: {error.strerror or 'it cannot be used'}; nothing of the log is lost")
