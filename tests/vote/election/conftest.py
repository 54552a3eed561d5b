"""An assembly that is about to prepare an election."""

import pytest

from tests.vote.assembly import Assembly, People
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import Platform


@pytest.fixture
async def assembly(platform: Platform) -> Assembly:
    """Owners whose roll is frozen."""
    people = Assembly(platform, People(AREAS, ASKS))
    await people.import_roll()
    return people
