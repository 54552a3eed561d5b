"""Texts of the clerk's day and of the roll, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.clerk.phone_words import PHONES
from vote.web.clerk.roll_words import ROLL
from vote.web.clerk.settling_words import SETTLING

_TODAY: Mapping[str, Text] = {
    "clerk.today": Text("今天", "Today"),
    "clerk.today.lead": Text(
        "每个小区下一步做什么，最急的排在前面。", "The next step of every estate, the most pressing first."
    ),
    "clerk.empty": Text("先添加一个小区", "First add an estate"),
    "clerk.empty.note": Text(
        "添加以后上传业主清册，这里就会一步一步告诉您接下来做什么。",
        "Then upload its roll of owners; from there this page leads you step by step.",
    ),
    "clerk.empty.duty": Text(
        "现在没有要您做的事。有了，会出现在这里。", "There is nothing for you to do now. It will appear here."
    ),
    "clerk.add-estate": Text("添加小区", "Add an estate"),
    "clerk.due": Text("{when}前", "by {when}"),
    "clerk.overdue": Text("已过期", "Overdue"),
    "clerk.next": Text("下一步", "Next"),
    "clerk.estate.open": Text("小区的全部工作", "All work of this estate"),
    "clerk.waiting.disputes": Text("{n}件异议等处理", "{n} disputes or objections wait"),
    "clerk.waiting.letters": Text("{n}封信没有送到", "{n} letters did not arrive"),
    "clerk.waiting.roll": Text("{n}件清册异议等答复", "{n} objections to the roll wait for an answer"),
    "clerk.lamp.why": Text("请看什么", "What to look at"),
    "clerk.lamp.call": Text("请把这几句话告诉管服务器的人。", "Tell this to whoever runs the server."),
    "clerk.duties": Text("您担任的工作", "Your duties"),
    "clerk.next.upload": Text("上传业主清册", "Upload the roll of owners"),
    "clerk.next.columns": Text("说明清册各栏是什么", "Say what the roll’s columns hold"),
    "clerk.next.post": Text("核对清册，然后公示", "Check the roll, then put it up"),
    "clerk.next.answer": Text("答复{n}件清册异议", "Answer {n} objections to the roll"),
    "clerk.next.wait": Text("清册正在公示", "The roll is up for objections"),
    "clerk.next.freeze": Text("公示期满，清册定稿", "The time is over: freeze the roll"),
    "clerk.next.set-up": Text("准备一次投票", "Set up a vote"),
    "clerk.next.prepare": Text("看投票还缺什么", "See what the vote still lacks"),
    "clerk.next.notice": Text("通知业主", "Give notice to the owners"),
    "clerk.next.deliver": Text("送信、登记送达", "Deliver letters, note what became of them"),
    "clerk.next.watch": Text("看多少人投了", "See who has voted"),
    "clerk.next.finish": Text("收尾：核对、开箱、出证明", "Finish: check, open, certify"),
    "clerk.next.done": Text("看结果和证明", "See result and certificate"),
    "clerk.about.upload": Text("还没有清册。", "There is no roll yet."),
    "clerk.about.columns": Text("清册上传了，还没读出业主。", "The roll is here, but no owners could be read yet."),
    "clerk.about.post": Text("清册还是草稿，还没有公示。", "The roll is a draft and not put up yet."),
    "clerk.about.answer": Text("答复完才能定稿。", "All must be answered before the roll is frozen."),
    "clerk.about.wait": Text("业主在看，有异议随时记下来。", "Owners are looking; write objections down as they come."),
    "clerk.about.freeze": Text("定稿以后清册不再变。", "Once frozen, the roll does not change."),
    "clerk.about.set-up": Text("清册已定稿。", "The roll is frozen."),
    "clerk.about.prepare": Text("投票正在准备。", "A vote is being prepared."),
    "clerk.about.notice": Text("投票已封好，等通知业主。", "The vote is sealed; owners are to be told."),
    "clerk.about.deliver": Text("已经通知，等投票开始。", "Owners were told; voting has not opened."),
    "clerk.about.watch": Text(
        "正在投票。投票结束前，谁也看不到票怎么投的。", "Voting is open. Nobody sees how votes stand."
    ),
    "clerk.about.finish": Text("投票结束，一步一步收尾。", "Voting is over; finish step by step."),
    "clerk.about.done": Text("这次投票已经有了证明。", "This vote is certified."),
    "clerk.again": Text("准备下一次投票", "Set up another vote"),
    "clerk.new-estate": Text("添加小区", "Add an estate"),
    "clerk.new-estate.name": Text("小区名称", "Name of the estate"),
    "clerk.new-estate.name-hint": Text("按备案的名称写，如馨苑小区。", "As registered."),
    "clerk.new-estate.id": Text("网址里的短名", "Short name in addresses"),
    "clerk.new-estate.id-hint": Text(
        "小写字母和数字，如 xinyuan-1。定了就不能改。",
        "Lowercase letters and digits, as in xinyuan-1. It cannot be changed.",
    ),
    "clerk.new-estate.county": Text("县（市、区）", "County"),
    "clerk.new-estate.sub_district": Text("街道（镇）", "Sub-district"),
    "clerk.new-estate.community": Text("社区", "Community"),
    "clerk.estate.rolls": Text("业主清册", "Rolls"),
    "clerk.estate.no-roll": Text("还没有清册。", "There is no roll yet."),
    "clerk.estate.upload": Text("上传新的清册", "Upload a new roll"),
    "clerk.estate.votes": Text("投票", "Votes"),
    "clerk.estate.no-vote": Text("还没有投票。", "There is no vote yet."),
    "clerk.estate.public": Text("业主看到的小区页", "The page that owners see"),
    "clerk.state.draft": Text("草稿", "Draft"),
    "clerk.state.frozen": Text("已定稿", "Frozen"),
    "clerk.state.discarded": Text("已作废", "Discarded"),
    "clerk.election.draft": Text("准备中", "In preparation"),
    "clerk.election.sealed": Text("已封好，未通知", "Sealed, no notice yet"),
    "clerk.election.noticed": Text("已通知", "Owners were told"),
    "clerk.election.open": Text("正在投票", "Open"),
    "clerk.election.closed": Text("投票结束，核对中", "Over, being checked"),
    "clerk.election.checked": Text("已核对", "Checked"),
    "clerk.election.tallied": Text("等开箱", "Waiting to be opened"),
    "clerk.election.preliminary": Text("初步结果", "Preliminary result"),
    "clerk.election.certified": Text("已出证明", "Certified"),
    "clerk.election.annulled": Text("已作废", "Annulled"),
    "clerk.roll.named": Text("清册{n}：{heads}位业主，{area}平方米", "Roll {n}: {heads} owners, {area} m²"),
    "clerk.roll.uploaded": Text("{when}上传", "uploaded {when}"),
    "clerk.done": Text("谁在什么时候做了什么", "Who did what, and when"),
    "clerk.by-command": Text("（用命令）", "(by a command)"),
    "clerk.row": Text("第{n}行", "row {n}"),
    "clerk.number": Text("第{n}件", "no. {n}"),
    "clerk.leaf": Text("第{n}页，共{last}页", "Page {n} of {last}"),
    "clerk.leaf.before": Text("上一页", "Previous page"),
    "clerk.leaf.next": Text("下一页", "Next page"),
}

WORDS: Final[Mapping[str, Text]] = {**_TODAY, **ROLL, **SETTLING, **PHONES}
