"""Reads and writes the key file of a witness: its name and its secret key, on one line.

Not here: who may read the file (`vote.offline`).
"""

from dataclasses import dataclass

from crypto.errors import MalformedError
from crypto.note import KeyType, VerifierKey
from crypto.signature import SigningKey, decode_signing_key, encode_signing_key


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """With what a witness signs, and under which name."""

    name: str
    key: SigningKey

    @property
    def verifier(self) -> VerifierKey:
        """What others need to know its signatures."""
        return VerifierKey(self.name, KeyType.COSIGNATURE, self.key.public)


def encode_key_file(key: WitnessKey) -> bytes:
    """Write a key file.

    Raises:
        MalformedError: the name cannot stand below a note.
    """
    return f"{key.verifier.name} {encode_signing_key(key.key)}\n".encode()


def decode_key_file(data: bytes) -> WitnessKey:
    """Read a key file.

    Raises:
        MalformedError: it is none; the message does not repeat it.
    """
    try:
        name, blank, seed = data.decode().removesuffix("\n").partition(" ")
    except UnicodeDecodeError:
        name, blank, seed = "", "", ""
    if not blank:
        raise MalformedError("key file of a witness: a name, a blank and 64 lowercase hex digits are expected")
    key = WitnessKey(name, decode_signing_key(seed))
    # A name that no note can have is refused here, not when the first checkpoint comes.
    encode_key_file(key)
    return key
