"""A made-up log with two witnesses, all in memory, for the tests of its formats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crypto.checkpoint import Checkpoint, sign_checkpoint
from crypto.cosignature import cosign, with_signatures
from crypto.edge import Edge
from crypto.log_policy import LogPolicy, PolicyGroup, PolicyLog, PolicyWitness
from crypto.log_proof import LogProof, encode_log_proof
from crypto.merkle import leaf_hash
from crypto.ml_dsa import MLDSAKey
from crypto.note import KeyType, VerifierKey, decode_note, encode_note
from crypto.signature import SigningKey
from crypto.tile import Bundle, Tile, bundles_of, encode_bundle
from crypto.tile_tree import inclusion_proof

ORIGIN = "log.example/1"
AT = 1_795_000_000
LOG_KEY = SigningKey(b"\x01" * 32)
WITNESS_KEYS = {"w1.example": SigningKey(b"\x02" * 32), "w2.example": SigningKey(b"\x03" * 32)}
ML_DSA_KEY = MLDSAKey(b"\x04" * 32)

LOG = VerifierKey(ORIGIN, KeyType.ED25519, LOG_KEY.public)
W1, W2 = (VerifierKey(name, KeyType.COSIGNATURE, key.public) for name, key in WITNESS_KEYS.items())
PQ = VerifierKey("pq.example", KeyType.ML_DSA_44, ML_DSA_KEY.public)

BOTH = LogPolicy(
    (PolicyLog(LOG),), (PolicyWitness("a", W1), PolicyWitness("b", W2)), (PolicyGroup("both", 2, ("a", "b")),), "both"
)


def entries(count: int) -> list[bytes]:
    return [b"entry-%d" % number for number in range(count)]


def witnessed(checkpoint: Checkpoint, names: Sequence[str] = tuple(WITNESS_KEYS)) -> bytes:
    """Return the checkpoint signed by the log and cosigned."""
    note = decode_note(sign_checkpoint(checkpoint, LOG_KEY))
    return encode_note(with_signatures(note, [cosign(note, name, WITNESS_KEYS[name], AT) for name in names]))


@dataclass
class MadeUpLog:
    """A log with all the files that it publishes."""

    leaves: Sequence[bytes]
    files: dict[Tile | Bundle, bytes] = field(init=False)
    checkpoint: Checkpoint = field(init=False)

    def __post_init__(self) -> None:
        edge = Edge.of(0, {})
        self.files = dict(edge.extend(map(leaf_hash, self.leaves)))
        for bundle in bundles_of(len(self.leaves)):
            start = bundle.index * 256
            self.files[bundle] = encode_bundle(self.leaves[start : start + bundle.width])
        self.checkpoint = Checkpoint(ORIGIN, edge.size, edge.root())

    def proof(self, index: int, extra: bytes | None = None) -> bytes:
        hashes = inclusion_proof(index, len(self.leaves), self.files.get)
        return encode_log_proof(LogProof(extra, index, hashes, witnessed(self.checkpoint)))


def changed_bytes(data: bytes, changes: Sequence[int] = (1, 0x20, 0x80)) -> Mapping[tuple[int, int], bytes]:
    """Return `data` with one byte changed, by place and change."""
    return {
        (at, change): data[:at] + bytes([data[at] ^ change]) + data[at + 1 :]
        for at in range(len(data))
        for change in changes
    }
