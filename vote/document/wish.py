"""Writes the papers that begin a first formation: owners' application with its list of names, the developer's report.

 * The list has names and phones: it goes to the authorities only and is never put up.
 * No least number of owners is asked for here; what the place asks for stands among the articles.

Follows rulebook §6 (申请书, 业主联名表, 建设单位书面报告), JX 8.
"""

from dataclasses import dataclass
from datetime import date

from vote.certificate.spelling import day_zh, heads, percent, square_metres
from vote.document.layout import (
    Column,
    Details,
    Head,
    Paper,
    Points,
    Signature,
    Signatures,
    Table,
    Tick,
    Ticks,
    Words,
)
from vote.law.measure import Measure

_OFFICES_ONLY = "有个人信息，只交街道（镇）和居（村）民委员会核对，不张贴、不外传"
_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Application:
    """What owners say when they ask for a preparatory group."""

    head: Head
    addressee: str
    estate: Measure
    """All owners."""
    delivered_dm2: int
    first_delivered: date
    asking: Measure
    """Those who sign."""
    annexes: tuple[str, ...]
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class Signer:
    """An owner who signs."""

    unit: str
    owner: str
    area_dm2: int
    phone: str


@dataclass(frozen=True, slots=True)
class JointList:
    """The list of owners who sign the application."""

    head: Head
    signers: tuple[Signer, ...]
    blank_rows: int
    """Rows for owners who are not known yet."""


@dataclass(frozen=True, slots=True)
class DeveloperReport:
    """What the developer reports once the conditions are met."""

    head: Head
    addressee: str
    developer: str
    units: int
    delivered_units: int
    area_dm2: int
    delivered_dm2: int
    first_delivered: date
    service_rooms: str
    """Where the rooms for property service lie, with their area."""
    annexes: tuple[Tick, ...]
    """What is handed in with it, ticked where it is there."""
    contact: str
    phone: str


def application(facts: Application) -> Paper:
    """Return the application."""
    all_owners, asking = facts.estate, facts.asking
    return Paper(
        "成立业主大会筹备组申请书",
        "Application to form a preparatory group of the owners' assembly",
        facts.head,
        (
            Words(
                "我们是本小区的业主。小区成立业主大会的条件已经具备，请依法指导组建业主大会筹备组，"
                "并在收到本申请时给我们一份写明日期的收件回执。"
            ),
            Details(
                (
                    ("全体业主", f"{heads(all_owners.heads)}人，专有面积{square_metres(all_owners.area_dm2)}平方米"),
                    ("已交付面积", _part(facts.delivered_dm2, all_owners.area_dm2)),
                    ("首套交付日期", day_zh(facts.first_delivered)),
                    (
                        "联名业主",
                        (
                            f"{heads(asking.heads)}人，占全体人数的{_share(asking.heads, all_owners.heads)}；"
                            f"面积{_part(asking.area_dm2, all_owners.area_dm2)}"
                        ),
                    ),
                    ("联系人", facts.contact),
                    ("电话", facts.phone),
                )
            ),
            Words("附件", strong=True),
            Points(facts.annexes),
            Signatures((Signature("业主代表"), Signature("收件人"))),
        ),
        addressee=facts.addressee,
    )


def joint_list(facts: JointList) -> Paper:
    """Return the list of those who sign."""
    area = sum(each.area_dm2 for each in facts.signers)
    columns = (
        Column("序号", 8, number=True),
        Column("房号", 20),
        Column("业主", 20),
        Column("面积（m²）", 14, number=True),
        Column("电话", 17),
        Column("业主本人签名", 21),
    )
    rows = tuple(
        (str(number), each.unit, each.owner, square_metres(each.area_dm2), each.phone, "")
        for number, each in enumerate(facts.signers, start=1)
    )
    return Paper(
        "业主联名表",
        "List of owners who sign the application",
        facts.head,
        (
            Words("每人一行，由业主本人签名。几个人共有一套的，签一人即可，人数和面积由居委会对照清册核算。"),
            Table(columns, rows, facts.blank_rows, ("", "已填合计", f"{len(rows)}人", square_metres(area), "", "")),
        ),
        private=_OFFICES_ONLY,
    )


def developer_report(facts: DeveloperReport) -> Paper:
    """Return the developer's report."""
    return Paper(
        "成立业主大会条件具备情况报告",
        "Developer's report that the conditions for an owners' assembly are met",
        facts.head,
        (
            Words("本小区成立业主大会的条件已经具备，现按规定书面报告，请指导组建业主大会筹备组。"),
            Details(
                (
                    ("建设单位", facts.developer),
                    ("房屋", f"共{heads(facts.units)}套，已交付{heads(facts.delivered_units)}套"),
                    ("专有面积合计", f"{square_metres(facts.area_dm2)}平方米"),
                    ("已交付面积", _part(facts.delivered_dm2, facts.area_dm2)),
                    ("首套交付日期", day_zh(facts.first_delivered)),
                    ("物业服务用房", facts.service_rooms),
                    ("联系人", facts.contact),
                    ("电话", facts.phone),
                )
            ),
            Ticks("随本报告提交", facts.annexes),
            Signatures((Signature("建设单位", facts.developer), Signature("收件人"))),
        ),
        addressee=facts.addressee,
    )


def _share(part: int, whole: int) -> str:
    return percent(part * _WHOLE // whole)


def _part(part_dm2: int, whole_dm2: int) -> str:
    return f"{square_metres(part_dm2)}平方米，占{_share(part_dm2, whole_dm2)}"
