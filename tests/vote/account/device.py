"""A device with a passkey, in software: makes one and signs with it, rightly or wrongly (W3C Web Authentication §6)."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, WITH_KEY = 1, 4, 64


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Device:
    """One passkey, and how the device misbehaves."""

    origin: str = "http://vote.test"
    site: str = "vote.test"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    handle: str = ""
    name: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any], **client: str) -> dict[str, Any]:
        """Answer what `PublicKeyCredentialCreationOptionsJSON` asks."""
        self.handle = options["user"]["id"]
        point = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        data = self._data(WITH_KEY) + bytes(16) + len(self.name).to_bytes(2) + self.name + cose
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._client("webauthn.create", options["challenge"], client)
        return self._answer({"clientDataJSON": text(said), "attestationObject": text(attestation)})

    def sign(self, options: dict[str, Any], **client: str) -> dict[str, Any]:
        """Answer what `PublicKeyCredentialRequestOptionsJSON` asks."""
        self.count += 1
        data, said = self._data(0), self._client("webauthn.get", options["challenge"], client)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": text(said),
                "authenticatorData": text(data),
                "signature": text(signature),
                "userHandle": self.handle,
            }
        )

    def _data(self, more: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4)

    def _client(self, kind: str, challenge: str, changed: dict[str, str]) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps({**said, **changed}).encode()

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "id": text(self.name),
            "rawId": text(self.name),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }


def decoded(value: str) -> bytes:
    return urlsafe_b64decode(value + "==")
