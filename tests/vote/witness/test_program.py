"""The program of a witness, as processes: over HTTP, two on one folder, killed, and wrongly started."""

import asyncio
import itertools
import json
import random
import socket
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from crypto.checkpoint import Checkpoint, sign_checkpoint
from crypto.cosignature import cosigned_at, with_signatures
from crypto.merkle import consistency_proof, root
from crypto.note import decode_note, decode_verifier_key, encode_verifier_key, read_signature_line, signers_of
from tests.crypto.logs import LOG, LOG_KEY, ORIGIN, entries
from tests.vote.witness.programs import make_witness, witnessing
from tests.vote.witness.test_rules import VECTORS, growing, note, request
from vote.witness.command import app
from vote.witness.rules import MAX_REQUEST_BYTES

pytestmark = pytest.mark.one_database

DIGEST = sha256(ORIGIN.encode()).hexdigest()


def post(url: str, body: bytes) -> httpx.Response:
    return httpx.post(f"{url}/add-checkpoint", content=body, trust_env=False)


def test_the_dialogue_of_the_vectors_over_http(tmp_path: Path) -> None:
    """Twice the same witness, started anew between any two requests."""
    keys = json.loads((VECTORS / "keys.json").read_text())
    origin = keys["origin"]
    key = make_witness(tmp_path, "witness.example/w9", decode_verifier_key(keys["log"]))
    size = 0
    cases = json.loads((VECTORS / "witness.json").read_text())
    assert len(cases) == 11
    with witnessing(tmp_path, key) as program:
        for case in cases:
            answer = post(program.url, case["request"].encode())
            assert answer.status_code == case["status"], case["name"]
            if answer.status_code == 200:
                signed = decode_note(case["request"].encode().partition(b"\n\n")[2])
                assert answer.text.endswith("\n")
                signature = read_signature_line(answer.text[:-1])
                assert signers_of(with_signatures(signed, [signature]), [key]) == (key,)
                assert cosigned_at(signature) > 1_795_000_000 - 10**7
                size = int(signed.text.split("\n")[1])
                shown = httpx.get(f"{program.url}/{sha256(origin.encode()).hexdigest()}/checkpoint", trust_env=False)
                assert decode_note(shown.content).text == signed.text
                assert shown.headers["content-type"] == "text/plain; charset=utf-8"
            if answer.status_code == 409:
                assert answer.headers["content-type"] == "text/x.tlog.size"
                assert answer.text == f"{size}\n"
    assert size == 600


def test_what_is_no_request_is_refused(tmp_path: Path) -> None:
    key = make_witness(tmp_path, "li.example/w", LOG)
    with witnessing(tmp_path, key) as program:
        assert post(program.url, b"").status_code == 400
        assert post(program.url, b"old 0\n\n" + b"x" * MAX_REQUEST_BYTES).status_code == 413
        for path, expected in ((f"/{DIGEST}/checkpoint", 404), ("/", 200), ("/add-checkpoint", 405), ("/x", 404)):
            assert httpx.get(program.url + path, trust_env=False).status_code == expected
        assert httpx.get(program.url, trust_env=False).text == f"{encode_verifier_key(key)}\n"
        (tmp_path / "witness.db").rename(tmp_path / "gone.db")
        assert post(program.url, growing(0, 5)).status_code == 503
        (tmp_path / "gone.db").rename(tmp_path / "witness.db")
        assert post(program.url, growing(0, 5)).status_code == 200
        said = program.output.read_text()
    assert "开始工作" in said
    assert "is at work" in said
    assert "没有签名" in said


def test_two_stories_are_said_on_the_screen(tmp_path: Path) -> None:
    key = make_witness(tmp_path, "li.example/w", LOG)
    forged = sign_checkpoint(Checkpoint(ORIGIN, 5, root([b"another"] * 5)), LOG_KEY)
    with witnessing(tmp_path, key) as program:
        assert post(program.url, growing(0, 5)).status_code == 200
        assert post(program.url, request(5, (), forged)).status_code == 422
        assert "两份不同的内容" in program.output.read_text()
    shown = CliRunner().invoke(app, ["show", "--home", str(tmp_path)])
    assert shown.exit_code == 0
    assert "Two different trees" in shown.output
    assert forged.decode().split("\n")[2] in shown.output
    assert note(5).decode().split("\n")[2] in shown.output


