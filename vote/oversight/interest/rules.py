"""What a member declares, which payee or contractor it meets, and what everybody is told of it, and when.

 * A declaration is seen by whoever made it. Each part is sealed and committed to alone, so a part can be shown without
   the others: of one that met somebody, who is tied to whom and how; the note never.
 * A credit code goes before a name: the same code is a hit whatever the names, two different codes are none.
 * An exact hit is shown to the member first; it is published with the explanation, or without one when the profile's
   `interest_notice` is over. A near one is shown to the supervising body alone, which says whether it is the same.
 * A hit obliges to abstain or to explain; what was chosen stands beside the record.

Follows the lists of HZ 31, LS 18 and NB 34, which estates may take into their rules (rulebook §4.6).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

import rfc8785

from crypto.commitment import commit
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.log.rules import Facts
from vote.oversight.interest.credit_code import find_code
from vote.oversight.interest.naming import is_near, is_same
from vote.oversight.record.fields import Field, FieldType, find_wrong

VERSION = 1
HOLDER, PARTY, CODE, RELATION, NOTE, EXPLANATION = "holder", "party", "credit_code", "relation", "note", "explanation"
SHOWN_PARTS = (HOLDER, PARTY, CODE, RELATION)
"""What is shown of a declaration that met somebody."""
MAX_NOTE = 500
MAX_EXPLANATION = 1000

_NAME = Field("name", Text("名称", "Name"), FieldType.LINE)
_LONGER = Field("text", Text("内容", "Text"), FieldType.TEXT)
_CODE_WRONG = Text(
    "信用代码不对，请照营业执照再输一次；不知道可以不填。",
    "This is no credit code: compare it with the business licence, or leave it out.",
)
_CODE_OF_PERSON = Text("个人没有信用代码，请不要填。", "A person has no credit code: leave it out.")
_SAY = Text("请写明情况；不想说明，请选回避。", "Explain it; else choose to abstain.")
_LONG = Text("写得太长了，请写短一点。", "This is too long; make it shorter.")


class Seat(StrEnum):
    """As what somebody declares. Add to it, never rename."""

    MEMBER = "member"
    CANDIDATE = "candidate"


class Subject(StrEnum):
    """What a party is. Add to it, never rename."""

    FIRM = "firm"
    PERSON = "person"


class Relation(StrEnum):
    """How somebody is tied to a party. Add to it, never rename: commitments are made of the words."""

    SELF = "self"
    OWNER = "owner"
    OFFICER = "officer"
    EMPLOYEE = "employee"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    CREDITOR = "creditor"
    OTHER = "other"


RELATIONS: Final[Mapping[Relation, Text]] = {
    Relation.SELF: Text("就是本人", "the member in person"),
    Relation.OWNER: Text("本人投资或者持股", "the member owns a share"),
    Relation.OFFICER: Text("本人担任负责人", "the member is an officer"),
    Relation.EMPLOYEE: Text("本人在那里工作", "the member works there"),
    Relation.SPOUSE: Text("配偶投资、任职或者就是配偶", "the spouse owns, works there or is the one"),
    Relation.RELATIVE: Text("近亲属投资、任职或者就是近亲属", "a near relative owns, works there or is the one"),
    Relation.CREDITOR: Text("有借贷往来", "there is a debt"),
    Relation.OTHER: Text("其他可能影响公正的关系", "another tie that may sway"),
}


class Nearness(StrEnum):
    """How a declaration meets a party."""

    CODE = "code"
    NAME = "name"
    NEAR = "near"


class Source(StrEnum):
    """Where a party stands."""

    RECORD = "record"
    POSTING = "posting"


class Handling(StrEnum):
    """What follows from a hit. Add to it, never rename."""

    ABSTAIN = "abstain"
    EXPLAIN = "explain"
    SILENT = "silent"
    """The member said nothing in time."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """To whom somebody is tied."""

    seat: Seat
    holder: str = field(repr=False)
    subject: Subject
    party: str = field(repr=False)
    relation: Relation
    credit_code: str = field(default="", repr=False)
    """In its one spelling, or empty."""
    note: str = field(default="", repr=False)

    @property
    def parts(self) -> dict[str, str]:
        """What is committed to, by names."""
        return {
            HOLDER: self.holder,
            PARTY: self.party,
            CODE: self.credit_code,
            RELATION: str(self.relation),
            NOTE: self.note,
        }


@dataclass(frozen=True, slots=True)
class Party:
    """Whom the estate pays or hires."""

    source: Source
    reference: str
    """The record's uuid, or the posting's number."""
    name: str
    credit_code: str
    """As it was typed; empty if none was."""
    records: tuple[str, ...]
    """The records on whose pages a hit is shown."""


@dataclass(frozen=True, slots=True)
class CommittedPart:
    """A part with its salt and commitment."""

    name: str
    value: str = field(repr=False)
    salt: bytes = field(repr=False)
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a declaration meets a party."""

    id: int
    source: Source
    reference: str
    records: tuple[str, ...]
    nearness: Nearness
    found_at: datetime
    publish_on: date | None
    """When it is published at the latest; None for a near one that nobody confirmed."""
    confirmed: bool | None = None
    """What the supervising body said of a near one."""
    handling: Handling | None = None
    explanation: CommittedPart | None = None
    published_at: datetime | None = None

    @property
    def about(self) -> str:
        """The record that it met; empty for a posting."""
        return self.reference if self.source is Source.RECORD else ""

    @property
    def posting(self) -> int:
        """The number of the posting that it met; 0 for a record."""
        return int(self.reference) if self.source is Source.POSTING else 0


