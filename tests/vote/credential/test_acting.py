"""Who says that they act is kept when a key is opened, shown to those on duty and to the owner, and published nowhere."""

from datetime import timedelta

from tests.vote.account.signing_in import as_duty
from tests.vote.assembly import Assembly
from tests.vote.credential.test_second_factor import code_for
from tests.vote.platform import assert_refused
from vote.account.events import EventKind
from vote.credential.acting import Acting
from vote.verifier.bundle import PARTS


async def open_part(assembly: Assembly, owner: int, acting: object) -> dict[str, object]:
    """Open a key, saying who acts."""
    answer = await assembly._with_letter(owner, "part", code=await code_for(assembly, owner), acting=acting)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


async def test_what_was_said_is_kept_and_told_to_the_owner_next_time(opened: Assembly) -> None:
    assert (await open_part(opened, 1, "proxy"))["last_acting"] is None
    opened.platform.clock.now += timedelta(minutes=2)
    assert (await open_part(opened, 1, "self"))["last_acting"] == "proxy"
    said = await opened.platform.services["second_factors"].said(opened.uuid)
    assert [(each.entitlement, each.acting) for each in said] == [(1, Acting.PROXY), (1, Acting.SELF)]


async def test_whoever_says_nothing_or_opens_nothing_leaves_nothing(opened: Assembly) -> None:
    await open_part(opened, 1, None)
    assert_refused(await opened._with_letter(1, "part", code="000000", acting="self"), 403, "not-allowed", "")
    wrong = await opened._with_letter(1, "part", code="000000", acting="thief")
    assert_refused(wrong, 400, "malformed", "`self`")
    assert await opened.platform.services["second_factors"].said(opened.uuid) == []


async def test_the_desk_sees_authorities_only_and_each_look_is_noted(opened: Assembly) -> None:
    await open_part(opened, 1, "proxy")
    await open_part(opened, 2, "self")
    await open_part(opened, 3, "help")
    desk = await as_duty(opened, "desk")
    text = (await desk.get(f"/work/elections/{opened.uuid}/authorities")).text
    homes = await opened.platform.services["checks"].homes(opened.uuid)
    assert homes[1][0] in text
    assert homes[2][0] not in text
    assert homes[3][0] not in text
    assert "另外有1家" in text
    events = await opened.platform.services["events"].of_election(opened.uuid)
    assert [each.count for each in events if each.kind == EventKind.OWNER_SEEN] == [1]


async def test_nothing_of_it_is_published(opened: Assembly) -> None:
    await open_part(opened, 1, "proxy")
    for name in (f"{opened.uuid}.bel", *PARTS):
        answer = await opened.platform.ask("GET", f"{opened.pages}/{name}", key=None)
        assert b'"proxy"' not in answer.content
        assert b"acting" not in answer.content


async def test_who_settles_a_dispute_sees_what_was_said_for_that_home(opened: Assembly) -> None:
    given = await open_part(opened, 1, "proxy")
    body = {"owner_pass": given["owner_pass"], "kind": "impersonation", "text": "不是我"}
    path = f"/api/elections/{opened.uuid}/owner/disputes"
    answer = await opened.platform.ask("POST", path, key=None, json=body)
    assert answer.status_code == 201, answer.text
    organiser = await as_duty(opened, "organiser")
    text = (await organiser.get(f"/elections/{opened.uuid}/finish/disputes/1")).text
    assert "有业主签字的委托书" in text
