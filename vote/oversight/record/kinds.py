"""What kinds of records a committee publishes, and which fields each has: one table, from which forms and pages are made.

Kinds and names of fields are permanent, as commitments are made under them: add to them, never rename.

Follows MGR 36 and 39 (what is open to owners), JX 19, 21, 26, 30 and ZJ 15 (rulebook §4.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vote.law.citation import Text
from vote.oversight.record.fields import Field, FieldType

TITLE, DAY = "title", "day"
"""The two fields that every kind has."""


class RecordKind(StrEnum):
    """Add to it, never rename."""

    DECISION = "decision"
    MINUTES = "minutes"
    CONTRACT = "contract"
    SEAL = "seal"
    NOTICE = "notice"
    STAFFING = "staffing"
    INCOME = "income"
    FUND = "fund"
    EXPENSES = "expenses"
    AUDIT = "audit"
    MANAGER = "manager"
    HANDOVER = "handover"
    INTEREST = "interest"
    COVENANT = "covenant"


@dataclass(frozen=True, slots=True)
class KindOfRecord:
    """How records of a kind are made up."""

    label: Text
    about: Text
    """One sentence for whoever publishes it."""
    fields: tuple[Field, ...]
    needs_file: bool = False
    sums: tuple[str, str, str, str] | None = None
    """Names of four amounts: the first and the second less the third are the fourth."""

    def get(self, name: str) -> Field:
        """Return a field by its name."""
        return next(each for each in self.fields if each.name == name)


def _line(name: str, zh: str, en: str, *, required: bool = True, hint: Text | None = None) -> Field:
    return Field(name, Text(zh, en), FieldType.LINE, required, hint)


def _text(name: str, zh: str, en: str, *, required: bool = True, hint: Text | None = None) -> Field:
    return Field(name, Text(zh, en), FieldType.TEXT, required, hint)


def _money(name: str, zh: str, en: str, *, required: bool = True, signed: bool = False) -> Field:
    return Field(name, Text(f"{zh}（元）", f"{en} (yuan)"), FieldType.MONEY, required, signed=signed)


def _day(name: str, zh: str, en: str, *, required: bool = True) -> Field:
    return Field(name, Text(zh, en), FieldType.DAY, required)


def _number(name: str, zh: str, en: str, *, required: bool = True) -> Field:
    return Field(name, Text(zh, en), FieldType.NUMBER, required)


def _people(name: str, zh: str, en: str, *, required: bool = True) -> Field:
    return Field(name, Text(zh, en), FieldType.PEOPLE, required, Text("每人一行。", "One name a line."))


def _choice(name: str, zh: str, en: str, **choices: tuple[str, str]) -> Field:
    words = {key: Text(*both) for key, both in choices.items()}
    return Field(name, Text(zh, en), FieldType.CHOICE, choices=words)


_CODE = _line(
    "credit_code",
    "对方统一社会信用代码",
    "Credit code of the other side",
    required=False,
    hint=Text("18位，合同或发票上有。", "18 signs, as on the contract or invoice."),
)
_PERIOD = (_day("from", "从哪天", "From"), _day("to", "到哪天", "To"))
_BASIS = _line(
    "basis",
    "依据哪个决定",
    "Decided by",
    required=False,
    hint=Text("业主大会或业委会决定的标题和日期。", "Title and day of the assembly’s or committee’s decision."),
)
_NO_NAMES = Text(
    "不要写业主的姓名、房号、电话；要写明是谁时写职务。",
    "No owner’s name, home or telephone; say who somebody is by their task.",
)


def _kind(
    label: tuple[str, str],
    about: tuple[str, str],
    day: tuple[str, str],
    *fields: Field,
    title: tuple[str, str] = ("标题", "Title"),
    needs_file: bool = False,
    sums: tuple[str, str, str, str] | None = None,
) -> KindOfRecord:
    common = _line(TITLE, *title), _day(DAY, *day)
    return KindOfRecord(Text(*label), Text(*about), (*common, *fields), needs_file, sums)


KINDS: Final[Mapping[RecordKind, KindOfRecord]] = {
    RecordKind.DECISION: _kind(
        ("决定", "Decision"),
        ("业委会作出的决定，3天内公布，写明签字的委员。", "A decision of the committee, within 3 days, with who signed it."),
        ("作出日期", "Decided on"),
        _text("content", "决定内容", "What was decided", hint=_NO_NAMES),
        _number("in_favour", "同意的委员人数", "Members in favour"),
        _number("against", "不同意的委员人数", "Members against"),
        _people("signed", "签字的委员", "Members who signed"),
        _money("budget", "预算", "Budget", required=False),
        _line("contractor", "承办单位", "Contractor", required=False),
        _day("due", "何时办完", "To be done by", required=False),
        _line("responsible", "负责的委员", "Responsible member", required=False),
    ),
    RecordKind.MINUTES: _kind(
        ("会议记录", "Minutes"),
        ("业委会或业主大会会议的记录。", "Minutes of a meeting of the committee or the assembly."),
        ("开会日期", "Met on"),
        _line("place", "地点", "Place"),
        _people("present", "出席的委员", "Members present"),
        _people("absent", "缺席的委员", "Members absent", required=False),
        _text("content", "记录", "What was said", hint=_NO_NAMES),
        _text("outcome", "结果", "Outcome", required=False),
    ),
    RecordKind.CONTRACT: _kind(
        ("合同", "Contract"),
        ("业委会签的合同，附上扫描件。", "A contract of the committee, with a scan."),
        ("签订日期", "Signed on"),
        _line("party", "对方", "Other side"),
        _CODE,
        _text("content", "主要内容", "What it is about"),
        _money("amount", "金额", "Amount", required=False),
        _day("from", "从哪天", "From", required=False),
        _day("to", "到哪天", "To", required=False),
        _BASIS,
        needs_file=True,
    ),
    RecordKind.SEAL: _kind(
        ("用章登记", "Use of the seal"),
        ("每次用章登记一次。", "One record each time a seal is used."),
        ("用章日期", "Used on"),
        _choice(
            "seal", "哪枚章", "Which seal",
            committee=("业主委员会印章", "seal of the committee"), assembly=("业主大会印章", "seal of the assembly"),
        ),
        _text("purpose", "用途", "Purpose", hint=_NO_NAMES),
        _line("applicant", "经办人", "Who asked"),
        _people("approved", "同意的委员", "Members who agreed"),
        _number("copies", "份数", "Copies"),
        title=("在什么文件上用章", "Sealed document"),
    ),
    RecordKind.NOTICE: _kind(
        ("公告", "Notice"),
        ("业委会给业主的公告。", "A notice of the committee to owners."),
        ("公告日期", "Of"),
        _text("content", "公告内容", "Content", hint=_NO_NAMES),
        _day("until", "公告到哪天", "Until", required=False),
    ),
    RecordKind.STAFFING: _kind(
        ("聘用和辞退", "Hiring and dismissal"),
        ("业委会聘用或辞退工作人员，写岗位，不写姓名。", "Who works for the committee: the post, not the name."),
        ("决定日期", "Decided on"),
        _choice("act", "聘用还是辞退", "What", hire=("聘用", "hired"), dismiss=("辞退", "dismissed")),
        _line("post", "岗位", "Post"),
        _money("pay", "每月报酬", "Pay a month", required=False),
        _text("reason", "理由", "Reason", hint=_NO_NAMES),
        _BASIS,
    ),
    RecordKind.INCOME: _kind(
        ("公共收益收支", "Common income and spending"),
        ("一段时间里公共收益收了多少、用了多少。", "What came in from common parts in a time, and what was spent."),
        ("公布日期", "Of"),
        *_PERIOD,
        _money("opening", "期初结余", "Balance before", signed=True),
        _money("income", "收入", "Income"),
        _money("spending", "支出", "Spending"),
        _money("closing", "期末结余", "Balance after", signed=True),
        _text("detail", "明细", "Details", required=False, hint=_NO_NAMES),
        needs_file=True,
        sums=("opening", "income", "spending", "closing"),
    ),
    RecordKind.FUND: _kind(
        ("维修资金", "Maintenance fund"),
        ("维修资金的筹集和使用。", "What was raised for the maintenance fund, and what was used."),
        ("公布日期", "Of"),
        *_PERIOD,
        _money("opening", "期初结余", "Balance before"),
        _money("raised", "筹集", "Raised"),
        _money("used", "使用", "Used"),
        _money("closing", "期末结余", "Balance after"),
        _text("detail", "用在哪里", "What it was used for", required=False, hint=_NO_NAMES),
        sums=("opening", "raised", "used", "closing"),
    ),
    RecordKind.EXPENSES: _kind(
        ("业委会经费和补贴", "Committee’s expenses and allowances"),
        ("业委会的开支和委员补贴；补贴要有业主大会的决定。", "What the committee spent, and allowances, which the assembly decides."),
        ("公布日期", "Of"),
        *_PERIOD,
        _money("expenses", "办公等经费", "Expenses"),
        _money("allowances", "委员补贴", "Allowances"),
        _line("basis", "补贴依据业主大会的哪个决定", "The assembly’s decision on allowances", required=False),
        _text("detail", "明细", "Details", required=False, hint=_NO_NAMES),
    ),
    RecordKind.AUDIT: _kind(
        ("审计", "Audit"),
        ("公共收益和经费的审计结果，附审计报告。", "The result of an audit of income and expenses, with the report."),
        ("报告日期", "Report of"),
        _line("auditor", "审计机构", "Auditor"),
        *_PERIOD,
        _choice(
            "reason", "为什么审计", "Why",
            renewal=("换届", "renewal of the committee"), leaving=("主任或财务委员离任", "chair or finance member left"),
            owners=("业主提出", "owners asked"), delegates=("业主代表大会决定", "delegates decided"),
            covenant=("规约规定", "the covenant says so"),
        ),
        _text("finding", "审计结果", "Finding"),
        _money("fee", "审计费用", "Fee", required=False),
        needs_file=True,
    ),
    RecordKind.MANAGER: _kind(
        ("物业年度公示", "Property manager’s yearly disclosure"),
        (
            "物业公司每年3月底前公布上一年的履约、资金和公共部位经营情况。",
            "By the end of March the manager publishes last year’s performance, fund use and income of common parts.",
        ),
        ("公布日期", "Of"),
        _line("firm", "物业公司", "Firm"),
        _number("year", "哪一年", "Year"),
        _text("performance", "合同履行情况", "Performance of the contract"),
        _text("fund", "维修资金使用情况", "Use of the maintenance fund"),
        _text("common", "公共部位经营和收益", "Common parts and their income"),
    ),
    RecordKind.HANDOVER: _kind(
        ("移交清单", "Hand-over list"),
        ("换届或离任时移交的账册、档案、印章、财物。", "Books, files, seals and property handed over."),
        ("移交日期", "Handed over on"),
        _line("giver", "移交方", "From"),
        _line("taker", "接收方", "To"),
        _text("items", "移交了什么", "What"),
        _text("missing", "缺什么", "What is missing", required=False),
        _people("present", "见证的人", "Who was present"),
    ),
    RecordKind.INTEREST: _kind(
        ("利益关系申报", "Declared interest"),
        ("委员与业务往来单位有关系的，申报并回避。", "A member’s relation to whom the committee deals with, and how it is dealt with."),
        ("申报日期", "Declared on"),
        _line("member", "申报的委员", "Member"),
        _line("party", "有关系的单位", "To whom"),
        _CODE,
        _text("relation", "什么关系", "Relation"),
        _choice(
            "then", "怎么处理", "What follows",
            abstain=("有关事项回避", "abstains in what concerns it"), explain=("作出说明", "explains"),
        ),
    ),
    RecordKind.COVENANT: _kind(
        ("管理规约和议事规则", "Covenant and rules of procedure"),
        ("现行的管理规约、业主大会议事规则，附全文。", "The covenant and rules in force, with their text."),
        ("通过日期", "Adopted on"),
        _choice(
            "which", "哪一份", "Which",
            covenant=("管理规约", "covenant"), rules=("业主大会议事规则", "rules of the assembly"),
        ),
        _text("content", "主要改动", "What changed", required=False),
        needs_file=True,
    ),
}  # fmt: skip
