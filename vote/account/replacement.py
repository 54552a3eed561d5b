"""Decides when a lost link may give way to a new one once the election is sealed, and who counts as the second person.

* Whoever gets the new link has the place: so it takes a second person, or a day in which everybody can see it and whoever
  has a task in the election can stop it.
* The second person is somebody whose account was known before the sealing. Whom the first invites afterwards is none.

Not here: how the link is made (`service.py`), why it is so (docs/decisions/0018-replacing-keys.md).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vote.errors import Reason, RefusedError
from vote.role import Role

WAIT = timedelta(days=1)
"""So long everybody can see that a place is asked for before it is given without a second person."""
_OWN = "您自己提出的，要请另一位同事来同意。 You asked for it yourself: somebody else has to agree."
_NAMELESS = (
    "这是用平台总钥匙提出的，看不出是谁，只能等满一天。 "
    "It was asked for with the word of the installation, which names nobody: only the day can pass."
)
_LATE = (
    "您的账号是封存以后才有这里的工作的，不能算第二个人。请找封存前就在的同事。 "
    "Your account got its task here after the sealing: ask somebody who had one before."
)
_AGREED = "已经有第二个人同意，停不下来了。 A second person has agreed: it can no longer be stopped."


@dataclass(frozen=True, slots=True)
class Replacement:
    """That a place is asked for anew."""

    id: int
    role: Role
    slot: int
    asked_at: datetime
    asked_by: int | None
    """An account; None for the word of the installation."""
    agreed_at: datetime | None = None

    @property
    def ready_at(self) -> datetime:
        """From when on the new link is given."""
        return self.agreed_at or self.asked_at + WAIT

    def is_ready(self, now: datetime) -> bool:
        """Whether the new link is given."""
        return now >= self.ready_at


def require_second(found: Replacement, account: int | None, *, known: bool) -> None:
    """Raise unless an account is that of a second person.

    Args:
        found: what is asked for.
        account: who would agree; None for a key.
        known: whether the account had a task in the election or its estate before the sealing.

    Raises:
        RefusedError: it is not.
    """
    if found.asked_by is None:
        raise RefusedError(Reason.NOT_ALLOWED, _NAMELESS)
    if account == found.asked_by:
        raise RefusedError(Reason.NOT_ALLOWED, _OWN)
    if account is None or not known:
        raise RefusedError(Reason.NOT_ALLOWED, _LATE)


def require_stoppable(found: Replacement) -> None:
    """Raise unless a single person may still stop it.

    Raises:
        RefusedError: two have agreed.
    """
    if found.agreed_at is not None:
        raise RefusedError(Reason.WRONG_STATE, _AGREED)
