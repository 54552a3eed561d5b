"""What an owner may ask, by when the committee answers, what everybody sees of it, and how that is held to the log.

 * Any owner asks about a record or about the estate, by a name of their choosing or unseen by others: then everybody sees
   that something was asked and how it stands, the committee reads it, and the office alone knows who.
 * A text is cut into pieces (`personal.py`), each committed to alone. One with what may be somebody's is shown only when
   somebody looked at it; the clock runs meanwhile. A hidden piece has neither value nor salt and says by which law.
 * The clock runs by calendar day, that of asking not counted (Civil Code art. 201); an answer on the last day is in time.
 * A home has few questions open at a time and few in a month, so that a committee can answer.

Follows ZJ 17 ¶2 (a question put to the committee belongs to the meeting), CC 285 ¶1; how many days is the profile's
`inquiry_answer`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

import rfc8785

from crypto.commitment import SALT_BYTES, commit
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.log.rules import Facts
from vote.oversight.inquiry.personal import MOST_PIECES, cut, is_personal, name_pieces
from vote.oversight.record.fields import LONG, SIGNS, Field, FieldType, find_wrong
from vote.oversight.record.rules import Redaction, china_day

VERSION = 1
MAX_QUESTION = 1000
MAX_ANSWER = 3000
MAX_SIGNATURE = 30
MOST_OPEN = 3
"""Questions of a home that wait for an answer."""
MOST_RECENT = 5
"""Questions of a home within `RECENT`."""
RECENT = timedelta(days=30)

QUESTION, ANSWER = "text", "answer"
"""What the pieces of both texts are called, before their letters."""
ASKER, SIGNATURE = "asker", "signature"

_TEXT = Field("text", Text("内容", "Text"), FieldType.TEXT)
_MANY = Text(
    "里面号码太多了。请删去电话、房号，只写要问的事。",
    "There are too many numbers in it: leave telephones and homes out and write what you ask.",
)
_SIGN = Text("具名询问要写怎样称呼您。", "To ask by name, write what to call you.")
PERSONAL = Text(
    "里面像是有电话、证件号或者房号。请删去；是单位公开的号码，请勾选下面一项。",
    "This seems to hold a telephone, identity number or home. Take it out; if it is a public number of an office, tick the box below.",
)


class Manner(StrEnum):
    """How somebody asks. Add to it, never rename."""

    NAMED = "named"
    UNSEEN = "unseen"


class Standing(StrEnum):
    """How an inquiry stands."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks."""

    text: str = field(repr=False)
    manner: Manner
    signature: str = field(default="", repr=False)
    """What to call whoever asks by name."""
    about: str = ""
    """The record; empty for the estate."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, or who asked, with its commitment; value and salt until it is hidden."""

    name: str
    commitment: bytes
    value: str | None = field(repr=False)
    salt: bytes | None = field(repr=False)
    redaction: Redaction | None = None

    @property
    def personal(self) -> bool:
        """Whether it may be somebody's."""
        return self.value is not None and is_personal(self.value)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry with all that is kept of it but who asked."""

    uuid: str
    estate: str
    about: str
    manner: Manner
    raised_at: datetime
    due: date
    held: bool
    """Whether somebody has to look at the question before it is shown."""
    question: tuple[Piece, ...]
    signature: Piece | None
    answer: tuple[Piece, ...] = ()
    answered_at: datetime | None = None
    tabled_at: datetime | None = None
    """When it was put on the list of the next meeting."""

    @property
    def open_to_all(self) -> bool:
        """Whether everybody may read the question."""
        return self.manner is Manner.NAMED and not self.held


def find_wrong_question(question: Question) -> dict[str, Text]:
    """Return a sentence for each part of a question that does not fit."""
    errors = {}
    if (wrong := _wrong_text(question.text, MAX_QUESTION)) is not None:
        errors["text"] = wrong
    if question.manner is Manner.NAMED and (wrong := _wrong_signature(question.signature)) is not None:
        errors["signature"] = wrong
    return errors


def find_wrong_answer(text: str, *, looked: bool) -> Text | None:
    """Return why a text cannot be the answer; None if it can.

    Args:
        text: what everybody will read.
        looked: whether whoever answers says that numbers in it are public ones.
    """
    if (wrong := _wrong_text(text, MAX_ANSWER)) is not None:
        return wrong
    return PERSONAL if not looked and any(map(is_personal, cut(text))) else None


def require_room(open_now: int, recent: int) -> None:
    """Raise unless a home may ask once more.

    Args:
        open_now: its questions that wait for an answer.
        recent: its questions of the last `RECENT`.

    Raises:
        RefusedError: it has to wait.
    """
    if open_now >= MOST_OPEN:
        raise RefusedError(
            Reason.TOO_MANY,
            f"This home has {MOST_OPEN} questions without an answer: wait for one.",
            zh=f"您家有{MOST_OPEN}条询问还没有答复。等答复了一条，再问下一条。",
        )
    if recent >= MOST_RECENT:
        raise RefusedError(
            Reason.TOO_MANY,
            f"This home asked {MOST_RECENT} questions within {RECENT.days} days: ask again later.",
            zh=f"您家{RECENT.days}天里已经问了{MOST_RECENT}条，请过些天再问。",
        )


def standing(due: date, answered: date | None, today: date) -> Standing:
    """Return how an inquiry stands on a day, all days as the law counts them."""
    if answered is not None:
        return Standing.ANSWERED if answered <= due else Standing.LATE
    return Standing.WAITING if today <= due else Standing.OVERDUE


def needs_look(question: Question) -> bool:
    """Whether somebody looks at a question before everybody may read it."""
    return question.manner is Manner.NAMED and any(map(is_personal, (*cut(question.text), question.signature)))


def commit_piece(name: str, value: str, salt: bytes) -> bytes:
    """Return the commitment to a piece."""
    return commit(f"inquiry/{name}/1", salt, rfc8785.dumps(value))


def commit_text(prefix: str, text: str, salts: Sequence[bytes]) -> tuple[Piece, ...]:
    """Return the pieces of a text, each with one of `salts`."""
    pieces = cut(text)
    return tuple(
        Piece(name, commit_piece(name, value, salt), value, salt)
        for name, value, salt in zip(name_pieces(prefix, len(pieces)), pieces, salts, strict=True)
    )


def require_hidable(pieces: Sequence[Piece], names: Sequence[str]) -> None:
    """Raise unless pieces may be hidden.

    Raises:
        RefusedError: none is named, or one is not there or hidden already.
    """
    there = {each.name for each in pieces if each.redaction is None}
    if not names or len(set(names)) != len(names) or not set(names) <= there:
        raise RefusedError(
            Reason.MALFORMED,
            "Name the pieces to hide, each once: they must be there and not hidden yet.",
            zh="请选要隐去哪几段，已经隐去的不用再选。",
        )


def raised_facts(inquiry: Inquiry, asker: Piece) -> Facts:
    """Return what the log holds of a question."""
    pieces = (asker, *inquiry.question, *([inquiry.signature] if inquiry.signature else []))
    return {
        "inquiry": inquiry.uuid,
        "about": inquiry.about,
        "manner": str(inquiry.manner),
        "on": china_day(inquiry.raised_at).isoformat(),
        "due": inquiry.due.isoformat(),
        "commitments": {each.name: each.commitment.hex() for each in pieces},
    }


def answered_facts(uuid: str, on: date, pieces: Sequence[Piece]) -> Facts:
    """Return what the log holds of an answer."""
    return {
        "inquiry": uuid,
        "on": on.isoformat(),
        "commitments": {each.name: each.commitment.hex() for each in pieces},
    }


def hidden_facts(uuid: str, names: Sequence[str], redaction: Redaction) -> Facts:
    """Return what the log holds of pieces that were hidden."""
    return {
        "inquiry": uuid,
        "fields": sorted(names),
        "article": str(redaction.article),
        "office": str(redaction.office),
        "on": redaction.on.isoformat(),
    }


def encode_inquiry(inquiry: Inquiry) -> bytes:
    """Return an inquiry's public JSON: of a question that not everybody may read, the commitments alone.

    It has days and no moments, as the log has: everything in it is bound by an entry.
    """
    shown = inquiry.open_to_all
    question = (*inquiry.question, *([inquiry.signature] if inquiry.signature else []))
    return rfc8785.dumps(
        {
            "version": VERSION,
            "inquiry": inquiry.uuid,
            "estate": inquiry.estate,
            "about": inquiry.about or None,
            "manner": str(inquiry.manner),
            "raised_on": china_day(inquiry.raised_at).isoformat(),
            "due": inquiry.due.isoformat(),
            "answered_on": china_day(inquiry.answered_at).isoformat() if inquiry.answered_at else None,
            "tabled_on": china_day(inquiry.tabled_at).isoformat() if inquiry.tabled_at else None,
            "question": {each.name: _piece_json(each, shown=shown) for each in question},
            "answer": {each.name: _piece_json(each, shown=True) for each in inquiry.answer},
        }
    )


def _piece_json(piece: Piece, *, shown: bool) -> Mapping[str, str | Mapping[str, str]]:
    found = {"commitment": piece.commitment.hex()}
    if piece.redaction is not None:
        by = piece.redaction
        return {**found, "redacted": {"article": str(by.article), "by": str(by.office), "on": by.on.isoformat()}}
    if not shown:
        return found
    assert piece.value is not None
    assert piece.salt is not None
    assert len(piece.salt) == SALT_BYTES
    return {**found, "value": piece.value, "salt": piece.salt.hex()}


def _wrong_text(text: str, longest: int) -> Text | None:
    if len(text) > longest:
        return LONG
    return find_wrong(_TEXT, text) or (_MANY if len(cut(text)) > MOST_PIECES else None)


def _wrong_signature(text: str) -> Text | None:
    if not text.strip():
        return _SIGN
    if len(text) > MAX_SIGNATURE:
        return LONG
    return SIGNS if not text.isprintable() else None
