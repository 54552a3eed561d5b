"""Profile files to change in tests: the national one as it is shipped, and a small local one below it."""

import copy
import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from vote.law.profile import Profile
from vote.law.reading import Reference, decode_profile

Document = dict[str, Any]
_NATIONAL = json.loads((files("vote.law") / "profiles" / "cn@2026-11-26.json").read_bytes())


def national() -> Document:
    return copy.deepcopy(_NATIONAL)


def entry(value: object, **changes: object) -> Document:
    known = {"value": value, "source": "XX", "article": "1", "mark": "S", "from": "2021-01-01", "zh": "甲", "en": "A"}
    return {**known, **changes}


def local(**values: object) -> Document:
    return {
        "id": "cn-xx",
        "version": "2027-01-01",
        "parent": "cn@2026-11-26",
        "title": {"zh": "某市", "en": "Some city"},
        "note": {"zh": "试", "en": "Test"},
        "sources": {"XX": {"zh": "某条例", "en": "Some rules", "text_of": None, "caution": None, "link": "x"}},
        "matters": [],
        "values": values,
        "states": {},
        "deadlines": {},
    }


def without_parents(reference: Reference) -> Profile:
    raise AssertionError(reference)


def read(document: Document, parent_of: Callable[[Reference], Profile] | None = None) -> Profile:
    """Read a document; its parent, where it names one, is the national profile as shipped."""
    above = parent_of or (lambda _: decode_profile(json.dumps(_NATIONAL).encode(), without_parents))
    return decode_profile(json.dumps(document).encode(), above)
