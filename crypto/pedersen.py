"""The public record of a key that `size` trustees made together and any `threshold` of them can use.

 * Trustee i drew a polynomial of degree threshold - 1 and published g to the power of each coefficient.
 * The key is the product of the constant terms; trustee j's own key follows from all published powers.
 * Everything is signed with the key of the trustee's certificate, which names group, size, threshold and index; each
   trustee also signs all certificates together with its own powers. All of this is required (protocol 1 as of 3.0).

Follows SPEC.md §6.

Not here: how the trustees come to it (`ceremony`), trustees of other kinds (`trustees`).

>>> from crypto.group import multiply_base
>>> own_key_from([[multiply_base(5), multiply_base(7)], [multiply_base(1), multiply_base(2)]], 3) == multiply_base(33)
True
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crypto.blame import about
from crypto.encoding import compact_json, read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, NAME, add, decode_point, encode_point, multiply
from crypto.knowledge import sign_message, verify_message
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness
from crypto.trustee_key import TrusteeKey, decode_trustee_key, encode_trustee_key, verify_trustee_key

MAX_SIZE = 64
"""More trustees than any election has; a bound on hostile input."""


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text and its signature; the text is JSON, signed as it stands."""

    message: str
    signature: Proof


@dataclass(frozen=True, slots=True)
class Certificate:
    """The keys with which a trustee signs and receives during the ceremony."""

    signed: SignedMessage
    size: int
    threshold: int
    index: int
    """From 1, within the group."""
    verification: bytes
    encryption: bytes


@dataclass(frozen=True, slots=True)
class Coefficients:
    """g to the power of each coefficient of one trustee's polynomial, the constant term first."""

    signed: SignedMessage
    powers: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Pedersen:
    """A whole record; entry i of each list is of trustee i + 1."""

    threshold: int
    certificates: tuple[Certificate, ...]
    coefficients: tuple[Coefficients, ...]
    signatures: tuple[Proof, ...]
    keys: tuple[TrusteeKey, ...]

    @property
    def public_key(self) -> bytes:
        """The product of the constant terms."""
        product = IDENTITY
        for each in self.coefficients:
            product = add(product, each.powers[0])
        return product


def sign_text(secret: int, text: str, rng: Randomness) -> SignedMessage:
    """Sign `text` with the secret of a certificate's `verification` key."""
    return SignedMessage(text, sign_message(secret, text, rng))


def write_certificate(size: int, threshold: int, index: int, verification: bytes, encryption: bytes) -> str:
    """Return the text of a certificate."""
    context = {"group": NAME, "size": size, "threshold": threshold, "index": index}
    fields = {"context": context, "verification": encode_point(verification), "encryption": encode_point(encryption)}
    return compact_json(fields).decode()


def write_coefficients(powers: Sequence[bytes]) -> str:
    """Return the text in which a trustee publishes its powers."""
    return compact_json({"coefexps": [encode_point(power) for power in powers]}).decode()


def write_joint_statement(certificates: Sequence[Certificate], powers: Sequence[bytes]) -> str:
    """Return the text with which a trustee signs all certificates together with its own powers."""
    certs = [encode_signed(certificate.signed) for certificate in certificates]
    fields = {"certs": certs, "coefexps": [encode_point(power) for power in powers]}
    return "certs_sig|" + compact_json(fields).decode()


def own_key_from(powers: Sequence[Sequence[bytes]], index: int) -> bytes:
    """Return g^x of trustee `index` (from 1), from everybody's powers: the product of powers[i][k]^(index^k)."""
    product = IDENTITY
    for k, column in enumerate(zip(*powers, strict=True)):
        total = IDENTITY
        for power in column:
            total = add(total, power)
        product = add(product, multiply(total, index**k))
    return product


def verify_certificate(certificate: Certificate, size: int, threshold: int, index: int) -> None:
    """Raise unless a certificate is signed by its own key and made for this place in this group.

    Raises:
        VerificationError: it is not.
    """
    if (certificate.size, certificate.threshold, certificate.index) != (size, threshold, index):
        raise VerificationError("the certificate was made for another place, number of trustees or threshold")
    if IDENTITY in (certificate.verification, certificate.encryption):
        raise VerificationError("the certificate holds the identity as a key")
    verify_message(certificate.verification, certificate.signed.message, certificate.signed.signature)


def verify_coefficients(
    coefficients: Coefficients, joint: Proof, certificates: Sequence[Certificate], index: int
) -> None:
    """Raise unless trustee `index` (from 1) published as many powers as needed and signed them.

    Args:
        coefficients: what it published.
        joint: its signature of all certificates with these powers.
        certificates: all of them, in order.
        index: the trustee's number.

    Raises:
        VerificationError: another number of powers, or a false signature.
    """
    certificate = certificates[index - 1]
    if len(coefficients.powers) != certificate.threshold:
        raise VerificationError("the number of coefficients is not the threshold")
    verify_message(certificate.verification, coefficients.signed.message, coefficients.signed.signature)
    verify_message(certificate.verification, write_joint_statement(certificates, coefficients.powers), joint)


