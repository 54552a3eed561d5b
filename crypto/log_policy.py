r"""Whose signatures make a checkpoint worth believing: the logs that may speak, and the witnesses that must have looked.

 * A checkpoint holds if one of the logs signed it and its origin is that log's name, and if the quorum cosigned it.
 * A group holds if enough of its members do. A name stands in one group at most, and a key in one line, so that nobody
   counts twice.
 * Names are compared byte by byte; the order of lines means nothing, but a name is defined before it is used.

Follows SPEC.md §19.6, C2SP tlog-policy as of commit 5ba5ee8. Stricter: a policy is UTF-8, a key has type 1 or 6 for a
log and 4 or 6 for a witness, and none is for both.

>>> policy = decode_log_policy("# no witness yet\nquorum none\n")
>>> policy.is_met([])
True
>>> encode_log_policy(policy)
'quorum none\n'

Not here: who the witnesses are and how they are asked (`vote.log`).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from crypto.checkpoint_text import Checkpoint, decode_checkpoint
from crypto.encoding import require_decimal
from crypto.errors import MalformedError, VerificationError
from crypto.note import KeyType, Note, VerifierKey, decode_note, decode_verifier_key, encode_verifier_key, signers_of

NO_QUORUM = "none"
"""The quorum of a policy that asks for no witness."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BLANKS = re.compile(r"[ \t]+")
_LOG_TYPES = (KeyType.ED25519, KeyType.ML_DSA_44)
_WITNESS_TYPES = (KeyType.COSIGNATURE, KeyType.ML_DSA_44)


@dataclass(frozen=True, slots=True)
class PolicyLog:
    """A log that may speak."""

    key: VerifierKey
    """Its name is the log's origin."""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyWitness:
    """A witness that may be counted."""

    name: str
    """Its name in this policy; that of its key may be another."""
    key: VerifierKey
    url: str | None = None
    """Where it takes checkpoints: the submission prefix of tlog-witness."""


