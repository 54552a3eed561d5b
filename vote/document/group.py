"""Writes the papers of a preparatory group: who is in it, and its letter for the manager's documents.

 * The notice names members, never their own phones: there is one contact for all.
 * The letter says the day, what is to be handed over and, where the place has one, the fine. It asks for no phones.

Follows rulebook §6 (筹备组成员公告), §2 documents, §9a.4; JX 10, 11, 34.
"""

from dataclasses import dataclass
from datetime import date

from vote.certificate.spelling import day_zh
from vote.document.layout import Column, Details, Head, Paper, Points, Rule, Signature, Signatures, Table, Words

DEMANDED = (
    "业主名册",
    "房屋及建筑面积清册",
    "建设工程设计方案总平面图",
    "共用设施设备清单",
    "物业服务用房配置清单",
)
"""What JX 11 lets a group ask for."""


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A member of the group."""

    name: str
    side: str
    """For whom, as in 业主代表 or 社区."""
    is_owner: bool
    work: str


@dataclass(frozen=True, slots=True)
class GroupNotice:
    """Who is in the group."""

    head: Head
    formed_on: date
    members: tuple[GroupMember, ...]
    place: str
    """Where owners find the group."""
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class DocumentLetter:
    """What the manager is asked for."""

    head: Head
    manager: str
    formed_on: date
    due_on: date
    documents: tuple[str, ...]
    fine: Rule | None
    place: str
    """Where the documents are to be brought."""
    contact: str
    phone: str
    authority: str
    """Who is told if they do not come."""


def group_notice(facts: GroupNotice) -> Paper:
    """Return the notice of the group's members."""
    owners = sum(each.is_owner for each in facts.members)
    columns = (Column("序号", 8, number=True), Column("姓名", 24), Column("身份", 28), Column("分工", 40))
    rows = tuple(
        (str(number), each.name, f"{each.side}（业主）" if each.is_owner else each.side, each.work)
        for number, each in enumerate(facts.members, start=1)
    )
    return Paper(
        "业主大会筹备组成员公告",
        "Notice: members of the preparatory group",
        facts.head,
        (
            Words(
                f"业主大会筹备组已于{day_zh(facts.formed_on)}成立，共{len(facts.members)}人，其中业主{owners}人。"
                "成员名单和分工公布如下。"
            ),
            Table(columns, rows),
            Words("对成员有不同意见，请写明理由和依据，交给下面的联系人，或者直接交给街道（镇）、居（村）民委员会。"),
            Details((("接待地点", facts.place), ("联系人", facts.contact), ("电话", facts.phone))),
            Signatures((Signature("筹备组组长"), Signature("筹备组成员"))),
        ),
    )


def document_letter(facts: DocumentLetter) -> Paper:
    """Return the letter for the documents."""
    fine = (Words(f"{facts.fine.citation}：{facts.fine.words}", strong=True),) if facts.fine else ()
    return Paper(
        "关于移交业主大会筹备资料的函",
        "Letter: please hand over the documents for the owners' assembly",
        facts.head,
        (
            Words(
                f"业主大会筹备组已于{day_zh(facts.formed_on)}成立。请在{day_zh(facts.due_on)}前，把下列资料移交筹备组。"
                "资料不全的，先移交已有的部分，并书面说明其余部分在哪里。"
            ),
            Points(facts.documents),
            Words("移交的资料只用于筹备首次业主大会会议。请不要附业主的电话：电话由业主自己登记和确认。"),
            *fine,
            Words(f"到期没有移交的，筹备组将附上本函和送达记录，报告{facts.authority}。"),
            Details((("移交地点", facts.place), ("联系人", facts.contact), ("电话", facts.phone))),
            Signatures((Signature("筹备组组长"), Signature("物业服务人签收"))),
        ),
        addressee=facts.manager,
    )
