"""Writes the papers of candidates: the form to stand, and the notice of who stands.

 * Of a candidate only those fields are put up to which the candidate consents, each by itself; number of an identity
   card, phone and health are no such fields (rulebook §9a.13).
 * The form asks for no copy and no number of an identity card: two people look at the card at the desk.
 * Candidates stand in the order that they are given in (strokes of the surname); who withdrew stays, marked.

Follows rulebook §6 (候选人报名/推荐表), §9a.5; Personal Information Protection Act arts. 13, 25.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vote.certificate.spelling import day_zh, square_metres
from vote.document.layout import (
    Column,
    Details,
    Head,
    Heading,
    Paper,
    Points,
    Signature,
    Signatures,
    Table,
    Tick,
    Ticks,
    Words,
    Writing,
)


class Shown(StrEnum):
    """What may be put up of a candidate, closed."""

    NAME = "姓名"
    UNIT = "房号"
    SEX = "性别"
    BORN = "出生年份"
    EDUCATION = "文化程度"
    EMPLOYER = "工作单位"
    RESUME = "简历"
    SKILLS = "专长"
    MOTIVES = "参选想法"
    TIES = "利害关系申报"


class Way(StrEnum):
    """How somebody comes to stand."""

    SELF = "自荐"
    JOINT = "业主联名推荐"
    RECOMMENDED = "居（村）民委员会推荐"


PROMISES = (
    "本人是本小区业主，填写的内容真实。",
    "当选后遵守法律、管理规约和业主大会议事规则，不泄露业主的个人信息。",
    "不收物业服务人、建设单位和其他相关单位的好处；本人和近亲属与它们有关系的，如实申报，遇到就回避。",
    "公共收益、维修资金和合同按时公开，随时接受业主询问。",
    "任期结束或者中途离任的，按时移交资料、印章和财物。",
)
"""What a candidate signs; our own wording."""
_REVIEWED = ("身份（证件当面核对）", "参选条件", "材料是否齐全")


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands."""

    name: str
    sex: str
    born: str
    """The year is enough."""
    education: str
    employer: str
    phone: str
    unit: str
    area_dm2: int
    moved_in: str


@dataclass(frozen=True, slots=True)
class Supporter:
    """An owner who recommends."""

    unit: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class CandidateForm:
    """What somebody says who stands."""

    head: Head
    way: Way
    person: Person
    resume: tuple[tuple[str, str], ...]
    """From when to when, and what."""
    skills: str
    motives: str
    ties: str
    consents: frozenset[Shown]
    supporters: tuple[Supporter, ...]
    blank_supporters: int
    """Rows for supporters who are not known yet."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is put up of one candidate."""

    shown: Mapping[Shown, str]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class CandidatesNotice:
    """Who stands."""

    head: Head
    seats: int
    alternates: int
    first: date
    last: date
    candidates: tuple[Candidate, ...]
    contact: str
    phone: str


def candidate_form(facts: CandidateForm) -> Paper:
    """Return the form to stand."""
    person = facts.person
    support = Table(
        (
            Column("序号", 8, number=True),
            Column("房号", 27),
            Column("推荐人", 20),
            Column("电话", 20),
            Column("本人签名", 25),
        ),
        tuple(
            (str(number), each.unit, each.name, each.phone, "") for number, each in enumerate(facts.supporters, start=1)
        ),
        facts.blank_supporters,
    )
    joint = (Heading("联名推荐"), support) if facts.way is Way.JOINT else ()
    return Paper(
        "业主委员会委员候选人报名（推荐）表",
        "Form to stand for, or recommend for, the committee",
        facts.head,
        (
            Ticks("报名方式", tuple(Tick(each.value, ticked=each is facts.way) for each in Way)),
            Details(
                (
                    ("姓名", person.name),
                    ("性别", person.sex),
                    ("出生年份", person.born),
                    ("文化程度", person.education),
                    ("工作单位", person.employer),
                    ("电话（不公布）", person.phone),
                    ("房号", person.unit),
                    ("专有面积", f"{square_metres(person.area_dm2)}平方米"),
                    ("入住时间", person.moved_in),
                )
            ),
            Heading("简历"),
            Table((Column("起止时间", 30), Column("单位和职务", 70)), facts.resume, 0 if facts.resume else 3),
            Writing("专长", facts.skills, 2),
            Writing("参选想法（500字以内）", facts.motives, 5),
            Writing(
                "利害关系申报：本人或近亲属与建设单位、物业服务人、其他签约单位的关系，没有的写“无”", facts.ties, 2
            ),
            Heading("同意公布哪些内容（逐项勾选，可以随时撤回）"),
            Ticks("", tuple(Tick(each.value, ticked=each in facts.consents) for each in Shown)),
            Words("身份证号、电话和健康情况不公布，也不在本表填写身份证号。"),
            Heading("承诺"),
            Points(PROMISES),
            Signatures((Signature("本人", person.name),)),
            *joint,
            Heading("资格核对"),
            Table(
                (Column("核对内容", 34), Column("结论", 36), Column("两位核对人签名、日期", 30)),
                tuple((each, "□ 符合　□ 不符合，理由：", "") for each in _REVIEWED),
            ),
        ),
        private="有个人信息，只供资格核对；公布的另行制作，只有本人同意的内容",
    )


def candidates_notice(facts: CandidatesNotice) -> Paper:
    """Return the notice of who stands."""
    blocks: list[Heading | Details] = []
    for number, each in enumerate(facts.candidates, start=1):
        name = each.shown.get(Shown.NAME, "")
        gone = "（已退出，票上保留并注明，不能当选）" if each.withdrawn else ""
        blocks.append(Heading(f"{number}. {name}{gone}"))
        blocks.append(
            Details(
                tuple((kind.value, each.shown[kind]) for kind in Shown if kind in each.shown and kind != Shown.NAME)
            )
        )
    alternates = f"，候补委员{facts.alternates}名" if facts.alternates else ""
    return Paper(
        "业主委员会委员候选人公示",
        "Notice: candidates for the committee",
        facts.head,
        (
            Words(
                f"本次选举委员{facts.seats}名{alternates}。候选人共{len(facts.candidates)}名，按姓氏笔画排列。"
                "公布的内容都经本人逐项同意。"
            ),
            Details(
                (
                    ("公示时间", f"{day_zh(facts.first)}至{day_zh(facts.last)}"),
                    ("联系人", facts.contact),
                    ("电话", facts.phone),
                )
            ),
            Words("对候选人的资格有异议，请在公示期内写明理由和依据交给联系人。"),
            *blocks,
            Signatures((Signature("筹备组组长或召集人"), Signature("经办人"))),
        ),
    )
