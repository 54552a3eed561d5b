"""Two servers on one database take ballots at the same moment; none is lost, and each owner's are numbered."""

import asyncio
import base64
import json
from collections import defaultdict

import httpx
import pytest

from crypto.ballot import tracker
from tests.journeys.published import assert_verified, count, fetch
from tests.journeys.servers import counted, opened, serving
from vote.ballot.rules import decode_promise

AREAS = tuple(range(8000, 8012))
ROUNDS = 3
CHOICES = ([[1, 0, 0]], [[0, 1, 0]], [[0, 0, 1]])


@pytest.fixture
async def assembly(_migrated, tmp_path, clock):
    async with opened(_migrated, tmp_path, clock, AREAS) as people:
        ballots = [
            (owner, await people.ballot(owner, CHOICES[(owner + turn) % 3]))
            for turn in range(ROUNDS)
            for owner in range(1, len(AREAS) + 1)
        ]
    return people, ballots


async def test_two_processes_cast_at_once(assembly, tmp_path, clock):
    people, ballots = assembly
    database = people.platform.settings.db
    with serving(database, tmp_path) as one, serving(database, tmp_path) as other:
        async with httpx.AsyncClient(timeout=60) as http:

            async def send(number, ballot):
                """Every third ballot goes to both servers at once, as an impatient client does."""
                urls = (one.url, other.url) if number % 3 == 0 else ((one.url, other.url)[number % 2],)
                return await asyncio.gather(
                    *(
                        http.post(
                            f"{url}{people.api}/ballots", content=ballot, headers={"Content-Type": "application/json"}
                        )
                        for url in urls
                    )
                )

            answers = await asyncio.gather(*(send(number, ballot) for number, (_, ballot) in enumerate(ballots)))
    receipts = {}
    numbered = defaultdict(dict)
    for (owner, ballot), given in zip(ballots, answers, strict=True):
        assert sorted(answer.status_code for answer in given) == [200, 201][-len(given) :], given[0].text
        assert len({answer.content for answer in given}) == 1
        promise = decode_promise(base64.b64decode(given[0].json()["promise"]))
        assert promise.tracker == tracker(ballot)
        numbered[owner][promise.sequence] = ballot
        receipts[f"{owner}-{promise.sequence}"] = given[0].content
    assert {tuple(sorted(each)) for each in numbered.values()} == {tuple(range(1, ROUNDS + 1))}

    async with counted(people, tmp_path, clock) as after:
        archive = await after.read_archive()
        assert sorted(archive.ballots) == sorted(ballot for _, ballot in ballots)
        assert [json.loads(await after.platform.get(f"{after.api}/turnout"))[name] for name in
                ("heads_permille", "area_permille")] == [1000, 1000]  # fmt: skip
        marked = {ballot: CHOICES[(owner + index // len(AREAS)) % 3] for index, (owner, ballot) in enumerate(ballots)}
        last = {owner: marked[each[ROUNDS]] for owner, each in numbered.items()}
        result = json.loads(await after.platform.get(f"{after.pages}/result.json"))
        assert [
            [(choice["heads"], choice["area_dm2"]) for choice in question["choices"]]
            for question in result["questions"]
        ] == count(AREAS, last)
        assert_verified(await fetch(after, tmp_path / "published", receipts))
