"""Writes the list of what one committee, or a preparatory group, hands over to the next.

 * It always has the eight things of NB 37; where there is nothing of one it says so, so nothing is passed over in silence.

Follows rulebook §6 (移交清单), D16, D24; ZJ 15 ¶3, JX 14 ¶1; NB 37 as a model for the eight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vote.certificate.spelling import day_zh
from vote.document.layout import Column, Details, Head, Paper, Signature, Signatures, Table, Words


class Thing(StrEnum):
    """What is handed over, closed."""

    ROLL = "业主名册和联系方式"
    SEALS = "印章"
    MINUTES = "会议记录和决定"
    ACCOUNTS = "财务凭证、账簿和对账单"
    CONTRACTS = "合同和协议"
    INCOME = "历年公共收益公示"
    EQUIPMENT = "设备和其他财物"
    FILES = "其他档案资料"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece."""

    name: str
    number: str
    """As in 12册, 1枚, or an amount of money."""
    note: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """What goes from whom to whom."""

    head: Head
    giver: str
    taker: str
    due_on: date
    pieces: Mapping[Thing, tuple[Piece, ...]]
    witness: str
    """Who is present; empty where nobody else is: the law asks for no witness."""


def hand_over_list(facts: HandOver) -> Paper:
    """Return the list."""
    columns = (
        Column("类别", 22),
        Column("名称", 34),
        Column("数量", 14),
        Column("备注", 18),
        Column("接收核对", 12),
    )
    rows = tuple(row for number, thing in enumerate(Thing, start=1) for row in _rows(number, thing, facts))
    witness = (Signature("在场人", facts.witness),) if facts.witness else ()
    return Paper(
        "移交清单",
        "List of what is handed over",
        facts.head,
        (
            Details((("移交人", facts.giver), ("接收人", facts.taker), ("移交期限", f"{day_zh(facts.due_on)}前"))),
            Words(
                "逐件当面核对，有缺少或者损坏的写在备注里。电子资料同时移交，移交后移交人不再保留业主的个人信息。"
                "附件里的联系方式和账号不张贴。"
            ),
            Table(columns, rows),
            Signatures((Signature("移交人", facts.giver), Signature("接收人", facts.taker), *witness)),
        ),
    )


def _rows(number: int, thing: Thing, facts: HandOver) -> list[tuple[str, ...]]:
    name = f"{number}. {thing.value}"
    pieces = facts.pieces.get(thing, ())
    if not pieces:
        return [(name, "无", "", "", "")]
    return [(name if index == 0 else "", each.name, each.number, each.note, "") for index, each in enumerate(pieces)]
