"""Logs of an estate in folders, as they are exported: made of entries alone, signed and witnessed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crypto.checkpoint import Checkpoint
from crypto.edge import Edge
from crypto.encoding import hex_digest
from crypto.log_policy import PolicyLog, encode_log_policy
from crypto.merkle import leaf_hash
from crypto.note import KeyType, VerifierKey, encode_verifier_key
from crypto.tile import TILE_WIDTH, Bundle, Tile, encode_bundle, path_of
from tests.crypto.logs import BOTH, LOG_KEY, ORIGIN, witnessed
from vote.log.receipt import make_receipt
from vote.log.rules import Facts, Kind, encode_entry

POLICY = encode_log_policy(BOTH).encode()
ELECTION = "AAAAAAAAAAAAAAAAA2"


def tracker(number: int) -> str:
    return f"{number:042}A"


def accepted(number: int, election: str = ELECTION) -> bytes:
    facts: Facts = {"election": election, "tracker": tracker(number), "commitment": f"{number:064x}"}
    return encode_entry(Kind.BALLOT_ACCEPTED, facts)


def announced(policy: bytes = POLICY) -> bytes:
    return encode_entry(Kind.POLICY_ANNOUNCED, {"policy": hex_digest(policy)})


def ballots(count: int) -> list[bytes]:
    """Return a log's entries: its policy, and ballots."""
    return [announced(), *(accepted(number) for number in range(1, count))]


def policy_of(origin: str) -> bytes:
    """Return the policy of a log with this origin and the usual key."""
    log = PolicyLog(VerifierKey(origin, KeyType.ED25519, LOG_KEY.public))
    return encode_log_policy(replace(BOTH, logs=(log,))).encode()


def write_log(folder: Path, entries: Sequence[bytes], steps: Sequence[int] = (), origin: str = ORIGIN) -> Path:
    """Publish a log that had the sizes `steps` before; what each left stays there."""
    edge, files = Edge.of(0, {}), dict[Tile | Bundle, bytes]()
    for size in (*steps, len(entries)):
        first = edge.size // TILE_WIDTH
        files.update(edge.extend(map(leaf_hash, entries[edge.size : size])))
        for index in range(first, -(-size // TILE_WIDTH)):
            part = entries[index * TILE_WIDTH : min(size, (index + 1) * TILE_WIDTH)]
            files[Bundle(index, len(part))] = encode_bundle(part)
    for part, data in files.items():
        path = folder / path_of(part)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "checkpoint").write_bytes(witnessed(Checkpoint(origin, edge.size, edge.root())))
    (folder / "policy").write_bytes(policy_of(origin))
    (folder / "key").write_text(encode_verifier_key(VerifierKey(origin, KeyType.ED25519, LOG_KEY.public)) + "\n")
    return folder


def receipt_of(folder: Path, entries: Sequence[bytes], index: int) -> bytes:
    """Return the receipt of an entry by what is published."""

    def read(part: Tile | Bundle) -> bytes | None:
        path = folder / path_of(part)
        return path.read_bytes() if path.is_file() else None

    return make_receipt(entries[index], index, (folder / "checkpoint").read_bytes(), read)
