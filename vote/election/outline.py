"""Keeps what somebody has filled in so far of an election to be prepared, and turns it into a draft.

 * An outline may have gaps anywhere; what it has is read strictly, known fields only.
 * Of a candidate's profile only fields are kept whose publication the candidate agreed to, one by one, and none that
   could hold an identity number, a telephone or anything about health (rulebook §9a.13).
 * Alternatives are separate questions; what happens if both pass is written into the words of both, so it is sealed and
   stands on the ballot (rulebook §9a.3).

Not here: storing outlines (`outline_store.py`), the words of gaps.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crypto.encoding import compact_json, hex_digest
from vote.account.separation import NEEDED, Duty
from vote.election.ask import Ask, AskKind, election, encode_ask, motion
from vote.election.paper import Place
from vote.election.plan import closing, opening
from vote.election.rules import Draft, Secrecy, decode_asks
from vote.election.terms import Extension
from vote.errors import ContradictionError, Reason, RefusedError
from vote.law.rules import ELECTION_MATTER
from vote.role import Role

MAX_NOTE = 20_000
MAX_FIELD = 600
_IDENTITY = re.compile(r"[0-9]{17}[0-9Xx]|(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
ALTERNATIVE = "（与第{other}题二选一：两题都通过的，同意人数多的一题生效；人数相同，同意面积大的一题生效。）"


class ProfileField(StrEnum):
    """What may be told of a candidate."""

    AGE = "age"
    HOME = "home"
    WORK = "work"
    EDUCATION = "education"
    PARTY = "party"
    SKILLS = "skills"
    INTENT = "intent"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Candidate(_Part):
    """Somebody who stands."""

    name: str
    profile: Mapping[ProfileField, str] = Field(default_factory=dict)
    """The fields to whose publication the candidate agreed in writing."""


class Subject(_Part):
    """One question, as far as it is filled in."""

    matter: str
    kind: AskKind
    text: str
    note: str = ""
    """The draft or explanation that owners can read."""
    candidates: tuple[Candidate, ...] = ()
    seats: int = 0
    alternates: int = 0
    depends_on: tuple[int, ...] = ()
    instead_of: int | None = None
    """The earlier question to which this one is an alternative, from 0."""


class Person(_Part):
    """Who does a duty."""

    role: Role
    person: str = ""
    office: str = ""
    owner: bool = False


class Figure(_Part):
    """What exact totals would give away, as computed for one state of the questions."""

    of: str
    """The digest of questions and roll that it was computed for."""
    participants: int
    simulations: int
    forced: int
    outliers: int
    permyriad: int
    exact: bool
    warn: bool


Short = Annotated[str, Field(max_length=200)]


class Outline(_Part):
    """An election as far as it is filled in."""

    title: Short = ""
    first: bool = True
    """Whether it is the estate's first assembly."""
    formed_on: date | None = None
    """When the preparatory group was formed."""
    subjects: tuple[Subject, ...] = ()
    secrecy: Secrecy | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    extensions: int = 0
    """How often voting may be extended; 0 for never."""
    extension_until: date | None = None
    people: tuple[Person, ...] = ()
    threshold: int = 2
    too_few_staff: bool = False
    desk_phone: str = ""
    figure: Figure | None = None
    profile: str = ""
    """The rules by which it is held; empty for those that were the only ones once."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of setting up and whether it is filled in."""

    name: str
    done: bool


STEPS = ("matters", "secrecy", "times", "people", "privacy")


def encode_outline(outline: Outline) -> str:
    """Write an outline."""
    return outline.model_dump_json()


def decode_outline(text: str) -> Outline:
    """Read an outline.

    Raises:
        ContradictionError: what was stored is none.
    """
    try:
        return Outline.model_validate_json(text)
    except ValidationError as error:
        raise ContradictionError(f"a stored outline cannot be read: {error.error_count()} faults") from None


def list_steps(outline: Outline, digest: str) -> tuple[Step, ...]:
    """Return the steps and which are filled in.

    Args:
        outline: what was filled in.
        digest: of questions and roll as they are now.
    """
    done = {
        "matters": bool(outline.title and outline.subjects),
        "secrecy": outline.secrecy is not None,
        "times": outline.opens_on is not None and outline.closes_on is not None,
        "people": bool(outline.people) and all(each.person for each in outline.people) and bool(outline.desk_phone),
        "privacy": outline.figure is not None and outline.figure.of == digest,
    }
    return tuple(Step(name, done[name]) for name in STEPS)


