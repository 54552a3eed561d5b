"""The scripts of the pages, as they are built and served."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from scripts import build_front
from tests.vote.platform import Platform
from vote.web import assets
from vote.web.assets import NotBuiltError, asset_path

WORKER = "worker/seal.js"
ENTRIES = sorted(json.loads((build_front.STATIC / "entries.json").read_text()))
MOST_BYTES = 120_000
"""Of a page's scripts, compressed; for its first view the style, the icon and the page itself come on top."""


async def _ask(platform: Platform, path: str, coding: str) -> tuple[bytes, str | None]:
    """Return the body as it was sent, and its coding."""
    headers = {"Accept-Encoding": coding}
    async with platform.http.stream("GET", path, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        return b"".join([part async for part in answer.aiter_raw()]), answer.headers.get("content-encoding")


def test_every_entry_is_built() -> None:
    assert [
        name for name in ENTRIES if not asset_path(f"{name}.js").startswith("/static/" + name.replace("/", "-"))
    ] == []


async def test_a_script_is_sent_in_the_best_coding_that_the_browser_takes(platform: Platform) -> None:
    path = asset_path(WORKER)
    plain, coding = await _ask(platform, path, "identity")
    assert coding is None
    assert hashlib.sha256(plain).hexdigest()[:16] in path
    packed, coding = await _ask(platform, path, "gzip, deflate")
    assert (gzip.decompress(packed), coding) == (plain, "gzip")
    better, coding = await _ask(platform, path, "gzip, deflate, br;q=0.9")
    assert coding == "br"
    assert len(better) < len(packed) < len(plain)
    assert (await _ask(platform, path, "br;q=0, gzip;q=0.000"))[1] is None


async def test_a_worker_has_no_way_out(platform: Platform) -> None:
    """The policy of a worker is that of its file."""
    policy = (await platform.ask("GET", asset_path(WORKER), key=None)).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy
    assert "script-src" not in policy


async def test_what_is_served_is_listed_with_its_digest(platform: Platform) -> None:
    listed = (await platform.ask("GET", "/assets.json", key=None)).json()
    assert listed["version"] == 1
    names = [each["name"] for each in listed["assets"]]
    assert names == sorted(names)
    assert {"site.css", "icon.svg", *(f"{name}.js" for name in ENTRIES)} == set(names)
    for each in listed["assets"]:
        served = (await platform.ask("GET", each["path"], key=None)).content
        assert (len(served), hashlib.sha256(served).hexdigest()) == (each["bytes"], each["sha256"])


def test_a_script_that_is_not_built_names_the_command() -> None:
    with pytest.raises(NotBuiltError) as refusal:
        asset_path("owner/nothing.js")
    assert str(refusal.value) == (
        "owner/nothing.js is not among the built files. Type: .venv/bin/python scripts/build_front.py"
    )


def test_without_any_build_the_style_is_served(tmp_path: Path) -> None:
    assert assets._built(tmp_path) == {}


@pytest.mark.parametrize("name", ENTRIES)
def test_no_page_loads_more_than_a_slow_telephone_bears(name: str) -> None:
    built = json.loads((build_front.DIST / "assets.json").read_text())[f"{name}.js"]
    assert built["gzip"] <= MOST_BYTES, built
    if name.startswith("owner/"):
        worker = json.loads((build_front.DIST / "assets.json").read_text())[WORKER]
        assert built["gzip"] + worker["gzip"] <= MOST_BYTES
