"""The sealed description of an election: what is asked, of whom, by which rules, when, and under whose keys.

 * It is RFC 8785 JSON; its SHA-256 stands in the description of `election.json` and so in every ballot.
 * It pins everything the fingerprint of `election.json` does not cover: weights, roll, trustees, rule profile.

Not here: whether an election may be sealed (`rules.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785

from crypto.encoding import (
    hex_digest,
    read_json,
    require_digest,
    require_fields,
    require_list,
    require_text,
    require_truth,
    require_whole,
)
from crypto.errors import MalformedError, VerificationError
from vote.account.separation import Separation, decode_separation, encode_separation
from vote.canonical import spells
from vote.clock import CHINA
from vote.election.ask import Ask, decode_ask, encode_ask
from vote.election.packing import Measures
from vote.election.paper import Pin, decode_pins, encode_pins
from vote.election.terms import (
    Changes,
    OfficeKeys,
    Periods,
    Pools,
    decode_changes,
    decode_moment,
    decode_offices,
    decode_periods,
    decode_pools,
    encode_changes,
    encode_offices,
    encode_pools,
)

VERSION = 1
MAX_PARTS = 2
ESTATE = ("id", "name", "community", "sub_district", "county")
"""What is said of the estate."""
_FIELDS = (
    "version", "uuid", "estate", "title", "demo", "profile", "secrecy", "credential_parts", "credential_parts_sha256",
    "channels", "opens_at", "closes_at", "grace_seconds", "periods", "pools", "electorate", "base", "roll_root",
    "electorate_root", "trustees", "credentials_sha256", "promise_key", "offices", "separation", "changes", "questions",
)  # fmt: skip
_DESCRIPTION = re.compile(r"善治 manifest sha256=([0-9a-f]{64}) base=(10{1,15}) total=area_dm2\*base\+heads")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that is fixed when an election is sealed."""

    uuid: str
    estate: dict[str, str]
    """By the names of `ESTATE`."""
    title: str
    demo: bool
    profile: dict[str, str]
    """id, version and digest of the rule profile."""
    secrecy: str
    credential_parts: int
    """2: letter and platform; 1: the letter alone."""
    credential_parts_sha256: str | None
    """Of parts.json, with the proofs of both parts of every key; none if there is one part."""
    channels: tuple[str, ...]
    opens_at: str
    closes_at: str
    """UTC, RFC 3339."""
    grace_seconds: int
    """How long checking may go on after closing, for ballots that were wholly received in time."""
    periods: Periods
    pools: Pools
    electorate: Measures
    base: int
    roll_root: str
    electorate_root: str
    trustees: dict[str, Any]
    """size, threshold, names, and sha256 of trustees.json."""
    credentials_sha256: str
    promise_key: str
    """The public key, in hex, with which the platform signs its promises for accepted ballots."""
    offices: Mapping[str, OfficeKeys]
    """The public keys of those who certify."""
    separation: Separation
    """How far the duties are in different hands."""
    changes: Changes
    """What may lawfully change after sealing, and how."""
    questions: tuple[Ask, ...]
    papers: tuple[Pin, ...] = ()
    """Commitments to what owners can read before they vote; where there is nothing, the field is left out."""


def encode_manifest(manifest: Manifest) -> bytes:
    """Write a manifest as it is hashed."""
    return rfc8785.dumps(
        {
            "version": VERSION,
            "uuid": manifest.uuid,
            "estate": manifest.estate,
            "title": manifest.title,
            "demo": manifest.demo,
            "profile": manifest.profile,
            "secrecy": manifest.secrecy,
            "credential_parts": manifest.credential_parts,
            "credential_parts_sha256": manifest.credential_parts_sha256,
            "channels": list(manifest.channels),
            "opens_at": manifest.opens_at,
            "closes_at": manifest.closes_at,
            "grace_seconds": manifest.grace_seconds,
            "periods": manifest.periods._asdict(),
            "pools": encode_pools(manifest.pools),
            "electorate": manifest.electorate._asdict(),
            "base": manifest.base,
            "roll_root": manifest.roll_root,
            "electorate_root": manifest.electorate_root,
            "trustees": manifest.trustees,
            "credentials_sha256": manifest.credentials_sha256,
            "promise_key": manifest.promise_key,
            "offices": encode_offices(manifest.offices),
            "separation": encode_separation(manifest.separation),
            "changes": encode_changes(manifest.changes),
            "questions": [encode_ask(ask) for ask in manifest.questions],
            **({"papers": encode_pins(manifest.papers)} if manifest.papers else {}),
        }
    )


