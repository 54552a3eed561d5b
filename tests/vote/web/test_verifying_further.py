"""The checking page goes to the one of an estate's records that tells of the vote, and says which one grows."""

import pytest

from crypto.note import decode_note
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.web.test_pages import look
from tests.vote.web.test_verifying import data_of
from vote.log.models import PendingEntry
from vote.log.rules import Kind


async def sequence(assembly: Assembly, count: int, patch: pytest.MonkeyPatch) -> None:
    """Let the first entries get into the log, and everything else into a further one."""
    services = assembly.platform.services
    with patch.context() as patched:
        patched.setattr("vote.log.sequencing.BATCH", count)
        assert await services["logs"].sequencer.sequence(ESTATE) == count
    await services["logs"].publisher.publish_due()
    await services["logs"].continuing.begin(ESTATE, "从备份恢复了数据库")
    await services["worker"].log_once()


async def before(kind: Kind) -> int:
    """Return how many entries were written before the first of a kind."""
    kinds = await PendingEntry.all().order_by("id").values_list("kind", flat=True)
    return list(kinds).index(kind)


async def record(assembly: Assembly) -> tuple[object, object]:
    """Return where the page looks, and whose ballots it compares; what is served there is that log."""
    found = (await data_of(assembly))["record"]
    assert isinstance(found, dict)
    note = decode_note(await assembly.platform.get(f"{found['address']}/checkpoint", key=None))
    assert note.text.splitlines()[0].endswith(found["address"])
    return found["address"], found["election"]


async def test_a_vote_is_checked_in_the_record_that_tells_of_it(preliminary: Assembly) -> None:
    await preliminary.platform.services["worker"].log_once()
    assert await record(preliminary) == (f"/log/{ESTATE}", preliminary.uuid)
    page = f"{preliminary.pages}/check"
    assert "另起过" not in (await look(preliminary.platform, page)).text
    await preliminary.platform.services["logs"].continuing.begin(ESTATE, "从备份恢复了数据库")
    await preliminary.platform.services["worker"].log_once()
    assert await record(preliminary) == (f"/log/{ESTATE}", preliminary.uuid)
    assert "现在记的是第2份。这里核对的是第1份" in (await look(preliminary.platform, page)).text
    assert "record 2 is the one that grows" in (await look(preliminary.platform, page, "en")).text


async def test_a_vote_that_was_sealed_later_is_checked_in_the_further_record(
    preliminary: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sequence(preliminary, await before(Kind.ELECTION_SEALED), monkeypatch)
    assert await record(preliminary) == (f"/log/{ESTATE}/2", preliminary.uuid)


async def test_ballots_in_two_records_are_not_compared_with_one(
    preliminary: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sequence(preliminary, await before(Kind.ELECTION_CLOSED), monkeypatch)
    assert await record(preliminary) == (f"/log/{ESTATE}/2", None)
