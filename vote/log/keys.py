"""Derives the keys of public logs: each origin has its own, so a log under a new origin is signed by a new key.

 * The Ed25519 key always signs (tlog-tiles demands it of a public log). A key for ML-DSA-44 signs second where the
   installation wants it; who does not know it passes over its line.
 * Whoever has the installation's log key can sign for every estate. It is in no backup of the database.

Follows SPEC.md §19, C2SP tlog-checkpoint, tlog-cosignature v1.1.0-rc.1.
"""

from dataclasses import dataclass, field
from datetime import datetime

from crypto.checkpoint import Checkpoint, sign_checkpoint
from crypto.cosignature import cosign, with_signatures
from crypto.envelope import derive_key
from crypto.ml_dsa import MLDSAKey
from crypto.note import KeyType, VerifierKey, decode_note, encode_note
from crypto.signature import SigningKey


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The keys of an installation's logs."""

    master: bytes = field(repr=False)
    """32 bytes."""
    host: str
    """What origins begin with, such as `vote.example.org`."""
    ml_dsa: bool = False
    """Whether a second signature is wanted."""

    def origin(self, estate: str, number: int) -> str:
        """Return the name of an estate's log, which never changes once the log is open.

        Args:
            estate: the id.
            number: 1 for its first log; a restored copy that was taken into use begins a further one.
        """
        return f"{self.host}/log/{estate}" if number == 1 else f"{self.host}/log/{estate}/{number}"

    def verifier_key(self, origin: str) -> VerifierKey:
        """Return the key by which everybody verifies the log's checkpoints."""
        return VerifierKey(origin, KeyType.ED25519, self._signing_key(origin).public)

    def second_key(self, origin: str) -> VerifierKey | None:
        """Return the key of the second signature, if one is wanted."""
        return VerifierKey(origin, KeyType.ML_DSA_44, self._ml_dsa_key(origin).public) if self.ml_dsa else None

    def sign(self, checkpoint: Checkpoint, now: datetime) -> bytes:
        """Return the note in which the log says how far it has come."""
        note = sign_checkpoint(checkpoint, self._signing_key(checkpoint.origin))
        if not self.ml_dsa:
            return note
        signed = decode_note(note)
        second = cosign(signed, checkpoint.origin, self._ml_dsa_key(checkpoint.origin), int(now.timestamp()))
        return encode_note(with_signatures(signed, [second]))

    def _signing_key(self, origin: str) -> SigningKey:
        return SigningKey(derive_key(self.master, f"log/{origin}"))

    def _ml_dsa_key(self, origin: str) -> MLDSAKey:
        return MLDSAKey(derive_key(self.master, f"log-ml-dsa/{origin}"))
