"""Texts about disputes, the check and objections, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

DISPUTES: Final[Mapping[str, Text]] = {
    "finishing.disputes.title": Text("对“谁投了票”的异议", "Disputes about who voted"),
    "finishing.disputes.period": Text("异议收到{until}为止。", "Disputes are taken until {until}."),
    "finishing.disputes.over": Text(
        "异议期{until}已过；还没办结的，组织者仍要办结。",
        "The days ended on {until}; what is open still has to be settled.",
    ),
    "finishing.disputes.while-open": Text(
        "投票到{closes}为止。现在就可以写下异议；截止以后再处理。说“不是我投的”的，请业主截止前再投一次，以最后一次为准。",
        "Voting goes on until {closes}. Disputes can be written down now and are settled after closing. Whoever says that "
        "somebody voted in their name should vote again before closing: the last ballot counts.",
    ),
    "finishing.disputes.before": Text("现在不收对“谁投了票”的异议。", "Such disputes are not taken now."),
    "finishing.disputes.closed": Text(
        "已经核对完毕，不再收对“谁投了票”的异议。", "The check is made; such disputes are no longer taken."
    ),
    "finishing.disputes.none": Text("还没有人提出异议。", "Nobody has disputed anything."),
    "finishing.disputes.homes": Text("提出的：{by}；说的是：{about}", "Raised by {by}, about {about}"),
    "finishing.disputes.own": Text("{by}，说的是自己这一户", "{by}, about the own home"),
    "finishing.dispute.acted": Text("这一户投票时说是谁在投", "Who it was said to be that voted for this home"),
    "finishing.dispute.acted-self": Text("业主本人", "the owner"),
    "finishing.dispute.acted-proxy": Text("有业主签字的委托书", "somebody with the owner’s signed authority"),
    "finishing.dispute.acted-help": Text("业主在旁边，有人帮忙按", "a helper, with the owner beside"),
    "finishing.disputes.raised": Text("{at}提出", "raised {at}"),
    "finishing.disputes.settled": Text("{at}办结", "settled {at}"),
    "finishing.disputes.due": Text("请在{until}前办结", "to be settled before {until}"),
    "finishing.disputes.soon": Text("请尽快办结，办结以后才能开票", "to be settled soon: nothing is counted before"),
    "finishing.disputes.settle": Text("看原话并处理", "Read and settle"),
    "finishing.disputes.read": Text("看原话", "Read what was said"),
    "finishing.disputes.write": Text("写下一件", "Write one down"),
    "finishing.disputes.write-hint": Text(
        "请先看身份证。照业主说的写，一次一件。原话封存，不公开；公开的只有“哪一类、怎么办结、理由”。",
        "Look at the identity card first. Write what the owner says, one matter at a time. It stays sealed and is never published.",
    ),
    "finishing.disputes.kind": Text("说的是哪一类", "What it is about"),
    "finishing.disputes.kind.impersonation": Text(
        "“我没投过，票不是我投的”（只能本人来说）", "Somebody voted in my name (the owner in person only)"
    ),
    "finishing.disputes.kind.double": Text("“同一业主算了两次”", "One owner counts twice"),
    "finishing.disputes.kind.proxy": Text("“代投的没有授权”", "The agent had no authority"),
    "finishing.disputes.kind.roll": Text("“清册上的业主或面积不对”", "The roll is wrong about owner or area"),
    "finishing.disputes.home": Text("来的业主住哪里", "Where the owner who came lives"),
    "finishing.disputes.home-hint": Text("例：3幢2单元501室，写3-2-501也行", "For example 3-2-501"),
    "finishing.disputes.about": Text("说的是哪一户", "Which home it is about"),
    "finishing.disputes.about-hint": Text("说自己这一户的，不用填", "Leave empty for the own home"),
    "finishing.disputes.text": Text("业主的话", "What the owner says"),
    "finishing.disputes.do-write": Text("写好，收下", "Write it down"),
    "finishing.dispute.title": Text("第{n}件异议", "Dispute {n}"),
    "finishing.dispute.said": Text(
        "业主的原话（不公开，看一次记一次）", "What was said (never published; each look is recorded)"
    ),
    "finishing.dispute.ballots": Text(
        "这一户箱里有{n}张票，算的是最后一张。", "This owner has {n} ballots in the box; the last one counts."
    ),
    "finishing.dispute.no-ballots": Text("这一户箱里没有票。", "This owner has no ballot in the box."),
    "finishing.dispute.outcome.kept-none": Text("不用改，照现在的算", "Nothing is changed"),
    "finishing.dispute.hint.kept-none": Text(
        "核对过清册和凭证，没有错", "Roll and papers were looked at and are right"
    ),
    "finishing.dispute.outcome": Text("怎么办结", "Outcome"),
    "finishing.dispute.outcome.kept": Text("票有效，照算", "The ballot is valid and counts"),
    "finishing.dispute.outcome.set-aside": Text("取出，不算", "Take out, does not count"),
    "finishing.dispute.outcome.contested": Text(
        "查不清：先算，列为有争议", "Not to be settled: counts, marked as contested"
    ),
    "finishing.dispute.hint.kept": Text(
        "核对签字、送达回执，是本人或委托人投的", "Signature and receipt show that it was the owner’s"
    ),
    "finishing.dispute.hint.set-aside": Text("开票前取出，以后不能再放回", "Taken out before counting, for good"),
    "finishing.dispute.hint.contested": Text(
        "它的份量会和每一题的差距比一比，写进证明", "Its weight is compared with every margin, in the certificate"
    ),
    "finishing.dispute.latest": Text("取出最后几张", "How many, from the last one back"),
    "finishing.dispute.latest-hint": Text(
        "不填就全部取出。只取最后一张的，前一张就算数",
        "Empty for all. If only the last is taken out, the one before counts",
    ),
    "finishing.dispute.answer": Text("理由（公开）", "Reasons (public)"),
    "finishing.dispute.answer-hint": Text(
        "不要写姓名、房号、电话。例：经核对签字，该票不是业主本人所投。", "No name, home or telephone number."
    ),
    "finishing.dispute.do-settle": Text("办结", "Settle"),
    "finishing.dispute.ended": Text("已办结：{outcome}", "Settled: {outcome}"),
}

CHECK: Final[Mapping[str, Text]] = {
    "finishing.check.title": Text("核对参加人数", "Check who took part"),
    "finishing.check.not-yet": Text("投票还没有截止，还不能核对。", "Voting has not ended yet."),
    "finishing.check.done": Text("已经核对完毕。", "The check is made."),
    "finishing.check.wait": Text("还不能核对：异议收到{until}为止。", "Not yet: disputes are taken until {until}."),
    "finishing.check.open": Text("还不能核对：有{n}件异议没有办结。", "Not yet: {n} disputes are open."),
    "finishing.check.heads": Text("参加的业主", "Owners taking part"),
    "finishing.check.area": Text("参加的面积", "Area taking part"),
    "finishing.check.of": Text("共{n}，占{share}", "of {n}, {share}"),
    "finishing.check.enough": Text(
        "参加的够了：人数、面积都到了三分之二。", "Enough took part: both reached two thirds."
    ),
    "finishing.check.short": Text(
        "参加的不够，这次不能形成决定。这不等于大家反对，也不是谁做错了。仍要核对、开票，把结果写清楚。",
        "Too few took part, so nothing can be decided. It is nobody’s fault. The check and the count are made all the same.",
    ),
    "finishing.check.telling": Text("总数会不会泄露某一户怎么投", "Whether totals tell how one home voted"),
    "finishing.check.named": Text(
        "这次是记名表决，单张票另行封存；下面的数只作参考。", "This vote is named; the figure is for information only."
    ),
    "finishing.check.nobody": Text("没有人参加。", "Nobody took part."),
    "finishing.check.safe": Text(
        "不会。用参加的业主的面积模拟了{n}次，没有一次能从总数推出某一户怎么投。",
        "No. In {n} simulations nobody’s choice could be worked out from the totals.",
    ),
    "finishing.check.little": Text(
        "几乎不会。模拟了{n}次，{most}{share}的情形能推出某一户怎么投。",
        "Hardly. In {n} simulations somebody’s choice could be worked out in {most}{share} of them.",
    ),
    "finishing.check.likely": Text(
        "有可能。模拟了{n}次，{most}{share}的情形能从总数推出某一户怎么投。",
        "Possibly. In {n} simulations somebody’s choice could be worked out in {most}{share} of them.",
    ),
    "finishing.check.most": Text("至多", "at most "),
    "finishing.check.outliers": Text(
        "有{n}户面积特别大，藏不进别人里面。", "{n} owners have so much area that they stand out."
    ),
    "finishing.check.advice": Text(
        "票已经投了，没有别的办法算得更粗。不能接受的，先不要按，和社区、街道商量；下次可以选记名表决，或者几幢合在一起投。",
        "The votes are cast, and totals cannot be made coarser. If this is not acceptable, do not go on; talk it over. Next "
        "time choose a named vote or a wider scope.",
    ),
    "finishing.check.accept": Text(
        "我知道这一点，仍然公布准确总数（会写进证明，公开）",
        "I know this and publish exact totals all the same (this is said in public)",
    ),
    "finishing.check.seen": Text(
        "我看过上面的数和每一件异议的结果", "I have seen these figures and how each dispute ended"
    ),
    "finishing.check.button": Text("核对无误，准备开票", "Everything is right: prepare the count"),
    "finishing.check.after": Text("按下以后不能再取出任何票。", "After this no ballot can be taken out any more."),
    "finishing.check.look": Text("核对由组织者做。", "The organiser makes the check."),
}

OBJECTIONS: Final[Mapping[str, Text]] = {
    "finishing.objections.title": Text("对结果的异议和答复", "Objections to the result, and answers"),
    "finishing.objections.period": Text("异议收到{until}为止。", "Objections are taken until {until}."),
    "finishing.objections.over": Text(
        "异议期{until}已过；还没答复的，组织者仍要答复。",
        "The days ended on {until}; what is open still has its answer due.",
    ),
    "finishing.objections.early": Text("还没有结果，还不能对结果提异议。", "There is no result yet to object to."),
    "finishing.objections.closed": Text(
        "结果证明已出，不再收异议；证明上写着怎么投诉、起诉。",
        "The certificate is issued; it says how to complain or sue.",
    ),
    "finishing.objections.none": Text("还没有人提出异议。", "Nobody has objected."),
    "finishing.objections.homes": Text("提出的：{by}", "Raised by {by}"),
    "finishing.objections.merged": Text("已并入第{n}件一起答复", "answered together with number {n}"),
    "finishing.objections.answer": Text("看原话并答复", "Read and answer"),
    "finishing.objections.read": Text("看原话", "Read what was said"),
    "finishing.objections.write": Text("写下一件", "Write one down"),
    "finishing.objections.write-hint": Text(
        "照业主说的写，一次一件。原话封存，不公开；公开的只有“关于什么、几位业主提出、答复”。",
        "Write what the owner says, one matter at a time. It stays sealed; the topic, how many raised it and the answer are public.",
    ),
    "finishing.objections.topic": Text("关于什么（公开，24字以内）", "Topic (public, up to 24 characters)"),
    "finishing.objections.topic-hint": Text(
        "同一件事用同样的字，才好合并答复。不写姓名房号。",
        "The same words for the same thing, so that they can be merged. Nobody named.",
    ),
    "finishing.objections.question": Text("哪一题", "Which question"),
    "finishing.objections.all": Text("整个结果", "The whole result"),
    "finishing.objections.text": Text("业主的话", "What the owner says"),
    "finishing.objections.do-write": Text("写好，收下", "Write it down"),
    "finishing.objection.title": Text("第{n}件异议：{topic}", "Objection {n}: {topic}"),
    "finishing.objection.merge": Text("和别的一起答复", "Answer together with another"),
    "finishing.objection.merge-hint": Text(
        "同一件事、同一题的，可以并入一件，只答复一次。", "What is about the same is merged and answered once."
    ),
    "finishing.objection.into": Text("并入", "Merge into"),
    "finishing.objection.number": Text("第{n}件", "No. {n}"),
    "finishing.objection.do-merge": Text("并入", "Merge"),
    "finishing.objection.outcome": Text("怎么答复", "Outcome"),
    "finishing.objection.outcome.answered": Text("不成立，说明理由", "Not right: explain why"),
    "finishing.objection.outcome.upheld": Text("成立", "Upheld"),
    "finishing.objection.outcome.reserved": Text("这里定不了，记录在案", "Cannot be settled here: on record"),
    "finishing.objection.contested": Text(
        "提出的业主的票列为有争议，和差距比一比", "Count their ballots as contested, against the margins"
    ),
    "finishing.objection.contested-hint": Text(
        "开票以后不能取出票；成立或定不了的才勾", "After counting nothing is taken out; only if upheld or reserved"
    ),
    "finishing.objection.answer": Text("答复（公开）", "Answer (public)"),
    "finishing.objection.do-answer": Text("公布答复", "Publish the answer"),
    "finishing.objection.ended": Text("已答复：{outcome}", "Ended: {outcome}"),
}
