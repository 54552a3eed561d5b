"""What a made-up committee did in a year: records, and entries in its books. One seed, one story.

 * Everything lies in the twelve months before `today`. Money is whole fen.
 * Nobody in it is real; a post stands where a name would.

Not here: publishing it (`committee`).
"""

import calendar
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

MEMBERS = ("委员甲", "委员乙", "委员丙", "委员丁", "委员戊")
GARDENER, GARDENER_CODE = "示例绿化有限公司", "91330421MA00000009"
LIFTS = "示例电梯维保有限公司"
FIRMS = (GARDENER, LIFTS, "示例五金经营部", "示例印务社", "示例消防设备公司", "示例保洁服务部")
DECISIONS, MINUTES, SEALS, NOTICES, POSTINGS = 5, 2, 9, 7, 84
"""So many a month."""
OTHERS = FIRMS[1:]
"""Whom decisions name; to the first a member is tied, and it has one contract."""
INCOME_SHARE = 0.6
CONTRACT_MONTHS = (0, 2, 4, 6, 8, 10)
MATTERS = (
    "更换{n}号楼门厅照明", "修补{n}号楼外墙渗水", "清理{n}号楼楼道杂物", "更新{n}号楼信报箱", "维修{n}号楼单元门",
    "补种{n}号楼前绿化", "检修{n}号楼消防栓", "加装{n}号楼充电插座",
)  # fmt: skip
INCOMES = (
    ("Income:Common:Parking", "地面车位停车费", 60000, ("",)),
    ("Income:Common:Advertising", "电梯广告费", 180000, ("示例广告传媒公司", "示例楼宇媒体公司")),
    ("Income:Common:Venue", "快递柜场地租金", 90000, ("示例快递服务站", "示例智能柜公司")),
    ("Income:Common:Facilities", "基站占用费", 150000, ("示例通信公司",)),
)
SPENDINGS = (
    ("Expenses:Common:Cost", "车位划线和收费设备维护", 30000, ("示例五金经营部", "示例保洁服务部")),
    ("Expenses:Common:Repairs", "公共照明维修", 28000, ("示例五金经营部", "示例消防设备公司")),
    ("Expenses:Common:Committee", "打印和办公用品", 6000, ("示例印务社",)),
)
"""Account, what for, usual amount in fen, and who pays or is paid."""
LEFT = 5_000_000
"""What the committee before left, in fen."""
OWED = timedelta(days=14)
"""So long ago one thing was due of which no record tells."""
DECIDED = timedelta(days=40)
"""So long ago it was decided."""


class NewRecord(NamedTuple):
    """A record to be published, and the names and contents of its files."""

    kind: str
    values: dict[str, Any]
    files: Sequence[tuple[str, bytes]] = ()


class NewEntry(NamedTuple):
    """An entry in the books: `decided` where a decision has to be named."""

    on: date
    account: str
    fen: int
    payee: str
    note: str
    file: int
    """Which file of its month's record is its voucher, from 1."""
    decided: bool


@dataclass(slots=True)
class Month:
    """What happened in a month: its records in their order, and the entries that its statement sums up."""

    first: date
    last: date
    records: list[NewRecord] = field(default_factory=list)
    entries: list[NewEntry] = field(default_factory=list)


def plan_year(today: date, seed: int) -> list[Month]:
    """Return the twelve whole or begun months that end today.

    Args:
        today: the last day.
        seed: the story.
    """
    chance, balance = random.Random(seed), LEFT  # noqa: S311 - a story, not a secret
    months = [Month(first, last) for first, last in _months(today)]
    for number, month in enumerate(months):
        month.entries += _entries(chance, month)
        month.records += _decisions(chance, month)
        month.records += _meetings(chance, month)
        month.records += _seals(chance, month)
        month.records += _notices(chance, month)
        if number in CONTRACT_MONTHS:
            month.records.append(_contract(chance, month, number))
        balance = _close(month, balance)
    months[0].records[:0] = _beginnings(months[0].first)
    months[6].records += _endings(months[6].last)
    return months


def opening(first: date) -> NewEntry:
    """Return the entry of what the committee before left, in the books from the first day on.

    Args:
        first: that day.
    """
    return NewEntry(first, "Equity:Common:Opening", LEFT, "", "上一届业委会移交的公共收益结余", 1, decided=False)


