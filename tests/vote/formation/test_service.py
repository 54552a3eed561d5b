"""Whole procedures over HTTP, in three places; every day counted by hand, everything noted once, nothing noted too early."""

from datetime import date
from typing import Any

import pytest

from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import ESTATE, PLACE, Assembly
from tests.vote.formation.made import FORMED, RECALL, RENEWAL, VACANT
from tests.vote.oversight.duty.made import on
from tests.vote.platform import Platform
from vote.formation.rules import Happened
from vote.role import Role, Scope

pytestmark = pytest.mark.database

CASES = f"/api/estates/{ESTATE}/cases"
LAST = date(2026, 9, 30)


async def begin(platform: Platform, procedure: str, begun_on: str = "2026-01-05", **more: object) -> str:
    answer = await platform.post(CASES, json={"procedure": procedure, "begun_on": begun_on, **more})
    return str(answer["case"])


async def go(platform: Platform, case: str, happened: list[Happened]) -> list[str]:
    """Note one thing after the other, and return the states that were seen."""
    states = []
    for each in happened:
        await platform.post(f"{CASES}/{case}/happenings", json={"event": each.word, "on": each.on.isoformat()})
        states.append((await standing(platform, case))["state"])
    return states


async def standing(platform: Platform, case: str) -> dict[str, Any]:
    async with anonymous(platform) as reader:
        found: dict[str, Any] = (await reader.get(f"{CASES}/{case}")).json()
    return found


async def refused(platform: Platform, path: str, **body: object) -> tuple[int, str]:
    answer = await platform.ask("POST", path, json=body)
    return answer.status_code, answer.json()["detail"]


@pytest.fixture
async def estate(platform: Platform) -> Platform:
    await platform.post("/api/estates", json=PLACE)
    on(platform, LAST)
    return platform


@pytest.mark.parametrize(
    ("county", "first_meeting", "missing", "turn"),
    [
        ("嘉善县", "2026-05-31", 1, "DEVELOPER"),
        ("北京市", "2026-05-06", 0, "OWNERS"),
        ("杭州市", None, 0, "DEVELOPER"),
    ],
)
async def test_a_committee_is_formed_from_the_wish_to_the_filing(
    platform: Platform, county: str, first_meeting: str | None, missing: int, turn: str
) -> None:
    """Jiaxing 13 has 90 days, Beijing 32 has 60, Hangzhou none; only Jiaxing 11 makes the manager hand over documents."""
    await platform.post("/api/estates", json={**PLACE, "county": county})
    on(platform, date(2026, 3, 2))
    case = await begin(platform, "forming")
    assert await go(platform, case, FORMED[:1]) == ["S01"]
    assert (await standing(platform, case))["turn"] == turn
    assert await go(platform, case, FORMED[1:3]) == ["S02", "S03"]
    found = await standing(platform, case)
    assert [due.get("last_day") for due in found["due"] if due["deadline"] == "D09"] == [first_meeting]
    assert found["missing"].count("documents-received") == missing
    on(platform, LAST)
    assert (await go(platform, case, FORMED[3:]))[-1] == "S13"
    assert (await standing(platform, case))["over"] is True


async def test_a_renewal_a_recall_and_a_by_election_run_side_by_side(estate: Platform) -> None:
    renewal = await begin(estate, "renewal", term_ends="2026-09-30")
    recall, vacant = await begin(estate, "recall"), await begin(estate, "by-election")
    ends = [
        (await go(estate, case, what))[-1] for case, what in ((renewal, RENEWAL), (recall, RECALL), (vacant, VACANT))
    ]
    assert ends == ["S20", "S20", "S20"]
    async with anonymous(estate) as reader:
        (board,) = (await reader.get("/api/cases")).json()["estates"]
    assert [each["procedure"] for each in board["cases"]] == ["by-election", "recall", "renewal"]
    assert all(each["over"] for each in board["cases"])


