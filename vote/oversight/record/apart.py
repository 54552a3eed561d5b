"""Looks at attachments in a process of its own with bounded memory and time: a hostile file ends that process, not the server."""

import multiprocessing
import resource
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from vote.errors import Reason
from vote.oversight.record.media import FileRefusedError, look_at

MEMORY_BYTES = 2 << 30
PROCESSOR_SECONDS = 60

_ONE_AT_A_TIME = threading.Lock()
_Looked = tuple[tuple[str, bytes] | None, tuple[str, str, Reason] | None]


def look_apart(files: list[bytes]) -> list[tuple[str, bytes]]:
    """Return the media type and the bytes to publish of each file.

    Raises:
        FileRefusedError: one is none that can be published, or looking at it takes more memory or time than any needs.
    """
    if not files:
        return []
    with (
        _ONE_AT_A_TIME,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _limit) as process,
    ):
        try:
            looked = [process.submit(_look, each).result() for each in files]
        except (BrokenProcessPool, MemoryError):
            raise FileRefusedError(
                "The file cannot be read: save it again and choose the new one.", "文件打不开，请重新保存一份再选。"
            ) from None
    found = []
    for good, refusal in looked:
        if good is None:
            assert refusal is not None
            raise FileRefusedError(*refusal)
        found.append(good)
    return found


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))


def _look(data: bytes) -> _Looked:
    # A refusal travels as its parts: an exception with arguments of its own cannot be unpickled.
    try:
        return look_at(data), None
    except FileRefusedError as refusal:
        return None, (refusal.detail, refusal.zh, refusal.reason)
