"""Whole elections of random owners, questions, votes, second thoughts and lost trustees; each is verified at the end."""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crypto.audit import audit_archive
from tests.journeys.published import assert_verified, count, fetch, outcome
from tests.strategies import allowed_choices
from tests.vote.assembly import Assembly, People
from tests.vote.platform import Clock, open_platform, read_here
from vote.election.ask import Ask, AskKind, election, motion

NAMES = ("甲", "乙", "丙", "丁")


@dataclass(frozen=True)
class Story:
    """What happens in one election."""

    areas: tuple[int, ...]
    asks: tuple[Ask, ...]
    votes: tuple[tuple[int, Sequence[Sequence[int]]], ...]
    present: tuple[int, ...]
    credential_parts: int


@st.composite
def stories(draw: st.DrawFn) -> Story:
    areas = tuple(draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=7)))
    asks: list[Ask] = []
    for index in range(draw(st.integers(1, 3))):
        depends_on = tuple(draw(st.lists(st.integers(0, index - 1), max_size=1))) if index else ()
        if draw(st.booleans()):
            asks.append(motion(draw(st.sampled_from("1245678")), f"第{index + 1}项", depends_on))
        else:
            names = NAMES[: draw(st.integers(1, len(NAMES)))]
            asks.append(election("3", f"第{index + 1}项", names, draw(st.integers(1, 3)), 1, depends_on))
    owners = st.integers(1, len(areas))
    choices = st.tuples(*(allowed_choices(ask.question()) for ask in asks))
    votes = tuple(draw(st.lists(st.tuples(owners, choices), max_size=9)))
    present = tuple(draw(st.permutations([1, 2, 3]))[:2])
    return Story(areas, tuple(asks), votes, present, draw(st.sampled_from([1, 2])))


async def play(story: Story, database: str, folder: Path, clock: Clock) -> None:
    async with open_platform(database, folder, clock) as platform:
        assembly = Assembly(platform, People(story.areas, story.asks, story.credential_parts))
        await assembly.import_roll()
        await assembly.prepare()
        await assembly.make_key()
        await assembly.issue_credentials()
        await assembly.bring_offices()
        await assembly.seal()
        await assembly.open()
        receipts = {}
        for number, (owner, choices) in enumerate(story.votes):
            answer = await assembly.send(await assembly.ballot(owner, choices))
            assert answer.status_code == 201, answer.text
            receipts[f"{owner}-{number}"] = answer.content
        await assembly.close()
        await assembly.check()
        await assembly.sum()
        opened = [await assembly.contribute(trustee) for trustee in story.present]
        assert opened == [False, True]
        result = json.loads(await platform.get(f"{assembly.pages}/result.json", key=None))
        assert_true(story, result)
        assert audit_archive(await assembly.read_archive()).totals is not None
        assert_verified(await fetch(assembly, folder / "published", receipts))


def assert_true(story: Story, result: dict) -> None:
    """Compare a result with what owners marked last and with the article, both worked out here."""
    last = dict(story.votes)
    total = len(story.areas), sum(story.areas)
    cast = len(last), sum(story.areas[owner - 1] for owner in last)
    assert (result["electorate"]["heads"], result["electorate"]["area_dm2"]) == total
    assert (result["cast"]["heads"], result["cast"]["area_dm2"]) == cast
    nothing = [[(0, 0)] * len(ask.choices) for ask in story.asks]
    rows = count(story.areas, last) if last else nothing
    adopted: list[bool] = []
    for ask, row, question in zip(story.asks, rows, result["questions"], strict=True):
        assert [(choice["heads"], choice["area_dm2"]) for choice in question["choices"]] == row
        if ask.kind is AskKind.MOTION:
            assert question["outcome"] == outcome(total, cast, row, special=ask.matter in "678")
        else:
            met = all(3 * part >= 2 * whole for part, whole in zip(cast, total, strict=True))
            passed = [met and 2 * heads > cast[0] and 2 * area > cast[1] for heads, area in row[:-1]]
            fates = [choice.get("outcome") for choice in question["choices"]]
            assert fates[-1] is None
            assert [fate != "not-elected" for fate in fates[:-1]].count(True) <= sum(passed)
            assert all(passed[index] for index, fate in enumerate(fates[:-1]) if fate in {"elected", "tie"})
            assert (question["outcome"] == "QUORUM_NOT_MET") == (not met)
            assert fates.count("elected") + question["tied_seats"] + question["open_seats"] == ask.seats
        if ask.depends_on:
            assert question["takes_effect"] == all(adopted[each] for each in ask.depends_on)
        else:
            assert "takes_effect" not in question
        adopted.append(question["outcome"] == "ADOPTED" and question.get("takes_effect", True))


@pytest.fixture(scope="module")
def migrated(_migrated: str) -> str:
    """The URL of a database with every migration and no row."""
    return _migrated


@given(stories())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_election_ends_in_a_verified_result(migrated, story):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        asyncio.run(play(story, migrated, Path(folder), Clock().rule(patch)))
