"""Decides when a message is tried again and when it is given up, and keeps number and words in one piece.

 * The first try is the writer's own, at once; after it the worker waits 30 seconds, then twice as long each time.
 * Ten tries, the last about four hours after the first; a code is given up when it has run out, since nobody could use it.
 * Number and words are sealed together: whoever can write the database cannot send one owner's code to another phone.

Not here: who carries messages (`carrier`).

>>> from vote.message.rules import code_message
>>> decode_letter(encode_letter("+8613800138000", code_message("012345"))).number
'+8613800138000'
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from crypto.encoding import compact_json, read_json, require_fields, require_text
from vote.message.rules import Kind, Message, decode_message, encode_message

CONTEXT = "message"
MOST_TRIES = 10
WAIT_SECONDS = 30
CODE_SECONDS = 600
_WHAT = "the message kept"


class Letter(NamedTuple):
    """What is sealed until it is sent."""

    number: str
    """+86 and the national number."""
    message: Message


def encode_letter(number: str, message: Message) -> bytes:
    """Write number and words."""
    return compact_json({"number": number, "message": encode_message(message).decode()})


def decode_letter(data: bytes) -> Letter:
    """Read number and words.

    Raises:
        MalformedError: they are none.
    """
    fields = require_fields(read_json(data, _WHAT), ("number", "message"), _WHAT)
    words = require_text(fields["message"], f"{_WHAT}, message")
    return Letter(require_text(fields["number"], f"{_WHAT}, number"), decode_message(words.encode()))


def next_try(tries: int, now: datetime) -> datetime:
    """Return when to try again, should this try not end well, after `tries` earlier ones."""
    return now + timedelta(seconds=WAIT_SECONDS * 2**tries)


def is_given_up(kind: str, tries: int, created_at: datetime, now: datetime) -> bool:
    """Whether a message is not tried any more.

    Args:
        kind: what it is.
        tries: how often it was tried.
        created_at: when it was written.
        now: the moment of asking.
    """
    return tries >= MOST_TRIES or (kind == Kind.CODE and now - created_at >= timedelta(seconds=CODE_SECONDS))


def reference(number: int, created_at: datetime) -> str:
    """Return what names a message to its carrier: its number and its moment, in case numbers begin anew."""
    return f"shanzhi-{created_at:%Y%m%d%H%M%S}-{number}"
