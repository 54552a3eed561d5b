"""Seals signers to the card of the office that checks them: an age file for one X25519 recipient.

* What is sealed says whose signature it is; nothing on the server opens it again.
* The area is committed to besides, so that the office can show the area of a signature that it strikes without saying
  whose it is.

Follows age-encryption.org/v1, and SPEC.md §11 for the commitment.
"""

from dataclasses import dataclass

import pyrage  # type: ignore[import-untyped]
import rfc8785

from crypto.commitment import commit
from vote.errors import Reason
from vote.oversight.petition.rules import refusal

AREA_DOMAIN = "petition/area/1"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose signature it is, as the office reads it."""

    petition: str
    line: int
    """The signature's number in the petition."""
    entitlement: int
    """The owner's number in the roll."""
    homes: tuple[str, ...]
    owner: str
    """Masked, as the roll shows it."""
    area_dm2: int
    salt: bytes
    """Of the commitment to the area."""
    serial: str = ""
    """Of the paper; empty where the owner's key signed."""
    photo_sha256: str = ""
    word: str = ""
    """The signed word, empty on paper."""


def require_recipient(text: str) -> str:
    """Return the public half of a card.

    Raises:
        RefusedError: it is none.
    """
    try:
        return str(pyrage.x25519.Recipient.from_str(text.strip()))
    except pyrage.RecipientError:
        raise refusal(
            Reason.MALFORMED,
            "The public half of a card begins with age1: make the card again on this page.",
            zh="这不是核对卡的公开码，请在这个页面上重新做一张卡。",
        ) from None


def seal_bytes(recipient: str, data: bytes) -> bytes:
    """Return bytes that the card alone opens."""
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)]))


def seal_signer(recipient: str, signer: Signer) -> bytes:
    """Return a signer that the card alone can read."""
    return seal_bytes(
        recipient,
        rfc8785.dumps(
            {
                "version": VERSION,
                "petition": signer.petition,
                "line": signer.line,
                "entitlement": signer.entitlement,
                "homes": list(signer.homes),
                "owner": signer.owner,
                "area_dm2": signer.area_dm2,
                "salt": signer.salt.hex(),
                "serial": signer.serial,
                "photo_sha256": signer.photo_sha256,
                "word": signer.word,
            }
        ),
    )


def commit_area(area_dm2: int, salt: bytes) -> bytes:
    """Return the commitment to the area of a signature."""
    return commit(AREA_DOMAIN, salt, rfc8785.dumps(area_dm2))