@dataclass(frozen=True, slots=True)
class PolicyGroup:
    """Witnesses and other groups, of which so many are enough."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogPolicy:
    """What a checkpoint needs to be believed.

    Raises:
        MalformedError: something is defined twice, not before its use, or cannot be reached.
    """

    logs: tuple[PolicyLog, ...]
    witnesses: tuple[PolicyWitness, ...]
    groups: tuple[PolicyGroup, ...]
    """Each after those that it names."""
    quorum: str
    """A witness, a group, or `NO_QUORUM`."""

    def __post_init__(self) -> None:
        _require_keys([log.key for log in self.logs], _LOG_TYPES, "log")
        _require_keys([witness.key for witness in self.witnesses], _WITNESS_TYPES, "witness")
        if {log.key.public for log in self.logs} & {witness.key.public for witness in self.witnesses}:
            raise MalformedError("policy: the same key for a log and a witness; a log does not watch itself")
        for url in [*(log.url for log in self.logs), *(witness.url for witness in self.witnesses)]:
            if url is not None:
                _require_item(url)
        defined, members = {NO_QUORUM}, {NO_QUORUM}
        for witness in self.witnesses:
            _define(witness.name, defined)
        for group in self.groups:
            _require_group(group, defined, members)
            members.update(group.members)
            _define(group.name, defined)
        if self.quorum not in defined:
            raise MalformedError(f"policy: the quorum {self.quorum} is not defined")

    def open_checkpoint(self, data: bytes) -> Checkpoint:
        """Return what the note `data` says, signed by a log of this policy and cosigned by its quorum.

        Raises:
            MalformedError: it is no signed checkpoint.
            VerificationError: no log of this policy signed it, its quorum did not, or a signature does not hold.
        """
        note = decode_note(data)
        checkpoint = decode_checkpoint(note.text)
        logs = [log.key for log in self.logs if log.key.name == checkpoint.origin]
        if not signers_of(note, logs):
            raise VerificationError("checkpoint: no log of this policy with its origin signed it")
        self.require_quorum(note)
        return checkpoint

    def require_quorum(self, note: Note) -> None:
        """Raise unless the quorum cosigned `note`.

        Raises:
            MalformedError: the note is cosigned, but no checkpoint.
            VerificationError: the quorum did not cosign, or a cosignature does not hold.
        """
        if not self.is_met(self.cosigners_of(note)):
            raise VerificationError(f"checkpoint: the quorum {self.quorum} of its policy did not cosign it")

    def cosigners_of(self, note: Note) -> tuple[str, ...]:
        """Return the names, in this policy, of the witnesses that cosigned `note`, each once.

        Raises:
            MalformedError: the note is cosigned, but no checkpoint.
            VerificationError: a cosignature does not hold.
        """
        signers = signers_of(note, [witness.key for witness in self.witnesses])
        return tuple(witness.name for witness in self.witnesses if witness.key in signers)

    def is_met(self, cosigners: Collection[str]) -> bool:
        """Whether these witnesses, by their names in this policy, are the quorum or more."""
        met = {witness.name for witness in self.witnesses if witness.name in cosigners} | {NO_QUORUM}
        for group in self.groups:
            if sum(member in met for member in group.members) >= group.threshold:
                met.add(group.name)
        return self.quorum in met


def encode_log_policy(policy: LogPolicy) -> str:
    """Write a policy as its file has it: logs, witnesses, groups, quorum."""
    rows: list[tuple[str | None, ...]] = [
        *(("log", encode_verifier_key(log.key), log.url) for log in policy.logs),
        *(("witness", each.name, encode_verifier_key(each.key), each.url) for each in policy.witnesses),
        *(("group", each.name, str(each.threshold), *each.members) for each in policy.groups),
        ("quorum", policy.quorum),
    ]
    return "".join(" ".join(item for item in row if item is not None) + "\n" for row in rows)


def decode_log_policy(text: str) -> LogPolicy:
    """Read a policy.

    Raises:
        MalformedError: it is none.
        VerificationError: a key in it is one that anybody could sign for.
    """
    if _CONTROL.search(text) or not text.endswith("\n"):
        raise MalformedError(
            "policy: lines ended by a line feed are expected, without other control characters than tabs"
        )
    reader = _Reader([], [], [])
    for number, line in enumerate(text[:-1].split("\n"), start=1):
        items = _BLANKS.split(line.strip(" \t"))
        if items[0] and not items[0].startswith("#"):
            reader.take(items, f"policy, line {number}")
    if reader.quorum is None:
        raise MalformedError("policy: there is no quorum; 'quorum none' asks for no witness")
    return LogPolicy(tuple(reader.logs), tuple(reader.witnesses), tuple(reader.groups), reader.quorum)


@dataclass(slots=True)
class _Reader:
    """What the lines of a policy defined so far."""

    logs: list[PolicyLog]
    witnesses: list[PolicyWitness]
    groups: list[PolicyGroup]
    quorum: str | None = None

    def take(self, items: list[str], what: str) -> None:
        """Read a line; what it names must be defined by now."""
        match items:
            case ["log", key, *url] if len(url) <= 1:
                self.logs.append(PolicyLog(decode_verifier_key(key), *url))
            case ["witness", name, key, *url] if len(url) <= 1:
                self.witnesses.append(PolicyWitness(name, decode_verifier_key(key), *url))
            case ["group", name, count, member, *members]:
                self._require_defined((member, *members), what)
                self.groups.append(_read_group(name, count, (member, *members), what))
            case ["quorum", name]:
                if self.quorum is not None:
                    raise MalformedError(f"{what}: there is one quorum")
                self._require_defined((name,), what, NO_QUORUM)
                self.quorum = name
            case _:
                raise MalformedError(f"{what}: a log, a witness, a group or the quorum is expected")

    def _require_defined(self, names: tuple[str, ...], what: str, *predefined: str) -> None:
        defined = {each.name for each in self.witnesses} | {each.name for each in self.groups} | set(predefined)
        for name in names:
            if name not in defined:
                raise MalformedError(f"{what}: {name} is not defined above")


def _read_group(name: str, count: str, members: tuple[str, ...], what: str) -> PolicyGroup:
    shorthands = {"any": 1, "all": len(members)}
    threshold = shorthands[count] if count in shorthands else require_decimal(count, f"{what}, threshold")
    return PolicyGroup(name, threshold, members)


def _require_keys(keys: list[VerifierKey], types: tuple[KeyType, ...], what: str) -> None:
    if any(key.type not in types for key in keys):
        raise MalformedError(f"policy: a key of another type than a {what} has")
    if len({key.public for key in keys}) != len(keys):
        raise MalformedError(f"policy: the same {what} key in two lines")


def _require_group(group: PolicyGroup, defined: set[str], members: set[str]) -> None:
    for at, member in enumerate(group.members):
        if member not in defined or member in members or member in group.members[:at]:
            raise MalformedError(f"policy: {member} in {group.name} is not defined before, or is in a group already")
    if not 1 <= group.threshold <= len(group.members):
        raise MalformedError(f"policy: {group.name} needs {group.threshold} of its {len(group.members)} members")


def _define(name: str, defined: set[str]) -> None:
    if _require_item(name) in defined:
        raise MalformedError(f"policy: {name} is defined twice, or means no quorum")
    defined.add(name)


def _require_item(text: str) -> str:
    if not text or _CONTROL.search(text) or any(blank in text for blank in " \t\n"):
        raise MalformedError("policy: names and addresses are not empty and have no blanks")
    return text
