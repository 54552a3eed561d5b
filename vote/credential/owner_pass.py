"""A short-lived pass for whoever had letter and code, to say something as the owner: it opens nothing and casts nothing.

* It names the election, the entitlement and until when it holds, with a keyed digest over the three; nothing is kept.
* It travels in a request's body only, never in an address or a cookie.

>>> from datetime import UTC, datetime
>>> now = datetime(2026, 12, 1, tzinfo=UTC)
>>> read_pass(bytes(32), "DQB53CqA1UtMwz", issue_pass(bytes(32), "DQB53CqA1UtMwz", 7, now), now)
7
"""

import hmac
import re
from datetime import datetime, timedelta

from crypto.envelope import keyed_digest
from vote.errors import Reason, RefusedError

DOMAIN = "owner-pass"
TTL = timedelta(hours=1)
_FORM = re.compile(r"([1-9][0-9]{0,8})\.([0-9]{1,12})\.([0-9a-f]{64})", re.ASCII)


def issue_pass(key: bytes, uuid: str, entitlement: int, now: datetime) -> str:
    """Return a pass.

    Args:
        key: 32 bytes, for this purpose only.
        uuid: of the election.
        entitlement: its number in the roll, from 1.
        now: from when it holds, for an hour.
    """
    until = int((now + TTL).timestamp())
    return f"{entitlement}.{until}.{_digest(key, uuid, entitlement, until)}"


def read_pass(key: bytes, uuid: str, given: str, now: datetime) -> int:
    """Return the number of the entitlement that a pass is for.

    Raises:
        RefusedError: it is none of this election, or no longer holds.
    """
    parts = _FORM.fullmatch(given)
    if parts is not None:
        entitlement, until = int(parts[1]), int(parts[2])
        genuine = hmac.compare_digest(_digest(key, uuid, entitlement, until), parts[3])
        if genuine and now.timestamp() < until:
            return entitlement
    raise RefusedError(
        Reason.NOT_ALLOWED,
        "已经过了一小时，请用信和验证码再进来一次；也可以到社区当面说。 An hour has passed: come in again with letter and code, or say it at the community office.",
    )


def _digest(key: bytes, uuid: str, entitlement: int, until: int) -> str:
    return keyed_digest(key, DOMAIN, f"{uuid}/{entitlement}/{until}").hex()
