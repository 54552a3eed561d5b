"""Signs a request to Alibaba Cloud, whose services of the RPC style take everything in the query.

 * Each request has its own nonce, and a time that may be at most 15 minutes off.
 * What is signed is what is sent: `canonical_query` writes the query for both.

Follows Alibaba Cloud, "V3 request structure and signature" (ACS3-HMAC-SHA256); RFC 3986 for what is escaped.
Not here: what is asked of which service (`aliyun`).

>>> canonical_query({"b": "a b*~", "a": "善"})
'a=%E5%96%84&b=a%20b%2A~'
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"
METHOD = "POST"
_EMPTY_BODY = hashlib.sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked for."""

    host: str
    action: str
    version: str
    parameters: Mapping[str, str]


def canonical_query(parameters: Mapping[str, str]) -> str:
    """Write parameters in the order of their names, all but letters, digits and `-_.~` escaped."""
    return "&".join(f"{quote(name, safe='')}={quote(parameters[name], safe='')}" for name in sorted(parameters))


def signed_headers(operation: Operation, key_id: str, secret: str, *, nonce: str, now: datetime) -> dict[str, str]:
    """Return the headers of a request without a body to `/`, the signature among them.

    Args:
        operation: what is asked for.
        key_id: the AccessKey's id, which is public.
        secret: the AccessKey's secret.
        nonce: never used before with this key.
        now: UTC.
    """
    headers = {
        "host": operation.host,
        "x-acs-action": operation.action,
        "x-acs-content-sha256": _EMPTY_BODY,
        "x-acs-date": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": operation.version,
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    canonical = "\n".join([METHOD, "/", canonical_query(operation.parameters), lines, names, _EMPTY_BODY])
    signed = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest()
    return {**headers, "authorization": f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"}
