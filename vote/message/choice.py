"""Which carrier an installation has: `VOTE_MESSAGES` is `console`, `file:PATH` or `aliyun`, or is not set.

 * Console and file show codes, so they are refused unless this is a rehearsal: the demonstration, or an installation whose
   public address is this machine's own.
 * The key stands in a file of its own: the AccessKey's id and secret, two words.
 * What was approved stands in another, JSON: {"sign_name": "善治", "templates": {"code": "SMS_123456789", …}}, with the
   number of each sentence of `rules`, and `endpoint` where another than the usual is meant.
 * No refusal repeats what the files hold.

Not here: sending.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from crypto.encoding import read_json, require_fields, require_text
from crypto.errors import MalformedError
from vote.errors import Reason, RefusedError
from vote.message.aliyun import ENDPOINT, Account, AliyunCarrier
from vote.message.carrier import Carrier, ConsoleCarrier, FileCarrier, NoCarrier
from vote.message.rules import Kind

_FILE = "file:"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SIGN_NAME = re.compile(r"[^\W_]{2,12}")
_TEMPLATE = re.compile(r"SMS_[0-9]{1,20}")
_ENDPOINT = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_KEY = re.compile(r"[A-Za-z0-9]{1,128}")
_WORDS = 2


def is_rehearsal(public_url: str, *, demo: bool) -> bool:
    """Whether nobody votes for real here: under `vote demo`, or where only this machine reaches the pages."""
    return demo or urlsplit(public_url).hostname in _LOOPBACK


def open_carrier(chosen: str, *, rehearsal: bool, key_file: Path, approved_file: Path) -> Carrier:
    """Return the carrier that was chosen.

    Args:
        chosen: the setting; empty means none.
        rehearsal: whether codes may be shown (`is_rehearsal`).
        key_file: read for `aliyun` only.
        approved_file: the same.

    Raises:
        RefusedError: it is none of the three, it is not allowed here, or a file is missing or wrong.
    """
    if not chosen:
        return NoCarrier()
    if chosen == "aliyun":
        return AliyunCarrier(_read_account(key_file, approved_file))
    if chosen != "console" and not (chosen.startswith(_FILE) and chosen != _FILE):
        raise RefusedError(Reason.MALFORMED, "VOTE_MESSAGES must be console, file:PATH or aliyun.")
    if not rehearsal:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "VOTE_MESSAGES shows codes to whoever reads them, which only a demonstration may: set it to aliyun.",
        )
    return ConsoleCarrier() if chosen == "console" else FileCarrier(Path(chosen.removeprefix(_FILE)))


def decode_account(key: bytes, approved: bytes) -> Account:
    """Read what the two files hold.

    Raises:
        MalformedError: a file is not as it should be; the sentence names the field, never what stands there.
    """
    words = key.decode("ascii", "replace").split()
    if len(words) != _WORDS or not all(_KEY.fullmatch(word) for word in words):
        raise MalformedError("the key: two words are expected, the AccessKey's id and its secret")
    what = "what was approved"
    fields = require_fields(read_json(approved, what), ("sign_name", "templates"), what, optional=("endpoint",))
    templates = require_fields(fields["templates"], list(Kind), f"{what}, templates")
    for kind in Kind:
        _require(_TEMPLATE, templates[kind], f"{what}, templates, {kind}", "a number such as SMS_123456789")
    endpoint = fields.get("endpoint", ENDPOINT)
    return Account(
        words[0],
        SecretStr(words[1]),
        _require(_SIGN_NAME, fields["sign_name"], f"{what}, sign_name", "a name of 2 to 12 letters or digits"),
        {kind: templates[kind] for kind in Kind},
        _require(_ENDPOINT, endpoint, f"{what}, endpoint", "https:// and a host"),
    )


def _require(pattern: re.Pattern[str], value: object, what: str, expected: str) -> str:
    text = require_text(value, what)
    if not pattern.fullmatch(text):
        raise MalformedError(f"{what}: {expected}, is expected")
    return text


def _read_account(key_file: Path, approved_file: Path) -> Account:
    try:
        return decode_account(key_file.read_bytes(), approved_file.read_bytes())
    except OSError as error:
        name = Path(str(error.filename)).name
        raise RefusedError(
            Reason.NOT_FOUND, f"The file {name} cannot be read, which VOTE_MESSAGES=aliyun needs."
        ) from None
    except MalformedError as error:
        raise RefusedError(Reason.MALFORMED, f"VOTE_MESSAGES=aliyun: {error}.") from None
