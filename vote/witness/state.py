"""Keeps what a witness cosigned last of each log, so that it never cosigns what does not continue it.

 * Comparing and keeping are one transaction, on the disk before it returns, whoever else runs on the same file.
 * A size never becomes smaller: the database itself refuses.
 * The file is made once, together with the key. A key without its file would cosign any story from the start, so a file
   that is missing is an error, and so is one that was made for another key.

Not here: what is cosigned (`rules`).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from vote.errors import Reason, RefusedError, UnavailableError
from vote.witness.rules import Latest, Refusal

WAIT_SECONDS = 5
MAX_CONFLICTS = 100
"""Pairs kept of one log; the first one says all."""

_TABLES = """
CREATE TABLE witness (key TEXT NOT NULL);
CREATE TABLE latest (
    origin TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, note BLOB NOT NULL, at INTEGER NOT NULL
);
CREATE TRIGGER latest_grows BEFORE UPDATE ON latest WHEN new.size < old.size OR new.origin != old.origin OR new.at < old.at
BEGIN SELECT RAISE(ABORT, 'what was cosigned is not taken back'); END;
CREATE TRIGGER latest_stays BEFORE DELETE ON latest
BEGIN SELECT RAISE(ABORT, 'what was cosigned is not taken back'); END;
CREATE TABLE conflict (origin TEXT NOT NULL, ours BLOB NOT NULL, theirs BLOB NOT NULL, at INTEGER NOT NULL);
"""

Decide = Callable[[Latest | None, int], Latest | Refusal]
"""Given what was cosigned last of the log, and the time of the last signature of any log, decides what is next."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two checkpoints of one size with different roots, both signed by the log."""

    ours: bytes
    """The one that was cosigned here."""
    theirs: bytes


@dataclass(frozen=True, slots=True)
class State:
    """The file of one witness."""

    path: Path

    def create(self, key: str) -> None:
        """Make the file for the witness with the verifier key `key`.

        Raises:
            RefusedError: it exists, or cannot be written.
        """
        try:
            self.path.open("xb").close()
            with closing(self._open()) as database:
                database.executescript(f"BEGIN; {_TABLES} COMMIT;")
                database.execute("INSERT INTO witness VALUES (?)", (key,))
        except FileExistsError:
            raise RefusedError(Reason.CONFLICT, f"The file {self.path} exists already and is not replaced.") from None
        except (OSError, sqlite3.Error):
            raise RefusedError(Reason.NOT_ALLOWED, f"The file {self.path} cannot be written.") from None

    def require(self, key: str) -> None:
        """Raise unless the file is that of the witness with the verifier key `key`.

        Raises:
            RefusedError: it is missing, cannot be read, or belongs to another key.
        """
        if not self.path.is_file():
            raise RefusedError(
                Reason.NOT_FOUND,
                f"The memory {self.path} is missing. Without it this key must not sign again: make a new key in an empty "
                "folder, and tell those who publish the logs.",
            )
        try:
            with closing(self._open()) as database:
                rows = database.execute("SELECT key FROM witness").fetchall()
        except sqlite3.Error:
            raise RefusedError(
                Reason.MALFORMED, f"The memory {self.path} cannot be read, so this key must not sign again."
            ) from None
        if rows != [(key,)]:
            raise RefusedError(Reason.CONFLICT, f"The memory {self.path} is that of another key.")

    def find(self, origin: str) -> Latest | None:
        """Return what was cosigned last of a log.

        Raises:
            UnavailableError: the file cannot be read now.
        """
        with self._reading() as database:
            return _latest(database, origin)

    def conflicts(self, origin: str) -> list[Conflict]:
        """Return the pairs that prove that a log told two stories, the first first.

        Raises:
            UnavailableError: the file cannot be read now.
        """
        with self._reading() as database:
            rows = database.execute("SELECT ours, theirs FROM conflict WHERE origin = ? ORDER BY rowid", (origin,))
            return [Conflict(bytes(ours), bytes(theirs)) for ours, theirs in rows]

    def advance(self, origin: str, decide: Decide) -> Latest | Refusal:
        """Return what `decide` says of the last checkpoint; the next one is on the disk then.

        Raises:
            UnavailableError: the file cannot be read or written now.
        """
        with self._reading() as database, _transaction(database):
            decided = decide(_latest(database, origin), _last_time(database))
            if isinstance(decided, Latest):
                database.execute(
                    "INSERT INTO latest VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note, at = excluded.at",
                    (origin, decided.checkpoint.size, decided.note, decided.at),
                )
            return decided

    def keep_conflict(self, origin: str, theirs: bytes, at: int) -> None:
        """Keep a checkpoint beside the one of the same size that was cosigned.

        Raises:
            UnavailableError: the file cannot be written now.
        """
        with self._reading() as database, _transaction(database):
            (count,) = database.execute("SELECT count(*) FROM conflict WHERE origin = ?", (origin,)).fetchone()
            if count < MAX_CONFLICTS:
                database.execute(
                    "INSERT INTO conflict SELECT origin, note, ?, ? FROM latest WHERE origin = ?", (theirs, at, origin)
                )

    def _open(self) -> sqlite3.Connection:
        # `rw`: a file that is gone is not made anew, empty.
        database = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT_SECONDS, isolation_level=None
        )
        # The folder too is on the disk after a commit.
        database.execute("PRAGMA synchronous = EXTRA")
        return database

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._open()) as database:
                yield database
        except sqlite3.Error as error:
            raise UnavailableError(f"the memory of this witness cannot be used now ({error})") from None


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _latest(database: sqlite3.Connection, origin: str) -> Latest | None:
    row = database.execute("SELECT note, at FROM latest WHERE origin = ?", (origin,)).fetchone()
    return Latest(bytes(row[0]), row[1]) if row else None


def _last_time(database: sqlite3.Connection) -> int:
    (at,) = database.execute("SELECT coalesce(max(at), 0) FROM latest").fetchone()
    return int(at)
