"""From letter to voting key: a code to the confirmed phone, and the platform's part for letter and code."""

import asyncio
from datetime import timedelta

from crypto.credential import public_credential
from crypto.credential_part import combine_public
from crypto.group import ORDER
from tests.vote.assembly import phone_of
from tests.vote.platform import CLOSES, OPENS, assert_refused
from vote.credential.letter_number import generate_letter_number
from vote.credential.models import OneTimeCode
from vote.errors import UnavailableError
from vote.message.rules import Kind
from vote.phone.models import Phone
from vote.phone.rules import Source

NUMBER = f"+86{phone_of(1)}"
SECOND = timedelta(seconds=1)
UNKNOWN = "没有这个编号，或者这封信已经作废"


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


async def code_for(assembly, owner=1):
    answer = await assembly.send_code(owner)
    assert answer.status_code == 202, answer.text
    return assembly.platform.phones.code(f"+86{phone_of(owner)}")


async def test_letter_and_phone_together_give_the_voting_key(sealed):
    answer = await sealed.send_code(1)
    assert (answer.status_code, answer.json()) == (
        202,
        {"tail": "0000", "expires_at": (sealed.platform.clock.now + timedelta(seconds=600)).isoformat(), "sent": True},
    )
    ((number, message),) = sealed.platform.phones.messages
    assert (number, message.kind) == (NUMBER, Kind.CODE)
    answer = await sealed.open_part(1, message.blanks["code"])
    assert answer.headers["cache-control"] == "no-store"
    given = answer.json()
    letter = sealed.letter_secret(1)
    assert given["public"] == public_credential(int(given["part"]))
    assert given["credential"] == combine_public(public_credential(letter), given["public"])
    assert given["credential"] == public_credential((letter + int(given["part"])) % ORDER)
    assert (given["places"], given["area_dm2"], given["agreed"]) == (["3幢2单元101室"], 9000, False)


async def test_each_owner_gets_the_own_part(opened):
    for owner in (1, 2, 3):
        await opened.fetch_part(owner)
    assert len(set(opened.people.parts.values())) == 3


async def test_a_letters_number_may_be_typed_as_people_do(sealed):
    typed = sealed.people.numbers[1].replace("-", " ").lower().replace("0", "o").replace("1", "l")
    sealed.people.numbers[1] = typed
    assert (await sealed.open_part(1, await code_for(sealed))).status_code == 200


async def test_a_code_is_good_once_and_for_ten_minutes(sealed):
    code = await code_for(sealed)
    assert (await sealed.open_part(1, code)).status_code == 200
    assert_refused(await sealed.open_part(1, code), 403, "not-allowed", "已经用过")
    sealed.platform.clock.now += timedelta(seconds=60)
    code = await code_for(sealed)
    sealed.platform.clock.now += timedelta(seconds=600)
    assert_refused(await sealed.open_part(1, code), 403, "not-allowed", "已经失效")


async def test_a_new_code_voids_the_one_before(sealed):
    first = await code_for(sealed)
    sealed.platform.clock.now += timedelta(seconds=60)
    second = await code_for(sealed)
    if first != second:
        assert (await sealed.open_part(1, first)).status_code == 403
    assert (await sealed.open_part(1, second)).status_code == 200


async def test_five_wrong_guesses_void_a_code_and_each_was_counted(sealed):
    code = await code_for(sealed)
    for left in (4, 3, 2, 1):
        assert_refused(await sealed.open_part(1, wrong(code)), 403, "not-allowed", f"还可以试{left}次")
    assert_refused(await sealed.open_part(1, wrong(code)), 403, "not-allowed", "作废")
    assert_refused(await sealed.open_part(1, code), 403, "not-allowed", "作废")
    assert [row.tries for row in await OneTimeCode.all()] == [5]


async def test_guesses_that_come_at_once_are_all_counted(sealed):
    code = await code_for(sealed)
    answers = await asyncio.gather(*(sealed.open_part(1, wrong(code)) for _ in range(9)))
    assert {answer.status_code for answer in answers} == {403}
    assert [row.tries for row in await OneTimeCode.all()] == [5]


async def test_a_code_that_is_none_costs_no_guess(sealed):
    await code_for(sealed)
    assert_refused(await sealed.open_part(1, "12345"), 400, "malformed", "6位数字")
    assert [row.tries for row in await OneTimeCode.all()] == [0]


async def test_another_owners_code_opens_nothing(sealed):
    mine, others = await code_for(sealed, 1), await code_for(sealed, 2)
    if mine != others:
        assert (await sealed.open_part(1, others)).status_code == 403


async def test_without_a_code_asked_for_no_part_is_given(sealed):
    assert_refused(await sealed.open_part(1, "012345"), 403, "not-allowed", "获取验证码")


async def test_codes_are_sent_at_most_once_a_minute_and_five_times_a_day(sealed):
    await code_for(sealed)
    assert_refused(await sealed.send_code(1), 403, "not-allowed", "请过60秒")
    for _ in range(4):
        sealed.platform.clock.now += timedelta(seconds=60)
        await code_for(sealed)
    sealed.platform.clock.now += timedelta(seconds=60)
    assert_refused(await sealed.send_code(1), 403, "not-allowed", "24小时内已发过5次")
    assert (await sealed.send_code(2)).status_code == 202
    sealed.platform.clock.now += timedelta(hours=24)
    assert (await sealed.send_code(1)).status_code == 202


