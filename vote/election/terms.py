"""Keeps what a sealed manifest says about time, lawful changes and the offices that certify.

 * Periods are calendar days; a demonstration has none.
 * Ballots are shown pool by pool: when enough wait, at fixed hours if some do, and after a longest time in any case.
 * What may change after sealing is sealed too: how often and until when voting may be extended, what becomes of a
   candidate who withdraws, and of an error in the roll that is found too late.

Follows product.md §4 and rulebook §9a.2, §9a.5. Not here: whether a change is allowed now (`change.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from crypto.encoding import require_digest, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError

OFFICES = ("organiser", "community", "sub_district")
OFFICES_ZH: Mapping[str, str] = dict(zip(OFFICES, ("组织者", "社区", "街道"), strict=True))
CERTIFYING = "community"
"""The office that certifies the procedure, and alone can open named ballots."""
HOURS_OF_DAY = 24
MAX_EXTENSIONS = 3
WITHDRAWAL = "stays printed, cannot be elected"
LATE_ROLL_ERROR = "margin"


class Periods(NamedTuple):
    """Full calendar days between steps."""

    notice_days: int
    """Between the notice and opening (ZJ art. 9 ¶4)."""
    check_days: int
    """Between closing and counting, for disputes about who took part."""
    objection_days: int
    """Between the preliminary result and the certificate."""


class Pools(NamedTuple):
    """When accepted ballots are shown, always several together."""

    size: int = 20
    """As soon as so many wait."""
    least: int = 5
    """At the fixed hours, if at least so many do."""
    hours: tuple[int, ...] = (8, 20)
    """Hours of the day in China."""
    max_hours: int = 24
    """However many wait, no ballot waits longer."""


class Extension(NamedTuple):
    """How voting may be extended for want of turnout."""

    times: int
    latest: datetime
    """No extension goes beyond, UTC."""


@dataclass(frozen=True, slots=True)
class OfficeKeys:
    """The public keys of an office."""

    signing: str
    """Ed25519, 64 hex digits."""
    x509_sha256: str
    """Of the DER bytes of its certificate for PDF signatures."""
    hpke: str | None = None
    """X25519, 64 hex digits: of the certifying office, to which named ballots are opened."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What may lawfully change after sealing."""

    extension: Extension | None = None


def encode_changes(changes: Changes) -> dict[str, Any]:
    """Return what the manifest says."""
    extension = changes.extension
    return {
        "extension": None
        if extension is None
        else {"times": extension.times, "latest": encode_moment(extension.latest)},
        "withdrawal": WITHDRAWAL,
        "late_roll_error": LATE_ROLL_ERROR,
    }


def decode_changes(value: object, what: str) -> Changes:
    """Read what a manifest says.

    Raises:
        MalformedError: it is none, or a rule that this version does not know.
    """
    fields = require_fields(value, ("extension", "withdrawal", "late_roll_error"), what)
    if (fields["withdrawal"], fields["late_roll_error"]) != (WITHDRAWAL, LATE_ROLL_ERROR):
        raise MalformedError(f"{what}: withdrawal or late_roll_error is a rule that this version does not know")
    if fields["extension"] is None:
        return Changes()
    extension = require_fields(fields["extension"], Extension._fields, f"{what}, extension")
    times = require_whole(extension["times"], f"{what}, times", minimum=1)
    if times > MAX_EXTENSIONS:
        raise MalformedError(f"{what}: voting is extended at most {MAX_EXTENSIONS} times")
    return Changes(Extension(times, decode_moment(extension["latest"], f"{what}, latest")))


def decode_periods(value: object, what: str) -> Periods:
    """Read the periods.

    Raises:
        MalformedError: they are none.
    """
    fields = require_fields(value, Periods._fields, what)
    return Periods(*(require_whole(fields[name], f"{what}, {name}") for name in Periods._fields))


def encode_pools(pools: Pools) -> dict[str, Any]:
    """Return what the manifest says."""
    return {**pools._asdict(), "hours": list(pools.hours)}


def decode_pools(value: object, what: str) -> Pools:
    """Read the pools.

    Raises:
        MalformedError: they are none.
    """
    fields = require_fields(value, Pools._fields, what)
    hours = tuple(require_whole(hour, f"{what}, hours") for hour in require_list(fields["hours"], f"{what}, hours"))
    if any(hour >= HOURS_OF_DAY for hour in hours):
        raise MalformedError(f"{what}, hours: a day has the hours 0 to 23")
    return Pools(
        require_whole(fields["size"], f"{what}, size", minimum=1),
        require_whole(fields["least"], f"{what}, least", minimum=1),
        hours,
        require_whole(fields["max_hours"], f"{what}, max_hours", minimum=1),
    )


def encode_offices(offices: Mapping[str, OfficeKeys]) -> dict[str, Any]:
    """Return what the manifest says."""
    return {
        name: {
            "signing": keys.signing,
            "x509_sha256": keys.x509_sha256,
            **({"hpke": keys.hpke} if keys.hpke is not None else {}),
        }
        for name, keys in offices.items()
    }


def decode_offices(value: object, what: str) -> dict[str, OfficeKeys]:
    """Read the keys of the three offices.

    Raises:
        MalformedError: an office is missing or unknown, a key is none, or the wrong office has one for named ballots.
    """
    fields = require_fields(value, OFFICES, what)
    return {name: _office(fields[name], name, f"{what}, {name}") for name in OFFICES}


def _office(value: object, name: str, what: str) -> OfficeKeys:
    optional = ("hpke",) if name == CERTIFYING else ()
    fields = require_fields(value, ("signing", "x509_sha256"), what, optional)
    hpke = require_digest(fields["hpke"], f"{what}, hpke") if "hpke" in fields else None
    return OfficeKeys(
        require_digest(fields["signing"], f"{what}, signing"),
        require_digest(fields["x509_sha256"], f"{what}, x509_sha256"),
        hpke,
    )


def encode_moment(moment: datetime) -> str:
    """Write a moment in UTC, in whole seconds."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def decode_moment(value: object, what: str) -> datetime:
    """Read a moment in UTC.

    Raises:
        MalformedError: it is none.
    """
    text = require_text(value, what)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or not text.endswith("Z"):
        raise MalformedError(f"{what}: a moment in UTC is expected, as in 2026-12-20T10:00:00Z")
    return moment
