"""Whether the log of an installation says nothing of anybody: looked at after every test that ran the application.

* Every entry is one of docs/log-entries.md, spelled so.
* Names, homes and words are Chinese; no entry holds a sign outside of ASCII.
* No number of an owner's phone that the messages went to stands in any of them.
"""

from collections.abc import Collection

from tests import databases
from vote.log.kinds import require_entry


def require_impersonal(database: str, numbers: Collection[str]) -> None:
    """Raise AssertionError if an entry holds what it must not.

    Args:
        database: the URL.
        numbers: of phones, +86 and the national number.
    """
    told = [number.removeprefix("+86").encode() for number in numbers]
    with databases.connect(database) as connection:
        rows = list(connection.execute("SELECT id, body FROM log_pending_entry"))
    for number, body in rows:
        entry = bytes(body)
        require_entry(entry, f"pending entry {number}")
        assert entry.isascii(), number
        assert not [each for each in told if each in entry], number
