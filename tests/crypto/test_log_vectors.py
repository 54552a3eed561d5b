"""Logs, checkpoints and receipts that others' programs judged are judged the same."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crypto.checkpoint import Checkpoint, open_checkpoint
from crypto.cosignature import cosigned_at
from crypto.cosigned_message import ml_dsa_message
from crypto.errors import CryptoError, VerificationError
from crypto.log_policy import LogPolicy, PolicyGroup, PolicyLog, PolicyWitness, decode_log_policy, encode_log_policy
from crypto.log_proof import verify_log_proof
from crypto.merkle import verify_consistency, verify_inclusion
from crypto.note import Note, decode_verifier_key, encode_verifier_key, read_signature_line, signature_line, signers_of
from crypto.tile import TILE_WIDTH, Bundle, Tile, parse_tile_path, path_of
from crypto.tile_tree import consistency_proof, inclusion_proof, read_bundle, verified_bundles

VECTORS = Path(__file__).parents[1] / "vectors/tlog"
KEYS: dict[str, Any] = json.loads((VECTORS / "keys.json").read_text())
CASES: list[dict[str, Any]] = json.loads((VECTORS / "cases.json").read_text())
ML_DSA: dict[str, str] = json.loads((VECTORS / "mldsa44.json").read_text())

REASONS = {
    "wrong-want": "another entry",
    "other-key-same-name": "no log of this policy",
    "size-plus": "decimal number",
    "size-underscore": "decimal number",
    "root-foreign-character": "standard Base64",
    "no-signature": "the last line ended by a line feed",
    "crlf": "control character",
    "one-witness-twice": "the quorum enough",
    "cosignature-time-changed": r"signature of witness\.example/w2 is not",
    "tile-missing": "tile/0/000: it is missing",
    "entries-swapped": "tile/entries/000: an entry is not the one",
    "rollback": "600 entries was asked for, but this one has 513",
    "proof-wrong-leaf": "leaf 300 is not what the root",
    "proof-index-beyond": "leaf 900 is beyond",
    "proof-no-magic": "it begins with",
}


@dataclass
class Case:
    """The files of a case, and who must have signed."""

    case: dict[str, Any]

    def bytes_of(self, path: str) -> bytes | None:
        if path in self.case["delete"]:
            return None
        for folder in (VECTORS / "cases" / self.case["overlay"], VECTORS / "log"):
            if (folder / path).is_file():
                return (folder / path).read_bytes()
        return None

    def read(self, part: Tile | Bundle) -> bytes | None:
        return self.bytes_of(path_of(part))

    def argument(self, name: str) -> str:
        return str(self.case["args"][self.case["args"].index(name) + 1])

    def file(self, name: str) -> bytes:
        return (VECTORS / name.removeprefix("@")).read_bytes()

    @property
    def policy(self) -> LogPolicy:
        log = PolicyLog(decode_verifier_key(KEYS["log"]))
        names = [f"w{number}" for number in self.case["witnesses"]]
        keys = [decode_verifier_key(KEYS["witnesses"][number]) for number in self.case["witnesses"]]
        witnesses = tuple(PolicyWitness(name, key) for name, key in zip(names, keys, strict=True))
        if not self.case["quorum"]:
            return LogPolicy((log,), witnesses, (), "none")
        return LogPolicy((log,), witnesses, (PolicyGroup("enough", self.case["quorum"], tuple(names)),), "enough")

    def checkpoint(self) -> Checkpoint:
        return self.policy.open_checkpoint(self.bytes_of("checkpoint") or b"")

    def audit(self) -> None:
        checkpoint = self.checkpoint()
        bundles = verified_bundles(checkpoint.size, checkpoint.root, self.read)
        assert sum(map(len, bundles)) == checkpoint.size

    def entry(self) -> None:
        checkpoint, index = self.checkpoint(), int(self.argument("-index"))
        first = index // TILE_WIDTH * TILE_WIDTH
        bundle = Bundle(index // TILE_WIDTH, min(TILE_WIDTH, checkpoint.size - first))
        entry = read_bundle(bundle, self.read)[index - first]
        proof = inclusion_proof(index, checkpoint.size, self.read)
        verify_inclusion(entry, index, checkpoint.size, proof, checkpoint.root)
        if "-want" in self.case["args"] and entry != self.file(self.argument("-want")):
            raise VerificationError("another entry")

    def consistency(self) -> None:
        new, old = self.checkpoint(), open_checkpoint(self.file(self.argument("-old")), self.policy.logs[0].key)
        proof = consistency_proof(old.size, new.size, self.read)
        verify_consistency(old.size, old.root, new.size, new.root, proof)

    def proof(self) -> None:
        verify_log_proof(self.file(self.case["args"][-1]), self.file(self.argument("-leaf")), self.policy)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_has_the_verdict_that_others_gave(case: dict[str, Any]) -> None:
    ask = getattr(Case(case), case["cmd"])
    if case["ok"]:
        ask()
    else:
        with pytest.raises(CryptoError, match=REASONS[case["name"]]):
            ask()


def test_the_vectors_ask_all_that_we_answer() -> None:
    assert {case["cmd"] for case in CASES} == {"checkpoint", "audit", "entry", "consistency", "proof"}
    assert len(CASES) == 52


def test_a_log_that_forked_before_the_old_checkpoint_contradicts_it() -> None:
    fork = {"overlay": "fork-alone-is-selfconsistent", "args": ["-old", "@checkpoints/600"], "delete": []}
    with pytest.raises(VerificationError, match="consistency proof"):
        Case({**fork, "witnesses": [0, 1], "quorum": 2}).consistency()


def test_every_file_of_the_log_has_a_path_that_is_read_and_written() -> None:
    paths = [str(file.relative_to(VECTORS / "log")) for file in (VECTORS / "log/tile").rglob("*") if file.is_file()]
    assert len(paths) == 18
    assert [path_of(parse_tile_path(path)) for path in paths] == paths


@pytest.mark.parametrize("vkey", [KEYS["log"], *KEYS["witnesses"], KEYS["pq_witness"], KEYS["pq_log"]])
def test_verifier_keys_are_read_and_written(vkey: str) -> None:
    assert encode_verifier_key(decode_verifier_key(vkey)) == vkey


def test_the_cosignature_by_ml_dsa_is_verified() -> None:
    key, text = decode_verifier_key(ML_DSA["vkey"]), ML_DSA["text"]
    signature = read_signature_line(ML_DSA["line"].rstrip("\n"))
    assert signature_line(signature).rstrip("\n") == ML_DSA["line"].rstrip("\n")
    assert ml_dsa_message(key.name, text, cosigned_at(signature)).hex() == ML_DSA["message_hex"]
    assert signers_of(Note(text, (signature,)), [key]) == (key,)
    with pytest.raises(VerificationError, match=r"witness\.example/pq"):
        signers_of(Note(text.replace("600", "601"), (signature,)), [key])


def test_both_signatures_by_ml_dsa_below_a_checkpoint_are_verified() -> None:
    case = {"overlay": "mldsa-cosignature-ignored-or-verified", "args": [], "delete": []}
    data = Case(case).bytes_of("checkpoint") or b""
    log = decode_verifier_key(KEYS["pq_log"])
    assert open_checkpoint(data, log).size == 600
    witness = PolicyWitness("pq", decode_verifier_key(KEYS["pq_witness"]))
    policy = LogPolicy((PolicyLog(log),), (witness,), (), "pq")
    assert policy.open_checkpoint(data).size == 600


def test_the_policy_is_read_and_met_by_two_of_three() -> None:
    policy = decode_log_policy((VECTORS / "policy").read_text())
    assert [log.url for log in policy.logs] == ["https://owners.example/log/2026/"]
    assert policy.groups == (PolicyGroup("two-of-three", 2, ("w1", "w2", "w3")),)
    assert decode_log_policy(encode_log_policy(policy)) == policy
    proof = (VECTORS / "proofs/good.tlog-proof").read_bytes()
    verify_log_proof(proof, (VECTORS / "leaf/300").read_bytes(), policy)
