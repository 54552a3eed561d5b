"""A check holds what was said at the desk, lawful changes and letters made anew against the log."""

from datetime import UTC, datetime

from tests import databases
from tests.vote.assembly import Assembly
from tests.vote.operation.test_check import _rolls, _unguard
from vote.operation.check import check


async def test_disputes_objections_changes_and_letters_are_those_of_the_log(closed: Assembly) -> None:
    """What is said at a desk cannot be changed, added or taken away beside the log."""
    desk = closed.people.keys["desk"][0]
    for kind in ("double", "roll"):
        body = {"kind": kind, "raised_by": 1, "about": 2, "text": "说"}
        await closed.platform.post(f"{closed.api}/disputes", key=desk, json=body)
    await closed.organise("disputes/1/settle", outcome="kept", answer="核对过。")
    await closed.organise("withdraw", question=1, choice=2)
    assert (await check(_rolls())).damages == []
    url = closed.platform.settings.db
    with databases.connect(url) as connection:
        _unguard(connection, url)
        connection.execute("UPDATE dispute SET kind = 'proxy' WHERE kind = 'roll'")
        connection.execute("UPDATE dispute SET outcome = 'contested' WHERE kind = 'double'")
        connection.execute("DELETE FROM lawful_change")
        moment: object = "2027-01-01 12:00:00+00:00" if databases.SQLITE else datetime(2027, 1, 1, 12, tzinfo=UTC)
        connection.execute("UPDATE letter_number SET revoked_at = ? WHERE id = 1", [moment])
        connection.execute(
            "INSERT INTO objection (election_id, raised_by_id, topic, sealed_text, raised_at, outcome, answer, answered_at,"
            " contested) VALUES (?, 1, 'x', ?, ?, 'answered', 'x', ?, ?)",
            [closed.uuid, b"x", moment, moment, False],
        )
    found = {each.detail for each in (await check(_rolls())).damages if each.place != "catalogue"}
    assert found == {
        "the log does not say the same of its disputes",
        "the log does not say the same of how its disputes ended",
        "the log does not say the same of its objections",
        "the log does not say the same of how its objections ended",
        "the log does not say the same of its changes (withdrawal)",
        "the log does not say the same of its letters made anew",
    }
