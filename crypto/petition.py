"""An owner's word on a petition: signed, taken back or ended with the voting key, over the digest of the petition's text.

 * It names the election whose keys are used, by uuid and fingerprint, the credential, the petition, its text and what is
   said of it, and signs all of it.
 * Body and signed document have one spelling each, which RFC 8785 shares.
 * A signature under a petition is none of a ballot or an agreement, and the other way round; one that signs takes nothing
   back.

Follows SPEC.md §15.1. Not here: the text, who counts, when it is too late.

>>> from crypto.credential import public_credential
>>> word = PetitionWord("DQB53CqA1UtMwz", "x" * 42 + "A", public_credential(5), "11111111111111", "ab" * 32, SIGN)
>>> body = encode_word(word)
>>> proof = sign_word(5, word, rng=lambda size: bytes(size - 1) + b"1")
>>> signed = decode_signed_word(encode_signed_word(body, proof))
>>> verify_word(signed.body, signed.proof)
>>> decode_word(signed.body) == word
True
"""

from typing import NamedTuple

from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_digest, require_fields, require_fingerprint, require_text
from crypto.errors import MalformedError
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

DOMAIN = "shanzhi petition 1"
SIGN = "sign"
TAKE_BACK = "take-back"
END = "end"
ACTS = (SIGN, TAKE_BACK, END)
"""What an owner says of a petition: I sign, I no longer sign, I who began it end it."""

_WHAT = "the word on a petition"
_SIGNED = "the signed word on a petition"
_FIELDS = ("act", "credential", "election", "fingerprint", "petition", "text_sha256", "version")


class PetitionWord(NamedTuple):
    """What an owner says of a petition."""

    election: str
    """The uuid."""
    fingerprint: str
    """φ, the election's fingerprint, 43 characters."""
    credential: str
    """The public credential, 64 hex digits; its membership is checked with the signature."""
    petition: str
    """The petition's uuid."""
    text_sha256: str
    """SHA-256 of the petition in its one spelling, 64 hex digits."""
    act: str
    """One of `ACTS`."""


class SignedWord(NamedTuple):
    """A body with its signature."""

    body: bytes
    proof: Proof


def encode_word(word: PetitionWord) -> bytes:
    """Write the body that is signed."""
    return compact_json(
        {
            "act": word.act,
            "credential": word.credential,
            "election": word.election,
            "fingerprint": word.fingerprint,
            "petition": word.petition,
            "text_sha256": word.text_sha256,
            "version": VERSION,
        }
    )


def decode_word(body: bytes) -> PetitionWord:
    """Read the body of a word; whether it was signed is for `verify_word`.

    Raises:
        MalformedError: not one, not in its one spelling, or the credential is the identity.
    """
    fields = require_fields(read_json(body, _WHAT), _FIELDS, _WHAT)
    require_version(fields["version"], _WHAT)
    require_owner(fields["credential"], _WHAT)
    act = require_text(fields["act"], f"{_WHAT}, act")
    if act not in ACTS:
        raise MalformedError(f"{_WHAT}, act: one of {', '.join(ACTS)} is expected")
    word = PetitionWord(
        require_uuid(fields["election"]),
        require_fingerprint(fields["fingerprint"], f"{_WHAT}, fingerprint"),
        fields["credential"],
        require_uuid(fields["petition"]),
        require_digest(fields["text_sha256"], f"{_WHAT}, text_sha256"),
        act,
    )
    require_spelling(encode_word(word), body, _WHAT)
    return word


def sign_word(secret: int, word: PetitionWord, rng: Randomness) -> Proof:
    """Sign a word with the whole voting key.

    Raises:
        VerificationError: the credential in the word does not belong to `secret`.
    """
    return sign_body(_prefix(word, encode_word(word)), secret, word.credential, rng)


def verify_word(body: bytes, proof: Proof) -> None:
    """Raise unless `proof` is the signature of `body` by the credential that it names.

    Whether election, credential, petition and text are the expected ones is for whoever asks.

    Raises:
        MalformedError: the body is no word on a petition.
        VerificationError: it was not signed so, or the credential is outside the group.
    """
    word = decode_word(body)
    verify_body(_prefix(word, body), word.credential, proof, _WHAT)


def encode_signed_word(body: bytes, proof: Proof) -> bytes:
    """Write body and signature as one document.

    Raises:
        MalformedError: the body is no word on a petition.
    """
    decode_word(body)
    return encode_signed(body, proof)


def decode_signed_word(data: bytes) -> SignedWord:
    """Read body and signature; whether the signature holds is for `verify_word`.

    Raises:
        MalformedError: not such a document, or not in its one spelling.
    """
    signed = SignedWord(*decode_signed(data, _SIGNED))
    require_spelling(encode_signed_word(*signed), data, _SIGNED)
    return signed


def _prefix(word: PetitionWord, body: bytes) -> str:
    return signed_prefix(DOMAIN, word.fingerprint, word.credential, body)
