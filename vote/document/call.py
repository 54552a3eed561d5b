"""Writes the notices before a vote: who is on the roll, and the fifteen days' notice with all that owners need to decide.

 * The roll is put up by room, with area and persons counted, without names (rulebook §5.5).
 * What silence means and that arrears never limit voting always stand on the notice (rulebook §9a.12).

Follows rulebook §6 (业主身份确认公示, 综合公示), §9a.3, §9a.7, §9a.13.
"""

from dataclasses import dataclass
from datetime import date, datetime

from vote.certificate.spelling import day_zh, heads, moment_zh, square_metres
from vote.document.layout import (
    Block,
    Column,
    Details,
    Head,
    Heading,
    Paper,
    Points,
    Signature,
    Signatures,
    Table,
    Words,
)
from vote.law.measure import Measure

_ARREARS = "欠物业费不影响投票。"


@dataclass(frozen=True, slots=True)
class RollLine:
    """What is put up of one unit."""

    unit: str
    area_dm2: int
    counted: str
    """As in 1人, or 与2幢301室合计1人."""


@dataclass(frozen=True, slots=True)
class RollNotice:
    """A roll that is put up for objections."""

    head: Head
    location: str
    """Where the estate lies."""
    units: int
    owners: Measure
    first: date
    last: date
    place: str
    """Where objections are taken."""
    hours: str
    contact: str
    phone: str
    lines: tuple[RollLine, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is decided."""

    text: str
    threshold: str
    """What it needs, in words."""


@dataclass(frozen=True, slots=True)
class MeetingNotice:
    """A meeting that is called."""

    head: Head
    meeting: str
    """As in 首次业主大会会议."""
    form: str
    opens_at: datetime
    closes_at: datetime
    place: str
    """Where paper ballots are taken and questions answered."""
    owners: Measure
    quorum: str
    matters: tuple[Matter, ...]
    voting_rules: tuple[str, ...]
    silence: str
    """What it means not to vote; where nothing special stands in the rules, say that."""
    seats: int
    alternates: int
    term: str
    eligibility: tuple[str, ...]
    elected_if: str
    candidates: tuple[str, ...]
    """In the order of the ballot; none where nobody is elected."""
    objections_until: date
    contact: str
    phone: str
    annexes: tuple[str, ...]


def roll_notice(facts: RollNotice) -> Paper:
    """Return the notice of a roll."""
    columns = (
        Column("序号", 8, number=True),
        Column("房号", 40),
        Column("专有面积（平方米）", 22, number=True),
        Column("人数怎么算", 30),
    )
    rows = tuple(
        (str(number), each.unit, square_metres(each.area_dm2), each.counted)
        for number, each in enumerate(facts.lines, start=1)
    )
    return Paper(
        "业主身份确认公示",
        "Notice: who counts as an owner, for objections",
        facts.head,
        (
            Details(
                (
                    ("小区位置", facts.location),
                    ("户数", f"{heads(facts.units)}户"),
                    (
                        "全体业主",
                        f"{heads(facts.owners.heads)}人，专有面积{square_metres(facts.owners.area_dm2)}平方米",
                    ),
                    ("公示时间", f"{day_zh(facts.first)}至{day_zh(facts.last)}"),
                )
            ),
            Words(
                "请核对您家的房号和面积。附表只有房号、面积和怎么算人数，没有姓名。想看自己那一行的姓名，请本人带证件来。"
            ),
            Words(
                f"有错的，请在{day_zh(facts.last)}前写明房号、哪里不对、有什么凭据。没有异议的，到期即为定稿；"
                "之后发现确有错误的，仍按更正办理。"
            ),
            Details(
                (
                    ("提出地点", facts.place),
                    ("接待时间", facts.hours),
                    ("联系人", facts.contact),
                    ("电话", facts.phone),
                )
            ),
            Signatures((Signature("筹备组组长"), Signature("筹备组成员"))),
            Heading("附表：清册"),
            Table(columns, rows),
        ),
    )


def meeting_notice(facts: MeetingNotice) -> Paper:
    """Return the notice of a meeting."""
    columns = (Column("序号", 8, number=True), Column("表决事项", 48), Column("怎样算通过", 45))
    matters = tuple((str(number), each.text, each.threshold) for number, each in enumerate(facts.matters, start=1))
    return Paper(
        f"{facts.meeting}公告",
        "Notice of a meeting of the owners' assembly",
        facts.head,
        (
            Details(
                (
                    ("会议形式", facts.form),
                    ("投票时间", f"{moment_zh(facts.opens_at)}至{moment_zh(facts.closes_at)}"),
                    ("投票和咨询地点", facts.place),
                    (
                        "全体业主",
                        f"{heads(facts.owners.heads)}人，专有面积{square_metres(facts.owners.area_dm2)}平方米",
                    ),
                    ("参加多少才有效", facts.quorum),
                )
            ),
            Heading("表决什么"),
            Table(columns, matters),
            Heading("怎么投票、怎么算"),
            Points((*facts.voting_rules, facts.silence, _ARREARS)),
            *_election(facts),
            Heading("意见和异议"),
            Words(
                f"对草案、候选人和表决办法有意见，请在{day_zh(facts.objections_until)}前写下来交给联系人。"
                "谁来答、哪天前答，当场告知。"
            ),
            Details((("联系人", facts.contact), ("电话", facts.phone))),
            Heading("附件"),
            Points(facts.annexes),
            Signatures((Signature("召集人"), Signature("居（村）民委员会签收"))),
        ),
    )


def _election(facts: MeetingNotice) -> tuple[Block, ...]:
    if not facts.candidates:
        return ()
    alternates = f"，候补委员{facts.alternates}名" if facts.alternates else ""
    return (
        Heading("选举业主委员会"),
        Details(
            (
                ("名额", f"委员{facts.seats}名{alternates}"),
                ("任期", facts.term),
                ("怎样算当选", facts.elected_if),
                ("候选人（按姓氏笔画）", "、".join(facts.candidates)),
            )
        ),
        Words("委员的条件", strong=True),
        Points(facts.eligibility),
    )
