"""The few files that pages need."""

import re
from importlib.resources import files

import pytest

from tests.vote.platform import Platform
from vote.web.assets import FETCHING, asset_path
from vote.web.headers import POLICY, STRICT

CSS = (files("vote.web") / "static" / "site.css").read_text()


@pytest.mark.parametrize(("name", "media"), [("site.css", "text/css; charset=utf-8"), ("icon.svg", "image/svg+xml")])
async def test_a_file_is_kept_for_good_under_its_digest(platform: Platform, name: str, media: str) -> None:
    answer = await platform.ask("GET", asset_path(name), key=None)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["site.css", "site.0000000000000000.css", "..%2fpages.py"])
async def test_no_other_name_is_served(platform: Platform, name: str) -> None:
    assert (await platform.ask("GET", f"/static/{name}", key=None)).status_code == 404


@pytest.mark.parametrize("name", ["worker/check.js", "worker/seal.js", FETCHING])
async def test_of_all_workers_only_the_one_of_the_record_may_fetch(platform: Platform, name: str) -> None:
    answer = await platform.ask("GET", asset_path(name), key=None)
    assert answer.headers[POLICY] == STRICT[POLICY] + ("; connect-src 'self'" if name == FETCHING else "")


def test_the_style_loads_nothing() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS


def _tokens(block: str) -> dict[str, tuple[int, int, int]]:
    found = re.findall(r"--([a-z-]+): #([0-9a-f]{6});", block)
    return {name: (int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16)) for name, value in found}


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_controls_have_enough_contrast(theme: str) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11, computed by its own formula."""
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")[:2]
    colour = _tokens(light if theme == "light" else dark.split("*, *::before")[0])
    text = [
        *[(ink, ground) for ink in ("ink", "quiet", "brand", "warn", "bad") for ground in ("paper", "card")],
        ("on-brand", "brand"), ("brand", "brand-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"), ("ink", "brand-soft"),
    ]  # fmt: skip
    assert [pair for pair in text if _contrast(colour[pair[0]], colour[pair[1]]) < 4.5] == []
    shapes = [("edge", "card"), ("edge", "paper"), ("brand", "track"), ("ink", "card")]
    assert [pair for pair in shapes if _contrast(colour[pair[0]], colour[pair[1]]) < 3] == []
