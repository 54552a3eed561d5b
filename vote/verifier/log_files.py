"""Keeps what is published of a log: files by their path below the log's prefix, wherever they come from.

Not here: reading folders (`log_folder`) and addresses (`log_address`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

CHECKPOINT, POLICY = "checkpoint", "policy"
TILES = "tile/"


class LogFiles(Protocol):
    """Where a log's files are."""

    def get(self, path: str) -> bytes | None:
        """Return a file, or None if it is not there."""

    def paths(self) -> Sequence[str] | None:
        """Return the path of every file that is there, in order, or None if nobody can list them."""


@dataclass(frozen=True, slots=True)
class PublishedLog:
    """A log as it was found."""

    name: str
    """How a refusal calls it."""
    files: LogFiles
    policy: bytes | None = None
    """The policy that whoever verifies brought along; if there is none, the one beside the log is taken."""
    number: int = 1
    """Which of its estate's logs, found together, it is: a further one comes behind the one that it continues."""
