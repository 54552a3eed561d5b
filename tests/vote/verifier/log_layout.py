"""A log of ours, laid out as the vectors of others are, for the scripts of the pages: what they read of it and refuse.

`log/` has 600 entries; `cases/NAME/` lies over it. Beside them are older checkpoints, keys, an entry and its receipt.
"""

import json
import shutil
from base64 import b64decode, b64encode
from pathlib import Path

from crypto.note import KeyType, VerifierKey, encode_verifier_key
from tests.crypto.logs import LOG_KEY, PQ, W1, W2
from tests.vote.verifier.log_folders import accepted, announced, policy_of, receipt_of, write_log
from tests.vote.verifier.log_folders import ballots as some_ballots

ORIGIN = "owners.example/log/2026"
SIZE, SHORT, PROVED = 600, 513, 300
OLD = (1, 257, SIZE)


def entries() -> list[bytes]:
    """Return the log's entries."""
    return [announced(policy_of(ORIGIN)), *some_ballots(SIZE)[1:]]


def write_layout(folder: Path) -> Path:
    """Write everything."""
    good = entries()
    log = write_log(folder / "log", good, origin=ORIGIN)
    fork = [*good[:200], accepted(9999), *good[201:]]
    write_log(folder / "cases/fork", fork, origin=ORIGIN)
    write_log(folder / "cases/short", good[:SHORT], origin=ORIGIN)
    write_log(folder / "cases/strange", [*good[:PROVED], b"another entry", *good[PROVED + 1 :]], origin=ORIGIN)
    for size in OLD:
        write_log(folder / f"old/{size}", good[:size], origin=ORIGIN)
        (folder / "checkpoints").mkdir(exist_ok=True)
        shutil.copy(folder / f"old/{size}/checkpoint", folder / f"checkpoints/{size}")
    cosigned = (log / "checkpoint").read_bytes()
    (folder / "cases/time").mkdir()
    (folder / "cases/time/checkpoint").write_bytes(_other_time(cosigned))
    (folder / "leaf").mkdir()
    (folder / f"leaf/{PROVED}").write_bytes(good[PROVED])
    (folder / "proofs").mkdir()
    (folder / "proofs/good.tlog-proof").write_bytes(receipt_of(log, good, PROVED))
    keys = [encode_verifier_key(key) for key in (VerifierKey(ORIGIN, KeyType.ED25519, LOG_KEY.public), W1, W2, PQ)]
    (folder / "keys.json").write_text(json.dumps({"log": keys[0], "witnesses": keys[1:]}))
    return folder


def _other_time(checkpoint: bytes) -> bytes:
    """Return a checkpoint of which a witness says another moment than it signed."""
    head, _, line = checkpoint.decode().rstrip("\n").rpartition(" ")
    data = bytearray(b64decode(line))
    data[11] ^= 1
    return f"{head} {b64encode(data).decode()}\n".encode()
