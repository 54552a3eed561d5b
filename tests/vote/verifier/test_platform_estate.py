"""What the platform publishes of an estate, audited from outside over HTTP, and its log by clients that are not ours."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from crypto.note import decode_verifier_key, encode_verifier_key
from tests.browser.loopback import on_loopback
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.oversight.book.made import STAFF, keep_books
from tests.vote.platform import Platform
from tests.vote.verifier.auditing import audited, grow, trouble
from tests.vote.verifier.foreign_logs import CLIENTS, Signers, audit_by_go
from vote.log.export import Exporter
from vote.log.storage import FolderStorage
from vote.oversight.book.publishing import Published, encode_page
from vote.oversight.record.rules import Article, Office, PublicRecord, encode_record
from vote.oversight.record.service import Hiding
from vote.verifier.report import Status, Step, Verdict


@pytest.fixture
async def kept(preliminary: Assembly) -> Platform:
    """An estate with an election that is over, records, something hidden, and books."""
    platform = preliminary.platform
    record = await keep_books(platform)
    hiding = Hiding(["content"], Article.PRIVACY, Office.COMMITTEE)
    await platform.services["records"].redact(ESTATE, record, hiding, STAFF)
    await platform.services["books"].hide(ESTATE, 3, Article.PERSONAL, Office.COURT, STAFF)
    await grow(platform)
    return platform


async def test_everything_public_of_an_estate_holds(kept: Platform) -> None:
    report = await audited(kept)
    assert (report.verdict, report.trouble) == (Verdict.VERIFIED, None)
    passed = {line.step for line in report.lines if line.status is Status.PASSED}
    assert {Step.LOG_ENTRIES, Step.ESTATE_RECORDS, Step.ESTATE_BOOK, Step.ESTATE_ELECTIONS} <= passed
    assert report.facts is not None
    assert report.facts["postings"] > 50
    assert len(report.facts["elections"]) == 1


async def test_an_operator_who_shows_something_else_is_found_and_it_is_named(
    kept: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(record: PublicRecord) -> bytes:
        return encode_record(record).replace("修3号楼".encode(), "修4号楼".encode())

    def richer(estate: str, size: int, first: int, postings: Sequence[Published]) -> bytes:
        return encode_page(estate, size, first, postings).replace(b"8765432", b"8765433")

    async def nothing(*_: object) -> list[object]:
        return []

    with monkeypatch.context() as lie:
        lie.setattr("vote.oversight.record.views.encode_record", other)
        assert "field title: it is not what was published" in await trouble(kept)
    with monkeypatch.context() as lie:
        lie.setattr("vote.oversight.book.service.encode_page", richer)
        assert (await trouble(kept)).startswith("posting 1: day, amounts, voucher, decision")
    with monkeypatch.context() as lie:
        lie.setattr(type(kept.services["records"]), "published", nothing)
        assert "the log tells of it, but it is not published any more" in await trouble(kept)
    assert (await audited(kept)).verdict is Verdict.VERIFIED


def _size(file: Path) -> int:
    return file.stat().st_size


@pytest.mark.go
async def test_clients_that_are_not_ours_accept_the_exported_log(kept: Platform, tmp_path: Path) -> None:
    reader = kept.services["log_reader"]
    assert await Exporter(reader, FolderStorage(tmp_path)).export() > 3
    folder = tmp_path / "log" / ESTATE
    key = (folder / "key").read_text().strip()
    signers = Signers(encode_verifier_key(decode_verifier_key(key)), ())
    for client in CLIENTS.values():
        client.audit(folder, signers)
    file = max((each for each in folder.rglob("*") if each.is_file() and "entries" in each.parts), key=_size)
    data = file.read_bytes()
    file.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
    for client in CLIENTS.values():
        with pytest.raises(client.refusals):
            client.audit(folder, signers)
    async with on_loopback(kept) as address:
        found = await asyncio.to_thread(audit_by_go, f"{address}/log/{ESTATE}", signers)
    assert "entries, root " in found
