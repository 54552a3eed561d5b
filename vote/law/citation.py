"""Keeps where a rule stands and how sure we are of it: the text, its article, the mark of confidence.

 * No value without a source and an article; where no article number was recorded, that is said.
 * Only a rule read in the statute itself, in the version in force, is *confirmed*. All other marks say why not.

Not here: the rules themselves (`profile.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from crypto.encoding import require_text
from crypto.errors import MalformedError

UNNUMBERED = "unnumbered"
"""Stands for the article where its number was not recorded or the source has none."""

_ARTICLE = re.compile(r"([1-9][0-9]{0,3}(?:–[1-9][0-9]{0,3})?)(?: ¶([1-9]))?(?:\(([1-9][0-9]?)\))?")


class Text(NamedTuple):
    """The same words in Chinese and English."""

    zh: str
    en: str


class Mark(StrEnum):
    """How a value came to us."""

    STATUTE = "S"
    STATUTE_OLD = "S-old"
    REPRODUCED = "S*"
    SECONDARY = "2"
    GENERAL = "G"
    DESIGN = "D"


MARK_TEXT: Mapping[Mark, Text] = {
    Mark.STATUTE: Text("已核对条文", "read in the statute"),
    Mark.STATUTE_OLD: Text("待核实：读到的是修订前的条文", "unconfirmed: read in a text amended since"),
    Mark.REPRODUCED: Text("待核实：条文转引自其他网站", "unconfirmed: the text as reproduced by a third party"),
    Mark.SECONDARY: Text("待核实：二手资料", "unconfirmed: a secondary source"),
    Mark.GENERAL: Text("待核实：一般了解，未见条文", "unconfirmed: general knowledge, text not seen"),
    Mark.DESIGN: Text("待核实：条文未写明，本软件的理解", "unconfirmed: no text says so; the reading of this software"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A text that rules are taken from, in the version that was read."""

    code: str
    title: Text
    text_of: date | None
    """The day of the version read; None where it is not dated."""
    caution: Text | None
    """What is still to be checked about the text as a whole."""
    link: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one source."""

    source: Source
    article: str

    @property
    def code(self) -> str:
        """The short form, as in `CC 278 ¶2`."""
        return f"{self.source.code} {self.article}"

    @property
    def text(self) -> Text:
        """The long form, as in 《民法典》第278条第2款."""
        title = self.source.title
        match = _ARTICLE.fullmatch(self.article)
        if match is None:
            return Text(f"《{title.zh}》（条号未记）", f"{title.en} (article number not recorded)")
        number, paragraph, item = match.groups()
        zh = f"《{title.zh}》第{number}条"
        if paragraph:
            zh += f"第{paragraph}款"
        if item:
            zh += f"第{item}项"
        return Text(zh, f"{title.en} art. {self.article}")


def decode_words(fields: Mapping[str, Any], what: str) -> Text:
    """Read words from the fields `zh` and `en`.

    Raises:
        MalformedError: one of them is no text or has nothing in it.
    """
    zh, en = (require_text(fields[each], f"{what}: {each}").strip() for each in ("zh", "en"))
    if not zh or not en:
        raise MalformedError(f"{what}: words are needed in both languages")
    return Text(zh, en)


def decode_citation(code: str, sources: Mapping[str, Source], what: str) -> Citation:
    """Read `CC 278 ¶2` against the sources that are known.

    Raises:
        MalformedError: an unknown source, or an article in another spelling.
    """
    name, _, article = code.partition(" ")
    if name not in sources:
        raise MalformedError(f"{what}: source {name[:20]!r} is not in the profile's list of sources")
    if article != UNNUMBERED and not _ARTICLE.fullmatch(article):
        raise MalformedError(f"{what}: an article such as 278 ¶1(4) is expected, or the word {UNNUMBERED}")
    return Citation(sources[name], article)
