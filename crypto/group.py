"""The group of the protocol: the prime-order subgroup of Ed25519, identity included.

 * A point in memory is its 32 bytes of RFC 8032; in documents it is those bytes reversed, in lowercase hex.
 * `decode_point` checks membership; `read_point` checks only the spelling, and `multiply` checks membership of
   every point it is given, so a point that is read and then multiplied has been checked once, not twice.
 * libsodium refuses the identity and the scalar zero, so both are handled here by hand.

Follows SPEC.md §2. Constant time where the scalar is secret: all arithmetic is libsodium's.

>>> decode_point(encode_point(BASE)) == BASE
True
>>> multiply(BASE, 0) == IDENTITY
True
"""

import hashlib
import re
from collections.abc import Iterable

import nacl.bindings

from crypto.errors import MalformedError, VerificationError
from crypto.randomness import Randomness

NAME = "Ed25519"
ORDER = 2**252 + 27742317777372353535851937790883648493
"""q: the prime order of the group (RFC 8032 §5.1)."""
FIELD = 2**255 - 19
"""p: the prime of the field of coordinates."""
POINT_BYTES = 32
SCALAR_BYTES = 32

IDENTITY = (1).to_bytes(POINT_BYTES, "little")
BASE = nacl.bindings.crypto_scalarmult_ed25519_base_noclamp((1).to_bytes(SCALAR_BYTES, "little"))
"""g: the standard base point."""

_POINT_TEXT = re.compile(r"[0-9a-f]{64}")
_SCALAR_TEXT = re.compile(r"0|[1-9][0-9]{0,76}")
_SIGN_BIT = 1 << 255


def read_point(text: object, what: str = "point") -> bytes:
    """Read 64 hex digits as a point in canonical spelling, without asking whether it is in the group.

    Only for points that are multiplied before anything depends on them.

    Raises:
        MalformedError: not a string of 64 lowercase hex digits, or a coordinate not below p.
    """
    if not isinstance(text, str) or not _POINT_TEXT.fullmatch(text):
        raise MalformedError(f"{what}: 64 lowercase hex digits are expected")
    number = int(text, 16)
    if number & (_SIGN_BIT - 1) >= FIELD:
        raise MalformedError(f"{what}: the coordinate is not below p")
    return number.to_bytes(POINT_BYTES, "little")


def decode_point(text: object, what: str = "point") -> bytes:
    """Read 64 hex digits as an element of the group.

    Raises:
        MalformedError: not in canonical spelling.
        VerificationError: a point outside the group: not on the curve, or of small or mixed order.
    """
    point = read_point(text, what)
    require_member(point, what)
    return point


def encode_point(point: bytes) -> str:
    """Write a point as documents have it: its bytes reversed, in lowercase hex."""
    return point[::-1].hex()


def require_member(point: bytes, what: str = "point") -> None:
    """Raise unless `point` is in the prime-order subgroup (the identity is).

    Raises:
        VerificationError: it is not.
    """
    if point != IDENTITY and not nacl.bindings.crypto_core_ed25519_is_valid_point(point):
        raise VerificationError(f"{what}: not an element of the group")


def decode_scalar(text: object, what: str = "number") -> int:
    """Read a decimal string below q without leading zero.

    Raises:
        MalformedError: anything else.
    """
    if not isinstance(text, str) or not _SCALAR_TEXT.fullmatch(text):
        raise MalformedError(f"{what}: a decimal string without leading zero is expected")
    number = int(text)
    if number >= ORDER:
        raise MalformedError(f"{what}: not below the order of the group")
    return number


def encode_scalar(number: int) -> str:
    """Write a number mod q as documents have it."""
    return str(number)


def random_scalar(rng: Randomness) -> int:
    """Draw a number mod q, not zero; 512 bits are reduced, so the bias is below 2^-250."""
    return int.from_bytes(rng(64), "little") % (ORDER - 1) + 1


def add(left: bytes, right: bytes) -> bytes:
    """Return the product of two group elements, in multiplicative terms; their membership is not checked.

    Raises:
        VerificationError: a point is not on the curve.
    """
    if left == IDENTITY:
        return right
    if right == IDENTITY:
        return left
    try:
        return nacl.bindings.crypto_core_ed25519_add(left, right)
    except RuntimeError:
        raise VerificationError("a point is not an element of the group") from None


def subtract(left: bytes, right: bytes) -> bytes:
    """Return `left` divided by `right`, in multiplicative terms; their membership is not checked.

    Raises:
        VerificationError: a point is not on the curve.
    """
    if right == IDENTITY:
        return left
    try:
        return nacl.bindings.crypto_core_ed25519_sub(left, right)
    except RuntimeError:
        raise VerificationError("a point is not an element of the group") from None


def multiply(point: bytes, scalar: int) -> bytes:
    """Return `point` to the power of `scalar`, after checking that `point` is in the group.

    Raises:
        VerificationError: `point` is outside the group.
    """
    scalar %= ORDER
    if scalar == 0 or point == IDENTITY:
        require_member(point)
        return IDENTITY
    try:
        return nacl.bindings.crypto_scalarmult_ed25519_noclamp(scalar.to_bytes(SCALAR_BYTES, "little"), point)
    except RuntimeError:
        raise VerificationError("a point is not an element of the group") from None


def multiply_base(scalar: int) -> bytes:
    """Return g to the power of `scalar`."""
    scalar %= ORDER
    if scalar == 0:
        return IDENTITY
    return nacl.bindings.crypto_scalarmult_ed25519_base_noclamp(scalar.to_bytes(SCALAR_BYTES, "little"))


def hash_to_scalar(prefix: str, points: Iterable[bytes]) -> int:
    """Return the challenge H(prefix, P1..Pn): SHA-256 of the prefix and the points joined by commas, mod q."""
    text = prefix + ",".join([point[::-1].hex() for point in points])
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % ORDER
