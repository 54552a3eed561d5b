"""The description of an election as everybody votes on it: who asks, what, and under which key.

 * Its bytes are hashed as they are and never written again: every ballot carries their fingerprint.
 * Version 1 of the protocol and group Ed25519, nothing else; every field is known, and the key is not the identity.

Follows SPEC.md §5.

>>> from crypto.group import multiply_base
>>> question = Question("Agree?", ("yes", "no"), minimum=1, maximum=1, blank=False)
>>> data = encode_election("DQB53CqA1UtMwz", "An election", "", multiply_base(7), [question])
>>> decode_election(data).questions == (question,)
True
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crypto.encoding import (
    compact_json,
    fingerprint,
    read_json,
    require_fields,
    require_list,
    require_text,
    require_whole,
)
from crypto.errors import MalformedError
from crypto.group import IDENTITY, NAME, decode_point, encode_point
from crypto.question import Question, decode_question, encode_question

VERSION = 1
"""The version of the protocol; version 2 hashes and writes everything differently."""

_REQUIRED = ("version", "description", "name", "group", "public_key", "questions", "uuid")
_TEXTS = ("administrator", "credential_authority")
_OPTIONAL = (*_TEXTS, "language")
_DIRECTIONS = ("ltr", "rtl")
_UUID = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14,64}")


@dataclass(frozen=True, slots=True)
class Election:
    """A decoded `election.json`."""

    data: bytes
    """The bytes as published."""
    uuid: str
    name: str
    description: str
    public_key: bytes
    """y, a point of 32 bytes, not the identity."""
    questions: tuple[Question, ...]
    fingerprint: str
    """φ: SHA-256 of `data` in Base64, 43 characters."""


def decode_election(data: bytes) -> Election:
    """Read the bytes of `election.json`.

    Raises:
        MalformedError: another version or group, a field missing or unknown, a uuid, key or question that is none.
        VerificationError: the public key is a point outside the group.
    """
    fields = require_fields(read_json(data, "the election"), _REQUIRED, "the election", _OPTIONAL)
    if require_whole(fields["version"], "the election, version") != VERSION:
        raise MalformedError(f"the election: only version {VERSION} of the protocol is supported")
    if fields["group"] != NAME:
        raise MalformedError(f"the election: only group {NAME} is supported")
    for name in _TEXTS:
        require_text(fields.get(name, ""), f"the election, {name}")
    if "language" in fields:
        _require_language(fields["language"])
    public_key = decode_point(fields["public_key"], "the election, public key")
    if public_key == IDENTITY:
        raise MalformedError("the election: the public key is the identity, which hides nothing")
    questions = require_list(fields["questions"], "the election, questions")
    if not questions:
        raise MalformedError("the election: there is no question")
    return Election(
        data=data,
        uuid=require_uuid(fields["uuid"]),
        name=require_text(fields["name"], "the election, name"),
        description=require_text(fields["description"], "the election, description"),
        public_key=public_key,
        questions=tuple(decode_question(each, f"question {number}") for number, each in enumerate(questions, start=1)),
        fingerprint=fingerprint(data),
    )


def encode_election(  # noqa: PLR0917 - an election has as many parts as it has
    uuid: str,
    name: str,
    description: str,
    public_key: bytes,
    questions: Sequence[Question],
    administrator: str | None = None,
    credential_authority: str | None = None,
) -> bytes:
    """Write the bytes of `election.json`; what `decode_election` would refuse is refused here too.

    Raises:
        MalformedError: the parts make no election.
    """
    fields: dict[str, object] = {
        "version": VERSION,
        "description": description,
        "name": name,
        "group": NAME,
        "public_key": encode_point(public_key),
        "questions": [encode_question(question) for question in questions],
        "uuid": uuid,
    }
    if administrator is not None:
        fields["administrator"] = administrator
    if credential_authority is not None:
        fields["credential_authority"] = credential_authority
    data = compact_json(fields)
    decode_election(data)
    return data


def _require_language(value: object) -> None:
    name, direction = require_list(value, "the election, language", 2)
    require_text(name, "the election, language")
    if direction not in _DIRECTIONS:
        raise MalformedError("the election, language: the direction of writing is ltr or rtl")


def require_uuid(value: object) -> str:
    """Return `value` if it can name an election: 14 to 64 characters of base58.

    Raises:
        MalformedError: otherwise.
    """
    text = require_text(value, "the election, uuid")
    if not _UUID.fullmatch(text):
        raise MalformedError("the election, uuid: 14 to 64 characters of base58 are expected")
    return text
