"""The same few people hold letters, telephones, desk, certificate and keys at once."""

import json

import pytest

from tests.frauds.auditor import fetch, verified
from tests.vote.assembly import DUTIES, NAMES, Assembly, People
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import STAFF, assert_refused


@pytest.fixture
async def people(platform):
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    return assembly


def with_duty(role: str, place: int = 0, **changes: object) -> list[dict[str, object]]:
    """Return the duties, of which the one at `place` among those of a role is changed."""
    duties = [dict(duty) for duty in DUTIES]
    [duty for duty in duties if duty["role"] == role][place].update(changes)
    return duties


async def ask(people: Assembly, **changes: object):
    return await people.platform.ask("POST", "/api/elections", json=people.draft(**changes))


@pytest.mark.parametrize(
    ("role", "other"),
    [
        ("registrar", "phones"), ("registrar", "desk"), ("registrar", "community"), ("registrar", "trustee"),
        ("phones", "desk"), ("phones", "community"), ("phones", "trustee"),
        ("desk", "community"), ("desk", "trustee"), ("community", "trustee"),
    ],
)  # fmt: skip
async def test_nobody_holds_two_duties(people, role, other):
    person = next(duty["person"] for duty in DUTIES if duty["role"] == other)
    answer = await ask(people, duties=with_duty(role, person=person))
    assert_refused(answer, 403, "not-allowed", "Duties must lie in different hands, and one person is both ")


@pytest.mark.parametrize("spelt", ["话务 甲", " 话务甲 "])
async def test_another_spelling_does_not_make_another_person(people, spelt):
    answer = await ask(people, duties=with_duty("desk", person=spelt))
    assert_refused(answer, 403, "not-allowed", "one person is both desk and phones")


@pytest.mark.parametrize("role", ["registrar", "phones"])
async def test_where_two_people_are_needed_one_does_not_count_twice(people, role):
    person = next(duty["person"] for duty in DUTIES if duty["role"] == role)
    answer = await ask(people, duties=with_duty(role, 1, person=person), too_few_staff=True)
    assert_refused(answer, 403, "not-allowed", f"One person is named twice for the duty {role}")


async def test_no_office_sends_as_many_trustees_as_can_open_the_totals(people):
    duties = with_duty("trustee", 2, office="桥东社区")
    assert_refused(await ask(people, duties=duties), 403, "not-allowed", "桥东社区 sends enough trustees to open")


async def test_at_least_one_trustee_is_an_owner(people):
    duties = with_duty("trustee", 0, owner=False, office="嘉善县建设局")
    assert_refused(await ask(people, duties=duties), 403, "not-allowed", "no trustee is an owner")


async def test_a_key_opens_its_own_duty_and_no_other(opened):
    tasks = {
        "desk": ("phones/confirmations", {"how": "desk", "phones": []}),
        "phones": ("phones/changes", {"entitlement": 1, "number": "13800138000", "how": "desk"}),
        "organiser": ("annul", {"reason": "procedure-broken"}),
        "community": ("certificate/community", {"signature": {}, "pdf": ""}),
    }
    for duty, (path, body) in tasks.items():
        for other in ("registrar", "trustee", *(tasks.keys() - {duty})):
            key = opened.people.keys[other][0]
            answer = await opened.platform.ask("POST", f"{opened.api}/{path}", key=key, json=body)
            assert_refused(answer, 403, "not-allowed", "This key does not open that")
        assert_refused(
            await opened.platform.ask("POST", f"{opened.api}/{path}", key=STAFF, json=body), 403, "not-allowed", "key"
        )


async def test_one_trustees_key_does_not_serve_for_another(tallied):
    share = await tallied.share(1)
    assert_refused(await tallied.bring(2, share, tallied.people.trustee_keys[0]), 403, "not-allowed", "key")


async def test_where_staff_is_too_few_manifest_page_and_verifier_say_so(people, tmp_path):
    duties = with_duty("desk", person="社区书记")
    duties[[duty["role"] for duty in duties].index("trustee") + 2]["office"] = "桥东社区"
    await people.prepare(duties=duties, too_few_staff=True)
    await people.make_key()
    await people.issue_credentials()
    await people.bring_offices()
    await people.seal()
    manifest = json.loads(await people.platform.get(f"{people.pages}/manifest.json", key=None))
    assert manifest["separation"] == {
        "kept": False, "overlaps": [["community", "desk"]], "offices": ["桥东社区"], "owner_trustee": True,
    }  # fmt: skip
    said = verified(await fetch(people, tmp_path / "published"))
    assert (
        "note: duties do not lie in enough different hands: one person is both the certifier and the desk check; "
        "桥东社区 sends enough trustees to open the totals alone"
    ) in said
    page = (await people.platform.get(people.pages, key=None)).decode()
    assert "是同一人" in page
    assert "桥东社区派的人够单独开箱" in page
    assert NAMES[0] in page
