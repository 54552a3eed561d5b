"""The figures count what an operator watches, for whoever has their key, and name nobody."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.vote.assembly import Assembly
from tests.vote.conftest import NO, YES
from tests.vote.platform import Platform
from vote.ballot.views import routes
from vote.db import database_now
from vote.jobs.models import WorkerBeat
from vote.operation import metrics
from vote.operation.metrics import Metrics
from vote.operation.models import RestoredCopy
from vote.operation.store import OperationStore

TOKEN = "figures-of-a-test"


def _open(platform: Platform, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the platform serve its figures."""
    (folder / "metrics.token").write_text(f"{TOKEN}\n")
    settings = platform.settings.model_copy(update={"metrics": True, "metrics_token_file": folder / "metrics.token"})
    monkeypatch.setitem(platform.services, "settings", settings)  # type: ignore[arg-type]


async def _figures(platform: Platform) -> dict[str, float]:
    text = (await platform.get("/metrics", key=TOKEN)).decode()
    return {name: float(value) for name, value in re.findall(r"^(shanzhi_\S+) (\S+)$", text, re.MULTILINE)}


async def test_figures_are_not_served_unless_they_are_asked_for(platform: Platform) -> None:
    assert (await platform.ask("GET", "/metrics")).status_code == 404


@pytest.mark.parametrize("key", [None, "staff-token-of-a-test", TOKEN + "x", "ä"])
async def test_figures_are_for_whoever_has_their_key(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    _open(platform, tmp_path, monkeypatch)
    headers = {"Authorization": f"Bearer {key}".encode()} if key else {}
    answer = await platform.ask("GET", "/metrics", key=None, headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (401, "not-signed-in")
    answer = await platform.ask("GET", "/metrics", key=TOKEN)
    assert answer.headers["content-type"].startswith("text/plain; version=")


async def test_requests_are_counted_by_route_and_never_by_address(
    opened: Assembly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = opened.platform
    _open(platform, tmp_path, monkeypatch)
    await platform.ask("GET", f"{opened.pages}?tracker=SECRET")
    await platform.ask("GET", "/elections/nobody")
    await platform.ask("GET", "/not/there/at/all")
    await platform.ask("BREW", "/")
    figures = await _figures(platform)
    election = 'shanzhi_requests_total{method="GET",route="/elections/{election}",status='
    assert (figures[f'{election}"2xx"}}'], figures[f'{election}"4xx"}}']) == (1, 1)
    assert figures['shanzhi_requests_total{method="GET",route="(none)",status="4xx"}'] == 1
    assert figures['shanzhi_requests_total{method="other",route="/",status="4xx"}'] == 1
    assert figures['shanzhi_request_seconds_count{method="GET",route="/elections/{election}"}'] == 2
    assert not [name for name in figures if opened.uuid in name or "SECRET" in name or "nobody" in name]


async def test_ballots_are_counted_by_what_became_of_them(
    opened: Assembly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(opened.platform, tmp_path, monkeypatch)
    ballot = await opened.cast(1, [NO, [0, 0, 1, 0]])
    await opened.send(ballot)
    await opened.cast(2, [YES, [1, 1, 0, 0]])
    await opened.send(b"{}")
    figures = await _figures(opened.platform)
    became = {name: value for name, value in figures.items() if name.startswith("shanzhi_ballots_total")}
    assert became == {
        'shanzhi_ballots_total{became="accepted"}': 2,
        'shanzhi_ballots_total{became="repeated"}': 1,
        'shanzhi_ballots_total{became="ballot-invalid"}': 1,
    }
    assert (figures["shanzhi_ballots_waiting"], figures["shanzhi_ballots_under_way"]) == (2, 0)


async def test_the_database_is_asked_when_the_figures_are_read(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(platform, tmp_path, monkeypatch)
    figures = await _figures(platform)
    assert (figures["shanzhi_worker_age_seconds"], figures["shanzhi_restored_copy"]) == (-1, 0)
    assert figures["shanzhi_database_up"] == 1
    assert 0 < figures["shanzhi_database_seconds"] < 2
    now = await database_now()
    await WorkerBeat.create(id=1, beat_at=now - timedelta(seconds=40))
    await RestoredCopy.create(backup="b" * 32, made_at=now, restored_at=now)
    figures = await _figures(platform)
    assert 40 <= figures["shanzhi_worker_age_seconds"] < 60
    assert figures["shanzhi_restored_copy"] == 1


async def test_figures_of_the_process_are_there_while_the_database_is_away(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(platform, tmp_path, monkeypatch)
    await platform.ask("GET", "/")

    async def fail() -> datetime:
        raise ConnectionRefusedError

    monkeypatch.setattr(metrics, "database_now", fail)
    figures = await _figures(platform)
    assert figures["shanzhi_database_up"] == 0
    assert figures['shanzhi_requests_total{method="GET",route="/",status="2xx"}'] == 1


async def test_a_mistake_of_ours_is_not_taken_for_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> datetime:
        raise KeyError

    monkeypatch.setattr(metrics, "database_now", fail)
    with pytest.raises(KeyError):
        await Metrics().write(OperationStore())


def test_the_route_of_casting_is_the_one_that_is_counted() -> None:
    assert metrics.CASTING in {route.path for route in routes}
