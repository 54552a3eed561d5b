"""Texts of letters on their way and of the days while voting is open; `words.py` puts `prep.` before each key."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

_TABS: Mapping[str, Text] = {
    "tab.label": Text("这次投票", "This vote"),
    "tab.watch": Text("进展", "Progress"),
    "tab.letters": Text("送信", "Letters"),
    "tab.reminders": Text("提醒", "Reminders"),
    "tab.changes": Text("依规变更", "Changes"),
    "tab.notice": Text("公告", "Notice"),
}

_LETTERS: Mapping[str, Text] = {
    "letters.title": Text("送信登记", "Register of letters"),
    "letters.lead": Text(
        "信要交到业主本人手里才算送达；投信箱、交给租客不算。每一笔写明谁送的、哪天，写错了用“写错了”更正，原来的也留着。",
        "A letter is delivered in the owner's own hands only; a mailbox or a tenant does not count. Say who and when; a "
        "mistake is corrected by another line, and both stay.",
    ),
    "letters.buildings": Text("按幢看", "By building"),
    "letters.building": Text("{name}幢", "Building {name}"),
    "letters.number": Text("{n}户", "{n} homes"),
    "letters.write": Text("登记勾选的信", "Write down what became of those ticked"),
    "letters.outcome": Text("结果", "What became of it"),
    "letters.outcome-hint": Text("前四种算送达。", "The first four count as delivered."),
    "letters.when": Text("哪天", "On which day"),
    "letters.carrier": Text("谁送的", "Who delivered it"),
    "letters.proof": Text("凭据", "Proof"),
    "letters.proof-hint": Text(
        "用一句话写，如“签收单第3页”。不用拍照。", "In words, as in: receipt list, page 3. No photograph."
    ),
    "letters.whole": Text("{name}幢没送达的全部按这个登记", "All of building {name} that are not delivered"),
    "letters.jump": Text("勾好了，去登记", "Ticked: write it down"),
    "letters.keep": Text("登记", "Write it down"),
    "letters.sum": Text("信的数目对不对", "Whether the letters add up"),
    "letters.sum-note": Text(
        "印了多少封 = 送出去的 + 作废的。这里登记过的有{issued}封；印数和作废数问制信人。",
        "Printed = sent + void. {issued} are written down here; ask the registrars for the other two.",
    ),
    "letters.sum-own": Text(
        "印了多少封 = 送出去的 + 作废的。这里登记过的有{issued}封；印数和作废数是制信人打印时记下的。",
        "Printed = sent + void. {issued} are written down here; the other two were kept as the registrars printed.",
    ),
    "letters.printed": Text("一共印了几封", "Printed"),
    "letters.void": Text("作废几封", "Void"),
    "letters.compare": Text("对一对", "Compare"),
    "letters.adds-up": Text("对得上。", "They add up."),
    "letters.missing": Text("有{n}封没有下落，请马上查。", "{n} letters are unaccounted for: look for them at once."),
    "letters.too-many": Text(
        "登记的比印的多{n}封，请查登记。", "{n} more were written down than printed: look at the register."
    ),
    "letters.undelivered": Text("没送达的清单", "Letters that did not arrive"),
    "letters.undelivered-note": Text(
        "还有{n}封没有送到本人手里。打印张贴，请这些业主来领；只有房号，没有姓名。",
        "{n} letters are not in their owners' hands. Print it and put it up; it has rooms and no names.",
    ),
    "letters.undelivered-private": Text(
        "还有{n}封没有送到本人手里。投票已经开始，这张单子等于没投票的名单：只给送信的同事看，不张贴，不给候选人和物业。",
        "{n} letters are not in their owners' hands. Voting has begun, so this tells who has not voted: it is for those who "
        "deliver, not for the notice board, candidates or the property firm.",
    ),
    "letters.all-delivered": Text("全部送达了。", "All are delivered."),
    "standing.delivered": Text("已送达", "delivered"),
    "standing.tried": Text("去过没送到", "tried"),
    "standing.returned": Text("被退回", "returned"),
    "standing.waiting": Text("未送", "waiting"),
    "outcome.hand": Text("上门交给业主本人", "handed to the owner"),
    "outcome.collected": Text("业主当面来领", "collected in person"),
    "outcome.post": Text("挂号信，本人签收", "registered mail, signed for"),
    "outcome.agent": Text("交给有书面委托的人", "taken with a written authority"),
    "outcome.mailbox": Text("投进信箱（不算送达）", "mailbox (not delivered)"),
    "outcome.tenant": Text("交给租客（不算送达）", "tenant (not delivered)"),
    "outcome.nobody": Text("没人在家", "nobody at home"),
    "outcome.returned": Text("退回来了", "came back"),
    "outcome.refused": Text("业主不要", "refused by the owner"),
    "outcome.mistaken": Text("上一笔写错了", "the line before was a mistake"),
}

_STATES: Mapping[str, Text] = {
    "state.draft": Text("准备中", "being prepared"),
    "state.draft-next": Text("还没有封存。", "It is not sealed yet."),
    "state.sealed": Text("已封存，还没通知", "sealed, without notice yet"),
    "state.sealed-next": Text(
        "下一步：把信和公告送到每一位业主。{opens}开始。",
        "Next: letter and notice to every owner. It opens on {opens}.",
    ),
    "state.noticed": Text("已通知，等开始", "noticed"),
    "state.noticed-next": Text("{opens}自动开始，不用操作。", "It opens by itself on {opens}."),
    "state.open": Text("正在投票", "open"),
    "state.open-next": Text("{closes}自动结束。", "It closes by itself on {closes}."),
    "state.closed": Text("投票结束，核对谁参加了", "closed"),
    "state.closed-next": Text(
        "下一步：公布参加的房屋，处理异议，再开票。", "Next: publish who took part, settle disputes, then count."
    ),
    "state.checked": Text("核对完了，正在加总", "checked"),
    "state.checked-next": Text("加总由系统做，做完等开箱人。", "It is being added up; then the key-holders come."),
    "state.tallied": Text("等开箱人开箱", "waiting for the key-holders"),
    "state.tallied-next": Text("请开箱人打开自己的链接。", "The key-holders open their links."),
    "state.preliminary": Text("初步结果已公布", "preliminary"),
    "state.preliminary-next": Text("下一步：处理异议，三方签字。", "Next: objections, then three signatures."),
    "state.certified": Text("已签字确认", "certified"),
    "state.certified-next": Text("下一步：备案，移交材料。", "Next: filing and hand-over."),
    "state.annulled": Text("已作废", "annulled"),
    "state.annulled-next": Text("这次投票没有结果，记录都留着。", "There is no result; the records stay."),
}

_WATCH: Mapping[str, Text] = {
    "watch.to-notice": Text("公告和通知", "Notice"),
    "watch.public": Text(
        "这是人人看得到的数，攒够一批才更新。", "This is what everybody sees, several ballots at a time."
    ),
    "watch.no-interim": Text(
        "投票结束前没有任何人看得到谁选了什么，也没有中间结果，所以这里没有。",
        "Before closing nobody can see any choice, and there is no interim result: so none is shown here.",
    ),
    "watch.exact": Text("准确的参加数", "Exact turnout"),
    "watch.exact-note": Text(
        "只有组织者和社区能看，看一次记一次。隔得很近看两次，就能推出这段时间是哪一户投的，所以不要常看。",
        "For organiser and community only, and each look is recorded. Two looks in a row tell which home voted in between: "
        "look seldom.",
    ),
    "watch.last-look": Text("上一次是{when}，{role}看的。", "The last look was on {when}, by: {role}."),
    "watch.look": Text("看准确数（记一次）", "Show exact figures (recorded)"),
    "watch.waiting": Text("看哪些户还没投（记一次）", "Show who has not voted (recorded)"),
    "watch.not-you": Text("您的身份看不到这些。", "Your role does not see them."),
    "watch.letters": Text("已送达{n}封，共{of}封。", "{n} of {of} delivered."),
    "watch.to-letters": Text("去登记送信", "To the register"),
    "watch.fingerprint": Text("核对码（公告上印的、网上的应当一样）：", "To compare with the printed notice:"),
    "watch.public-page": Text("业主看到的页面", "The public page"),
    "turnout.title": Text("准确的参加数（{when}）", "Exact turnout ({when})"),
    "turnout.twice": Text("之前已经有人看过", "Somebody looked before"),
    "turnout.twice-note": Text(
        "{when}，{role}看过。两次之间只多了一两户的话，就等于知道那一户什么时候投的，请不要告诉别人。",
        "{when}, by: {role}. If only a home or two were added since, you know when they voted: keep it to yourself.",
    ),
    "turnout.reached": Text("已经够了。", "That is enough."),
    "turnout.missing": Text("还差{n}。", "{n} still needed."),
    "turnout.by-building": Text("按幢、单元", "By building and entrance"),
    "turnout.by-building-note": Text(
        "按套数算：一人两套算两套，所以加起来和上面的人数不同。",
        "Counted by homes, so the sum differs from owners above.",
    ),
    "turnout.where": Text("幢、单元", "Where"),
    "turnout.voted": Text("已投", "Voted"),
    "turnout.share": Text("比例", "Share"),
    "turnout.homes": Text("{n}/{of}套", "{n} of {of} homes"),
    "turnout.entrance": Text("{building}幢{name}单元", "Building {building}, entrance {name}"),
    "waiting.title": Text("还没投的{n}套", "{n} homes have not voted"),
    "waiting.private": Text("不要外传", "Keep it to yourself"),
    "waiting.private-note": Text(
        "只给组织者和社区上门、打电话用。不能给候选人、物业、建设单位看，也不要贴出来、发到群里。",
        "For calls by organiser and community only: never for candidates, property firm or developer, never on a board or chat.",
    ),
    "waiting.remind": Text("发短信提醒", "Remind them"),
}

_REMIND: Mapping[str, Text] = {
    "remind.title": Text("提醒还没投的业主", "Remind those who have not voted"),
    "remind.lead": Text(
        "只发给还没投、手机号本人确认过的业主；投过的不会收到。",
        "Only to owners who have not voted and confirmed their number.",
    ),
    "remind.text": Text("短信内容", "What it says"),
    "remind.waiting": Text("还没投", "Not voted"),
    "remind.reached": Text("能发到", "Can be reached"),
    "remind.reached-note": Text("其余的请上门", "call on the others"),
    "remind.send": Text("发给{n}个号码", "Send to {n} numbers"),
    "remind.rate": Text("每天最多一次，早8点到晚8点之间。", "Once a day at most, from 8 to 20 o'clock."),
    "remind.today": Text("今天已经提醒过了，明天再说。", "They were reminded today: wait for tomorrow."),
    "remind.nobody": Text(
        "还没投的业主都没有确认过的手机号，请上门。", "None of them has a confirmed number: call on them."
    ),
    "remind.not-open": Text("投票期间才能提醒。", "Only while voting is open."),
    "remind.log": Text("发过的提醒", "Reminders sent"),
    "remind.when": Text("时间", "When"),
    "remind.sent": Text("发出", "Sent"),
    "remind.by": Text("谁发的", "By"),
    "remind.none": Text("还没有发过。", "None yet."),
}

_CHANGES: Mapping[str, Text] = {
    "changes.title": Text("封存以后的变更", "Changes after sealing"),
    "changes.lead": Text(
        "只有封存时写明的几样能变，变了人人看得到。", "Only what was sealed may change, for everybody to see."
    ),
    "changes.organiser": Text("这些由组织者办", "The organiser does these"),
    "changes.organiser-note": Text("请组织者用自己的账号登录。", "The organiser signs in with the own account."),
    "changes.extend": Text("延长投票", "Extend voting"),
    "changes.extend-law": Text(
        "只因为参加的不够，只在结束前，只按封存的次数和日子。依据：封存的规则；议事规则或首次大会表决规则。",
        "For want of turnout only, before closing, as the sealed rules say.",
    ),
    "changes.extended": Text("已延长到{until}。", "Extended to {until}."),
    "changes.until": Text("延长到哪一天（18:00结束）", "Until which day (18:00)"),
    "changes.extend-button": Text("公告并延长", "Announce and extend"),
    "changes.withdraw": Text("候选人退出", "A candidate withdraws"),
    "changes.withdraw-law": Text(
        "名字还印在票上，但不会当选。要有本人签字。",
        "The name stays printed and cannot be elected. Keep the signed paper.",
    ),
    "changes.withdrawn": Text("第{n}题：{name}已退出。", "Question {n}: {name} has withdrawn."),
    "changes.candidate": Text("哪一位", "Who"),
    "changes.withdraw-button": Text("登记退出", "Record it"),
    "changes.correct": Text("清册有错，封存后才发现", "An error of the roll found late"),
    "changes.correct-law": Text(
        "只改总人数、总面积；投过的票不变，差额拿来和每个结果的差距比。",
        "Only the totals change; the difference is held against every margin.",
    ),
    "changes.corrected": Text("人数{heads}，面积{area}平方米。", "{heads} owners, {area} m²."),
    "changes.heads": Text("人数差", "Owners"),
    "changes.heads-hint": Text("少一人写-1，多一人写1。", "-1 for one fewer."),
    "changes.area": Text("面积差（平方米）", "Area (m²)"),
    "changes.area-hint": Text("如-89.37。", "As in -89.37."),
    "changes.correct-button": Text("登记更正", "Record it"),
    "annul.title": Text("作废这次投票", "Give the vote up"),
    "annul.lead": Text(
        "作废后没有结果，投过的票都不算，不能恢复；记录都留着，理由公开。",
        "No result, no ballot counts, and it cannot be undone. The reason is public.",
    ),
    "annul.reason": Text("理由", "Reason"),
    "annul.meant": Text("我确定要作废", "I mean it"),
    "annul.button": Text("作废", "Give it up"),
    "annul.was": Text("已在{when}作废", "Given up on {when}"),
    "annul.draft-discarded": Text("还没封存就不办了", "Given up before it was sealed"),
    "annul.keys-lost": Text("开箱人不够，开不了箱", "Too few keys are left to open the box"),
    "annul.roll-wrong": Text("业主清册有大错", "The roll is gravely wrong"),
    "annul.notice-wrong": Text("通知没有做到位", "Notice was not properly given"),
    "annul.procedure-broken": Text("程序有严重问题", "The procedure was broken"),
    "annul.records-lost": Text("记录丢失", "Records were lost"),
    "annul.authority-order": Text("法院或主管部门要求", "A court or authority ordered it"),
    "annul.organiser-decision": Text("组织者决定不办了", "The organiser decided so"),
}

_DONE: Mapping[str, Text] = {
    "by.public": Text("公众", "the public"),
    "by.staff": Text("工作人员", "staff"),
    "by.registrar": Text("制信人", "a registrar"),
    "by.trustee": Text("开箱人", "a key-holder"),
    "by.phones": Text("电话登记员", "an editor of telephones"),
    "by.desk": Text("窗口", "the desk"),
    "by.organiser": Text("组织者", "the organiser"),
    "by.community": Text("社区", "the community"),
    "by.sub_district": Text("街道", "the sub-district"),
    "by.committee": Text("业委会", "the committee"),
    "done.title": Text("谁在什么时候办了什么", "Who did what, and when"),
    "done.count": Text("{n}项", "{n}"),
    "done.key:replaced": Text("换了新链接", "replaced a link"),
    "done.key:asked": Text("提出换链接", "asked for a new link"),
    "done.key:agreed": Text("同意换链接", "agreed to a new link"),
    "done.key:kept": Text("叫停了换链接", "stopped a new link"),
    "done.letters:seen": Text("看了哪些信没送到", "looked at which letters did not arrive"),
    "done.voters:seen": Text("看了哪些户还没投", "looked at who has not voted"),
    "done.turnout:seen": Text("看了准确的参加数", "looked at exact turnout"),
    "done.owners:reminded": Text("发了提醒", "sent reminders"),
    "done.delivery:noted": Text("登记了送信", "wrote down deliveries"),
    "done.election:extended": Text("延长了投票（封存的规则）", "extended voting (sealed rules)"),
    "done.duty:joined": Text("接下了工作", "took up a duty"),
    "done.election:prepared": Text("生成了链接，准备投票", "prepared it"),
    "done.election:sealed": Text("封存（《民法典》第278条，本地规则）", "sealed it (Civil Code art. 278, local rules)"),
    "done.election:noticed": Text("登记通知到每一位业主（会前书面通知）", "recorded notice to every owner"),
    "done.election:annulled": Text("作废", "gave it up"),
    "done.candidate:withdrawn": Text("登记候选人退出（封存的规则）", "a candidate withdrew (sealed rules)"),
    "done.roll:corrected": Text("登记清册更正（封存的规则）", "corrected the roll late (sealed rules)"),
    "done.profile:withdrawn": Text("撤下候选人的介绍（本人撤回同意）", "took a candidate’s profile down"),
}

_PAPERS: Mapping[str, Text] = {
    "papers.title": Text("草案和候选人介绍", "Drafts and candidates"),
    "papers.lead": Text(
        "投票前请看一看。候选人的介绍都经本人书面同意，可以随时撤回。",
        "Read them before voting. Candidates agreed to what is told of them, and may take it back.",
    ),
    "papers.sealed": Text(
        "草案和介绍在定下内容时一起封存，之后不能改，谁都可以核对。候选人可以随时撤回自己的介绍。",
        "Drafts and profiles were sealed with the questions: they cannot be changed any more, and anybody can check it. A "
        "candidate may take the own profile back.",
    ),
    "papers.changed": Text(
        "这一份和封存时不一样，请不要据此投票，并告诉社区。",
        "This is not what was sealed: do not rely on it, and tell the community.",
    ),
    "papers.gone": Text(
        "本人撤回了同意，介绍已撤下。", "The candidate took the consent back; the profile was taken down."
    ),
    "papers.none": Text("这一题没有附草案。", "No draft comes with this question."),
    "papers.untold": Text("没有公布介绍。", "Nothing is told."),
    "papers.left": Text("已退出，不会当选", "withdrawn, cannot be elected"),
    "papers.withdraw": Text("本人撤回同意，撤下介绍", "Take the profile down"),
    "papers.vote": Text("回到这次投票", "Back to the vote"),
}

WATCHING: Final[Mapping[str, Text]] = {
    **_TABS, **_LETTERS, **_STATES, **_WATCH, **_REMIND, **_CHANGES, **_DONE, **_PAPERS,
}  # fmt: skip
