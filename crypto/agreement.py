"""The owner's agreement to vote electronically, signed with the voting key and kept as evidence beside the archive.

 * It names the election, by uuid and fingerprint, the credential and the text that was agreed to, and signs all of it.
 * Body and signed document have one spelling each, which RFC 8785 shares.
 * A signature of an agreement is none of a ballot, and the other way round.

Follows SPEC.md §15 and the Electronic Signature Law art. 13 ¶2. Not here: the text, who keeps it, when it is asked for.

>>> from crypto.credential import public_credential
>>> agreement = Agreement("DQB53CqA1UtMwz", "x" * 42 + "A", public_credential(5), "ab" * 32)
>>> body = encode_agreement(agreement)
>>> proof = sign_agreement(5, agreement, rng=lambda size: bytes(size - 1) + b"1")
>>> signed = decode_signed_agreement(encode_signed_agreement(body, proof))
>>> verify_agreement(signed.body, signed.proof)
>>> decode_agreement(signed.body) == agreement
True
"""

from typing import NamedTuple

from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_digest, require_fields, require_fingerprint
from crypto.proof import Proof
from crypto.randomness import Randomness
from crypto.signed_body import (
    VERSION,
    decode_signed,
    encode_signed,
    require_owner,
    require_spelling,
    require_version,
    sign_body,
    signed_prefix,
    verify_body,
)

DOMAIN = "shanzhi agreement 1"

_WHAT = "the agreement"
_SIGNED = "the signed agreement"
_FIELDS = ("credential", "election", "fingerprint", "text_sha256", "version")


class Agreement(NamedTuple):
    """What an owner agrees to."""

    election: str
    """The uuid."""
    fingerprint: str
    """φ, the election's fingerprint, 43 characters."""
    credential: str
    """The public credential, 64 hex digits; its membership is checked with the signature."""
    text_sha256: str
    """SHA-256 of the text in UTF-8, 64 hex digits."""


class SignedAgreement(NamedTuple):
    """A body with its signature."""

    body: bytes
    proof: Proof


def encode_agreement(agreement: Agreement) -> bytes:
    """Write the body that is signed."""
    return compact_json(
        {
            "credential": agreement.credential,
            "election": agreement.election,
            "fingerprint": agreement.fingerprint,
            "text_sha256": agreement.text_sha256,
            "version": VERSION,
        }
    )


def decode_agreement(body: bytes) -> Agreement:
    """Read the body of an agreement; whether it was signed is for `verify_agreement`.

    Raises:
        MalformedError: not one, not in its one spelling, or the credential is the identity.
    """
    fields = require_fields(read_json(body, _WHAT), _FIELDS, _WHAT)
    require_version(fields["version"], _WHAT)
    require_owner(fields["credential"], _WHAT)
    agreement = Agreement(
        require_uuid(fields["election"]),
        require_fingerprint(fields["fingerprint"], f"{_WHAT}, fingerprint"),
        fields["credential"],
        require_digest(fields["text_sha256"], f"{_WHAT}, text_sha256"),
    )
    require_spelling(encode_agreement(agreement), body, _WHAT)
    return agreement


def sign_agreement(secret: int, agreement: Agreement, rng: Randomness) -> Proof:
    """Sign an agreement with the whole voting key.

    Raises:
        VerificationError: the credential in the agreement does not belong to `secret`.
    """
    return sign_body(_prefix(agreement, encode_agreement(agreement)), secret, agreement.credential, rng)


def verify_agreement(body: bytes, proof: Proof) -> None:
    """Raise unless `proof` is the signature of `body` by the credential that it names.

    Whether election, credential and text are the expected ones is for whoever asks.

    Raises:
        MalformedError: the body is no agreement.
        VerificationError: it was not signed so, or the credential is outside the group.
    """
    agreement = decode_agreement(body)
    verify_body(_prefix(agreement, body), agreement.credential, proof, _WHAT)


def encode_signed_agreement(body: bytes, proof: Proof) -> bytes:
    """Write body and signature as one document.

    Raises:
        MalformedError: the body is no agreement.
    """
    decode_agreement(body)
    return encode_signed(body, proof)


def decode_signed_agreement(data: bytes) -> SignedAgreement:
    """Read body and signature; whether the signature holds is for `verify_agreement`.

    Raises:
        MalformedError: not such a document, or not in its one spelling.
    """
    signed = SignedAgreement(*decode_signed(data, _SIGNED))
    require_spelling(encode_signed_agreement(*signed), data, _SIGNED)
    return signed


def _prefix(agreement: Agreement, body: bytes) -> str:
    return signed_prefix(DOMAIN, agreement.fingerprint, agreement.credential, body)
