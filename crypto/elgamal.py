"""Exponential ElGamal: a small number under a public key, so that numbers can be added without being opened.

 * alpha = g^nonce, beta = y^nonce · g^message, where y is the public key.
 * The product of two ciphertexts holds the sum of their messages.
 * `read_ciphertext` looks at the spelling only; its caller multiplies both parts before trusting them.

Follows SPEC.md §3. Not here: the proof that a message is allowed (`membership.py`), opening (the trustees' side).

>>> secret = 5
>>> one = encrypt(multiply_base(secret), message=1, nonce=3)
>>> two = multiply_ciphertexts(one, one)
>>> subtract(two.beta, multiply(two.alpha, secret)) == multiply_base(2)
True
"""

from typing import NamedTuple

from crypto.encoding import require_fields
from crypto.group import BASE, add, decode_point, encode_point, multiply, multiply_base, read_point, subtract

_FIELDS = ("alpha", "beta")


class Ciphertext(NamedTuple):
    """Two points of 32 bytes."""

    alpha: bytes
    """α = g^nonce."""
    beta: bytes
    """β = y^nonce · g^message."""


def encrypt(public_key: bytes, message: int, nonce: int) -> Ciphertext:
    """Encrypt `message` (any number mod q; only small ones can be found again) under `public_key` with `nonce`.

    Raises:
        VerificationError: `public_key` is outside the group.
    """
    # For the message 0 `multiply_base` would take a shorter way, which a clock can tell; for one more it does not.
    masked = add(multiply(public_key, nonce), multiply_base(message + 1))
    return Ciphertext(multiply_base(nonce), subtract(masked, BASE))


def multiply_ciphertexts(left: Ciphertext, right: Ciphertext) -> Ciphertext:
    """Return the ciphertext of the sum of both messages.

    Raises:
        VerificationError: a part is not a point of the curve.
    """
    return Ciphertext(add(left.alpha, right.alpha), add(left.beta, right.beta))


def encode_ciphertext(ciphertext: Ciphertext) -> dict[str, str]:
    """Write a ciphertext as the object that documents hold."""
    return {"alpha": encode_point(ciphertext.alpha), "beta": encode_point(ciphertext.beta)}


def decode_ciphertext(value: object, what: str = "ciphertext") -> Ciphertext:
    """Read the object `{"alpha", "beta"}`; both parts are elements of the group.

    Raises:
        MalformedError: a field is missing or unknown, or a point is not in canonical spelling.
        VerificationError: a point is outside the group.
    """
    fields = require_fields(value, _FIELDS, what)
    return Ciphertext(decode_point(fields["alpha"], f"{what}, alpha"), decode_point(fields["beta"], f"{what}, beta"))


def read_ciphertext(value: object, what: str = "ciphertext") -> Ciphertext:
    """Read the object `{"alpha", "beta"}` by its spelling alone; membership is checked when the parts are multiplied.

    Raises:
        MalformedError: a field is missing or unknown, or a point is not in canonical spelling.
    """
    fields = require_fields(value, _FIELDS, what)
    return Ciphertext(read_point(fields["alpha"], f"{what}, alpha"), read_point(fields["beta"], f"{what}, beta"))
