"""Locks a file with a passphrase as a browser does: an age file of little work, for tests that open it there.

Follows age-encryption.org/v1. `pyrage` would choose as much work as this machine does in a second.
"""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 64 * 1024
WORK = 14


def lock_lightly(data: bytes, passphrase: str) -> bytes:
    """Return an age file of one chunk with a scrypt stanza."""
    assert len(data) < CHUNK
    salt, file_key, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    label = b"age-encryption.org/v1/scrypt" + salt
    wrapping = hashlib.scrypt(passphrase.encode(), salt=label, n=2**WORK, r=8, p=1, maxmem=2**26, dklen=32)
    body = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    header = f"age-encryption.org/v1\n-> scrypt {_unpadded(salt)} {WORK}\n{_unpadded(body)}\n---".encode()
    mac = hmac.digest(_derive(file_key, b"", b"header"), header, "sha256")
    last = bytes(11) + b"\x01"
    sealed = ChaCha20Poly1305(_derive(file_key, nonce, b"payload")).encrypt(last, data, None)
    return header + f" {_unpadded(mac)}\n".encode() + nonce + sealed


def _derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def _unpadded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")
