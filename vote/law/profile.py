"""Keeps one place's rules: each value with its article, its dates, where it is inherited from and how sure it is.

 * A profile says what differs from its parent; the rest is inherited, and every value says so.
 * Values have a first day and maybe a last; what stands is asked for a day. Before the Civil Code there is none.
 * A profile is one version of one file and its parents' versions; its digest covers all of them. An election names
   version and digest in its manifest and keeps them to the end.

Not here: reading files (`reading.py`, `library.py`), deciding (`rules.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from vote.errors import Reason, RefusedError
from vote.law.citation import Citation, Mark, Source, Text
from vote.law.content import Content
from vote.law.majority import EARLIEST, Matter
from vote.law.procedure import SHARED, Deadline, Procedure, State

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value as one profile has it, for a span of days."""

    content: Content
    text: Text
    """The rule in words, as it is printed."""
    citation: Citation
    also: tuple[Citation, ...]
    mark: Mark
    since: date
    until: date | None
    """The last day in force; None while it is."""

    def stands_on(self, day: date) -> bool:
        """Whether the value is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Value:
    """What a profile says about one parameter on one day."""

    name: str
    entry: Entry
    holder: str
    """The id of the profile where it stands."""
    inherited: bool

    @property
    def content(self) -> Content:
        """The value itself."""
        return self.entry.content

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its article, then others it rests on."""
        return (self.entry.citation, *self.entry.also)

    @property
    def confirmed(self) -> bool:
        """Whether it was read in the statute itself, in the version in force."""
        return self.entry.mark is Mark.STATUTE


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one place, in one version."""

    id: str
    version: str
    title: Text
    note: Text
    """What is to be checked before relying on it."""
    parent: "Profile | None"
    sources: Mapping[str, Source]
    """Every source by code, the parents' included."""
    own_matters: tuple[Matter, ...]
    own_values: Mapping[str, tuple[Entry, ...]]
    own_states: Mapping[str, Mapping[str, tuple[State, ...]]]
    """By procedure or `SHARED`, then by id; empty before version 2026-11-26."""
    own_deadlines: Mapping[str, Deadline]
    digest: str
    """SHA-256 over this file and its parents', 64 hex digits."""

    @property
    def reference(self) -> str:
        """What a manifest names, as in `cn@2026-11-24`."""
        return f"{self.id}@{self.version}"

    def chain(self) -> Iterator["Profile"]:
        """Go through this profile and its parents, nearest first."""
        profile: Profile | None = self
        while profile is not None:
            yield profile
            profile = profile.parent

    def knows(self, name: str) -> bool:
        """Whether the parameter was there when the profile was published."""
        return any(name in profile.own_values for profile in self.chain())

    def value(self, name: str, *, on: date) -> Value:
        """Return what stands on a day about one parameter.

        Raises:
            RefusedError: no such parameter, or a day before the Civil Code.
        """
        _require_civil_code(on)
        for profile in self.chain():
            for entry in profile.own_values.get(name, ()):
                if entry.stands_on(on):
                    return Value(name, entry, profile.id, inherited=profile is not self)
        raise RefusedError(Reason.NOT_FOUND, f"profile {self.id}: there is no parameter {name}; see `vote law show`")

    def read(self, kind: type[_T], path: str, *, on: date) -> _T:
        """Return one value, or one field of it as in `first_meeting.within`, that is known to be of a kind.

        Raises:
            RefusedError: as `value`.
            TypeError: it is of another kind, or the text leaves it open.
        """
        name, _, field = path.partition(".")
        content = self.value(name, on=on).content
        if field and isinstance(content, Mapping):
            content = content[field]
        if not isinstance(content, kind):
            raise TypeError(f"{path} is no {kind.__name__}")
        return content

    def states(self, procedure: Procedure, *, on: date) -> Mapping[str, State]:
        """Return the states of a procedure on a day: its own, nearest first, then those that all have."""
        found: dict[str, State] = {}
        for shelf in (procedure, SHARED):
            for profile in self.chain():
                for name, versions in profile.own_states.get(shelf, {}).items():
                    standing = next((each for each in versions if each.stands_on(on)), None)
                    if standing is not None:
                        found.setdefault(name, standing)
        return found

    def deadline(self, name: str) -> Deadline:
        """Return a deadline by its id, as in `D09`.

        Raises:
            RefusedError: there is none.
        """
        for profile in self.chain():
            if name in profile.own_deadlines:
                return profile.own_deadlines[name]
        raise RefusedError(
            Reason.NOT_FOUND, f"profile {self.id}: there is no deadline {name[:8]}; give one of D01 to D33"
        )

    def matters(self, *, on: date) -> tuple[Matter, ...]:
        """Return what owners decide together on a day: the nine, then the local ones.

        Raises:
            RefusedError: a day before the Civil Code.
        """
        _require_civil_code(on)
        nearest_last = reversed(tuple(self.chain()))
        return tuple(matter for profile in nearest_last for matter in profile.own_matters if matter.stands_on(on))

    def matter(self, name: str, *, on: date) -> Matter:
        """Return one matter by its name.

        Raises:
            RefusedError: this profile has no such matter on that day, or a day before the Civil Code.
        """
        known = {matter.name: matter for matter in self.matters(on=on)}
        if name not in known:
            raise RefusedError(
                Reason.NOT_FOUND,
                f"matter {name[:20]!r}: profile {self.id} knows only {', '.join(known)}; give one of them",
            )
        return known[name]


def _require_civil_code(day: date) -> None:
    if day < EARLIEST:
        raise RefusedError(
            Reason.NOT_SUPPORTED, f"{day}: before {EARLIEST} the Civil Code was not in force; give a day from then on"
        )
