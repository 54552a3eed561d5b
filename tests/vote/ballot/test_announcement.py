"""Owners are told of every ballot accepted for them."""

import asyncio

import pytest

from tests.vote.assembly import DESK_PHONE, phone_of
from vote.message.rules import Kind
from vote.phone.models import Phone

CHOICES = [[1, 0, 0], [1, 0, 0, 0]]


@pytest.fixture
async def cast(opened):
    """Two owners cast, one of them twice; what came to phones before is forgotten."""
    for owner in (1, 2, 1):
        await opened.cast(owner, CHOICES)
    opened.platform.phones.messages.clear()
    return opened


async def test_every_accepted_ballot_sends_one_message_to_its_owners_confirmed_phone(cast):
    worker = cast.platform.services["worker"]
    assert await worker.deliver_once() == 6
    assert await worker.deliver_once() == 0
    messages = cast.platform.phones.messages
    assert sorted(number for number, _ in messages) == sorted(f"+86{phone_of(owner)}" for owner in (1, 1, 2))
    assert {message.kind for _, message in messages} == {Kind.BALLOT_ACCEPTED}
    assert messages[0][1].blanks == {"estate": "馨苑", "channel": "手机票", "desk": DESK_PHONE}


async def test_a_message_says_nothing_that_a_receipt_or_a_choice_could_be_read_from(cast):
    await cast.platform.services["worker"].deliver_once()
    texts = {message.text for _, message in cast.platform.phones.messages}
    assert len(texts) == 1


async def test_an_owner_without_a_confirmed_phone_is_noted_and_nobody_else_is_told(cast):
    await Phone.filter(entitlement_id=1).update(confirmed_how=None, confirmed_at=None)
    await cast.platform.services["worker"].deliver_once()
    assert [number for number, _ in cast.platform.phones.messages] == [f"+86{phone_of(2)}"]
    assert await cast.platform.services["messages"].store.count(cast.uuid) == {"sent": 3, "no-phone": 2}


async def test_workers_that_announce_at_once_tell_each_owner_once(cast):
    announcements = cast.platform.services["worker"].announcements
    await asyncio.gather(*(announcements.announce_due() for _ in range(3)))
    assert await cast.platform.services["messages"].store.count(cast.uuid) == {"sent": 2, "waiting": 3}


async def test_a_ballot_of_the_last_moment_is_announced_after_closing(cast):
    await cast.close()
    await cast.platform.services["worker"].deliver_once()
    assert len(cast.platform.phones.messages) == 3


async def test_in_an_election_without_the_desks_telephone_there_is_nothing_to_tell(simple_without_desk):
    await simple_without_desk.cast(1, CHOICES)
    worker = simple_without_desk.platform.services["worker"]
    assert (await worker.deliver_once(), await worker.deliver_once()) == (1, 0)
    store = simple_without_desk.platform.services["messages"].store
    assert await store.count(simple_without_desk.uuid) == {"no-phone": 1}


@pytest.fixture
async def simple_without_desk(simple, monkeypatch):
    get = type(simple.platform.services["worker"].rows).get

    async def without_desk(store, uuid, **options):
        stored = await get(store, uuid, **options)
        object.__setattr__(stored.draft, "desk_phone", "")
        return stored

    monkeypatch.setattr(type(simple.platform.services["worker"].rows), "get", without_desk)
    return simple
