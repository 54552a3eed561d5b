"""Keeps the request to open one named ballot, signed by the platform that has logged it.

 * A ballot is opened on its owner's request, in an objection about it, or on lawful demand, and for nothing else.
 * It says whether a message went to the owner's phone; if none did, the office has to tell the owner.
 * `vote office open` shows one ballot for one request, so it opens nothing that is not in the log.

Follows product.md §2.5. Not here: opening (`crypto.opened_ballot`).
"""

import base64
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import rfc8785

from crypto.election import require_uuid
from crypto.encoding import read_json, require_fields, require_text, require_truth, require_whole
from crypto.errors import MalformedError
from crypto.signature import decode_signature, encode_signature, verify_signature
from vote.canonical import spells

DOMAIN = "opening-request/1"
VERSION = 1
_WHAT = "the request"
_FIELDS = ("version", "election", "fingerprint", "number", "tracker", "reason", "requested_at", "told")


class OpeningReason(StrEnum):
    """Why a ballot is opened."""

    OWNER_REQUEST = "owner-request"
    OBJECTION = "objection"
    LAWFUL_DEMAND = "lawful-demand"


@dataclass(frozen=True, slots=True)
class OpeningRequest:
    """That one ballot is to be opened."""

    election: str
    fingerprint: str
    number: int
    """Which request of the election it is, from 1."""
    tracker: str
    reason: OpeningReason
    requested_at: str
    """UTC, RFC 3339."""
    told: bool
    """Whether a message to the owner's confirmed phone was written with it."""


def encode_request(request: OpeningRequest) -> bytes:
    """Write the bytes that are signed."""
    return rfc8785.dumps(
        {
            "version": VERSION,
            "election": request.election,
            "fingerprint": request.fingerprint,
            "number": request.number,
            "tracker": request.tracker,
            "reason": str(request.reason),
            "requested_at": request.requested_at,
            "told": request.told,
        }
    )


def encode_signed_request(request: bytes, signature: bytes) -> bytes:
    """Write the document that is brought to the office."""
    return rfc8785.dumps({"request": base64.b64encode(request).decode(), "signature": encode_signature(signature)})


def read_signed_request(data: bytes, key: bytes) -> OpeningRequest:
    """Read a document that the platform with the public key `key` signed.

    Raises:
        MalformedError: it is none, or in another spelling.
        VerificationError: the platform did not sign it.
    """
    fields = require_fields(read_json(data, _WHAT), ("request", "signature"), _WHAT)
    text = require_text(fields["request"], f"{_WHAT}, request")
    try:
        payload = base64.b64decode(text, validate=True)
    except ValueError:
        raise MalformedError(f"{_WHAT}: Base64 is expected") from None
    verify_signature(key, DOMAIN, payload, decode_signature(fields["signature"]))
    return _decode(payload)


def _decode(payload: bytes) -> OpeningRequest:
    fields: dict[str, Any] = require_fields(read_json(payload, _WHAT), _FIELDS, _WHAT)
    reason = require_text(fields["reason"], f"{_WHAT}, reason")
    if reason not in set(OpeningReason):
        raise MalformedError(f"{_WHAT}, reason: one of {', '.join(OpeningReason)} is expected")
    request = OpeningRequest(
        require_uuid(fields["election"]),
        require_text(fields["fingerprint"], f"{_WHAT}, fingerprint"),
        require_whole(fields["number"], f"{_WHAT}, number", minimum=1),
        require_text(fields["tracker"], f"{_WHAT}, tracker"),
        OpeningReason(reason),
        require_text(fields["requested_at"], f"{_WHAT}, requested_at"),
        require_truth(fields["told"], f"{_WHAT}, told"),
    )
    if not spells(payload, lambda: encode_request(request)):
        raise MalformedError(f"{_WHAT}: not in canonical spelling (RFC 8785), or of an unknown version")
    return request
