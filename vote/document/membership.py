"""Writes the papers of a member who goes: that a membership ended, and a motion to recall with the member's reply beside it.

 * Motion and reply have the same room on the same sheet; where no reply was handed in, the paper says that one was asked for
   and until when, and leaves the room.
 * The notice says that somebody is no member any more and from when; why stays with a closed list of causes.

Follows rulebook §7 (S23, S24), D25; JX 19, MGR 44, 45.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vote.certificate.spelling import day_zh, heads, moment_zh, square_metres
from vote.document.layout import Beside, Details, Head, Paper, Signature, Signatures, Words, Writing
from vote.law.measure import Measure


class Cause(StrEnum):
    """Why a membership ended, closed: none says more of a person than everybody may know."""

    RESIGNED = "本人辞职"
    NO_OWNER = "不再是本小区业主"
    RECALLED = "业主大会决定罢免"
    UNABLE = "依法或者按议事规则自行终止"
    TERM = "任期届满"


@dataclass(frozen=True, slots=True)
class MembershipEnded:
    """A member who is none any more."""

    head: Head
    member: str
    office: str
    cause: Cause
    ended_on: date
    return_by: date
    return_to: str
    successor: str
    """The alternate who moves up; empty where there is none."""
    left: int
    seats: int


@dataclass(frozen=True, slots=True)
class RecallMotion:
    """A motion to recall, as it goes to the owners."""

    head: Head
    member: str
    office: str
    movers: Measure
    """Owners who signed, as checked."""
    motion: str
    asked_on: date
    """When the member was asked for a reply."""
    reply_by: date
    reply: str
    """Empty where none came."""
    opens_at: datetime
    closes_at: datetime


def membership_ended(facts: MembershipEnded) -> Paper:
    """Return the notice that a membership ended."""
    successor = f"由候补委员{facts.successor}递补。" if facts.successor else "没有候补委员可以递补。"
    below = "委员已不足总数的一半，由居（村）民委员会按规定代行职责，尽快补选或者换届。"
    return Paper(
        "业主委员会委员职务终止公告",
        "Notice: a membership of the committee ended",
        facts.head,
        (
            Details(
                (
                    ("姓名", facts.member),
                    ("原任职务", facts.office),
                    ("终止原因", facts.cause.value),
                    ("终止日期", day_zh(facts.ended_on)),
                )
            ),
            Words(
                f"{successor}业主委员会应有委员{facts.seats}人，现有{facts.left}人。"
                f"{below if facts.left * 2 < facts.seats else ''}"
            ),
            Words(
                f"请在{day_zh(facts.return_by)}前，把保管的资料、印章和财物交给{facts.return_to}，双方在移交清单上签名。"
            ),
            Signatures((Signature("业主委员会"), Signature("居（村）民委员会签收"))),
        ),
    )


def recall_motion(facts: RecallMotion) -> Paper:
    """Return the motion with the reply beside it."""
    none = f"截至{day_zh(facts.reply_by)}没有收到书面说明。此处留空，投票前交来的补印。"
    return Paper(
        "罢免委员的提议和本人说明",
        "Motion to recall a member, with the member's reply",
        facts.head,
        (
            Details(
                (
                    ("涉及的委员", facts.member),
                    ("职务", facts.office),
                    (
                        "提议的业主",
                        f"{heads(facts.movers.heads)}人，专有面积{square_metres(facts.movers.area_dm2)}平方米（已核对）",
                    ),
                    ("请本人说明", f"{day_zh(facts.asked_on)}书面告知，{day_zh(facts.reply_by)}前说明"),
                    ("投票时间", f"{moment_zh(facts.opens_at)}至{moment_zh(facts.closes_at)}"),
                )
            ),
            Words("提议和说明都照原文刊印，编排和字号一样，召集人不加评论。"),
            Beside(Writing("提议的理由", facts.motion, 12), Writing("本人的说明", facts.reply or none, 12)),
            Signatures((Signature("提议人代表"), Signature("本人", facts.member), Signature("召集人"))),
        ),
    )