def find_wrong_declaration(declaration: Declaration, typed_code: str) -> dict[str, Text]:
    """Return a sentence for each part that does not fit; `typed_code` is the code as it was typed."""
    errors = {}
    for name, value in ((HOLDER, declaration.holder), (PARTY, declaration.party)):
        if (wrong := find_wrong(_NAME, value)) is not None:
            errors[name] = wrong
    if typed_code and declaration.subject is Subject.PERSON:
        errors[CODE] = _CODE_OF_PERSON
    elif typed_code and find_code(typed_code) is None:
        errors[CODE] = _CODE_WRONG
    if (wrong := _wrong_words(declaration.note, MAX_NOTE)) is not None:
        errors[NOTE] = wrong
    return errors


def find_wrong_explanation(text: str, handling: Handling) -> Text | None:
    """Return why a text cannot go with what a member chose; None if it can. Whoever abstains need not explain."""
    if handling is Handling.EXPLAIN and not text:
        return _SAY
    return _wrong_words(text, MAX_EXPLANATION)


def meet(declaration: Declaration, party: Party) -> Nearness | None:
    """Return how a declaration meets a party; None if it does not."""
    code = find_code(party.credit_code) if party.credit_code else None
    if code is not None and declaration.credit_code:
        return Nearness.CODE if code == declaration.credit_code else None
    if is_same(declaration.party, party.name):
        return Nearness.NAME
    if declaration.subject is Subject.FIRM and is_near(declaration.party, party.name):
        return Nearness.NEAR
    return None


def require_explainable(hit: Hit) -> None:
    """Raise unless a hit waits for an explanation.

    Raises:
        RefusedError: it is published, or nobody confirmed that it is one.
    """
    if hit.published_at is not None:
        raise RefusedError(Reason.CONFLICT, "This is published already.", zh="这件事已经公布了，不能再改。")
    if hit.publish_on is None:
        raise RefusedError(Reason.NOT_FOUND, "There is nothing of yours to explain here.", zh="这里没有要您说明的事。")


def require_decidable(hit: Hit) -> None:
    """Raise unless the supervising body has to say whether a near hit is one.

    Raises:
        RefusedError: it is no near one, or it was said already.
    """
    if hit.nearness is not Nearness.NEAR or hit.confirmed is not None:
        raise RefusedError(Reason.CONFLICT, "This was decided already.", zh="这一条已经核对过了。")


def is_due(hit: Hit, today: date) -> bool:
    """Whether a hit is published without an explanation today: its last day is over."""
    return hit.published_at is None and hit.publish_on is not None and today > hit.publish_on


def commit_part(name: str, value: str, salt: bytes) -> CommittedPart:
    """Return a part with its commitment."""
    return CommittedPart(name, value, salt, commit(f"interest/{name}/1", salt, rfc8785.dumps(value)))


def declared_facts(uuid: str, seat: Seat, parts: Sequence[CommittedPart]) -> Facts:
    """Return what the log holds of a declaration."""
    return {
        "interest": uuid,
        "seat": str(seat),
        "commitments": {each.name: each.commitment.hex() for each in parts},
    }


def published_facts(uuid: str, hit: Hit, handling: Handling, explanation: CommittedPart | None) -> Facts:
    """Return what the log holds of a hit that is published."""
    return {
        "interest": uuid,
        "about": hit.about,
        "posting": hit.posting,
        "handling": str(handling),
        "commitments": {explanation.name: explanation.commitment.hex()} if explanation else {},
    }


def encode_hit(estate: str, uuid: str, hit: Hit, parts: Sequence[CommittedPart]) -> bytes:
    """Return the public JSON of a published hit: the shown parts with their salts, of the others the commitments."""
    assert hit.handling is not None
    shown = {each.name: _part_json(each, shown=each.name in SHOWN_PARTS) for each in parts}
    explanation = {EXPLANATION: _part_json(hit.explanation, shown=True)} if hit.explanation else {}
    return rfc8785.dumps(
        {
            "version": VERSION,
            "estate": estate,
            "interest": uuid,
            **{name: value for name, value in published_facts(uuid, hit, hit.handling, None).items() if name in _KEPT},
            "parts": {**shown, **explanation},
        }
    )


_KEPT = ("about", "posting", "handling")


def _part_json(part: CommittedPart, *, shown: bool) -> Mapping[str, str]:
    found = {"commitment": part.commitment.hex()}
    return {**found, "value": part.value, "salt": part.salt.hex()} if shown else found


def _wrong_words(text: str, longest: int) -> Text | None:
    if not text:
        return None
    return _LONG if len(text) > longest else find_wrong(_LONGER, text)
