"""What an owner signs with the voting key, as one document: the body as text, since it is the bytes that count, and the proof.

 * Body and document have one spelling each, which RFC 8785 shares.
 * What is signed names the election's fingerprint and the credential before the body's digest, behind a domain of its own.

Follows SPEC.md §15. Not here: what bodies say (`crypto.agreement`, `crypto.petition`).

>>> from crypto.credential import public_credential
>>> key = public_credential(5)
>>> prefix = signed_prefix("shanzhi example 1", "x" * 42 + "A", key, b"{}")
>>> proof = prove_knowledge(prefix, 5, read_point(key), lambda size: bytes(size - 1) + b"1")
>>> body, again = decode_signed(encode_signed(b"{}", proof), "the signed example")
>>> body, again == proof
(b'{}', True)
"""

from crypto.encoding import compact_json, hex_digest, read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, read_point
from crypto.knowledge import prove_knowledge, verify_knowledge
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness

VERSION = 1
_FIELDS = ("body", "proof", "version")


def sign_body(prefix: str, secret: int, credential: str, rng: Randomness) -> Proof:
    """Return the signature of a body by the key of a credential.

    Args:
        prefix: from `signed_prefix`.
        secret: the whole voting key.
        credential: the public credential, 64 hex digits.
        rng: gives the nonce.

    Raises:
        VerificationError: the credential does not belong to `secret`.
    """
    return prove_knowledge(prefix, secret, read_point(credential), rng)


def verify_body(prefix: str, credential: str, proof: Proof, what: str) -> None:
    """Raise unless `proof` is the signature of a body by the key of `credential`.

    Args:
        prefix: from `signed_prefix`.
        credential: the public credential, 64 hex digits.
        proof: the signature.
        what: names the body in a refusal, as in "the agreement".

    Raises:
        VerificationError: it was not signed so, or the credential is outside the group.
    """
    try:
        verify_knowledge(prefix, read_point(credential), proof)
    except VerificationError:
        raise VerificationError(f"{what}: it was not signed with the credential that it names") from None


def signed_prefix(domain: str, fingerprint: str, credential: str, body: bytes) -> str:
    """Return what a signature of a body begins with: domain, φ, public credential, and the body's digest."""
    return f"{domain}|{fingerprint}|{credential}|{hex_digest(body)}|"


def encode_signed(body: bytes, proof: Proof) -> bytes:
    """Write body and signature as one document."""
    return compact_json({"body": body.decode(), "proof": encode_proof(proof), "version": VERSION})


def decode_signed(data: bytes, what: str) -> tuple[bytes, Proof]:
    """Read the body, which is not looked into, and the signature of a document.

    Args:
        data: the document.
        what: names it in a refusal, as in "the signed agreement".

    Raises:
        MalformedError: not such a document.
    """
    fields = require_fields(read_json(data, what), _FIELDS, what)
    require_version(fields["version"], what)
    body = require_text(fields["body"], f"{what}, body").encode()
    return body, decode_proof(fields["proof"], f"{what}, proof")


def require_owner(credential: object, what: str) -> None:
    """Raise unless a credential is a point that somebody can have the key of.

    Raises:
        MalformedError: it is none, or the identity.
    """
    if read_point(credential, f"{what}, credential") == IDENTITY:
        raise MalformedError(f"{what}, credential: the identity is nobody's key")


def require_version(value: object, what: str) -> None:
    """Raise MalformedError unless a body or document is of the version known here."""
    if require_whole(value, f"{what}, version") != VERSION:
        raise MalformedError(f"{what}: only version {VERSION} is known")


def require_spelling(canonical: bytes, data: bytes, what: str) -> None:
    """Raise MalformedError unless `data` is spelled as `canonical` is."""
    if canonical != data:
        raise MalformedError(f"{what}: not in canonical spelling: spaces, order of fields or escapes differ")
