"""Every text of the public pages, Chinese first, English complete.

 * Pages for owners and clerks never name the machinery; the archive page, which is for auditors, may (`archive_words.py`).
 * Braces are filled in when a text is shown. A text is plain: no markup stands in it.

Not here: what became of an election (`record_words.py`), refusals (`refusal_words.py`), the law's own words
(`vote.law`), what an election itself says (its manifest).
"""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.archive_words import ARCHIVE
from vote.web.clerk.words import WORDS as CLERK
from vote.web.estate_words import ESTATE
from vote.web.field_words import FIELDS
from vote.web.finishing.words import WORDS as FINISHING
from vote.web.formation.words import WORDS as FORMATION
from vote.web.holders.words import WORDS as HOLDERS
from vote.web.oversight.words import WORDS as OVERSIGHT
from vote.web.owner.words import WORDS as OWNER
from vote.web.preparing.words import WORDS as PREPARING
from vote.web.record_words import RECORD
from vote.web.refusal_words import REFUSALS
from vote.web.rehearsal.words import WORDS as REHEARSAL
from vote.web.sign_in.words import WORDS as SIGN_IN
from vote.web.verifying.words import WORDS as VERIFYING
from vote.web.watched_words import WATCHED

_SITE: Mapping[str, Text] = {
    "site.name": Text("善治", "Shanzhi"),
    "site.purpose": Text("业主大会投票", "Owners’ assembly votes"),
    "site.skip": Text("跳到正文", "Skip to the content"),
    "site.path": Text("您在这里", "You are here"),
    "site.home": Text("首页", "Home"),
    "site.switch": Text("English", "中文"),
    "site.footer": Text(
        "业主不用登录，不装软件，不收集您的信息。时间都是北京时间。",
        "Owners need no sign-in and install nothing; nothing is collected about you. All times are China’s (UTC+8).",
    ),
    "site.copy": Text(
        "注意：网站刚从备份恢复，现在不收票。{made}以后投的票可能不在这里，恢复后请查一下您的回执。",
        "Please note: this site was just restored from a backup and takes no votes now. A vote cast after {made} may be "
        "missing; look your receipt up once voting goes on.",
    ),
    "site.demo": Text("演示", "Demonstration"),
    "site.copied": Text("保存下来的一份", "A kept copy"),
    "site.back": Text("回到首页", "Back to the first page"),
    "site.rehearsal": Text("演练", "Rehearsal"),
    "rehearsal": Text(
        "演练：业主、候选人和票都是编的，不算数，也不发短信；各步之间法定的天数省掉了。",
        "Rehearsal: owners, candidates and ballots are made up. It counts for nothing and sends no messages; the days that "
        "the law puts between the steps are left out.",
    ),
    "demo": Text("演示：这里的业主和票都是编的。", "Demonstration: these owners and ballots are made up."),
    "heads": Text("{n}人", "{n} owners"),
    "area": Text("{n}平方米", "{n} m²"),
}

_PLACES: Mapping[str, Text] = {
    "home.title": Text("找到您的小区", "Find your estate"),
    "home.lead": Text(
        "看投票什么时候开始、有多少人参加、结果怎么算出来的。",
        "See when voting opens, how many took part, and how each result was worked out.",
    ),
    "home.empty": Text(
        "这里还没有小区。社区登记以后会出现在这里。",
        "There is no estate yet. It appears here once the community adds it.",
    ),
    "estate.place": Text("{county} · {sub_district} · {community}", "{county} · {sub_district} · {community}"),
    "estate.empty": Text(
        "还没有投票。准备好以后会出现在这里，您也会收到一封信。",
        "There is no vote yet. It appears here once it is prepared, and you will get a letter.",
    ),
}

