import asyncio
import json
import logging
import traceback
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from tests.vote.message.provider import KEY_ID, SECRET, Provider, serve
from vote.errors import Reason, RefusedError, UnavailableError
from vote.message.aliyun import ENDPOINT, Account, AliyunCarrier
from vote.message.rules import Kind, ballot_accepted, code_message

NUMBER = "+8613800136721"
CODE = code_message("012345")
REFERENCE = "DQB53CqA1UtMwz/17"
ACCOUNT = Account(KEY_ID, SecretStr(SECRET), "善治", {kind: f"SMS_{number}" for number, kind in enumerate(Kind, 100)})


@asynccontextmanager
async def carrier(provider, timeout_seconds=5.0, **changes):
    async with serve(provider) as endpoint:
        account = replace(ACCOUNT, endpoint=endpoint, **changes)
        one = AliyunCarrier(account, timeout_seconds=timeout_seconds, clock=lambda: provider.now)
        try:
            yield one
        finally:
            await one.close()


def require_discreet(error, caplog):
    told = "".join(traceback.format_exception(error)) + caplog.text
    while error:
        told += repr(error) + repr(getattr(error, "request", ""))
        error = error.__cause__ or error.__context__
    for secret in ("13800136721", "012345", SECRET):
        assert secret not in told


def test_the_service_is_asked_over_tls():
    assert ENDPOINT == "https://dysmsapi.aliyuncs.com"
    assert SECRET not in repr(ACCOUNT)


async def test_a_message_arrives_signed_and_with_its_reference(caplog):
    caplog.set_level(logging.DEBUG)
    provider = Provider()
    async with carrier(provider) as aliyun:
        await aliyun.send(NUMBER, CODE, REFERENCE)
    assert provider.asked == [
        (
            "SendSms",
            {
                "PhoneNumbers": "13800136721",
                "SignName": "善治",
                "TemplateCode": "SMS_100",
                "TemplateParam": '{"code":"012345"}',
                "OutId": REFERENCE,
            },
        )
    ]
    assert "13800136721" not in caplog.text
    assert "012345" not in caplog.text


async def test_chinese_blanks_survive_the_signature():
    provider = Provider()
    async with carrier(provider) as aliyun:
        await aliyun.send(NUMBER, ballot_accepted("阳光花园(一期)", "paper", "0573-84012345"), REFERENCE)
        await aliyun.send(NUMBER, ballot_accepted("阳光花园(一期)", "phone", "0573-84012345"), "other")
    assert [json.loads(parameters["TemplateParam"]) for parameters in provider.sent] == [
        {"estate": "阳光花园(一期)", "channel": "纸票", "desk": "0573-84012345"},
        {"estate": "阳光花园(一期)", "channel": "手机票", "desk": "0573-84012345"},
    ]
    assert len(provider.nonces) == 2


@pytest.mark.parametrize(
    "changes",
    [{"secret": SecretStr("wrong")}, {"key_id": "LTAIother"}],
)
async def test_a_wrong_key_is_the_operators_to_correct(changes, caplog):
    provider = Provider()
    async with carrier(provider, **changes) as aliyun:
        with pytest.raises(
            UnavailableError, match=r"refused: (SignatureDoesNotMatch|InvalidAccessKeyId\.NotFound)$"
        ) as no:
            await aliyun.send(NUMBER, CODE, REFERENCE)
    require_discreet(no.value, caplog)
    assert not provider.asked


async def test_a_clock_that_is_wrong_is_named():
    provider = Provider()
    async with carrier(provider) as aliyun:
        provider.now += timedelta(hours=1)
        aliyun._clock = lambda: provider.now - timedelta(minutes=16)
        with pytest.raises(UnavailableError, match=r"InvalidTimeStamp\.Expired"):
            await aliyun.send(NUMBER, CODE, REFERENCE)


@pytest.mark.parametrize(
    ("mood", "sentence"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", r"refused: isv\.BUSINESS_LIMIT_CONTROL"),
        ("isv.AMOUNT_NOT_ENOUGH", r"refused: isv\.AMOUNT_NOT_ENOUGH"),
        ("isp.SYSTEM_ERROR", r"refused: isp\.SYSTEM_ERROR"),
        ("down", "refused: ServiceUnavailable"),
        ("elsewhere", "refused: OK"),
        ("strange", "a word that is not documented"),
        ("proxy", "unreadable with status 502"),
        ("flood", "unreadable with status 200"),
        ("list", "unreadable with status 200"),
        ("hangs-up", r"could not be reached \(RemoteProtocolError\)"),
    ],
)
async def test_a_carrier_in_trouble_is_tried_later_and_tells_nothing(mood, sentence, caplog):
    caplog.set_level(logging.DEBUG)
    async with carrier(Provider([mood])) as aliyun:
        with pytest.raises(UnavailableError, match=sentence) as no:
            await aliyun.send(NUMBER, CODE, REFERENCE)
        require_discreet(no.value, caplog)
        await aliyun.send(NUMBER, CODE, REFERENCE)


