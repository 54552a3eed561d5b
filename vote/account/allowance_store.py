"""Queries about how often somebody may still try."""

from dataclasses import dataclass
from datetime import datetime

from vote.account.models import Allowance


@dataclass(frozen=True, slots=True)
class StoredAllowance:
    """What was left when it was last counted."""

    thousandths: int
    counted_at: datetime


class AllowanceStore:
    """Allowances in the database."""

    async def get_locked(self, digest: str, full: int, now: datetime) -> StoredAllowance:
        """Return what somebody has left, all of it if they never tried; nobody else counts until the transaction ends."""
        await Allowance.get_or_create({"thousandths": full, "counted_at": now}, digest=digest)
        row = await Allowance.filter(digest=digest).select_for_update().get()
        return StoredAllowance(row.thousandths, row.counted_at)

    async def set(self, digest: str, thousandths: int, now: datetime) -> None:
        """Write down what is left."""
        await Allowance.filter(digest=digest).update(thousandths=thousandths, counted_at=now)

    async def forget_before(self, moment: datetime) -> int:
        """Remove what was last counted before; return how much."""
        return await Allowance.filter(counted_at__lt=moment).delete()
