"""Who takes messages to phones, and two carriers for rehearsals: the console and a file.

 * `send` returns once the message is handed over, and raises `UnavailableError` if it was not, or if nobody knows.
 * A message has a reference, the same at every try. After an unknown end the caller tries again with `again=True`, and a
   carrier that keeps records looks whether it already took the message.
 * No exception holds a number, a blank, or an answer's words.
 * The console and the file show codes to whoever reads them, and so only serve where nobody votes for real.

Not here: which carrier an installation has (`choice`), the carriers that reach real phones (`aliyun`, `tencent`).
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Protocol, TextIO

from crypto.encoding import compact_json
from vote.errors import UnavailableError
from vote.message.rules import Message


class Carrier(Protocol):
    """Takes messages to phones."""

    async def send(self, number: str, message: Message, reference: str, *, again: bool = False) -> None:
        """Hand over one message.

        Args:
            number: +86 and a mobile number.
            message: what to say.
            reference: names this message and no other, at most 64 of letters, digits and `/_.-`; nothing personal.
            again: whether an earlier try of the same message was answered by `UnavailableError`.

        Raises:
            UnavailableError: it was not taken, or that is not known; try again later.
            RefusedError: it can never be taken, since the number is none that gets short messages.
        """

    async def close(self) -> None:
        """Give back what is held; nothing is sent afterwards."""


class NoCarrier:
    """Stands where no carrier was chosen."""

    async def send(self, number: str, message: Message, reference: str, *, again: bool = False) -> None:  # noqa: ARG002
        """Take nothing.

        Raises:
            UnavailableError: always.
        """
        raise UnavailableError("no carrier takes messages to phones: set VOTE_MESSAGES")

    async def close(self) -> None:
        """Hold nothing."""


class ConsoleCarrier:
    """Prints messages, with all of the number masked but its tail."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    async def send(self, number: str, message: Message, reference: str, *, again: bool = False) -> None:  # noqa: ARG002
        """Print one message.

        Raises:
            UnavailableError: the console is gone.
        """
        masked = "*" * (len(number) - 4) + number[-4:]
        try:
            print(f"[{message.kind}] {masked} {message.text}", file=self._stream or sys.stdout, flush=True)
        except (OSError, ValueError):
            raise UnavailableError("the console takes no messages: it was closed") from None

    async def close(self) -> None:
        """Hold nothing."""


class FileCarrier:
    """Appends messages to a file that its owner alone may read, one JSON object a line, each on the disk at once.

    Where a try ended badly a line may stand twice: who reads the file tells them apart by the reference.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = asyncio.Lock()

    async def send(self, number: str, message: Message, reference: str, *, again: bool = False) -> None:  # noqa: ARG002
        """Append one message: reference, number, kind, blanks, text.

        Raises:
            UnavailableError: the disk refused it.
        """
        line = compact_json(
            {
                "reference": reference,
                "number": number,
                "kind": message.kind,
                "blanks": message.blanks,
                "text": message.text,
            }
        )
        async with self._turn:
            try:
                await asyncio.to_thread(_append, self._path, line + b"\n")
            except OSError as error:
                raise UnavailableError(f"the file for messages takes none: {error.strerror}") from None

    async def close(self) -> None:
        """Hold nothing: each message opens the file anew."""


def _append(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(handle, 0o600)
        if os.write(handle, line) < len(line):
            raise OSError(0, "it is full")
        os.fsync(handle)
    finally:
        os.close(handle)
