"""Clients that are not ours accept our logs and receipts, and refuse them when anything in them was altered."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.vote.verifier.foreign_logs import CLIENTS, Client, RefusedByGoError, audit_by_go, prove_by_go
from tests.vote.verifier.log_folders import accepted, ballots, receipt_of, write_log

ENTRIES = ballots(301)
OLD = 256


@pytest.fixture(params=[pytest.param(each, marks=pytest.mark.go) if each == "go" else each for each in CLIENTS])
def client(request: pytest.FixtureRequest) -> Client:
    return CLIENTS[request.param]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write_log(tmp_path / "log", ENTRIES, (3, OLD))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write_log(tmp_path / "old", ENTRIES[:OLD]) / "checkpoint"


@pytest.fixture
def receipt(log: Path, tmp_path: Path) -> Path:
    file = tmp_path / "mine.tlog-proof"
    file.write_bytes(receipt_of(log, ENTRIES, 7))
    return file


def flip(file: Path, at: int) -> bytes:
    """Alter a byte; return what the file was."""
    data = file.read_bytes()
    file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    return data


def test_a_log_and_its_receipt_are_accepted(client: Client, log: Path, old: Path, receipt: Path) -> None:
    client.audit(log, old=old)
    client.prove(receipt)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 512, 700])
def test_a_log_of_any_size_is_accepted(client: Client, size: int, tmp_path: Path) -> None:
    entries = ballots(size)
    client.audit(write_log(tmp_path / "log", entries))
    receipt = tmp_path / "last.tlog-proof"
    receipt.write_bytes(receipt_of(tmp_path / "log", entries, size - 1))
    client.prove(receipt)


TILES = ("tile/0/000", "tile/0/001.p/45", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/45")


@pytest.mark.parametrize("path", TILES)
def test_an_altered_byte_of_a_tile_or_an_entry_is_refused(client: Client, log: Path, path: str) -> None:
    file = log / path
    for at in (0, 1, 40, file.stat().st_size - 1) if file.stat().st_size > 40 else (0, 31):
        data = flip(file, at)
        with pytest.raises(client.refusals):
            client.audit(log)
        file.write_bytes(data)
    client.audit(log)


def test_an_altered_byte_of_a_checkpoint_is_refused(client: Client, log: Path) -> None:
    file = log / "checkpoint"
    lines = file.read_text().split("\n")
    starts = [sum(len(each.encode()) + 1 for each in lines[:number]) for number in range(len(lines))]
    # The name, the size, the root, and the log's signature; that of a witness is for those who know of witnesses.
    for at in (0, starts[1], starts[1] + 2, starts[2] + 5, starts[4] + 40):
        data = flip(file, at)
        with pytest.raises(client.refusals):
            client.audit(log)
        file.write_bytes(data)
    client.audit(log)


def test_an_altered_byte_of_a_receipt_is_refused(client: Client, receipt: Path) -> None:
    text = receipt.read_text()
    index = text.index("index 7") + len("index ")
    for at in (text.index("extra ") + 40, index, index + 20, index + 110, text.index("log.example/1\n301") + 14):
        data = flip(receipt, at)
        with pytest.raises(client.refusals):
            client.prove(receipt)
        receipt.write_bytes(data)
    client.prove(receipt)


def test_another_past_is_refused(client: Client, tmp_path: Path, old: Path) -> None:
    fork = write_log(tmp_path / "fork", [*ENTRIES[:150], accepted(9999), *ENTRIES[151:]])
    client.audit(fork)
    with pytest.raises(client.refusals):
        client.audit(fork, old=old)


@pytest.mark.go
def test_go_refuses_each_altered_byte_of_a_checkpoint(log: Path) -> None:
    file = log / "checkpoint"
    for at in range(file.stat().st_size):
        data = flip(file, at)
        with pytest.raises(RefusedByGoError, match="log-client: "):
            audit_by_go(log)
        file.write_bytes(data)
    audit_by_go(log)


@pytest.mark.go
def test_go_refuses_each_altered_byte_of_a_receipt_before_its_checkpoint(receipt: Path) -> None:
    for at in range(receipt.read_bytes().index(b"\n\n") + 2):
        data = flip(receipt, at)
        with pytest.raises(RefusedByGoError, match="log-client: "):
            prove_by_go(receipt)
        receipt.write_bytes(data)
    prove_by_go(receipt)


@pytest.mark.go
def test_go_names_what_it_found(log: Path, receipt: Path) -> None:
    assert audit_by_go(log).startswith("301 entries, root ")
    assert prove_by_go(receipt) == f"entry 7 of 301: {ENTRIES[7].decode()}\n"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(log: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(log))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.go
def test_go_reads_a_log_at_its_address(address: str, log: Path) -> None:
    assert audit_by_go(address) == audit_by_go(log)
    flip(log / "tile/entries/000", 100)
    with pytest.raises(RefusedByGoError, match="is not the one whose hash is in the tile"):
        audit_by_go(address)