@pytest.mark.parametrize("mood", ["silent", "drip"])
async def test_a_carrier_that_does_not_finish_is_left(mood, caplog):
    caplog.set_level(logging.DEBUG)
    async with carrier(Provider([mood]), timeout_seconds=0.2) as aliyun:
        with pytest.raises(UnavailableError, match="did not answer in time") as no:
            await asyncio.wait_for(aliyun.send(NUMBER, CODE, REFERENCE), 3)
    require_discreet(no.value, caplog)


async def test_a_carrier_out_of_reach_is_tried_later(caplog):
    provider = Provider()
    async with serve(provider) as endpoint:
        pass
    aliyun = AliyunCarrier(replace(ACCOUNT, endpoint=endpoint))
    with pytest.raises(UnavailableError, match=r"could not be reached \(ConnectError\)") as no:
        await aliyun.send(NUMBER, CODE, REFERENCE)
    require_discreet(no.value, caplog)
    await aliyun.close()


@pytest.mark.parametrize("number", ["13800136721", "+8657384012345", "+85290123456", "+861380013672", ""])
async def test_only_mobile_numbers_in_one_spelling_are_sent_to(number):
    provider = Provider()
    async with carrier(provider) as aliyun:
        with pytest.raises(RefusedError) as no:
            await aliyun.send(number, CODE, REFERENCE)
    assert no.value.reason is Reason.MALFORMED
    assert not provider.asked


async def test_a_number_that_the_service_knows_to_be_none_is_refused_for_good(caplog):
    async with carrier(Provider(["isv.MOBILE_NUMBER_ILLEGAL"])) as aliyun:
        with pytest.raises(RefusedError) as no:
            await aliyun.send(NUMBER, CODE, REFERENCE)
    require_discreet(no.value, caplog)


async def test_a_reference_that_could_hold_something_personal_is_a_mistake():
    async with carrier(Provider()) as aliyun:
        with pytest.raises(AssertionError):
            await aliyun.send(NUMBER, CODE, "3幢2单元501室")


async def test_a_message_whose_answer_was_lost_is_not_sent_twice():
    provider = Provider(["silent"])
    async with carrier(provider, timeout_seconds=0.5) as aliyun:
        with pytest.raises(UnavailableError):
            await aliyun.send(NUMBER, CODE, REFERENCE)
        await aliyun.send(NUMBER, CODE, REFERENCE, again=True)
    assert len(provider.sent) == 1


async def test_a_message_that_was_lost_itself_is_sent_again():
    provider = Provider(["lost"])
    async with carrier(provider, timeout_seconds=0.5) as aliyun:
        with pytest.raises(UnavailableError):
            await aliyun.send(NUMBER, CODE, REFERENCE)
        await aliyun.send(NUMBER, CODE, "another", again=True)
        await aliyun.send(NUMBER, CODE, REFERENCE, again=True)
        await aliyun.send(NUMBER, CODE, REFERENCE, again=True)
    assert [parameters["OutId"] for parameters in provider.sent] == [REFERENCE, "another", REFERENCE]


async def test_a_message_that_failed_in_the_network_is_sent_again():
    provider = Provider(["fails"])
    async with carrier(provider) as aliyun:
        await aliyun.send(NUMBER, CODE, REFERENCE)
        await aliyun.send(NUMBER, CODE, REFERENCE, again=True)
    assert len(provider.sent) == 2


async def test_a_message_of_before_midnight_in_china_is_found_after_it():
    provider = Provider(["silent"], now=datetime(2026, 12, 1, 15, 59, 59, tzinfo=UTC))
    async with carrier(provider, timeout_seconds=0.5) as aliyun:
        with pytest.raises(UnavailableError):
            await aliyun.send(NUMBER, CODE, REFERENCE)
        provider.now += timedelta(seconds=30)
        await aliyun.send(NUMBER, CODE, REFERENCE, again=True)
        await aliyun.send(NUMBER, CODE, "another", again=True)
    assert [parameters["OutId"] for parameters in provider.sent] == [REFERENCE, "another"]
    days = [parameters["SendDate"] for action, parameters in provider.asked if action == "QuerySendDetails"]
    assert days == ["20261201", "20261201", "20261202"]


@pytest.mark.parametrize("mood", ["isp.RAM_PERMISSION_DENY", "blank", "hangs-up"])
async def test_nothing_is_sent_again_while_the_records_cannot_be_read(mood, caplog):
    provider = Provider([mood])
    async with carrier(provider) as aliyun:
        with pytest.raises(UnavailableError) as no:
            await aliyun.send(NUMBER, CODE, REFERENCE, again=True)
    require_discreet(no.value, caplog)
    assert not provider.sent
