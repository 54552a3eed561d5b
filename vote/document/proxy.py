"""Writes a proxy with the principal's own opinion on every matter.

 * It has what the Civil Code asks for: agent, matters, authority, period, the principal's signature (art. 165).
 * The opinion is the principal's: each row has three boxes and a place for the principal's own signature (ZJ 9 ¶2).
 * It is good for one meeting; the agent hands it on to nobody.

Follows rulebook §6 (授权委托书).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vote.certificate.spelling import day_zh, square_metres
from vote.document.layout import (
    TICKED,
    UNTICKED,
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


class Opinion(StrEnum):
    """What the principal wants."""

    YES = "同意"
    NO = "反对"
    ABSTAIN = "弃权"


@dataclass(frozen=True, slots=True)
class ProxyMatter:
    """One matter, and what the principal wants; nothing where it is still to be ticked by hand."""

    text: str
    opinion: Opinion | None


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who acts for whom."""

    head: Head
    meeting: str
    principal: str
    unit: str
    area_dm2: int
    agent: str
    relation: str
    matters: tuple[ProxyMatter, ...]
    authority: str
    """As in 按下表代为投票，不得更改."""
    first: date
    last: date


def proxy(facts: Proxy) -> Paper:
    """Return the proxy."""
    columns = (
        Column("序号", 8, number=True),
        Column("表决事项", 42),
        *(Column(each.value, 9) for each in Opinion),
        Column("委托人签名", 23),
    )
    rows = tuple(
        (
            str(number),
            each.text,
            *(TICKED if each.opinion is opinion else UNTICKED for opinion in Opinion),
            "",
        )
        for number, each in enumerate(facts.matters, start=1)
    )
    return Paper(
        "授权委托书",
        "Proxy with the principal's own opinion on every matter",
        facts.head,
        (
            Details(
                (
                    ("委托人（业主）", facts.principal),
                    ("房号", facts.unit),
                    ("专有面积", f"{square_metres(facts.area_dm2)}平方米"),
                    ("受托人", facts.agent),
                    ("与委托人的关系", facts.relation),
                    ("代理事项", f"{facts.meeting}的投票"),
                    ("代理权限", facts.authority),
                    ("代理期限", f"{day_zh(facts.first)}至{day_zh(facts.last)}"),
                )
            ),
            Heading("委托人对每一项的意见"),
            Words("每行勾一个，并由委托人本人在行末签名。没有勾的一项按弃权算。"),
            Table(columns, rows),
            Points(
                (
                    "委托人自己投了票的，以委托人的票为准。",
                    "受托人不得转委托。委托可以随时书面撤回，撤回后本书作废。",
                    "双方身份由社区当面核对证件，不留复印件。",
                )
            ),
            Signatures((Signature("委托人", facts.principal), Signature("受托人", facts.agent))),
        ),
        private="有个人的投票意见，只交计票和核对，不张贴、不外传",
    )
