"""A database restored from an old backup, by the commands of an operator: it signs nothing, and goes on as a further log.

What was published since, or what a witness saw since, is heard before anything is signed; the estate's page says so.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import httpx
import pytest
from typer.testing import CliRunner

from crypto.checkpoint import decode_checkpoint
from crypto.note import decode_note, encode_verifier_key
from tests.vote.log.installations import UUID
from tests.vote.operation.copies import Copies
from tests.vote.operation.test_log_command import ORIGIN, Operator, operator
from tests.vote.witness.programs import make_witness, witnessing
from vote.config import Settings
from vote.db import database_now
from vote.errors import ContradictionError, UnavailableError
from vote.log.keys import LogKeys
from vote.log.log_store import LogRows
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.operation.command import app as database
from vote.web.app import create_app

__all__ = ["operator"]
pytestmark = pytest.mark.database


class Round(NamedTuple):
    """What a worker's round, and a look at the estate's page afterwards, showed."""

    refusal: str
    """Why nothing was signed; empty where it was."""
    sizes: tuple[int, ...]
    """Of the estate's logs."""
    page: str


def work(*, write: bool) -> Round:
    """Run the application as the environment says, let a worker do its rounds, and look at the estate's page."""

    async def running() -> Round:
        with ThreadPoolExecutor(1) as executor:
            app = create_app(Settings(), executor)
            async with app.router.lifespan_context(app) as state:
                assert state is not None
                if write:
                    facts = {"election": UUID, "pool": 1, "ballots": 20}
                    await LogStore().append("e1", Kind.POOL_RELEASED, facts, await database_now())
                refusal = ""
                try:
                    await state["worker"].log_once()
                    await state["worker"].export_once()
                except (ContradictionError, UnavailableError) as error:
                    refusal = str(error)
                rows = LogRows()
                sizes = tuple([(await rows.head(log.id)).size for log in await rows.all_of("e1")])

                async def asked(scope, receive, send) -> None:
                    await app({**scope, "state": dict(state)}, receive, send)

                async with httpx.AsyncClient(transport=httpx.ASGITransport(asked), base_url="http://vote.test") as http:
                    page = (await http.get("/estates/e1?lang=zh")).text
                return Round(refusal, sizes, page)

    return asyncio.run(running())


def type_database(*words: str) -> None:
    done = CliRunner().invoke(database, list(words))
    assert done.exit_code == 0, done.output


def restore_old(operator: Operator, copies: Copies, patch: pytest.MonkeyPatch) -> int:
    """Back up, let the log grow by two entries, restore, take the copy into use; return how many entries there were."""
    old = work(write=True)
    assert old.refusal == ""
    backup = str(operator.folder / "backup")
    type_database("backup", "--out", backup)
    for _ in range(2):
        assert work(write=True).refusal == ""
    patch.setenv("VOTE_DB", copies.new())
    type_database("restore", backup)
    waiting = work(write=False)
    assert "vote db adopt" in waiting.refusal
    type_database("adopt", "--reason", "磁盘坏了")
    return old.sizes[0]


def assert_read_only(operator: Operator, size: int, alarm: str, page: str) -> None:
    """Nothing is signed, again and again, and everybody is told why."""
    for _ in range(2):
        refused = work(write=True)
        assert "is only read: it was seen that it went on elsewhere" in refused.refusal
        assert refused.sizes == (size,)
        assert 'role="alert"' in refused.page
        assert page in refused.page
    told = operator.type("witnesses", "e1")
    assert (told.exit_code, alarm in told.stderr, f"{size + 2} 条" in told.stderr) == (1, True, True), told.output


def assert_continued(operator: Operator, size: int) -> None:
    """A further log commits to all that was known, takes up what waited, grows, and the page says why."""
    begun = operator.type("new-origin", "e1", "--reason", "从备份恢复了数据库")
    assert begun.exit_code == 0, begun.output
    assert f"known to have {size + 2} entries" in begun.output
    first = work(write=True)
    assert first.refusal == ""
    assert first.sizes[0] == size
    assert work(write=True).sizes == (size, first.sizes[1] + 1)
    for words in ("另起了一份记录", "从备份恢复了数据库", f"前一份记录最后有{size + 2}条", "以前的一份记录对不上"):
        assert words in first.page
    assert 'role="alert"' not in first.page


def test_what_was_published_since_is_heard(operator: Operator, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = operator.folder / "published"
    monkeypatch.setenv("VOTE_LOG_EXPORT", str(folder))
    size = restore_old(operator, copies, monkeypatch)
    published = (folder / "log/e1/checkpoint").read_bytes()
    assert decode_checkpoint(decode_note(published).text).size == size + 2
    assert_read_only(operator, size, "more entries were published", f"已经公布过{size + 2}条")
    assert_continued(operator, size)
    assert (folder / "log/e1/checkpoint").read_bytes() == published
    assert decode_checkpoint(decode_note((folder / "log/e1/2/checkpoint").read_bytes()).text).size > 1


def test_what_a_witness_saw_since_is_heard(operator: Operator, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    home = operator.folder / "li"
    settings = Settings()
    key = LogKeys(settings.log_key().get_secret_value(), settings.log_host).verifier_key(ORIGIN)
    with witnessing(home, make_witness(home, "li.example/w", key)) as program:
        line = f"witness li {encode_verifier_key(program.key)} {program.url}\nquorum li\n"
        file = operator.write("policy", line)
        assert operator.type("policy", "e1", file, "--no-property-firm").exit_code == 0
        size = restore_old(operator, copies, monkeypatch)
        assert_read_only(operator, size, "a witness has more entries", "这里却没有那么多")
        assert_continued(operator, size)


def test_where_nobody_knows_better_a_copy_signs_nothing_either(
    operator: Operator, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = restore_old(operator, copies, monkeypatch)
    refused = work(write=True)
    assert "restored from a backup after the log" in refused.refusal
    assert "vote log new-origin e1" in refused.refusal
    assert refused.sizes == (size,)
    assert operator.type("new-origin", "e1", "--reason", "从备份恢复了数据库").exit_code == 0
    # What said why, what waited, and what happened now.
    assert work(write=True).sizes == (size, 3)