def asks_of(outline: Outline) -> tuple[Ask, ...]:
    """Return the questions as they are sealed.

    Raises:
        RefusedError: there is none, or one does not go together.
    """
    return decode_asks([encode_ask(_ask(outline, number)) for number in range(len(outline.subjects))])


def digest_of(outline: Outline, roll: int) -> str:
    """Return what tells whether questions or roll changed since something was computed."""
    asked = [encode_ask(_ask(outline, number)) for number in range(len(outline.subjects))]
    return hex_digest(compact_json({"roll": roll, "asks": asked}))


def draft_of(outline: Outline, estate: str, roll: int, profile: str) -> tuple[Draft, tuple[Duty, ...]]:
    """Return the draft and the duties that an outline comes to.

    Raises:
        RefusedError: something is missing, in Chinese and English.
    """
    if outline.opens_on is None or outline.closes_on is None or outline.secrecy is None:
        raise RefusedError(
            Reason.MALFORMED,
            "Days or secrecy are not chosen yet: go back to that step.",
            zh="时间，或者记名还是无记名，还没有选好。请回到那一步。",
        )
    until = outline.extension_until
    extension = Extension(outline.extensions, closing(until)) if outline.extensions and until else None
    draft = Draft(
        estate,
        roll,
        outline.title,
        profile,
        outline.secrecy,
        opening(outline.opens_on),
        closing(outline.closes_on),
        tuple(each.person for each in outline.people if each.role is Role.TRUSTEE),
        outline.threshold,
        asks_of(outline),
        extension=extension,
        too_few_staff=outline.too_few_staff,
        desk_phone=outline.desk_phone,
    )
    return draft, duties_of(outline)


def papers_of(outline: Outline) -> Iterator[tuple[Place, str | dict[str, str]]]:
    """Yield what an outline has for owners to read: of each question the draft, then its candidates' profiles."""
    for question, subject in enumerate(outline.subjects):
        if subject.note:
            yield Place(question, None), subject.note
        for choice, candidate in enumerate(subject.candidates):
            if candidate.profile:
                yield Place(question, choice), {str(name): words for name, words in candidate.profile.items()}


def duties_of(outline: Outline) -> tuple[Duty, ...]:
    """Return the duties whose people are named."""
    return tuple(Duty(each.role, each.person, each.office, each.owner) for each in outline.people if each.person)


def empty_people(trustees: int) -> tuple[Person, ...]:
    """Return the places of everybody whom an election needs."""
    roles = [Role.TRUSTEE] * trustees + [role for role, number in NEEDED.items() for _ in range(number)]
    return tuple(Person(role=role, owner=False) for role in roles)


def without_profile(outline: Outline, question: int, choice: int) -> Outline:
    """Return an outline in which nothing is told of a candidate, who took the consent back.

    Raises:
        RefusedError: there is no such candidate.
    """
    if question >= len(outline.subjects) or choice >= len(outline.subjects[question].candidates):
        raise RefusedError(
            Reason.NOT_FOUND,
            "There is no such candidate in this election.",
            zh="这次投票里没有这位候选人，请刷新后再看。",
        )
    subjects = list(outline.subjects)
    candidates = list(subjects[question].candidates)
    candidates[choice] = Candidate(name=candidates[choice].name)
    subjects[question] = subjects[question].model_copy(update={"candidates": tuple(candidates)})
    return outline.model_copy(update={"subjects": tuple(subjects)})


def profile_trouble(value: str, *, agreed: bool) -> str | None:
    """Return the key of what is wrong with a field of a candidate's profile, if anything is.

    Args:
        value: what was written.
        agreed: whether the candidate agreed to the publication of this field.
    """
    if len(value) > MAX_FIELD:
        return "long"
    if _IDENTITY.search(value):
        return "identity"
    if value and not agreed:
        return "consent"
    return None


def _ask(outline: Outline, number: int) -> Ask:
    subject = outline.subjects[number]
    text = subject.text + _alternative(outline, number)
    if subject.kind is AskKind.ELECTION and subject.matter == ELECTION_MATTER:
        names = tuple(each.name for each in subject.candidates)
        return election(subject.matter, text, names, subject.seats, subject.alternates, subject.depends_on)
    return motion(subject.matter, text, subject.depends_on)


def _alternative(outline: Outline, number: int) -> str:
    """Return what is said of a question and its alternatives."""
    others = [at for at, each in enumerate(outline.subjects) if each.instead_of == number]
    own = outline.subjects[number].instead_of
    numbers = [*([own] if own is not None else []), *others]
    return ALTERNATIVE.format(other="、".join(str(each + 1) for each in numbers)) if numbers else ""
