"""Says whether an error means that the database cannot be used now, and why: not there, going down, held, or full.

Here alone the errors of the drivers are told apart. Whoever asks answers "try again", not "something is broken".
"""

import sqlite3
from types import TracebackType

import asyncpg  # type: ignore[import-untyped]
from tortoise.exceptions import DBConnectionError, OperationalError

UNREACHABLE = "The database cannot be used now: see that it runs, that its disk has room, and that VOTE_DB is right."
DATABASE_SECONDS = 2
"""How long whoever asks after an installation's health waits for the database."""
FULL, FAILS, HELD, AWAY = (
    "its disk is full",
    "its disk fails",
    "another process holds it",
    "it is away, or going down",
)
"""Why a database cannot be used, for the operator."""
_POSTGRESQL = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.PostgresIOError,
    asyncpg.InternalClientError,  # the server ended the connection, and its end is not read yet
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionRollbackError,
    DBConnectionError,
    ConnectionError,
)
_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}
_WHY_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: FAILS,
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
}
_WHY_POSTGRESQL = {
    asyncpg.DiskFullError: FULL,
    asyncpg.PostgresIOError: FAILS,
    asyncpg.LockNotAvailableError: HELD,
    asyncpg.TransactionRollbackError: HELD,
}
_PRIMARY = 0xFF
"""The lower byte of an SQLite error code is its kind."""


def is_outage(error: BaseException) -> bool:
    """Whether the database cannot be used, rather than that something was asked of it wrongly."""
    if isinstance(error, _POSTGRESQL):
        return True
    if isinstance(error, asyncpg.InterfaceError):
        # The driver has one class for its own state and for misuse. Whatever is asked after a connection was lost in a
        # transaction fails in turn, and that error is the one that comes out.
        lost = error.__context__ is not None and is_outage(error.__context__)
        return lost or "closed" in str(error) or "closing" in str(error)
    if isinstance(inner := _inner(error), sqlite3.DatabaseError):
        return _code(inner) in _SQLITE
    # Names that do not resolve, sockets that are missing, time that ran out: of the driver, not of any other file.
    return isinstance(error, OSError) and _comes_from("asyncpg", error.__traceback__)


def why(error: BaseException) -> str:
    """Return why the database cannot be used, of an error that is an outage."""
    inner = _inner(error)
    if isinstance(inner, sqlite3.DatabaseError):
        return _WHY_SQLITE.get(_code(inner), AWAY)
    return next((reason for kind, reason in _WHY_POSTGRESQL.items() if isinstance(error, kind)), AWAY)


def _inner(error: BaseException) -> BaseException:
    """Return the driver's error in tortoise's."""
    if isinstance(error, OperationalError) and error.args and isinstance(error.args[0], BaseException):
        return error.args[0]
    return error


def _code(error: sqlite3.DatabaseError) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


def _comes_from(package: str, traceback: TracebackType | None) -> bool:
    while traceback is not None:
        if str(traceback.tb_frame.f_globals.get("__name__", "")).partition(".")[0] == package:
            return True
        traceback = traceback.tb_next
    return False
