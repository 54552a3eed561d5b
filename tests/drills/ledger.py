"""What owners were promised, and whether the database keeps it: looked at after every strike, while others go on writing."""

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from tests.databases import Connection, connect, find_damage
from vote.ballot.rules import Promise, decode_promise
from vote.db import open_database
from vote.operation.check import check

STATES = ("open", "closed", "checked", "tallied", "preliminary", "certified")
ENTRIES = {
    "closed": "election:closed",
    "checked": "election:checked",
    "tallied": "tally:summed",
    "preliminary": "tally:opened",
    "certified": "certificate:issued",
}
"""The log entry that each state has."""
ONCE = (
    "dispute:raised",
    "dispute:settled",
    "objection:raised",
    "objection:answered",
    "ballot:accepted",
    "tally:shared",
)


class Row(NamedTuple):
    """A ballot in the box."""

    id: int
    credential: int
    sequence: int
    supersedes: int | None
    tracker: str
    promise: bytes


def promise_of(receipt: bytes) -> Promise:
    """Return what a receipt promises."""
    return decode_promise(base64.b64decode(json.loads(receipt)["promise"]))


@dataclass
class Ledger:
    """Receipts of one election, and what its database was seen to hold."""

    database: str
    uuid: str
    receipts: dict[bytes, bytes] = field(default_factory=dict)
    """By the ballot's bytes."""
    refused: set[bytes] = field(default_factory=set)
    """Ballots that came too late."""
    state: str = "open"
    _seen: dict[int, Row] = field(default_factory=dict)
    _entries: list[bytes] = field(default_factory=list)

    def acknowledge(self, ballot: bytes, receipt: bytes) -> None:
        """Take a receipt; a ballot's second one must be the first again."""
        assert ballot not in self.refused
        assert self.receipts.setdefault(ballot, receipt) == receipt

    def ask_state(self) -> str:
        """Return the election's state."""
        with connect(self.database) as connection:
            [(state,)] = connection.execute("SELECT state FROM election WHERE uuid = ?", [self.uuid])
        return str(state)

    def count(self, table: str, condition: str = "1 = 1") -> int:
        """Return how many rows of a table there are."""
        with connect(self.database) as connection:
            [(count,)] = connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}")
        return int(count)

    def inspect(self) -> None:
        """Hold the database against every promise given so far, and against what it held before."""
        promised = list(self.receipts.values())
        assert find_damage(self.database) == []
        with connect(self.database) as connection:
            closed = self.ask_state() != "open"
            rows, shown = self._rows(connection), self._shown(connection)
            entries = self._log(connection)
            # A ballot's place and its entry are one transaction, and both only grow: what was shown before the log was
            # read is in it.
            later, shown_later = self._rows(connection), self._shown(connection)
            state = self.ask_state()
        self._inspect_ballots(later)
        by_tracker = {row.tracker: row for row in later.values()}
        assert len(by_tracker) == len(later)
        for receipt in promised:
            promise = promise_of(receipt)
            row = by_tracker[promise.tracker]
            assert (row.promise, row.sequence) == (receipt, promise.sequence)
        accepted = {entry["tracker"] for entry in entries if entry["kind"] == "ballot:accepted"}
        assert shown <= accepted <= shown_later <= by_tracker.keys()
        assert shown_later == by_tracker.keys() or not closed
        self._inspect_state(state, entries)
        assert rows.items() >= self._seen.items()
        self._seen = rows

    async def check(self) -> None:
        """Let `vote db check` look at everything."""
        async with open_database(self.database):
            report = await check(None)
        assert report.damages == []

    def _rows(self, connection: Connection) -> dict[int, Row]:
        columns = "id, credential_id, sequence, supersedes_id, tracker, promise"
        rows = connection.execute(f"SELECT {columns} FROM ballot WHERE election_id = ?", [self.uuid])
        return {row[0]: Row(*row) for row in rows}

    def _shown(self, connection: Connection) -> set[str]:
        query = (
            "SELECT ballot.tracker FROM ballot JOIN ballot_position ON ballot_position.ballot_id = ballot.id"
            " WHERE ballot.election_id = ?"
        )
        return {tracker for (tracker,) in connection.execute(query, [self.uuid])}

    def _log(self, connection: Connection) -> list[dict[str, Any]]:
        bodies = [bytes(body) for (body,) in connection.execute("SELECT body FROM log_pending_entry ORDER BY id")]
        # On PostgreSQL an entry of a longer transaction may stand before one that was seen already.
        assert not Counter(self._entries) - Counter(bodies)
        self._entries = bodies
        return [entry for entry in map(json.loads, bodies) if entry.get("election") == self.uuid]

    def _inspect_ballots(self, rows: dict[int, Row]) -> None:
        cast = defaultdict(list)
        for row in sorted(rows.values(), key=lambda row: row.sequence):
            cast[row.credential].append(row)
        for ballots in cast.values():
            assert [row.sequence for row in ballots] == list(range(1, len(ballots) + 1))
            assert ballots[0].supersedes is None
            assert all(later.supersedes == earlier.id for earlier, later in pairwise(ballots))

    def _inspect_state(self, state: str, entries: Iterable[dict[str, Any]]) -> None:
        assert STATES.index(state) >= STATES.index(self.state)
        self.state = state
        kinds = Counter(entry["kind"] for entry in entries)
        for reached, kind in ENTRIES.items():
            # The log was read before the state.
            assert kinds[kind] <= (STATES.index(state) >= STATES.index(reached))
        facts = [json.dumps(entry, sort_keys=True) for entry in entries if entry["kind"] in ONCE]
        assert len(facts) == len(set(facts))
        pools = [entry["pool"] for entry in entries if entry["kind"] == "pool:released"]
        assert pools == list(range(1, len(pools) + 1))
