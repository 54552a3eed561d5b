"""Texts of the road from closing to the certificate, of the rooms, the opening day and the result, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

ROAD: Final[Mapping[str, Text]] = {
    "finishing.title": Text("收尾：从截止到结果证明", "The finish: from closing to the certificate"),
    "finishing.none": Text(
        "投票还没有结束，收尾的事都还没到。{closes}自动截止，到时候这里会写明下一步。",
        "Voting is not over yet. It closes by itself on {closes}; then the next step stands here.",
    ),
    "finishing.given-up": Text("这次投票已作废，没有要收尾的事。", "This vote was annulled; nothing is left to do."),
    "finishing.next": Text("下一步", "Next"),
    "finishing.until": Text("到{until}为止", "until {until}"),
    "finishing.until-none": Text("没有规定日期，请尽早", "no day is set; please soon"),
    "finishing.turn": Text("由谁做", "Whose turn"),
    "finishing.itself": Text("到时候自己走，不用人操作", "it goes by itself"),
    "finishing.waiting": Text("还有{n}件没有办结", "still open: {n}"),
    "finishing.law": Text("依据", "Law"),
    "finishing.all": Text("整条路", "The whole road"),
    "finishing.done": Text("已完成", "done"),
    "finishing.now": Text("现在做这一步", "now"),
    "finishing.later": Text("还没到", "to come"),
    "finishing.to-record": Text(
        "我已依法做了什么（可打印、下载）", "What was done, and on which article (to print or download)"
    ),
    "finishing.to-page": Text("公开的投票页面", "The public page of the vote"),
    "finishing.back": Text("回到收尾", "Back to the finish"),
    "finishing.refused-title": Text("没有办成", "Not done"),
    "finishing.step.closing": Text("投票截止，票箱封好", "Voting closes, the box is sealed"),
    "finishing.step.rooms": Text("公布哪些房号参加了", "Publish which homes took part"),
    "finishing.step.disputes": Text("收、办对“谁投了票”的异议", "Take and settle disputes about who voted"),
    "finishing.step.check": Text("核对参加人数够不够", "Check whether enough took part"),
    "finishing.step.opening": Text("开票日：开箱人打开总数", "Opening day: the key-holders open the total"),
    "finishing.step.result": Text("公布初步结果", "Publish the preliminary result"),
    "finishing.step.objections": Text("收、答对结果的异议", "Take and answer objections to the result"),
    "finishing.step.composing": Text("拟结果证明", "Compose the certificate"),
    "finishing.step.signing": Text("三方依次签字", "Three offices sign, one after the other"),
    "finishing.step.done": Text("证明已出，全部办完", "Certified: everything is done"),
    "finishing.act.closing.look": Text("看投票页面", "See the page of the vote"),
    "finishing.act.disputes.desk": Text("写下业主的异议", "Write down what owners dispute"),
    "finishing.act.disputes.organiser": Text("处理异议", "Settle disputes"),
    "finishing.act.disputes.look": Text("看异议", "See the disputes"),
    "finishing.act.check.organiser": Text("核对参加人数", "Check who took part"),
    "finishing.act.check.look": Text("看核对情况", "See how the check stands"),
    "finishing.act.opening.trustee": Text("看谁到了", "See who has come"),
    "finishing.act.opening.look": Text("看谁到了", "See who has come"),
    "finishing.act.objections.desk": Text("写下业主的异议", "Write down objections"),
    "finishing.act.objections.organiser": Text("答复异议", "Answer objections"),
    "finishing.act.objections.look": Text("看异议和答复", "See objections and answers"),
    "finishing.act.composing.organiser": Text("拟结果证明", "Compose the certificate"),
    "finishing.act.composing.look": Text("看结果证明", "See the certificate"),
    "finishing.act.signing.organiser": Text("核对并签字", "Check and sign"),
    "finishing.act.signing.community": Text("核对并签字", "Check and sign"),
    "finishing.act.signing.sub_district": Text("核对并签收", "Check and acknowledge"),
    "finishing.act.signing.look": Text("看谁签了", "See who has signed"),
    "finishing.act.done.look": Text("打印“我已依法做了什么”", "Print what was done"),
    "finishing.hint.closing": Text(
        "截止以前谁也看不到结果，也没有中间结果。",
        "Nobody sees results before closing, and there are no interim results.",
    ),
    "finishing.hint.disputes": Text(
        "现在把参加名单贴到公告栏。业主来说“我没投过”“算重了”的，窗口当面写下来；组织者一件一件处理。",
        "Put the list of rooms on the notice board now. What owners dispute is written down at the desk; the organiser settles it.",
    ),
    "finishing.hint.check": Text(
        "异议期过了，异议都办结了。核对以后就不能再取出任何票，然后加总、开箱。",
        "The days for disputes are over and all are settled. After the check no ballot can be taken out; then all is added up.",
    ),
    "finishing.hint.opening": Text(
        "所有的票加在一起，一张也不打开。够数的开箱人到了，总数就打开。",
        "All ballots are added up, none is opened. Once enough key-holders have come, the total opens.",
    ),
    "finishing.hint.objections": Text(
        "把初步结果贴到公告栏。业主的异议窗口写下来，组织者书面答复；答复公开，不写姓名房号。",
        "Put the preliminary result on the notice board. Objections are written down at the desk and answered in public, nobody named.",
    ),
    "finishing.hint.composing": Text(
        "异议期过了，异议都答复了。证明的内容由系统按记录拟好，组织者看过再让三方签。",
        "The days are over and every objection has its answer. The certificate is composed from the records; look at it first.",
    ),
    "finishing.hint.signing": Text(
        "组织者确认结果，社区确认程序，街道签收，按这个顺序。各用自己的钥匙文件，钥匙不离开自己的电脑。",
        "The organiser confirms, the community certifies, the sub-district acknowledges, in this order, each with its own key file.",
    ),
    "finishing.hint.done": Text(
        "结果证明已经公布，可以下载、打印、备案。", "The certificate is published; download, print and file it."
    ),
}

LOOKS: Final[Mapping[str, Text]] = {
    "finishing.rooms.title": Text("参加名单（含面积）", "Who took part, with areas"),
    "finishing.rooms.private": Text(
        "这一页有每户的面积，只给组织者核对用，看一次记一次。贴公告栏请用公开的那一份。",
        "This page shows the area of each home, for the organiser’s check only; each look is recorded. Put up the public one.",
    ),
    "finishing.rooms.public": Text("公开名单（打印贴公告栏）", "The public list, for the notice board"),
    "finishing.rooms.cast": Text("合计{heads}位业主、{area}平方米", "{heads} owners, {area} m² in all"),
    "finishing.rooms.home": Text("房号", "Home"),
    "finishing.rooms.area": Text("面积（平方米）", "Area (m²)"),
    "finishing.opening.title": Text("开票日", "Opening day"),
    "finishing.opening.lead": Text(
        "{size}位开箱人，来{threshold}位就能打开总数。票不逐张打开。",
        "There are {size} key-holders; {threshold} of them open the total. Ballots are not opened one by one.",
    ),
    "finishing.opening.holder": Text("开箱人", "Key-holder"),
    "finishing.opening.state": Text("到了没有", "Has come"),
    "finishing.opening.came": Text("到了，已交", "yes, handed in"),
    "finishing.opening.not-yet": Text("还没有", "not yet"),
    "finishing.opening.missing": Text("还差{n}位", "{n} more needed"),
    "finishing.opening.adding": Text(
        "正在把所有的票加在一起，请稍等，这一页会自己更新。", "All ballots are being added up; this page renews itself."
    ),
    "finishing.opening.open": Text(
        "总数已经打开，初步结果已公布。", "The total is open; the preliminary result is published."
    ),
    "finishing.opening.early": Text(
        "还没到开票日：先要核对谁参加了。", "It is not opening day yet: first it is checked who took part."
    ),
    "finishing.opening.renews": Text("这一页每几秒自己更新。", "This page renews itself every few seconds."),
    "finishing.opening.compare": Text(
        "请开箱人核对自己屏幕上的数：算数的票{heads}位业主，{area}平方米。不一样就先别开。",
        "Key-holders: compare with your own screen: {heads} owners, {area} m² count. If it differs, do not open.",
    ),
    "finishing.opening.result": Text("看初步结果", "See the preliminary result"),
    "finishing.result.title": Text("结果站不站得住", "How firmly the result stands"),
    "finishing.result.public": Text("公开的结果页（打印贴公告栏）", "The public result, for the notice board"),
    "finishing.result.contested": Text(
        "有争议的合计{heads}位业主、{area}平方米。下面看它们会不会改变结果。",
        "Contested in all: {heads} owners, {area} m². Below: whether they could change an outcome.",
    ),
    "finishing.result.none": Text(
        "没有仍有争议的票，结果不受影响。", "Nothing is contested; the outcomes are not in doubt."
    ),
    "finishing.result.stands": Text(
        "站得住：有争议的票不论怎么投，结果都不变", "Firm: however contested ballots were cast, it is the same"
    ),
    "finishing.result.falls": Text(
        "可能改变：有争议的票足以影响，这一题应当重新表决",
        "In doubt: contested ballots could change it; it should be voted anew",
    ),
    "finishing.result.margins": Text("离改变还差多少", "How far from another outcome"),
    "finishing.result.what": Text("看什么", "What"),
    "finishing.result.spare": Text("差多少才会改变", "It would take"),
    "finishing.result.doubt": Text("有争议的", "Contested"),
    "finishing.result.check.quorum": Text("参加投票", "taking part"),
    "finishing.result.check.approval": Text("同意", "in favour"),
    "finishing.result.check.rejection": Text("反对", "against"),
    "finishing.result.check.rank": Text("排名", "rank"),
    "finishing.result.kind.heads": Text("人数", "owners"),
    "finishing.result.kind.area": Text("面积", "area"),
}
