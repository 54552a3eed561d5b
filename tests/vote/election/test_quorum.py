"""Two thirds by heads and by area, of the electorate as corrected (Civil Code art. 278 ¶2)."""

from dataclasses import replace

import pytest

from tests.vote.election.test_manifest import MANIFEST
from vote.election.packing import Measures
from vote.election.quorum import has_quorum
from vote.errors import ContradictionError
from vote.law.library import load_profile

PROFILE = load_profile("cn-zj-jiaxing-jiashan")
SEALED = replace(MANIFEST, profile={"id": PROFILE.id, "version": PROFILE.version, "digest": PROFILE.digest})
ALL = Measures(6, 60000)


@pytest.mark.parametrize(
    ("cast", "enough"),
    [
        (Measures(4, 40000), True),
        (Measures(6, 60000), True),
        (Measures(3, 60000), False),
        (Measures(6, 39999), False),
        (Measures(0, 0), False),
    ],
)
def test_exactly_two_thirds_of_both_are_enough(cast: Measures, *, enough: bool) -> None:
    assert has_quorum(SEALED, ALL, cast) is enough


def test_of_nobody_nothing_is_enough() -> None:
    assert not has_quorum(SEALED, Measures(0, 0), Measures(0, 0))


def test_another_profile_than_the_sealed_one_is_a_contradiction() -> None:
    with pytest.raises(ContradictionError, match="sealed"):
        has_quorum(MANIFEST, ALL, ALL)