async def test_a_phone_that_several_owners_share_gets_ten_codes_a_day(sealed):
    shared = (await Phone.get(entitlement_id=1)).digest
    service = sealed.platform.services["phones"]
    for owner in (2, 3):
        await Phone.filter(entitlement_id=owner).update(
            digest=shared, sealed=service._new(owner, NUMBER, Source.DESK).sealed
        )
    for turn in range(10):
        assert (await sealed.send_code(turn % 3 + 1)).status_code == 202
        sealed.platform.clock.now += timedelta(seconds=60)
    assert_refused(await sealed.send_code(3), 403, "not-allowed", "这个手机24小时内")


async def test_an_unknown_number_gets_one_answer_whatever_is_asked(sealed):
    sealed.people.numbers[1] = "0000-0000"
    for answer in (await sealed.send_code(1), await sealed.open_part(1, "012345")):
        assert_refused(answer, 404, "not-found", UNKNOWN)
    sealed.people.numbers[1] = "0000-000"
    for answer in (await sealed.send_code(1), await sealed.open_part(1, "012345")):
        assert_refused(answer, 400, "malformed", "8个字母和数字")
    assert sealed.platform.phones.messages == []


async def test_an_owner_is_told_in_plain_words_why_no_code_comes(sealed):
    await Phone.filter(entitlement_id=1).update(confirmed_how=None, confirmed_at=None)
    assert_refused(await sealed.send_code(1), 403, "not-allowed", "还没有确认过")
    await Phone.filter(entitlement_id=1).update(state="replaced")
    assert_refused(await sealed.send_code(1), 403, "not-allowed", "清册上没有您的手机号")
    service = sealed.platform.services["phones"]
    landline = service._new(2, "+8657384012345", Source.DESK)
    await Phone.filter(entitlement_id=2).update(sealed=landline.sealed, digest=landline.digest)
    assert_refused(await sealed.send_code(2), 403, "not-allowed", "座机收不到验证码")
    assert sealed.platform.phones.messages == []


async def test_a_code_to_a_phone_that_was_changed_since_opens_nothing(sealed):
    code = await code_for(sealed)
    first, second = sealed.people.keys["phones"]
    body = {"entitlement": 1, "number": "13800138000", "how": "desk"}
    changes = f"{sealed.api}/phones/changes"
    change = (await sealed.platform.post(changes, key=first, json=body))["change"]
    await sealed.platform.post(f"{changes}/{change}/accept", key=second)
    assert_refused(await sealed.open_part(1, code), 403, "not-allowed", "手机号已经换了")
    sealed.platform.clock.now += timedelta(seconds=60)
    await sealed.fetch_part(1, phone="+8613800138000")
    assert 1 in sealed.people.parts


async def test_parts_are_given_from_sealing_until_closing(sealed, clock):
    assert (await sealed.send_code(1)).status_code == 202
    await sealed.notice()
    assert (await sealed.send_code(2)).status_code == 202
    sealed.at(OPENS)
    await sealed.platform.post(f"{sealed.api}/open")
    sealed.at(CLOSES - SECOND)
    assert (await sealed.send_code(3)).status_code == 202
    sealed.at(CLOSES)
    for answer in (await sealed.send_code(4), await sealed.open_part(3, "012345")):
        assert_refused(answer, 409, "polls-closed", "投票已于12月30日18:00结束")
    await sealed.platform.post(f"{sealed.api}/close")
    assert_refused(await sealed.send_code(4), 409, "polls-closed", "结束")


async def test_an_election_of_one_part_gives_no_part(simple):
    simple.people.numbers[1] = "04HM-ASW9"
    assert_refused(await simple.send_code(1), 422, "not-supported", "信上的投票码就够了")


async def test_an_election_that_is_not_sealed_gives_no_part(sealed):
    await sealed.prepare()
    assert_refused(await sealed.send_code(1), 404, "not-found", "没有这次表决")


async def test_a_code_that_the_carrier_does_not_take_is_tried_again(sealed, monkeypatch):
    phones = sealed.platform.phones
    with monkeypatch.context() as patch:

        async def refuse(*_, **__):
            raise UnavailableError("down")

        patch.setattr(phones, "send", refuse)
        assert (await sealed.send_code(1)).json()["sent"] is False
    assert phones.messages == []
    sealed.platform.clock.now += timedelta(seconds=30)
    assert await sealed.platform.services["messages"].send_due() == 1
    assert (await sealed.open_part(1, phones.code(NUMBER))).status_code == 200


async def test_no_code_and_no_number_of_a_letter_stands_in_the_database(sealed):
    code = await code_for(sealed)
    rows = [str(row) for rows in sealed.platform.contents().values() for row in rows]
    for secret in (sealed.people.numbers[1], code, phone_of(1)):
        assert not any(secret in row for row in rows), secret


async def test_a_stranger_who_guesses_numbers_finds_none(sealed):
    for _ in range(20):
        sealed.people.numbers[1] = generate_letter_number(sealed.rng())
        assert (await sealed.send_code(1)).status_code == 404


async def test_a_part_that_another_key_sealed_is_given_to_nobody_and_told_to_nobody(sealed):
    code = await code_for(sealed)
    service = sealed.platform.services["second_factors"]
    object.__setattr__(service, "key", bytes(32))
    answer = await sealed.open_part(1, code)
    assert (answer.status_code, answer.json()["reason"]) == (500, "contradiction")
    assert "credential" not in answer.json()["detail"]
