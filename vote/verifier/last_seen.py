"""Keeps, on the reader's own disk, the last checkpoint of each log that was verified.

* One file for all logs; a checkpoint is replaced only by a later one of the same log.
* The file is written beside and moved, so that it is never half there.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from crypto.encoding import read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError

VERSION = 1
_NAME = "checkpoints.json"


def default_path() -> Path:
    """Return where the file is if nobody says: in the user's state folder."""
    state = os.environ.get("XDG_STATE_HOME", "")
    return (Path(state) if state.startswith("/") else Path.home() / ".local/state") / "shanzhi" / _NAME


class LastSeen:
    """The checkpoints in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, origin: str) -> bytes | None:
        """Return the checkpoint of a log that was seen last, or None.

        Raises:
            MalformedError: the file is none of ours.
        """
        note = self._read().get(origin)
        return None if note is None else note.encode()

    def keep(self, notes: Mapping[str, bytes]) -> None:
        """Write down checkpoints by the origin of their logs.

        Raises:
            MalformedError: the file that is there is none of ours.
            OSError: it cannot be written.
        """
        known = {**self._read(), **{origin: note.decode() for origin, note in notes.items()}}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        beside.write_text(json.dumps({"version": VERSION, "checkpoints": known}, ensure_ascii=False, indent=1))
        beside.replace(self.path)

    def _read(self) -> dict[str, str]:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError:
            raise MalformedError(f"{self.path}: it may not be read") from None
        what = str(self.path)
        fields = require_fields(read_json(data, what), ("version", "checkpoints"), what)
        if require_whole(fields["version"], what) != VERSION or not isinstance(fields["checkpoints"], dict):
            raise MalformedError(f"{what}: this is no list of checkpoints; name another file with --seen")
        return {origin: require_text(note, what) for origin, note in fields["checkpoints"].items()}
