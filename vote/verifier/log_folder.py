"""Reads a log's files from a folder.

* Only what lies inside the folder is read, and nothing that is larger than a file of a log can be.
"""

from collections.abc import Sequence
from pathlib import Path

from crypto.errors import MalformedError
from vote.verifier.log_files import CHECKPOINT, TILES

FILE_BYTES = 257 * 65537
"""A bundle of 256 entries of 65,535 bytes is smaller."""


class LogFolder:
    """A static log on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, path: str) -> bytes | None:
        """Return a file, or None if it is not there.

        Raises:
            MalformedError: it is too large, or may not be read.
        """
        file = self._folder / path
        try:
            with file.open("rb") as opened:
                data = opened.read(FILE_BYTES + 1)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except OSError:
            raise MalformedError(f"{path}: it may not be read") from None
        if len(data) > FILE_BYTES:
            raise MalformedError(f"{path}: too large for a file of a log")
        return data

    def paths(self) -> Sequence[str]:
        """Return the path of every file, in order."""
        found = (each for each in self._folder.rglob("*") if each.is_file())
        return sorted(each.relative_to(self._folder).as_posix() for each in found)


def is_log(folder: Path) -> bool:
    """Whether a folder is a log's, perhaps a damaged one."""
    return (folder / CHECKPOINT).is_file() or (folder / TILES).is_dir()