_PHASES: Mapping[str, Text] = {
    "phase.announced": Text("还没开始", "Not open yet"),
    "next.announced": Text(
        "正在通知每一位业主。通知够天数以后，{opens}开始投票。",
        "Every owner is being told. When the days of notice are over, voting opens on {opens}.",
    ),
    "phase.noticed": Text("已经通知，还没开始", "Owners were told; not open yet"),
    "next.noticed": Text(
        "{opens}开始投票。请留好您收到的信。", "Voting opens on {opens}. Please keep the letter you receive."
    ),
    "phase.held-up": Text("没有开始", "Not opened"),
    "next.held-up": Text(
        "投票时间已到，但还没有通知业主，所以没有开始。请问社区。",
        "It is time, but owners were not told, so voting has not opened. Ask the community office.",
    ),
    "phase.about-to-open": Text("马上开始", "About to open"),
    "next.about-to-open": Text(
        "投票时间已到，马上开始。请过一会儿再看。", "It is time; voting is about to open. Look again in a moment."
    ),
    "phase.open": Text("正在投票", "Voting is open"),
    "next.open": Text(
        "{closes}前都可以投。请按信上写的办法投。想改可以再投，以最后一次为准。",
        "You can vote until {closes}, as your letter says. You may vote again to change it: the last one counts.",
    ),
    "phase.closing": Text("投票结束", "Voting is over"),
    "next.closing": Text(
        "不再收票。正在封票箱，接着核对谁参加了投票。",
        "No more ballots are taken. The box is being closed; then it is checked who took part.",
    ),
    "phase.checking": Text("投票结束，正在核对", "Voting is over; who took part is checked"),
    "next.checking": Text(
        "正在核对谁参加了投票，票还没有开。有异议的，{until}前到社区提出；核对完才开票。",
        "It is checked who took part; nothing is counted yet. Tell the community office before {until} if something is "
        "wrong; counting begins after the check.",
    ),
    "next.checking-over": Text(
        "异议期已过，正在处理提出的异议。处理完才开票。",
        "The time for disputes is over; those that were raised are being settled. Then counting begins.",
    ),
    "next.checking-now": Text(
        "正在核对谁参加了投票，票还没有开。有异议的，现在就到社区提出；核对完才开票。",
        "It is checked who took part; nothing is counted yet. Tell the community office now if something is wrong; counting "
        "begins after the check.",
    ),
    "phase.adding": Text("已核对，正在加票", "Checked; ballots are added up"),
    "next.adding": Text(
        "谁参加了投票已经核对。正在把所有的票加在一起，一张也不打开。接着请开箱人开箱。",
        "It was checked who took part. All ballots are being added up, none of them opened. Then the key-holders open the "
        "total.",
    ),
    "phase.opening": Text("等开箱", "Waiting for the key-holders"),
    "next.opening": Text(
        "票已加好，等开箱人开箱：要{threshold}位，已来{came}位。开箱后马上公布结果。",
        "Everything is added up. {threshold} key-holders are needed; so far {came} came. The result follows at once.",
    ),
    "next.opening-came": Text(
        "开箱人都到了。等小区外的人核对过票箱的记录就开箱，最多等三天。",
        "Enough key-holders came. The totals are opened once people outside the estate have checked the record of the box, "
        "after three days at the latest.",
    ),
    "phase.preliminary": Text("初步结果已出", "Preliminary result"),
    "next.preliminary": Text(
        "总数已打开，计算过程也公布了。有疑问请在{until}前写下来交到社区。都答复了，由三方签字，才是最终结果。",
        "The totals are open and the working is published. Hand your objections in at the community office before {until}. "
        "When all are answered three offices sign, and only then the result is final.",
    ),
    "next.preliminary-now": Text(
        "总数已打开，计算过程也公布了。有疑问请写下来交到社区。都答复了，由三方签字，才是最终结果。",
        "The totals are open and the working is published. Hand your objections in at the community office. When all are "
        "answered three offices sign, and only then the result is final.",
    ),
    "next.preliminary-over": Text(
        "提异议的时间已过。提出的都答复了，由三方签字，才是最终结果。",
        "The time for objections is over. When all are answered three offices sign, and only then the result is final.",
    ),
    "phase.certified": Text("结果已确认", "Result certified"),
    "next.certified": Text(
        "结果已经核对、三方签字确认，计算过程也公布了。可以下载证明。",
        "The result was checked, signed by three offices and certified; the working is published. The certificate can be "
        "downloaded.",
    ),
    "phase.revoked": Text("证明已撤销", "Certificate revoked"),
    "next.revoked": Text(
        "这个结果不能作数。接下来怎么办，社区会另行通知。",
        "This result does not stand. The community office will tell what follows.",
    ),
    "phase.annulled": Text("已作废", "Annulled"),
    "next.annulled": Text(
        "这次投票已作废，投过的票都不算。要不要重新投，社区会另行通知。",
        "This vote was annulled; no ballot counts. The community office will tell whether there is another vote.",
    ),
}

