"""Reads a spreadsheet in a process of its own with bounded memory and time: a hostile file ends that process, not the server.

Files are read one after another, so that many at once take no more memory than one.
"""

import multiprocessing
import resource
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from vote.errors import Reason
from vote.roll.columns import Column
from vote.roll.reader import read_sheets
from vote.roll.refusal import SheetRefusedError
from vote.roll.rules import RollReading, read_roll
from vote.roll.sheet import Sheet

MEMORY_BYTES = 3 << 30
PROCESSOR_SECONDS = 120
"""A roll of 3,551 units takes under one."""

_ONE_AT_A_TIME = threading.Lock()

_Refusal = tuple[str, str, Reason]
_Read = TypeVar("_Read")


def open_apart(data: bytes) -> list[Sheet]:
    """Return the sheets of a file.

    Raises:
        SheetRefusedError: it is no table, or reading it takes more memory or time than any roll needs.
    """
    return _run(_open, data)


def read_apart(data: bytes, sheet: str | None, mapping: Mapping[Column, str] | None) -> RollReading:
    """Return what `read_roll` makes of a file.

    Raises:
        SheetRefusedError: it cannot be read as a roll, or reading it takes more memory or time than any roll needs.
    """
    return _run(_read, data, sheet, mapping)


def _run(work: Callable[..., tuple[_Read | None, _Refusal | None]], *values: object) -> _Read:
    limits = MEMORY_BYTES, PROCESSOR_SECONDS
    with (
        _ONE_AT_A_TIME,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _limit, limits) as process,
    ):
        try:
            read, refusal = process.submit(work, *values).result()
        except (BrokenProcessPool, MemoryError):
            raise SheetRefusedError(
                "the file cannot be read; save the roll as csv or as a new workbook and import that",
                "文件无法读取，请把清册另存为 csv 或新的工作簿再导入",
            ) from None
    if read is None:
        assert refusal is not None
        raise SheetRefusedError(*refusal)
    return read


def _limit(memory_bytes: int, processor_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds))


def _read(
    data: bytes, sheet: str | None, mapping: Mapping[Column, str] | None
) -> tuple[RollReading | None, _Refusal | None]:
    # A refusal travels as its parts: an exception with arguments of its own cannot be unpickled.
    try:
        return read_roll(read_sheets(data), sheet, mapping), None
    except SheetRefusedError as refusal:
        return None, (refusal.detail, refusal.detail_zh, refusal.reason)


def _open(data: bytes) -> tuple[list[Sheet] | None, _Refusal | None]:
    try:
        return read_sheets(data), None
    except SheetRefusedError as refusal:
        return None, (refusal.detail, refusal.detail_zh, refusal.reason)
