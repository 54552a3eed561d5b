"""Speaks profile files: strict JSON, every field known, every value of its kind, every article from a listed source.

 * Quorum and majorities are refused unless they are those of Civil Code art. 278 ¶2, from its first day on.
 * A profile without a parent holds every parameter without a gap in time, and the nine matters; others add to it.

Not here: finding the files (`library.py`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import rfc8785

from crypto.encoding import hex_digest, read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError
from vote.errors import Reason, RefusedError
from vote.law.citation import Citation, Mark, Source, Text, decode_citation, decode_words
from vote.law.content import matching
from vote.law.majority import ARTICLE_278, EARLIEST, ITEMS, Matter, Tier, both_of, require_statutory, tier_of_item
from vote.law.parameter import PARAMETERS
from vote.law.procedure_reading import Deadlines, States, decode_deadlines, decode_states, require_joined
from vote.law.profile import Entry, Profile

_FIELDS = ("id", "version", "parent", "title", "note", "sources", "matters", "values")
_ORDER_FIELDS = ("states", "deadlines")
WITH_ORDER = "2026-11-26"
"""The first version of profiles that has states and deadlines."""
_ENTRY_FIELDS = ("value", "source", "article", "mark", "from", "zh", "en")
_MATTER_FIELDS = ("name", "item", "tier", "zh", "en", "source", "article", "mark", "from")
_SOURCE_FIELDS = ("zh", "en", "text_of", "caution", "link")
_ID = re.compile(r"[a-z]{2}(-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{0,11}")
_LOCAL_MATTER = re.compile(r"[a-z]{2}(-[a-z0-9]+)+")
_REFERENCE = re.compile(r"[a-z0-9-]+@[0-9-]+")


class Reference(NamedTuple):
    """One version of one profile."""

    id: str
    version: str


def decode_profile(data: bytes, parent_of: Callable[[Reference], Profile]) -> Profile:
    """Read a profile file.

    Args:
        data: the file, whole.
        parent_of: gives the version of the parent that the file names.

    Raises:
        RefusedError: the file is not a profile, with the place and the reason.
    """
    try:
        return _profile(require_fields(read_json(data, "profile"), _FIELDS, "profile", _ORDER_FIELDS), parent_of)
    except MalformedError as error:
        raise RefusedError(Reason.MALFORMED, str(error)) from None


def _profile(document: Mapping[str, Any], parent_of: Callable[[Reference], Profile]) -> Profile:
    name = matching(_ID, document["id"], "profile: id")
    what = f"profile {name}"
    version = matching(_VERSION, document["version"], f"{what}: version")
    parent = None
    if document["parent"] is not None:
        parent = parent_of(_parent_reference(document["parent"], name))
    sources = _sources(document["sources"], parent, what)
    states, deadlines = _order(document, version, sources, what)
    profile = Profile(
        id=name,
        version=version,
        title=_text(document["title"], f"{what}: title"),
        note=_text(document["note"], f"{what}: note"),
        parent=parent,
        sources=sources,
        own_matters=_matters(document["matters"], sources, what),
        own_values=_values(document["values"], sources, what),
        own_states=states,
        own_deadlines=deadlines,
        digest=_digest(document, parent),
    )
    if parent is None:
        _require_whole_root(profile)
        if version >= WITH_ORDER:
            require_joined(states, deadlines, what)
    else:
        _require_local(profile, parent)
    return profile


def _order(
    document: Mapping[str, Any], version: str, sources: Mapping[str, Source], what: str
) -> tuple[States, Deadlines]:
    """Read the states and deadlines, which every version has from one day on and none before."""
    expected = set(_ORDER_FIELDS) if version >= WITH_ORDER else set()
    if document.keys() & set(_ORDER_FIELDS) != expected:
        raise MalformedError(
            f"{what}: states and deadlines stand in every version from {WITH_ORDER} on, and in none before"
        )
    if not expected:
        return {}, {}

    def where(found: Mapping[str, Any], place: str) -> tuple[Citation, Mark, date, date | None]:
        citation = decode_citation(_cited(found, place), sources, place)
        return citation, _mark(found["mark"], f"{place}: mark"), *_span(found, place)

    return decode_states(document["states"], where, what), decode_deadlines(document["deadlines"], what)


def _parent_reference(value: object, name: str) -> Reference:
    what = f"profile {name}: parent"
    reference = Reference(*matching(_REFERENCE, value, what).split("@"))
    # A parent's name is shorter, so no profile can be its own ancestor.
    if not name.startswith(f"{reference.id}-"):
        raise MalformedError(f"{what}: a profile's name begins with its parent's and a hyphen")
    return reference


def _digest(document: Mapping[str, Any], parent: Profile | None) -> str:
    return hex_digest(rfc8785.dumps([dict(document), None if parent is None else parent.digest]))


def _text(value: object, what: str) -> Text:
    found = require_fields(value, ("zh", "en"), what)
    return decode_words(found, what)


def _day(value: object, what: str) -> date:
    text = require_text(value, what)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise MalformedError(f"{what}: a day such as 2021-01-01 is expected") from None
    if day.isoformat() != text:
        raise MalformedError(f"{what}: a day such as 2021-01-01 is expected")
    return day


def _span(found: Mapping[str, Any], what: str) -> tuple[date, date | None]:
    since = _day(found["from"], f"{what}: from")
    until = None if "to" not in found else _day(found["to"], f"{what}: to")
    if until is not None and until < since:
        raise MalformedError(f"{what}: it ends before it begins")
    return since, until


def _mark(value: object, what: str) -> Mark:
    try:
        return Mark(require_text(value, what))
    except ValueError:
        raise MalformedError(f"{what}: one of {', '.join(Mark)} is expected") from None


def _sources(value: object, parent: Profile | None, what: str) -> Mapping[str, Source]:
    known = {} if parent is None else dict(parent.sources)
    if not isinstance(value, dict):
        raise MalformedError(f"{what}: sources: an object is expected")
    for code, entry in value.items():
        place = f"{what}: source {matching(_SOURCE_CODE, code, f'{what}: source')}"
        if code in known:
            raise MalformedError(f"{place}: a parent has it already")
        found = require_fields(entry, _SOURCE_FIELDS, place)
        known[code] = Source(
            code,
            decode_words(found, place),
            None if found["text_of"] is None else _day(found["text_of"], f"{place}: text_of"),
            None if found["caution"] is None else _text(found["caution"], f"{place}: caution"),
            require_text(found["link"], f"{place}: link"),
        )
    return MappingProxyType(known)


def _values(value: object, sources: Mapping[str, Source], what: str) -> Mapping[str, tuple[Entry, ...]]:
    if not isinstance(value, dict):
        raise MalformedError(f"{what}: values: an object is expected")
    values: dict[str, tuple[Entry, ...]] = {}
    for name, entries in value.items():
        place = f"{what}: {name}"
        if name not in PARAMETERS:
            raise MalformedError(f"{what}: unknown parameter {name[:40]!r}")
        found = [_entry(name, each, sources, place) for each in require_list(entries, place)]
        if not found:
            raise MalformedError(f"{place}: at least one value is expected")
        _require_apart(found, place)
        values[name] = tuple(found)
    return MappingProxyType(values)


def _entry(name: str, value: object, sources: Mapping[str, Source], what: str) -> Entry:
    found = require_fields(value, _ENTRY_FIELDS, what, ("also", "to"))
    content = PARAMETERS[name].kind(found["value"], what)
    since, until = _span(found, what)
    if name in ARTICLE_278:
        require_statutory(name, both_of(content), what)
        if since < EARLIEST or until is not None:
            raise MalformedError(f"{what}: Civil Code art. 278 stands from {EARLIEST} without end")
    also = require_list(found["also"], f"{what}: also") if "also" in found else []
    return Entry(
        content,
        decode_words(found, what),
        decode_citation(_cited(found, what), sources, what),
        tuple(decode_citation(require_text(each, f"{what}: also"), sources, what) for each in also),
        _mark(found["mark"], f"{what}: mark"),
        since,
        until,
    )


def _cited(found: Mapping[str, Any], what: str) -> str:
    return f"{require_text(found['source'], f'{what}: source')} {require_text(found['article'], f'{what}: article')}"


def _require_apart(entries: Sequence[Entry], what: str) -> None:
    for earlier, later in pairwise(entries):
        if earlier.until is None or later.since <= earlier.until:
            raise MalformedError(f"{what}: two values stand on the same day, or the earlier one comes second")


def _matters(value: object, sources: Mapping[str, Source], what: str) -> tuple[Matter, ...]:
    matters = []
    for entry in require_list(value, f"{what}: matters"):
        found = require_fields(entry, _MATTER_FIELDS, f"{what}: matter", ("to",))
        name = require_text(found["name"], f"{what}: matter: name")
        place = f"{what}: matter {name[:20]}"
        item = require_whole(found["item"], f"{place}: item", 1)
        if item > ITEMS:
            raise MalformedError(f"{place}: art. 278 ¶1 has {ITEMS} items")
        tier = tier_of_item(item)
        if found["tier"] != tier:
            raise MalformedError(f"{place}: Civil Code art. 278 ¶2 makes item {item} {tier.value}, nothing else")
        matters.append(
            Matter(
                name,
                item,
                Tier(tier),
                decode_words(found, place),
                decode_citation(_cited(found, place), sources, place),
                _mark(found["mark"], f"{place}: mark"),
                *_span(found, place),
            )
        )
    if len({matter.name for matter in matters}) != len(matters):
        raise MalformedError(f"{what}: a matter stands twice")
    return tuple(matters)


def _require_whole_root(profile: Profile) -> None:
    what = f"profile {profile.id}"
    for name, parameter in PARAMETERS.items():
        if name not in profile.own_values and profile.version < parameter.since:
            continue
        if name not in profile.own_values:
            raise MalformedError(f"{what}: {name} is missing, and there is no parent to inherit it from")
        entries = profile.own_values[name]
        day = timedelta(days=1)
        gap = any(entry.until + day != after.since for entry, after in pairwise(entries) if entry.until)
        if gap or entries[0].since > EARLIEST or entries[-1].until is not None:
            raise MalformedError(f"{what}: {name} does not stand on every day from {EARLIEST} on")
    expected = [(str(item), item) for item in range(1, ITEMS + 1)]
    if [(matter.name, matter.item) for matter in profile.own_matters] != expected:
        raise MalformedError(f"{what}: matters: the nine of art. 278 ¶1 are expected, in their order")
    if any(matter.since > EARLIEST or matter.until is not None for matter in profile.own_matters):
        raise MalformedError(f"{what}: matters: the nine stand on every day from {EARLIEST} on")


def _require_local(profile: Profile, parent: Profile) -> None:
    inherited = {matter.name for each in parent.chain() for matter in each.own_matters}
    for matter in profile.own_matters:
        if matter.name in inherited or not _LOCAL_MATTER.fullmatch(matter.name):
            raise MalformedError(
                f"profile {profile.id}: matter {matter.name[:20]}: a new local name such as hz-expenses is expected"
            )
