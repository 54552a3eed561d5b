"""What the pages of duties say."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

DUTIES: Final[Mapping[str, Text]] = {
    "duties.title": Text("应公开的事", "What is owed to owners"),
    "duties.lead": Text(
        "每一项写明最晚哪天公开、依据哪一条、谁来办。过了那天，先提醒当事人7天；还没有的，这里写“未见公开记录”。",
        "By when each is to be public, by which article, and who sees to it. Past its day, who owes it is told and has seven "
        "days; then it says “no public record” here.",
    ),
    "duties.not-blame": Text(
        "“未见公开记录”只说这里没有看到记录，不等于没有办，也不等于钱有问题。",
        "“No public record” says only that none was seen here: not that nothing was done, nor that money is missing.",
    ),
    "duties.county": Text("各小区应公开的事", "What estates owe their owners"),
    "duties.county-lead": Text(
        "先列未见公开记录的，再列各小区的数。点小区看全部。",
        "What has no public record first, then the numbers of every estate. Choose an estate for all.",
    ),
    "duties.none": Text("还没有列出应公开的事。", "Nothing is listed yet."),
    "duties.none-why": Text(
        "社区还没有给这个小区开始登记。登记以后，法律法规要求公开的事和最晚日期会自动列在这里。",
        "The community has not begun to keep this estate’s duties. Once it has, what the law wants published is listed here by "
        "itself.",
    ),
    "duties.none-overdue": Text("没有过期未公开的事。", "Nothing is overdue."),
    "duties.none-county": Text("还没有小区开始登记。", "No estate keeps its duties yet."),
    "duties.none-coming": Text("没有等着公开的事。", "Nothing is waiting."),
    "duties.json": Text("给程序用的同一份数据", "The same data for programs"),
    "duties.by-estate": Text("各小区", "Estates"),
    "duties.estate": Text("小区", "Estate"),
    "duties.waiting": Text("待公开", "To be published"),
    "duties.no-days": Text("条文没有写天数的", "No number of days is given"),
    "duties.private": Text("快到期和刚过期的", "Due soon, or just past"),
    "duties.private-lead": Text(
        "这一段只有业委会和社区看得到。请尽快公开，过了写明的日子所有人都看得到。",
        "Only the committee and staff see this part. Publish soon: from the day that is given on everybody sees it.",
    ),
    "duties.done": Text("已经公开的", "Published"),
    "duties.done-year": Text("{year}年公开的：{n}项", "Published in {year}: {n}"),
    "duties.who": Text("谁来公开", "Who owes it"),
    "duties.due": Text("最晚哪天", "By"),
    "duties.why": Text("依据", "Article"),
    "duties.rule": Text("规定怎么说", "What the rule says"),
    "duties.about": Text("哪个决定", "Which decision"),
    "duties.budget": Text("预算（元）", "Budget (yuan)"),
    "duties.contractor": Text("承办单位", "Contractor"),
    "duties.responsible": Text("负责的委员", "Responsible member"),
    "duties.todo": Text("怎么办", "What to do"),
    "duties.public-from": Text("哪天起所有人看到", "Public from"),
    "duties.no-day": Text("条文没有写天数", "No number of days is given"),
    "duties.by-decision": Text("业委会自己的决定", "The committee’s own decision"),
    "duties.fulfilled": Text("{day}公开", "Published on {day}"),
    "duties.shown-by": Text("哪份记录", "Record"),
    "duties.untitled": Text("（标题已隐去）", "(title hidden)"),
    "duties.owners": Text("业主可以做什么", "What owners can do"),
    "duties.owners-can": Text(
        "可以在小区页面向业委会询问；没有结果的，可以请社区、街道督促。",
        "Ask the committee on the estate’s page; if nothing comes of it, ask the community or the sub-district to see to it.",
    ),
    "duties.publish": Text("去公布：{kind}", "Publish: {kind}"),
    "duties.fulfil": Text("已经公布过了？说明是哪份记录", "Published already? Say which record"),
    "duties.fulfil-lead": Text(
        "一份记录只能对应一项。选定以后不能改，所有人都看得到是哪份。",
        "A record stands for one duty only. It cannot be changed afterwards, and everybody sees which record it is.",
    ),
    "duties.fulfil-which": Text("哪份记录", "Which record"),
    "duties.fulfil-send": Text("就是这份记录", "It is this record"),
    "duties.fulfil-none": Text(
        "还没有公布过这一类记录。公布以后再来这里选。",
        "No record of such a kind is published yet. Come back once it is.",
    ),
    "duties.happenings": Text("开始计时的事", "What starts a clock"),
    "duties.happenings-lead": Text(
        "选举、开会、换届这些事，填上日期，系统就按条文算出最晚哪天要公开什么。业委会的决定公布成记录就自动计时，不用填。",
        "Enter when there was an election, a meeting, the end of a term: what is due by which day follows from the articles. "
        "Decisions of the committee start their clocks as records, by themselves.",
    ),
    "duties.happening-new": Text("填一件事", "Enter what happened"),
    "duties.happening-event": Text("什么事", "What"),
    "duties.happening-on": Text("哪天", "On"),
    "duties.happening-on-hint": Text(
        "已经发生的填发生那天；会议、任期届满、物业退场可以填以后的日子。",
        "The day it happened; a meeting, the end of a term and a manager’s leaving may lie ahead.",
    ),
    "duties.happening-send": Text("填好了", "Enter"),
    "duties.happening-none": Text("还没有填过。", "Nothing was entered yet."),
    "duties.happening-listed": Text("已经填的", "Entered"),
    "duties.withdraw": Text("填错了，撤销", "A mistake: take it back"),
    "duties.withdraw-sure": Text(
        "是填错的，撤销后由它算出的各项不再列出；已经公开写过的“未见公开记录”还留在公开日志里。",
        "It was a mistake. What follows from it is not listed any more; what was told publicly stays in the log.",
    ),
    "duties.withdraw-send": Text("撤销", "Take back"),
    "duties.not-kept": Text(
        "还没有开始登记应公开的事。请社区先定从哪天开始。",
        "Duties are not kept yet. Staff first say since when.",
    ),
    "duties.reminders": Text("提醒和登记", "Reminders and keeping"),
    "duties.reminders-lead": Text(
        "最晚日期前7天发短信提醒；过期再单独提醒一次，7天以后还没有的才公开。短信只在9点到20点发，不带链接，不要验证码。",
        "A message comes seven days before the last day, and once more when it is past; only seven days later it is public. "
        "Messages come between 9 and 20 o’clock, without links, and ask for no code.",
    ),
    "duties.phones.committee": Text("业委会收提醒的手机", "Phones of the committee"),
    "duties.phones.manager": Text("物业公司收提醒的手机", "Phones of the property manager"),
    "duties.phones-none": Text("还没有填，短信发不出去。", "None yet: no message can be sent."),
    "duties.phone-tail": Text("尾号{tail}", "Ending in {tail}"),
    "duties.phone-remove": Text("删掉", "Remove"),
    "duties.phone-new": Text("加一个手机", "Add a phone"),
    "duties.phone": Text("手机号", "Mobile number"),
    "duties.phone-hint": Text(
        "每边最多{most}个。只用来提醒，锁着保存，这里只露尾号；删掉就不再留。",
        "No more than {most} a side. Only for reminders, kept sealed, shown by its last digits, forgotten once removed.",
    ),
    "duties.phone-side": Text("谁的手机", "Whose"),
    "duties.phone-send": Text("加上", "Add"),
    "duties.keeping": Text("开始登记", "Keeping"),
    "duties.keeping-now": Text("从{day}起登记。", "Kept since {day}."),
    "duties.keeping-managed": Text("有物业公司。", "There is a property manager."),
    "duties.keeping-alone": Text("业主自行管理。", "The owners manage themselves."),
    "duties.keeping-since": Text("从哪天起", "Since"),
    "duties.keeping-since-hint": Text(
        "更早的事不算。开始日期以后只能往前改。",
        "What is earlier does not count. The day can only be moved back later.",
    ),
    "duties.keeping-who": Text("谁管理小区", "Who manages the estate"),
    "duties.keeping-send": Text("定下来", "Save"),
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
    "duties.act.group-handover": Text("筹备组移交", "Hand-over by the preparatory group"),
    "duties.act.meeting": Text("委员提议召开的会议", "A meeting that members demanded"),
    "duties.act.change-filing": Text("变更备案", "Filing of a change"),
    "duties.act.dismissal-notice": Text("解聘物业的书面通知", "Notice of dismissal to the manager"),
    "duties.todo.manager-disclosure": Text(
        "请物业公司写好上一年的履约、资金使用和经营收益，由业委会公布，并贴在显眼的地方。",
        "The manager writes up last year’s performance, funds and income; the committee publishes it, and it is put up.",
    ),
    "duties.todo.income": Text(
        "按账本列出收了多少、用在哪里、还剩多少，附上明细公布。",
        "Publish what came in, what it was spent on and what is left, with the details.",
    ),
    "duties.todo.fund": Text(
        "列出筹集、使用和余额公布；没有使用的也要写明。",
        "Publish what was raised, used and is left; say so if nothing was used.",
    ),
    "duties.todo.expenses": Text(
        "列出业委会的开支和委员补贴，补贴写明业主大会的决定。",
        "Publish expenses and allowances, and the assembly’s decision on allowances.",
    ),
    "duties.todo.seals": Text(
        "公布这段时间每次用章；没有用过的，发公告写明。",
        "Publish each use of the seals; if there was none, say so in a notice.",
    ),
    "duties.todo.committee-decision": Text(
        "把决定和签字的委员公布成记录。", "Publish the decision with the members who signed it."
    ),
    "duties.todo.assembly-decision": Text(
        "把业主大会的决定发公告，附会议记录。", "Publish the assembly’s decision, with the minutes."
    ),
    "duties.todo.agenda": Text(
        "开会前把议题发公告，听取业主意见。", "Publish the agenda before the meeting and hear the owners."
    ),
    "duties.todo.officers": Text(
        "开首次会议，推选主任、副主任，公布会议记录。", "Meet, choose chair and vice-chairs, publish the minutes."
    ),
    "duties.todo.filing": Text(
        "带会议决定、规约、议事规则和名单去备案，备好发公告。",
        "File the decision, the covenant, the rules and the list of members, then say so in a notice.",
    ),
    "duties.todo.renewal": Text(
        "召开业主大会换届；有困难的，请社区、街道指导。",
        "Hold the assembly for renewal; the community and the sub-district guide where that is hard.",
    ),
    "duties.todo.handover": Text(
        "把账册、凭证、档案、印章、财物交给新一届，公布移交清单。",
        "Hand over books, vouchers, files, seals and property, and publish the list.",
    ),
    "duties.todo.member-return": Text(
        "离任委员交还保管的资料、印章、财物，公布移交清单。",
        "The member returns files, seals and property; the list is published.",
    ),
    "duties.todo.termination": Text("发公告，写职务和终止的日期。", "Say so in a notice: which post, since when."),
    "duties.todo.takeover": Text("物业公司公布查验结果。", "The manager publishes the result of the inspection."),
    "duties.todo.audit": Text(
        "委托专业机构审计公共收益和经费，公布合同，审完公布报告。",
        "Order an audit of income and expenses, publish the contract and then the report.",
    ),
    "duties.todo.audit-result": Text("公布审计结果，附审计报告。", "Publish the result, with the report."),
    "duties.todo.promise": Text(
        "办好后公布结果，例如验收、合同、付款；改了日期的，更正原来的决定。",
        "Publish what came of it, such as acceptance, contract, payment; if the day changed, correct the decision.",
    ),
    "duties.todo.group-handover": Text(
        "筹备组把全部资料和剩余经费交给业委会，公布移交清单。",
        "The group hands over all documents and money; the list is published.",
    ),
    "duties.todo.meeting": Text("开会并公布会议记录。", "Meet, and publish the minutes."),
    "duties.todo.change-filing": Text(
        "去原备案的部门办变更，办好发公告。", "File the change, then say so in a notice."
    ),
    "duties.todo.dismissal-notice": Text(
        "书面通知物业公司，并发公告。", "Tell the manager in writing, and say so in a notice."
    ),
    "duties.event.assembly-decided": Text("业主大会作出决定", "The assembly decided"),
    "duties.event.committee-meets": Text("业委会开会", "The committee meets"),
    "duties.event.committee-elected": Text("选出业委会", "A committee was elected"),
    "duties.event.term-ends": Text("业委会任期届满", "The committee’s term ends"),
    "duties.event.member-leaves": Text("委员终止职务", "A member left"),
    "duties.event.chair-or-finance-leaves": Text("主任或财务委员中途离任", "Chair or finance member left early"),
    "duties.event.owners-demand-audit": Text("20%以上业主提议审计", "Owners with 20 % demanded an audit"),
    "duties.event.representatives-want-audit": Text("业主代表大会决定审计", "The representatives decided on an audit"),
    "duties.event.covenant-wants-audit": Text("管理规约约定要审计", "The covenant asks for an audit"),
    "duties.event.assembly-wants-audit": Text("业主大会决定审计", "The assembly decided on an audit"),
    "duties.event.audited": Text("审计完成", "An audit was done"),
    "duties.event.taken-over": Text("完成承接查验", "The take-over inspection was done"),
    "duties.event.committee-filed": Text("业委会完成备案", "The committee was filed"),
    "duties.event.meeting-demanded": Text("三分之一以上委员提议开会", "A third of the members demanded a meeting"),
    "duties.event.filed-changed": Text("备案的内容有变更", "What was filed changed"),
    "duties.event.manager-dismissed": Text("解聘物业，物业退场", "The dismissed manager leaves"),
    "duties.debtor.committee": Text("业委会", "The committee"),
    "duties.debtor.old-committee": Text("上一届业委会", "The committee before"),
    "duties.debtor.manager": Text("物业公司", "The property manager"),
    "duties.debtor.member": Text("委员", "A member"),
    "duties.debtor.group": Text("筹备组", "The preparatory group"),
    "duties.state.not-due": Text("待公开", "To be published"),
    "duties.state.no-day": Text("待公开", "To be published"),
    "duties.state.reminded": Text("快到期", "Due soon"),
    "duties.state.noticed": Text("已过期", "Past its day"),
    "duties.state.overdue": Text("未见公开记录", "No public record"),
    "duties.state.done": Text("按时公开", "Published in time"),
    "duties.state.done-late": Text("晚公开", "Published late"),
}
"""What is owed, to whom, by when."""
