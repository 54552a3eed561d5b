"""Finds in a text what may be somebody's, and cuts the text so that just this can be hidden.

 * Telephones, identity numbers, bank cards, homes and mail addresses are found by their shape, however their digits are
   spelt; a name has no shape, so people look at every text that is to be hidden further.
 * A text is cut at what was found and at ends of sentences. Its pieces in their order are the text, sign by sign.
 * Each piece has a name of letters, as commitments are made under it.

>>> cut("物业的张师傅（13800138000）没有来。")
('物业的张师傅（', '13800138000', '）没有来。')
"""

import re
from collections.abc import Iterator, Sequence

MOST_PIECES = 90
"""What fits into one entry of the log beside the rest."""
SHORTEST = 40
"""Sentences are joined until a piece has so many signs."""

_DIGITS = str.maketrans("０１２３４５６７８９－＠　", "0123456789-@ ")
_SHAPES = (
    r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])",
    r"(?<![0-9])[3-6](?:[ -]?[0-9]){15,18}(?![0-9])",
    r"(?<![0-9])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])",
    r"(?<![0-9])0[0-9]{2,3}[ -]?[1-9][0-9]{6,7}(?![0-9])",
    r"(?<![0-9])[0-9]{1,3} ?[幢栋] ?(?:[0-9]{1,2} ?单元 ?)?[0-9]{3,4}室?",
    r"(?<![0-9-])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9-])",
    r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
)
_PERSONAL = re.compile("|".join(_SHAPES))
_SENTENCE = re.compile(r".*?(?:[。！？!?；;\n]+|$)", re.DOTALL)


def find_personal(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text has what may be somebody's: from, to."""
    return tuple(match.span() for match in _PERSONAL.finditer(text.translate(_DIGITS)))


def cut(text: str) -> tuple[str, ...]:
    """Return the pieces of a text in their order."""
    pieces: list[str] = []
    last = 0
    for begin, end in find_personal(text):
        pieces += _sentences(text[last:begin])
        pieces.append(text[begin:end])
        last = end
    return (*pieces, *_sentences(text[last:]))


def is_personal(piece: str) -> bool:
    """Whether a piece as `cut` makes it is what may be somebody's."""
    return find_personal(piece) == ((0, len(piece)),)


def name_pieces(prefix: str, count: int) -> tuple[str, ...]:
    """Return what pieces are called, in their order: `text_a` to `text_z`, `text_ba` and on.

    >>> name_pieces("text", 28)[25:]
    ('text_z', 'text_ba', 'text_bb')
    """
    return tuple(f"{prefix}_{_letters(number)}" for number in range(count))


def order_pieces(names: Sequence[str]) -> list[str]:
    """Return names of pieces of one text in the order of the text, as a file of canonical JSON has them by letters."""
    return sorted(names, key=lambda name: (len(name), name))


def _letters(number: int) -> str:
    more, last = divmod(number, 26)
    return (_letters(more) if more else "") + chr(ord("a") + last)


def _sentences(text: str) -> Iterator[str]:
    held = ""
    for match in _SENTENCE.finditer(text):
        held += match[0]
        if len(held) >= SHORTEST:
            yield held
            held = ""
    if held:
        yield held
