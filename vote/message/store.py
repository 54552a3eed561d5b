"""Queries about messages to phones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from vote.message.models import Message


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be kept; without a `body` there was no phone to send it to."""

    election: str | None
    kind: str
    body: bytes | None
    created_at: datetime
    due_at: datetime
    ballot: int | None = None
    """The accepted ballot that it tells of."""


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """A message that this caller alone is to hand over now."""

    id: int
    kind: str
    body: bytes
    tries: int
    """How often it was tried before."""
    created_at: datetime


class MessageStore:
    """Messages in the database."""

    async def add(self, message: NewMessage) -> int:
        """Keep one message and return its number."""
        row = _row(message)
        await row.save()
        return row.id

    async def add_all(self, messages: Sequence[NewMessage]) -> None:
        """Keep several; of a ballot there is one, so a second one is left out."""
        await Message.bulk_create([_row(each) for each in messages], batch_size=200, ignore_conflicts=True)

    async def due(self, now: datetime, most: int) -> list[int]:
        """Return the numbers of messages whose time has come, the oldest first."""
        query = Message.filter(state="waiting", due_at__lte=now).order_by("due_at").limit(most)
        return [row["id"] for row in await query.values("id")]

    async def claim(
        self, numbers: Sequence[int], now: datetime, put_off: Callable[[int, datetime], datetime]
    ) -> list[WaitingMessage]:
        """Return those of the messages that are due and that nobody else claimed meanwhile, and put them off.

        Args:
            numbers: of messages.
            now: what is due later than this is somebody else's.
            put_off: says, after so many tries, when a message is due again should this try not end well.
        """
        claimed = []
        for row in await Message.filter(id__in=list(numbers), state="waiting", due_at__lte=now).order_by("id"):
            query = Message.filter(id=row.id, state="waiting", tries=row.tries)
            if await query.update(tries=row.tries + 1, due_at=put_off(row.tries, now)) == 1:
                body = bytes(row.body or b"")
                claimed.append(WaitingMessage(row.id, row.kind, body, row.tries, row.created_at.astimezone(UTC)))
        return claimed

    async def sent(self, numbers: Sequence[int], now: datetime) -> None:
        """Note that messages were handed over, and forget what they said and to whom."""
        query = Message.filter(id__in=list(numbers), state="waiting")
        await query.update(state="sent", sent_at=now, body=None)

    async def failed(self, numbers: Sequence[int]) -> None:
        """Give messages up, and forget what they said and to whom."""
        await Message.filter(id__in=list(numbers), state="waiting").update(state="failed", body=None)

    async def count(self, election: str) -> Mapping[str, int]:
        """Return how many messages of an election are in each state."""
        states = [row["state"] for row in await Message.filter(election_id=election).values("state")]
        return {state: states.count(state) for state in dict.fromkeys(states)}


def _row(message: NewMessage) -> Message:
    return Message(
        election_id=message.election,
        ballot_id=message.ballot,
        kind=message.kind,
        body=message.body,
        state="no-phone" if message.body is None else "waiting",
        created_at=message.created_at,
        due_at=message.due_at,
    )
