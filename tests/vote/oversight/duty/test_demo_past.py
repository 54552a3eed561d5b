"""A demonstration, and nothing else, may make up when a debtor was told."""

from datetime import date

import pytest

from tests.vote.assembly import ESTATE
from tests.vote.oversight.duty.made import PROMISED, keep, on, overdue, publish, states
from vote.errors import RefusedError
from vote.operation.demo_past import tell_of_past
from vote.oversight.duty.standing import State

pytestmark = pytest.mark.database


async def test_in_a_demonstration_a_duty_is_overdue_at_once(platform, member):
    await keep(platform)
    record, other = await publish(platform, **PROMISED), await publish(platform, **PROMISED)
    on(platform, date(2026, 12, 24))
    settings = platform.settings.model_copy(update={"demo": True})
    assert await tell_of_past(settings, ESTATE, f"promise:{record}") == 2
    standing = await states(platform)
    assert standing[f"promise:{record}"] is State.OVERDUE
    assert standing[f"promise:{other}"] is State.NOTICED
    (entry,) = await overdue()
    assert (entry["act"], entry["about"], entry["due"]) == ("promise", record, "2026-12-15")


async def test_elsewhere_nobody_makes_up_a_past(platform, member):
    await keep(platform)
    record = await publish(platform, **PROMISED)
    on(platform, date(2026, 12, 24))
    with pytest.raises(RefusedError):
        await tell_of_past(platform.settings, ESTATE, f"promise:{record}")
    assert (await states(platform))[f"promise:{record}"] is State.NOTICED
    assert await overdue() == []


async def test_what_is_not_owed_was_never_told_of(platform, member):
    await keep(platform)
    settings = platform.settings.model_copy(update={"demo": True})
    with pytest.raises(RefusedError):
        await tell_of_past(settings, ESTATE, "promise:nothing")
