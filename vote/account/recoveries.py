"""Sign in by a code on paper, once; make new codes, which makes the older ones worthless."""

from dataclasses import dataclass

from crypto.randomness import Randomness
from vote.account import recovery_code
from vote.account.events import EventKind, EventService
from vote.account.key_store import KeyStore
from vote.account.person_store import PersonStore
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.role import Visitor

_FORM = "备用码是25位字母和数字，请照着纸再输一次。 A code has 25 letters and digits: type it again as it is printed."
_NONE = "这个备用码不对，或者已经用过了。请换一个没用过的。 This code is wrong or used: take another one."


@dataclass(frozen=True, slots=True)
class RecoveryService:
    """Recovery codes of accounts."""

    store: KeyStore
    persons: PersonStore
    events: EventService
    rng: Randomness

    async def renew(self, visitor: Visitor) -> tuple[str, ...]:
        """Return new codes for whoever is signed in; they are shown once and not kept."""
        async with transaction():
            codes = await self.make(visitor.account)
            await self.events.record(visitor, EventKind.RECOVERY_MADE, count=len(codes))
        return codes

    async def make(self, account: int) -> tuple[str, ...]:
        """Return new codes for an account."""
        codes = tuple(recovery_code.generate_code(self.rng) for _ in range(recovery_code.NUMBER))
        digests = [recovery_code.code_digest(code) for code in codes]
        await self.store.replace_codes(account, digests, await database_now())
        return codes

    async def left(self, account: int) -> int:
        """Return how many unused codes an account has."""
        return await self.store.codes_left(account)

    async def sign_in(self, typed: str) -> int:
        """Use a code up; return whose account it opens.

        Raises:
            RefusedError: it is no code, or opens nothing.
        """
        code = recovery_code.read_code(typed)
        if code is None:
            raise RefusedError(Reason.MALFORMED, _FORM)
        account = await self.store.use_code(recovery_code.code_digest(code), await database_now())
        if account is None or await self.persons.sealed_name(account) is None:
            raise RefusedError(Reason.NOT_ALLOWED, _NONE)
        return account
