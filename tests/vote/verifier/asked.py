"""What owners of a made-up estate asked and what its members declared: the files, by path, and entries of the log."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from tests.vote.verifier.estates import ESTATE, FIRST
from vote.law.measure import Measure
from vote.log.rules import Kind, encode_entry
from vote.oversight.inquiry import rules as inquiry_rules
from vote.oversight.inquiry.rules import Inquiry, Manner, Piece, commit_piece, commit_text, encode_inquiry
from vote.oversight.interest import rules as interest_rules
from vote.oversight.interest.rules import (
    Declaration,
    Handling,
    Hit,
    Nearness,
    Relation,
    Seat,
    Source,
    Subject,
    commit_part,
    encode_hit,
)
from vote.oversight.petition import rules as petition_rules
from vote.oversight.petition.publishing import PublicPetition, encode_public
from vote.oversight.petition.rules import Petition, PetitionKind, PetitionState
from vote.oversight.record.rules import Article, Office, Redaction

OPEN, UNSEEN, HELD = "AAAAAAAAAAAAA2", "AAAAAAAAAAAAA3", "AAAAAAAAAAAAA4"
TIE = "BBBBBBBBBBBBB2"
SERVED, LAPSED, ANSWERED, WITHDRAWN, COLLECTING = (f"CCCCCCCCCCCCC{number}" for number in (2, 3, 4, 5, 6))
ASKED = datetime(2026, 12, 1, 2, tzinfo=UTC)
HIDDEN = Redaction(Article.PERSONAL, Office.COMMUNITY, date(2026, 12, 2))
SALTS = [bytes([number]) * 32 for number in range(9)]


def piece(name: str, value: str) -> Piece:
    """Return a piece that is a text by itself."""
    return Piece(name, commit_piece(name, value, SALTS[8]), value, SALTS[8])


ASKER = piece("asker", "3幢2单元501室")
QUESTION = commit_text("text", "请打13800138000。", SALTS[:3])
INQUIRIES = (
    Inquiry(
        OPEN,
        ESTATE,
        FIRST,
        Manner.NAMED,
        ASKED,
        date(2026, 12, 16),
        False,  # noqa: FBT003 - not held
        (QUESTION[0], replace(QUESTION[1], value=None, salt=None, redaction=HIDDEN), QUESTION[2]),
        piece("signature", "甲"),
        commit_text("answer", "修好了。", SALTS[3:4]),
        ASKED,
        ASKED,
    ),
    Inquiry(UNSEEN, ESTATE, "", Manner.UNSEEN, ASKED, date(2026, 12, 16), False, QUESTION, None),  # noqa: FBT003
    Inquiry(HELD, ESTATE, "", Manner.NAMED, ASKED, date(2026, 12, 16), True, QUESTION, piece("signature", "甲")),  # noqa: FBT003
)
DECLARATION = Declaration(
    Seat.MEMBER, "张三", Subject.FIRM, "恒通电梯有限公司", Relation.OWNER, "91330100799655058B", "三成"
)
PARTS = tuple(commit_part(name, value, SALTS[1]) for name, value in DECLARATION.parts.items())
_HIT = Hit(7, Source.RECORD, FIRST, (FIRST,), Nearness.CODE, ASKED, date(2026, 12, 8), None, Handling.EXPLAIN)
HITS = (
    replace(_HIT, explanation=commit_part("explanation", "已经转让。", SALTS[2]), published_at=ASKED),
    replace(_HIT, id=12, source=Source.POSTING, reference="3", handling=Handling.SILENT, published_at=ASKED),
)
ELECTORATE, SIGNED = Measure(566, 6023496), Measure(120, 1300000)


def petition(uuid: str, state: PetitionState, kind: PetitionKind = PetitionKind.AUDIT) -> PublicPetition:
    """Return a petition that stands somewhere."""
    member = "张三" if kind is PetitionKind.RECALL else ""
    served = state in {PetitionState.SERVED, PetitionState.LAPSED, PetitionState.ANSWERED}
    answered = state is PetitionState.ANSWERED
    return PublicPetition(
        Petition(uuid, ESTATE, kind, "请审计去年的公共收益。", member),
        ELECTORATE,
        date(2027, 1, 30),
        state,
        SIGNED,
        2,
        date(2026, 12, 31) if served else None,
        date(2026, 12, 20) if answered else None,
        FIRST if answered else None,
    )


PETITIONS = (
    petition(SERVED, PetitionState.SERVED),
    petition(LAPSED, PetitionState.LAPSED, PetitionKind.MEETING),
    petition(ANSWERED, PetitionState.ANSWERED),
    petition(WITHDRAWN, PetitionState.WITHDRAWN, PetitionKind.RECALL),
    petition(COLLECTING, PetitionState.COLLECTING),
)


def told_of_inquiry(inquiry: Inquiry) -> list[bytes]:
    """Return the entries of an inquiry."""
    uuid = inquiry.uuid
    found = [encode_entry(Kind.INQUIRY_RAISED, inquiry_rules.raised_facts(inquiry, ASKER))]
    if inquiry.answer:
        facts = inquiry_rules.answered_facts(uuid, date(2026, 12, 1), inquiry.answer)
        found.append(encode_entry(Kind.INQUIRY_ANSWERED, facts))
    if inquiry.tabled_at:
        found.append(encode_entry(Kind.INQUIRY_TABLED, {"inquiry": uuid, "on": "2026-12-01"}))
    if names := [each.name for each in inquiry.question if each.redaction]:
        found.append(encode_entry(Kind.INQUIRY_REDACTED, inquiry_rules.hidden_facts(uuid, names, HIDDEN)))
    return found


def told_of_interests(hits: Sequence[Hit] = HITS) -> list[bytes]:
    """Return the entries of the declaration and of where it met somebody."""
    found = [encode_entry(Kind.INTEREST_DECLARED, interest_rules.declared_facts(TIE, Seat.MEMBER, PARTS))]
    for each in hits:
        assert each.handling is not None
        facts = interest_rules.published_facts(TIE, each, each.handling, each.explanation)
        found.append(encode_entry(Kind.INTEREST_PUBLISHED, facts))
    return found


def told_of_petition(public: PublicPetition) -> list[bytes]:
    """Return the entries of a petition."""
    uuid = public.asked.uuid
    facts = petition_rules.started_facts(public.asked, public.electorate, public.expires_on)
    found = [encode_entry(Kind.PETITION_STARTED, facts)]
    if public.due_on is not None:
        facts = petition_rules.served_facts(uuid, public.signed, public.struck, [b"signer"], public.due_on)
        found.append(encode_entry(Kind.PETITION_SERVED, facts))
        if public.state is PetitionState.LAPSED:
            found.append(encode_entry(Kind.PETITION_LAPSED, petition_rules.lapsed_facts(uuid, public.due_on)))
    if public.answer is not None and public.answered_on is not None:
        facts = petition_rules.answered_facts(uuid, public.answer, public.answered_on)
        found.append(encode_entry(Kind.PETITION_ANSWERED, facts))
    if public.state is PetitionState.WITHDRAWN:
        found.append(encode_entry(Kind.PETITION_WITHDRAWN, petition_rules.ended_facts(uuid, public.signed)))
    return found


def entries() -> list[bytes]:
    """Return all entries, those of each thing together."""
    found = told_of_interests()
    for inquiry in INQUIRIES:
        found += told_of_inquiry(inquiry)
    for public in PETITIONS:
        found += told_of_petition(public)
    return found


def files() -> dict[str, bytes]:
    """Return the files, by path and query; lists have pages of two."""
    api, own = f"api/estates/{ESTATE}", f"estates/{ESTATE}"
    lists = {
        "inquiries": [
            {"inquiry": each.uuid, "due": each.due.isoformat(), "answered": bool(each.answer)} for each in INQUIRIES
        ],
        "interests": [{"hit": each.id, "interest": TIE, "about": each.about, "posting": each.posting} for each in HITS],
        "petitions": [{"petition": each.asked.uuid} for each in PETITIONS],
    }
    found = {}
    for name, listed in lists.items():
        for first in range(0, len(listed), 2):
            page = {name: listed[first : first + 2], "next": first + 2 if first + 2 < len(listed) else None}
            found[f"{api}/{name}?from={first}"] = json.dumps(page).encode()
    found |= {f"{own}/inquiries/{each.uuid}.json": encode_inquiry(each) for each in INQUIRIES}
    found |= {f"{own}/interests/{each.id}.json": encode_hit(ESTATE, TIE, each, PARTS) for each in HITS}
    return found | {f"{own}/petitions/{each.asked.uuid}.json": encode_public(each) for each in PETITIONS}
