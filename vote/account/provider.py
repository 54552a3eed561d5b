"""Sign in through an OpenID Connect provider of the operator's choice (authorization code with PKCE).

* A provider opens no account by itself: its name for a person is linked on the page of an account that there is.
* What comes back belongs to the browser that was sent there, answers this one question, and is used once.
* The provider is asked over TLS; on the machine itself, as in tests, without.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from crypto.randomness import Randomness
from vote.account.key_store import KeyStore
from vote.account.person_store import PersonStore
from vote.config import Settings
from vote.db import database_now
from vote.errors import Reason, RefusedError, UnavailableError

BACK_WITHIN = timedelta(minutes=10)
SECONDS = 10
RETURN = "/sign-in/provider/return"
_PURPOSE = "provider"
_BYTES = 32
_UNLINKED = (
    "这个账号还没有关联。请先用指纹、人脸或备用码登录，在“我的账号”里关联。 "
    "This is not linked yet: sign in another way and link it on your account’s page."
)
_ANOTHERS = "这个账号已经关联给别人了。 This is linked to somebody else already."


@dataclass(frozen=True, slots=True)
class Client:
    """What this installation is at a provider."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    origin: str
    """Address of our pages."""


def client_of(settings: Settings) -> Client | None:
    """Return what this installation is at its provider; None without one."""
    if not settings.oidc_issuer:
        return None
    return Client(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret(), settings.public_url)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a browser is sent, and what it has to bring back besides."""

    address: str
    word: str
    """For a cookie."""


@dataclass(frozen=True, slots=True)
class Back:
    """Who came back, and where they go on."""

    account: int
    next: str
    linked: bool
    """Whether the account was signed in already and is linked now."""


@dataclass(frozen=True, slots=True)
class ProviderService:
    """The provider, if there is one."""

    store: KeyStore
    persons: PersonStore
    client: Client | None
    rng: Randomness

    async def send(self, onward: str, account: int | None) -> Sent:
        """Return where to sign in at the provider.

        Args:
            onward: where to go on afterwards.
            account: whose account is to be linked; None to sign in.

        Raises:
            RefusedError: there is no provider.
            UnavailableError: it does not answer.
        """
        client = self._require()
        found = await self._get(_discovery(client.issuer))
        if found.get("issuer") != client.issuer:
            raise UnavailableError("the provider calls itself something else than VOTE_OIDC_ISSUER")
        state, nonce, verifier, word = (self.rng(_BYTES).hex() for _ in range(4))
        body = {"nonce": nonce, "verifier": verifier, "browser": _digest(word), "next": onward}
        now = await database_now()
        await self.store.ask(_digest(state), _PURPOSE, account, json.dumps(body), now + BACK_WITHIN)
        query = {
            "response_type": "code",
            "client_id": client.client_id,
            "redirect_uri": client.origin + RETURN,
            "scope": "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": _tokens().code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        address = _require_safe(str(found["authorization_endpoint"]))
        return Sent(f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", word)

    async def finish(self, state: str, code: str, word: str) -> Back:
        """Return whose account came back from the provider.

        Args:
            state: which question is answered.
            code: what the provider gives its answer for.
            word: of the browser's cookie.

        Raises:
            RefusedError: nobody's, or not from this browser.
            UnavailableError: the provider does not answer.
        """
        client = self._require()
        now = await database_now()
        asked = await self.store.answer(_digest(state), _PURPOSE, now)
        if asked is None:
            raise _tokens().failed()
        body = json.loads(asked.body)
        if not hmac.compare_digest(body["browser"], _digest(word)):
            raise _tokens().failed()
        found = await self._get(_discovery(client.issuer))
        answer = await self._exchange(client, str(found["token_endpoint"]), code, body["verifier"])
        subject = _tokens().require_subject(
            str(answer.get("id_token", "")),
            await self._get(str(found["jwks_uri"])),
            issuer=client.issuer,
            client_id=client.client_id,
            nonce=body["nonce"],
            now=now,
        )
        if asked.account is not None:
            if not await self.store.link(asked.account, client.issuer, subject, now):
                raise RefusedError(Reason.CONFLICT, _ANOTHERS)
            return Back(asked.account, body["next"], linked=True)
        account = await self.store.identity(client.issuer, subject)
        if account is None or await self.persons.sealed_name(account) is None:
            raise RefusedError(Reason.NOT_ALLOWED, _UNLINKED)
        return Back(account, body["next"], linked=False)

    async def is_linked(self, account: int) -> bool:
        """Whether an account is linked to the provider."""
        return self.client is not None and await self.store.is_linked(account, self.client.issuer)

    async def unlink(self, account: int) -> None:
        """Let the provider sign an account in no longer.

        Raises:
            RefusedError: there is no provider.
        """
        await self.store.unlink(account, self._require().issuer)

    def _require(self) -> Client:
        if self.client is None:
            raise RefusedError(Reason.NOT_FOUND, "这里没有别的登录办法。 There is no provider here.")
        return self.client

    async def _exchange(self, client: Client, address: str, code: str, verifier: str) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": client.origin + RETURN,
            "code_verifier": verifier,
        }
        async with httpx.AsyncClient(timeout=SECONDS) as http:
            try:
                answer = await http.post(_require_safe(address), data=form, auth=(client.client_id, client.secret))
            except httpx.HTTPError as error:
                raise UnavailableError(f"the provider does not answer: {type(error).__name__}") from None
        if answer.is_server_error:
            raise UnavailableError(f"the provider answers {answer.status_code}")
        if not answer.is_success:
            raise _tokens().failed()
        return _object(answer)

    async def _get(self, address: str) -> Mapping[str, Any]:
        async with httpx.AsyncClient(timeout=SECONDS) as http:
            try:
                answer = (await http.get(_require_safe(address))).raise_for_status()
            except httpx.HTTPError as error:
                raise UnavailableError(f"the provider does not answer: {type(error).__name__}") from None
        return _object(answer)


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UnavailableError("the provider answers with something else than a JSON object")
    return found


def _tokens() -> Any:  # noqa: ANN401 - a module of the extra `oidc`, loaded where a provider is set only
    try:
        return import_module("vote.account.id_token")
    except ImportError:
        raise UnavailableError("VOTE_OIDC_ISSUER is set and the extra `oidc` is not installed") from None


def _discovery(issuer: str) -> str:
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def _require_safe(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise UnavailableError("the provider names an address without TLS")
    return address


def _digest(word: str) -> str:
    return hashlib.sha256(b"shanzhi provider 1\n" + word.encode()).hexdigest()
