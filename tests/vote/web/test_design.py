"""Every piece of the design system, rendered as pages use it, and looked at in Chromium."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest

from tests.browser.chromium import DESK, PHONE, assert_accessible, browsing, photograph, visit_as
from tests.vote.web.markup import Page
from vote.law.citation import Text
from vote.web.assets import assets
from vote.web.language import Language
from vote.web.rendering import _ENVIRONMENT, Reader

WRONG = Text("手机号要11位。", "A number has 11 digits.")
SOURCE = (Path(__file__).parent / "pieces.html").read_text()


def render_pieces(language: Language = Language.ZH, layout: str = "") -> str:
    reader = Reader(language, chosen=True, path="/pieces", query=[])
    return _ENVIRONMENT.from_string(SOURCE).render(
        reader=reader, t=reader.text, zh=reader.chinese, at=reader.moment, by=reader.deadline, on=reader.day,
        pick=reader.pick, link=reader.link, copy=None, form_token="", visitor=None, nonce="", wrong=WRONG, layout=layout,
        rehearsal=False,
    )  # fmt: skip


def tags(page: Page, name: str) -> Sequence[dict[str, str]]:
    return [attributes for tag, attributes in page.tags if tag == name]


@pytest.mark.parametrize("language", Language)
def test_every_piece_passes_as_a_page(language: Language) -> None:
    page = Page(render_pieces(language))
    assert ("（可不填）" if language is Language.ZH else "(may be left empty)") in page.text
    assert ("记录完整" if language is Language.ZH else "Record complete") in page.text


def test_a_field_is_tied_to_its_hint_and_to_what_is_wrong_with_it() -> None:
    page = Page(render_pieces())
    [phone] = [each for each in tags(page, "input") if each.get("name") == "phone"]
    assert phone["aria-describedby"] == "phone-hint phone-error"
    assert phone["aria-invalid"] == "true"
    assert {"phone-hint", "phone-error"} <= {each["id"] for each in tags(page, "p") if "id" in each}
    assert "#phone" in [each.get("href") for each in tags(page, "a")]


def test_choices_are_whole_rows_and_keep_what_was_chosen() -> None:
    page = Page(render_pieces())
    checked = [each["value"] for each in tags(page, "input") if "checked" in each]
    assert checked == ["yes", "2", "yes"]
    assert [each["class"] for each in tags(page, "label") if "class" in each] == ["row"] * 6


def test_a_table_tells_in_each_cell_what_it_is() -> None:
    assert [each["data-label"] for each in tags(Page(render_pieces()), "td")] == ["参加", "没参加", "信件"] * 2


def test_values_are_escaped() -> None:
    source = '{% import "fields.html" as fields with context %}{{ fields.field("a", "b", value) }}'
    reader = Reader(Language.ZH, chosen=False, path="/", query=[])
    made = _ENVIRONMENT.from_string(source).render(t=reader.text, pick=reader.pick, reader=reader, value='"><script>')
    assert "<script>" not in made


def test_every_sheet_is_served_and_loads_nothing() -> None:
    style = assets()["site.css"].content.decode()
    for sheet in (files("vote.web") / "static").iterdir():
        if sheet.name.endswith(".css"):
            assert sheet.read_text() in style
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.chromium
@pytest.mark.parametrize("viewport", [PHONE, DESK])
@pytest.mark.parametrize(
    ("scheme", "contrast"), [("light", "no-preference"), ("dark", "no-preference"), ("light", "more"), ("dark", "more")]
)
async def test_every_piece_is_accessible_in_every_look(viewport: dict[str, int], scheme: str, contrast: str) -> None:
    style = assets()["site.css"].content.decode()
    async with browsing() as browser:
        context = await visit_as(browser, viewport, color_scheme=scheme, contrast=contrast)
        page = await context.new_page()
        await page.set_content(render_pieces(layout="wide" if viewport == DESK else ""))
        await page.add_style_tag(content=style)
        await assert_accessible(page)
        if picture := photograph(f"pieces-{scheme}-{contrast}-{viewport['width']}"):
            await page.screenshot(path=picture, full_page=True)


@pytest.mark.chromium
async def test_controls_are_large_enough_to_tap() -> None:
    async with browsing() as browser:
        page = await (await visit_as(browser)).new_page()
        await page.set_content(render_pieces())
        await page.add_style_tag(content=assets()["site.css"].content.decode())
        small = await page.evaluate(
            "[...document.querySelectorAll('main :is(button, a.button, select, textarea, .row, input:not(.row input)), nav a')]"
            ".filter(each => each.getBoundingClientRect().height < 44).map(each => each.outerHTML)"
        )
        assert small == []
