"""Writes registers that are kept by hand: ballots given out and taken back, and uses of the seal.

 * Only what reached the owner, or an adult of the household who signs for it, is delivered; mailbox and tenant are
   noted as such and are not (rulebook §9a.4).
 * Each use of a seal names the decision that it rests on and who approved it.

Follows rulebook §6 (发放/回收登记册, 印章使用登记), JX 22; HZ 30(6), TZ 24 as models.
"""

from dataclasses import dataclass

from vote.document.layout import Column, Details, Head, Paper, Signature, Signatures, Table, Words


@dataclass(frozen=True, slots=True)
class Delivery:
    """One ballot on its way; what is not known yet is empty."""

    serial: str
    unit: str
    owner: str
    way: str
    """As in 当面, 邮寄, 短信."""
    given_on: str
    receiver: str
    """Who signed, and the relation to the owner."""
    returned_on: str


@dataclass(frozen=True, slots=True)
class DeliveryRegister:
    """Ballots given out and taken back."""

    head: Head
    vote: str
    building: str
    deliveries: tuple[Delivery, ...]
    blank_rows: int


@dataclass(frozen=True, slots=True)
class SealUse:
    """One use of a seal."""

    on: str
    matter: str
    basis: str
    """The decision, by its number."""
    pages: str
    applicant: str
    approvers: str


@dataclass(frozen=True, slots=True)
class SealRegister:
    """Uses of a seal."""

    head: Head
    seal: str
    keeper: str
    uses: tuple[SealUse, ...]
    blank_rows: int


def delivery_register(facts: DeliveryRegister) -> Paper:
    """Return the register of ballots."""
    columns = (
        Column("票号", 9),
        Column("房号", 15),
        Column("业主", 14),
        Column("送达方式", 8),
        Column("送达日期", 11),
        Column("签收人和关系", 13),
        Column("签收签名", 10),
        Column("收回日期", 11),
        Column("经手人", 9),
    )
    rows = tuple(
        (each.serial, each.unit, each.owner, each.way, each.given_on, each.receiver, "", each.returned_on, "")
        for each in facts.deliveries
    )
    return Paper(
        "表决票发放、收回登记册",
        "Register of ballots given out and taken back",
        facts.head,
        (
            Details((("投票", facts.vote), ("楼幢", facts.building))),
            Words(
                "签收人须是业主本人、同住成年家属或者业主书面委托的人。放信箱、交租客的照实写，不算送达。"
                "物业服务人的员工不经手表决票。"
            ),
            Table(columns, rows, facts.blank_rows),
            Signatures((Signature("登记人"), Signature("复核人"))),
        ),
        wide=True,
        private="有个人信息，只供召集人和居（村）民委员会使用",
    )


def seal_register(facts: SealRegister) -> Paper:
    """Return the register of a seal."""
    columns = (
        Column("序号", 6, number=True),
        Column("日期", 12),
        Column("用印事项", 25),
        Column("依据（决定编号）", 18),
        Column("份数页数", 8),
        Column("申请人", 10),
        Column("批准人", 14),
        Column("保管人签名", 10),
    )
    rows = tuple(
        (str(number), each.on, each.matter, each.basis, each.pages, each.applicant, each.approvers, "")
        for number, each in enumerate(facts.uses, start=1)
    )
    return Paper(
        "印章使用登记",
        "Register of the seal",
        facts.head,
        (
            Details((("印章", facts.seal), ("保管人", facts.keeper))),
            Words("没有决定作依据、没有经过批准的，不得用印；不在空白纸上用印。业主可以查看本登记。"),
            Table(columns, rows, facts.blank_rows),
        ),
        wide=True,
    )
