"""Owners are told on their confirmed phones what was decided, once a phone, and only if it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.vote.assembly import Assembly, People
from tests.vote.certificate.test_service import answer, organise
from tests.vote.check.test_service import settle
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import CLOSES, Platform
from vote.message.rules import Kind
from vote.phone.models import Phone


async def told(assembly: Assembly, kind: Kind) -> list[tuple[str, str]]:
    """Let the worker send, and return what came of one kind."""
    await assembly.platform.services["messages"].send_due()
    return [(number, message.text) for number, message in assembly.platform.phones.messages if message.kind is kind]


async def ask(assembly: Assembly, path: str, duty: str, **body: object) -> dict[str, object]:
    key = assembly.people.keys[duty][0]
    answered = await assembly.platform.ask("POST", f"{assembly.api}/{path}", key=key, json=body)
    assert answered.is_success, answered.text
    return answered.json() if answered.content else {}


@pytest.fixture
def number() -> Callable[[int], str]:
    return lambda owner: f"+861990000{owner - 1:04}"


async def test_everybody_is_told_that_a_candidate_withdraws(opened: Assembly, number: Callable[[int], str]) -> None:
    await ask(opened, "withdraw", "organiser", question=1, choice=1)
    found = await told(opened, Kind.WITHDRAWAL)
    assert sorted(to for to, _ in found) == [number(owner) for owner in range(1, len(AREAS) + 1)]
    assert "12月30日18:00前可以再投" in found[0][1]


async def test_nobody_is_told_to_vote_again_when_voting_is_over(closed: Assembly) -> None:
    await ask(closed, "withdraw", "organiser", question=1, choice=1)
    assert await told(closed, Kind.WITHDRAWAL) == []


async def test_a_shared_phone_is_told_once_and_an_unconfirmed_one_never(opened: Assembly) -> None:
    rows = {row.number: row for row in await opened.platform.services["rolls"].store.entitlements(1)}
    phones = opened.platform.services["phones"]
    shared = phones._new(rows[2].id, "+8619900000000", "desk", "desk")
    await Phone.filter(entitlement_id=rows[2].id).update(sealed=shared.sealed, digest=shared.digest)
    await Phone.filter(entitlement_id=rows[3].id).update(confirmed_how=None, confirmed_at=None)
    await ask(opened, "withdraw", "organiser", question=1, choice=1)
    assert len(await told(opened, Kind.WITHDRAWAL)) == len(AREAS) - 2


async def test_everybody_is_told_of_an_extension(platform: Platform) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    until = CLOSES + timedelta(days=1)
    await assembly.import_roll()
    await assembly.prepare(extension={"times": 1, "latest": until.isoformat()})
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    await assembly.open()
    assembly.at(CLOSES - timedelta(hours=1))
    await ask(assembly, "extend", "organiser", closes_at=until.isoformat())
    found = await told(assembly, Kind.EXTENSION)
    assert len(found) == len(AREAS)
    assert "投票延长到12月31日18:00" in found[0][1]


async def test_an_owner_is_told_that_the_own_ballot_is_doubted_and_how_that_ended(
    closed: Assembly, number: Callable[[int], str]
) -> None:
    await ask(closed, "disputes", "desk", kind="proxy", raised_by=1, about=2, text="没有委托书")
    found = await told(closed, Kind.DISPUTE_RAISED)
    assert [to for to, _ in found] == [number(2)]
    assert "委托书有没有效" in found[0][1]
    assert (await settle(closed, 1, "kept")).is_success
    found = await told(closed, Kind.DISPUTE_SETTLED)
    assert [to for to, _ in found] == [number(2)]
    assert "这张票照样算" in found[0][1]


async def test_who_doubts_the_own_ballot_is_not_told_of_it_but_of_the_end(
    closed: Assembly, number: Callable[[int], str]
) -> None:
    await ask(closed, "disputes", "desk", kind="impersonation", raised_by=2, about=2, text="不是我投的")
    assert await told(closed, Kind.DISPUTE_RAISED) == []
    assert (await settle(closed, 1, "set-aside")).is_success
    assert [to for to, _ in await told(closed, Kind.DISPUTE_SETTLED)] == [number(2)]


async def test_all_who_objected_are_told_of_the_answer(preliminary: Assembly, number: Callable[[int], str]) -> None:
    for owner in (1, 4):
        await ask(preliminary, "objections", "desk", raised_by=owner, topic="计票", text="请再数一次")
    assert (await organise(preliminary, "objections/2/merge", into=1)).is_success
    assert (await answer(preliminary, 1)).is_success
    assert [to for to, _ in await told(preliminary, Kind.OBJECTION_ANSWERED)] == [number(1), number(4)]