def unkept_promise(today: date) -> NewRecord:
    """Return the decision whose work was to be done by now, and of which nothing is heard.

    Args:
        today: the last day of the year told.
    """
    return NewRecord(
        "decision",
        {
            "title": "关于更换2号楼监控设备的决定",
            "day": (today - DECIDED).isoformat(),
            "content": "经业委会会议讨论，同意更换2号楼监控设备，费用从公共收益中列支，完成后公布结算。",
            "in_favour": 5,
            "against": 0,
            "signed": list(MEMBERS),
            "budget": 860_000,
            "contractor": "示例消防设备公司",
            "due": (today - OWED).isoformat(),
            "responsible": MEMBERS[3],
        },
    )


def _months(today: date) -> Iterator[tuple[date, date]]:
    for back in range(11, -1, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        last = date(year, month + 1, calendar.monthrange(year, month + 1)[1])
        yield date(year, month + 1, 1), min(last, today)


def _day(chance: random.Random, month: Month) -> date:
    return month.first + timedelta(days=chance.randrange((month.last - month.first).days + 1))


def _entries(chance: random.Random, month: Month) -> list[NewEntry]:
    entries = []
    for count in range(POSTINGS):
        income = chance.random() < INCOME_SHARE
        account, note, usual, firms = chance.choice(INCOMES if income else SPENDINGS)
        fen, payee = chance.randint(usual // 2, usual * 3 // 2), chance.choice(firms)
        entries.append(NewEntry(_day(chance, month), account, fen, payee, note, count % 4 + 1, decided=False))
    allowance = NewEntry(month.last, "Expenses:Common:Allowances", 150000, "", "委员补贴，五人", 4, decided=True)
    return sorted([*entries, allowance], key=lambda entry: entry.on)


def _decisions(chance: random.Random, month: Month) -> Iterator[NewRecord]:
    for count in range(DECISIONS):
        on, matter = _day(chance, month), chance.choice(MATTERS).format(n=chance.randint(1, 12))
        values: dict[str, Any] = {
            "title": f"关于{matter}的决定",
            "day": on.isoformat(),
            "content": f"经业委会会议讨论，同意{matter}，费用从公共收益中列支，完成后公布结算。",
            "in_favour": 5 - count % 2,
            "against": count % 2,
            "signed": list(MEMBERS[: 5 - count % 2]),
        }
        if count == 0:
            values |= {
                "budget": chance.randint(20, 90) * 10000,
                "contractor": chance.choice(OTHERS),
                "due": (on + timedelta(days=30)).isoformat(),
                "responsible": chance.choice(MEMBERS),
            }
        yield NewRecord("decision", values)


def _meetings(chance: random.Random, month: Month) -> Iterator[NewRecord]:
    for count in range(MINUTES):
        on = _day(chance, month)
        yield NewRecord(
            "minutes",
            {
                "title": f"{on.year}年{on.month}月第{count + 1}次业委会会议",
                "day": on.isoformat(),
                "place": "小区会议室",
                "present": list(MEMBERS[: 4 + count % 2]),
                "content": "一、通报上次决定的办理情况；二、讨论本月维修；三、核对公共收益账目。",
                "outcome": "各项均有结论，决定另行公布。",
            },
        )


def _seals(chance: random.Random, month: Month) -> Iterator[NewRecord]:
    for _ in range(SEALS):
        on, matter = _day(chance, month), chance.choice(MATTERS).format(n=chance.randint(1, 12))
        yield NewRecord(
            "seal",
            {
                "title": f"{matter}工程联系单",
                "day": on.isoformat(),
                "seal": "committee",
                "purpose": "与承办单位确认工作内容和时间",
                "applicant": "业委会秘书",
                "approved": list(MEMBERS[:3]),
                "copies": chance.randint(1, 4),
            },
        )


def _notices(chance: random.Random, month: Month) -> Iterator[NewRecord]:
    for _ in range(NOTICES):
        on, matter = _day(chance, month), chance.choice(MATTERS).format(n=chance.randint(1, 12))
        yield NewRecord(
            "notice",
            {
                "title": f"{matter}施工安排",
                "day": on.isoformat(),
                "content": f"{matter}将在一周内进行，施工时间为上午九点到下午五点，请各位业主留意。",
                "until": (on + timedelta(days=7)).isoformat(),
            },
        )


def _contract(chance: random.Random, month: Month, number: int) -> NewRecord:
    party = FIRMS[number // 2]
    values: dict[str, Any] = {
        "title": f"{party}服务合同",
        "day": _day(chance, month).isoformat(),
        "party": party,
        "content": "按季度提供服务，验收合格后付款。",
        "amount": chance.randint(8, 60) * 100000,
        "from": month.first.isoformat(),
        "to": (month.first + timedelta(days=365)).isoformat(),
    }
    if party == GARDENER:
        values["credit_code"] = GARDENER_CODE
    terms = f"条款,内容\n甲方,某某花园业主委员会\n乙方,{party}\n期限,一年\n付款,验收合格后30日内\n"
    return NewRecord("contract", values, [("合同要点.csv", terms.encode())])


def _close(month: Month, opening: int) -> int:
    income = sum(entry.fen for entry in month.entries if entry.account.startswith("Income"))
    spending = sum(entry.fen for entry in month.entries if entry.account.startswith("Expenses"))
    closing = opening + income - spending
    values = {
        "title": f"{month.first.year}年{month.first.month}月公共收益收支",
        "day": month.last.isoformat(),
        "from": month.first.isoformat(),
        "to": month.last.isoformat(),
        "opening": opening,
        "income": income,
        "spending": spending,
        "closing": closing,
    }
    files = []
    for file in range(1, 5):
        lines = [
            f"{entry.on.isoformat()},{entry.note},{entry.fen // 100}.{entry.fen % 100:02}"
            for entry in month.entries
            if entry.file == file
        ]
        files.append((f"凭证{file}.csv", ("日期,事项,金额（元）\n" + "\n".join(lines) + "\n").encode()))
    month.records.append(NewRecord("income", values, files))
    return closing


def _beginnings(first: date) -> Iterator[NewRecord]:
    day = first.isoformat()
    rules = "条,内容\n一,业主大会由全体业主组成\n二,业主委员会五人，任期五年\n".encode()
    for which, title in (("rules", "业主大会议事规则"), ("covenant", "管理规约")):
        yield NewRecord("covenant", {"title": title, "day": day, "which": which}, [(f"{title}.csv", rules)])
    yield NewRecord(
        "handover",
        {
            "title": "上一届业委会移交清单",
            "day": day,
            "giver": "上一届业主委员会",
            "taker": "本届业主委员会",
            "items": "印章两枚，账册十二本，合同六份，钥匙三串，公共收益结余五万元。",
            "present": ["社区工作者乙", "街道干部丙"],
        },
        [("移交清单.csv", "移交,数量\n印章,2\n账册,12\n合同,6\n公共收益结余（元）,50000.00\n".encode())],
    )
    yield NewRecord(
        "minutes",
        {
            "title": "业主大会会议：通过本年度委员补贴标准",
            "day": day,
            "place": "小区广场",
            "present": list(MEMBERS),
            "content": "业主大会通过本年度委员补贴标准，每人每月三百元。",
        },
    )


def _endings(last: date) -> Iterator[NewRecord]:
    year_before = last - timedelta(days=180)
    period = {"day": last.isoformat(), "from": year_before.isoformat(), "to": last.isoformat()}
    yield NewRecord(
        "fund",
        {
            "title": "维修资金半年使用情况",
            **period,
            "opening": 80_000_000,
            "raised": 0,
            "used": 0,
            "closing": 80_000_000,
        },
    )
    yield NewRecord(
        "expenses",
        {
            "title": "业委会半年经费和补贴",
            **period,
            "expenses": 420_000,
            "allowances": 900_000,
            "basis": "业主大会会议：通过本年度委员补贴标准",
        },
    )
    report = "项目,结论\n收支,账实相符\n凭证,齐全\n建议,付款前核对验收单\n".encode()
    yield NewRecord(
        "audit",
        {
            "title": "公共收益半年审计",
            **period,
            "auditor": "示例会计师事务所",
            "reason": "owners",
            "finding": "账实相符，凭证齐全。",
            "fee": 800_000,
        },
        [("审计报告要点.csv", report)],
    )
    yield NewRecord(
        "staffing",
        {
            "title": "聘用业委会秘书",
            "day": last.isoformat(),
            "act": "hire",
            "post": "秘书",
            "pay": 200_000,
            "reason": "处理日常事务。",
        },
    )
