r"""Decides what an entry of a public log may say: for each kind its fields, and for each field the one way to spell it.

 * An entry is RFC 8785 JSON: its kind, the format's version, and exactly the fields of its kind.
 * Values are numbers, moments, digests, fingerprints, names of elections, and words of lower case letters. A sentence, a
   name or a phone number has no spelling here.
 * The pattern of a kind is the whole definition: what it matches is canonical. Only the order of names inside a field is
   looked at besides.

`docs/log-entries.md` says what each field means.

>>> require_entry(b'{"election":"AAAAAAAAAAAAAAAAA2","kind":"election:opened","version":1}', "entry 0")
<Kind.ELECTION_OPENED: 'election:opened'>

Not here: whether what an entry says is true (`vote.verifier.log_facts`).
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import rfc8785

from crypto.encoding import read_json, require_fields, require_whole
from crypto.errors import MalformedError
from vote.log.rules import Kind

VERSION = 1

WHOLE = r"(?:0|[1-9][0-9]{0,14})"
SIGNED = r"(?:-?[1-9][0-9]{0,14}|0)"
DIGEST = r'"[0-9a-f]{64}"'
TRACKER = r'"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]"'
ELECTION = r'"[1-9A-HJ-NP-Za-km-z]{14,64}"'
MOMENT = r'"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?Z"'
WORD = r'"[a-z]+(?:[-_][a-z]+)*"'
BACKUP = r'"[0-9A-Za-z._-]{1,100}"'

RECORD_BEFORE = r'"(?:[1-9A-HJ-NP-Za-km-z]{14,64})?"'
DAY = r'"[0-9]{4}-[0-9]{2}-[0-9]{2}"'

COMMITMENTS = r'\{(?:"[a-z_]{1,40}":"[0-9a-f]{64}"(?:,"[a-z_]{1,40}":"[0-9a-f]{64}"){0,99})?\}'
WORDS = rf"\[(?:{WORD}(?:,{WORD}){{0,99}})?\]"

Shapes = Mapping[str, str]
_OF_ELECTION = {"election": ELECTION}

FIELDS: Mapping[Kind, Shapes] = {
    Kind.ROLL_FROZEN: {"roll": WHOLE, "root": DIGEST, "heads": WHOLE, "area_dm2": WHOLE},
    Kind.ELECTION_SEALED: {
        **_OF_ELECTION, "fingerprint": TRACKER, "manifest": DIGEST, "trustees": DIGEST, "credentials": DIGEST,
    },
    Kind.ELECTION_NOTICED: _OF_ELECTION,
    Kind.ELECTION_OPENED: _OF_ELECTION,
    Kind.ELECTION_EXTENDED: {**_OF_ELECTION, "closes_at": MOMENT},
    Kind.CANDIDATE_WITHDRAWN: {**_OF_ELECTION, "question": WHOLE, "choice": WHOLE},
    Kind.ROLL_CORRECTED: {**_OF_ELECTION, "heads": SIGNED, "area_dm2": SIGNED},
    Kind.PHONE_CHANGED: {**_OF_ELECTION, "count": WHOLE},
    Kind.KEY_REPLACED: {**_OF_ELECTION, "duty": WORD, "count": WHOLE},
    Kind.KEY_ASKED: {**_OF_ELECTION, "duty": WORD},
    Kind.KEY_KEPT: {**_OF_ELECTION, "duty": WORD},
    Kind.LETTER_REISSUED: {**_OF_ELECTION, "count": WHOLE},
    Kind.BALLOT_ACCEPTED: {**_OF_ELECTION, "tracker": TRACKER, "commitment": DIGEST},
    Kind.POOL_RELEASED: {**_OF_ELECTION, "pool": WHOLE, "ballots": WHOLE},
    Kind.ELECTION_CLOSED: {**_OF_ELECTION, "ballots": WHOLE, "box": DIGEST},
    Kind.DISPUTE_RAISED: {**_OF_ELECTION, "dispute": WHOLE, "dispute_kind": WORD},
    Kind.DISPUTE_SETTLED: {**_OF_ELECTION, "dispute": WHOLE, "outcome": WORD},
    Kind.ELECTION_CHECKED: {**_OF_ELECTION, "heads": WHOLE, "set_aside": WHOLE, "check": DIGEST},
    Kind.TALLY_SUMMED: {**_OF_ELECTION, "tally": DIGEST, "ballots": WHOLE},
    Kind.TALLY_SHARED: {**_OF_ELECTION, "trustee": WHOLE, "share": DIGEST},
    Kind.TALLY_OPENED: {**_OF_ELECTION, "result": DIGEST},
    Kind.OBJECTION_RAISED: {**_OF_ELECTION, "objection": WHOLE},
    Kind.OBJECTION_ANSWERED: {**_OF_ELECTION, "objection": WHOLE, "outcome": WORD},
    Kind.OPENING_REQUESTED: {**_OF_ELECTION, "request": WHOLE, "reason": WORD},
    Kind.CERTIFICATE_COMPLETED: {**_OF_ELECTION, "number": WHOLE, "certificate": DIGEST},
    Kind.CERTIFICATE_ISSUED: {**_OF_ELECTION, "number": WHOLE, "certificate_kind": WORD, "certificate": DIGEST},
    Kind.ELECTION_ANNULLED: {**_OF_ELECTION, "reason": WORD},
    Kind.TRUSTEE_DESTROYED: {**_OF_ELECTION, "number": WHOLE, "word": DIGEST},
    Kind.LETTERS_DESTROYED: {**_OF_ELECTION, "number": WHOLE, "word": DIGEST},
    Kind.DATABASE_RESTORED: {**_OF_ELECTION, "backup": BACKUP, "made_at": MOMENT},
    Kind.RECORD_PUBLISHED: {
        "record": ELECTION, "record_kind": WORD, "published_at": MOMENT, "supersedes": RECORD_BEFORE, "commitments": COMMITMENTS,
    },
    Kind.RECORD_REDACTED: {"record": ELECTION, "fields": WORDS, "article": WORD, "office": WORD, "on": DAY},
    Kind.BOOK_POSTED: {"posting": WHOLE, "facts": DIGEST, "commitment": DIGEST},
    Kind.BOOK_REDACTED: {"posting": WHOLE, "article": WORD, "office": WORD, "on": DAY},
    Kind.DUTY_OVERDUE: {"act": WORD, "about": RECORD_BEFORE, "due": DAY},
    Kind.INQUIRY_RAISED: {
        "inquiry": ELECTION, "about": RECORD_BEFORE, "manner": WORD, "on": DAY, "due": DAY,
        "commitments": COMMITMENTS,
    },
    Kind.INQUIRY_ANSWERED: {"inquiry": ELECTION, "on": DAY, "commitments": COMMITMENTS},
    Kind.INQUIRY_REDACTED: {"inquiry": ELECTION, "fields": WORDS, "article": WORD, "office": WORD, "on": DAY},
    Kind.INQUIRY_TABLED: {"inquiry": ELECTION, "on": DAY},
    Kind.INTEREST_DECLARED: {"interest": ELECTION, "seat": WORD, "commitments": COMMITMENTS},
    Kind.INTEREST_PUBLISHED: {
        "interest": ELECTION, "about": RECORD_BEFORE, "posting": WHOLE, "handling": WORD, "commitments": COMMITMENTS,
    },
    Kind.PETITION_STARTED: {
        "petition": ELECTION, "petition_kind": WORD, "text": DIGEST, "heads": WHOLE, "area_dm2": WHOLE, "expires_on": DAY,
    },
    Kind.PETITION_SERVED: {
        "petition": ELECTION, "heads": WHOLE, "area_dm2": WHOLE, "struck": WHOLE, "signers": DIGEST, "due_on": DAY,
    },
    Kind.PETITION_ANSWERED: {"petition": ELECTION, "record": RECORD_BEFORE, "on": DAY},
    Kind.PETITION_LAPSED: {"petition": ELECTION, "due_on": DAY},
    Kind.PETITION_EXPIRED: {"petition": ELECTION, "heads": WHOLE, "area_dm2": WHOLE},
    Kind.PETITION_WITHDRAWN: {"petition": ELECTION, "heads": WHOLE, "area_dm2": WHOLE},
    Kind.CASE_BEGUN: {"case": ELECTION, "procedure": WORD, "profile": DIGEST},
    Kind.CASE_HAPPENED: {"case": ELECTION, "event": WORD, "on": DAY},
    Kind.CASE_TAKEN_BACK: {"case": ELECTION, "event": WORD, "on": DAY},
    Kind.POLICY_ANNOUNCED: {"policy": DIGEST},
    Kind.LOG_CONTINUED: {"before": WHOLE, "size": WHOLE, "root": DIGEST, "reason": DIGEST},
}  # fmt: skip
"""The fields of each kind besides kind and version; whoever writes a new kind adds its line."""


class Entry(NamedTuple):
    """What an entry says."""

    kind: Kind
    facts: Mapping[str, Any]
    """Its fields besides kind and version."""


def require_entry(data: bytes, what: str) -> Kind:
    """Return the kind of an entry that is spelled as its kind asks.

    Args:
        data: the entry.
        what: names it in a refusal, as in "entry 7".

    Raises:
        MalformedError: it is of no known kind, a field is missing, unknown or of another shape, or it is not canonical.
    """
    kind, pattern = _PATTERNS.get(_name_in(data), (None, None))
    if kind is None or pattern is None or not pattern.fullmatch(data):
        raise MalformedError(f"{what}: {_fault(data)}")
    if kind in _NESTED and rfc8785.dumps(read_json(data, what)) != data:
        raise MalformedError(f"{what}: {_SPELLING}")
    return kind


def require_entries(entries: Sequence[bytes], first: int) -> list[Kind]:
    """Return the kinds of entries in a row, each spelled as its kind asks.

    Most are of the same kind as the one before, and so cost one comparison.

    Args:
        entries: in the order of the log.
        first: the place of the first of them, counted from 0; a refusal names the place.

    Raises:
        MalformedError: as `require_entry`.
    """
    kinds: list[Kind] = []
    matches: Callable[[bytes], object] = _nothing
    kind = Kind.BALLOT_ACCEPTED
    for number, data in enumerate(entries, first):
        if not matches(data):
            kind = require_entry(data, f"entry {number}")
            # What has fields inside a field is looked at by more than its pattern.
            matches = _nothing if kind in _NESTED else _PATTERNS[kind.encode()][1].fullmatch
        kinds.append(kind)
    return kinds


def read_entry(data: bytes, what: str) -> Entry:
    """Read an entry.

    Raises:
        MalformedError: as `require_entry`.
    """
    kind = require_entry(data, what)
    return Entry(kind, {name: value for name, value in json.loads(data).items() if name not in _FRAME})


_FRAME = ("kind", "version")
_KIND = b'"kind":"'


def _nothing(_: bytes) -> bool:
    """Match no entry."""
    return False


def _name_in(data: bytes) -> bytes:
    start = data.find(_KIND) + len(_KIND)
    return data[start : data.find(b'"', start)]


def _pattern(kind: Kind, shapes: Shapes) -> re.Pattern[bytes]:
    spelled = {**shapes, "kind": f'"{kind}"', "version": str(VERSION)}
    return re.compile(("\\{" + ",".join(f'"{name}":{spelled[name]}' for name in sorted(spelled)) + "\\}").encode())


_SPELLING = "not in canonical spelling (RFC 8785)"
_NESTED = {kind for kind, shapes in FIELDS.items() if COMMITMENTS in shapes.values()}
_PATTERNS = {str(kind).encode(): (kind, _pattern(kind, shapes)) for kind, shapes in FIELDS.items()}


def _fault(data: bytes) -> str:
    """Return what is wrong with an entry that no pattern matches."""
    try:
        fields = read_json(data, "JSON")
    except MalformedError as error:
        return str(error)
    name = fields.get("kind") if isinstance(fields, dict) else None
    kind = next((each for each in FIELDS if each == name), None)
    if kind is None:
        return "its kind is none of those in docs/log-entries.md"
    try:
        require_fields(fields, (*_FRAME, *FIELDS[kind]), kind)
        if require_whole(fields["version"], "version") != VERSION:
            return f"version {VERSION} is expected"
    except MalformedError as error:
        return str(error)
    for field, shape in FIELDS[kind].items():
        if not re.fullmatch(shape, json.dumps(fields[field], ensure_ascii=False, separators=(",", ":"))):
            return f"{kind}: {field} has not the shape that this kind asks"
    return _SPELLING
