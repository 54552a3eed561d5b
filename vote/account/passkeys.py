"""Sign in by fingerprint, face or the phone's own lock: passkeys (W3C Web Authentication level 3).

* The device checks its owner, and its answer is signed for this site's name; nothing that could be passed on is typed.
* A challenge is answered once and within minutes.
* What goes wrong is one refusal, whatever it was: whoever tries learns nothing from it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.account.key_store import KeyStore, NewPasskey, StoredPasskey
from vote.account.person_store import PersonStore
from vote.account.site import NAME, Site
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.role import Visitor

CHALLENGE_BYTES = 32
ANSWERED_WITHIN = timedelta(minutes=5)
LABEL_LENGTH = 60
_REGISTER, _SIGN_IN = "register", "sign-in"
_FAILED = (
    "没有成功，请再试一次；还不行，就用打印的备用码登录。 This did not work: try again, or sign in with a printed code."
)
_LAST = (
    "这是最后一种登录办法，不能删除。请先添加别的设备，或者打印备用码。 "
    "This is the last way to sign in: add another device or print codes first."
)


@dataclass(frozen=True, slots=True)
class PasskeyService:
    """Passkeys of accounts."""

    store: KeyStore
    persons: PersonStore
    events: EventService
    site: Site
    rng: Randomness

    async def ask_for_new(self, handle: str, name: str, account: int | None = None) -> str:
        """Return what a browser needs to make a passkey, as JSON (`PublicKeyCredentialCreationOptionsJSON`).

        Args:
            handle: what passkeys know the account by, in hex.
            name: whose it is; the device shows it.
            account: the account, if there is one already.
        """
        known = await self.store.passkeys(account) if account is not None else []
        challenge = self.rng(CHALLENGE_BYTES)
        options = generate_registration_options(
            rp_id=self.site.name,
            rp_name=NAME,
            user_id=bytes.fromhex(handle),
            user_name=name,
            user_display_name=name,
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in known
            ],
        )
        await self._ask(challenge, _REGISTER, account, json.dumps({"handle": handle, "name": name}))
        return options_to_json(options)

    async def verify_new(self, answer: Mapping[str, Any], account: int | None = None) -> NewPasskey:
        """Check what a device made.

        Raises:
            RefusedError: it is not what was asked for.
        """
        challenge, asked, asked_account = await self._take(answer, _REGISTER)
        if asked_account != account:
            raise _failed()
        try:
            found = verify_registration_response(
                credential=dict(answer),
                expected_challenge=challenge,
                expected_rp_id=self.site.name,
                expected_origin=self.site.origin,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError):
            raise _failed() from None
        body = json.loads(asked)
        return NewPasskey(
            bytes_to_base64url(found.credential_id),
            found.credential_public_key,
            found.sign_count,
            body["handle"],
            body["name"],
        )

    async def keep(self, account: int, new: NewPasskey, label: str) -> None:
        """Let a passkey sign an account in.

        Raises:
            RefusedError: it is somebody's already.
        """
        now = await database_now()
        short = " ".join(label.split())[:LABEL_LENGTH]
        if not await self.store.add_passkey(account, new, short, now):
            raise _failed()

    async def add(self, visitor: Visitor, answer: Mapping[str, Any], label: str) -> None:
        """Add a passkey to the account of whoever is signed in.

        Raises:
            RefusedError: it is not what was asked for.
        """
        new = await self.verify_new(answer, visitor.account)
        async with transaction():
            await self.keep(visitor.account, new, label)
            await self.events.record(visitor, EventKind.PASSKEY_ADDED)

    async def remove(self, visitor: Visitor, passkey: int) -> None:
        """Take a passkey from an account; some way to sign in stays.

        Raises:
            RefusedError: there is none of this number, or it is the last way to sign in.
        """
        async with transaction():
            left = len(await self.store.passkeys(visitor.account)) - 1
            if not await self.store.remove_passkey(visitor.account, passkey):
                raise RefusedError(Reason.NOT_FOUND, "这个登录方式已经删除了。 It is removed already.")
            if left + await self.store.codes_left(visitor.account) < 1:
                raise RefusedError(Reason.WRONG_STATE, _LAST)
            await self.events.record(visitor, EventKind.PASSKEY_REMOVED)

    async def all(self, account: int) -> list[StoredPasskey]:
        """Return the passkeys of an account, the oldest first."""
        return await self.store.passkeys(account)

    async def ask_to_sign_in(self) -> str:
        """Return what a browser needs to sign in, as JSON (`PublicKeyCredentialRequestOptionsJSON`)."""
        challenge = self.rng(CHALLENGE_BYTES)
        options = generate_authentication_options(
            rp_id=self.site.name, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
        )
        await self._ask(challenge, _SIGN_IN, None, "")
        return options_to_json(options)

    async def sign_in(self, answer: Mapping[str, Any]) -> int:
        """Return whose account a device signs in.

        Raises:
            RefusedError: none.
        """
        challenge, _, _ = await self._take(answer, _SIGN_IN)
        passkey = await self.store.passkey(str(answer.get("id", "")))
        person = await self.persons.sealed_name(passkey.account) if passkey else None
        if passkey is None or person is None or _handle(answer) not in {"", person[0]}:
            raise _failed()
        try:
            found = verify_authentication_response(
                credential=dict(answer),
                expected_challenge=challenge,
                expected_rp_id=self.site.name,
                expected_origin=self.site.origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError):
            raise _failed() from None
        await self.store.use_passkey(passkey.id, found.new_sign_count, await database_now())
        return passkey.account

    async def _ask(self, challenge: bytes, purpose: str, account: int | None, body: str) -> None:
        now = await database_now()
        await self.store.forget_challenges(now)
        await self.store.ask(_digest(challenge), purpose, account, body, now + ANSWERED_WITHIN)

    async def _take(self, answer: Mapping[str, Any], purpose: str) -> tuple[bytes, str, int | None]:
        try:
            client = json.loads(base64url_to_bytes(answer["response"]["clientDataJSON"]))
            challenge = base64url_to_bytes(client["challenge"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise _failed() from None
        asked = await self.store.answer(_digest(challenge), purpose, await database_now())
        if asked is None:
            raise _failed()
        return challenge, asked.body, asked.account


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(b"shanzhi challenge 1\n" + challenge).hexdigest()


def _handle(answer: Mapping[str, Any]) -> str:
    """Return the account that a device names, in hex; empty if it names none."""
    try:
        return base64url_to_bytes(answer["response"]["userHandle"] or "").hex()
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _failed() -> RefusedError:
    return RefusedError(Reason.NOT_ALLOWED, _FAILED)
