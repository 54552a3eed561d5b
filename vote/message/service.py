"""Keep messages to owners' phones, and hand them to the carrier.

* A message is kept in the transaction of what it tells of, and handed over afterwards: what was undone is never told.
* Whoever hands one over has claimed it before, so several workers send it once.
* What was handed over, or given up, is forgotten; the row says only that there was a message of this kind.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crypto.envelope import seal, unseal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.db import database_now, transaction
from vote.errors import RefusedError, UnavailableError
from vote.message import outbox
from vote.message.carrier import Carrier
from vote.message.rules import Message
from vote.message.store import MessageStore, NewMessage, WaitingMessage

_LOG = logging.getLogger(__name__)
BATCH = 50
"""Messages that are handed over between two looks at the database."""


@dataclass(frozen=True, slots=True)
class MessageService:
    """The outbox."""

    store: MessageStore
    carrier: Carrier
    key: bytes = field(repr=False)
    rng: Randomness

    def letter(
        self, election: str | None, number: str, message: Message, now: datetime, ballot: int | None = None
    ) -> NewMessage:
        """Return a message to be kept, sealed; one about no election names none."""
        body = seal(self.key, outbox.CONTEXT, outbox.encode_letter(number, message), self.rng)
        return NewMessage(election, message.kind, body, now, now, ballot)

    async def keep(self, election: str, number: str, message: Message) -> int:
        """Keep a message in the caller's transaction; return its number, for `send` once the transaction is over."""
        return await self.store.add(self.letter(election, number, message, await database_now()))

    async def keep_all(self, messages: Sequence[NewMessage]) -> None:
        """Keep several in the caller's transaction; the worker hands them over. A ballot's second one is not kept."""
        await self.store.add_all(messages)

    async def send(self, *numbers: int) -> int:
        """Hand over messages that were kept; return how many were taken. What was not is tried again by the worker."""
        if not numbers:
            return 0
        now = await database_now()
        async with transaction():
            claimed = await self.store.claim(numbers, now, outbox.next_try)
        return await self._hand_over(claimed)

    async def send_due(self) -> int:
        """Hand over messages whose time has come; return how many were taken."""
        now = await database_now()
        due = await self.store.due(now, BATCH)
        if not due:
            return 0
        async with transaction():
            claimed = await self.store.claim(due, now, outbox.next_try)
        return await self._hand_over(claimed)

    async def close(self) -> None:
        """Give the carrier back."""
        await self.carrier.close()

    async def _hand_over(self, claimed: Sequence[WaitingMessage]) -> int:
        taken, hopeless = [], []
        for each in claimed:
            now = await database_now()
            if outbox.is_given_up(each.kind, each.tries, each.created_at, now):
                hopeless.append(each.id)
                continue
            try:
                letter = outbox.decode_letter(unseal([self.key], outbox.CONTEXT, each.body))
                again, reference = each.tries > 0, outbox.reference(each.id, each.created_at)
                await self.carrier.send(letter.number, letter.message, reference, again=again)
            except UnavailableError as error:
                _LOG.warning("message %s was not taken: %s", each.id, error)
            except (RefusedError, CryptoError):
                _LOG.warning("message %s can never be sent", each.id)
                hopeless.append(each.id)
            else:
                taken.append(each.id)
        async with transaction():
            await self.store.sent(taken, await database_now())
            await self.store.failed(hopeless)
        return len(taken)
