"""Signs a request to Tencent Cloud, whose services take everything in a JSON body.

 * Signed are host, type and body; a time that is more than five minutes off is refused there.
 * The key is never used itself but derived for one day and one service.

Follows Tencent Cloud, "Signature v3" (TC3-HMAC-SHA256). Not here: what is asked of which service (`tencent`).
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

ALGORITHM = "TC3-HMAC-SHA256"
METHOD = "POST"
_TYPE = "application/json; charset=utf-8"
_SIGNED = "content-type;host"


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked for."""

    host: str
    service: str
    action: str
    version: str
    region: str
    body: bytes


def signed_headers(operation: Operation, key_id: str, secret: str, *, now: datetime) -> dict[str, str]:
    """Return the headers of a request to `/`, the signature among them.

    Args:
        operation: what is asked for.
        key_id: the SecretId, which is public.
        secret: the SecretKey.
        now: UTC.
    """
    moment = now.astimezone(UTC)
    seconds, day = str(int(moment.timestamp())), f"{moment:%Y-%m-%d}"
    lines = f"content-type:{_TYPE}\nhost:{operation.host}\n"
    canonical = "\n".join([METHOD, "/", "", lines, _SIGNED, hashlib.sha256(operation.body).hexdigest()])
    scope = f"{day}/{operation.service}/tc3_request"
    signed = "\n".join([ALGORITHM, seconds, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"TC3{secret}".encode()
    for word in (day, operation.service, "tc3_request"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, signed.encode(), hashlib.sha256).hexdigest()
    return {
        "authorization": f"{ALGORITHM} Credential={key_id}/{scope}, SignedHeaders={_SIGNED}, Signature={signature}",
        "content-type": _TYPE,
        "host": operation.host,
        "x-tc-action": operation.action,
        "x-tc-timestamp": seconds,
        "x-tc-version": operation.version,
        "x-tc-region": operation.region,
    }
