"""Decides which words are looked for in what an estate published, and what holds them.

 * All words must be found, each anywhere in the texts of one thing; capitals and full-width signs make no difference.
 * At most `MAX_WORDS` words, from the first `MAX_SIGNS` signs.
 * A record is found by its words, by what its attachments are called and by its choices as pages say them.
 * Only what everybody may read is looked through: nothing hidden, no question that was asked unseen.

Not here: the list of records with its own search, which the database answers (`vote.oversight.record.store`).
"""

import unicodedata
from collections.abc import Iterable, Sequence

from vote.oversight.book.rules import Posting
from vote.oversight.inquiry.rules import Inquiry
from vote.oversight.petition.rules import Petition
from vote.oversight.record.fields import Field, FieldType
from vote.oversight.record.kinds import KINDS
from vote.oversight.record.rules import FILES, PublicRecord

MAX_SIGNS = 100
MAX_WORDS = 8


def words_of(asked: str) -> tuple[str, ...]:
    """Return the words that somebody looks for."""
    return tuple(_plain(asked[:MAX_SIGNS].replace("\x00", "")).split()[:MAX_WORDS])


def holds(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether all words are found; none are found where there are none."""
    plain = [_plain(each) for each in texts]
    return bool(words) and all(any(word in text for text in plain) for word in words)


def texts_of_record(record: PublicRecord) -> tuple[str, ...]:
    """Return what everybody may read of a record."""
    kind = KINDS[record.kind]
    return tuple(
        text
        for each in record.fields
        if each.value is not None
        for text in (_texts(each.value, None if each.name in FILES else kind.get(each.name)))
    )


def texts_of_posting(posting: Posting) -> tuple[str, ...]:
    """Return what everybody may read of a posting; nothing once it is hidden."""
    words = posting.words
    return () if words is None else (words.payee, words.credit_code, words.note)


def texts_of_inquiry(inquiry: Inquiry) -> tuple[str, ...]:
    """Return what everybody may read of an inquiry: its answer, and the question if it is open to all."""
    named = (*inquiry.question, *((inquiry.signature,) if inquiry.signature else ())) if inquiry.open_to_all else ()
    texts = (named, inquiry.answer)
    return tuple("".join(each.value or "\n" for each in pieces) for pieces in texts)


def texts_of_petition(petition: Petition) -> tuple[str, ...]:
    """Return what a petition says."""
    return petition.text, petition.member


def _texts(value: object, field: Field | None) -> tuple[str, ...]:
    """Return the words of a field, without one those of an attachment."""
    if isinstance(value, dict):
        return (str(value["name"]),)
    if field is not None and field.type is FieldType.CHOICE:
        return tuple(field.choices[str(value)])
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
