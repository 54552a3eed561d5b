"""Asks for and judges time stamps as RFC 3161 has them: an authority's word that some bytes existed at a moment.

 * A stamp counts if a certificate that the installation trusts stands behind it, and if it is of these bytes and, when it
   was just asked for, of this question.
 * It proves that a checkpoint existed before a moment, not that it is the only one: that is what witnesses are for.

Follows RFC 3161, SHA-512. The client is `rfc3161-client`, an extra (`pip install 'shanzhi[stamps]'`).

Not here: when one is due, asking over HTTP (`stamping`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from vote.errors import Reason, RefusedError, UnavailableError


@dataclass(frozen=True, slots=True)
class Question:
    """A request for a stamp."""

    data: bytes
    """As it is sent (DER)."""
    nonce: int
    """What the answer repeats."""


def ask_for(data: bytes) -> Question:
    """Return the request for a stamp of `data`; the certificate is to come with it."""
    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA512).cert_request(cert_request=True)
    request = builder.build()
    assert request.nonce is not None
    return Question(request.as_bytes(), request.nonce)


def read_roots(data: bytes) -> tuple[Certificate, ...]:
    """Read the certificates that are trusted, in PEM.

    Raises:
        RefusedError: there is none.
    """
    try:
        return tuple(load_pem_x509_certificates(data))
    except ValueError:
        raise RefusedError(
            Reason.MALFORMED,
            "VOTE_LOG_STAMPS_ROOT_FILE holds no certificate in PEM: ask the time stamp authority for it.",
        ) from None


def verify_token(token: bytes, data: bytes, roots: Sequence[Certificate], nonce: int | None = None) -> datetime:
    """Return the moment at which `data` existed, as the authority says.

    Args:
        token: the answer (DER).
        data: what was stamped.
        roots: which certificates are trusted.
        nonce: of the question; None for a stamp that was kept.

    Raises:
        UnavailableError: it is no stamp of `data`, or nobody who is trusted stands behind it.
    """
    builder = VerifierBuilder(roots=list(roots), nonce=nonce)
    try:
        answer: TimeStampResponse = decode_timestamp_response(token)
        builder.build().verify_message(answer, data)
    except (ValueError, VerificationError) as error:
        raise UnavailableError(f"the time stamp authority's answer does not hold: {error}") from None
    return answer.tst_info.gen_time.astimezone(UTC)
