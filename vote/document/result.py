"""Writes the notice of a result: figures, who is elected, how it was told, and what an owner can do against it and until when.

 * The year for a suit runs for each owner from when that owner knew or should have known; the notice says so, names the day
   counted from its being put up, and what proves it (Civil Code art. 280 ¶2, SPC 12; rulebook §9a.10).
 * The organiser confirms the result; nobody else decides about it (rulebook §9a.1).
 * It names the certificate and where anybody checks it.

Follows rulebook §6 (结果公告), §9a.2, §9a.10.
"""

from dataclasses import dataclass
from datetime import date

from vote.certificate.spelling import breakable, day_zh
from vote.document.count import Counted, question_blocks, turnout_table
from vote.document.layout import (
    Block,
    Column,
    Details,
    Head,
    Heading,
    Paper,
    Points,
    Rule,
    Signature,
    Signatures,
    Table,
    Words,
)
from vote.law.measure import Measure


@dataclass(frozen=True, slots=True)
class Place:
    """Where the notice hangs, with who photographed it and when."""

    where: str
    since: date
    proof: str
    """As in 照片2张，编号3."""


@dataclass(frozen=True, slots=True)
class Body:
    """Who takes complaints."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class ResultNotice:
    """A result that is put up."""

    head: Head
    vote: str
    decided_on: date
    owners: Measure
    cast: Measure
    quorum: str
    questions: tuple[Counted, ...]
    elected: tuple[str, ...]
    alternates: tuple[str, ...]
    disputes: str
    """What was disputed before counting and what the margin test says."""
    notified: str
    """How owners were told of the meeting, as in 2026年11月28日起逐户书面送达，537户签收."""
    places: tuple[Place, ...]
    told_each: str
    """How each owner is told of the result."""
    objections_until: date
    objections_to: str
    complaint: Rule
    bodies: tuple[Body, ...]
    suit: Rule
    suit_last: date
    """The last day of the year counted from the day the notice is put up."""
    certificate: str
    """As in 第1号."""
    digest: str
    """Of the certificate; whoever has it can tell an altered one."""
    signers: tuple[str, ...]
    """Who confirms: members of the preparatory group, or the committee."""


def result_notice(facts: ResultNotice) -> Paper:
    """Return the notice of a result."""
    return Paper(
        f"{facts.vote}结果公告",
        "Notice of the result",
        facts.head,
        (
            Words(f"投票结果于{day_zh(facts.decided_on)}形成，现公布如下。"),
            Heading("参加情况"),
            turnout_table(facts.owners, facts.cast),
            Words(f"参加多少才有效：{facts.quorum}"),
            *question_blocks(facts.questions, facts.cast),
            *_elected(facts),
            Heading("程序"),
            Details(
                (
                    ("会前通知", facts.notified),
                    ("争议处理", facts.disputes),
                    ("逐户告知结果", facts.told_each),
                    ("结果证明", f"{facts.certificate}，校验码 {breakable(facts.digest)}"),
                )
            ),
            Table(
                (Column("张贴地点", 46), Column("张贴日期", 24), Column("凭据", 30)),
                tuple((each.where, day_zh(each.since), each.proof) for each in facts.places),
            ),
            Heading("对结果有意见怎么办"),
            Points(
                (
                    (
                        f"对计票结果有异议：{day_zh(facts.objections_until)}前写明理由和依据，交{facts.objections_to}，公开答复，"
                        "不露姓名房号。"
                    ),
                    (
                        f"认为决定违反法律法规：可以向街道（镇）或者县物业主管部门投诉。{facts.complaint.citation}："
                        f"{facts.complaint.words}"
                    ),
                    (
                        f"认为决定侵害自己的合法权益或者违反法定程序：可以向人民法院起诉，请求撤销。{facts.suit.citation}："
                        f"{facts.suit.words}"
                    ),
                    (
                        f"起诉的一年从您知道或者应当知道决定之日算。从本公告张贴之日（{day_zh(facts.head.on)}）算，"
                        f"到{day_zh(facts.suit_last)}为止。张贴照片和逐户告知的记录，是“应当知道”的证据。"
                    ),
                )
            ),
            Table(
                (Column("受理投诉的单位", 60), Column("电话", 40)),
                tuple((each.name, each.phone) for each in facts.bodies),
            ),
            Words("任何人都可以扫首页右上角的码，下载锁好的选票和计算过程，自己核对。"),
            Signatures(tuple(Signature("确认人", name) for name in facts.signers)),
        ),
    )


def _elected(facts: ResultNotice) -> tuple[Block, ...]:
    names = (("当选委员", facts.elected), ("候补委员（按顺序）", facts.alternates))
    rows = tuple((name, "、".join(people)) for name, people in names if people)
    return (Heading("选举结果"), Details(rows)) if rows else ()