_ELECTION: Mapping[str, Text] = {
    "election.see-result": Text("看结果", "See the result"),
    "election.times": Text("时间", "Times"),
    "election.opens": Text("开始", "Opens"),
    "election.closes": Text("结束", "Closes"),
    "election.closed": Text("票箱封好", "Box closed"),
    "election.electorate": Text("全体业主", "All owners"),
    "election.turnout": Text("多少人参加了", "Who took part"),
    "election.turnout-note": Text(
        "人数和面积都到三分之二，投票才有效。为了不让人猜出谁刚投过，投票期间攒够一批票才更新，最多隔{hours}小时。",
        "Both must reach two thirds for the vote to be valid. While voting is open the figures change only with several "
        "ballots at a time, after {hours} hours at the latest, so that nobody can guess who has just voted.",
    ),
    "election.turnout-final": Text(
        "人数和面积都到三分之二，投票才有效。", "Both must reach two thirds for the vote to be valid."
    ),
    "election.questions": Text("投票内容", "What is asked"),
    "election.number": Text("第{n}题", "Question {n}"),
    "election.one": Text("选一项", "Mark one"),
    "election.up-to": Text("最多选{n}人，也可以一个都不选", "Mark up to {n}, or nobody"),
    "election.seats": Text("选{n}人", "{n} seats"),
    "election.alternates": Text("另选候补{n}人", "and {n} alternates"),
    "election.depends": Text("{names}通过了，这一题的结果才生效。", "Takes effect only if {names} is adopted."),
    "election.needs-ordinary": Text(
        "要过半数同意：人数、面积都要过半。", "Needs more than half, by owners and by area."
    ),
    "election.needs-special": Text(
        "要四分之三以上同意：人数、面积都要达到。", "Needs at least three quarters, by owners and by area."
    ),
    "election.matter": Text("事项：{matter}", "Matter: {matter}"),
    "election.article": Text("依据：{article}", "Law: {article}"),
    "election.steps": Text("到哪一步了", "Where it stands"),
    "step.closing": Text("投票结束，封好票箱", "Voting ends, the box is closed"),
    "step.checking": Text("核对谁参加了投票，处理异议", "It is checked who took part; disputes are settled"),
    "step.adding": Text("所有的票加在一起，一张也不打开", "All ballots are added up, none opened"),
    "step.opening": Text("开箱人打开总数", "The key-holders open the total"),
    "step.preliminary": Text(
        "公布初步结果，答复大家的异议", "The preliminary result is published; objections are answered"
    ),
    "step.certified": Text("三方签字，出结果证明", "Three offices sign the certificate of the result"),
    "progress.done": Text("已完成", "done"),
    "progress.now": Text("正在做", "under way"),
    "progress.later": Text("还没到", "to come"),
    "election.protection": Text("您的选择怎么保密", "How your choice stays secret"),
    "election.sealed": Text(
        "您的选择先锁好再寄出。投票结束前，社区、物业、做软件的人都打不开；谁改了票，一查就知道。",
        "Your choice is locked before it leaves you. Until voting ends nobody can open it: not the community, not the "
        "property firm, not those who made the software. Any change to a ballot shows.",
    ),
    "election.secret": Text(
        "这次是无记名投票。别人能看到“这套房投过了”，看不到选了什么；票不逐张打开，只打开总数。",
        "This vote is secret. Others may see that a home has voted, not what it chose; ballots are not opened one by "
        "one, only the total is.",
    ),
    "election.named": Text(
        "这次是记名表决，对外只公布总数。您的选择单独封存，只有您本人要求、处理对这张票的异议，或依法调取时才拆开；"
        "拆一次记一次，并通知您。",
        "This vote is named; the public sees totals only. Your choice is sealed apart and opened only if you ask, to "
        "answer an objection to that ballot, or when the law demands it; each opening is recorded and you are told.",
    ),
    "election.holders": Text("开箱人", "Key-holders"),
    "election.holders-note": Text(
        "{size}位开箱人，来{threshold}位才能开箱，少一位也打不开。只有{threshold}位一起作弊，才可能看到单张票。",
        "There are {size} key-holders; {threshold} must come to open the box, and fewer cannot. Only {threshold} cheating "
        "together could see a single ballot.",
    ),
    "election.holders-one": Text(
        "只有1位开箱人：这位一个人就能开箱，也可能看到单张票。",
        "There is one key-holder, who alone can open the box and could see a single ballot.",
    ),
    "election.holders-few": Text(
        "{size}位开箱人，来1位就能开箱；这一位也可能看到单张票。",
        "There are {size} key-holders; any one of them can open the box and could see a single ballot.",
    ),
    "election.came": Text("已到", "has come"),
    "election.check": Text("自己核对", "Check it yourself"),
    "election.check-note": Text(
        "投票结束后，所有的票（锁着的）和计算过程都公开，谁都可以从头算一遍。",
        "After voting all ballots, still locked, and the whole working are public: anybody can count again.",
    ),
    "election.archive": Text("下载和核对方法", "Files and how to check"),
}

