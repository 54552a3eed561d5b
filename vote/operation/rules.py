"""What a restored copy says of itself, and what has to be told when it is taken into use.

* A backup is older than the database it was made of: ballots for which owners hold receipts may be missing from the
copy. So nothing is written in a copy before somebody has said, with a reason, that it is to be used.
* From then on the public log says of every unfinished election that its database was restored, and from when.
"""

from dataclasses import dataclass
from datetime import datetime

from vote.election.rules import State
from vote.errors import Reason, RefusedError, UnavailableError
from vote.log.rules import Facts

MAX_REASON = 1000
UNFINISHED = (
    State.SEALED, State.NOTICED, State.OPEN, State.CLOSED, State.CHECKED, State.TALLIED, State.PRELIMINARY,
)  # fmt: skip
"""States of elections in which something acknowledged may have been lost."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A restored database that nobody has taken into use yet."""

    backup: str
    made_at: datetime
    """What was committed before is in it."""
    restored_at: datetime

    @property
    def sentence(self) -> str:
        """What it is and what to do, in English."""
        return (
            f"This database was restored from a backup made at {self.made_at:%Y-%m-%d %H:%M:%S} UTC: ballots acknowledged "
            "after that may be missing, so nothing is accepted until the operator has typed `vote db adopt`."
        )

    @property
    def sentence_zh(self) -> str:
        """The same in Chinese."""
        return (
            f"本数据库由备份恢复，备份时间为 {self.made_at:%Y-%m-%d %H:%M:%S} UTC：此后给过回执的选票可能不在其中，"
            "所以在运行 vote db adopt 之前不收任何内容。"
        )

    def facts(self, election: str) -> Facts:
        """Return what the public log says of it."""
        return {"election": election, "backup": self.backup, "made_at": moment(self.made_at)}


class CopyError(UnavailableError):
    """The database is a restored copy that nobody has taken into use."""

    def __init__(self, copy: Copy) -> None:
        super().__init__(copy.sentence)
        self.copy = copy


def moment(when: datetime) -> str:
    """Write a moment in UTC with milliseconds."""
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def require_reason(reason: str) -> str:
    """Return why a copy is taken into use, without the blanks around it.

    Raises:
        RefusedError: it says nothing, or too much.
    """
    words = reason.strip()
    if not words or len(words) > MAX_REASON:
        raise RefusedError(
            Reason.MALFORMED, f"A reason of 1 to {MAX_REASON} characters is needed: write what happened."
        )
    return words
