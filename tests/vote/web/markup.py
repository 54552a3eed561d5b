"""Reads a page as strictly as a browser does not, and says what it holds."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import httpx

VOID = {"meta", "link", "img", "input", "br"}
SVG_LEAVES = {"rect", "line"}
APART = {"dt", "dd", "p", "li", "th", "td"}
"""What stands apart without a blank."""
HEADINGS = ("h1", "h2", "h3", "h4")
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Page(HTMLParser):
    """A page that passed: one h1, no level skipped, every field labelled, nothing inline, nothing from elsewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.titles: list[str] = []
        assert html.startswith("<!doctype html>")
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in APART:
            self.words.append(" ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SVG_LEAVES, f"<{tag}/> means nothing in HTML"
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert "{{" not in data
        assert "{%" not in data
        if self.open and self.open[-1] == "title":
            self.titles.append(data)
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        """What can be read, blanks made one."""
        return " ".join("".join(self.words).split())

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read_page(answer: httpx.Response, language: str = "zh-CN") -> Page:
    """Return a page, after checks that hold for all of them."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    page = Page(answer.text)
    assert page.attributes("html") == [{"lang": language}]
    assert "".join(page.titles).strip()
    _check_headings(page)
    _check_fields(page)
    _check_sources(page)
    identifiers = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(identifiers)) == len(identifiers)
    return page


def _check_headings(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if tag in HEADINGS]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.attributes("main")) == 1


def _check_fields(page: Page) -> None:
    labelled = {attributes["for"] for attributes in page.attributes("label")}
    for field in page.attributes("input"):
        assert field["type"] == "hidden" or field["id"] in labelled
    for image in page.attributes("img"):
        assert "alt" in image
    for picture in page.attributes("svg"):
        assert picture.get("aria-hidden") == "true" or (picture["role"] == "img" and picture["aria-label"])
    for cell in page.attributes("th"):
        assert cell["scope"] in {"row", "col"}


def _check_sources(page: Page) -> None:
    for tag, attributes in page.tags:
        assert tag not in {"style", "iframe", "object", "embed", "base"}
        if tag == "script" and attributes.get("type") != "application/json":
            assert attributes["nonce"]
            assert attributes["src"].startswith("/static/")
        for name, value in attributes.items():
            assert name != "style"
            assert not name.startswith("on")
            if name in {"href", "src", "action"}:
                assert re.match(r"/(?!/)|#", value), f"{name}={value} leads elsewhere"
