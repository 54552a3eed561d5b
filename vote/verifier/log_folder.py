"""Reads a log's files from a folder.

* A further log of the estate lies in a folder inside, with its number for a name; its files are its own.
* Only what lies inside the folder is read, and nothing that is larger than a file of a log can be.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from crypto.errors import MalformedError
from vote.verifier.log_files import CHECKPOINT, TILES

_NUMBER = re.compile(r"[2-9]|[1-9][0-9]{1,5}")
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
        further = set(further_logs(self._folder).values())
        found = (each.relative_to(self._folder) for each in self._folder.rglob("*") if each.is_file())
        return sorted(each.as_posix() for each in found if self._folder / each.parts[0] not in further)


def further_logs(folder: Path) -> Mapping[int, Path]:
    """Return the folders of the logs that an estate has behind its first, by number, in order."""
    named = {int(each.name): each for each in folder.iterdir() if _NUMBER.fullmatch(each.name) and is_log(each)}
    return dict(sorted(named.items()))


def is_log(folder: Path) -> bool:
    """Whether a folder is a log's, perhaps a damaged one."""
    return (folder / CHECKPOINT).is_file() or (folder / TILES).is_dir()
