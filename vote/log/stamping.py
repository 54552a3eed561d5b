"""Has published checkpoints stamped by a time stamp authority: once a week, and when polls open, close and are counted.

 * What is stamped is the checkpoint as the log signed it. A stamp is kept only after it was verified.
 * An authority that is away is asked again after ten minutes; nothing else waits for it.
 * It learns a hash, nothing of the estate.

Not here: what a stamp says (`token`), where it is kept (`stamp_store`).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
from cryptography.x509 import Certificate

from vote.db import database_now
from vote.errors import UnavailableError
from vote.log.log_store import SignedHead
from vote.log.reading import LogReader
from vote.log.rules import Kind
from vote.log.token import ask_for, verify_token

PERIOD = timedelta(days=7)
AGAIN_AFTER = timedelta(minutes=10)
CALL_SECONDS = 20
MAX_TOKEN_BYTES = 64 * 1024
AT_ONCE = (Kind.ELECTION_OPENED, Kind.ELECTION_CLOSED, Kind.TALLY_OPENED, Kind.CERTIFICATE_ISSUED)
"""What makes a stamp due before the week is over."""
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_OK = 200


@dataclass(frozen=True, slots=True)
class Stamper:
    """Gets stamps from one authority."""

    reader: LogReader
    client: httpx.AsyncClient
    url: str
    roots: Sequence[Certificate]
    tried: dict[int, datetime] = field(default_factory=dict)
    """When this process asked last, by the row of the log."""

    async def stamp_due(self) -> int:
        """Have the checkpoints stamped that are due; return how many were.

        Raises:
            UnavailableError: the authority is away, or its answer does not hold.
        """
        done, now, troubles = 0, await database_now(), []
        for estate in await self.reader.rows.estates():
            log = await self.reader.rows.find(estate)
            head = await self.reader.rows.published(log.id) if log else None
            if head is None or not await self._is_due(head, now):
                continue
            self.tried[head.log.id] = now
            try:
                await self.stamp(head)
                done += 1
            except UnavailableError as error:
                troubles.append(error)
        if troubles:
            raise troubles[0]
        return done

    async def stamp(self, head: SignedHead) -> datetime:
        """Have one checkpoint stamped and return the moment of the stamp.

        Raises:
            UnavailableError: the authority is away, or its answer does not hold.
        """
        question = ask_for(head.note)
        token = await self._call(question.data)
        at = verify_token(token, head.note, self.roots, question.nonce)
        await self.reader.stamps.add(head.log.id, head.size, token, await database_now())
        return at

    async def _is_due(self, head: SignedHead, now: datetime) -> bool:
        if head.size == 0 or now - self.tried.get(head.log.id, now - AGAIN_AFTER) < AGAIN_AFTER:
            return False
        last = await self.reader.stamps.last(head.log.id)
        if last is None:
            return True
        size, at = last
        if size == head.size:
            return False
        log, store = head.log, self.reader.stamps
        return now - at >= PERIOD or await store.has_entry(log.estate, log.id, AT_ONCE, size, head.size)

    async def _call(self, question: bytes) -> bytes:
        headers = {"Content-Type": _QUERY, "Accept": _REPLY}
        try:
            async with (
                asyncio.timeout(CALL_SECONDS),
                self.client.stream("POST", self.url, content=question, headers=headers) as response,
            ):
                data = bytearray()
                async for piece in response.aiter_bytes():
                    data += piece
                    if len(data) > MAX_TOKEN_BYTES:
                        break
                if response.status_code == _OK and len(data) <= MAX_TOKEN_BYTES:
                    return bytes(data)
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL):
            pass
        raise UnavailableError("the time stamp authority gives no stamp: see VOTE_LOG_STAMPS")
