"""Makes a page from a template: its language, its texts, its links.

* The language is that of `?lang=`, else the browser's; links keep `?lang=` once somebody has chosen.
* What an election, estate or person is called stays Chinese and is marked so on an English page.
* Everything put into a text or template is escaped.
* Whatever is shown to somebody who is signed in is kept by no browser.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vote.ballot.rules import permille
from vote.clock import CHINA
from vote.estate.rules import is_rehearsal
from vote.http import FORM_TOKEN, VISITOR
from vote.law.citation import Citation, Text
from vote.oversight.record.fields import write_money
from vote.web import figures
from vote.web.assets import asset_path
from vote.web.headers import Nonce
from vote.web.language import Language, find_language, prefer_language
from vote.web.words import TEXTS

_ENVIRONMENT = Environment(
    loader=PackageLoader("vote.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals.update(
    asset=asset_path,
    grouped=figures.grouped,
    square_metres=figures.square_metres,
    percent=figures.percent,
    hundredths=figures.hundredths,
    signed=figures.signed,
    signed_square_metres=figures.signed_square_metres,
    permille=permille,
    offset=figures.offset,
    reached=figures.reached,
    yuan=write_money,
    day_of=date.fromisoformat,
)
LANGUAGE = "lang"
"""The query parameter that chooses a language."""
COPY = "restored_copy"
"""Where in a request's scope stands that the database is a restored copy."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is written; templates call its methods."""

    language: Language
    chosen: bool
    """Whether the address names the language."""
    path: str
    query: Sequence[tuple[str, str]]
    """The page's own parameters, without the language."""

    def text(self, key: str, **values: object) -> Markup:
        """Return a text of the table, filled in."""
        return Markup(escape(self.pick(TEXTS[key]))).format(**values)  # noqa: S704 - escaped, and format escapes values

    def pick(self, text: Text) -> str:
        """Return the reader's half of a text."""
        return text.zh if self.language is Language.ZH else text.en

    def chinese(self, text: str) -> Markup:
        """Return words that are Chinese on every page."""
        if self.language is Language.ZH:
            return escape(text)
        return Markup('<span lang="zh-CN">{}</span>').format(text)

    def moment(self, when: datetime) -> Markup:
        """Return a moment for people and programs."""
        return Markup('<time datetime="{}">{}</time>').format(
            figures.machine_moment(when), figures.moment(when, self.language)
        )

    def deadline(self, when: datetime) -> Markup:
        """Return until when something can be done, for people and programs."""
        return Markup('<time datetime="{}">{}</time>').format(
            figures.machine_moment(when), figures.deadline(when, self.language)
        )

    def day(self, when: date) -> Markup:
        """Return a day for people and programs; of a moment, the day in China."""
        local = when.astimezone(CHINA).date() if isinstance(when, datetime) else when
        return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), figures.day(local, self.language))

    def list(self, parts: Sequence[Markup]) -> Markup:
        """Return parts set off as in a list of names."""
        return self.text("names.mark").join(parts)

    def list_articles(self, articles: Sequence[Citation]) -> Markup:
        """Return where the law says it."""
        return self.list([escape(self.pick(article.text)) for article in articles])

    def link(self, path: str) -> str:
        """Return a link to another page in the language that somebody chose."""
        return f"{path}?{LANGUAGE}={self.language}" if self.chosen else path

    @property
    def switch(self) -> str:
        """The link to this page in the other language."""
        return f"{self.path}?{urlencode([*self.query, (LANGUAGE, str(self.language.other))])}"


def reader_of(request: Request) -> Reader:
    """Return for whom an answer is written."""
    asked = find_language(request.query_params.get(LANGUAGE))
    query = [(name, value) for name, value in request.query_params.multi_items() if name != LANGUAGE]
    language = asked or prefer_language(request.headers.get("accept-language", ""))
    # Two slashes at the beginning, or what browsers take for them, would lead to another host.
    path = "/" + quote(request.url.path.lstrip("/"))
    return Reader(language, asked is not None, path, query)


def render(request: Request, template: str, values: Mapping[str, object], status: int = 200) -> Response:
    """Return a page."""
    reader, nonce = reader_of(request), Nonce()
    own = {
        "copy": request.scope.get(COPY),
        "form_token": request.scope.get(FORM_TOKEN),
        "visitor": request.scope.get(VISITOR),
        "nonce": nonce,
        "rehearsal": _is_rehearsed(request, values),
    }
    html = fill(reader, template, {**own, **values})
    headers = {
        "Cache-Control": "no-store" if request.scope.get(VISITOR) else "no-cache",
        "Content-Language": reader.language.tag,
        "Vary": "Accept, Accept-Language",
        **nonce.headers,
    }
    return HTMLResponse(html, status, headers)


def fill(reader: Reader, template: str, values: Mapping[str, object]) -> str:
    """Return what a template says to a reader."""
    return _ENVIRONMENT.get_template(template).render(
        reader=reader,
        t=reader.text,
        zh=reader.chinese,
        at=reader.moment,
        by=reader.deadline,
        on=reader.day,
        pick=reader.pick,
        link=reader.link,
        **values,
    )


def _is_rehearsed(request: Request, values: Mapping[str, object]) -> bool:
    """Whether a page is about a made-up estate: the one of its address, or that of the election it shows."""
    seen = values.get("seen")
    stored = values.get("stored") or getattr(seen, "stored", None)
    estate = getattr(getattr(stored, "draft", None), "estate", None) or getattr(values.get("place"), "id", None)
    return is_rehearsal(str(estate or request.path_params.get("estate", "")))


def wants_page(request: Request) -> bool:
    """Whether whoever asks is a browser in front of a person."""
    return "text/html" in request.headers.get("accept", "").lower()
