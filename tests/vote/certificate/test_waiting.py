"""Totals and certificates wait until people outside saw what they follow from, three days at the most, then they say so."""

from datetime import timedelta

import pytest

from crypto.cosignature import cosign
from crypto.note import decode_note
from tests.crypto.logs import AT, WITNESS_KEYS
from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.certificate.test_service import DONE, compose, sign
from tests.vote.log.test_policy import FIRST, SECOND, text
from vote.election.terms import OFFICES
from vote.log.models import PendingEntry
from vote.log.witness_store import WitnessStore
from vote.log.witnessing import Word

MARK = "记录尚未由旁人核对"
AWAY = text(FIRST, SECOND, "group two all li wang", "quorum two").replace(
    b"http://192.0.2.1:8070", b"http://127.0.0.1:9"
)
NAMES = {"li": "w1.example", "wang": "w2.example"}


async def watch(assembly: Assembly) -> None:
    """Let two people outside look after the log who cannot be reached now."""
    away = AWAY.replace(b"https://wang.example/w", b"http://127.0.0.1:9")
    await assembly.platform.services["logs"].announcing.announce(ESTATE, away, without_property_firm=True)


async def rounds(assembly: Assembly) -> None:
    """Let a worker do what is due."""
    worker = assembly.platform.services["worker"]
    await worker.log_once()
    await worker.work_once()
    await worker.log_once()


async def be_seen(assembly: Assembly, *witnesses: str) -> None:
    """Let witnesses cosign the newest checkpoint."""
    rows = assembly.platform.services["logs"].rows
    log = await rows.find(ESTATE)
    head = await rows.head(log.id)
    note = decode_note(head.note)
    words = [Word(name, (cosign(note, NAMES[name], WITNESS_KEYS[NAMES[name]], AT),)) for name in witnesses]
    await WitnessStore().keep(log.id, head.size, words, assembly.platform.clock.now)


async def page(assembly: Assembly, path: str) -> str:
    return (await assembly.platform.get(f"{assembly.pages}{path}", key=None, headers={"Accept": "text/html"})).decode()


async def contribute_all(assembly: Assembly) -> bool:
    assert not await assembly.contribute(1)
    return await assembly.contribute(3)


async def test_without_anybody_outside_nothing_waits_and_everything_says_so(tallied: Assembly) -> None:
    await tallied.open_totals()
    await rounds(tallied)
    assert await tallied.state() == "preliminary"
    assert MARK in await page(tallied, "/result")


async def test_totals_wait_for_the_quorum(tallied: Assembly) -> None:
    await watch(tallied)
    await rounds(tallied)
    assert not await contribute_all(tallied)
    await rounds(tallied)
    assert await tallied.state() == "tallied"
    assert "等小区外的人核对过票箱的记录就开箱" in await page(tallied, "")
    await be_seen(tallied, "li")
    await rounds(tallied)
    assert await tallied.state() == "tallied"
    await be_seen(tallied, "wang")
    await rounds(tallied)
    # Each saw a checkpoint that covers the sum, though not the same one.
    assert await tallied.state() == "preliminary"
    assert MARK in await page(tallied, "/result")
    await be_seen(tallied, "li", "wang")
    assert MARK not in await page(tallied, "/result")


async def test_totals_wait_three_days_at_most_and_then_carry_the_mark(tallied: Assembly) -> None:
    await watch(tallied)
    await rounds(tallied)
    assert not await contribute_all(tallied)
    tallied.platform.clock.now += timedelta(days=3) - timedelta(seconds=1)
    await rounds(tallied)
    assert await tallied.state() == "tallied"
    tallied.platform.clock.now += timedelta(seconds=1)
    await rounds(tallied)
    assert await tallied.state() == "preliminary"
    assert MARK in await page(tallied, "/result")


@pytest.mark.parametrize("seen", [True, False])
async def test_a_certificate_that_all_have_signed_waits_for_the_quorum(preliminary: Assembly, *, seen: bool) -> None:
    await watch(preliminary)
    preliminary.at(DONE)
    assert (await compose(preliminary)).status_code == 201
    for office in OFFICES:
        answered = await sign(preliminary, office)
        assert (answered.status_code, answered.json()) == (201, {"issued": False}), answered.text
    await rounds(preliminary)
    assert await preliminary.state() == "preliminary"
    organiser = await signed_in(preliminary.platform, None, keys=[preliminary.people.keys["organiser"][0]])
    waiting = await organiser.get(f"/elections/{preliminary.uuid}/finish/certificate")
    assert waiting.status_code == 200
    assert "等小区外的人核对过记录" in waiting.text
    signed = PendingEntry.filter(kind="certificate:completed")
    issued = PendingEntry.filter(kind="certificate:issued")
    assert (await signed.count(), await issued.count()) == (1, 0)
    if seen:
        # One of two is no quorum.
        await be_seen(preliminary, "li")
        await rounds(preliminary)
        assert (await preliminary.state(), await issued.count()) == ("preliminary", 0)
        await be_seen(preliminary, "wang")
    else:
        preliminary.platform.clock.now = (await signed.get()).happened_at + timedelta(days=3, seconds=-1)
        await rounds(preliminary)
        assert (await preliminary.state(), await issued.count()) == ("preliminary", 0)
        preliminary.platform.clock.now += timedelta(seconds=1)
    await rounds(preliminary)
    await rounds(preliminary)
    assert await preliminary.state() == "certified"
    assert await issued.count() == 1
    assert MARK in await page(preliminary, "")
    await be_seen(preliminary, "li", "wang")
    assert MARK not in await page(preliminary, "")


async def test_a_closing_that_nobody_saw_in_five_minutes_is_on_the_clerks_day(voted: Assembly) -> None:
    await watch(voted)
    await voted.close()
    await rounds(voted)
    lamp = voted.platform.services["watch_lamp"]
    assert await lamp.troubles([ESTATE]) == []
    voted.platform.clock.now += timedelta(minutes=5, seconds=1)
    (trouble,) = await lamp.troubles([ESTATE])
    assert trouble.what == "log-late"
    clerk = await signed_in(voted.platform)
    assert "过了五分钟还没有旁人核对" in (await clerk.get("/work")).text
    await be_seen(voted, "li", "wang")
    assert await lamp.troubles([ESTATE]) == []
