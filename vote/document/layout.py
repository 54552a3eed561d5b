"""Says what stands on a paper, in which order; how it looks is the same for all papers.

 * A paper is its head (title, number, day, estate, articles), its blocks, and who handles the personal data on it.
 * What is not known yet is an empty value and becomes room to write by hand, never a made-up word.
 * Boxes and signature lines are data too, so both renderers set the same ones.

Follows rulebook §6, §9a.13, §10.3. Not here: words of a form (the module named after it), paper (`pdf.py`, `docx.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

TICKED, UNTICKED = "■", "□"
"""Boxes that every font has in which Chinese is set."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An article that a paper rests on, with its words (rulebook §10.3)."""

    citation: str
    """As in 《民法典》第278条第2款; with its caution where it is not confirmed."""
    words: str
    """The rule; empty where only the article is known."""


@dataclass(frozen=True, slots=True)
class Handler:
    """Who handles the personal data on a paper (Personal Information Protection Act arts. 7, 17)."""

    name: str
    purpose: str
    kept: str
    """For how long, as in 任期届满后5年."""
    contact: str


@dataclass(frozen=True, slots=True)
class Head:
    """What every paper has: the same facts for all forms."""

    estate: str
    number: str
    """Empty where it gets none."""
    on: date
    """Its day; the files carry it as their date, so the same facts give the same bytes."""
    rules: tuple[Rule, ...]
    handler: Handler
    address: str
    """Of the public copy; empty where there is none, and then there is no QR code."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Numbered sentences."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """Names with their values, one to a row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    share: int
    """Its part of the width, against the other columns'."""
    number: bool = False
    """Whether it stands to the right."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its names stand again on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    blank_rows: int = 0
    """Rows to be filled in by hand."""
    total: tuple[str, ...] = ()
    """The last row; empty where there is none."""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in (*self.rows, self.total or self.columns)):
            raise ValueError("a row has as many cells as the table has columns")


@dataclass(frozen=True, slots=True)
class Tick:
    """A box with its words."""

    text: str
    ticked: bool = False

    def __str__(self) -> str:
        return f"{TICKED if self.ticked else UNTICKED} {self.text}"


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes under one name."""

    name: str
    boxes: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """Words, or as many lines to write them on."""

    name: str
    text: str
    lines: int = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """Two texts of equal rank, side by side."""

    left: Writing
    right: Writing


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on, with the day to be written beside it."""

    role: str
    name: str = ""
    """Printed before the line, where it is known who signs."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, two in a row."""

    lines: tuple[Signature, ...]


Block: TypeAlias = "Heading | Words | Points | Details | Table | Ticks | Writing | Beside | Signatures"


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper."""

    title: str
    english: str
    head: Head
    blocks: tuple[Block, ...]
    addressee: str = ""
    wide: bool = False
    """Whether the sheet lies on its long side."""
    private: str = ""
    """Who alone may see it; empty for a paper that is put up."""

    @property
    def address(self) -> str:
        """Where its public copy is: what is private has none."""
        return "" if self.private else self.head.address


def printed_texts(paper: Paper) -> tuple[str, ...]:
    """Return every text of a paper in the order of printing, without what only the renderers add."""
    head, handler = paper.head, paper.head.handler
    texts = [paper.title, paper.english, head.estate, head.number, paper.private]
    texts += (text for rule in head.rules for text in (rule.citation, rule.words))
    texts.append(paper.addressee)
    texts += (text for block in paper.blocks for text in _texts(block))
    texts += (handler.name, handler.purpose, handler.kept, handler.contact, paper.address)
    return tuple(text for text in texts if text)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Words(text):
            yield text
        case Points(texts):
            yield from texts
        case Details(rows):
            yield from (text for row in rows for text in row)
        case Table():
            yield from (column.name for column in block.columns)
            yield from (text for row in (*block.rows, block.total) for text in row)
        case Ticks(name, boxes):
            yield from (name, *map(str, boxes))
        case Writing():
            yield from (block.name, block.text)
        case Beside(left, right):
            yield from (left.name, right.name, left.text, right.text)
        case _:
            yield from (text for line in block.lines for text in (line.role, line.name))
