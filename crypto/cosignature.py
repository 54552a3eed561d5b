r"""A witness's word, with its time, that a checkpoint continues all that it saw of the log before.

 * Only a checkpoint is cosigned. Whether it continues the last one is for the witness to find out before.
 * An Ed25519 cosignature (type 4) does not name its signer, so a key signs under one name only.
 * One by ML-DSA-44 (type 6) does not cover extension lines; a log may use it too, as its second signature.

Follows SPEC.md §19.3, C2SP tlog-cosignature v1.1.0-rc.1.

>>> from crypto.checkpoint import Checkpoint, sign_checkpoint
>>> from crypto.note import KeyType, VerifierKey, decode_note, signers_of
>>> note = decode_note(sign_checkpoint(Checkpoint("log.example/1", 1, bytes(32)), SigningKey(bytes(32))))
>>> key = SigningKey(b"\x01" * 32)
>>> cosignature = cosign(note, "witness.example/1", key, at=1_795_000_000)
>>> cosigned_at(cosignature)
1795000000
>>> witness = VerifierKey("witness.example/1", KeyType.COSIGNATURE, key.public)
>>> signers_of(with_signatures(note, [cosignature]), [witness]) == (witness,)
True

Not here: verifying (`crypto.note.signers_of`), how many witnesses are enough (`crypto.log_policy`).
"""

from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crypto.checkpoint_text import decode_checkpoint
from crypto.cosigned_message import ed25519_message, join_cosignature, ml_dsa_message, split_cosignature
from crypto.ml_dsa import MLDSAKey, sign_ml_dsa
from crypto.note import KeyType, Note, NoteSignature, VerifierKey
from crypto.signature import SigningKey


def cosign(note: Note, name: str, key: SigningKey | MLDSAKey, at: int) -> NoteSignature:
    """Return the cosignature of a checkpoint.

    Args:
        note: the checkpoint, whose signatures were verified.
        name: of the key `key`.
        key: decides the type, 4 or 6.
        at: now, in whole seconds since 1970 (POSIX).

    Raises:
        MalformedError: the note is no checkpoint, or time or name are none.
    """
    decode_checkpoint(note.text)
    if isinstance(key, MLDSAKey):
        verifier = VerifierKey(name, KeyType.ML_DSA_44, key.public)
        signature = sign_ml_dsa(key, ml_dsa_message(name, note.text, at))
    else:
        verifier = VerifierKey(name, KeyType.COSIGNATURE, key.public)
        signature = Ed25519PrivateKey.from_private_bytes(key.seed).sign(ed25519_message(note.text, at))
    return NoteSignature(name, verifier.key_id, join_cosignature(at, signature))


def cosigned_at(signature: NoteSignature) -> int:
    """Return the time that a cosignature of type 4 or 6 claims, in whole seconds since 1970 (POSIX).

    Raises:
        MalformedError: it has no time.
    """
    at, _ = split_cosignature(signature.blob)
    return at


def with_signatures(note: Note, signatures: Iterable[NoteSignature]) -> Note:
    """Return the note with these signatures below those it has; one that is there already is not added again."""
    return Note(note.text, tuple(dict.fromkeys((*note.signatures, *signatures))))
