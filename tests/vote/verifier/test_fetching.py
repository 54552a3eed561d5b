from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.simulator import FILES, UUID
from tests.vote.verifier.bundles import HONEST
from vote.errors import Reason, RefusedError
from vote.verifier import fetching
from vote.verifier.fetching import archive_address, fetch

PAGE = f"https://shanzhi.example/elections/{UUID}"


def _client(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def _published(request: httpx.Request) -> httpx.Response:
    folder, _, name = request.url.path.rpartition("/")
    data = HONEST.files_with().get(name) if folder == f"/elections/{UUID}" else None
    return httpx.Response(404) if data is None else httpx.Response(200, content=data)


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/", f"{PAGE}/?from=letter#top", f"{PAGE}/{UUID}.bel"])
def test_a_page_or_an_archive_brings_the_whole_bundle(tmp_path: Path, address: str) -> None:
    with _client(_published) as client:
        fetch(address, tmp_path, client)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == HONEST.files_with()


def test_a_lone_archive_anywhere_is_fetched_alone(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if request.url.path == "/files/x.bel" else 500, content=b"archive")

    with _client(answer) as client:
        fetch("http://archive.example/files/x.bel?version=2", tmp_path, client)
    assert [path.name for path in tmp_path.iterdir()] == ["x.bel"]


def test_a_redirect_is_followed(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "old.example":
            return httpx.Response(301, headers={"Location": f"https://shanzhi.example{request.url.path}"})
        return _published(request)

    with _client(answer) as client:
        fetch(f"https://old.example/elections/{UUID}/", tmp_path, client)
    assert {path.name for path in tmp_path.iterdir()} == set(FILES)


def _refused(address: str, folder: Path, answer: Callable[[httpx.Request], httpx.Response]) -> str:
    with _client(answer) as client, pytest.raises(RefusedError) as refusal:
        fetch(address, folder, client)
    assert refusal.value.reason is Reason.NOT_FOUND
    return refusal.value.detail


def test_a_missing_archive_is_said_so(tmp_path: Path) -> None:
    refusal = _refused("https://shanzhi.example/elections/11111111111111/", tmp_path, _published)
    assert refusal.endswith("there is no archive at this address")
    assert list(tmp_path.iterdir()) == []


def test_a_network_that_fails_is_said_so(tmp_path: Path) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    assert _refused(PAGE, tmp_path, answer).endswith("it cannot be fetched; check address and network")


@pytest.mark.parametrize("host", ["xn--", "xn--a" + "b" * 99, "a" * 80])
def test_a_redirect_to_a_host_that_nobody_can_spell_is_said_so(tmp_path: Path, host: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host != "shanzhi.example":
            request.url.host.encode("idna")
        return httpx.Response(301, headers={"Location": f"http://{host}/x.bel"})

    assert _refused(PAGE, tmp_path, answer).endswith("it cannot be fetched; check address and network")


@pytest.mark.parametrize("query", ["x=/..", "x=/../../evil", "x=/manifest.json", "/"])
def test_a_query_does_not_name_the_file(tmp_path: Path, query: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if request.url.path == "/x.bel" else 404, content=b"archive")

    with _client(answer) as client:
        fetch(f"http://archive.example/x.bel?{query}", tmp_path, client)
    assert [path.name for path in tmp_path.iterdir()] == ["x.bel"]


def test_an_answer_without_end_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "ARCHIVE_BYTES", 1000)
    assert "too large" in _refused(PAGE, tmp_path, _published)


@pytest.mark.parametrize(
    "address",
    [
        "https://shanzhi.example/",
        "https://shanzhi.example/elections/",
        "https://shanzhi.example/elections/short/",
        "https://shanzhi.example/a/.bel",
        "https://shanzhi.example/a/..%2fb.bel",
        "https://[::1",
    ],
)
def test_an_address_of_something_else_is_refused(address: str) -> None:
    with pytest.raises(RefusedError, match="the address of an archive"):
        archive_address(address)
