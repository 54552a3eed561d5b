"""Proofs that two powers have one exponent (Chaum and Pedersen): log_g(public) = log_base(power).

With base = α and power = α^secret this shows that a decryption factor was made with the trustee's key.

 * challenge = H(prefix, g^w, base^w), response = w - secret · challenge.
 * Protocol version 1 hashes neither base nor power into the challenge. A cheating holder of the secret who may choose
   them afterwards can use that; see SPEC.md §3.

Follows SPEC.md §3. Prefix of the protocol: `decrypt|...|`.

>>> from crypto.group import multiply, multiply_base
>>> base = multiply_base(9)
>>> proof = prove_equality("example|", 5, base, rng=lambda size: bytes(size - 1) + b"1")
>>> verify_equality("example|", multiply_base(5), base, multiply(base, 5), proof)
"""

from crypto.errors import VerificationError
from crypto.group import ORDER, add, hash_to_scalar, multiply, multiply_base, random_scalar
from crypto.proof import Proof
from crypto.randomness import Randomness


def prove_equality(prefix: str, secret: int, base: bytes, rng: Randomness) -> Proof:
    """Prove that g^secret and base^secret have the same exponent.

    Raises:
        VerificationError: `base` is outside the group.
    """
    nonce = random_scalar(rng)
    challenge = hash_to_scalar(prefix, [multiply_base(nonce), multiply(base, nonce)])
    return Proof(challenge, (nonce - secret * challenge) % ORDER)


def verify_equality(prefix: str, public: bytes, base: bytes, power: bytes, proof: Proof) -> None:
    """Raise unless `power` is `base` raised to the secret of `public`.

    Raises:
        VerificationError: it is not, or a point is outside the group.
    """
    commitments = [
        add(multiply_base(proof.response), multiply(public, proof.challenge)),
        add(multiply(base, proof.response), multiply(power, proof.challenge)),
    ]
    if hash_to_scalar(prefix, commitments) != proof.challenge:
        raise VerificationError("the proof that both powers have one exponent does not hold")
