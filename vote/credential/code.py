"""Decides on one-time codes: when one may be sent, and whether what was typed opens the letter's second half.

 * Six digits, good for 600 seconds and five tries, kept as a keyed digest; digests are compared in constant time.
 * Of a credential only the latest code is live: whoever asks for another voids the one before.
 * The next one is sent no sooner than 60 seconds later; at most 5 in 24 hours for a credential and 10 for a phone, which
   is also what carriers let through.
 * A wrong guess must be counted even though it is refused: `try_code` returns the code as it is to be stored, and the
   refusal beside it. Store first, then raise.
 * The sentences are for owners; none repeats a code.

Not here: which phone gets it (`vote.phone.rules`), sending.

>>> from datetime import UTC, datetime
>>> now = datetime(2026, 12, 1, tzinfo=UTC)
>>> code = issue_code(digest_code(bytes(32), "DQB53CqA1UtMwz/1", "012345"), now)
>>> attempt = try_code(code, digest_code(bytes(32), "DQB53CqA1UtMwz/1", "012345"), now)
>>> attempt.refusal is None, attempt.code.used_at == now
(True, True)
"""

import hmac
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from crypto.envelope import keyed_digest
from crypto.randomness import Randomness
from vote.errors import Reason, RefusedError

DOMAIN = "one-time-code"
DIGITS = 6
TTL_SECONDS = 600
MOST_TRIES = 5
RESEND_SECONDS = 60
MOST_PER_CREDENTIAL = 5
"""Codes in 24 hours."""
MOST_PER_PHONE = 10
"""Codes in 24 hours, for all who share the phone."""
_DAY = timedelta(hours=24)
_SPAN = 10**DIGITS
_DRAW_BYTES = 3
_EVEN = 256**_DRAW_BYTES // _SPAN * _SPAN
"""Draws from here on would make some codes likelier than others."""
_ELSEWHERE = "不想等，可以带这封信到社区现场投。"
_ELSEWHERE_EN = "If you would rather not wait, take this letter to the community office and vote there."


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A code that was sent, as it is stored."""

    digest: str
    """64 hex digits."""
    issued_at: datetime
    expires_at: datetime
    tries: int = 0
    """Wrong guesses so far."""
    used_at: datetime | None = None


class Attempt(NamedTuple):
    """What became of a guess."""

    code: OneTimeCode
    """To be stored, whether refused or not."""
    refusal: RefusedError | None
    """To be raised, once the code is stored for good."""


def generate_code(rng: Randomness) -> str:
    """Draw six digits, all codes equally likely."""
    while (drawn := int.from_bytes(rng(_DRAW_BYTES), "big")) >= _EVEN:
        pass
    return f"{drawn % _SPAN:0{DIGITS}}"


def read_code(typed: str) -> str:
    """Return the six digits that somebody typed, be they wide or spaced.

    Raises:
        RefusedError: they are not six digits.
    """
    wide = unicodedata.normalize("NFKC", typed)
    text = "".join(letter for letter in wide if unicodedata.category(letter)[0] not in "ZCP")
    if len(text) != DIGITS or not text.isascii() or not text.isdecimal():
        raise RefusedError(
            Reason.MALFORMED,
            "验证码是6位数字。请看最近一条短信，再输一次。 The code has 6 digits: look at the last message and type it again.",
        )
    return text


def digest_code(key: bytes, context: str, code: str) -> str:
    """Return the digest, in hex, under which a code is kept.

    Args:
        key: 32 bytes, for this purpose only.
        context: the one credential the code is for, as `uuid/entitlement number`.
        code: six digits.
    """
    return keyed_digest(key, DOMAIN, f"{context}/{code}").hex()


def issue_code(digest: str, now: datetime) -> OneTimeCode:
    """Return a fresh code."""
    return OneTimeCode(digest, now, now + timedelta(seconds=TTL_SECONDS))


def require_sendable(for_credential: Sequence[datetime], for_phone: Sequence[datetime], now: datetime) -> None:
    """Raise unless another code may be sent now.

    Args:
        for_credential: when codes were sent for the credential, at least those of the last 24 hours, in any order.
        for_phone: the same for the phone, whatever the credential.
        now: the moment of asking.

    Raises:
        RefusedError: too soon, or too many.
    """
    waited = now - max((*for_credential, *for_phone), default=now - _DAY)
    if waited < timedelta(seconds=RESEND_SECONDS):
        left = math.ceil(RESEND_SECONDS - waited.total_seconds())
        raise _refusal(
            f"验证码刚发过。没收到，请过{left}秒再点【重新获取】。",
            f"A code was just sent. If none comes, press “Send it again” in {left} seconds.",
        )
    if sum(now - sent < _DAY for sent in for_credential) >= MOST_PER_CREDENTIAL:
        raise _refusal(
            f"24小时内已发过{MOST_PER_CREDENTIAL}次验证码，请明天再来。{_ELSEWHERE}",
            f"{MOST_PER_CREDENTIAL} codes were sent within 24 hours; please come back tomorrow. {_ELSEWHERE_EN}",
        )
    if sum(now - sent < _DAY for sent in for_phone) >= MOST_PER_PHONE:
        raise _refusal(
            f"这个手机24小时内收的验证码太多了，请明天再来。{_ELSEWHERE}",
            f"This phone got too many codes within 24 hours; please come back tomorrow. {_ELSEWHERE_EN}",
        )


def try_code(code: OneTimeCode, digest: str, now: datetime) -> Attempt:
    """Decide on a guess.

    Args:
        code: the credential's latest.
        digest: of what was typed (`digest_code`).
        now: the moment of the guess.
    """
    if code.used_at is not None:
        return Attempt(
            code, _refusal("这个验证码已经用过了。请点【重新获取】。", "This code was used already: get another.")
        )
    if now >= code.expires_at:
        return Attempt(
            code,
            _refusal(
                "验证码过了10分钟，已经失效。请点【重新获取】。", "This code is older than 10 minutes: get another."
            ),
        )
    if code.tries >= MOST_TRIES:
        return Attempt(code, _void())
    if hmac.compare_digest(code.digest, digest):
        return Attempt(replace(code, used_at=now), None)
    wrong = replace(code, tries=code.tries + 1)
    left = MOST_TRIES - wrong.tries
    if not left:
        return Attempt(wrong, _void())
    zh = f"验证码不对，还可以试{left}次。请看最近一条短信。"
    return Attempt(wrong, _refusal(zh, f"That is not the code; tries left: {left}. Look at the last message."))


def _void() -> RefusedError:
    return _refusal(
        f"输错了{MOST_TRIES}次，这个验证码作废。请点【重新获取】。",
        f"It was typed wrong {MOST_TRIES} times and is void: get another.",
    )


def _refusal(zh: str, en: str) -> RefusedError:
    sentence = f"{zh} {en}"
    return RefusedError(Reason.NOT_ALLOWED, sentence)
