"""Speaks the states and deadlines of a profile file: every word known, every exit leading somewhere, every period a parameter.

 * A root has all deadlines, and states for every procedure; others say anew what differs.

Not here: the rest of a file (`reading.py`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from crypto.encoding import require_fields, require_list, require_text
from crypto.errors import MalformedError
from vote.law.citation import Citation, Mark, Text, decode_words
from vote.law.content import matching
from vote.law.parameter import PARAMETERS
from vote.law.procedure import (
    BACK,
    SHARED,
    Deadline,
    Direction,
    Happening,
    Over,
    Party,
    Procedure,
    State,
    Trigger,
)

States = Mapping[str, Mapping[str, tuple[State, ...]]]
"""By procedure or `SHARED`, then by id; each with its versions in time."""
Deadlines = Mapping[str, Deadline]

_STATE_FIELDS = (
    "turn",
    "exits",
    "tasks",
    "deadlines",
    "over",
    "renews",
    "source",
    "article",
    "mark",
    "from",
    "zh",
    "en",
    "idle",
)
_DEADLINE_FIELDS = ("who", "trigger", "direction", "period", "least", "zh", "en", "missed")
_STATE_ID = re.compile(r"S[0-9]{2}X?")
_DEADLINE_ID = re.compile(r"D[0-9]{2}")
DEADLINES = tuple(f"D{number:02}" for number in range(1, 34))
"""All of them."""

_Word = TypeVar("_Word", bound=StrEnum)
Where = Callable[[Mapping[str, Any], str], tuple[Citation, Mark, date, date | None]]
"""Reads where an entry stands and for which days."""


def decode_states(value: object, where: Where, what: str) -> States:
    """Read the states of a profile.

    Args:
        value: the `states` of a file.
        where: reads the source, mark and days of an entry.
        what: names the profile in a refusal.

    Raises:
        MalformedError: an unknown word or field.
    """
    procedures = {}
    for name, states in _object(value, f"{what}: states").items():
        if name != SHARED:
            _word(Procedure, name, f"{what}: states")
        found = {}
        for state, versions in _object(states, f"{what}: states: {name}").items():
            place = f"{what}: {name} {matching(_STATE_ID, state, f'{what}: states: {name}')}"
            found[state] = tuple(_state(state, each, where, place) for each in require_list(versions, place))
        procedures[name] = MappingProxyType(found)
    return MappingProxyType(procedures)


def decode_deadlines(value: object, what: str) -> Deadlines:
    """Read the deadlines of a profile.

    Raises:
        MalformedError: an unknown word, field or parameter.
    """
    found = {}
    for name, each in _object(value, f"{what}: deadlines").items():
        place = f"{what}: {matching(_DEADLINE_ID, name, f'{what}: deadlines')}"
        fields = require_fields(each, _DEADLINE_FIELDS, place)
        found[name] = Deadline(
            name,
            _word(Party, fields["who"], f"{place}: who"),
            _word(Trigger, fields["trigger"], f"{place}: trigger"),
            _word(Direction, fields["direction"], f"{place}: direction"),
            _parameter(fields["period"], f"{place}: period"),
            None if fields["least"] is None else _parameter(fields["least"], f"{place}: least"),
            decode_words(fields, place),
            decode_words(require_fields(fields["missed"], ("zh", "en"), f"{place}: missed"), f"{place}: missed"),
        )
    return MappingProxyType(found)


def require_joined(states: States, deadlines: Deadlines, what: str) -> None:
    """Raise unless a root's states and deadlines are whole: every procedure, every exit's target, every deadline there.

    Raises:
        MalformedError: something leads nowhere or is missing.
    """
    if tuple(sorted(deadlines)) != DEADLINES:
        raise MalformedError(f"{what}: deadlines: {DEADLINES[0]} to {DEADLINES[-1]} are expected")
    if sorted(states) != sorted((SHARED, *Procedure)):
        raise MalformedError(f"{what}: states: {SHARED} and every procedure are expected")
    for procedure, state in _all(states):
        known = states[SHARED].keys() | states[procedure].keys()
        allowed = {BACK} if state.over else set()
        for target in state.exits.values():
            # What is shared leads to what each procedure has by itself.
            if target not in known | allowed and procedure != SHARED:
                raise MalformedError(f"{what}: {procedure} {state.id}: there is no state {target}")
        for deadline in state.deadlines:
            if deadline not in deadlines:
                raise MalformedError(f"{what}: {procedure} {state.id}: there is no deadline {deadline[:8]}")


def _all(states: States) -> Iterator[tuple[str, State]]:
    for procedure, found in states.items():
        for versions in found.values():
            for state in versions:
                yield procedure, state


def _state(name: str, value: object, where: Where, what: str) -> State:
    fields = require_fields(value, _STATE_FIELDS, what, ("also", "to"))
    exits = {
        _word(Happening, word, f"{what}: exits"): _target(target, f"{what}: exits")
        for word, target in _object(fields["exits"], f"{what}: exits").items()
    }
    citation, mark, since, until = where(fields, what)
    return State(
        id=name,
        turn=_word(Party, fields["turn"], f"{what}: turn"),
        exits=MappingProxyType(exits),
        tasks=_happenings(fields["tasks"], f"{what}: tasks"),
        deadlines=tuple(
            matching(_DEADLINE_ID, each, f"{what}: deadlines") for each in require_list(fields["deadlines"], what)
        ),
        over=_over(fields["over"], f"{what}: over"),
        renews=_happenings(fields["renews"], f"{what}: renews"),
        step=decode_words(fields, what),
        idle=_idle(fields["idle"], f"{what}: idle"),
        citation=citation,
        mark=mark,
        since=since,
        until=until,
    )


def _over(value: object, what: str) -> Over | None:
    if value is None:
        return None
    fields = _object(value, what)
    if set(fields) == {"on"}:
        return Over(_word(Happening, fields["on"], what), None)
    if set(fields) == {"after"}:
        return Over(None, _word(Trigger, fields["after"], what))
    raise MalformedError(f"{what}: on with what happened, or after with what has passed, is expected")


def _happenings(value: object, what: str) -> tuple[Happening, ...]:
    return tuple(_word(Happening, each, what) for each in require_list(value, what))


def _target(value: object, what: str) -> str:
    return BACK if value == BACK else matching(_STATE_ID, value, what)


def _parameter(value: object, what: str) -> str:
    text = require_text(value, what)
    if text.partition(".")[0] not in PARAMETERS:
        raise MalformedError(f"{what}: there is no parameter {text[:40]!r}")
    return text


def _idle(value: object, what: str) -> Text:
    """Words of what comes if nothing happens; both empty where nothing is to be done."""
    fields = require_fields(value, ("zh", "en"), what)
    if fields["zh"] == fields["en"] == "":
        return Text("", "")
    return decode_words(fields, what)


def _word(words: type[_Word], value: object, what: str) -> _Word:
    try:
        return words(require_text(value, what))
    except ValueError:
        raise MalformedError(f"{what}: one of {', '.join(words)} is expected") from None


def _object(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise MalformedError(f"{what}: an object is expected")
    return value
