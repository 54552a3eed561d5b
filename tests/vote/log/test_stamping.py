"""Checkpoints are stamped by a real authority on this machine: OpenSSL's."""

import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.vote.log.signed import UUID, SignedLog, told
from tests.vote.platform import Platform
from vote.errors import Reason, RefusedError, UnavailableError
from vote.log.export import Exporter
from vote.log.log_store import LogRows
from vote.log.published_store import PublishedStore
from vote.log.reading import LogReader
from vote.log.rules import Kind, encode_entry
from vote.log.stamping import AGAIN_AFTER, MAX_TOKEN_BYTES, PERIOD, Stamper
from vote.log.storage import FolderStorage
from vote.log.token import ask_for, read_roots, verify_token
from vote.log.tree_store import TreeStore
from vote.log.witness_store import WitnessStore

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def openssl(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


class Authority:
    """A time stamp authority: a root, a signer, and the answers of `openssl ts`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked, self.lie = folder, 0, False
        folder.mkdir()
        (folder / "tsa.conf").write_text(CONFIG)
        (folder / "serial").write_text("01\n")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "tsa.conf")
        openssl(
            folder,
            "req",
            "-x509",
            *key,
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
            "-subj",
            "/CN=root",
            "-extensions",
            "root",
        )
        openssl(folder, "req", "-new", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=tsa")
        signed = (
            "-CA",
            "root.pem",
            "-CAkey",
            "root.key",
            "-CAcreateserial",
            "-extfile",
            "tsa.conf",
            "-extensions",
            "signer",
        )
        openssl(folder, "x509", "-req", "-in", "tsa.csr", *signed, "-out", "tsa.pem", "-days", "30")

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def answer(self, question: bytes) -> bytes:
        self.asked += 1
        (self.folder / "q.tsq").write_bytes(ask_for(b"other").data if self.lie else question)
        openssl(
            self.folder, "ts", "-reply", "-config", "tsa.conf", "-queryfile", "q.tsq", "-inkey", "tsa.key",
            "-signer", "tsa.pem", "-out", "a.tsr",
        )  # fmt: skip
        return (self.folder / "a.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "tsa")


@pytest.fixture
def served(authority: Authority) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            data = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(data * (1 if self.path == "/" else MAX_TOKEN_BYTES // len(data) + 1))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    authority.asked, authority.lie = 0, False
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


READER = LogReader(LogRows(), PublishedStore(), TreeStore(), WitnessStore())


class Time:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    async def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr("vote.log.stamping.database_now", time)
    return time


@pytest.fixture
async def stamper(authority: Authority, served: str, clock: Time) -> AsyncIterator[Stamper]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield Stamper(READER, client, served, read_roots(authority.root))


async def test_a_stamp_holds_by_our_code_and_by_openssl(
    database: str, stamper: Stamper, authority: Authority, tmp_path: Path
) -> None:
    log = await (await SignedLog().open()).grow([told(1), told(2)])
    before = datetime.now(UTC) - timedelta(seconds=2)
    assert await stamper.stamp_due() == 1
    (stamp,) = await READER.stamps.all_of(log.id, 2)
    assert stamp.note == log.note(2, log.edge.root())
    assert before <= verify_token(stamp.token, stamp.note, stamper.roots) <= datetime.now(UTC) + timedelta(seconds=2)
    await Exporter(READER, FolderStorage(tmp_path / "copy")).export()
    copy = tmp_path / "copy" / "log" / "e1" / "anchors"
    said = openssl(
        copy, "ts", "-verify", "-data", "2.checkpoint", "-in", "2.tsr", "-CAfile", str(authority.folder / "root.pem")
    )
    assert "Verification: OK" in said
    (copy / "2.checkpoint").write_bytes(log.note(2, bytes(32)))
    with pytest.raises(subprocess.CalledProcessError):
        openssl(
            copy,
            "ts",
            "-verify",
            "-data",
            "2.checkpoint",
            "-in",
            "2.tsr",
            "-CAfile",
            str(authority.folder / "root.pem"),
        )


async def test_a_stamp_of_another_text_or_of_a_stranger_does_not_hold(
    database: str, stamper: Stamper, authority: Authority, tmp_path: Path
) -> None:
    token = authority.answer(ask_for(b"text").data)
    verify_token(token, b"text", stamper.roots)
    stranger = read_roots(Authority(tmp_path / "stranger").root)
    for data, roots, nonce in ((b"other", stamper.roots, None), (b"text", stranger, None), (b"text", stamper.roots, 5)):
        with pytest.raises(UnavailableError, match="does not hold"):
            verify_token(token, data, roots, nonce)
    with pytest.raises(UnavailableError, match="does not hold"):
        verify_token(b"nonsense", b"text", stamper.roots)


async def test_a_stamp_is_due_weekly_and_with_each_poll(
    database: str, stamper: Stamper, authority: Authority, clock: Time
) -> None:
    log = await (await SignedLog().open()).grow([told(1)])
    assert await stamper.stamp_due() == 1
    clock.now += AGAIN_AFTER
    assert await stamper.stamp_due() == 0
    await log.grow([told(2)])
    assert await stamper.stamp_due() == 0
    await log.grow([encode_entry(Kind.ELECTION_OPENED, {"election": UUID})])
    assert await stamper.stamp_due() == 1
    clock.now += PERIOD
    assert await stamper.stamp_due() == 0
    await log.grow([told(3)])
    assert await stamper.stamp_due() == 1
    assert [each.size for each in await READER.stamps.all_of(log.id, 4)] == [1, 3, 4]
    assert authority.asked == 3


async def test_an_authority_that_fails_is_asked_again_later(
    database: str, stamper: Stamper, authority: Authority, clock: Time
) -> None:
    log = await (await SignedLog().open()).grow([told(1)])
    authority.lie = True
    with pytest.raises(UnavailableError, match="does not hold"):
        await stamper.stamp_due()
    assert await stamper.stamp_due() == 0
    authority.lie = False
    clock.now += AGAIN_AFTER
    assert await stamper.stamp_due() == 1
    assert len(await READER.stamps.all_of(log.id, 1)) == 1


async def test_an_authority_that_is_away_or_says_too_much_gives_no_stamp(
    database: str, stamper: Stamper, clock: Time
) -> None:
    await (await SignedLog().open()).grow([told(1)])
    for url in ("http://127.0.0.1:9/", f"{stamper.url}long"):
        with pytest.raises(UnavailableError, match="VOTE_LOG_STAMPS"):
            await Stamper(READER, stamper.client, url, stamper.roots).stamp_due()


async def test_stamps_are_served_beside_the_log(platform: Platform) -> None:
    log = await (await SignedLog().open()).grow([told(1)])
    await READER.stamps.add(log.id, 1, b"token", datetime.now(UTC))
    await READER.stamps.add(log.id, 1, b"a second one", datetime.now(UTC))
    token = await platform.http.get("/log/e1/anchors/1.tsr")
    assert token.content == b"token"
    assert token.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await platform.http.get("/log/e1/anchors/1.checkpoint")).content == log.note(1, log.edge.root())
    for path in ("2.tsr", "01.tsr", "1", "1.tsr.tsr"):
        assert (await platform.http.get(f"/log/e1/anchors/{path}")).status_code == 404


def test_certificates_are_read() -> None:
    for data in (b"", b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"):
        with pytest.raises(RefusedError) as caught:
            read_roots(data)
        assert caught.value.reason is Reason.MALFORMED
