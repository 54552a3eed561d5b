"""What Alibaba Cloud's message service says: taken, or refused with a word; and whether its records hold a message.

 * Taken is only what status 200 and the word OK say together.
 * A word is repeated only if it is one of letters and dots, as all of its documented words are: its sentences may hold
   numbers and codes.
 * A record that says that the message failed does not count as sent; one that waits for the network's receipt does.

Follows Dysmsapi 2017-05-25, the answers of SendSms and QuerySendDetails.

>>> decode_answer(200, b'{"Code":"OK","Message":"OK"}').taken
True
"""

import re
from http import HTTPStatus
from typing import Any, NamedTuple

from crypto.encoding import read_json, require_list, require_text, require_whole
from crypto.errors import MalformedError

_WORD = re.compile(r"[A-Za-z_.]{1,64}")
_STRANGE = "with a word that is not documented"
_FAILED = 2
"""SendStatus: 1 waits for the receipt, 2 failed, 3 arrived."""


class Answer(NamedTuple):
    """One answer."""

    taken: bool
    word: str
    """The service's own, as in isv.BUSINESS_LIMIT_CONTROL."""
    fields: dict[str, Any]


def decode_answer(status: int, body: bytes) -> Answer:
    """Read an answer.

    Raises:
        MalformedError: it is not JSON with a word.
    """
    what = "the carrier's answer"
    fields = read_json(body, what)
    if not isinstance(fields, dict):
        raise MalformedError(f"{what}: an object is expected")
    word = require_text(fields.get("Code"), f"{what}, Code")
    return Answer(
        status == HTTPStatus.OK and word == "OK",
        word if _WORD.fullmatch(word) else _STRANGE,
        fields,
    )


def has_sent(answer: Answer, reference: str) -> bool:
    """Whether the records in an answer hold the message of this reference, other than as failed.

    Raises:
        MalformedError: they are no records.
    """
    what = "the carrier's records"
    records = answer.fields.get("SmsSendDetailDTOs")
    if not isinstance(records, dict):
        raise MalformedError(f"{what}: an object is expected")
    return any(
        record.get("OutId") == reference and require_whole(record.get("SendStatus"), what) != _FAILED
        for record in require_list(records.get("SmsSendDetailDTO"), what)
        if isinstance(record, dict)
    )