async def test_of_forming_and_renewal_there_is_one_at_a_time(estate: Platform) -> None:
    await begin(estate, "forming")
    code, why = await refused(estate, CASES, procedure="renewal", term_ends="2027-01-01")
    assert (code, "go on with that case" in why) == (409, True)
    assert (await refused(estate, CASES, procedure="forming"))[0] == 409


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"procedure": "renewal"}, "last day"),
        ({"procedure": "forming", "term_ends": "2027-01-01"}, "last day"),
        ({"procedure": "forming", "begun_on": "2026-10-01"}, "begins today"),
        ({"procedure": "forming", "begun_on": "2020-12-31"}, "begins today"),
        ({"procedure": "forming", "number": "x"}, "no number"),
    ],
)
async def test_a_case_that_does_not_fit_is_not_begun(estate: Platform, body: dict[str, object], why: str) -> None:
    code, said = await refused(estate, CASES, **body)
    assert code in (403, 422, 400)
    assert why in said
    assert estate.contents()["formation_case"] == []


async def test_what_is_sent_twice_happens_once(estate: Platform) -> None:
    body = {"procedure": "forming", "begun_on": "2026-01-05", "number": "1" * 14}
    assert [(await estate.post(CASES, json=body))["case"] for _ in range(2)] == ["1" * 14] * 2
    noted = {"event": "conditions-met", "on": "2026-01-05", "number": "2" * 14}
    path = f"{CASES}/{'1' * 14}/happenings"
    assert [(await estate.post(path, json=noted))["happening"] for _ in range(2)] == ["2" * 14] * 2
    assert len(estate.contents()["case_happening"]) == 1


async def test_what_cannot_be_now_is_refused_with_what_to_do(estate: Platform) -> None:
    case = await begin(estate, "forming")
    path = f"{CASES}/{case}/happenings"
    for event, day, why in (
        ("conditions-met", "2026-10-01", "is to come"),
        ("conditions-met", "2026-01-04", "before the case began"),
        ("filed", "2026-02-01", "does not come next"),
    ):
        code, said = await refused(estate, path, event=event, on=day)
        assert (code in (403, 409), why in said) == (True, True), event
    told = next(number for number, each in enumerate(FORMED) if each.word == "notice-given")
    await go(estate, case, FORMED[: told + 1])
    code, said = await refused(estate, path, event="voting-opened", on="2026-04-11")
    assert (code, "every demanded notice" in said) == (409, True)
    await go(estate, case, FORMED[told + 1 : told + 2])
    code, said = await refused(estate, path, event="voting-opened", on="2026-04-10")
    assert (code, "2026-04-11 at the earliest" in said) == (409, True)


async def test_a_mistake_is_taken_back_and_the_log_has_both(estate: Platform) -> None:
    case = await begin(estate, "forming")
    noted = await estate.post(f"{CASES}/{case}/happenings", json={"event": "conditions-met", "on": "2026-01-05"})
    path = f"{CASES}/{case}/happenings/{noted['happening']}/take-back"
    assert (await estate.ask("POST", path)).status_code == 204
    assert (await estate.ask("POST", path)).status_code == 404
    assert (await standing(estate, case))["state"] == "S00"
    kinds = [row for row in map(str, estate.contents()["log_pending_entry"]) if '"kind":"case:' in row]
    assert len(kinds) == 3
    assert "case:taken-back" in kinds[2]


async def test_a_case_of_another_estate_is_not_found(estate: Platform) -> None:
    await estate.post("/api/estates", json={**PLACE, "id": "other", "name": "别处"})
    case = await begin(estate, "forming")
    for path in (f"/api/estates/other/cases/{case}", f"{CASES}/{'1' * 14}", f"{CASES}/{'x' * 99}"):
        async with anonymous(estate) as reader:
            assert (await reader.get(path)).status_code == 404


