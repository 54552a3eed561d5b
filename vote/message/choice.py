"""Which carrier an installation has: `VOTE_MESSAGES` is `console`, `file:PATH`, `aliyun` or `tencent`, or is not set.

 * Console and file show codes, so they are refused unless this is a rehearsal: the demonstration, or an installation whose
   public address is this machine's own.
 * The key stands in a file of its own, two words: the AccessKey's id and secret (aliyun), SecretId and SecretKey (tencent).
 * What was approved stands in another, JSON: {"sign_name": "善治", "templates": {"code": "SMS_123456789", …}}, with the
   number of each sentence of `rules`, and `endpoint` where another than the usual is meant. For tencent the numbers are
   digits alone, and `app` is the SmsSdkAppId.
 * No refusal repeats what the files hold.

Not here: sending.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import SecretStr

from crypto.encoding import read_json, require_fields, require_text
from crypto.errors import MalformedError
from vote.errors import Reason, RefusedError
from vote.message import aliyun, tencent
from vote.message.aliyun import AliyunCarrier
from vote.message.carrier import Carrier, ConsoleCarrier, FileCarrier, NoCarrier
from vote.message.rules import Kind
from vote.message.tencent import TencentCarrier

_FILE = "file:"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SIGN_NAME = re.compile(r"[^\W_]{2,12}")
_TEMPLATE = re.compile(r"SMS_[0-9]{1,20}")
_NUMBER = re.compile(r"[0-9]{1,20}")
_ENDPOINT = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_KEY = re.compile(r"[A-Za-z0-9]{1,128}")
_WORDS = 2
_APPROVED = "what was approved"
_Account = TypeVar("_Account")


def is_rehearsal(public_url: str, *, demo: bool) -> bool:
    """Whether nobody votes for real here: under `vote demo`, or where only this machine reaches the pages."""
    return demo or urlsplit(public_url).hostname in _LOOPBACK


def open_carrier(chosen: str, *, rehearsal: bool, key_file: Path, approved_file: Path) -> Carrier:
    """Return the carrier that was chosen.

    Args:
        chosen: the setting; empty means none.
        rehearsal: whether codes may be shown (`is_rehearsal`).
        key_file: read for `aliyun` and `tencent` only.
        approved_file: the same.

    Raises:
        RefusedError: it is none of the four, it is not allowed here, or a file is missing or wrong.
    """
    if not chosen:
        return NoCarrier()
    if chosen == "aliyun":
        return AliyunCarrier(_read_account(chosen, decode_account, key_file, approved_file))
    if chosen == "tencent":
        return TencentCarrier(_read_account(chosen, decode_tencent, key_file, approved_file))
    if chosen != "console" and not (chosen.startswith(_FILE) and chosen != _FILE):
        raise RefusedError(Reason.MALFORMED, "VOTE_MESSAGES must be console, file:PATH, aliyun or tencent.")
    if not rehearsal:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "VOTE_MESSAGES shows codes to whoever reads them, which only a demonstration may: set it to aliyun or tencent.",
        )
    return ConsoleCarrier() if chosen == "console" else FileCarrier(Path(chosen.removeprefix(_FILE)))


def decode_account(key: bytes, approved: bytes) -> aliyun.Account:
    """Read what the two files hold for Alibaba Cloud.

    Raises:
        MalformedError: a file is not as it should be; the sentence names the field, never what stands there.
    """
    key_id, secret = _read_key(key, "the AccessKey's id and its secret")
    fields = _read_approved(approved, ("sign_name", "templates"))
    return aliyun.Account(
        key_id,
        secret,
        _sign_name(fields),
        _templates(fields, _TEMPLATE, "a number such as SMS_123456789"),
        _endpoint(fields, aliyun.ENDPOINT),
    )


def decode_tencent(key: bytes, approved: bytes) -> tencent.Account:
    """Read what the two files hold for Tencent Cloud.

    Raises:
        MalformedError: a file is not as it should be; the sentence names the field, never what stands there.
    """
    key_id, secret = _read_key(key, "SecretId and SecretKey")
    fields = _read_approved(approved, ("app", "sign_name", "templates"))
    return tencent.Account(
        key_id,
        secret,
        _require(_NUMBER, fields["app"], f"{_APPROVED}, app", "a number such as 1400006666"),
        _sign_name(fields),
        _templates(fields, _NUMBER, "a number such as 1234567"),
        _endpoint(fields, tencent.ENDPOINT),
    )


def _read_key(key: bytes, names: str) -> tuple[str, SecretStr]:
    words = key.decode("ascii", "replace").split()
    if len(words) != _WORDS or not all(_KEY.fullmatch(word) for word in words):
        raise MalformedError(f"the key: two words are expected, {names}")
    return words[0], SecretStr(words[1])


def _read_approved(approved: bytes, names: Sequence[str]) -> dict[str, Any]:
    return require_fields(read_json(approved, _APPROVED), names, _APPROVED, optional=("endpoint",))


def _sign_name(fields: Mapping[str, Any]) -> str:
    return _require(_SIGN_NAME, fields["sign_name"], f"{_APPROVED}, sign_name", "a name of 2 to 12 letters or digits")


def _templates(fields: Mapping[str, Any], pattern: re.Pattern[str], expected: str) -> dict[Kind, str]:
    templates = require_fields(fields["templates"], list(Kind), f"{_APPROVED}, templates")
    return {kind: _require(pattern, templates[kind], f"{_APPROVED}, templates, {kind}", expected) for kind in Kind}


def _endpoint(fields: Mapping[str, Any], usual: str) -> str:
    return _require(_ENDPOINT, fields.get("endpoint", usual), f"{_APPROVED}, endpoint", "https:// and a host")


def _require(pattern: re.Pattern[str], value: object, what: str, expected: str) -> str:
    text = require_text(value, what)
    if not pattern.fullmatch(text):
        raise MalformedError(f"{what}: {expected}, is expected")
    return text


def _read_account(
    chosen: str, decode: Callable[[bytes, bytes], _Account], key_file: Path, approved_file: Path
) -> _Account:
    try:
        return decode(key_file.read_bytes(), approved_file.read_bytes())
    except OSError as error:
        name = Path(str(error.filename)).name
        raise RefusedError(
            Reason.NOT_FOUND, f"The file {name} cannot be read, which VOTE_MESSAGES={chosen} needs."
        ) from None
    except MalformedError as error:
        raise RefusedError(Reason.MALFORMED, f"VOTE_MESSAGES={chosen}: {error}.") from None
