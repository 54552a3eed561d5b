"""Signs so that a quantum computer cannot forge it: ML-DSA-44, where a log or a witness wants a second signature.

 * A key is kept as its 32-byte seed and serves this algorithm only.
 * Signing is randomised by the library: the same message has another signature each time.

Follows FIPS 204 with an empty context.

>>> key = MLDSAKey(bytes(32))
>>> verify_ml_dsa(key.public, b"message", sign_ml_dsa(key, b"message"))

Not here: what is signed (`crypto.cosigned_message`).
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from crypto.errors import VerificationError

ML_DSA_PUBLIC_BYTES = 1312
ML_DSA_SIGNATURE_BYTES = 2420


@dataclass(frozen=True, slots=True)
class MLDSAKey:
    """A private key of ML-DSA-44; its `repr` does not show it."""

    seed: bytes = field(repr=False)
    """The seed ξ of FIPS 204, 32 bytes."""

    @property
    def public(self) -> bytes:
        """The public key, 1312 bytes."""
        return MLDSA44PrivateKey.from_seed_bytes(self.seed).public_key().public_bytes_raw()


def sign_ml_dsa(key: MLDSAKey, message: bytes) -> bytes:
    """Return a signature of `message`, 2420 bytes."""
    return MLDSA44PrivateKey.from_seed_bytes(key.seed).sign(message)


def verify_ml_dsa(public: bytes, message: bytes, signature: bytes) -> None:
    """Raise unless `signature` is one of `message` by the key `public`, which has 1312 bytes.

    Raises:
        VerificationError: it is not.
    """
    try:
        MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        raise VerificationError("ML-DSA-44: the signature is not by this key for this message") from None
