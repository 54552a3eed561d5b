"""Whoever carries messages, or has stolen a telephone number, reads the codes."""

from datetime import timedelta

from crypto.ballot import seal_ballot
from tests.frauds.telephones import number_of
from tests.vote.assembly import phone_of
from tests.vote.conftest import YES
from tests.vote.platform import assert_refused
from vote.message.rules import SENTENCES, Kind

OWNER = 4
CHOICES = [YES, [1, 0, 0, 0]]
GUESSED = "0000-0000"


async def test_without_the_letter_no_code_is_even_sent(opened):
    opened.people.numbers[OWNER] = GUESSED
    assert_refused(await opened.send_code(OWNER), 404, "not-found", "没有这个编号，或者这封信已经作废")
    body = {"letter_number": phone_of(OWNER)}
    answer = await opened.platform.ask("POST", f"{opened.api}/codes", key=None, json=body)
    assert_refused(answer, 400, "malformed", "信上的编号")
    assert opened.platform.phones.messages == []


async def test_a_code_that_was_read_opens_nothing_without_the_letters_number(opened):
    await opened.send_code(OWNER)
    code = opened.platform.phones.code(number_of(OWNER))
    opened.people.numbers[OWNER] = GUESSED
    assert_refused(await opened.open_part(OWNER, code), 404, "not-found", "没有这个编号")


async def test_the_platforms_part_alone_casts_no_ballot(opened):
    """Who looked over the shoulder at number and code has half a key, and not the letter's."""
    await opened.fetch_part(OWNER)
    ballot = seal_ballot(await opened.election(), opened.people.parts[OWNER], CHOICES, opened.rng())
    assert_refused(await opened.send(ballot), 403, "not-eligible", "not on this election's list")


async def test_a_code_is_good_for_its_own_letter_only(opened):
    await opened.send_code(OWNER)
    code = opened.platform.phones.code(number_of(OWNER))
    assert_refused(await opened.open_part(1, code), 403, "not-allowed", "还没有发过验证码")


async def test_a_code_read_too_late_or_used_already_opens_nothing(opened):
    await opened.send_code(OWNER)
    code = opened.platform.phones.code(number_of(OWNER))
    assert (await opened.open_part(OWNER, code)).status_code == 200
    assert (await opened.open_part(OWNER, code)).status_code == 403
    opened.at(opened.platform.clock.now + timedelta(seconds=60))
    await opened.send_code(OWNER)
    code = opened.platform.phones.code(number_of(OWNER))
    opened.at(opened.platform.clock.now + timedelta(seconds=600))
    assert (await opened.open_part(OWNER, code)).status_code == 403


async def test_messages_hold_nothing_of_the_letter_and_the_one_with_a_code_warns(opened):
    await opened.send_code(OWNER)
    ((_, message),) = opened.platform.phones.messages
    assert message.kind is Kind.CODE
    assert opened.people.numbers[OWNER] not in message.text
    assert opened.people.credentials[OWNER] not in message.text
    assert "任何人打电话要验证码都不要给，社区和物业也不会要" in message.text
    assert all("http" not in sentence and "点击" not in sentence for sentence in SENTENCES.values())
