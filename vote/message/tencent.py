"""A carrier that reaches real phones: Tencent Cloud's short messages.

 * It takes approved sentences by their number and what goes into their blanks, in order (`rules.numbered_sentence`).
 * The service does not tell a second try from a second message. So a try whose end is not known is looked up by its
   reference (`SessionContext`) before it is repeated, and is not repeated while the look-up fails. The service lists a
   message only once the network reported on it: before that an owner may get the same words twice.
 * Taken is only what status 200 and the number's own word Ok say together. Only words are repeated, never sentences,
   which may hold numbers and codes.

Follows Tencent Cloud, SMS 2021-01-11, SendSms and PullSmsSendStatusByPhoneNumber, and its list of error codes.
Not here: where key and approved sentences are kept (`choice`), the signature (`tc3`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr

from crypto.encoding import compact_json, read_json, require_list, require_text
from crypto.errors import MalformedError
from vote.errors import Reason, RefusedError, UnavailableError
from vote.message.exchange import exchange
from vote.message.rules import Kind, Message, blanks_of
from vote.message.tc3 import METHOD, Operation, signed_headers

ENDPOINT = "https://sms.tencentcloudapi.com"
SERVICE = "sms"
VERSION = "2021-01-11"
REGION = "ap-guangzhou"
TIMEOUT_SECONDS = 10
RECORDS = 100
_MOBILE = re.compile(r"\+861[3-9][0-9]{9}")
_REFERENCE = re.compile(r"[A-Za-z0-9/_.-]{1,64}")
_WORD = re.compile(r"[A-Za-z_.]{1,64}")
_STRANGE = "with a word that is not documented"
_TAKEN = "Ok"
_NO_PHONE = "InvalidParameterValue.IncorrectPhoneNumber"
_FAILED = "FAIL"
_LOOK_BACK = timedelta(days=1)
_WHAT = "the carrier's answer"
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Account:
    """What the service knows an installation by."""

    key_id: str
    secret: SecretStr
    app: str
    """SmsSdkAppId."""
    sign_name: str
    """What stands in 【】 before each message, as approved."""
    templates: Mapping[Kind, str]
    """The number of each approved sentence."""
    endpoint: str = ENDPOINT


class TencentCarrier:
    """Hands messages to Tencent Cloud."""

    def __init__(
        self,
        account: Account,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._account = account
        self._address = httpx.URL(account.endpoint)
        self._timeout_seconds = timeout_seconds
        self._clock = clock
        self._transport = httpx.AsyncHTTPTransport()

    async def send(self, number: str, message: Message, reference: str, *, again: bool = False) -> None:
        """Hand over one message (`Carrier.send`).

        Raises:
            UnavailableError: it was not taken, or that is not known; try again later.
            RefusedError: the number gets no short messages.
        """
        if not _MOBILE.fullmatch(number):
            raise RefusedError(Reason.MALFORMED, "Short messages go to mobile numbers only, written with +86.")
        assert _REFERENCE.fullmatch(reference), "a reference holds nothing but letters, digits and /_.-"
        if again and await self._has_sent(number, reference):
            return
        word = await self._ask(
            "SendSms",
            {
                "PhoneNumberSet": [number],
                "SmsSdkAppId": self._account.app,
                "SignName": self._account.sign_name,
                "TemplateId": self._account.templates[message.kind],
                "TemplateParamSet": [message.blanks[blank] for blank in blanks_of(message.kind)],
                "SessionContext": reference,
            },
            _read_taken,
        )
        if word == _NO_PHONE:
            raise RefusedError(Reason.MALFORMED, "The carrier says that the number is no mobile number: correct it.")
        if word != _TAKEN:
            raise UnavailableError(f"the carrier refused: {word}")

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _has_sent(self, number: str, reference: str) -> bool:
        """Whether the service has a record of this message since yesterday, other than as failed."""
        now = self._clock()
        records = await self._ask(
            "PullSmsSendStatusByPhoneNumber",
            {
                "PhoneNumber": number,
                "SmsSdkAppId": self._account.app,
                "BeginTime": int((now - _LOOK_BACK).timestamp()),
                "EndTime": int(now.timestamp()),
                "Offset": 0,
                "Limit": RECORDS,
            },
            _read_records,
        )
        return any(
            record.get("SessionContext") == reference and record.get("ReportStatus") != _FAILED for record in records
        )

    async def _ask(
        self, action: str, parameters: Mapping[str, object], read: Callable[[dict[str, Any]], _Read]
    ) -> _Read:
        body = compact_json(dict(parameters))
        operation = Operation(self._address.netloc.decode(), SERVICE, action, VERSION, REGION, body)
        headers = signed_headers(
            operation, self._account.key_id, self._account.secret.get_secret_value(), now=self._clock()
        )
        request = httpx.Request(METHOD, self._address.copy_with(path="/"), headers=headers, content=body)
        found = await exchange(self._transport, request, self._timeout_seconds)
        if isinstance(found, str):
            raise UnavailableError(f"the carrier {found}, and whether it took the message is not known")
        status, answer = found
        try:
            return read(_decode(status, answer))
        except MalformedError:
            raise UnavailableError(
                f"the carrier answered something unreadable with status {status}, and whether it took the message is "
                "not known"
            ) from None


def _decode(status: int, body: bytes) -> dict[str, Any]:
    """Return what stands in an answer of the service.

    Raises:
        MalformedError: it is none.
        UnavailableError: it refuses the whole request.
    """
    response = _require_object(_require_object(read_json(body, _WHAT)).get("Response"))
    if "Error" in response:
        word = _word(_require_object(response["Error"]).get("Code"))
        raise UnavailableError(f"the carrier refused: {word}")
    if status != HTTPStatus.OK:
        raise MalformedError(f"{_WHAT}: its status does not go with it")
    return response


def _read_taken(response: dict[str, Any]) -> str:
    """Return the word for the one number."""
    statuses = require_list(response.get("SendStatusSet"), _WHAT)
    if len(statuses) != 1:
        raise MalformedError(f"{_WHAT}: one number is expected")
    return _word(_require_object(statuses[0]).get("Code"))


def _read_records(response: dict[str, Any]) -> list[dict[str, Any]]:
    return [_require_object(each) for each in require_list(response.get("PullSmsSendStatusSet"), _WHAT)]


def _require_object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedError(f"{_WHAT}: an object is expected")
    return value


def _word(value: object) -> str:
    word = require_text(value, f"{_WHAT}, Code")
    return word if _WORD.fullmatch(word) else _STRANGE
