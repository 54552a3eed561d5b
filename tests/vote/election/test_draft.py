"""Drafts over HTTP: what is kept of them, who gets a key, and what is refused."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.databases import kept_bytes
from tests.vote.assembly import DUTIES, ESTATE, NAMES, PLACE, Assembly, People, write_sheet
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import CLOSES, assert_refused
from vote.election.ask import election, encode_ask, motion

ROOT = Path(__file__).parents[3]


def duties_with(role: str, *persons: str) -> list[dict]:
    """Return the duties in which others have one of the roles."""
    office = {"office": "桥东社区"}
    return [
        *(each for each in DUTIES if each["role"] != role),
        *({"role": role, "person": person, **office} for person in persons),
    ]


async def test_a_draft_is_kept_and_every_role_gets_a_key(assembly):
    await assembly.prepare()
    keys = assembly.people.keys
    assert {duty: len(made) for duty, made in keys.items()} == {
        "trustee": 3,
        "registrar": 2,
        "phones": 2,
        "desk": 1,
        "organiser": 1,
        "community": 1,
        "sub_district": 1,
    }
    assert len({key for made in keys.values() for key in made}) == 11
    shown = await assembly.show()
    assert shown == {
        "election": assembly.uuid,
        "estate": ESTATE,
        "title": "2026年业主大会",
        "state": "draft",
        "opens_at": "2026-12-20T00:00:00+00:00",
        "closes_at": "2026-12-30T10:00:00+00:00",
        "questions": [
            {"text": ask.text, "choices": list(ask.choices), "min": ask.minimum, "max": ask.maximum} for ask in ASKS
        ],
    }


async def test_a_key_is_shown_once_and_not_kept(assembly):
    await assembly.prepare()
    kept = kept_bytes(assembly.platform.settings.db)
    for key in [key for made in assembly.people.keys.values() for key in made]:
        assert key.encode() not in kept


async def test_every_draft_has_a_number_of_its_own(assembly):
    numbers = set()
    for _ in range(3):
        await assembly.prepare()
        numbers.add(assembly.uuid)
    assert len(numbers) == 3
    assert {len(number) for number in numbers} == {14}


@pytest.mark.parametrize(
    ("changes", "status", "reason", "words"),
    [
        ({"secrecy": "open"}, 400, "malformed", "secrecy must be"),
        ({"title": "DEMO 业主大会"}, 403, "not-allowed", "DEMO must stand"),
        ({"title": " "}, 400, "malformed", "title"),
        ({"profile": "cn-jx"}, 404, "not-found", "profile cn-jx"),
        ({"estate": "heyuan"}, 404, "not-found", "no estate"),
        ({"roll": 7}, 404, "not-found", "no roll"),
        ({"questions": []}, 400, "malformed", "1 to 20 questions"),
        ({"questions": [encode_ask(motion("10", "是否"))]}, 404, "not-found", "matter '10'"),
        ({"questions": [encode_ask(motion("hz-income", "是否"))]}, 404, "not-found", "hz-income"),
        ({"questions": [encode_ask(election("4", "选举", ("甲",), 1))]}, 400, "malformed", "which is matter 3"),
        ({"questions": [{**encode_ask(ASKS[0]), "max": 3}]}, 400, "malformed", "question 1"),
        ({"trustees": []}, 400, "malformed", "trustees"),
        ({"trustees": ["甲", "甲"]}, 400, "malformed", "one name"),
        ({"trustees": ["甲", "乙", "\n"]}, 400, "malformed", "trustee's name"),
        ({"threshold": 4}, 400, "malformed", "threshold"),
        ({"threshold": 0}, 400, "malformed", "threshold"),
        ({"opens_at": "2026-12-30T18:00:00+08:00"}, 400, "malformed", "Closing must come after"),
        ({"opens_at": "2026-11-01T00:00:00Z", "closes_at": "2026-12-01T12:00:00Z"}, 400, "malformed", "future"),
        ({"opens_at": "2026-12-10T00:00:00"}, 400, "malformed", "opens_at must be a moment"),
        ({"opens_at": "2026-12-10T00:00:00.5Z"}, 400, "malformed", "opens_at"),
        ({"opens_at": "tomorrow"}, 400, "malformed", "opens_at"),
        ({"opens_at": "0001-01-01T00:00:00+08:00"}, 400, "malformed", "opens_at"),
        ({"closes_at": "9999-12-31T23:59:59-08:00"}, 400, "malformed", "closes_at"),
        ({"closes_at": "9999-12-31T23:59:59Z"}, 400, "malformed", "closes_at"),
        ({"credential_parts": 3}, 400, "malformed", "has 1 or 2 parts"),
        ({"extension": {"times": 1}}, 400, "malformed", "extension.latest"),
        ({"extension": {"times": 1, "latest": "later"}}, 400, "malformed", "extension.latest must be a moment"),
        ({"extension": {"times": 1, "latest": CLOSES.isoformat()}}, 400, "malformed", "lies after closes_at"),
        ({"extension": {"times": 4, "latest": "2027-01-06T10:00:00Z"}}, 400, "malformed", "1 to 3 times"),
        ({"duties": []}, 400, "malformed", "duty registrar needs 2 people, and 0 are named"),
        ({"duties": [{"role": "mayor", "person": "某"}]}, 400, "malformed", "no duty of this name"),
        ({"duties": [{"role": "staff", "person": "某"}]}, 400, "malformed", "no duty of this name"),
        ({"duties": [{"role": "desk", "person": ""}]}, 400, "malformed", "one line each"),
        ({"duties": [{"role": "desk", "person": "某", "office": "桥东\n社区"}]}, 400, "malformed", "one line each"),
        ({"duties": [{"role": "desk"}]}, 400, "malformed", "duties.0.person"),
        ({"duties": [{"role": "desk", "person": "某", "owner": 1}]}, 400, "malformed", "duties.0.owner"),
        ({"duties": duties_with("desk", "制信甲")}, 403, "not-allowed", "one person is both desk and registrar"),
        ({"duties": duties_with("desk", " 制 信 甲")}, 403, "not-allowed", "one person is both desk and registrar"),
        (
            {"duties": duties_with("registrar", "制信乙", "制 信乙")},
            403,
            "not-allowed",
            "twice for the duty registrar",
        ),
        ({"duties": [*DUTIES[1:3], DUTIES[0], *DUTIES[3:]]}, 400, "malformed", "or in another order"),
        ({"trustees": [*NAMES[:2], "他人"]}, 400, "malformed", "other trustees than the draft"),
        ({"threshold": 1}, 400, "malformed", "More than half of the trustees"),
        (
            {"duties": [{**each, "office": "桥东社区" if each.get("office") else ""} for each in DUTIES]},
            403,
            "not-allowed",
            "桥东社区 sends enough trustees",
        ),
        ({"duties": [{**each, "owner": False} for each in DUTIES]}, 403, "not-allowed", "no trustee is an owner"),
    ],
)
async def test_a_draft_that_does_not_do_is_refused_and_nothing_is_kept(assembly, changes, status, reason, words):
    before = assembly.platform.contents()
    answer = await assembly.platform.ask("POST", "/api/elections", json=assembly.draft(**changes))
    assert_refused(answer, status, reason, words)
    assert assembly.platform.contents() == before


async def test_an_election_needs_a_frozen_roll_of_its_estate(platform):
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll(freeze=False)
    answer = await platform.ask("POST", "/api/elections", json=assembly.draft())
    assert_refused(answer, 409, "wrong-state", "frozen roll of its estate")
    await platform.post("/api/estates", json={**PLACE, "id": "heyuan", "name": "和苑"})
    roll = (await platform.post("/api/estates/heyuan/rolls", content=write_sheet(AREAS)))["roll"]
    await platform.post(f"/api/rolls/{roll}/freeze")
    answer = await platform.ask("POST", "/api/elections", json=assembly.draft(roll=roll))
    assert_refused(answer, 409, "wrong-state", "frozen roll of its estate")


async def test_the_day_whose_rules_apply_is_chinas(assembly):
    """Hangzhou's own matters stand from 1 March 2022, which begins in China while it is February in UTC."""
    hangzhou = {"profile": "cn-zj-hangzhou", "questions": [encode_ask(motion("hz-income", "是否"))]}
    assembly.at(datetime.fromisoformat("2022-02-20T00:00:00Z"))
    draft = assembly.draft(opens_at="2022-02-28T23:59:59+08:00", closes_at="2022-03-20T00:00:00+08:00", **hangzhou)
    assert_refused(await assembly.platform.ask("POST", "/api/elections", json=draft), 404, "not-found", "hz-income")
    draft["opens_at"] = "2022-03-01T00:00:00+08:00"
    await assembly.platform.post("/api/elections", json=draft)


async def test_elections_of_an_estate_are_listed_the_latest_first(assembly):
    await assembly.prepare()
    first = assembly.uuid
    await assembly.prepare(opens_at="2026-12-21T00:00:00Z")
    listed = await assembly.platform.services["elections"].of_estate(ESTATE)
    assert [stored.uuid for stored in listed] == [assembly.uuid, first]
    assert await assembly.platform.services["elections"].of_estate("heyuan") == []


async def test_the_draft_in_the_book_for_staff_is_taken(assembly):
    book = (ROOT / "docs" / "for-staff.md").read_text()
    (written,) = re.findall(r"^    (\{\"estate\".*?)\n\n", book, re.MULTILINE | re.DOTALL)
    draft = {**json.loads(written), "estate": ESTATE, "roll": assembly.people.roll}
    answer = await assembly.platform.post("/api/elections", json=draft)
    assert {duty: len(keys) for duty, keys in answer["keys"].items()} == {
        "trustee": 3,
        "registrar": 2,
        "phones": 2,
        "desk": 1,
        "organiser": 1,
        "community": 1,
        "sub_district": 1,
    }
