"""The pass of whoever had letter and code: for one owner, one election, one hour."""

from datetime import UTC, datetime, timedelta

import pytest

from vote.credential.owner_pass import issue_pass, read_pass
from vote.errors import Reason, RefusedError

KEY, UUID = bytes(range(32)), "DQB53CqA1UtMwz"
NOW = datetime(2026, 12, 20, 1, tzinfo=UTC)
GOOD = issue_pass(KEY, UUID, 17, NOW)


def test_a_pass_holds_for_an_hour():
    assert read_pass(KEY, UUID, GOOD, NOW) == 17
    assert read_pass(KEY, UUID, GOOD, NOW + timedelta(minutes=59, seconds=59)) == 17
    with pytest.raises(RefusedError, match="过了一小时"):
        read_pass(KEY, UUID, GOOD, NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("key", "uuid", "given"),
    [
        (bytes(32), UUID, GOOD),
        (KEY, "DQB53CqA1UtMwy", GOOD),
        (KEY, UUID, "18" + GOOD[2:]),
        (KEY, UUID, GOOD.replace(".1", ".2", 1)),
        (KEY, UUID, GOOD[:-1]),
        (KEY, UUID, GOOD + "\n"),
        (KEY, UUID, ""),
    ],
)
def test_nothing_else_is_a_pass(key, uuid, given):
    with pytest.raises(RefusedError) as refusal:
        read_pass(key, uuid, given, NOW)
    assert refusal.value.reason is Reason.NOT_ALLOWED
