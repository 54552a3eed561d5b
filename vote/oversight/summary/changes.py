"""Reads what was added to an estate's public record: which kinds of entries, how many in a row, and where each can be read.

 * Entries of one kind with one page that stand in a row are told once, with their number; so are postings in a row, which
   lead to the list of all: books are entered by the hundred.
 * Nothing is told but an entry's kind and the address of its page: entries hold no names.

Not here: whether the record continues what somebody saw before, which their own browser checks (`static/src/verifying`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vote.log.kinds import Entry
from vote.log.rules import Kind

_DIGITS = 12
"""No record has entries enough for more."""


@dataclass(frozen=True, slots=True)
class Change:
    """Entries in a row that are told as one."""

    kind: Kind
    path: str
    """The address of the page below the site; empty if there is none."""
    count: int
    first: int
    """The place of the first one, counted from 1."""


def read_since(text: str) -> int | None:
    """Return how many entries somebody saw before; None if the text says no number of entries."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def changes_of(estate: str, entries: Iterable[Entry], before: int) -> tuple[Change, ...]:
    """Return what was added, in the record's order.

    Args:
        estate: whose record.
        entries: what was added.
        before: how many entries stand before them.
    """
    found: list[Change] = []
    for place, entry in enumerate(entries, before + 1):
        path = path_of(estate, entry)
        last = found[-1] if found else None
        if last is not None and last.kind is entry.kind and last.path == path:
            found[-1] = replace(last, count=last.count + 1)
        elif last is not None and last.kind is entry.kind is Kind.BOOK_POSTED:
            found[-1] = replace(last, count=last.count + 1, path=f"/estates/{estate}/book/entries")
        else:
            found.append(Change(entry.kind, path, 1, place))
    return tuple(found)


def path_of(estate: str, entry: Entry) -> str:
    """Return where what an entry tells of can be read; empty if nowhere."""
    own, facts = f"/estates/{estate}", entry.facts
    subject = entry.kind.partition(":")[0]
    if subject == "book":
        return f"{own}/book/entries/{facts['posting']}"
    if subject in _LISTS:
        return f"{own}/{_LISTS[subject]}"
    if subject in _PLACES:
        return f"{own}/{_PLACES[subject]}/{facts[subject]}"
    return f"/elections/{facts['election']}" if "election" in facts else ""


_LISTS = {"duty": "duties", "interest": "interests"}
_PLACES = {"record": "records", "inquiry": "inquiries", "petition": "petitions"}
