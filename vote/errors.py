"""Three answers when something is not done: we refuse, we cannot now, or our own records contradict each other."""

from enum import StrEnum


class Reason(StrEnum):
    """Why something was refused; for programs. Add to it, never rename: clients depend on the words."""

    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    NOT_FOUND = "not-found"
    NOT_SIGNED_IN = "not-signed-in"
    NOT_ALLOWED = "not-allowed"
    NOT_ELIGIBLE = "not-eligible"
    WRONG_STATE = "wrong-state"
    POLLS_CLOSED = "polls-closed"
    POLLS_NOT_OPEN = "polls-not-open"
    BALLOT_INVALID = "ballot-invalid"
    CONFLICT = "conflict"
    NOT_SUPPORTED = "not-supported"
    TOO_MANY = "too-many"


class VoteError(Exception):
    """Any of the three answers."""


class RefusedError(VoteError):
    """We understood and say no; nothing was changed.

    `reason` is for programs; `detail` is one plain sentence for the person: what is wrong, where, and what to do.
    `zh` is the same sentence in Chinese for pages, empty where no page can show it. None of them holds anything
    secret or personal.
    """

    def __init__(self, reason: Reason, detail: str, *, zh: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.zh = zh


class UnavailableError(VoteError):
    """Nothing was decided and nothing was written: try again later."""


class ContradictionError(VoteError):
    """What we hold contradicts itself. Nothing may go on; someone is called."""
