"""Twenty owners, from a sheet to a verified result."""

import json

from crypto.audit import audit_archive
from tests.journeys.published import assert_verified, count, fetch, outcome
from tests.vote.assembly import ESTATE, Assembly, People
from vote.demo.plan import plan_votes
from vote.election.ask import election, motion
from vote.log.store import LogStore

AREAS = (8937, 10312, 15003, 9041, 8937, 11820, 8650, 12050, 13377, 8937, 9900, 10312, 8937, 14001, 9041, 8650, 12050,
         10312, 8937, 150000)  # fmt: skip
ASKS = (
    motion("1", "是否通过《业主大会议事规则》"),
    motion("8", "是否同意利用共有部分设置快递柜"),
    election("3", "选举业主委员会委员（3名以内）", ("甲", "乙", "丙", "丁"), 3, 1, (0,)),
)


async def test_a_vote_passes(platform, tmp_path):
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll(freeze=False)
    roll = f"/api/rolls/{assembly.people.roll}"
    objection = (await platform.post(f"{roll}/objections", json={"sheet_row": 5, "text": "面积不对"}))["objection"]
    await platform.post(f"{roll}/objections/{objection}/answer", json={"answer": "已与登记簿核对"})
    await platform.post(f"{roll}/freeze")
    await assembly.prepare()
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    await assembly.open()

    votes = plan_votes(ASKS, range(1, 21), 90, seed=11)
    votes += votes[:2]
    receipts = {}
    for number, vote in enumerate(votes):
        answer = await assembly.send(await assembly.ballot(vote.entitlement, vote.choices))
        assert answer.status_code == 201
        receipts[f"{vote.entitlement}-{number}"] = answer.content
    last = {vote.entitlement: vote.choices for vote in votes}
    assert len(last) == 18
    await assembly.close()
    await assembly.check()
    await assembly.sum()
    await assembly.contribute(1)
    assert await assembly.contribute(3)

    result = json.loads(await platform.get(f"{assembly.pages}/result.json", key=None))
    expected = count(AREAS, last)
    assert [
        [(choice["heads"], choice["area_dm2"]) for choice in question["choices"]] for question in result["questions"]
    ] == expected
    total, cast = (20, sum(AREAS)), (18, sum(AREAS[owner - 1] for owner in last))
    assert result["electorate"] == {"heads": total[0], "area_dm2": total[1]}
    assert result["cast"] == {"heads": cast[0], "area_dm2": cast[1]}
    for index, special in ((0, False), (1, True)):
        found = result["questions"][index]["outcome"]
        assert found == outcome(total, cast, expected[index], special=special)
    elected = {choice["text"]: choice.get("outcome") for choice in result["questions"][2]["choices"]}
    passed = {
        name
        for name, (heads, area) in zip(ASKS[2].choices[:-1], expected[2], strict=False)
        if 2 * heads > cast[0] and 2 * area > cast[1]
    }
    assert {name for name, fate in elected.items() if fate in {"elected", "alternate", "tie"}} == passed

    archive = await assembly.read_archive()
    assert len(archive.ballots) == len(votes)
    audit = audit_archive(archive)
    assert audit.totals == tuple(tuple(area * 100 + heads for heads, area in row) for row in expected)
    assert_verified(await fetch(assembly, tmp_path / "published", receipts))
    kinds = [json.loads(body)["kind"] for body in await LogStore().bodies(ESTATE)]
    assert kinds == [
        "roll:frozen",
        "election:sealed",
        "election:noticed",
        "election:opened",
        *["ballot:accepted"] * len(votes),
        "pool:released",
        "election:closed",
        "election:checked",
        "tally:summed",
        "tally:shared",
        "tally:shared",
        "tally:opened",
    ]
