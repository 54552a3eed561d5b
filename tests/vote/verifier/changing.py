"""Changes documents that are published, one place at a time."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import rfc8785

Place = tuple[str | int, ...]


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield where every value of a JSON document stands, containers included."""
    children: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*place, key)
        yield from places(child, (*place, key))


def changed(document: Any, place: Place, change: Callable[[Any, Any], None]) -> bytes:
    """Return the document in canonical spelling, changed at one place."""
    value = json.loads(json.dumps(document))
    holder = value
    for key in place[:-1]:
        holder = holder[key]
    change(holder, place[-1])
    return rfc8785.dumps(value)


def put(document: Any, place: Place, value: Any) -> bytes:
    """Return the document in canonical spelling, with another value at one place."""
    return changed(document, place, lambda holder, key: holder.__setitem__(key, value))


def other(holder: Any, key: Any) -> None:
    """Put another value of the same kind there, null in place of a container."""
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    else:
        holder[key] = value + 1 if isinstance(value, int) else f"{value}x" if isinstance(value, str) else None


def drop(holder: Any, key: Any) -> None:
    """Leave it out."""
    del holder[key]
