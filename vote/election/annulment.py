"""Keeps for which reasons an election is given up without a result: a closed list, since the reason is public.

Not here: giving it up (`service.py`).
"""

from enum import StrEnum

from vote.errors import Reason, RefusedError


class Why(StrEnum):
    """Why an election is annulled. Add to it, never rename: logs are permanent."""

    DRAFT_DISCARDED = "draft-discarded"
    """It was never sealed."""
    KEYS_LOST = "keys-lost"
    """Fewer key-holders are left than can open the box."""
    ROLL_WRONG = "roll-wrong"
    NOTICE_WRONG = "notice-wrong"
    PROCEDURE_BROKEN = "procedure-broken"
    RECORDS_LOST = "records-lost"
    AUTHORITY_ORDER = "authority-order"
    """A court or an authority said so."""
    ORGANISER_DECISION = "organiser-decision"


def require_why(text: str, *, draft: bool) -> Why:
    """Return the reason that a text names.

    Args:
        text: one of `Why`.
        draft: whether the election is a draft still.

    Raises:
        RefusedError: it names none, or a sealed election is called a draft.
    """
    if text not in set(Why):
        raise RefusedError(
            Reason.MALFORMED,
            f"The reason must be one of {', '.join(Why)}: it is public and stays so.",
            zh="请选一个作废的原因，原因会公布。",
        )
    why = Why(text)
    if why is Why.DRAFT_DISCARDED and not draft:
        raise RefusedError(
            Reason.MALFORMED,
            "This election is sealed already, so it is no draft: give another reason.",
            zh="这次投票的内容已经定下来了，不再是草稿。请选别的原因。",
        )
    return why