async def test_pages_say_where_it_stands_and_let_staff_note_it(estate: Platform) -> None:
    pages = f"/estates/{ESTATE}/cases"
    async with anonymous(estate) as owner:
        assert "现在没有进行中的事项" in (await owner.get(pages)).text
        assert (await owner.post(pages, data={"procedure": "forming"})).status_code in (303, 401, 403)
    async with await signed_in(estate, Scope(estate=ESTATE), name="社区甲") as clerk:
        sent = {"procedure": "forming", "begun_on": "2026-01-05", "term_ends": "", "number": "1" * 14}
        answer = await clerk.post(pages, data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{pages}/{'1' * 14}")
        here = f"{pages}/{'1' * 14}"
        for each in FORMED[:3]:
            data = {"event": each.word, "on": each.on.isoformat(), "number": ""}
            assert (await clerk.post(f"{here}/happenings", data=data)).status_code == 303
        shown = (await clerk.get(here)).text
        for words in (
            "筹备组",
            "2026年3月5日",
            "第13条",
            "物业服务人可能被处1万至10万元罚款",
            "公布了筹备组名单",
            "登记错了，撤回",
        ):
            assert words in shown, words
        answer = await clerk.post(f"{here}/happenings", data={"event": "filed", "on": "2026-04-01"})
        assert (answer.status_code, "还没到这一步" in answer.text) == (409, True)
        assert (await clerk.post(f"{here}/happenings", data={"event": "", "on": ""})).status_code == 422
        noted = (await clerk.get(here)).text.split("/take-back")[0].rpartition("/")[2]
        assert (await clerk.post(f"{here}/happenings/{noted}/take-back", data={"sure": "yes"})).status_code == 303
    async with anonymous(estate) as owner:
        shown = (await owner.get(here)).text
        assert ("登记发生的一步" in shown, "轮到谁" in shown, "您能做什么" in shown) == (False, True, True)
        assert "馨苑" in (await owner.get("/cases")).text
        english = (await owner.get(here, headers={"Accept-Language": "en"})).text
        assert "Whose turn" in english


async def test_a_member_of_the_committee_notes_but_does_not_take_back(estate: Platform) -> None:
    case = await begin(estate, "forming")
    scope = Scope(estate=ESTATE, role=Role.COMMITTEE)
    async with await signed_in(estate, scope, name="委员甲") as member:
        path = f"{CASES}/{case}/happenings"
        answer = await member.post(path, json={"event": "conditions-met", "on": "2026-01-05"})
        assert answer.status_code == 201
        answer = await member.post(f"{path}/{answer.json()['happening']}/take-back")
        assert answer.status_code == 403


async def test_staff_see_whether_a_quorum_can_be_reached(sealed: Assembly) -> None:
    """Five owners with 90, 120, 150, 80 and 200 m²: four heads and 426.67 m² are needed; each confirmed a telephone."""
    platform = sealed.platform
    case = await begin(platform, "forming", "2026-11-01")
    formations = platform.services["formations"]
    found = await formations.readiness(await formations.course(ESTATE, case))
    assert (found.heads.whole, found.heads.needed, found.area.whole, found.area.needed) == (5, 4, 64_000, 42_667)
    assert (found.heads.reachable, found.area.reachable, found.heads.short, found.area.short) == (5, 64_000, 0, 0)
    async with await signed_in(platform, Scope(estate=ESTATE), name="社区甲") as clerk:
        shown = (await clerk.get(f"/estates/{ESTATE}/cases/{case}")).text
    assert ("人够不够" in shown, "426.67" in shown) == (True, True)
    async with anonymous(platform) as owner:
        assert "人够不够" not in (await owner.get(f"/estates/{ESTATE}/cases/{case}")).text


async def test_without_a_roll_nobody_knows_whether_it_is_enough(estate: Platform) -> None:
    formations = estate.services["formations"]
    assert await formations.readiness(await formations.course(ESTATE, await begin(estate, "forming"))) is None


async def test_the_latest_opening_day_leaves_one_retry(estate: Platform) -> None:
    """31 May less two votes of 14 days, 7 days to prepare, 15 of notice and the notice's own: 10 April."""
    case = await begin(estate, "forming")
    await go(estate, case, FORMED[:3])
    path = f"/estates/{ESTATE}/cases/{case}"
    for day, seen in ((date(2026, 4, 10), True), (date(2026, 4, 11), False)):
        on(estate, day)
        async with anonymous(estate) as owner:
            shown = (await owner.get(path)).text
        assert ("最晚哪天开始投票" in shown, "2026年4月10日" in shown) == (seen, seen)
