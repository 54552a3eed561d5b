"""Queries about what opens an account: passkeys, their challenges, recovery codes, names at a provider."""

from dataclasses import dataclass
from datetime import datetime

from vote.account.models import Challenge, Identity, Passkey, RecoveryCode
from vote.db import fits


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a device has just made, checked."""

    credential: str
    """Base64url without padding."""
    public_key: bytes
    sign_count: int
    handle: str
    """Of the account that it was made for, in hex."""
    name: str


@dataclass(frozen=True, slots=True)
class StoredPasskey:
    """A passkey's public part."""

    id: int
    account: int
    credential: str
    """Base64url without padding."""
    public_key: bytes
    sign_count: int
    label: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredChallenge:
    """What was asked."""

    account: int | None
    body: str


class KeyStore:
    """What opens accounts, in the database."""

    async def ask(self, digest: str, purpose: str, account: int | None, body: str, expires_at: datetime) -> None:
        """Keep a challenge."""
        await Challenge.create(digest=digest, purpose=purpose, account_id=account, body=body, expires_at=expires_at)

    async def answer(self, digest: str, purpose: str, now: datetime) -> StoredChallenge | None:
        """Take a challenge out, so that it is answered once; None if there is none or its time is over."""
        row = await Challenge.get_or_none(digest=digest, purpose=purpose)
        if row is None or await Challenge.filter(id=row.id).delete() != 1 or row.expires_at <= now:
            return None
        return StoredChallenge(row.account_id, row.body)  # type: ignore[attr-defined]

    async def forget_challenges(self, now: datetime) -> None:
        """Remove those whose time is over."""
        await Challenge.filter(expires_at__lte=now).delete()

    async def add_passkey(self, account: int, new: NewPasskey, label: str, now: datetime) -> bool:
        """Keep a new passkey; return whether it is new."""
        if await Passkey.filter(credential=new.credential).exists():
            return False
        await Passkey.create(
            account_id=account,
            credential=new.credential,
            public_key=new.public_key,
            sign_count=new.sign_count,
            label=label,
            added_at=now,
        )
        return True

    async def passkey(self, credential: str) -> StoredPasskey | None:
        """Return a passkey by its name."""
        row = await Passkey.get_or_none(credential=credential) if fits(Passkey, "credential", credential) else None
        return _stored(row) if row else None

    async def passkeys(self, account: int) -> list[StoredPasskey]:
        """Return the passkeys of an account, the oldest first."""
        return [_stored(row) for row in await Passkey.filter(account_id=account).order_by("id")]

    async def use_passkey(self, passkey: int, sign_count: int, now: datetime) -> None:
        """Write down that a passkey signed in."""
        await Passkey.filter(id=passkey).update(sign_count=sign_count, used_at=now)

    async def remove_passkey(self, account: int, passkey: int) -> bool:
        """Remove a passkey of an account; return whether there was one."""
        return await Passkey.filter(id=passkey, account_id=account).delete() == 1

    async def replace_codes(self, account: int, digests: list[str], now: datetime) -> None:
        """Make all codes of an account worthless and keep new ones."""
        await RecoveryCode.filter(account_id=account, used_at=None).update(used_at=now)
        for digest in digests:
            await RecoveryCode.create(account_id=account, digest=digest, made_at=now)

    async def use_code(self, digest: str, now: datetime) -> int | None:
        """Use a code up; return whose it was, None if it opens nothing."""
        row = await RecoveryCode.get_or_none(digest=digest, used_at=None)
        if row is None or await RecoveryCode.filter(id=row.id, used_at=None).update(used_at=now) != 1:
            return None
        account: int = row.account_id  # type: ignore[attr-defined]
        return account

    async def codes_left(self, account: int) -> int:
        """Return how many unused codes an account has."""
        return await RecoveryCode.filter(account_id=account, used_at=None).count()

    async def identity(self, issuer: str, subject: str) -> int | None:
        """Return the account of a name at a provider."""
        if not fits(Identity, "subject", subject):
            return None
        row = await Identity.get_or_none(issuer=issuer, subject=subject)
        return row.account_id if row else None  # type: ignore[attr-defined]

    async def link(self, account: int, issuer: str, subject: str, now: datetime) -> bool:
        """Link a name at a provider to an account; return whether it is linked to this account now."""
        row, _ = await Identity.get_or_create({"account_id": account, "linked_at": now}, issuer=issuer, subject=subject)
        return bool(row.account_id == account)  # type: ignore[attr-defined]

    async def is_linked(self, account: int, issuer: str) -> bool:
        """Whether an account has a name at a provider."""
        return await Identity.filter(account_id=account, issuer=issuer).exists()

    async def unlink(self, account: int, issuer: str) -> None:
        """Take an account's name at a provider away."""
        await Identity.filter(account_id=account, issuer=issuer).delete()


def _stored(row: Passkey) -> StoredPasskey:
    return StoredPasskey(
        row.id,
        row.account_id,  # type: ignore[attr-defined]
        row.credential,
        bytes(row.public_key),
        row.sign_count,
        row.label,
        row.added_at,
        row.used_at,
    )
