"""Clients of public logs that are not ours: Go's own packages, tlog-scales, and metamorphic-log, which is Rust.

Each raises, or ends with another code than 0, if anything in a folder does not hold. Metamorphic-log reads no tiles, so
proofs are taken from them for it; whether they prove anything is its own verdict.
"""

import hashlib
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import metamorphic_log
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tlog import Checkpoint, ConsistencyProofInvalid, InclusionProof, InclusionProofInvalid

from crypto.errors import CryptoError
from crypto.log_proof import decode_log_proof
from crypto.note import encode_verifier_key
from crypto.tile import Bundle, Tile, bundles_of, path_of
from crypto.tile_tree import consistency_proof, inclusion_proof, read_bundle
from tests.crypto.logs import LOG, W1, W2
from tests.foreign import log_client


class Signers(NamedTuple):
    """Verifier keys of a log and of witnesses who must all have signed."""

    log: str
    witnesses: Sequence[str]


BOTH = Signers(encode_verifier_key(LOG), tuple(map(encode_verifier_key, (W1, W2))))


class RefusedByGoError(Exception):
    """What Go's client said."""


def audit_by_go(place: str | Path, signers: Signers = BOTH, old: Path | None = None) -> str:
    """Return what Go's client found of a log in a folder or at an address."""
    return _go("audit", signers, *(() if old is None else ("-old", str(old))), str(place))


def prove_by_go(receipt: Path, signers: Signers = BOTH) -> str:
    """Return the entry that Go's client found proved."""
    return _go("proof", signers, str(receipt))


def _go(act: str, signers: Signers, *arguments: str) -> str:
    witnesses = [part for each in signers.witnesses for part in ("-witness", each)]
    command = [log_client(), act, "-log", signers.log, *witnesses, "-quorum", str(len(signers.witnesses)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RefusedByGoError(done.stderr)
    return done.stdout


def _open_by_scales(text: str, signers: Signers) -> Checkpoint:
    checkpoint = Checkpoint.from_text(text)
    keys = [Vkey.from_string(each) for each in (signers.log, *signers.witnesses)]
    signed = {key.name for key, _ in VkeySet(*keys).verify(checkpoint.signatures, checkpoint)}
    if signed != {key.name for key in keys} or checkpoint.origin != keys[0].name:
        raise ValueError(f"signed by {signed} alone")
    return checkpoint


def audit_by_scales(folder: Path, signers: Signers = BOTH, old: Path | None = None) -> None:
    """Prove each entry under the checkpoint from the tiles, and that the log begins with an older one."""
    reader = TilesReader(LocalBackend(folder))
    checkpoint = _open_by_scales((folder / "checkpoint").read_text(), signers)
    reader.set_size(checkpoint.size)
    if reader.calculate_root_hash() != checkpoint.root_hash:
        raise ValueError("another root")
    for index in range(checkpoint.size):
        leaf = hashlib.sha256(b"\x00" + reader.get_entry(index)).digest()
        reader.get_inclusion_proof(index, checkpoint.size).check(leaf, checkpoint.root_hash)
    if old is not None:
        before = _open_by_scales(old.read_text(), signers)
        reader.get_consistency_proof(before.size, checkpoint.size).check(before.root_hash, checkpoint.root_hash)


def prove_by_scales(receipt: Path, signers: Signers = BOTH) -> None:
    """Prove the entry of a receipt by its hashes."""
    proof = decode_log_proof(receipt.read_bytes())
    checkpoint = _open_by_scales(proof.checkpoint.decode(), signers)
    leaf = hashlib.sha256(b"\x00" + (proof.extra or b"")).digest()
    InclusionProof(proof.index, checkpoint.size, list(proof.hashes)).check(leaf, checkpoint.root_hash)


def audit_by_metamorphic(folder: Path, signers: Signers = BOTH, old: Path | None = None) -> None:
    """Prove each entry under the checkpoint, and that the log begins with an older one."""
    note = (folder / "checkpoint").read_text()
    head = metamorphic_log.checkpoint_verify(note, [signers.log])

    def read(part: Tile | Bundle) -> bytes | None:
        path = folder / path_of(part)
        return path.read_bytes() if path.is_file() else None

    for bundle in bundles_of(head.size):
        for at, entry in enumerate(read_bundle(bundle, read)):
            index = bundle.index * 256 + at
            proof = list(inclusion_proof(index, head.size, read))
            leaf = hashlib.sha256(b"\x00" + entry).digest()
            metamorphic_log.checkpoint_verify_inclusion(note, [signers.log], index, leaf, proof)
    if old is not None:
        before = old.read_text()
        size = metamorphic_log.checkpoint_verify(before, [signers.log]).size
        proof = list(consistency_proof(size, head.size, read))
        metamorphic_log.checkpoint_verify_consistency(before, note, [signers.log], proof)


def prove_by_metamorphic(receipt: Path, signers: Signers = BOTH) -> None:
    """Prove the entry of a receipt by its hashes."""
    proof = decode_log_proof(receipt.read_bytes())
    leaf = hashlib.sha256(b"\x00" + (proof.extra or b"")).digest()
    metamorphic_log.checkpoint_verify_inclusion(
        proof.checkpoint.decode(), [signers.log], proof.index, leaf, list(proof.hashes)
    )


class Client(NamedTuple):
    """A client; each part raises one of `refusals` if what it is given does not hold."""

    audit: Callable[..., object]
    prove: Callable[..., object]
    refusals: tuple[type[Exception], ...]


CLIENTS = {
    "go": Client(audit_by_go, prove_by_go, (RefusedByGoError,)),
    "tlog-scales": Client(
        audit_by_scales, prove_by_scales, (InclusionProofInvalid, ConsistencyProofInvalid, ValueError, CryptoError)
    ),
    "metamorphic-log": Client(audit_by_metamorphic, prove_by_metamorphic, (metamorphic_log.VerifyError, CryptoError)),
}
