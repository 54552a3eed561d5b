"""`vote log` as an operator types it: who watches, what they saw, a further origin."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner, Result

from crypto.note import VerifierKey, decode_verifier_key, encode_verifier_key
from tests import databases
from tests.vote.log.installations import UUID
from tests.vote.witness.programs import make_witness, witnessing
from vote.config import Settings, make_missing_keys
from vote.db import database_now, open_database
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.log.log_store import LogRows
from vote.log.models import LogAlarm, PendingEntry
from vote.log.policy import published_policy, read_policy
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.operation.log_command import app
from vote.operation.logs import open_logs

pytestmark = pytest.mark.database
Found = TypeVar("Found")
ORIGIN = "vote.example/log/e1"


class Operator:
    """Whoever types, at an installation with one estate."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    def type(self, *words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def do(self, act: Callable[[], Awaitable[Found]]) -> Found:
        async def run() -> Found:
            async with open_database(self.url):
                return await act()

        return asyncio.run(run())

    def happen(self) -> None:
        """Let something be written down, and a worker's round follow."""

        async def happen() -> None:
            facts = {"election": UUID, "pool": 1, "ballots": 20}
            await LogStore().append("e1", Kind.POOL_RELEASED, facts, await database_now())
            logs = open_logs(Settings())
            await logs.sequencer.sequence_due()
            await logs.publisher.publish_due()
            await logs.close()

        self.do(happen)


@pytest.fixture
def operator(_migrated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    with databases.copied(_migrated, tmp_path) as url:
        monkeypatch.setenv("VOTE_DB", url)
        monkeypatch.setenv("VOTE_PUBLIC_URL", "https://vote.example")
        for name in ("DATA_KEY", "SIGNING_KEY", "LOG_KEY", "STAFF_TOKEN"):
            monkeypatch.setenv(f"VOTE_{name}_FILE", str(tmp_path / "keys" / name))
        make_missing_keys(Settings())
        operator = Operator(url, tmp_path)
        operator.do(lambda: EstateService(EstateStore()).found(EstatePlace("e1", "馨苑", "桥东", "魏塘", "嘉善")))
        yield operator


def test_a_policy_needs_the_word_that_no_property_firm_counts(operator: Operator) -> None:
    home = operator.folder / "li"
    key = make_witness(home, "li.example/w")
    text = f"witness li {encode_verifier_key(key)} http://127.0.0.1:9\nquorum li\n"
    file = operator.write("policy", text)
    without = operator.type("policy", "e1", file)
    assert without.exit_code == 1
    assert "li" in without.stderr
    assert "--no-property-firm" in without.stderr
    assert operator.do(lambda: PendingEntry.all().count()) == 0

    done = operator.type("policy", "e1", file, "--no-property-firm")
    assert done.exit_code == 0, done.output
    assert f"+ {text.splitlines()[0]}" in done.output
    log = decode_verifier_key(done.output.splitlines()[-1])
    assert log.name == ORIGIN
    (entry,) = operator.do(lambda: PendingEntry.filter(kind=Kind.POLICY_ANNOUNCED))
    digest = sha256(published_policy(log, read_policy(text.encode()))).hexdigest()
    assert f'"policy":"{digest}"'.encode() in bytes(entry.body)

    again = operator.type("policy", "e1", file, "--no-property-firm")
    assert (again.exit_code, "in force already" in again.stderr) == (1, True)
    changed = operator.write("changed", text.replace(":9\n", ":10\n"))
    done = operator.type("policy", "e1", changed, "--no-property-firm")
    assert f"- {text.splitlines()[0]}" in done.output
    assert operator.type("policy", "nobody", changed, "--no-property-firm").exit_code == 2
    assert operator.type("policy", "e1", str(operator.folder / "missing"), "--no-property-firm").exit_code == 2


def test_witnesses_are_shown_with_what_they_saw_and_what_is_wrong(operator: Operator) -> None:
    assert operator.type("witnesses", "e1").exit_code == 2
    operator.happen()
    nobody = operator.type("witnesses", "e1")
    assert nobody.exit_code == 0
    assert "Nobody watches yet" in nobody.output
    home, away = operator.folder / "li", operator.folder / "wang"
    key = operator.do(_log_key)
    with witnessing(home, make_witness(home, "li.example/w", key)) as program:
        lines = (
            f"witness li {encode_verifier_key(program.key)} {program.url}\n"
            f"witness wang {encode_verifier_key(make_witness(away, 'wang.example/w'))} http://127.0.0.1:9\n"
        )
        file = operator.write("policy", f"{lines}group one any li wang\nquorum one\n")
        assert operator.type("policy", "e1", file, "--no-property-firm").exit_code == 0
        operator.happen()
        shown = operator.type("witnesses", "e1")
        assert shown.exit_code == 0, shown.output
        assert "li  3 条  " in shown.output
        assert "wang  0 条  —  away" in shown.output
        assert "看到了 3 条" in shown.output

        async def alarm() -> None:
            log = await LogRows().find("e1")
            assert log is not None
            facts = b'{"evidence":"bm90ZQo=","size":9,"witness":"li"}'
            await LogAlarm.create(log_id=log.id, kind="other-root", facts=facts, since=await database_now())

        operator.do(alarm)
        alarmed = operator.type("witnesses", "e1")
        assert alarmed.exit_code == 1
        assert "another tree of the same size was signed" in alarmed.stderr
        assert "    note\n" in alarmed.stderr
        assert "read only" in alarmed.output


def test_a_further_log_is_begun_for_a_reason(operator: Operator) -> None:
    assert operator.type("new-origin", "e1", "--reason", "恢复").exit_code == 2
    operator.happen()
    assert operator.type("new-origin", "e1", "--reason", " ").exit_code == 1
    done = operator.type("new-origin", "e1", "--reason", "从备份恢复")
    assert done.exit_code == 0, done.output
    assert decode_verifier_key(done.output.splitlines()[-1]).name == f"{ORIGIN}/2"
    assert "known to have 1 entries" in done.output
    assert f"{ORIGIN}/2  1 条" in operator.type("witnesses", "e1").output


async def _log_key() -> VerifierKey:
    log = await LogRows().find("e1")
    assert log is not None
    return decode_verifier_key(log.verifier_key)