async def _hammer(url: str, leaves: list[bytes], told: list[tuple[int, bytes]], draw: random.Random) -> None:
    """Submit sizes of one story until the witness is gone; write down what was cosigned before anything else."""
    old = 0
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        while True:
            size = min(old + draw.randint(0, 3), len(leaves))
            body = request(
                old,
                consistency_proof(leaves[:size], old),
                sign_checkpoint(Checkpoint(ORIGIN, size, root(leaves[:size])), LOG_KEY),
            )
            try:
                answer = await client.post(f"{url}/add-checkpoint", content=body)
            except httpx.HTTPError:
                return
            if answer.status_code == 200:
                told.append((size, root(leaves[:size])))
                old = size
            elif answer.status_code == 409:
                old = min(int(answer.text), len(leaves))
            else:
                assert answer.status_code in {400, 422}


def test_two_processes_that_are_killed_leave_one_story(tmp_path: Path) -> None:
    """Two processes on one folder, four clients of two stories that part at 20 entries, both killed, five times."""
    key = make_witness(tmp_path, "li.example/w", LOG)
    draw = random.Random(5)
    true = entries(400)
    forked = [*true[:20], b"another", *true[21:]]
    told: list[tuple[int, bytes]] = []

    async def strike(urls: list[str], kill: list[object]) -> None:
        tasks = [
            asyncio.create_task(_hammer(url, leaves, told, random.Random(draw.random())))
            for url, leaves in itertools.product(urls, (true, forked))
        ]
        await asyncio.sleep(0.4 + draw.random() / 2)
        for each in kill:
            each()  # type: ignore[operator]
        await asyncio.gather(*tasks)

    for _ in range(5):
        with witnessing(tmp_path, key) as first, witnessing(tmp_path, key) as second:
            asyncio.run(strike([first.url, second.url], [first.kill, second.kill]))
            assert {first.process.returncode, second.process.returncode} == {-9}
    with witnessing(tmp_path, key) as program:
        answer = httpx.get(f"{program.url}/{DIGEST}/checkpoint", trust_env=False)
    latest = decode_note(answer.content)
    assert signers_of(latest, [LOG, key]) == (LOG, key)
    size = int(latest.text.split("\n")[1])
    assert size >= max(size for size, _ in told)
    assert size > 20
    stories = [
        leaves
        for leaves in (true, forked)
        if sign_checkpoint(Checkpoint(ORIGIN, size, root(leaves[:size])), LOG_KEY).decode().startswith(latest.text)
    ]
    assert len(stories) == 1
    assert all(told_root == root(stories[0][:told_size]) for told_size, told_root in told)


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    return done.exit_code, done.output


def test_the_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    code, said = run("key", "李家.example/w", "--home", home)
    assert code == 0
    assert (home / "witness.key").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    assert decode_verifier_key(said.splitlines()[-1]).name == "李家.example/w"
    assert (home / "witness.key").read_text().split(" ")[1].strip() not in said
    before = (home / "witness.key").read_bytes()
    code, said = run("key", "李家.example/w", "--home", home)
    assert (code, before) == (1, (home / "witness.key").read_bytes())


@pytest.mark.parametrize("name", ["", "two words", "a+b"])
def test_a_name_that_no_note_can_have_makes_nothing(tmp_path: Path, name: str) -> None:
    code, _ = run("key", name, "--home", tmp_path / "home")
    assert code == 1
    assert not (tmp_path / "home").exists()


def test_a_witness_with_something_missing_does_not_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run("serve", "--home", home)[0] == 2
    make_witness(home, "li.example/w")
    code, said = run("serve", "--home", home)
    assert code == 2
    assert "no log" in said
    (home / "logs.txt").write_text("nonsense\n")
    code, said = run("serve", "--home", home)
    assert code == 1
    assert "line 1" in said
    (home / "logs.txt").write_bytes(b"\xff")
    assert run("serve", "--home", home)[0] == 1
    (home / "logs.txt").write_text(f"{encode_verifier_key(LOG)}\n")
    (home / "witness.key").chmod(0o640)
    code, said = run("serve", "--home", home)
    assert code == 1
    assert "chmod 600" in said
    (home / "witness.key").chmod(0o600)
    (home / "witness.db").unlink()
    code, said = run("serve", "--home", home)
    assert code == 2
    assert "must not sign again" in said


def test_a_slow_body_is_cut_off(tmp_path: Path) -> None:
    """A connection that sends nothing more does not keep others out."""
    key = make_witness(tmp_path, "li.example/w", LOG)
    with witnessing(tmp_path, key) as program:
        host, port = program.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as slow:
            slow.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nold")
            assert post(program.url, growing(0, 5)).status_code == 200
            assert slow.recv(100).startswith(b"HTTP/1.1 408")
