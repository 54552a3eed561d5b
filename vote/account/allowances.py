"""Limit how often something is tried, by one mechanism for all: signing in, printed codes, invitations.

* Who tries is kept as a keyed digest only, as of an address of the network.
* A try is written down before it is known whether it was right, so that a crash gives nobody a free one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from crypto.envelope import keyed_digest
from vote.account.allowance import TRY, Allowance, refill, wait
from vote.account.allowance_store import AllowanceStore
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError


class Tried(StrEnum):
    """What is tried."""

    SIGN_IN = "sign-in"
    RECOVERY_CODE = "recovery-code"
    INVITATION = "invitation"


ALLOWED: Mapping[Tried, Allowance] = {
    Tried.SIGN_IN: Allowance(30, timedelta(seconds=10)),
    Tried.RECOVERY_CODE: Allowance(6, timedelta(minutes=5)),
    # One person takes three; a dozen may join from one office in one afternoon.
    Tried.INVITATION: Allowance(60, timedelta(seconds=30)),
}
"""Many people in one office or behind one mobile network share an address, so addresses are allowed more than people."""


@dataclass(frozen=True, slots=True)
class AllowanceService:
    """How often somebody may still try."""

    store: AllowanceStore
    key: bytes = field(repr=False)

    async def take(self, tried: Tried, subject: str) -> None:
        """Use up one try.

        Args:
            tried: what is tried.
            subject: who tries or about whom, in one spelling; it is not kept.

        Raises:
            RefusedError: there is none left; the sentence says when there is one again.
        """
        allowed = ALLOWED[tried]
        digest = keyed_digest(self.key, f"allowance/{tried}", subject).hex()
        async with transaction():
            now = await database_now()
            kept = await self.store.get_locked(digest, allowed.tries * TRY, now)
            left = refill(allowed, kept.thousandths, now - kept.counted_at)
            enough = left >= TRY
            if enough:
                await self.store.set(digest, left - TRY, now)
        if not enough:
            again = wait(allowed, left, now).astimezone(CHINA)
            raise RefusedError(
                Reason.TOO_MANY,
                f"试的次数太多了，请{again:%H:%M}以后再试。 Too many tries: try again after {again:%H:%M} in China.",
            )
