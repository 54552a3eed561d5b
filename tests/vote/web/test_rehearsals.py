"""A clerk rehearses what is filled in: from the button to the result in one sitting, marked everywhere, nobody told."""

from datetime import timedelta

import httpx
import pytest

from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import ESTATE, Assembly, People
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import Platform, assert_refused
from tests.vote.verifier.test_published import verify_published
from tests.vote.web.conftest import certify
from tests.vote.web.setting_up import COMMITTEE, RULES, begin, keep_keys, people_fields, send
from vote.election.ask import election, motion
from vote.election.manifest import decode_manifest
from vote.election.rehearsal import AREAS_DM2, OWNERS
from vote.role import Actor, Role, Scope

STAGE = f"yanlian-{ESTATE}"
MADE_UP = tuple(AREAS_DM2[number % len(AREAS_DM2)] for number in range(OWNERS))
NAMES = tuple(f"演练候选人{number}" for number in (1, 2, 3))


@pytest.fixture
async def real(platform: Platform) -> Assembly:
    found = Assembly(platform, People(AREAS, ASKS))
    await found.import_roll()
    return found


@pytest.fixture
async def clerk(real: Assembly) -> httpx.AsyncClient:
    return await signed_in(real.platform, Scope(estate=ESTATE))


async def rehearse(real: Assembly, clerk: httpx.AsyncClient) -> Assembly:
    """Fill in what a rehearsal needs, make one; return it with its keys."""
    path = await begin(clerk, real.people.roll)
    assert "就可以演练" in (await clerk.get(f"{path}/review")).text
    await send(clerk, f"{path}/matters/new", RULES)
    await send(clerk, f"{path}/matters/new", COMMITTEE)
    await send(clerk, f"{path}/secrecy", {"secrecy": "secret"})
    await send(clerk, f"{path}/people", people_fields())
    assert "做一次演练" in (await clerk.get(f"{path}/review")).text
    answer = await send(clerk, f"{path}/rehearse", {"minutes": "30"}, 200)
    asks = (motion("1", RULES["text"]), election("3", COMMITTEE["text"], NAMES, 2, 1, (0,)))
    rehearsed = Assembly(real.platform, People(MADE_UP, asks))
    keep_keys(rehearsed, answer.text)
    return rehearsed


async def vote_at_desk(assembly: Assembly, owner: int, choices: list[list[int]]) -> None:
    """Let two people give an owner a code, who votes with it."""
    checks = assembly.platform.services["desk_checks"]
    first, second = Actor(Role.DESK, 1, "a"), Actor(Role.ORGANISER, 1, "b")
    await checks.begin(assembly.uuid, assembly.people.numbers[owner], first)
    (waiting,) = await checks.waiting(assembly.uuid, second)
    given = await checks.agree(assembly.uuid, waiting.id, second)
    answer = await assembly.open_part(owner, given.code)
    assert answer.status_code == 200, answer.text
    assembly.people.parts[owner] = int(answer.json()["part"])
    await assembly.cast(owner, choices)


async def test_from_the_button_to_the_certificate_in_one_sitting(real: Assembly, clerk: httpx.AsyncClient) -> None:
    platform = real.platform
    begun = platform.clock.now
    assembly = await rehearse(real, clerk)
    assert "不算数" in (await clerk.get(f"/work/elections/{assembly.uuid}/set-up")).text
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await send(clerk, f"/work/elections/{assembly.uuid}/seal", {})
    await send(clerk, f"/work/elections/{assembly.uuid}/notice", {})
    assert await platform.services["elections"].open_due() == [assembly.uuid]
    for owner in range(1, 7):
        await vote_at_desk(assembly, owner, [[1, 0, 0], [1, 1, 0, 0]])
    platform.clock.now = begun + timedelta(minutes=30, seconds=1)
    await platform.post(f"{assembly.api}/close")
    await assembly.organise("check", accept_disclosure=True)
    await assembly.sum()
    await assembly.open_totals()
    for page in ("", "/vote", "/result", "/papers", "/archive"):
        text = (await anonymous(platform).get(f"{assembly.pages}{page}")).text
        assert 'aria-label="演练"' in text, page
    assert "演练候选人1" in (await anonymous(platform).get(f"{assembly.pages}/result")).text
    report = await verify_published(assembly)
    assert "this is a demonstration, not a real vote" in [each.en for each in report.warnings]
    await certify(assembly)
    assert await assembly.state() == "certified"
    assert platform.phones.messages == [], "there is nobody who could be told"


async def test_nothing_of_it_stands_with_the_real_estate(real: Assembly, clerk: httpx.AsyncClient) -> None:
    assembly = await rehearse(real, clerk)
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    manifest = decode_manifest(await real.platform.get(f"{assembly.pages}/manifest.json", key=None))
    assert manifest.demo
    assert manifest.title == "演练 DEMO：2026年业主大会"
    assert manifest.estate["id"] == STAGE
    everybody = anonymous(real.platform)
    assert STAGE not in (await everybody.get("/")).text
    assert "演练" not in (await everybody.get(f"/estates/{ESTATE}")).text
    assert 'aria-label="演练"' in (await everybody.get(f"/estates/{STAGE}")).text
    papers = (await everybody.get(f"{assembly.pages}/papers")).text
    assert "教师" not in papers, "nothing is told of real candidates"


async def test_its_keys_open_nothing_of_another_election(real: Assembly, clerk: httpx.AsyncClient) -> None:
    first, second = await rehearse(real, clerk), await rehearse(real, clerk)
    assert first.uuid != second.uuid
    key = first.people.keys["organiser"][0]
    answer = await real.platform.ask("POST", f"{second.api}/annul", key=key, json={"reason": "keys-lost"})
    assert answer.status_code in {401, 403}


async def test_real_owners_and_numbers_do_not_come_into_it(real: Assembly, clerk: httpx.AsyncClient) -> None:
    await rehearse(real, clerk)
    services = real.platform.services
    body = {"id": "yanlian-2", "name": "真的", "community": "桥东", "sub_district": "魏塘", "county": "嘉善"}
    answer = await real.platform.ask("POST", "/api/estates", json=body)
    assert_refused(answer, 403, "not-allowed", "made up, for rehearsals")
    (roll,) = await services["outlines"].rolls_of(STAGE)
    sheet = "楼幢,单元,室号,权利人,专有部分建筑面积\n1,1,101,张三,80\n".encode()
    with pytest.raises(Exception, match="made up"):
        await services["drafts"].upload(STAGE, sheet, None)
    assert await services["phones"].listed(roll.id) == []


@pytest.mark.parametrize("minutes", ["5", "zwei"])
async def test_another_time_makes_none(real: Assembly, clerk: httpx.AsyncClient, minutes: str) -> None:
    path = await begin(clerk, real.people.roll)
    answer = await clerk.post(f"{path}/rehearse", data={"minutes": minutes})
    assert answer.status_code in {303, 400}
