"""Issue role keys and ask them."""

from dataclasses import dataclass

from crypto.randomness import Randomness
from vote.account import rules
from vote.account.store import AccountStore
from vote.errors import Reason, RefusedError
from vote.role import Role

KEY_BYTES = 24
"""192 random bits."""


@dataclass(frozen=True, slots=True)
class AccountService:
    """Staff have one word for the installation; a registrar or trustee has a key for one election."""

    store: AccountStore
    staff_token: str
    rng: Randomness

    async def require(self, role: Role, key: str, election: str | None, slot: int | None) -> None:
        """Raise unless `key` grants `role`; for a trustee, as number `slot`.

        Raises:
            RefusedError: it does not.
        """
        if role is Role.STAFF:
            if rules.is_same_key(key, self.staff_token):
                return
        elif election is not None:
            found = await self.store.find_slot(election, role, rules.key_digest(key))
            if found is not None and slot in {None, found}:
                return
        raise RefusedError(Reason.NOT_ALLOWED, "This key does not open that: use the one handed out for this task.")

    async def issue(self, election: str, role: Role, slot: int = 1) -> str:
        """Make a key for `role`, number `slot`, in `election`; it is shown once and not kept."""
        key = self.rng(KEY_BYTES).hex()
        await self.store.add(election, role, slot, rules.key_digest(key))
        return key

    async def replace(self, election: str, role: Role, slot: int = 1) -> str:
        """Make a new key in the place of a lost one, which opens nothing from then on; it is shown once and not kept.

        Raises:
            RefusedError: there is no such place in this election.
        """
        key = self.rng(KEY_BYTES).hex()
        if not await self.store.replace(election, role, slot, rules.key_digest(key)):
            raise RefusedError(Reason.NOT_FOUND, f"This election has no {role} of number {slot}: look at its draft.")
        return key