_LOOK_UP: Mapping[str, Text] = {
    "look-up.title": Text("查我的票", "Look up my ballot"),
    "look-up.label": Text("回执编号", "Receipt number"),
    "look-up.hint": Text(
        "投票后拿到的43位编号，大小写要一样。只能查到算没算进去，查不到选了什么。",
        "The 43 characters you got after voting, capitals as they are. It shows that the ballot counts, never how.",
    ),
    "look-up.button": Text("查一查", "Look up"),
    "look-up.counted": Text(
        "这张票已计入，是第{sequence}次投的，以最后一次为准。",
        "This ballot counts. It is number {sequence} of the same owner; the last one counts.",
    ),
    "look-up.superseded": Text(
        "收到过这张票，是第{sequence}次投的；后来又投过，算的是第{counting}次投的那张。",
        "This ballot came in as number {sequence} of the same owner. There was another vote later: number {counting} counts.",
    ),
    "look-up.set-aside": Text(
        "收到过这张票，但有人提出异议，核对后在开票前取出，不算。这张确实是您投的？请带身份证和回执到社区说。",
        "This ballot came in, but was disputed and taken out before counting, so it does not count. Did you cast it yourself? "
        "Take your identity card and your receipt to the community office.",
    ),
    "look-up.another": Text("算的是第{counting}次投的那张。", "Number {counting} of the same owner counts instead."),
    "look-up.not-mine": Text(
        "收到短信说已计入，却不是您或您委托的人投的？马上到社区说：开票前能取出来。",
        "Told by message that your vote counts, but neither you nor your agent cast it? Tell the community office at once: "
        "it can be taken out before counting.",
    ),
    "look-up.none": Text(
        "没有这张票。请看看编号有没有抄错；没有投成的，{closes}前可以再投。",
        "There is no such ballot. Check the number; if voting failed, vote again before {closes}.",
    ),
    "look-up.none-closed": Text(
        "没有这张票。请看看编号有没有抄错；确实没错的，请带回执到社区问。",
        "There is no such ballot. Check the number; if it is right, take your receipt to the community office.",
    ),
}

