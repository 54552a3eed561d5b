"""What the pages of duties say."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

DUTIES: Final[Mapping[str, Text]] = {
    "duties.title": Text("应公开的事", "What is owed to owners"),
    "duties.lead": Text(
        "每一项写明什么时候之前要公开、依据哪一条。过期7天还没有公开的，这里写“未见公开记录”。",
        "By when each is to be published, and by which article. Seven days after its day it says “no public record”.",
    ),
    "duties.county": Text("各小区应公开的事", "What estates owe their owners"),
    "duties.county-lead": Text(
        "只列出未见公开记录的。点小区看全部。", "Only what was not published. Choose an estate for all."
    ),
    "duties.none": Text("还没有列出应公开的事。", "Nothing is listed yet."),
    "duties.none-overdue": Text("没有过期未公开的事。", "Nothing is overdue."),
    "duties.who": Text("谁来公开", "Who owes it"),
    "duties.due": Text("最晚哪天", "By"),
    "duties.why": Text("依据", "Article"),
    "duties.no-day": Text("条文没有写天数", "No number of days is given"),
    "duties.by-decision": Text("业委会自己的决定", "The committee’s own decision"),
    "duties.fulfilled": Text("{day}已公开", "Published on {day}"),
    "duties.act.manager-disclosure": Text("物业公司上一年的履约和收支", "The manager’s last year"),
    "duties.act.income": Text("公共收益收支", "Common income"),
    "duties.act.fund": Text("维修资金使用", "Use of the maintenance fund"),
    "duties.act.expenses": Text("业委会经费和补贴", "The committee’s expenses"),
    "duties.act.seals": Text("印章使用", "Use of seals"),
    "duties.act.committee-decision": Text("业委会的决定", "A decision of the committee"),
    "duties.act.assembly-decision": Text("业主大会的决定", "A decision of the assembly"),
    "duties.act.agenda": Text("业委会会议的议题", "The agenda of a committee’s meeting"),
    "duties.act.officers": Text("首次会议推选主任", "First meeting, choosing the chair"),
    "duties.act.filing": Text("业委会备案", "Filing of the committee"),
    "duties.act.renewal": Text("换届的业主大会", "The assembly for renewal"),
    "duties.act.handover": Text("向新一届移交", "Hand-over to the next committee"),
    "duties.act.member-return": Text("离任委员交还物品", "Return of items by a member who leaves"),
    "duties.act.termination": Text("公布委员终止职务", "Telling that a member left"),
    "duties.act.takeover": Text("承接查验结果", "The result of the take-over inspection"),
    "duties.act.audit": Text("委托审计", "An audit"),
    "duties.act.audit-result": Text("审计结果", "The result of an audit"),
    "duties.act.promise": Text("决定里说好要办的事", "What a decision promised"),
    "duties.debtor.committee": Text("业委会", "The committee"),
    "duties.debtor.old-committee": Text("上一届业委会", "The committee before"),
    "duties.debtor.manager": Text("物业公司", "The property manager"),
    "duties.debtor.member": Text("委员", "A member"),
    "duties.state.not-due": Text("还没到期", "Not due yet"),
    "duties.state.no-day": Text("未公开", "Not published"),
    "duties.state.reminded": Text("快到期（只有业委会和社区看到）", "Due soon (seen by the committee and staff only)"),
    "duties.state.noticed": Text(
        "已过期（只有业委会和社区看到）", "Past its day (seen by the committee and staff only)"
    ),
    "duties.state.overdue": Text("未见公开记录", "No public record"),
    "duties.state.done": Text("已按时公开", "Published in time"),
    "duties.state.done-late": Text("晚了才公开", "Published late"),
}
"""What is owed, to whom, by when."""
