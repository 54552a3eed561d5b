"""Compare what is kept of owners' phones: each number with its digest, and the changes with those that the log tells."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from crypto.envelope import keyed_digest, unseal
from crypto.errors import CryptoError
from vote.phone.models import Phone
from vote.phone.rules import State
from vote.phone.service import DIGEST_DOMAIN, phone_context

PAGE = 500


@dataclass(frozen=True, slots=True)
class PhoneCheck:
    """Looks at phones; without keys only at how many were changed."""

    key: bytes | None = field(default=None, repr=False)
    digest_key: bytes | None = field(default=None, repr=False)

    async def damages(self, roll: int) -> AsyncIterator[str]:
        """Yield what is wrong with the phones of a roll; a sentence names rows, never a number."""
        if self.key is None or self.digest_key is None:
            return
        after = 0
        while True:
            rows = Phone.filter(entitlement__roll_id=roll, id__gt=after).order_by("id").limit(PAGE)
            found = await rows.values_list("id", "entitlement_id", "sealed", "digest")
            for number, entitlement, sealed, digest in found:
                after = number
                try:
                    opened = unseal([self.key], phone_context(entitlement), bytes(sealed)).decode()
                except CryptoError:
                    yield f"phone row {number}: it cannot be opened; the data key is another one, or it was changed or moved"
                    continue
                if keyed_digest(self.digest_key, DIGEST_DOMAIN, opened).hex() != digest:
                    yield f"phone row {number}: its digest is not that of its number"
            if len(found) < PAGE:
                return

    async def changes(self, roll: int) -> int:
        """Return how many numbers of a roll two people changed."""
        decided = Phone.filter(entitlement__roll_id=roll, decided_at__isnull=False)
        return await decided.exclude(state=State.REFUSED).count()


def change_damages(changed: int, told: Sequence[int]) -> list[str]:
    """Return what is wrong with the counts that the log tells of the changes of a roll.

    Args:
        changed: how many there are.
        told: the counts in the log, in their order.
    """
    if list(told) == list(range(1, changed + 1)):
        return []
    return ["the log tells of other changes of phones than there are"]
