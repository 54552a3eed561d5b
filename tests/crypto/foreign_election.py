"""Lets belenios-tool hold a whole election, of the shape that a test asks for."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.foreign import belenios

GROUP = "--group", "Ed25519"


@dataclass(frozen=True)
class ForeignElection:
    """Everything is made by the tool, in a folder of its own."""

    folder: Path
    template: dict[str, Any]
    """The election's name, description, questions and optional fields."""
    weights: Sequence[int | None] = (None, None, None)
    """Of each voter; None where the tool is told none."""
    votes: Sequence[tuple[int, Any]] = ()
    """Voter and choices, in order."""
    singles: Sequence[str | None] = (None,)
    """The names of single trustees."""
    threshold: tuple[int, int] | None = None
    """Trustees of a threshold group: how many are needed, and how many there are."""

    def archive(self) -> bytes:
        """Hold the election and return its archive."""
        uuid = self._run("setup", "generate-token").strip()
        voters = [
            f"v{n}@x.example" + ("" if weight is None else f",,{weight}") for n, weight in enumerate(self.weights)
        ]
        self._write("voters.txt", "\n".join(voters) + "\n")
        self._run("setup", "generate-credentials", "--uuid", uuid, *GROUP, "--file", "voters.txt")
        self._find("*.pubcreds").rename(self.folder / "public_creds.json")
        letters = list(json.loads(self._find("*.privcreds").read_bytes()).values())
        keys = [self._single(name) for name in self.singles]
        self._write("public_keys.jsons", "".join(public + "\n" for public, _ in keys))
        shares: list[tuple[str, ...]] = [("decrypt", "--privkey", private) for _, private in keys]
        if self.threshold is not None:
            shares += self._threshold_group(*self.threshold)
        self._run("setup", "make-trustees")
        self._write("template.json", json.dumps(self.template))
        self._run("setup", "make-election", "--uuid", uuid, *GROUP, "--template", "template.json")
        self._run("archive", "init")
        for voter, choices in self.votes:
            self._write("letter", letters[voter])
            self._write("choices", json.dumps(choices))
            self._add("Ballot", self._election("generate-ballot", "--privcred", "letter", "--choice", "choices"))
        self._add("EndBallots", "")
        self._add("EncryptedTally", self._election("compute-encrypted-tally"))
        for owner, arguments in enumerate(shares, start=1):
            self._add("PartialDecryption", self._election(*arguments, "--trustee-id", str(owner)))
        self._add("Result", self._election("compute-result"))
        return (self.folder / f"{uuid}.bel").read_bytes()

    def _single(self, name: str | None) -> tuple[str, str]:
        self._run("setup", "generate-trustee-key", *GROUP)
        file = self._find("*.pubkey")
        public = json.loads(file.read_bytes())
        private = file.with_suffix(".privkey").name
        file.unlink()
        return json.dumps(public if name is None else {**public, "name": name}), private

    def _threshold_group(self, needed: int, size: int) -> list[tuple[str, ...]]:
        command: tuple[str, ...] = ("setup", "generate-trustee-key-threshold", *GROUP)
        contexts = [("--threshold-context", f"{index}/{needed}/{size}") for index in range(1, size + 1)]
        names = [self._run(*command, "--step", "1", *context).strip() for context in contexts]
        self._write("certs", "".join((self.folder / f"{name}.cert").read_text() for name in names))
        command += "--certs", "certs"
        own = [("--key", f"{name}.key", *context) for name, context in zip(names, contexts, strict=True)]
        self._write("polynomials", "".join(self._run(*command, "--step", "3", *key) for key in own))
        self._run(*command, "--step", "4", "--polynomials", "polynomials")
        outputs = [
            self._run(*command, "--step", "5", *key, standard_input=(self.folder / f"{name}.vinput").read_text())
            for name, key in zip(names, own, strict=True)
        ]
        made = self._run(*command, "--step", "6", "--polynomials", "polynomials", standard_input="".join(outputs))
        self._write("threshold.json", made)
        return [("decrypt-threshold", "--key", f"{name}.key", "--decryption-key", f"{name}.dkey") for name in names]

    def _election(self, command: str, *arguments: str) -> str:
        return self._run("election", command, "--dir", ".", *arguments)

    def _add(self, event: str, documents: str) -> None:
        self._run("archive", "add-event", "--type", event, standard_input=documents)

    def _find(self, pattern: str) -> Path:
        [found] = self.folder.glob(pattern)
        return found

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def _run(self, *arguments: str, standard_input: str = "") -> str:
        done = subprocess.run(
            [belenios(), *arguments], cwd=self.folder, input=standard_input, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
