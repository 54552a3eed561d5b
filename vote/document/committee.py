"""Writes the papers of a new committee for the authorities: the application to be filed, and the list of members.

 * Both go to the desk and are not put up: they have phones.
 * The application asks for an answer in writing; it needs no other stamp (rulebook §9a.1).

Follows rulebook §6 (备案申请/备案表), D14, D15; ZJ 13, PMR 16.
"""

from dataclasses import dataclass
from datetime import date

from vote.certificate.spelling import day_zh
from vote.document.layout import (
    Column,
    Details,
    Head,
    Heading,
    Paper,
    Signature,
    Signatures,
    Table,
    Tick,
    Ticks,
    Words,
    Writing,
)

_DESK_ONLY = "有个人信息，只交备案机关，不张贴"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the committee."""

    name: str
    unit: str
    office: str
    """As in 主任, 副主任, 委员, 候补委员."""
    work: str
    phone: str


@dataclass(frozen=True, slots=True)
class FilingApplication:
    """A committee that is to be filed."""

    head: Head
    addressees: tuple[str, ...]
    committee: str
    term: int
    """Its number."""
    term_first: date
    term_last: date
    elected_on: date
    due_on: date
    address: str
    """Of its office."""
    phone: str
    members: tuple[Member, ...]
    annexes: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class MemberList:
    """Who is in the committee."""

    head: Head
    committee: str
    chosen_on: date
    """When the officers were chosen."""
    members: tuple[Member, ...]


def filing_application(facts: FilingApplication) -> Paper:
    """Return the application to be filed."""
    return Paper(
        "业主大会、业主委员会备案申请表",
        "Application to file the assembly and its committee",
        facts.head,
        (
            Details(
                (
                    ("业主委员会", facts.committee),
                    ("届次", f"第{facts.term}届"),
                    ("任期", f"{day_zh(facts.term_first)}至{day_zh(facts.term_last)}"),
                    ("选举产生日期", day_zh(facts.elected_on)),
                    ("备案期限", f"{day_zh(facts.due_on)}前"),
                    ("办公地址", facts.address),
                    ("电话", facts.phone),
                )
            ),
            Heading("委员"),
            _members(facts.members),
            Ticks("随表提交", facts.annexes),
            Words("材料齐全的请予备案；需要补正的，请一次书面告知。"),
            Signatures((Signature("业主委员会主任"), Signature("经办人"))),
            Heading("备案机关填写"),
            Details((("收件日期", ""), ("收件人", ""), ("备案日期和编号", ""))),
            Writing("需要补正的内容", "", 2),
        ),
        addressee="、".join(facts.addressees),
        private=_DESK_ONLY,
    )


def member_list(facts: MemberList) -> Paper:
    """Return the list of members."""
    return Paper(
        "业主委员会委员名单和分工",
        "List of the committee's members and their duties",
        facts.head,
        (
            Details((("业主委员会", facts.committee), ("推选日期", day_zh(facts.chosen_on)))),
            _members(facts.members),
            Signatures(tuple(Signature(each.office, each.name) for each in facts.members)),
        ),
        private=_DESK_ONLY,
    )


def _members(members: tuple[Member, ...]) -> Table:
    columns = (
        Column("序号", 8, number=True),
        Column("姓名", 18),
        Column("房号", 22),
        Column("职务", 13),
        Column("分工", 21),
        Column("电话", 19),
    )
    rows = tuple(
        (str(number), each.name, each.unit, each.office, each.work, each.phone)
        for number, each in enumerate(members, start=1)
    )
    return Table(columns, rows)
