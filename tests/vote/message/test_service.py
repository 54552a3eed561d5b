"""The outbox on a database, with carriers that do as they are told."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.strategies import seeded
from tests.vote.drafts import UUID, add_draft
from vote.errors import Reason, RefusedError, UnavailableError
from vote.message.models import Message as Row
from vote.message.rules import code_message, phone_changed
from vote.message.service import MessageService
from vote.message.store import MessageStore, NewMessage

pytestmark = pytest.mark.usefixtures("database")
NUMBER = "+8613800138000"
CODE = code_message("012345")
CHANGED = phone_changed("馨苑", "0573-84012345")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Told:
    """A carrier that keeps what it took, and fails as often as it is told to."""

    def __init__(self, *troubles):
        self.troubles = list(troubles)
        self.taken = []
        self.closed = False

    async def send(self, number, message, reference, *, again=False):
        await asyncio.sleep(0)
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append((number, message, reference, again))

    async def close(self):
        self.closed = True


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = NOON

        async def __call__(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr("vote.message.service.database_now", clock)
    return clock


def service(*troubles):
    return MessageService(MessageStore(), Told(*troubles), b"k" * 32, seeded(1))


async def states():
    return [(row.state, row.tries, row.body is not None, row.sent_at is not None) for row in await Row.all()]


async def test_what_was_sent_is_forgotten(clock):
    await add_draft()
    messages = service()
    number = await messages.keep(UUID, NUMBER, CODE)
    row = await Row.get(id=number)
    assert NUMBER[3:].encode() not in row.body
    assert b"012345" not in row.body
    assert await messages.send(number) == 1
    assert messages.carrier.taken == [(NUMBER, CODE, f"shanzhi-20261201120000-{number}", False)]
    assert await states() == [("sent", 1, False, True)]
    assert (await messages.send(number), await messages.send_due()) == (0, 0)


async def test_the_worker_tries_again_later_and_says_that_it_is_again(clock):
    await add_draft()
    messages = service(UnavailableError("down"), UnavailableError("down"))
    number = await messages.keep(UUID, NUMBER, CHANGED)
    assert await messages.send(number) == 0
    clock.now = NOON + timedelta(seconds=29)
    assert await messages.send_due() == 0
    assert len(messages.carrier.troubles) == 1
    clock.now = NOON + timedelta(seconds=30)
    assert await messages.send_due() == 0
    clock.now = NOON + timedelta(seconds=90)
    assert await messages.send_due() == 1
    assert messages.carrier.taken[0][3] is True
    assert await states() == [("sent", 3, False, True)]


async def test_a_message_that_nobody_takes_is_given_up_and_forgotten(clock):
    await add_draft()
    messages = service(*[UnavailableError("down")] * 20)
    await messages.keep(UUID, NUMBER, CHANGED)
    for _ in range(12):
        await messages.send_due()
        clock.now += timedelta(hours=5)
    assert len(messages.carrier.troubles) == 10
    assert await states() == [("failed", 11, False, False)]


async def test_a_code_that_has_run_out_is_not_sent(clock):
    await add_draft()
    messages = service()
    await messages.keep(UUID, NUMBER, CODE)
    clock.now += timedelta(seconds=600)
    assert await messages.send_due() == 0
    assert await states() == [("failed", 1, False, False)]
    assert messages.carrier.taken == []


async def test_a_number_that_gets_no_messages_is_given_up_at_once(clock):
    await add_draft()
    messages = service(RefusedError(Reason.MALFORMED, "no mobile number"))
    assert await messages.send(await messages.keep(UUID, NUMBER, CODE)) == 0
    assert await states() == [("failed", 1, False, False)]


async def test_what_was_sealed_with_another_key_is_given_up(clock):
    await add_draft()
    messages = service()
    number = await messages.keep(UUID, NUMBER, CODE)
    other = MessageService(messages.store, messages.carrier, b"o" * 32, seeded(2))
    assert await other.send(number) == 0
    assert await states() == [("failed", 1, False, False)]


async def test_two_workers_send_a_message_once(clock):
    await add_draft()
    messages = service()
    for _ in range(5):
        await messages.keep(UUID, NUMBER, CHANGED)
    assert sum(await asyncio.gather(messages.send_due(), messages.send_due(), messages.send_due())) == 5
    assert len({reference for _, _, reference, _ in messages.carrier.taken}) == len(messages.carrier.taken) == 5


async def test_without_a_phone_there_is_a_row_and_no_message(clock):
    await add_draft()
    messages = service()
    await messages.keep_all(
        [NewMessage(UUID, CHANGED.kind, None, NOON, NOON), messages.letter(UUID, NUMBER, CHANGED, NOON)]
    )
    assert await messages.store.count(UUID) == {"no-phone": 1, "waiting": 1}
    assert await messages.send_due() == 1
    assert await messages.store.count(UUID) == {"no-phone": 1, "sent": 1}


async def test_closing_gives_the_carrier_back(clock):
    messages = service()
    await messages.close()
    assert messages.carrier.closed
