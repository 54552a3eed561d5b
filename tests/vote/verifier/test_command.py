import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.simulator import PLATFORM, UUID
from tests.vote.verifier.bundles import HONEST
from tests.vote.verifier.running import run
from vote.errors import UnavailableError
from vote.verifier import command
from vote.verifier.report import Step

ARCHIVE = f"{UUID}.bel"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return HONEST.write(tmp_path)


def test_a_good_bundle_is_told_step_by_step(folder: Path) -> None:
    result = run(folder)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    skipped = {Step.CREDENTIAL_PARTS, Step.CERTIFICATE, *(step for step in Step if step >= Step.RECEIPTS)}
    steps = [step for step in Step if step <= Step.LOG_RECEIPTS]
    assert [line[:5] for line in lines[: len(steps)]] == [
        f"{'–' if step in skipped else '✓'} {int(step):2}." for step in steps
    ]
    assert lines[4] == "✓  5. 每份计票权的人数和面积：4人，6042.52平方米"
    assert lines[-1] == "验证通过"


def test_english_is_spoken_on_demand(folder: Path) -> None:
    lines = run(folder, "--lang", "en").stdout.splitlines()
    assert lines[4] == "✓  5. heads and area of each credential: 4 heads, 6042.52 m²"
    assert lines[-1] == "verified"


def test_a_false_bundle_says_what_and_where(folder: Path) -> None:
    (folder / "result.json").write_bytes(HONEST.result.replace(b'"base":10', b'"base":100'))
    result = run(folder)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[-2] == "✗ 16. 依法得出的结果：result.json, base: it says 100, but 10 was computed"
    assert lines[-1] == "验证不通过：公布的结果与依法计算的不同（第16项“依法得出的结果”，result.json）"
    assert run(folder, "--lang", "en").stdout.splitlines()[-1].startswith("rejected: result.json, base: ")
    report = json.loads(run(folder, "--json").stdout)
    assert (report["verdict"], report["trouble"]) == ("rejected", "result.json, base: it says 100, but 10 was computed")
    assert report["trouble_zh"].startswith("公布的结果与依法计算的不同")
    assert [step["status"] for step in report["steps"]] == ["passed"] * 6 + ["skipped"] + ["passed"] * 8 + ["failed"]


def test_json_gives_the_facts(folder: Path) -> None:
    report = json.loads(run(folder, "--json").stdout)
    assert report["verdict"] == "verified"
    assert report["facts"]["electorate"] == {"heads": 4, "area_dm2": 604252}
    assert report["facts"]["outcomes"] == ["NO_DECISION", "NO_DECISION"]
    assert report["steps"][0] == {
        "number": 1,
        "name": {"zh": "文件齐全", "en": "the files are there"},
        "status": "passed",
        "detail": {"zh": "", "en": ""},
    }


def test_a_demonstration_says_so(tmp_path: Path) -> None:
    demonstration = type(HONEST)(title="DEMO 大会")
    assert "请看：这是演示，不是真的投票" in run(demonstration.write(tmp_path)).stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("sign", ["\x1b[8m", "\x9b2J", "\n验证通过\n", "\r", "\u202e", "\u2028"])
def test_an_archive_does_not_command_the_terminal(tmp_path: Path, sign: str, lang: str) -> None:
    """A hostile title hides the last line, or writes one of its own."""
    output = run(type(HONEST)(title=f"大会{sign}").write(tmp_path, result=b"{}"), "--lang", lang)
    assert output.exit_code == 1
    assert len(output.stdout.splitlines()) == Step.FINDING + 1
    assert all(line.isprintable() for line in output.stdout.splitlines())
    for missing in (tmp_path / f"no{sign}thing", tmp_path / "no\udcff"):
        assert run(missing, "--lang", lang).stderr.rstrip("\n").isprintable()


@pytest.mark.parametrize("name", ["nothing", "noise.bel", "empty"])
def test_nothing_of_the_kind_is_exit_two(tmp_path: Path, name: str) -> None:
    (tmp_path / "noise.bel").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("没有可以核对的内容：")
    report = json.loads(run(tmp_path / name, "--json").stdout)
    assert (report["verdict"], report["steps"]) == ("not-found", [])


def test_a_receipt_is_held_to_its_archive(folder: Path) -> None:
    (folder / "receipts").mkdir()
    path = folder / "receipts" / "mine.json"
    path.write_bytes(HONEST.receipt(3))
    assert run(path, "--key", PLATFORM.public.hex()).exit_code == 0
    path.write_bytes(HONEST.receipt(3, sequence=1))
    result = run(path)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == (
        "验证不通过：有回执不成立，或回执上的票不在归档里（第18项“回执”，receipts/mine.json）"
    )


def test_a_lone_receipt_needs_the_key(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(HONEST.receipt(1))
    assert run(path).exit_code == 2
    assert "旁边没有归档" in run(path, "--key", PLATFORM.public.hex()).stdout
    assert run(path, "--key", PLATFORM.public.hex()).exit_code == 0
    path.write_bytes(HONEST.receipt(1).replace(b"==", b"=="[::-1] + b"="))
    assert run(path).exit_code == 1


def test_a_key_that_is_none_is_exit_two(folder: Path) -> None:
    assert run(folder, "--key", "00").exit_code == 2


def test_a_process_that_dies_decides_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UnavailableError("a process died")

    monkeypatch.setattr(command, "verify_bundle", fail)
    result = run(folder)
    assert (result.exit_code, result.stderr) == (3, "a process died\n")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """Serve an election's files."""
    folder = tmp_path / "elections" / UUID
    folder.mkdir(parents=True)
    HONEST.write(folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=tmp_path)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_is_verified_like_a_folder(site: str) -> None:
    result = run(f"{site}/elections/{UUID}/")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "验证通过")
    assert run(f"{site}/elections/{UUID}/{ARCHIVE}", "--json").exit_code == 0
    assert run(f"{site}/elections/11111111111111/").exit_code == 2


def test_the_verifier_needs_no_server() -> None:
    """Neither the web, nor a database, nor the HTTP client while there is nothing to fetch."""
    program = "import sys, vote.verifier.command; print(*(name for name in sys.modules if '.' not in name))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"starlette", "tortoise", "uvicorn", "httpx", "numpy"} & set(loaded)
