"""Texts of the roll before it is fixed: the notice, objections, freezing."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

SETTLING: Final[Mapping[str, Text]] = {
    "clerk.notice": Text("公示业主清册", "Put the roll up"),
    "clerk.notice.rule": Text("依据：{rule}（{article}）", "The rule: {rule} ({article})"),
    "clerk.notice.place": Text("贴在哪里", "Where it is put up"),
    "clerk.notice.place-hint": Text("如：小区南门公告栏、各单元门口", "As in: notice board at the south gate"),
    "clerk.notice.contact": Text("找谁提异议", "Whom to tell objections"),
    "clerk.notice.phone": Text("电话", "Telephone"),
    "clerk.notice.until": Text("异议截止日", "Last day for objections"),
    "clerk.notice.until-hint": Text(
        "到这一天18:00。至少公示{n}天，贴的那天不算。", "Until 18:00 that day; up for at least {n} days."
    ),
    "clerk.notice.save": Text("记下来，出公示", "Record it and make the notice"),
    "clerk.notice.change": Text("改公示的地点、联系人或截止日", "Change place, contact or last day"),
    "clerk.notice.must": Text(
        "公示要写明这几样，下面已经写好，打印就能贴：", "A notice must say this; print and post it:"
    ),
    "clerk.notice.print": Text("打印时只印公示，不印网页上的按钮。", "Only the notice is printed, not the buttons."),
    "clerk.notice.lines": Text(
        "附表：逐户清册（姓名只露姓，供张贴）", "Annex: the roll line by line, masked, to be posted"
    ),
    "clerk.notice.title": Text("{estate}业主清册公示", "{estate}: roll of owners"),
    "clerk.notice.body": Text(
        "各位业主：{estate}要开业主大会。现将业主清册公示如下：业主{heads}位，房屋{units}套，"
        "专有部分总面积{area}平方米。逐户清册见附表。",
        "To all owners: {estate} is going to hold an owners’ assembly. The roll has {heads} owners, {units} homes and "
        "{area} m² in all. The lines are annexed.",
    ),
    "clerk.notice.look": Text(
        "请核对自己一户的房号、姓名和面积。一个人有几套房，合起来算1位业主，面积相加；几个人共有一套，合起来也算1位。",
        "Check your home, name and area. Who has several homes counts as one owner with the sum of areas; co-owners of a "
        "home count as one together.",
    ),
    "clerk.notice.object": Text(
        "有不对的，请在{until}前向{contact}提出，电话{phone}，写清房号和哪里不对，带上房产证或合同。都会答复。",
        "If something is wrong, tell {contact}, telephone {phone}, before {until}: say which home and what is wrong, and "
        "bring the certificate or contract. Everything is answered.",
    ),
    "clerk.notice.after": Text(
        "期满没有异议，或者异议都已答复，清册就定稿，投票按它计算。",
        "When the time is over and all is answered, the roll is frozen and the vote is counted by it.",
    ),
    "clerk.notice.signed": Text("公示地点：{place}　{when}", "Put up at: {place}, {when}"),
    "clerk.printed": Text("业主清册（公示用）", "Roll of owners, to be put up"),
    "clerk.printed.number": Text("序号", "No."),
    "clerk.objections": Text("对清册的异议", "Objections to the roll"),
    "clerk.objections.none": Text("还没有人提异议。", "Nobody has objected yet."),
    "clerk.objections.look": Text("看异议内容，看一次记一次。", "Each look at what owners wrote is noted."),
    "clerk.objections.due": Text("{when}前答复", "Answer by {when}"),
    "clerk.objections.rule": Text(
        "答复期限：公示期满前，至少从提出起3天（本系统的做法）。",
        "Answer before the time up is over, and within three days at least (this system’s own rule).",
    ),
    "clerk.objections.raised": Text("{when}由{name}记下", "written down {when} by {name}"),
    "clerk.objections.answered": Text("{when}由{name}答复", "answered {when} by {name}"),
    "clerk.objections.answer": Text("答复", "Answer"),
    "clerk.objections.answer-hint": Text(
        "公开的，不要写姓名和房号。该改的先改好清册再答复。",
        "Public: no names, no rooms. If the roll has to be changed, change it first.",
    ),
    "clerk.objections.send": Text("答复这一件", "Send this answer"),
    "clerk.objections.new": Text("记一件异议", "Write an objection down"),
    "clerk.objections.text": Text("业主怎么说的", "What the owner says"),
    "clerk.objections.text-hint": Text("一次写一件事。内容封起来保存。", "One thing at a time. It is kept locked."),
    "clerk.objections.row": Text("清册里的行号（知道就填）", "Row in the sheet, if known"),
    "clerk.objections.save": Text("记下", "Write it down"),
    "clerk.objections.open": Text("等答复", "Waiting"),
    "clerk.objections.closed": Text("已答复", "Answered"),
    "clerk.freeze": Text("清册定稿", "Freeze the roll"),
    "clerk.freeze.means": Text("定稿是什么意思", "What freezing means"),
    "clerk.freeze.means-1": Text(
        "清册从此不能改。要改，只能重新上传一份再公示。", "It cannot change. A change needs a new roll."
    ),
    "clerk.freeze.means-2": Text(
        "这次投票算几位业主、多少面积，都按它。", "Owners and areas in the vote are counted by it."
    ),
    "clerk.freeze.means-3": Text(
        "每位业主以后都能核对：自己那一户没有被改过。", "Each owner can check later that their line was not changed."
    ),
    "clerk.freeze.means-4": Text(
        "上传的原表会删除。改电话从此要两个人。",
        "The uploaded sheet is deleted. Changing a telephone takes two people.",
    ),
    "clerk.freeze.early": Text("公示期还没满（到{until}）。", "It is still up for objections (until {until})."),
    "clerk.freeze.no-notice": Text("还没有记录公示。先公示，再定稿。", "No notice is recorded. Put the roll up first."),
    "clerk.freeze.rejected": Text(
        "还有{n}行没有采用，这些房屋不会有票。", "{n} rows are not taken; these homes will have no vote."
    ),
    "clerk.freeze.waiting": Text("还有{n}件异议没有答复。", "{n} objections wait for an answer."),
    "clerk.freeze.sure": Text("我已核对上面的数，现在定稿", "I have checked these figures; freeze the roll now"),
    "clerk.freeze.do": Text("定稿", "Freeze"),
}
