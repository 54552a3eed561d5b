"""Texts of setting an election up, Chinese first; `words.py` puts `prep.` before each key."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

_FRAME: Mapping[str, Text] = {
    "set-up.title": Text("准备一次投票", "Prepare a vote"),
    "set-up.lead": Text(
        "一共六小步，随时可以停，填过的都留着。法定的天数、比例由系统算好，旁边写着是哪一条。",
        "Six short steps. Stop at any time: what you filled in is kept. The law's numbers are worked out, with their article.",
    ),
    "set-up.estate": Text("小区页面", "The estate"),
    "set-up.begun": Text("没填完的", "Begun and not finished"),
    "set-up.changed": Text("{when}改过", "changed on {when}"),
    "set-up.name": Text("会议名称", "Name of the meeting"),
    "set-up.name-hint": Text("会印在信和公告上。", "It is printed on letters and the notice."),
    "set-up.profile": Text("按哪里的规定办", "Whose rules hold"),
    "set-up.profile-hint": Text(
        "先选最近的一级。每一级没有自己写的，就照上一级。各级写了什么，看下面。",
        "Choose the nearest. What one does not say itself is taken from the one above; what each says stands below.",
    ),
    "set-up.profile-own": Text("自己的规定{n}条", "{n} rules of its own"),
    "set-up.profile-none": Text(
        "没有自己的规定，都照上一级。", "It has no rules of its own and follows the one above."
    ),
    "set-up.profile-differs": Text("各级自己的规定", "What each has of its own"),
    "set-up.name-hint-demo": Text(
        "这是演示：名称里要有“DEMO”。", "This is a demonstration: DEMO must stand in the name."
    ),
    "set-up.which-roll": Text("用哪一份业主清册", "Which roll"),
    "set-up.roll": Text("{heads}人，{area}平方米，{when}冻结", "{heads} owners, {area} m², frozen on {when}"),
    "set-up.first": Text("这是首次业主大会", "This is the first assembly"),
    "set-up.first-hint": Text(
        "由筹备组组织；换届、以后的会议不勾。", "Held by a preparatory group; not for later meetings."
    ),
    "set-up.formed": Text("筹备组哪天成立的", "When the preparatory group was formed"),
    "set-up.formed-hint": Text(
        "首次大会要在成立后规定的天数内开完，填了才能算最晚哪天开始。",
        "The first assembly has to be held within so many days: with this day the latest opening day is worked out.",
    ),
    "set-up.begin": Text("开始填", "Begin"),
    "set-up.no-roll": Text("还没有冻结的业主清册", "There is no frozen roll yet"),
    "set-up.no-roll-note": Text(
        "谁能投、面积多少，以冻结的清册为准。请先公示、处理异议、冻结清册，再来准备投票。",
        "Who votes with which area follows from the frozen roll. Freeze it first, after objections.",
    ),
    "set-up.steps": Text("步骤", "Steps"),
    "set-up.step.matters": Text("表决什么", "Matters"),
    "set-up.step.secrecy": Text("记不记名", "Secrecy"),
    "set-up.step.times": Text("哪几天", "Days"),
    "set-up.step.people": Text("谁来办", "People"),
    "set-up.step.privacy": Text("会不会泄密", "Privacy"),
    "set-up.step.review": Text("核对", "Review"),
    "set-up.next": Text("保存，下一步", "Keep and go on"),
    "set-up.back": Text("返回", "Back"),
    "set-up.kept": Text(
        "每一步按“保存”就留下来，退回去也不会丢。", "Each step is kept when you send it; going back loses nothing."
    ),
    "set-up.discard": Text("整份不要了", "Throw this draft away"),
    "set-up.needs": Text(
        "参加的人数、面积都要到{heads}，其中同意的人数、面积都要{yes}。",
        "Owners and area taking part must both reach {heads}; those in favour must be {yes} of them, both ways.",
    ),
}

_MATTERS: Mapping[str, Text] = {
    "matters.title": Text("表决哪些事", "What is to be decided"),
    "matters.lead": Text(
        "一件事一道题，不要把两件事写在一道题里。", "One matter, one question: never two things in one."
    ),
    "matters.none": Text("还没有题目", "No question yet"),
    "matters.none-note": Text(
        "首次大会一般有三道：议事规则、管理规约、选举业委会。",
        "A first assembly usually has three: rules of procedure, covenant, election of the committee.",
    ),
    "matters.add": Text("加一道题", "Add a question"),
    "matters.edit": Text("修改", "Change"),
    "matters.drop": Text("删掉", "Take away"),
    "matters.candidates": Text(
        "{n}位候选人，选{seats}位，候补{alternates}位", "{n} candidates, {seats} seats, {alternates} alternates"
    ),
    "matters.instead-of": Text("与第{n}题二选一。", "An alternative to question {n}."),
    "matter.title": Text("第{n}题", "Question {n}"),
    "matter.which": Text("法律上属于哪一类", "Which matter of the law it is"),
    "matter.needs": Text("同意要{yes}（{article}）", "needs {yes} in favour ({article})"),
    "matter.kind": Text("怎么答", "How it is answered"),
    "matter.motion": Text("同意、反对、弃权，选一项", "Yes, no or abstain"),
    "matter.motion-hint": Text(
        "规则、规约、聘物业、用维修资金……都用这个。", "For rules, contracts, use of funds and so on."
    ),
    "matter.election": Text("从候选人里选几位", "Choose among candidates"),
    "matter.election-hint": Text(
        "只用于选业委会委员；一位也不勾和弃权是两回事，没勾的不算同意。",
        "For the committee only; ticking nobody is not abstaining, and who is not ticked has no consent.",
    ),
    "matter.text": Text("题目", "The question"),
    "matter.text-hint": Text("照着票面写，例如：是否通过《业主大会议事规则（草案）》。", "As it stands on the ballot."),
    "matter.note": Text("草案全文或说明", "The draft, or an explanation"),
    "matter.note-hint": Text(
        "业主投票前能看到。不要写个人信息。", "Owners can read it before voting. No personal data."
    ),
    "matter.ties": Text("要不要以别的题通过为前提", "Whether it depends on others"),
    "matter.ties-hint": Text(
        "例如议事规则通过了，选出的业委会才算数。", "The committee, say, takes office only if the rules pass."
    ),
    "matter.depends": Text("第{n}题通过，本题才生效：{text}", "Takes effect only if question {n} passes: {text}"),
    "matter.instead": Text("是不是另一题的替代方案", "Whether it is an alternative to another"),
    "matter.instead-hint": Text(
        "甲、乙两个方案分成两题。两题都通过时谁生效，会自动写进票面，一起封存。结果页两题分开列，谁生效请照票面宣布。",
        "Two plans are two questions. Which one stands if both pass is written on the ballot and sealed. The page of the "
        "result shows each by itself: announce which one stands as the ballot says.",
    ),
    "matter.no-alternative": Text("不是", "No"),
    "matter.alternative": Text("与第{n}题二选一：{text}", "An alternative to question {n}: {text}"),
    "matter.candidates": Text("候选人（选业委会才填）", "Candidates (for an election only)"),
    "matter.candidates-hint": Text(
        "按姓氏笔画排。同名的在后面写楼幢。",
        "In the order of strokes of the surname. Tell namesakes apart by building.",
    ),
    "matter.seats": Text("选几位委员", "How many members"),
    "matter.alternates": Text("候补几位", "How many alternates"),
    "matter.candidate": Text("候选人{n}", "Candidate {n}"),
    "matter.profile": Text("介绍（本人同意才公布）", "Profile (published with consent only)"),
    "matter.profile-hint": Text(
        "逐项征得本人书面同意，可以随时撤回。不要写身份证号、电话、健康情况。",
        "Each field needs the candidate's written consent, which can be taken back. No identity number, telephone or health.",
    ),
    "matter.agrees": Text("本人书面同意公布“{field}”", "agrees in writing to publish: {field}"),
    "matter.more": Text("再加几位候选人", "Room for more candidates"),
    "matter.keep": Text("保存这道题", "Keep this question"),
    "profile.age": Text("年龄段", "Age group"),
    "profile.home": Text("住哪一幢", "Building"),
    "profile.work": Text("职业", "Work"),
    "profile.education": Text("学历", "Education"),
    "profile.party": Text("政治面貌", "Political status"),
    "profile.skills": Text("特长", "Skills"),
    "profile.intent": Text("想为小区做什么", "What the candidate wants to do"),
}

_SECRECY: Mapping[str, Text] = {
    "secrecy.title": Text("记名还是无记名", "Named or secret"),
    "secrecy.which": Text("投票方式", "Way of voting"),
    "secrecy.named": Text("记名", "Named"),
    "secrecy.secret": Text("无记名", "Secret"),
    "secrecy.default": Text("本地默认{word}：{text}（{article}）", "The usual way here is {word}: {text} ({article})"),
    "secrecy.both": Text(
        "两种方式对外都只公布总数。封存以后不能再改。",
        "The public sees totals only, in both. It cannot change after sealing.",
    ),
}

_TIMES: Mapping[str, Text] = {
    "times.title": Text("哪几天投票", "On which days"),
    "times.law": Text("法定的日子", "The law's days"),
    "times.earliest": Text("最早哪天开始", "The earliest opening day"),
    "times.earliest-note": Text(
        "今天就通知到每一户才行，中间要隔满{days}天。",
        "Only if notice reached everybody today, with {days} full days between.",
    ),
    "times.advised": Text("建议不早于", "Better not before"),
    "times.advised-note": Text("留7天办钥匙、印信、送信。", "Leaves 7 days for keys and letters."),
    "times.deadline": Text("首次大会最晚哪天开完", "The last day of a first assembly"),
    "times.latest": Text("最晚哪天开始，还来得及再来一次", "The latest opening day that leaves a retry"),
    "times.latest-note": Text(
        "参加的不够时，要重新通知、重新投；没投成的票不能接着用。",
        "If too few take part, notice and vote begin anew; ballots of a failed vote are not used again.",
    ),
    "times.opens": Text("开始投票", "Voting opens"),
    "times.opens-hint": Text("当天早上8:00开始。", "At 8:00 on that day."),
    "times.closes": Text("结束投票", "Voting closes"),
    "times.closes-hint": Text("当天18:00结束，晚一秒也不算。", "At 18:00 on that day; one second later is too late."),
    "times.extensions": Text("参加的不够时，能不能延长", "Extension for want of turnout"),
    "times.extensions-hint": Text(
        "现在不写明，到时候就不能延长。延长要在结束前公告。", "Unless it is said now it is impossible later."
    ),
    "times.never": Text("不延长", "Never"),
    "times.times": Text("最多{n}次", "At most {n} times"),
    "times.until": Text("最晚延长到哪一天", "Until when at the latest"),
    "times.until-hint": Text("也是18:00结束。", "At 18:00 too."),
    "times.pools": Text(
        "投票期间，新到的票攒够{size}张一起显示；每天{first}点、{second}点攒够{least}张也显示；最多等{most}小时。"
        "这样看不出谁刚投。",
        "While voting is open new ballots are shown {size} at a time, at {first} and {second} o'clock if {least} wait, and "
        "after {most} hours in any case, so nobody sees who has just voted.",
    ),
    "times.calendar": Text("看日历", "Show the calendar"),
    "times.legend": Text(
        "每格写着日期；开始、结束、法定节假日都写了字。调休以国务院公布的为准。",
        "Each day says what it is; statutory holidays are named. Moved working days are not known here.",
    ),
    "cal.month": Text("{n}月", "month {n}"),
    "cal.opens": Text("开始", "opens"),
    "cal.closes": Text("结束", "closes"),
    "cal.voting": Text("投票", "voting"),
    "cal.early": Text("太早", "too early"),
    "cal.late": Text("没有重来的时间", "no retry"),
    "cal.over": Text("过期", "too late"),
    "weekday.0": Text("一", "Mon"),
    "weekday.1": Text("二", "Tue"),
    "weekday.2": Text("三", "Wed"),
    "weekday.3": Text("四", "Thu"),
    "weekday.4": Text("五", "Fri"),
    "weekday.5": Text("六", "Sat"),
    "weekday.6": Text("日", "Sun"),
    "times.too-early": Text("开始得太早", "It opens too early"),
    "times.too-early-note": Text(
        "通知和开始之间要隔满{days}天，最早{earliest}开始。",
        "{days} full days lie between: {earliest} at the earliest.",
    ),
    "times.closes-first": Text("结束在开始之前", "It closes before it opens"),
    "times.closes-first-note": Text("请把结束的日子往后放。", "Set the closing day later."),
    "times.too-short": Text("投票天数太少", "Too few days of voting"),
    "times.too-short-note": Text("本地规定至少{shortest}天。", "At least {shortest} days here."),
    "times.too-long": Text("投票天数太多", "Too many days of voting"),
    "times.too-long-note": Text("本地规定最多{longest}天。", "At most {longest} days here."),
    "times.extension-first": Text("延长的日子要在结束之后", "The extension must lie after closing"),
    "times.extension-first-note": Text("请把最晚延长到的日子往后放。", "Set its last day later."),
    "times.no-retry": Text("万一参加的不够，来不及再来一次", "There is no time for a retry"),
    "times.no-retry-note": Text(
        "日子已经保存。想留一次重来的时间，最晚{latest}开始。",
        "Kept. To leave a retry, open on {latest} at the latest.",
    ),
    "times.past-deadline": Text("超过了首次大会的期限", "It ends after the last day of a first assembly"),
    "times.past-deadline-note": Text(
        "日子已经保存。期限是{deadline}；可以向街道或居委会申请延长，请把批复留好。",
        "Kept. The last day is {deadline}; more days can be asked for: keep the answer.",
    ),
    "times.hurried": Text("时间很紧", "There is little time"),
    "times.hurried-note": Text(
        "办钥匙、印信、送信一般要7天，建议不早于{advised}开始。",
        "Keys and letters usually take 7 days: {advised} is better.",
    ),
    "times.opens-on-holiday": Text("开始那天是{opening}", "It opens on a holiday ({opening})"),
    "times.opens-on-holiday-note": Text("那天社区有人值班吗？", "Is somebody at the desk on that day?"),
    "times.closes-on-holiday": Text("结束那天是{closing}", "It closes on a holiday ({closing})"),
    "times.closes-on-holiday-note": Text("最后一天来的人最多，请安排好人。", "Most people come on the last day."),
}

_PEOPLE: Mapping[str, Text] = {
    "people.title": Text("谁来办", "Who does what"),
    "people.lead": Text(
        "每个人填姓名和单位；不代表单位的业主勾“是业主”。填的时候就会提示谁和谁不能是同一个人。",
        "Give each one's name and office, or tick that it is an owner. Who may not be the same is said as you type.",
    ),
    "people.what.trustee": Text(
        "最后一起开箱；三位来两位就行。至少一位是业主，一个单位不能凑够开箱的人数。",
        "Open the box together. At least one is an owner, and no office sends enough to open it alone.",
    ),
    "people.what.registrar": Text("两个人一起做信、封信。", "Two people make and seal the letters together."),
    "people.what.phones": Text(
        "两个人改手机号：一个提出，另一个核对。", "Two people: one proposes a telephone, the other confirms."
    ),
    "people.what.desk": Text("当面核对业主身份。", "Checks identities in person."),
    "people.what.organiser": Text(
        "组织投票、处理异议、确认结果。", "Holds the vote, settles disputes, confirms the result."
    ),
    "people.what.community": Text("确认程序合规。", "Certifies the procedure."),
    "people.what.sub_district": Text("签收。", "Acknowledges receipt."),
    "people.name": Text("姓名（第{n}位）", "Name ({n})"),
    "people.office": Text("单位", "Office"),
    "people.owner": Text("是业主", "is an owner"),
    "people.threshold": Text("几位到场才能开箱", "How many must come"),
    "people.threshold-hint": Text("要超过一半，防止两拨人各开各的。", "More than half, so that no two groups can."),
    "people.of": Text("{of}位里来{n}位", "{n} of {of}"),
    "people.more": Text("再加一位开箱人", "One more key-holder"),
    "people.phone": Text("社区座机", "The desk's telephone"),
    "people.phone-hint": Text(
        "印在信和短信里，业主有疑问就打它，如0573-84012345。", "Printed in letters and messages."
    ),
    "people.few": Text("人手不够，分不开", "There is too little staff to keep this apart"),
    "people.few-hint": Text(
        "勾上以后可以继续，但公告、页面和证明书上都会写明“职责没有分开”。",
        "You may go on, but notice, page and certificate will say that duties were not kept apart.",
    ),
    "people.check": Text("先核对一下", "Check first"),
    "people.breaches": Text("有几处不能是同一个人", "Some may not be the same"),
    "people.overlap": Text("同一个人既是“{left}”又是“{right}”。", "One person is both {left} and {right}."),
    "people.office-alone": Text("{office}派的开箱人太多，一家就能开箱。", "{office} alone could open the box."),
    "people.no-owner": Text("开箱人里至少要有一位业主。", "At least one key-holder must be an owner."),
    "people.same-twice": Text(
        "“{duty}”写了两次同一个人，要两个不同的人。", "{duty}: the same person twice; two are needed."
    ),
    "people.twice": Text("有一项工作人数不够，或者写了两次同一个人", "A duty lacks people, or names one person twice"),
    "people.twice-note": Text("制信人、电话登记员、开箱人都要不同的人。", "Name different people."),
    "people.too-few": Text("有人兼了不能兼的工作", "Somebody holds two duties that must be apart"),
    "people.too-few-note": Text(
        "请换人；实在没有人手，在下面勾“人手不够”。", "Name others; if there is nobody, tick that staff is too few."
    ),
}

_PRIVACY: Mapping[str, Text] = {
    "privacy.title": Text("公布总数，会不会露出谁选了什么", "Whether totals give somebody away"),
    "privacy.lead": Text(
        "结果公布到0.01平方米。参加的人少，或者有人面积特别大时，从总数能反推出个别人选了什么。这里按清册上的真实面积试算200次。",
        "Results are published to 0.01 m². With few voters, or one very large owner, a single choice can be worked out of the "
        "totals. This tries 200 made-up outcomes on the real areas.",
    ),
    "privacy.compute": Text("算一算", "Compute it"),
    "privacy.again": Text("再算一次", "Compute again"),
    "privacy.seconds": Text(
        "一般几秒钟，户数多时可能要一两分钟。", "Usually seconds; with many owners a minute or two."
    ),
    "privacy.fine": Text("基本不会", "Hardly"),
    "privacy.warn": Text("可能会，请看", "It may: please look"),
    "privacy.none": Text(
        "按{participants}人参加试算{n}次，没有一次能看出某个人选了什么。",
        "{n} outcomes with {participants} voters were tried: none gave anybody away.",
    ),
    "privacy.figure": Text(
        "按{participants}人参加试算{n}次，有{share}能看出至少一个人选了什么。",
        "{n} outcomes with {participants} voters were tried: in {share} at least one choice could be read.",
    ),
    "privacy.at-most": Text(
        "按{participants}人参加试算{n}次，最多有{share}能看出至少一个人选了什么。这是上限：凡是没能证明看不出的都算进去了，实际会少一些。"
        "多半是因为有几位业主面积特别大。",
        "{n} outcomes with {participants} voters were tried: in at most {share} a choice could be read. Whatever was not shown "
        "to be safe is counted, so it is less in truth. Usually a few very large owners are the cause.",
    ),
    "privacy.outliers": Text(
        "有{n}位业主面积特别大（多半是建设单位），人再多也可能看得出来。",
        "{n} owners are so large that they may be read in any crowd; often the developer.",
    ),
    "privacy.named": Text(
        "这次是记名表决，可以继续；请把这个数告诉筹备组。",
        "This vote is named, so you may go on; tell the organisers the figure.",
    ),
    "privacy.ways": Text(
        "这次是无记名。可以：一、改成记名；二、几幢合在一起投；三、请大业主先表明态度。开票前还会按真实参加的人再算一次，到时由组织者决定公不公布到0.01平方米。",
        "This vote is secret. You may make it named, vote in a wider scope, or ask the large owner to speak openly first. "
        "Before counting it is computed again for those who really voted, and the organiser decides.",
    ),
    "privacy.stale": Text("题目改过了", "The questions were changed"),
    "privacy.stale-note": Text("以前算的不作数了，请再算一次。", "The figure no longer holds: compute it again."),
}

_REVIEW: Mapping[str, Text] = {
    "review.title": Text("从头核对一遍", "Look through everything"),
    "review.missing": Text("还缺这些", "This is missing"),
    "review.extension": Text("最多{n}次，最晚到{until}", "at most {n} times, until {until} at the latest"),
    "review.nobody": Text("还没填", "nobody yet"),
    "review.owner": Text("业主", "owner"),
    "review.rehearsal": Text("先排练一次？", "A rehearsal first?"),
    "review.rehearsal-note": Text(
        "可以先把整件事练一遍：做钥匙、做信、投票、开箱、出证明。题目和人用这里填的，业主是编的8户，候选人只叫“演练候选人1”。"
        "法定的天数都省掉，一次坐下来就能练完。每一页都写着“演练”，不算数，不发短信，也不出现在小区的页面上。",
        "The whole way can be rehearsed first: keys, letters, voting, opening, certificate. Questions and people are those filled "
        "in here; there are 8 made-up owners, and candidates are called by numbers. The days that the law puts between the steps "
        "are left out, so one sitting is enough. Every page says that it is a rehearsal; it counts for nothing, sends no "
        "messages and is not listed on the estate’s page.",
    ),
    "review.rehearsal-how": Text(
        "业主没有手机号：投票时到“现场核对”由两个人给码。封存并点“已通知”以后，马上就能投。",
        "The owners have no telephones: two people at the desk give them their code. Voting begins as soon as it is sealed and "
        "notice is given.",
    ),
    "review.rehearsal-minutes": Text("从生成链接起，多少分钟后截止投票", "Minutes from the links to the end of voting"),
    "review.rehearsal-choice": Text("{n}分钟", "{n} minutes"),
    "review.rehearsal-button": Text("做一次演练，生成演练的链接", "Make a rehearsal and its links"),
    "review.rehearsal-missing": Text(
        "先填好题目、记名还是无记名、人员，就可以演练；时间和“会不会反推”不用先填。",
        "Fill in questions, secrecy and people first; days and disclosure are not needed for it.",
    ),
    "review.rehearsal-demo": Text(
        "这台就是演示，随便练，做出来的都带DEMO字样。",
        "This is a demonstration already: everything here is marked DEMO.",
    ),
    "review.first": Text("补齐以后，这里会出现下一步的按钮。", "The button comes when nothing is missing."),
    "review.then": Text(
        "按下以后生成每个人的链接，只显示这一次。之后还可以作废重来，一直到封存。",
        "It makes everybody's link, shown this once. Until sealing it can still be given up and begun anew.",
    ),
    "review.button": Text("没错，生成链接", "It is right: make the links"),
    "invitations.title": Text("每个人的链接", "Everybody's link"),
    "invitations.once": Text("只显示这一次", "Shown this once"),
    "invitations.once-note": Text(
        "请现在打印，一人一张剪开，当面交给本人；不要发在群里。丢了可以换新的，旧的随即作废，换过都有记录。",
        "Print them now, cut them apart and hand each to its person, never in a group chat. A lost one is replaced, which is "
        "recorded, and the old one is void.",
    ),
    "invitations.scan": Text(
        "请本人用手机扫，登录后就能办自己的那一份。", "Its person scans it, signs in, and does the own part."
    ),
    "invitations.on": Text("都交出去了，看还缺什么", "All handed over: see what is missing"),
}

SETTING_UP: Final[Mapping[str, Text]] = {
    **_FRAME, **_MATTERS, **_SECRECY, **_TIMES, **_PEOPLE, **_PRIVACY, **_REVIEW,
}  # fmt: skip
