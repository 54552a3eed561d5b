"""Writes what happened for the operator: one JSON object a line on standard error, and nothing about persons.

* Only keys of a closed list are written; anything else that code hands over is dropped.
* A request is named by its route's template, never by path or query: trackers and estates stand there.
* Of an error only its class and the lines of code are written. Drivers put values of rows into their messages.
* What other libraries log is written as they wrote it in their code, before any value was put in.

Not here: what is counted (`metrics.py`).
"""

import logging
import sys
from collections.abc import Callable, MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

KEYS = frozenset(
    {
        "event", "level", "time", "logger", "request", "method", "route", "status", "ms", "reason", "error", "where", "done",
        "version", "engine", "host", "port", "public_url", "checkers", "demo", "metrics", "backup", "made_at", "sentence",
    }
)  # fmt: skip
"""What may stand in a line."""
OURS = "vote."
_DEEPEST = 8
"""Lines of code told of an error, the innermost ones."""


def start_journal(stream: TextIO | None = None) -> None:
    """Write to `stream`, by default standard error, from now on: our own events and what libraries log."""
    _configure(structlog.PrintLoggerFactory(stream or sys.stderr))
    logging.basicConfig(level=logging.WARNING, handlers=[Records()], force=True)


def keep_listed(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list."""
    return {name: value for name, value in event.items() if name in KEYS}


def tell(event: str, **facts: object) -> None:
    """Write that something happened."""
    structlog.get_logger().info(event, **facts)


def tell_error(event: str, error: BaseException, **facts: object) -> None:
    """Write that something failed: the error's class and where it came from."""
    structlog.get_logger().error(event, **name_error(error), **facts)


def name_error(error: BaseException) -> dict[str, object]:
    """Return an error without its message."""
    kind = type(error)
    return {"error": f"{kind.__module__}.{kind.__qualname__}", "where": _places(error.__traceback__)}


class Records(logging.Handler):
    """Takes what is logged the usual way."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record: our own sentences as they are, others' without their values."""
        ours = record.name.startswith(OURS)
        words = record.getMessage() if ours else str(record.msg) if isinstance(record.msg, str) else "(no text)"
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().log(
            record.levelno, words, logger=record.name, **(name_error(error) if error is not None else {})
        )


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback is not None:
        places.append(f"{traceback.tb_frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places[-_DEEPEST:]


def _configure(factory: Callable[..., Any]) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            keep_listed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=factory,
        cache_logger_on_first_use=False,
    )


# Nothing is written before somebody starts it: most commands speak to a person on the same screen.
_configure(structlog.ReturnLoggerFactory())
