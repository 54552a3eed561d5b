"""A check finds nothing in a good database, and each damage in a damaged one."""

import asyncio
import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from crypto.envelope import derive_key
from tests import databases
from tests.databases import Connection
from tests.vote.assembly import Assembly
from tests.vote.operation.copies import Copies, with_database
from vote.errors import RefusedError
from vote.estate.store import EstateStore
from vote.log.store import LogStore
from vote.operation.check import Report, check
from vote.operation.command import _NoPhones
from vote.roll.service import RollService
from vote.roll.store import RollStore

KEY = bytes.fromhex("11" * 32)
"""The data key of the platform of the tests."""


def _rolls(key: bytes = KEY) -> RollService:
    return RollService(RollStore(), EstateStore(), LogStore(), _NoPhones(), derive_key(key, "roll"), bytes)


def _check(url: str, key: bytes = KEY) -> Report:
    return with_database(url, lambda: check(_rolls(key)))


def _unguard(connection: Connection, url: str) -> None:
    """Take every trigger away, as somebody who owns the database can."""
    if url.startswith("sqlite:"):
        connection.execute("PRAGMA foreign_keys = OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            connection.execute(f'DROP TRIGGER "{name}"')
    else:
        connection.execute("SET session_replication_role = replica")


def _damage(url: str, *statements: str | tuple[str, Sequence[Any]]) -> None:
    with databases.connect(url) as connection:
        _unguard(connection, url)
        for each in statements:
            statement, values = (each, ()) if isinstance(each, str) else each
            connection.execute(statement, values)


def _found(url: str) -> set[str]:
    """Return what a check finds, but for the triggers that were taken away."""
    return {each.detail for each in _check(url).damages if each.place != "catalogue"}


@pytest.mark.database
@pytest.mark.parametrize("stage", ["voted_url", "tallied_url"])
def test_nothing_is_wrong_with_a_good_database(request: pytest.FixtureRequest, stage: str) -> None:
    report = _check(request.getfixturevalue(stage))
    assert report.damages == []
    assert dict(report.checked) == {"rolls": 1, "elections": 1, "ballots": 5}
    assert report.as_json() == {"sound": True, "checked": {"rolls": 1, "elections": 1, "ballots": 5}, "damages": []}


def test_an_empty_database_is_sound_without_any_key(copies: Copies) -> None:
    assert with_database(copies.new(), lambda: check(None)).damages == []


@pytest.mark.database
def test_a_database_of_another_version_is_not_checked(tmp_path: Any) -> None:
    with pytest.raises(RefusedError, match="run `vote db upgrade` first"):
        with_database(databases.new(tmp_path), lambda: check(None))


def test_another_data_key_opens_no_salt(voted_url: str) -> None:
    (damage,) = _check(voted_url, bytes(32)).damages
    assert damage.place == "roll 1"
    assert "the data key is another one" in damage.detail


def test_a_trigger_that_was_taken_away_is_missed(voted_url: str) -> None:
    with databases.connect(voted_url) as connection:
        if databases.SQLITE:
            connection.execute("DROP TRIGGER ballot_no_delete")
        else:
            connection.execute("ALTER TABLE ballot DISABLE TRIGGER ballot_only_grows")
    damages = _check(voted_url).damages
    assert {damage.place for damage in damages} == {"catalogue"}
    assert any(each.detail.startswith("ballot TRIGGER") and each.detail.endswith("is missing") for each in damages)


def test_a_table_that_does_not_belong_there_is_told(voted_url: str) -> None:
    with databases.connect(voted_url) as connection:
        connection.execute("CREATE TABLE spy (id integer)")
    assert [each.detail.lower() for each in _check(voted_url).damages] == ["spy.id integer does not belong there"]


def test_a_row_without_a_parent_is_found(voted_url: str) -> None:
    _damage(voted_url, "INSERT INTO building (estate_id, name) VALUES ('nobody', '1')")
    found = _found(voted_url)
    # PostgreSQL keeps its foreign keys by itself: only its superuser can write such a row, and nothing tells of it.
    assert found == ({"1 rows of building point to rows that are not there"} if databases.SQLITE else set())


def _promise(change: Callable[[dict[str, Any]], None]) -> Callable[[str], None]:
    def damage(url: str) -> None:
        with databases.connect(url) as connection:
            _unguard(connection, url)
            ((number, receipt),) = connection.execute("SELECT id, promise FROM ballot ORDER BY id LIMIT 1")
            fields = json.loads(bytes(receipt))
            promise = json.loads(base64.b64decode(fields["promise"]))
            change(promise)
            body = json.dumps(promise, separators=(",", ":"), sort_keys=True).encode()
            fields["promise"] = base64.b64encode(body).decode()
            text = json.dumps(fields, separators=(",", ":"), sort_keys=True).encode()
            connection.execute("UPDATE ballot SET promise = ? WHERE id = ?", [text, number])

    return damage


def _with(*statements: str | tuple[str, Sequence[Any]]) -> Callable[[str], None]:
    return lambda url: _damage(url, *statements)


DAMAGES: dict[str, tuple[str, Callable[[str], None], set[str]]] = {
    "an area": (
        "voted_url",
        _with("UPDATE entitlement SET area_dm2 = area_dm2 + 1 WHERE number = 1"),
        {
            "the areas of its entitlements are not its area",
            "its root is not that of its lines and salts",
            "a credential weighs other than its entitlement's area says",
        },
    ),
    "an entitlement's number": (
        "voted_url",
        _with("UPDATE entitlement SET number = 9 WHERE number = 5"),
        {
            "its entitlements are not numbered from 1 to its heads",
            "a salt cannot be opened: the data key is another one, or the salt was changed",
        },
    ),
    "a commitment": (
        "voted_url",
        _with(("UPDATE entitlement SET leaf = ? WHERE number = 1", ["00" * 32])),
        {"its root is not that of its commitments"},
    ),
    "a commitment that is no hex": (
        "voted_url",
        _with("UPDATE entitlement SET leaf = 'x' WHERE number = 1"),
        {"a commitment is not hex"},
    ),
    "the roll's root": (
        "voted_url",
        _with(("UPDATE roll SET root = ?", ["00" * 32])),
        {
            "its root is not that of its commitments",
            "its root is not that of its lines and salts",
            "its manifest pins another roll than the one it points to",
        },
    ),
    "a weight": (
        "voted_url",
        _with("UPDATE credential SET weight = weight + 10 WHERE id = 1"),
        {
            "its credentials are not those of its public_creds.json",
            "a credential weighs other than its entitlement's area says",
        },
    ),
    "the list of credentials": (
        "voted_url",
        _with(("UPDATE election SET credentials_json = ?", [b"[]"])),
        {
            "its public_creds.json is not the one that the manifest pins",
            "its credentials are not those of its public_creds.json",
            "the log does not say the same of its sealing",
        },
    ),
    "the trustees' keys": (
        "voted_url",
        _with(("UPDATE election SET trustees_json = ?", [b"[]"])),
        {
            "its trustees.json is not the one that the manifest pins",
            "the log does not say the same of its sealing",
        },
    ),
    "the parts": (
        "voted_url",
        _with(("UPDATE election SET parts_json = ?", [b"{}"])),
        {"its parts.json is not the one that the manifest pins"},
    ),
    "the fingerprint": (
        "voted_url",
        _with(("UPDATE election SET fingerprint = ?", ["x" * 43])),
        {
            "its fingerprint is not that of its election.json",
            "the log does not say the same of its sealing",
            *(f"ballot row {row}: its promise says other than the box" for row in range(1, 6)),
        },
    ),
    "a ballot's bytes": (
        "voted_url",
        _with("UPDATE ballot SET data = (SELECT data FROM ballot WHERE id = 2) WHERE id = 3"),
        {
            "ballot row 3: its bytes are not those of its tracker",
            "ballot row 3: it was signed with another credential",
        },
    ),
    "a ballot that is none": (
        "voted_url",
        _with(("UPDATE ballot SET data = ? WHERE id = 3", [b"[]"])),
        {
            "ballot row 3: its bytes are not those of its tracker",
            "ballot row 3: its promise does not hold, or it is no ballot (TypeError)",
        },
    ),
    "a ballot's number": (
        "voted_url",
        _with("UPDATE ballot SET supersedes_id = 3 WHERE sequence = 2"),
        {"ballot row 4: it is not the next one of its credential"},
    ),
    "a ballot's time": (
        "voted_url",
        _with("UPDATE ballot SET received_at = '2026-12-20 18:00:00+00:00' WHERE id = 2"),
        {"ballot row 2: its promise says other than the box"},
    ),
    "a promise": (
        "voted_url",
        _promise(lambda promise: promise.update(sequence=7)),
        {"ballot row 1: its promise does not hold, or it is no ballot (VerificationError)"},
    ),
    "a ballot that was taken out": (
        "tallied_url",
        _with(
            "DELETE FROM ballot_salt WHERE ballot_id = 5",
            "DELETE FROM ballot_position WHERE ballot_id = 5",
            "DELETE FROM ballot WHERE id = 5",
            # Its place was drawn by lot; had it been the last one, no gap would be left.
            "UPDATE ballot_position SET position = position + 1000",
        ),
        {
            "the places of its ballots have gaps",
            "its pools are not as large as the ballots that were shown",
            "the log does not say the same of its ballots",
            "the log does not say the same of its closing",
        },
    ),
    "how a ballot came": (
        "tallied_url",
        _with("UPDATE ballot SET channel = 'desk' WHERE id = 5"),
        {"the log does not say the same of its ballots"},
    ),
    "a ballot's entry in the log": (
        "tallied_url",
        _with(
            "DELETE FROM log_pending_entry WHERE id = (SELECT max(id) FROM log_pending_entry"
            " WHERE kind = 'ballot:accepted')"
        ),
        {"the log does not say the same of its ballots"},
    ),
    "an entry that was changed": (
        "voted_url",
        _with("UPDATE log_pending_entry SET kind = 'election:opened' WHERE kind = 'election:sealed'"),
        {
            "log entry 2 is not as it was written",
            "the log does not say the same of its sealing",
        },
    ),
    "an entry that is none": (
        "voted_url",
        _with(("UPDATE log_pending_entry SET body = ? WHERE kind = 'election:opened'", [b"{"])),
        {"log entry 4 cannot be read"},
    ),
    "a place": (
        "tallied_url",
        _with("UPDATE ballot_position SET position = 9 WHERE position = 4"),
        {"the places of its ballots have gaps"},
    ),
    "a place that was taken away": (
        "tallied_url",
        _with("DELETE FROM ballot_position WHERE position = 4"),
        {
            "voting has ended, and some ballots have no place",
            "its pools are not as large as the ballots that were shown",
            "the log does not say the same of its ballots",
            "the log does not say the same of its closing",
        },
    ),
    "a place of a ballot that is not there": (
        "tallied_url",
        _with("UPDATE ballot_position SET ballot_id = 77 WHERE position = 4"),
        {
            *({"1 rows of ballot_position point to rows that are not there"} if databases.SQLITE else ()),
            "a place holds a ballot of another election",
            "the log does not say the same of its ballots",
            "the log does not say the same of its closing",
        },
    ),
    "a pool": (
        "tallied_url",
        _with("UPDATE ballot_pool SET number = 2"),
        {"its pools are not numbered from 1"},
    ),
    "the tally": (
        "tallied_url",
        _with(("UPDATE encrypted_tally SET body = ?", [b"{}"])),
        {"the log does not say the same of its tally"},
    ),
    "an agreement to vote electronically": (
        "voted_url",
        _with("DELETE FROM agreement WHERE id = (SELECT min(id) FROM agreement)"),
        {"a ballot was taken without its owner's agreement"},
    ),
    "what was found before counting": (
        "tallied_url",
        _with(("UPDATE election_check SET body = ?", [b"{}"])),
        {"the log does not say the same of its check"},
    ),
    "the manifest": (
        "voted_url",
        _with(("UPDATE election SET manifest = ?", [b"{}"])),
        {"its sealed files do not hold: manifest"},
    ),
    "another election's manifest": (
        "voted_url",
        _with("UPDATE election SET uuid = 'AnotherElection'"),
        {"its sealed files are those of another election"},
    ),
}


@pytest.mark.database
@pytest.mark.parametrize("what", DAMAGES)
def test_every_damage_is_found(request: pytest.FixtureRequest, what: str) -> None:
    stage, damage, expected = DAMAGES[what]
    url = request.getfixturevalue(stage)
    damage(url)
    found = _found(url)
    if what in {"the manifest", "another election's manifest"}:
        assert any(detail.startswith(min(expected)) for detail in found), found
    else:
        assert found == expected


async def test_shares_result_and_certificates_are_those_of_the_log(tallied: Assembly) -> None:
    url = tallied.platform.settings.db
    for trustee in (1, 3):
        await tallied.contribute(trustee)
    assert (await check(_rolls())).damages == []
    with databases.connect(url) as connection:
        _unguard(connection, url)
        connection.execute("UPDATE share SET payload = ? WHERE trustee = 3", [b"{}"])
        connection.execute("UPDATE result SET finding = ?", [b"{}"])
        moment: object = "2027-01-01 12:00:00+00:00" if databases.SQLITE else datetime(2027, 1, 1, 12, tzinfo=UTC)
        connection.execute(
            "INSERT INTO certificate (election_id, number, kind, body, pdf, created_at, issued_at) VALUES"
            " (?, 1, 'certificate', ?, ?, ?, ?)",
            [tallied.uuid, b"{}", b"%PDF", moment, moment],
        )
    found = {each.detail for each in (await check(_rolls())).damages if each.place != "catalogue"}
    assert found == {
        "the log does not say the same of its shares",
        "the log does not say the same of its result",
        "the log does not say the same of its certificates",
    }


def test_a_check_tells_of_nobody(voted_url: str) -> None:
    """What it says may be sent to whoever helps."""
    _damage(voted_url, "UPDATE ballot SET data = (SELECT data FROM ballot WHERE id = 2) WHERE id = 3")
    text = json.dumps(_check(voted_url).as_json())
    trackers = [tracker for (tracker,) in _ask(voted_url, "SELECT tracker FROM ballot")]
    owners = [owner for (owner,) in _ask(voted_url, "SELECT masked_owner FROM entitlement")]
    assert [each for each in (*trackers, *owners) if each in text] == []


def _ask(url: str, question: str) -> list[tuple[Any, ...]]:
    with databases.connect(url) as connection:
        return connection.execute(question)


async def test_a_check_goes_on_beside_writers(voted_url: str) -> None:
    """Its snapshot keeps nobody from writing, and it sees nothing of what is written meanwhile."""
    other = asyncio.to_thread(
        _damage, voted_url, "INSERT INTO division (kind, name, parent_id) VALUES ('county', '平湖市', NULL)"
    )
    report, _ = await asyncio.gather(asyncio.to_thread(_check, voted_url), other)
    assert [each for each in report.damages if each.place != "catalogue"] == []
