"""The lamp of the clerks' day shows what does not go together, without looking at every ballot."""

from datetime import timedelta

import pytest

from tests.vote.account.signing_in import as_duty, signed_in
from tests.vote.assembly import ESTATE, Assembly
from vote.operation.lamp import LampService
from vote.operation.records import Records


async def test_a_good_estate_has_no_trouble(voted: Assembly) -> None:
    assert await LampService().troubles([ESTATE]) == []
    assert voted.uuid


class _Fewer(Records):
    async def count_places(self, uuid: str) -> int:
        return 4


class _Torn(Records):
    async def rolls(self, estate: str | None = None):
        return [each._replace(area_dm2=each.area_dm2 + 1) for each in await super().rolls(estate)]


@pytest.mark.parametrize(
    ("records", "words"),
    [(_Fewer(), "another number of ballots"), (_Torn(), "the areas of its entitlements are not its area")],
)
async def test_a_contradiction_is_told_and_remembered_for_a_while(
    voted: Assembly, records: Records, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vote.operation.lamp.database_now", voted.platform.clock)
    lamp = LampService(records)
    (trouble,) = await lamp.troubles([ESTATE])
    assert words in trouble.detail
    assert "对不上" in trouble.title
    lamp.found[ESTATE] = lamp.found[ESTATE][0], []
    assert await lamp.troubles([ESTATE]) == []
    voted.platform.clock.now += timedelta(minutes=11)
    assert len(await lamp.troubles([ESTATE])) == 1


async def test_the_day_shows_the_lamp_and_the_act_that_is_due(voted: Assembly) -> None:
    clerk = await signed_in(voted.platform)
    voted.platform.services["lamp"].found[ESTATE] = voted.platform.clock.now, ["roll 1: torn"]
    organiser = await as_duty(voted, "organiser")
    assert "现在：看多少人投了" in (await organiser.get("/work")).text
    assert (await clerk.get("/work")).status_code == 200
