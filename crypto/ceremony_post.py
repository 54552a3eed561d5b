"""What the trustees of a key ceremony say to each other: four kinds of signed posts.

 * A certificate with a name, a commitment, a reveal with sealed shares, a key: one of each by every trustee.
 * The body is JSON and signed as it stands.

Follows SPEC.md §6.1.

Not here: which post may stand when (`ceremony_board`), what a trustee does (`ceremony`).

>>> decode_post(encode_post(Post(Round.COMMITMENTS, 1, '{"commitment":"ab"}', Proof(1, 2)))).index
1
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crypto.encoding import read_json, require_digest, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError
from crypto.pedersen import (
    Certificate,
    Coefficients,
    SignedMessage,
    decode_certificate,
    decode_coefficients,
    encode_signed,
)
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.sealed_share import SealedShare, decode_sealed_share, encode_sealed_share
from crypto.trustee_key import TrusteeKey, decode_trustee_key

MAX_TEXT = 200
"""Characters of a context or a name."""


class Round(StrEnum):
    """The rounds in order."""

    CERTIFICATES = "certificates"
    COMMITMENTS = "commitments"
    REVEALS = "reveals"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Post:
    """One trustee's message of one round; `body` is JSON, signed as it stands."""

    round: Round
    index: int
    """The trustee's number, from 1."""
    body: str
    signature: Proof


@dataclass(frozen=True, slots=True)
class Introduction:
    """The body of a certificate post."""

    name: str
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Reveal:
    """The body of a reveal post."""

    coefficients: Coefficients
    joint: Proof
    """Signature of all certificates with these coefficients."""
    shares: tuple[SealedShare, ...]
    """For each trustee in order, the sender included."""


def require_short(text: str, what: str) -> str:
    """Return `text` if it is one line of 1 to 200 printable characters.

    Raises:
        MalformedError: it is not.
    """
    if not 0 < len(text) <= MAX_TEXT or not text.isprintable():
        raise MalformedError(f"{what}: one line of 1 to {MAX_TEXT} printable characters is expected")
    return text


def introduction_body(name: str, certificate: SignedMessage) -> dict[str, Any]:
    """Return the body of a certificate post."""
    return {"name": name, "certificate": encode_signed(certificate)}


def commitment_body(digest: str) -> dict[str, Any]:
    """Return the body of a commitment post."""
    return {"commitment": digest}


def reveal_body(coefficients: SignedMessage, joint: Proof, shares: list[SealedShare]) -> dict[str, Any]:
    """Return the body of a reveal post."""
    return {
        "coefficients": encode_signed(coefficients),
        "joint": encode_proof(joint),
        "shares": [encode_sealed_share(share) for share in shares],
    }


def read_introduction(post: Post) -> Introduction:
    """Read the body of a certificate post.

    Raises:
        MalformedError: it is none.
        VerificationError: a key is not in the group.
    """
    fields = _read_body(post, "name", "certificate")
    name = require_short(require_text(fields["name"], "the name"), "the name")
    return Introduction(name, decode_certificate(fields["certificate"], "the certificate"))


def read_commitment(post: Post) -> str:
    """Read the body of a commitment post: 64 hex digits.

    Raises:
        MalformedError: it is none.
    """
    return require_digest(_read_body(post, "commitment")["commitment"], "the commitment")


def read_reveal(post: Post, size: int) -> Reveal:
    """Read the body of a reveal post.

    Raises:
        MalformedError: it is none.
        VerificationError: a point is not in the group.
    """
    fields = _read_body(post, "coefficients", "joint", "shares")
    shares = require_list(fields["shares"], "the shares", size)
    return Reveal(
        decode_coefficients(fields["coefficients"], "the coefficients"),
        decode_proof(fields["joint"], "the joint signature"),
        tuple(decode_sealed_share(share, f"the share for trustee {i}") for i, share in enumerate(shares, start=1)),
    )


def read_key(post: Post) -> TrusteeKey:
    """Read the body of a key post.

    Raises:
        MalformedError: it is none.
        VerificationError: the point is not in the group.
    """
    return decode_trustee_key(read_json(post.body.encode(), "the post"), "the key")


def encode_post(post: Post) -> dict[str, Any]:
    """Write a post as JSON has it."""
    return {
        "round": str(post.round),
        "index": post.index,
        "body": post.body,
        "signature": encode_proof(post.signature),
    }


def decode_post(value: object) -> Post:
    """Read a post; `Board.put` checks it.

    Raises:
        MalformedError: not a post.
    """
    fields = require_fields(value, ("round", "index", "body", "signature"), "the post")
    name = require_text(fields["round"], "the post, round")
    if name not in set(Round):
        raise MalformedError(f"the post, round: {name[:40]!r} is none")
    return Post(
        Round(name),
        require_whole(fields["index"], "the post, index", minimum=1),
        require_text(fields["body"], "the post, body"),
        decode_proof(fields["signature"], "the post, signature"),
    )


def _read_body(post: Post, *names: str) -> dict[str, Any]:
    return require_fields(read_json(post.body.encode(), "the post"), names, "the post")
