"""Seals letters so that two people are needed to open them: an age file inside an age file.

 * age takes several recipients as "any of them"; for "both" one file lies in the other, and either may be the outer.
 * Everything happens in memory.

Follows age-encryption.org/v1, X25519 recipients.
"""

from collections.abc import Sequence
from itertools import permutations

import pyrage  # type: ignore[import-untyped]

from vote.errors import Reason, RefusedError

PEOPLE = 2
_KEY = "AGE-SECRET-KEY-"


def new_identity() -> tuple[str, str]:
    """Return a new secret key and its recipient, as age writes them."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def seal_letters(letters: bytes, recipients: Sequence[str]) -> bytes:
    """Seal `letters` for two people, the first inside.

    Raises:
        RefusedError: there are not exactly two different recipients.
    """
    _require_two(recipients, "recipients", "age1…")
    for recipient in recipients:
        letters = pyrage.encrypt(letters, [_read_recipient(recipient)])
    return letters


def open_letters(sealed: bytes, identities: Sequence[str]) -> bytes:
    """Open what was sealed for two people, whose keys may come in either order.

    Raises:
        RefusedError: there are not exactly two different keys, or not those for which it was sealed.
    """
    keys = [_find_key(text) for text in identities]
    _require_two(keys, "keys", "AGE-SECRET-KEY-…")
    for outer, inner in permutations(map(_read_identity, keys)):
        try:
            return bytes(pyrage.decrypt(pyrage.decrypt(sealed, [outer]), [inner]))
        except pyrage.DecryptError:
            continue
    raise RefusedError(
        Reason.NOT_ALLOWED, "These two keys do not open the file: both people for whom it was sealed are needed."
    )


def _require_two(values: Sequence[str], what: str, form: str) -> None:
    if len(values) != PEOPLE or len(set(values)) != PEOPLE:
        raise RefusedError(Reason.MALFORMED, f"Exactly two different {what} ({form}) are needed, one for each person.")


def _find_key(text: str) -> str:
    """Return the secret key in an identity file, which may hold comments."""
    return next((line.strip() for line in text.splitlines() if line.startswith(_KEY)), "")


def _read_identity(key: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError:
        raise RefusedError(
            Reason.MALFORMED, "One of the key files holds no key: give those that `keygen` made."
        ) from None


def _read_recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise RefusedError(
            Reason.MALFORMED, "A recipient begins with age1 and comes from `keygen`: copy it whole."
        ) from None
