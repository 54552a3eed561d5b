"""A line between a browser and the application that can be cut where it hurts: real TCP, one request after the other.

Only requests that cast a ballot are touched; everything else passes as it came.
"""

import asyncio
import re
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

HEAD_END = b"\r\n\r\n"
MOST_BYTES = 1 << 20
MOST_CONNECTIONS = 64
RESET = struct.pack("ii", 1, 0)
"""Linger for no second: closing then resets the connection."""
GONE = (ConnectionError, asyncio.IncompleteReadError)


class Cut(StrEnum):
    """Where the line breaks."""

    BEFORE = "before the request reached the server"
    AFTER = "after the request was received, before its answer"
    MIDDLE = "in the middle of the answer"
    SILENT = "never: the request is taken and nothing comes back"
    DEAF = "never: nothing reaches the server and nothing comes back"


@dataclass
class Line:
    """What the line does to ballots, and which it saw."""

    address: str
    cut: Cut | None = None
    ballots: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def line_to(address: str) -> AsyncIterator[Line]:
    """Keep a line to an application of this machine."""
    port = urlsplit(address).port
    assert port
    open_now: set[asyncio.Task[None]] = set()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        open_now.add(task)
        assert len(open_now) <= MOST_CONNECTIONS
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            with suppress(*GONE):
                while await _exchange(line, (reader, writer), (server_reader, server_writer)):
                    pass
        finally:
            open_now.discard(task)
            writer.close()
            server_writer.close()

    listening = await asyncio.start_server(carry, "127.0.0.1", 0)
    line = Line(f"http://localhost:{listening.sockets[0].getsockname()[1]}")
    try:
        yield line
    finally:
        listening.close()
        for task in tuple(open_now):
            task.cancel()
        await asyncio.gather(*open_now, return_exceptions=True)


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _exchange(line: Line, browser: Ends, server: Ends) -> bool:
    """Carry one request and its answer; return whether the connection goes on."""
    head, body = await _message(browser[0])
    casts = re.match(rb"POST \S+/ballots ", head) is not None
    cut = line.cut if casts else None
    if casts:
        line.ballots.append(body)
    if cut is Cut.DEAF:
        await _hang_on(browser[0])
        return False
    if cut is not Cut.BEFORE:
        server[1].write(head + body)
        head, body = await _message(server[0])
    if cut is Cut.SILENT:
        await _hang_on(browser[0])
        return False
    if cut is Cut.MIDDLE:
        assert len(body) > 1
        browser[1].write(head + body[: len(body) // 2])
        await browser[1].drain()
        # What was written before a reset may otherwise be thrown away with it.
        await asyncio.sleep(0.2)
    if cut is not None:
        browser[1].get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        browser[1].transport.abort()
        return False
    browser[1].write(head + body)
    await browser[1].drain()
    return True


async def _hang_on(reader: asyncio.StreamReader) -> None:
    """Wait until the other side gives up."""
    await reader.read()


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(HEAD_END)
    assert b"\r\ntransfer-encoding:" not in head.lower(), head
    announced = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    length = int(announced[1]) if announced else 0
    assert length <= MOST_BYTES
    return head, await reader.readexactly(length)
