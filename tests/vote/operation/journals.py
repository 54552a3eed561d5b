"""Starts the journal for a test, and makes it silent again."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from vote.operation import journal


@contextmanager
def kept() -> Iterator[io.StringIO]:
    """Write the journal into the stream that the block gets."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    written = io.StringIO()
    journal.start_journal(written)
    try:
        yield written
    finally:
        journal._configure(structlog.ReturnLoggerFactory())
        root.handlers[:], level = before
        root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """Return what was written, line by line."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]
