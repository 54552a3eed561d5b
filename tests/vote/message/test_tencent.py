import logging
import traceback
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from tests.vote.message.tencent_service import KEY_ID, SECRET, Service, serve
from vote.errors import Reason, RefusedError, UnavailableError
from vote.message.rules import Kind, ballot_accepted, code_message
from vote.message.tencent import ENDPOINT, Account, TencentCarrier

NUMBER = "+8613800136721"
CODE = code_message("012345")
ACCOUNT = Account(
    KEY_ID, SecretStr(SECRET), "1400006666", "善治", {kind: str(number) for number, kind in enumerate(Kind, 100)}
)


@asynccontextmanager
async def carrier(service, timeout_seconds=5.0, **changes):
    async with serve(service) as endpoint:
        one = TencentCarrier(
            replace(ACCOUNT, endpoint=endpoint, **changes), timeout_seconds=timeout_seconds, clock=lambda: service.now
        )
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
    assert ENDPOINT == "https://sms.tencentcloudapi.com"
    assert SECRET not in repr(ACCOUNT)


async def test_a_message_arrives_signed_and_with_its_reference(caplog):
    caplog.set_level(logging.DEBUG)
    service = Service()
    async with carrier(service) as tencent:
        await tencent.send(NUMBER, CODE, "shanzhi-1")
        await tencent.send(NUMBER, ballot_accepted("阳光花园(一期)", "paper", "0573-84012345"), "shanzhi-2")
    assert service.asked == [
        (
            "SendSms",
            {
                "PhoneNumberSet": [NUMBER],
                "SmsSdkAppId": "1400006666",
                "SignName": "善治",
                "TemplateId": "100",
                "TemplateParamSet": ["012345"],
                "SessionContext": "shanzhi-1",
            },
        ),
        (
            "SendSms",
            {
                "PhoneNumberSet": [NUMBER],
                "SmsSdkAppId": "1400006666",
                "SignName": "善治",
                "TemplateId": "101",
                "TemplateParamSet": ["阳光花园(一期)", "纸票", "0573-84012345"],
                "SessionContext": "shanzhi-2",
            },
        ),
    ]
    assert "13800136721" not in caplog.text
    assert "012345" not in caplog.text


async def test_what_was_taken_with_an_unknown_end_is_not_sent_twice():
    service = Service(["lost"])
    async with carrier(service, timeout_seconds=0.3) as tencent:
        with pytest.raises(UnavailableError, match="did not answer in time"):
            await tencent.send(NUMBER, CODE, "one")
        await tencent.send(NUMBER, CODE, "one", again=True)
    assert len(service.sent) == 1


@pytest.mark.parametrize("mood", ["fails", "FailedOperation.InsufficientBalanceInSmsPackage"])
async def test_what_failed_is_sent_again(mood):
    service = Service([mood])
    async with carrier(service) as tencent:
        if mood == "fails":
            await tencent.send(NUMBER, CODE, "one")
        else:
            with pytest.raises(UnavailableError, match=mood):
                await tencent.send(NUMBER, CODE, "one")
        await tencent.send(NUMBER, CODE, "one", again=True)
    assert len(service.sent) == 2


@pytest.mark.parametrize("mood", ["empty", "limit", "silent", "hangs-up"])
async def test_while_the_records_cannot_be_read_nothing_is_sent_again(mood):
    service = Service([mood])
    async with carrier(service, timeout_seconds=0.3) as tencent:
        with pytest.raises(UnavailableError):
            await tencent.send(NUMBER, CODE, "one", again=True)
    assert service.sent == []


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("proxy", "unreadable with status 502"),
        ("down", "unreadable with status 503"),
        ("flood", "unreadable with status 200"),
        ("list", "unreadable with status 200"),
        ("empty", "unreadable with status 200"),
        ("strange", "a word that is not documented"),
        ("limit", "LimitExceeded.DeliveryFrequencyLimit"),
        ("hangs-up", "could not be reached"),
        ("silent", "did not answer in time"),
    ],
)
async def test_what_goes_wrong_is_told_without_number_and_code(mood, words, caplog):
    caplog.set_level(logging.DEBUG)
    async with carrier(Service([mood]), timeout_seconds=0.5) as tencent:
        with pytest.raises(UnavailableError, match=words) as no:
            await tencent.send(NUMBER, CODE, "one")
    require_discreet(no.value, caplog)


async def test_a_number_that_gets_no_messages_is_refused(caplog):
    async with carrier(Service(["InvalidParameterValue.IncorrectPhoneNumber"])) as tencent:
        for number in (NUMBER, "+8657384012345"):
            with pytest.raises(RefusedError) as no:
                await tencent.send(number, CODE, "one")
            assert no.value.reason is Reason.MALFORMED
            require_discreet(no.value, caplog)


async def test_another_key_is_refused():
    async with carrier(Service(), secret=SecretStr("other")) as tencent:
        with pytest.raises(UnavailableError, match=r"AuthFailure\.SignatureFailure"):
            await tencent.send(NUMBER, CODE, "one")


async def test_a_clock_that_is_far_off_is_refused():
    service = Service(now=datetime(2026, 1, 1, tzinfo=UTC))
    async with serve(service) as endpoint:
        tencent = TencentCarrier(replace(ACCOUNT, endpoint=endpoint))
        with pytest.raises(UnavailableError, match=r"AuthFailure\.SignatureExpire"):
            await tencent.send(NUMBER, CODE, "one")
        await tencent.close()
