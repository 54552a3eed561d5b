"""What the pages of petitions say."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

PETITIONS: Final[Mapping[str, Text]] = {
    "petitions.title": Text("业主联名", "Petitions"),
    "petitions.lead": Text(
        "签名够了规定的比例，业委会就要办。谁签了名，只有核对单位看得到；这里只有总数。",
        "With the share that the law asks, the committee has to act. Who signed is seen only by the office that checks; here are sums alone.",
    ),
    "petitions.none": Text("还没有人发起联名。", "Nobody has begun a petition yet."),
    "petitions.what": Text("可以联名提什么", "What can be asked"),
    "petitions.kind.meeting": Text("提议开临时业主大会", "An interim meeting of owners"),
    "petitions.kind.recall": Text("提议罢免委员", "The recall of a member"),
    "petitions.kind.audit": Text("提议审计", "An audit"),
    "petitions.about.meeting": Text("让全体业主一起讨论、表决一件事。", "All owners discuss something and decide."),
    "petitions.about.recall": Text(
        "开临时业主大会，表决要不要罢免这位委员。委员的回应登在旁边。",
        "An interim meeting votes on the recall. The member’s reply stands beside it.",
    ),
    "petitions.about.audit": Text(
        "请专业机构审计公共收益和业委会经费。", "A professional audits the common income and the committee’s expenses."
    ),
    "petitions.needs.heads": Text("要有{n}%以上的业主签名（按户数）", "Needs at least {n} % of owners by heads"),
    "petitions.needs.area": Text("要有面积{n}%以上的业主签名", "Needs owners with at least {n} % of the area"),
    "petitions.needs.either": Text(
        "按户数或者按面积，有一样到{n}%就够", "Needs at least {n} % of owners by heads or by area"
    ),
    "petitions.needs.both": Text("户数和面积都要到{n}%", "Needs at least {n} % of owners by heads and by area"),
    "petitions.rule": Text("依据", "Article"),
    "petitions.begin": Text("我来发起", "Begin one"),
    "petitions.not-here": Text(
        "这里还不能在手机上发起或签名。请带身份证到社区窗口，用纸签。",
        "Nothing can be begun or signed by phone here yet. Come to the community office with your identity card and sign on paper.",
    ),
    "petitions.asks": Text("要求", "What is asked"),
    "petitions.member": Text("提议罢免", "Recall of"),
    "petitions.reply": Text("这位委员的回应", "The member’s reply"),
    "petitions.reply-none": Text("还没有回应。", "No reply yet."),
    "petitions.reply-on": Text("{day}登", "Printed on {day}"),
    "petitions.reply-write": Text("登委员的回应", "Print the member’s reply"),
    "petitions.reply-hint": Text(
        "只能登一次，登了不能改。最多2000字。", "Once, and it cannot be changed. At most 2000 characters."
    ),
    "petitions.signed": Text("已经签名", "Signed"),
    "petitions.heads": Text("人数", "Owners"),
    "petitions.area": Text("面积", "Area"),
    "petitions.least": Text("至少要{n}", "at least {n}"),
    "petitions.few": Text(
        "不到5户，先不公布数字，免得猜出是谁。", "Fewer than five; no figures yet, so that nobody can guess who signed."
    ),
    "petitions.struck": Text("核对后剔除{n}户", "Struck by the office: {n}"),
    "petitions.standing": Text("进展", "How it stands"),
    "petitions.state.collecting": Text("正在征集签名", "Collecting signatures"),
    "petitions.state.reached": Text("签名够了，等核对", "Enough signatures; the office checks them"),
    "petitions.state.served": Text("已送达业委会，等答复", "Served on the committee; it has to answer"),
    "petitions.state.answered": Text("已答复", "Answered"),
    "petitions.state.lapsed": Text("过期没有答复，已公开记下", "Not answered in time; this is on public record"),
    "petitions.state.expired": Text("到期没有签够", "Ended without enough signatures"),
    "petitions.state.withdrawn": Text("发起人撤回了", "Withdrawn by whoever began it"),
    "petitions.started": Text("发起", "Begun"),
    "petitions.until": Text("签到哪天", "Signatures until"),
    "petitions.served-on": Text("送达", "Served"),
    "petitions.due": Text("最晚哪天答复", "To be answered by"),
    "petitions.due-rule": Text("期限依据", "Article of the day"),
    "petitions.answered-on": Text("答复", "Answered"),
    "petitions.answer-see": Text("看答复", "See the answer"),
    "petitions.lapsed-on": Text("过期", "Lapsed"),
    "petitions.ended-on": Text("结束", "Ended"),
    "petitions.sign-or-back": Text("签名，或者撤回签名", "Sign, or take your signature back"),
    "petitions.sealed-note": Text(
        "您的名字和房号封起来交给核对单位，业委会、物业和邻居看不到。送达以前可以撤回。",
        "Your name and home are sealed for the office that checks; committee, property firm and neighbours do not see them. Until it is served you can take it back.",
    ),
    "petitions.desk-note": Text(
        "没有信、不用手机的，带身份证到社区窗口签。", "Without letter or phone, sign at the community office."
    ),
    "petitions.answer": Text("登答复", "Answer it"),
    "petitions.answer-lead": Text(
        "先把会议通知、审计委托等作为记录公布，再在这里选。",
        "First publish the notice or the order as a record, then choose it here.",
    ),
    "petitions.answer-record": Text("哪一份记录", "Which record"),
    "petitions.answer-none": Text("还没有公布过记录。", "No record was published yet."),
    "petitions.answer-go": Text("这就是答复", "This is the answer"),
    "petitions.desk": Text("窗口录入", "At the desk"),
    "petitions.check": Text("核对签名", "Check the signers"),
    "petitions.card": Text("核对卡", "The card"),
    "petitions.write": Text("写下要求", "Write what is asked"),
    "petitions.write-hint": Text(
        "写清楚要办什么、为什么。会公开，请不要写别人的隐私。最多2000字。",
        "What is to be done, and why. It is public: nothing private about others. At most 2000 characters.",
    ),
    "petitions.member-field": Text("是哪位委员", "Which member"),
    "petitions.member-hint": Text("写公示过的姓名和职务", "Name and office as published"),
    "petitions.letter": Text("先看您的信", "Your letter first"),
    "petitions.letter-how": Text(
        "最近一次投票的那封信。信上的编号和投票码，这里用来签名。",
        "The letter of the last vote. Its number and its code sign here.",
    ),
    "petitions.code-how": Text(
        "验证码发到您登记的手机。任何人打电话要验证码都不要给。",
        "The code goes to your registered phone. Give it to nobody who calls.",
    ),
    "petitions.confirm": Text("看清楚再签", "Read before you sign"),
    "petitions.home": Text("您的房子", "Your home"),
    "petitions.one": Text("不管几套房，一位业主算一户。", "However many homes, an owner counts once."),
    "petitions.go-sign": Text("我签名", "I sign"),
    "petitions.go-begin": Text("我发起并签名", "I begin it and sign"),
    "petitions.go-back": Text("撤回我的签名", "Take my signature back"),
    "petitions.go-end": Text("我是发起人，撤回整份联名", "I began it; withdraw the petition"),
    "petitions.more": Text("不想签了？", "No longer?"),
    "petitions.done": Text("办好了", "Done"),
    "petitions.done-see": Text("看这份联名", "See the petition"),
    "petitions.say-signed": Text("签好了。送达以前可以撤回。", "Signed. Until it is served you can take it back."),
    "petitions.say-begun": Text("发起好了，您是第一个签名的。", "Begun, and you are the first to sign."),
    "petitions.say-back": Text("签名撤回了。", "Your signature is taken back."),
    "petitions.say-ended": Text("整份联名撤回了。", "The petition is withdrawn."),
    "petitions.say-write": Text(
        "请写下要求；罢免要写明是哪位委员。", "Write what is asked; a recall names the member."
    ),
    "petitions.say-signing": Text("正在签名，请稍等……", "Signing…"),
    "petitions.desk-new": Text("用纸发起联名", "Begin a petition on paper"),
    "petitions.desk-new-lead": Text(
        "业主本人带身份证，在纸上写好要求并签名。照纸录入，换一个人再录一遍才算。",
        "The owner comes with an identity card and has signed what is asked on paper. Enter it; it counts once another person entered it again.",
    ),
    "petitions.kind-field": Text("提什么", "What is asked"),
    "petitions.home-field": Text("房号", "Home"),
    "petitions.home-hint": Text("例如 3幢2单元501室", "Building, entrance and room, as on the letter"),
    "petitions.serial": Text("纸的编号", "Serial of the paper"),
    "petitions.serial-hint": Text("字母和数字，例如 A-001", "Letters and digits, such as A-001"),
    "petitions.photo": Text("纸的照片", "Photo of the paper"),
    "petitions.photo-hint": Text(
        "第一遍要附，JPG或PNG，不超过{megabytes}兆；第二遍不用。",
        "For the first entry; JPEG or PNG of at most {megabytes} MB.",
    ),
    "petitions.desk-paper": Text("录入纸质签名", "Enter a paper"),
    "petitions.desk-paper-note": Text(
        "第一位录房号、编号、照片；第二位对着纸再录房号和编号。两遍一样才算。",
        "The first person enters home, serial and photo, the second home and serial again. It counts if both are the same.",
    ),
    "petitions.desk-waiting": Text("等第二位录入的纸：{n}张", "Papers that wait for the second person: {n}"),
    "petitions.desk-enter": Text("录入", "Enter"),
    "petitions.desk-back": Text("撤回签名", "Take a signature back"),
    "petitions.desk-back-note": Text(
        "业主本人带身份证来，两个人各办一遍。",
        "The owner comes with an identity card; two people do it, one after the other.",
    ),
    "petitions.desk-end": Text("发起人撤回整份联名", "Withdraw the petition"),
    "petitions.desk-end-note": Text(
        "只有发起人本人可以。撤回以后不能再收签名。", "Only whoever began it. No signatures are taken afterwards."
    ),
    "petitions.desk-closed": Text("现在不收签名了。", "No signatures are taken now."),
    "petitions.did.paper-waiting": Text(
        "第一遍录好了，请换一个人再录一遍。", "Entered once; another person enters it again."
    ),
    "petitions.did.paper-counted": Text("两遍一样，算进去了。", "Both entries are the same; it counts."),
    "petitions.did.back-waiting": Text(
        "第一遍办好了，请换一个人再办一遍。", "Done once; another person does it again."
    ),
    "petitions.did.back": Text("签名撤回了。", "The signature is taken back."),
    "petitions.no-card": Text("先做一张核对卡，联名才能开始。", "Make the card first; then petitions can begin."),
    "petitions.card-make": Text("做核对卡", "Make the card"),
    "petitions.card-lead": Text(
        "签名的人是谁，封起来存着，只有这张卡打得开。卡由核对的人保管，丢了就打不开，也补不了。",
        "Who signed is kept sealed; this card alone opens it. Whoever checks keeps it. If it is lost, nothing opens and none can replace it.",
    ),
    "petitions.card-made": Text(
        "已经有一张卡。做新的，以后发起的联名用新卡；正在征集的还用旧卡，旧卡不要扔。",
        "There is a card. A new one is for petitions that begin later; those that run need the old one, so keep it.",
    ),
    "petitions.card-go": Text("现在做", "Make it now"),
    "petitions.card-copy": Text(
        "把下面这一行抄在纸上，或者打印出来，装进信封签名封口。",
        "Copy this line or print it; put it into an envelope, seal and sign it.",
    ),
    "petitions.card-print": Text("打印", "Print"),
    "petitions.card-last": Text("抄好了？填最后4位", "Copied? Type its last 4 characters"),
    "petitions.card-keep": Text("抄好了，开始使用", "It is copied; begin to use it"),
    "petitions.card-key": Text("核对卡上的那一行", "The line on the card"),
    "petitions.check-lead": Text(
        "填卡上的那一行，名单在这台电脑里打开，不传回网站。逐户对照清册，不算的选理由剔除。",
        "Type the line on the card; the list opens on this computer and goes nowhere. Compare each with the roll, and strike what does not count.",
    ),
    "petitions.check-open": Text("打开名单", "Open the list"),
    "petitions.check-list": Text("签名的人", "Signers"),
    "petitions.check-none": Text("还没有签名。", "No signatures yet."),
    "petitions.check-line": Text("第{n}个", "No. {n}"),
    "petitions.check-left": Text("留下{heads}户，{area}平方米", "Left: {heads} owners, {area} m²"),
    "petitions.check-due": Text("要业委会哪天前答复", "The committee answers by"),
    "petitions.check-due-hint": Text(
        "条文没有写天数，由街道定，最晚{n}天以后。",
        "The article gives no days; the sub-district sets it, at most {n} days from now.",
    ),
    "petitions.check-go": Text("核对完了", "The check is done"),
    "petitions.check-note": Text(
        "留下的够了比例，就自动送达业委会，从今天起算期限；不够的，继续征集。",
        "If what is left reaches the share, it is served on the committee and its time begins today; else collecting goes on.",
    ),
    "petitions.say-keep": Text("算", "Counts"),
    "petitions.say-by-key": Text("手机签名，已验", "Signed by key, verified"),
    "petitions.say-bad-key": Text("手机签名，验不通过", "Signed by key, does not verify"),
    "petitions.say-paper": Text("纸质签名，编号{serial}", "Paper {serial}"),
    "petitions.say-photo": Text("看照片", "See the photo"),
    "petitions.say-photo-bad": Text("照片和录入时的不一样", "The photo is not the one that was entered"),
    "petitions.say-card": Text("这张卡打不开这份名单，请看是不是这一年的卡。", "This card does not open this list."),
    "petitions.say-last": Text("最后4位不对，请再看一遍。", "These are not its last 4 characters."),
    "petitions.say-offline": Text("连不上网，请再点一次。", "No connection; press again."),
    "petitions.say-fault": Text("这个浏览器打不开，请换一个。", "This browser cannot do it; use another one."),
    "petitions.say-decision": Text("算不算", "Does it count"),
    "petitions.strike.not-owner": Text("不是业主", "Not an owner"),
    "petitions.strike.not-signed": Text("本人说没有签", "The owner says not to have signed"),
    "petitions.strike.no-authority": Text("代签没有委托书", "Signed for another without authority"),
    "petitions.strike.illegible": Text("看不清", "Cannot be read"),
    "petitions.todo": Text("业主联名要办的", "Petitions to see to"),
    "petitions.todo.check": Text("签名够了，请核对", "Enough signatures: check them"),
    "petitions.todo.served": Text("{day}前要答复", "To be answered by {day}"),
    "petitions.todo.lapsed": Text("{day}到期没有答复，请报街道", "Not answered by {day}: tell the sub-district"),
}
SAID: Final = ("say-signed", "say-begun", "say-back", "say-ended", "say-write", "say-signing")
"""What the page for signing says by itself."""
CHECK_SAID: Final = (
    "say-keep", "say-by-key", "say-bad-key", "say-paper", "say-photo", "say-photo-bad", "say-card", "say-last",
    "say-offline", "say-fault", "say-decision", "check-line", "check-left", "check-none",
)  # fmt: skip
"""What the pages of the office say by themselves."""
