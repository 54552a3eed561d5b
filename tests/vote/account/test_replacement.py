from datetime import UTC, datetime, timedelta

import pytest

from vote.account.replacement import Replacement, require_second, require_stoppable
from vote.errors import Reason, RefusedError
from vote.role import Role

ASKED = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)


def asked(by: int | None = 7, agreed_at: datetime | None = None) -> Replacement:
    return Replacement(1, Role.DESK, 1, ASKED, by, agreed_at)


def test_it_is_ready_after_a_day():
    assert asked().ready_at == datetime(2026, 12, 21, 1, 0, tzinfo=UTC)
    assert not asked().is_ready(datetime(2026, 12, 21, 0, 59, 59, 999999, tzinfo=UTC))
    assert asked().is_ready(datetime(2026, 12, 21, 1, 0, tzinfo=UTC))


def test_it_is_ready_once_a_second_person_agrees():
    agreed = asked(agreed_at=ASKED + timedelta(minutes=5))
    assert agreed.ready_at == datetime(2026, 12, 20, 1, 5, tzinfo=UTC)
    assert not agreed.is_ready(ASKED)


def test_somebody_else_who_was_known_is_a_second_person():
    require_second(asked(), 8, known=True)


@pytest.mark.parametrize(
    ("by", "account", "known", "words"),
    [
        (None, 8, True, "names nobody"),
        (7, 7, True, "somebody else has to agree"),
        (7, 8, False, "after the sealing"),
        (7, None, True, "after the sealing"),
    ],
)
def test_nobody_else_is_one(by, account, known, words):
    with pytest.raises(RefusedError, match=words) as refusal:
        require_second(asked(by), account, known=known)
    assert refusal.value.reason is Reason.NOT_ALLOWED


def test_one_person_stops_it_until_two_have_agreed():
    require_stoppable(asked())
    with pytest.raises(RefusedError, match="no longer be stopped") as refusal:
        require_stoppable(asked(agreed_at=ASKED))
    assert refusal.value.reason is Reason.WRONG_STATE
