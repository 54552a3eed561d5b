"""A carrier that reaches real phones: Alibaba Cloud's short messages.

 * It takes approved sentences by their number and what goes into their blanks, never a text (`rules.carrier_sentence`).
 * The service does not tell a second try from a second message. So a try whose end is not known is looked up by its
   reference (`OutId`) before it is repeated, and is not repeated while the look-up fails. A record that the service has
   not written yet is not found: then an owner gets the same words twice.
 * Numbers and codes stand in the query, as the interface has it. Only the service's word for a refusal is repeated.

Follows Alibaba Cloud, Dysmsapi 2017-05-25, SendSms and QuerySendDetails, and its list of error codes.
Not here: where key and approved sentences are kept (`choice`), the signature (`acs3`).
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
from pydantic import SecretStr

from crypto.encoding import compact_json
from crypto.errors import MalformedError
from crypto.randomness import Randomness
from vote.clock import CHINA
from vote.errors import Reason, RefusedError, UnavailableError
from vote.message.acs3 import METHOD, Operation, canonical_query, signed_headers
from vote.message.answer import Answer, decode_answer, has_sent
from vote.message.exchange import exchange
from vote.message.rules import Kind, Message

ENDPOINT = "https://dysmsapi.aliyuncs.com"
VERSION = "2017-05-25"
TIMEOUT_SECONDS = 10
RECORDS = 50
"""Records a page, the most there are; a phone gets at most 40 messages a day."""
_MOBILE = re.compile(r"\+86(1[3-9][0-9]{9})")
_REFERENCE = re.compile(r"[A-Za-z0-9/_.-]{1,64}")
_NO_PHONE = "isv.MOBILE_NUMBER_ILLEGAL"
_LOOK_BACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Account:
    """What the service knows an installation by."""

    key_id: str
    secret: SecretStr
    sign_name: str
    """What stands in 【】 before each message, as approved."""
    templates: Mapping[Kind, str]
    """The number of each approved sentence."""
    endpoint: str = ENDPOINT


class AliyunCarrier:
    """Hands messages to Alibaba Cloud."""

    def __init__(
        self,
        account: Account,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        rng: Randomness = secrets.token_bytes,
    ) -> None:
        self._account = account
        self._address = httpx.URL(account.endpoint)
        self._timeout_seconds = timeout_seconds
        self._clock = clock
        self._rng = rng
        self._transport = httpx.AsyncHTTPTransport()

    async def send(self, number: str, message: Message, reference: str, *, again: bool = False) -> None:
        """Hand over one message (`Carrier.send`).

        Raises:
            UnavailableError: it was not taken, or that is not known; try again later.
            RefusedError: the number gets no short messages.
        """
        mobile = _MOBILE.fullmatch(number)
        if not mobile:
            raise RefusedError(Reason.MALFORMED, "Short messages go to mobile numbers only, written with +86.")
        assert _REFERENCE.fullmatch(reference), "a reference holds nothing but letters, digits and /_.-"
        if again and await self._has_sent(mobile[1], reference):
            return
        answer = await self._ask(
            "SendSms",
            {
                "PhoneNumbers": mobile[1],
                "SignName": self._account.sign_name,
                "TemplateCode": self._account.templates[message.kind],
                "TemplateParam": compact_json(message.blanks).decode(),
                "OutId": reference,
            },
        )
        if answer.word == _NO_PHONE:
            raise RefusedError(Reason.MALFORMED, "The carrier says that the number is no mobile number: correct it.")
        _require_taken(answer)

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _has_sent(self, mobile: str, reference: str) -> bool:
        """Whether the service has a record of this message, today or, shortly after midnight, yesterday."""
        now = self._clock().astimezone(CHINA)
        for day in sorted({f"{now:%Y%m%d}", f"{now - _LOOK_BACK:%Y%m%d}"}):
            answer = await self._ask(
                "QuerySendDetails",
                {"PhoneNumber": mobile, "SendDate": day, "PageSize": str(RECORDS), "CurrentPage": "1"},
            )
            _require_taken(answer)
            try:
                found = has_sent(answer, reference)
            except MalformedError:
                raise UnavailableError("the carrier's records cannot be read") from None
            if found:
                return True
        return False

    async def _ask(self, action: str, parameters: Mapping[str, str]) -> Answer:
        operation = Operation(self._address.netloc.decode(), action, VERSION, parameters)
        request = httpx.Request(
            METHOD,
            self._address.copy_with(path="/", query=canonical_query(parameters).encode()),
            headers=signed_headers(
                operation,
                self._account.key_id,
                self._account.secret.get_secret_value(),
                nonce=self._rng(16).hex(),
                now=self._clock(),
            ),
        )
        found = await exchange(self._transport, request, self._timeout_seconds)
        if isinstance(found, str):
            raise UnavailableError(f"the carrier {found}, and whether it took the message is not known")
        status, body = found
        try:
            return decode_answer(status, body)
        except MalformedError:
            raise UnavailableError(
                f"the carrier answered something unreadable with status {status}, and whether it took the message is "
                "not known"
            ) from None


def _require_taken(answer: Answer) -> None:
    if not answer.taken:
        raise UnavailableError(f"the carrier refused: {answer.word}")
