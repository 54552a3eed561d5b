"""Writes the papers of a committee's meeting: the notice of its agenda and the minutes.

 * The notice asks owners for their opinions before the meeting; the minutes say until when the decision is public.
 * Minutes name how many voted how, who was there, and that the community is told (PMR 20 ¶3, rulebook §9a.11).

Follows rulebook §6 (委员会会前公告 / 会议纪要), D18, D19; ZJ 14, MGR 38, 39.
"""

from dataclasses import dataclass
from datetime import date, datetime

from vote.certificate.spelling import day_zh, moment_zh
from vote.document.layout import (
    Block,
    Details,
    Head,
    Heading,
    Paper,
    Points,
    Signature,
    Signatures,
    Words,
    Writing,
)


@dataclass(frozen=True, slots=True)
class AgendaNotice:
    """A meeting of the committee that is coming."""

    head: Head
    meeting: str
    at: datetime
    place: str
    items: tuple[str, ...]
    opinions_until: date
    opinions_to: str
    phone: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was talked about."""

    text: str
    talk: str
    """What was said, in short; empty leaves lines to write."""
    in_favour: int
    against: int
    abstained: int
    decision: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting of the committee that was held."""

    head: Head
    meeting: str
    at: datetime
    place: str
    chair: str
    recorder: str
    seats: int
    """Members that the committee has."""
    present: tuple[str, ...]
    absent: tuple[str, ...]
    guests: tuple[str, ...]
    items: tuple[Item, ...]
    publish_by: date


def agenda_notice(facts: AgendaNotice) -> Paper:
    """Return the notice of an agenda."""
    return Paper(
        "业主委员会会议议题公告",
        "Notice of a committee meeting's agenda",
        facts.head,
        (
            Details((("会议", facts.meeting), ("时间", moment_zh(facts.at)), ("地点", facts.place))),
            Heading("议题"),
            Points(facts.items),
            Words(f"业主和使用人对议题有意见，请在{day_zh(facts.opinions_until)}前告诉我们，会上逐条说明怎么处理。"),
            Details((("意见交给", facts.opinions_to), ("电话", facts.phone))),
            Signatures((Signature("召集人"),)),
        ),
    )


def minutes(facts: Minutes) -> Paper:
    """Return the minutes of a meeting."""
    return Paper(
        "业主委员会会议纪要",
        "Minutes of a committee meeting",
        facts.head,
        (
            Details(
                (
                    ("会议", facts.meeting),
                    ("时间", moment_zh(facts.at)),
                    ("地点", facts.place),
                    ("主持人", facts.chair),
                    ("记录人", facts.recorder),
                    ("应到和实到", f"委员共{facts.seats}人，到会{len(facts.present)}人"),
                    ("到会委员", "、".join(facts.present)),
                    ("缺席委员", "、".join(facts.absent) or "无"),
                    ("列席", "、".join(facts.guests) or "无"),
                )
            ),
            *(block for number, each in enumerate(facts.items, start=1) for block in _item(number, each, facts.seats)),
            Words(f"以上决定在{day_zh(facts.publish_by)}前公布，并告知居（村）民委员会。"),
            Signatures(tuple(Signature("委员", name) for name in facts.present)),
        ),
    )


def _item(number: int, item: Item, seats: int) -> tuple[Block, ...]:
    return (
        Heading(f"议题{number}　{item.text}"),
        Writing("讨论", item.talk),
        Words(f"表决：同意{item.in_favour}人，反对{item.against}人，弃权{item.abstained}人（全体委员{seats}人）。"),
        Words(f"决定：{item.decision}", strong=True),
    )
