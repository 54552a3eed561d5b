"""Writes what is public of an estate's postings for programs: RFC 8785 JSON, so one book has one spelling.

 * Each posting has its facts, its commitment, and its words with their salt, or by which article they are hidden.
 * A page holds postings in a row, how many there are in all, and where the next page begins.

Not here: whether they are what the log says (`verifying.py`).
"""

from collections.abc import Sequence
from typing import Any, Protocol

import rfc8785

from vote.oversight.book.rules import Posting, facts_json, words_json
from vote.oversight.record.rules import Redaction

VERSION = 1


class Published(Protocol):
    """A posting with what binds it to the log."""

    @property
    def posting(self) -> Posting:
        """Itself."""

    @property
    def commitment(self) -> bytes:
        """To its words."""

    @property
    def salt(self) -> bytes | None:
        """None once its words are hidden."""

    @property
    def redaction(self) -> Redaction | None:
        """Why they are hidden."""


def encode_page(estate: str, size: int, first: int, postings: Sequence[Published]) -> bytes:
    """Return a page of a book.

    Args:
        estate: whose book.
        size: how many postings it has.
        first: the number with which the page begins.
        postings: those of the page, by number.
    """
    following = first + len(postings)
    return rfc8785.dumps(
        {
            "version": VERSION,
            "estate": estate,
            "size": size,
            "first": first,
            "next": following if postings and following <= size else None,
            "postings": [_posting(each) for each in postings],
        }
    )


def _posting(published: Published) -> dict[str, Any]:
    found = {**facts_json(published.posting), "commitment": published.commitment.hex()}
    redaction = published.redaction
    if redaction is not None:
        hidden = {"article": str(redaction.article), "by": str(redaction.office), "on": redaction.on.isoformat()}
        return found | {"redacted": hidden}
    assert published.posting.words is not None
    assert published.salt is not None
    return found | {"words": words_json(published.posting.words), "salt": published.salt.hex()}