def verify_own_key(key: TrusteeKey, certificate: Certificate, expected: bytes) -> None:
    """Raise unless a trustee's key is the `expected` one, proved and signed.

    Raises:
        VerificationError: it is not.
    """
    if key.public_key != expected:
        raise VerificationError("the key does not follow from the published coefficients")
    verify_trustee_key(key)
    if key.signature is None:
        raise VerificationError("the key is not signed")
    verify_message(certificate.verification, encode_point(key.public_key), key.signature)


def verify_pedersen(group: Pedersen, what: str = "threshold group") -> None:
    """Raise unless the whole record holds.

    Raises:
        VerificationError: it does not; the sentence names the trustee by its number in the group.
    """
    size = len(group.certificates)
    for index, certificate in enumerate(group.certificates, start=1):
        with about(f"{what}, trustee {index}"):
            verify_certificate(certificate, size, group.threshold, index)
    for index, (each, joint) in enumerate(zip(group.coefficients, group.signatures, strict=True), start=1):
        with about(f"{what}, trustee {index}"):
            verify_coefficients(each, joint, group.certificates, index)
    powers = [each.powers for each in group.coefficients]
    for index, (key, certificate) in enumerate(zip(group.keys, group.certificates, strict=True), start=1):
        with about(f"{what}, trustee {index}"):
            verify_own_key(key, certificate, own_key_from(powers, index))


def encode_signed(signed: SignedMessage) -> dict[str, Any]:
    """Write a signed text as documents have it."""
    return {"message": signed.message, "signature": encode_proof(signed.signature)}


def decode_signed(value: object, what: str) -> SignedMessage:
    """Read a signed text; whether the signature holds is checked later.

    Raises:
        MalformedError: not a signed text.
    """
    fields = require_fields(value, ("message", "signature"), what)
    signature = decode_proof(fields["signature"], f"{what}, signature")
    return SignedMessage(require_text(fields["message"], f"{what}, message"), signature)


def decode_certificate(value: object, what: str) -> Certificate:
    """Read a certificate, without checking it.

    Raises:
        MalformedError: not a certificate of this group.
        VerificationError: a key is not in the group.
    """
    signed = decode_signed(value, what)
    fields = require_fields(_read_message(signed, what), ("context", "verification", "encryption"), what)
    context = require_fields(fields["context"], ("group", "size", "threshold", "index"), f"{what}, context")
    if context["group"] != NAME:
        raise MalformedError(f"{what}: only group {NAME} is known")
    return Certificate(
        signed,
        size=require_whole(context["size"], f"{what}, size", minimum=1),
        threshold=require_whole(context["threshold"], f"{what}, threshold", minimum=1),
        index=require_whole(context["index"], f"{what}, index", minimum=1),
        verification=decode_point(fields["verification"], f"{what}, verification key"),
        encryption=decode_point(fields["encryption"], f"{what}, encryption key"),
    )


def decode_coefficients(value: object, what: str) -> Coefficients:
    """Read a trustee's published powers, without checking the signature.

    Raises:
        MalformedError: not such a message.
        VerificationError: a point is not in the group.
    """
    signed = decode_signed(value, what)
    fields = require_fields(_read_message(signed, what), ("coefexps",), what)
    texts = require_list(fields["coefexps"], f"{what}, powers")
    if not 0 < len(texts) <= MAX_SIZE:
        raise MalformedError(f"{what}: from 1 to {MAX_SIZE} powers are expected, there are {len(texts)}")
    return Coefficients(signed, tuple(decode_point(text, f"{what}, power") for text in texts))


def encode_pedersen(group: Pedersen) -> dict[str, Any]:
    """Write a whole record as trustees.json has it."""
    return {
        "threshold": group.threshold,
        "certs": [encode_signed(certificate.signed) for certificate in group.certificates],
        "coefexps": [encode_signed(each.signed) for each in group.coefficients],
        "signatures": [encode_proof(signature) for signature in group.signatures],
        "verification_keys": [encode_trustee_key(key) for key in group.keys],
    }


def decode_pedersen(value: object, what: str) -> Pedersen:
    """Read a whole record; whether it holds is for `verify_pedersen`.

    Raises:
        MalformedError: not a record of protocol 1 as of 3.0, or of a wrong size.
        VerificationError: a point is not in the group.
    """
    names = "threshold", "certs", "coefexps", "signatures", "verification_keys"
    fields = require_fields(value, names, what)
    certs = require_list(fields["certs"], f"{what}, certs")
    size = len(certs)
    threshold = require_whole(fields["threshold"], f"{what}, threshold", minimum=1)
    if not threshold <= size <= MAX_SIZE:
        raise MalformedError(f"{what}: a threshold of {threshold} does not go with {size} trustees")
    lists = [require_list(fields[name], f"{what}, {name}", size) for name in names[2:]]
    return Pedersen(
        threshold,
        tuple(decode_certificate(each, f"{what}, certificate {i}") for i, each in enumerate(certs, start=1)),
        tuple(decode_coefficients(each, f"{what}, coefficients {i}") for i, each in enumerate(lists[0], start=1)),
        tuple(decode_proof(each, f"{what}, signature {i}") for i, each in enumerate(lists[1], start=1)),
        tuple(decode_trustee_key(each, f"{what}, key {i}") for i, each in enumerate(lists[2], start=1)),
    )


def _read_message(signed: SignedMessage, what: str) -> object:
    message: object = read_json(signed.message.encode(), f"{what}, message")
    return message
