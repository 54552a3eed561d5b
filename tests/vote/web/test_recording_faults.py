"""An act and its event are there together or not at all, though something breaks between them."""

import pytest

from tests.vote.account.signing_in import signed_in
from vote.account.event_store import EventStore
from vote.db import together_with, transaction
from vote.role import Scope


class BrokenError(Exception):
    """A planted fault."""


@pytest.fixture
def broken(monkeypatch):
    async def add_all(self, events):
        raise BrokenError

    monkeypatch.setattr(EventStore, "add_all", add_all)


async def asked(coroutine):
    """Return the status of an answer; None where the fault came through."""
    try:
        return (await coroutine).status_code
    except BrokenError:
        return None


async def test_a_call_whose_event_cannot_be_written_changes_nothing(sealed, broken):
    body = {"number": "13900000001", "how": "desk", "entitlement": 1}
    key = sealed.people.keys["phones"][0]
    assert await asked(sealed.platform.ask("POST", f"{sealed.api}/phones/changes", key=key, json=body)) in {None, 500}
    assert await sealed.platform.services["phones"].proposals(sealed.uuid, "") == []


async def test_a_page_whose_event_cannot_be_written_changes_nothing(sealed, monkeypatch):
    clerk = await signed_in(sealed.platform, Scope(estate="xinyuan"))

    async def add_all(self, events):
        raise BrokenError

    monkeypatch.setattr(EventStore, "add_all", add_all)
    assert await asked(clerk.post(f"/work/elections/{sealed.uuid}/notice")) in {None, 500}
    assert str((await sealed.platform.services["elections"].get(sealed.uuid)).state) == "sealed"


async def test_nothing_is_shown_whose_look_cannot_be_written(sealed, broken):
    key = sealed.people.keys["phones"][0]
    assert await asked(sealed.platform.ask("GET", f"{sealed.api}/phones/changes", key=key)) in {None, 500}


async def test_what_breaks_after_the_act_leaves_act_and_event(sealed, monkeypatch):
    elections = sealed.platform.services["elections"]
    clerk = await signed_in(sealed.platform, Scope(estate="xinyuan"))
    notice = type(elections).notice

    async def breaks(self, uuid):
        await notice(self, uuid)
        raise BrokenError

    monkeypatch.setattr(type(elections), "notice", breaks)
    assert await asked(clerk.post(f"/work/elections/{sealed.uuid}/notice")) in {None, 500}
    assert str((await elections.get(sealed.uuid)).state) == "noticed"
    assert (await sealed.platform.services["events"].counts(election=sealed.uuid))["election:noticed"] == 1


async def test_something_else_is_written_once_with_the_first_transaction_or_afterwards(platform):
    written = []

    async def write():
        written.append("event")

    async with together_with(write):
        async with transaction():
            written.append("act")
        async with transaction():
            written.append("more")
    assert written == ["act", "event", "more"]
    written.clear()
    async with together_with(write), transaction():
        async with transaction():
            written.append("part")
        written.append("rest")
    assert written == ["part", "rest", "event"]
    written.clear()
    async with together_with(write):
        written.append("no transaction")
    assert written == ["no transaction", "event"]
    written.clear()
    with pytest.raises(BrokenError):
        async with together_with(write):
            raise BrokenError
    async with transaction():
        pass
    assert written == []