def decode_manifest(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        MalformedError: it is no manifest of this version, or not in canonical spelling.
    """
    fields = require_fields(read_json(data, "manifest"), _FIELDS, "manifest", ("papers",))
    if fields["version"] != VERSION or isinstance(fields["version"], bool):
        raise MalformedError(f"manifest: version {VERSION} is expected")
    electorate = require_fields(fields["electorate"], ("heads", "area_dm2"), "manifest, electorate")
    trustees = require_fields(fields["trustees"], ("size", "threshold", "names", "sha256"), "manifest, trustees")
    manifest = Manifest(
        uuid=require_text(fields["uuid"], "manifest, uuid"),
        estate=_texts(fields["estate"], ESTATE, "manifest, estate"),
        title=require_text(fields["title"], "manifest, title"),
        demo=require_truth(fields["demo"], "manifest, demo"),
        profile=_texts(fields["profile"], ("id", "version", "digest"), "manifest, profile"),
        secrecy=require_text(fields["secrecy"], "manifest, secrecy"),
        credential_parts=_parts(fields),
        credential_parts_sha256=fields["credential_parts_sha256"],
        channels=tuple(
            require_text(each, "manifest, channels") for each in require_list(fields["channels"], "manifest")
        ),
        opens_at=_moment(fields["opens_at"], "manifest, opens_at"),
        closes_at=_moment(fields["closes_at"], "manifest, closes_at"),
        grace_seconds=require_whole(fields["grace_seconds"], "manifest, grace_seconds"),
        periods=decode_periods(fields["periods"], "manifest, periods"),
        pools=decode_pools(fields["pools"], "manifest, pools"),
        electorate=Measures(
            require_whole(electorate["heads"], "manifest, electorate heads", 1),
            require_whole(electorate["area_dm2"], "manifest, electorate area_dm2", 1),
        ),
        base=_base(fields["base"]),
        roll_root=require_digest(fields["roll_root"], "manifest, roll_root"),
        electorate_root=require_digest(fields["electorate_root"], "manifest, electorate_root"),
        trustees={
            "size": require_whole(trustees["size"], "manifest, trustees size", 1),
            "threshold": require_whole(trustees["threshold"], "manifest, trustees threshold", 1),
            "names": [require_text(name, "manifest, trustees") for name in require_list(trustees["names"], "manifest")],
            "sha256": require_digest(trustees["sha256"], "manifest, trustees sha256"),
        },
        credentials_sha256=require_digest(fields["credentials_sha256"], "manifest, credentials_sha256"),
        promise_key=require_digest(fields["promise_key"], "manifest, promise_key"),
        offices=decode_offices(fields["offices"], "manifest, offices"),
        separation=decode_separation(fields["separation"], "manifest, separation"),
        changes=decode_changes(fields["changes"], "manifest, changes"),
        questions=tuple(
            decode_ask(each, index)
            for index, each in enumerate(require_list(fields["questions"], "manifest, questions"))
        ),
        papers=decode_pins(fields["papers"], "manifest, papers") if "papers" in fields else (),
    )
    if not spells(data, lambda: encode_manifest(manifest)):
        raise MalformedError("manifest: not in canonical spelling (RFC 8785)")
    return manifest


def law_day(manifest: Manifest) -> date:
    """Return the day whose rules apply: the day on which voting opens, in China."""
    return datetime.fromisoformat(manifest.opens_at).astimezone(CHINA).date()


def describe(manifest: bytes, base: int) -> str:
    """Return the description line of `election.json` that pins the manifest and says how totals are read."""
    return f"善治 manifest sha256={hex_digest(manifest)} base={base} total=area_dm2*base+heads"


def is_described(description: str) -> bool:
    """Whether an election's description is a line of ours."""
    return _DESCRIPTION.fullmatch(description) is not None


def find_base(description: str) -> int | None:
    """Return the base that a description line of ours names."""
    match = _DESCRIPTION.fullmatch(description)
    return int(match[2]) if match else None


def verify_description(description: str, manifest: bytes, base: int) -> None:
    """Raise unless `description` pins `manifest`.

    Raises:
        VerificationError: it pins another one, or none.
    """
    if description != describe(manifest, base):
        raise VerificationError("manifest: election.json does not pin these bytes; this is not the sealed manifest")


def _texts(value: object, names: tuple[str, ...], what: str) -> dict[str, str]:
    return {name: require_text(text, f"{what}, {name}") for name, text in require_fields(value, names, what).items()}


def _moment(value: object, what: str) -> str:
    decode_moment(value, what)
    return require_text(value, what)


def _parts(fields: Mapping[str, Any]) -> int:
    parts = require_whole(fields["credential_parts"], "manifest, credential_parts", 1)
    if parts > MAX_PARTS:
        raise MalformedError(f"manifest, credential_parts: 1 or {MAX_PARTS} is expected")
    if (parts == 1) != (fields["credential_parts_sha256"] is None):
        raise MalformedError("manifest, credential_parts_sha256: keys of two parts have it, others have null")
    if parts > 1:
        require_digest(fields["credential_parts_sha256"], "manifest, credential_parts_sha256")
    return parts


def _base(value: object) -> int:
    base = require_whole(value, "manifest, base", 10)
    if base != 10 ** (len(str(base)) - 1):
        raise MalformedError("manifest, base: a power of ten is expected")
    return base