_RESULT: Mapping[str, Text] = {
    "result.title": Text("初步结果", "Preliminary result"),
    "result.title-certified": Text("投票结果", "Result"),
    "result.certified": Text("结果已经核对、三方签字确认。", "This result was checked, signed and certified."),
    "result.preliminary": Text(
        "这是初步结果，不是最终结果；三方签字的证明出来才算数。",
        "This is preliminary, not final: it counts once three offices have signed the certificate.",
    ),
    "result.none": Text("还没有结果", "No result yet"),
    "result.none-annulled": Text("这次投票已作废，没有结果。", "This vote was annulled; there is no result."),
    "result.none-open": Text(
        "{closes}结束投票，先核对谁参加了，再加总、开箱，然后公布初步结果。",
        "Voting ends on {closes}; then it is checked who took part, all is added up and opened, and the result follows.",
    ),
    "result.none-checking": Text(
        "投票{closes}已结束。先核对谁参加了投票，再开票。",
        "Voting ended on {closes}. It is checked who took part before anything is counted.",
    ),
    "result.none-closed": Text(
        "投票{closes}已结束。等{threshold}位开箱人开箱，马上公布结果。",
        "Voting ended on {closes}. Once {threshold} key-holders open the box, the result follows.",
    ),
    "result.none-back": Text("回到这次投票", "Back to the vote"),
    "result.opens": Text("投票开始", "Voting opened"),
    "result.closes": Text("投票结束", "Voting closed"),
    "result.turnout": Text("参加情况", "Turnout"),
    "result.enough": Text("参加的够了：人数、面积都到了三分之二。", "Enough took part: both reached two thirds."),
    "result.not-enough": Text(
        "参加的不够：{missing}不到三分之二，这次没有形成决定。这不等于大家反对，也不是谁做错了。",
        "Too few took part: {missing} did not reach two thirds, so nothing was decided. That does not mean that people "
        "were against it, and it is nobody’s fault.",
    ),
    "result.and": Text("和", " and "),
    "missing.heads": Text("人数", "owners"),
    "missing.area": Text("面积", "area"),
    "outcome.ADOPTED": Text("通过", "Adopted"),
    "outcome.REJECTED": Text("未通过", "Rejected"),
    "outcome.NO_DECISION": Text("没有形成决定", "No decision"),
    "outcome.QUORUM_NOT_MET": Text("参加的不够，没有形成决定", "Too few took part; no decision"),
    "outcome.elected": Text("选出{n}人", "{n} elected"),
    "outcome.nobody": Text("没有人当选", "Nobody was elected"),
    "why.ADOPTED": Text(
        "同意的人数和面积都达到了要求。", "Those in favour reached what is needed, by owners and by area."
    ),
    "why.REJECTED": Text(
        "反对的人数和面积都过了半数。", "More than half of those who took part were against, by owners and by area."
    ),
    "why.NO_DECISION": Text(
        "同意的没有达到要求，反对的也没有过半数。",
        "Those in favour did not reach what is needed, nor did those against reach a majority.",
    ),
    "why.QUORUM_NOT_MET": Text("这一题不作决定。", "This question was not decided."),
    "effect.yes": Text("{names}已通过，这一题的结果生效。", "{names} was adopted, so this outcome takes effect."),
    "effect.no": Text(
        "{names}没有通过，这一题的结果不生效。", "{names} was not adopted, so this outcome does not take effect."
    ),
    "fate.elected": Text("当选", "Elected"),
    "fate.alternate": Text("候补", "Alternate"),
    "fate.not-elected": Text("未当选", "Not elected"),
    "fate.tie": Text("票数相同，待定", "Tie, to be resolved"),
    "seats.open": Text("还空{n}个名额：没有别的候选人过半数。", "{n} seats stay open: no other candidate passed half."),
    "seats.tied": Text("有{n}个名额因票数相同没有定下来。", "{n} seats are undecided because of a tie."),
    "tie.RUN_OFF": Text("票数相同的，按规定再投一次。", "A tie is resolved by voting again."),
    "tie.LOT": Text("票数相同的，按规定抽签。", "A tie is resolved by lot."),
    "names.mark": Text("、", ", "),
    "table.caption": Text("{name}各项的人数和面积", "Owners and area per choice, {name}"),
    "table.choice": Text("选项", "Choice"),
    "table.candidate": Text("候选人", "Candidate"),
    "table.heads": Text("人数", "Owners"),
    "table.area": Text("面积（平方米）", "Area (m²)"),
    "table.cast": Text("参加投票", "Took part"),
    "table.note": Text("百分比是占参加投票的比例，只舍不入。", "Percentages are of those who took part, rounded down."),
    "table.several": Text(
        "一人可以选几位，所以加起来会超过100%。", "Owners could mark several, so the sum may exceed 100%."
    ),
    "bar.of": Text("{part}，共{whole}", "{part} of {whole}"),
    "bar.met": Text("已到{share}", "{share} reached"),
    "bar.not-met": Text("没到{share}", "{share} not reached"),
    "bar.close": Text("接近{share}", "close to {share}"),
    "bar.quorum.heads": Text("参加人数", "Owners taking part"),
    "bar.quorum.area": Text("参加面积", "Area taking part"),
    "bar.approval.heads": Text("同意人数", "Owners in favour"),
    "bar.approval.area": Text("同意面积", "Area in favour"),
    "bar.rejection.heads": Text("反对人数", "Owners against"),
    "bar.rejection.area": Text("反对面积", "Area against"),
    "share.>=2/3": Text("三分之二", "two thirds"),
    "share.>=3/4": Text("四分之三", "three quarters"),
    "share.>1/2": Text("过半数", "a majority"),
    "working.title": Text("怎么算的", "How it was worked out"),
    "working.colon": Text("：", ": "),
    "working.note": Text(
        "每一行都可以自己验算：先乘后比，不四舍五入。面积的算式以0.01平方米为单位。",
        "Check each line yourself: multiplied first, then compared, never rounded. Areas are in 0.01 m².",
    ),
    "result.print": Text("这一页可以直接打印，贴在公告栏。", "This page can be printed for the notice board."),
    "result.address": Text("网上核对：{address}", "Check online: {address}"),
}

TEXTS: Final[Mapping[str, Text]] = {
    **_SITE, **FIELDS, **_PLACES, **ESTATE, **_PHASES, **_ELECTION, **_LOOK_UP, **_RESULT, **RECORD, **ARCHIVE, **REFUSALS,
    **SIGN_IN, **OWNER, **CLERK, **PREPARING, **FINISHING, **HOLDERS, **VERIFYING, **REHEARSAL, **OVERSIGHT,
    **WATCHED, **FORMATION,
}  # fmt: skip
