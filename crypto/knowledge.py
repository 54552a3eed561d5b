"""Proofs that somebody knows the secret of a public key (Schnorr), and signatures made of them.

 * challenge = H(prefix, g^w), response = w - secret · challenge; the prefix says what is signed.
 * The protocol hashes the public key only where the prefix names it, so every caller builds the whole prefix.

Follows SPEC.md §3. Prefixes of the protocol: `pok|...|` (a trustee's key), `sigmsg|...|` (a message between
trustees), `sig|...|` (a ballot).

>>> from crypto.group import multiply_base
>>> proof = sign_message(5, "hello", rng=lambda size: bytes(size - 1) + b"1")
>>> verify_message(multiply_base(5), "hello", proof)
"""

from crypto.errors import VerificationError
from crypto.group import ORDER, add, hash_to_scalar, multiply, multiply_base, random_scalar
from crypto.proof import Proof
from crypto.randomness import Randomness


def prove_knowledge(prefix: str, secret: int, public: bytes, rng: Randomness) -> Proof:
    """Prove knowledge of `secret`, where `public` is g^secret, for the statement that `prefix` names.

    Raises:
        VerificationError: `public` does not belong to `secret`.
    """
    if multiply_base(secret) != public:
        raise VerificationError("the public key does not belong to the secret")
    nonce = random_scalar(rng)
    challenge = hash_to_scalar(prefix, [multiply_base(nonce)])
    return Proof(challenge, (nonce - secret * challenge) % ORDER)


def verify_knowledge(prefix: str, public: bytes, proof: Proof) -> None:
    """Raise unless `proof` shows knowledge of the secret of `public` for the statement that `prefix` names.

    Raises:
        VerificationError: it does not, or `public` is outside the group.
    """
    commitment = add(multiply_base(proof.response), multiply(public, proof.challenge))
    if hash_to_scalar(prefix, [commitment]) != proof.challenge:
        raise VerificationError("the proof of knowledge of the secret key does not hold")


def sign_message(secret: int, message: str, rng: Randomness) -> Proof:
    """Sign a message between trustees with the secret of a verification key."""
    return prove_knowledge(_message_prefix(message), secret, multiply_base(secret), rng)


def verify_message(public: bytes, message: str, proof: Proof) -> None:
    """Raise unless `proof` is the signature of `message` by the holder of `public`.

    Raises:
        VerificationError: it is not, or `public` is outside the group.
    """
    verify_knowledge(_message_prefix(message), public, proof)


def _message_prefix(message: str) -> str:
    return f"sigmsg|{message}|"
