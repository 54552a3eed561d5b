"""A ballot's channel: kept as the key was opened, told to the owner, and the desk goes before the phone."""

from datetime import timedelta

from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import phone_of
from tests.vote.platform import assert_refused
from vote.ballot.models import Ballot
from vote.credential.channel import DualChannel
from vote.message.rules import Kind

YES = [[1, 0, 0], [1, 0, 0, 0]]
NO = [[0, 1, 0], [0, 1, 0, 0]]
MINUTE = timedelta(minutes=1)


async def open_at_desk(assembly, owner):
    """Let two people see the owner, and the owner open the key with their code; return what the owner is told."""
    checks, keys = assembly.platform.services["desk_checks"], assembly.people.keys
    assembly.platform.clock.now += MINUTE
    authority = assembly.platform.services["authority"]
    first, second = [
        await authority.require(role, keys[role][0], assembly.uuid, None) for role in ("desk", "organiser")
    ]
    check = await checks.begin(assembly.uuid, assembly.people.numbers[owner], first)
    given = await checks.agree(assembly.uuid, check, second)
    return await _opened(assembly, owner, given.code)


async def open_by_phone(assembly, owner):
    """Let the owner open the key with a code by message; return what the owner is told."""
    assembly.platform.clock.now += MINUTE
    assert (await assembly.send_code(owner)).status_code == 202
    return await _opened(assembly, owner, assembly.platform.phones.code(f"+86{phone_of(owner)}"))


async def _opened(assembly, owner, code):
    answer = await assembly.open_part(owner, code)
    assert answer.status_code == 200, answer.text
    assembly.people.parts[owner] = int(answer.json()["part"])
    return answer.json()


async def channels():
    return await Ballot.all().order_by("id").values_list("channel", flat=True)


async def test_a_ballot_is_kept_with_the_channel_by_which_its_key_was_opened(opened):
    await open_by_phone(opened, 1)
    await opened.cast(1, YES)
    await open_at_desk(opened, 2)
    await opened.cast(2, YES)
    assert await channels() == ["phone", "desk"]


async def test_the_message_names_the_channel_and_nobody_of_the_desk(opened):
    await open_at_desk(opened, 2)
    await opened.cast(2, YES)
    await open_by_phone(opened, 1)
    await opened.cast(1, YES)
    opened.platform.phones.messages.clear()
    await opened.platform.services["worker"].deliver_once()
    told = dict(opened.platform.phones.messages)
    assert {message.kind for message in told.values()} == {Kind.BALLOT_ACCEPTED}
    assert "已收到您的手机票" in told[f"+86{phone_of(1)}"].text
    assert "已收到您的现场票" in told[f"+86{phone_of(2)}"].text
    assert not any(name in told[f"+86{phone_of(2)}"].text for name in ("窗口甲", "筹备组长"))


async def test_a_ballot_of_the_desk_takes_the_place_of_one_by_phone_and_not_the_other_way(opened):
    assert (await open_by_phone(opened, 1))["last_channel"] is None
    await opened.cast(1, YES)
    told = await open_at_desk(opened, 1)
    assert (told["cast"], told["last_channel"], told["may_cast"]) == (1, "phone", True)
    await opened.cast(1, NO)
    told = await open_by_phone(opened, 1)
    assert (told["cast"], told["last_channel"], told["may_cast"]) == (2, "desk", False)
    late = await opened.ballot(1, YES)
    assert_refused(await opened.send(late), 409, "conflict", "手机上不能再改。要改，请带身份证和信到社区")
    assert await channels() == ["phone", "desk"]
    assert (await open_at_desk(opened, 1))["may_cast"] is True
    await opened.cast(1, YES)
    assert await channels() == ["phone", "desk", "desk"]


async def test_one_check_makes_one_ballot_of_the_desk(opened):
    await open_at_desk(opened, 1)
    ballot = await opened.cast(1, YES)
    opened.platform.clock.now += MINUTE
    assert (await opened.send(ballot)).status_code == 200
    assert_refused(await opened.send(await opened.ballot(1, NO)), 409, "conflict", "两个人当面核对后重新投")
    assert await channels() == ["desk"]
    assert await opened.platform.services["ballots"].store.under_way(opened.uuid, opened.platform.clock.now, 60) == 0


async def test_an_hour_after_the_check_a_ballot_comes_by_phone(opened):
    await open_at_desk(opened, 1)
    opened.platform.clock.now += timedelta(hours=1)
    await opened.cast(1, YES)
    assert await channels() == ["phone"]


async def test_where_the_profile_lets_the_last_ballot_count_the_phone_may_follow_the_desk(opened, monkeypatch):
    for module in ("vote.ballot.service", "vote.credential.second_factor"):
        monkeypatch.setattr(f"{module}.dual_channel_of", lambda _: DualChannel.LAST_BEFORE_CLOSE)
    await open_at_desk(opened, 1)
    await opened.cast(1, YES)
    assert (await open_by_phone(opened, 1))["may_cast"] is True
    await opened.cast(1, NO)
    assert await channels() == ["desk", "phone"]


async def test_with_keys_of_one_part_only_the_desks_own_tablet_casts_for_the_desk(simple):
    keys = simple.people.keys
    for role in ("desk", "organiser"):
        browser = await signed_in(simple.platform, None, keys=[keys[role][0]], name="某人")
        owner = 1 if role == "desk" else 2
        answer = await browser.post(f"{simple.api}/ballots", content=await simple.ballot(owner, YES))
        assert answer.status_code == 201, answer.text
    await simple.cast(3, YES)
    assert await channels() == ["desk", "phone", "phone"]
    assert_refused(await simple.send(await simple.ballot(1, NO)), 409, "conflict", "手机上不能再改")


async def test_what_the_client_says_of_itself_counts_for_nothing(opened):
    await open_by_phone(opened, 1)
    ballot = await opened.ballot(1, YES)
    answer = await opened.platform.ask("POST", f"{opened.api}/ballots?desk&channel=desk", key=None, content=ballot)
    assert answer.status_code == 201, answer.text
    assert await channels() == ["phone"]
