"""Writes the papers of a count, which go to the filing desk in place of ballots: the sheet, who took part, the re-check.

 * Owners and area stand beside each other and are never added up together.
 * Shares are rounded down, so two thirds never shows before it is reached.
 * Who took part is listed by room, without names and without what anybody chose.

Follows rulebook §6 (计票汇总表), §9a.2, §9a.9. Not here: counting (`vote.tally`), what follows from it (`vote.law`).
"""

from dataclasses import dataclass
from datetime import datetime

from vote.certificate.spelling import heads, moment_zh, percent, square_metres
from vote.document.layout import (
    Block,
    Column,
    Details,
    Head,
    Heading,
    Paper,
    Signature,
    Signatures,
    Table,
    Words,
)
from vote.law.measure import Measure

_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Channel:
    """Ballots by one way, in pieces."""

    name: str
    issued: int
    returned: int
    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What a choice got."""

    name: str
    votes: Measure


@dataclass(frozen=True, slots=True)
class Counted:
    """One question with its figures."""

    text: str
    threshold: str
    choices: tuple[Choice, ...]
    outcome: str
    """As in 通过; decided elsewhere."""


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A count."""

    head: Head
    vote: str
    closed_at: datetime
    counted_at: datetime
    channels: tuple[Channel, ...]
    owners: Measure
    cast: Measure
    quorum: str
    questions: tuple[Counted, ...]
    counters: tuple[str, ...]
    scrutineers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that took part."""

    unit: str
    area_dm2: int
    channel: str


@dataclass(frozen=True, slots=True)
class ParticipationList:
    """Who took part."""

    head: Head
    vote: str
    cast: Measure
    parts: tuple[Part, ...]
    counters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One step of a re-check."""

    what: str
    found: str


@dataclass(frozen=True, slots=True)
class Recheck:
    """A count that others did again."""

    head: Head
    vote: str
    at: datetime
    digest: str
    """Of the certificate, as it is printed there."""
    checked: tuple[Checked, ...]
    conclusion: str
    checkers: tuple[str, ...]


def count_sheet(facts: CountSheet) -> Paper:
    """Return the sheet of a count."""
    columns = (
        Column("方式", 28),
        *(Column(name, 18, number=True) for name in ("发出（张）", "收回（张）", "有效（张）", "无效（张）")),
    )
    rows = tuple(
        (each.name, *map(heads, (each.issued, each.returned, each.valid, each.invalid))) for each in facts.channels
    )
    total = (
        "合计",
        heads(sum(each.issued for each in facts.channels)),
        heads(sum(each.returned for each in facts.channels)),
        heads(sum(each.valid for each in facts.channels)),
        heads(sum(each.invalid for each in facts.channels)),
    )
    return Paper(
        "计票汇总表",
        "Count sheet",
        facts.head,
        (
            Details(
                (
                    ("投票", facts.vote),
                    ("投票结束", moment_zh(facts.closed_at)),
                    ("计票时间", moment_zh(facts.counted_at)),
                )
            ),
            Heading("表决票"),
            Table(columns, rows, total=total),
            Heading("参加情况"),
            turnout_table(facts.owners, facts.cast),
            Words(f"参加多少才有效：{facts.quorum}"),
            *question_blocks(facts.questions, facts.cast),
            Signatures(
                (
                    *(Signature("计票人", name) for name in facts.counters),
                    *(Signature("监票人", name) for name in facts.scrutineers),
                )
            ),
        ),
    )


def participation_list(facts: ParticipationList) -> Paper:
    """Return the list of who took part."""
    columns = (
        Column("序号", 10, number=True),
        Column("房号", 40),
        Column("专有面积（平方米）", 25, number=True),
        Column("投票方式", 25),
    )
    rows = tuple(
        (str(number), each.unit, square_metres(each.area_dm2), each.channel)
        for number, each in enumerate(facts.parts, start=1)
    )
    return Paper(
        "参与表决登记表",
        "List of units that took part",
        facts.head,
        (
            Details(
                (
                    ("投票", facts.vote),
                    ("参加", f"{heads(facts.cast.heads)}人，{square_metres(facts.cast.area_dm2)}平方米"),
                )
            ),
            Words("本表只有房号、面积和投票方式，没有姓名，也看不出选了什么。备案时代替选票提交。"),
            Table(columns, rows),
            Signatures(tuple(Signature("计票人", name) for name in facts.counters)),
        ),
    )


def recheck(facts: Recheck) -> Paper:
    """Return the record of a re-check."""
    rows = tuple((str(number), each.what, each.found) for number, each in enumerate(facts.checked, start=1))
    return Paper(
        "计票复核记录",
        "Record of a re-check of the count",
        facts.head,
        (
            Details((("投票", facts.vote), ("复核时间", moment_zh(facts.at)), ("结果证明校验码", facts.digest))),
            Table((Column("序号", 8, number=True), Column("复核内容", 46), Column("结果", 46)), rows),
            Words(f"结论：{facts.conclusion}", strong=True),
            Signatures(tuple(Signature("复核人", name) for name in facts.checkers)),
        ),
    )


def turnout_table(owners: Measure, cast: Measure) -> Table:
    """Return all owners and who took part, in both measures."""
    return Table(
        (Column("范围", 28), Column("人数", 30, number=True), Column("面积（平方米）", 42, number=True)),
        (
            ("全体业主", heads(owners.heads), square_metres(owners.area_dm2)),
            ("参加", heads(cast.heads), square_metres(cast.area_dm2)),
            ("占全体", _share(cast.heads, owners.heads), _share(cast.area_dm2, owners.area_dm2)),
        ),
    )


def question_blocks(questions: tuple[Counted, ...], cast: Measure) -> tuple[Block, ...]:
    """Return each question with its figures in both measures and what came of it."""
    columns = (
        Column("选项", 28),
        Column("人数", 14, number=True),
        Column("占参加人数", 16, number=True),
        Column("面积（平方米）", 22, number=True),
        Column("占参加面积", 20, number=True),
    )
    blocks: list[Block] = []
    for number, each in enumerate(questions, start=1):
        rows = tuple(
            (
                choice.name,
                heads(choice.votes.heads),
                _share(choice.votes.heads, cast.heads),
                square_metres(choice.votes.area_dm2),
                _share(choice.votes.area_dm2, cast.area_dm2),
            )
            for choice in each.choices
        )
        blocks += (
            Heading(f"第{number}题　{each.text}"),
            Table(columns, rows),
            Words(f"要求：{each.threshold}"),
            Words(f"结果：{each.outcome}", strong=True),
        )
    return tuple(blocks)


def _share(part: int, whole: int) -> str:
    return percent(part * _WHOLE // whole) if whole else "—"
