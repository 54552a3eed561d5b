"""What an OpenID Connect provider says about who signed in (OpenID Connect Core 1.0 §3.1.3.7).

Needs the extra `oidc`; nothing else loads this module. Pure: keys and time come in.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.jwk import KeySet

from vote.errors import Reason, RefusedError

ALGORITHMS = ("RS256", "ES256", "EdDSA", "PS256")
"""Signatures with keys that only the provider has; never `none`, never a shared word."""
LEEWAY_SECONDS = 60
_FAILED = "那边的登录没有成功，请从头再试一次。 Signing in there did not work: begin again."


def code_challenge(verifier: str) -> str:
    """Return what the provider is shown of the word by which it is later asked (RFC 7636, S256)."""
    return str(create_s256_code_challenge(verifier))


def require_subject(
    token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: datetime
) -> str:
    """Return who signed in, by the name that the provider keeps for them.

    Args:
        token: the ID token.
        keys: the provider's key set, as it publishes it.
        issuer: whose token it has to be.
        client_id: for whom it has to be made.
        nonce: what it has to answer.
        now: when.

    Raises:
        RefusedError: it is not such a token.
    """
    try:
        decoded = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
        options = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client_id},
            "sub": {"essential": True},
        }
        claims = CodeIDToken(decoded.claims, decoded.header, options, {"nonce": nonce, "client_id": client_id})
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
    except Exception:  # noqa: BLE001 - two libraries, each with many errors; whatever it is, nobody is signed in
        raise failed() from None
    subject = decoded.claims["sub"]
    if not isinstance(subject, str) or not subject:
        raise failed()
    return subject


def failed() -> RefusedError:
    """Return the one refusal of everything that goes wrong."""
    return RefusedError(Reason.NOT_ALLOWED, _FAILED)
