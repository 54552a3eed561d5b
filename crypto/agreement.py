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
from crypto.encoding import (
    compact_json,
    hex_digest,
    read_json,
    require_digest,
    require_fields,
    require_fingerprint,
    require_text,
    require_whole,
)
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, read_point
from crypto.knowledge import prove_knowledge, verify_knowledge
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness

DOMAIN = "shanzhi agreement 1"
VERSION = 1

_WHAT = "the agreement"
_SIGNED = "the signed agreement"
_FIELDS = ("credential", "election", "fingerprint", "text_sha256", "version")
_SIGNED_FIELDS = ("body", "proof", "version")


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
    _require_version(fields["version"], _WHAT)
    if read_point(fields["credential"], f"{_WHAT}, credential") == IDENTITY:
        raise MalformedError(f"{_WHAT}, credential: the identity is nobody's key")
    agreement = Agreement(
        require_uuid(fields["election"]),
        require_fingerprint(fields["fingerprint"], f"{_WHAT}, fingerprint"),
        fields["credential"],
        require_digest(fields["text_sha256"], f"{_WHAT}, text_sha256"),
    )
    _require_spelling(encode_agreement(agreement), body, _WHAT)
    return agreement


def sign_agreement(secret: int, agreement: Agreement, rng: Randomness) -> Proof:
    """Sign an agreement with the whole voting key.

    Raises:
        VerificationError: the credential in the agreement does not belong to `secret`.
    """
    prefix = _prefix(agreement, encode_agreement(agreement))
    return prove_knowledge(prefix, secret, read_point(agreement.credential), rng)


def verify_agreement(body: bytes, proof: Proof) -> None:
    """Raise unless `proof` is the signature of `body` by the credential that it names.

    Whether election, credential and text are the expected ones is for whoever asks.

    Raises:
        MalformedError: the body is no agreement.
        VerificationError: it was not signed so, or the credential is outside the group.
    """
    agreement = decode_agreement(body)
    try:
        verify_knowledge(_prefix(agreement, body), read_point(agreement.credential), proof)
    except VerificationError:
        raise VerificationError(f"{_WHAT}: it was not signed with the credential that it names") from None


def encode_signed_agreement(body: bytes, proof: Proof) -> bytes:
    """Write body and signature as one document.

    Raises:
        MalformedError: the body is no agreement.
    """
    decode_agreement(body)
    return compact_json({"body": body.decode(), "proof": encode_proof(proof), "version": VERSION})


def decode_signed_agreement(data: bytes) -> SignedAgreement:
    """Read body and signature; whether the signature holds is for `verify_agreement`.

    Raises:
        MalformedError: not such a document, or not in its one spelling.
    """
    fields = require_fields(read_json(data, _SIGNED), _SIGNED_FIELDS, _SIGNED)
    _require_version(fields["version"], _SIGNED)
    body = require_text(fields["body"], f"{_SIGNED}, body").encode()
    signed = SignedAgreement(body, decode_proof(fields["proof"], f"{_SIGNED}, proof"))
    _require_spelling(encode_signed_agreement(*signed), data, _SIGNED)
    return signed


def _prefix(agreement: Agreement, body: bytes) -> str:
    return f"{DOMAIN}|{agreement.fingerprint}|{agreement.credential}|{hex_digest(body)}|"


def _require_version(value: object, what: str) -> None:
    if require_whole(value, f"{what}, version") != VERSION:
        raise MalformedError(f"{what}: only version {VERSION} is known")


def _require_spelling(canonical: bytes, data: bytes, what: str) -> None:
    if canonical != data:
        raise MalformedError(f"{what}: not in canonical spelling: spaces, order of fields or escapes differ")
