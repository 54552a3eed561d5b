"""Texts of the owner's way, Chinese first; the delicate ones are worded for a person of seventy.

`SAID` are those that the page's script says; it gets them in the page's language.
"""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.owner.desk_words import DESK
from vote.web.owner.looks_words import LOOKS

_PAGE: Mapping[str, Text] = {
    "owner.title": Text("投票", "Vote"),
    "owner.no-script": Text(
        "这个浏览器没有开启脚本，票没法在您手机里锁好，所以这里不能投。请换一个浏览器（微信里点右上角，选“在浏览器打开”），"
        "或者带着信到社区现场投。",
        "Scripts are off in this browser, so your ballot could not be sealed on your phone. Use another browser, or take "
        "your letter to the community office.",
    ),
    "owner.one-part": Text(
        "这次投票不发验证码，信上的投票码就够了。您家是哪一套，请看信上写的。信要收好，不要给别人看，也不要拍照外传。",
        "This vote sends no code: the voting code of your letter is enough. Which home it is for stands on the letter. Keep the "
        "letter, and show it to nobody.",
    ),
    "owner.one-part-home": Text("请对一下面积", "Check the area"),
    "owner.one-part-letter": Text(
        "用手机扫信上的码，就会到这里。扫不了，请照信输入投票码。",
        "Scanning the code on your letter leads here. If you cannot scan, type its voting code.",
    ),
    "owner.one-part-area": Text(
        "{area}平方米，算1位业主。和信上的不一样？请打社区电话。",
        "{area} m², counted as 1 owner. Not what your letter says? Call the community office.",
    ),
    "owner.early": Text("投票还没有开始", "Voting has not opened yet"),
    "owner.early-when": Text(
        "{opens}开始，{closes}结束。请留好信，到时候再扫一次。",
        "It opens {opens} and closes {closes}. Keep your letter and scan it again then.",
    ),
    "owner.over": Text("投票已经结束", "Voting is over"),
    "owner.over-when": Text(
        "投票已于{closes}结束，这一票赶不上了，很抱歉。结果和计算过程会贴在公告栏，也会发在这里。",
        "Voting closed {closes}; this ballot is too late, we are sorry. The result and how it was counted will be on the "
        "notice board and here.",
    ),
    "owner.see": Text("看这次投票", "See this vote"),
    "owner.elder": Text("大字", "Large type"),
    "owner.read": Text("读给我听", "Read aloud"),
    "owner.back": Text("上一步", "Back"),
    "owner.next": Text("下一步", "Next"),
    "owner.share": Text("转发公告", "Share the notice"),
    "owner.shared": Text(
        "公告的网址已复制，可以发给邻居。里面没有您的信。",
        "The notice’s address is copied. It holds nothing of your letter.",
    ),
    "owner.letter": Text("先看您的信", "Your letter first"),
    "owner.letter-how": Text(
        "用手机扫信上的码，就会到这里。扫不了，请照信输入编号和投票码。",
        "Scanning the code on your letter leads here. If you cannot scan, type its number and voting code.",
    ),
    "owner.number": Text("信的编号", "Number of the letter"),
    "owner.number-hint": Text("8位，像 ACVP-88QC", "8 characters, such as ACVP-88QC"),
    "owner.credential": Text("投票码", "Voting code"),
    "owner.credential-hint": Text("信上最长的那一串，大小写要一样", "The longest word on the letter; capitals matter"),
    "owner.acting": Text("谁在投这一票？", "Who is voting?"),
    "owner.acting-self": Text("我是业主本人", "I am the owner"),
    "owner.acting-proxy": Text("我有业主签字的委托书", "I have the owner’s signed authority"),
    "owner.acting-proxy-hint": Text("委托书请交到社区，一直留着", "Hand it in at the community office"),
    "owner.acting-help": Text(
        "业主就在旁边，自己拿主意，我只帮忙按", "The owner is beside me and decides; I only press"
    ),
    "owner.code": Text("收验证码", "Get a code"),
    "owner.code-how": Text(
        "验证码会发到您登记过的手机上。任何人打电话要验证码都不要给。",
        "A code comes to the phone that you registered. Give it to nobody, whoever calls.",
    ),
    "owner.send": Text("获取验证码", "Send me a code"),
    "owner.code-field": Text("6位验证码", "Code of 6 digits"),
    "owner.wrong-phone": Text(
        "不是您的号码，或者收不到？请带身份证和信到社区：两个人当面核对后，会给您一个6位码，填在上面一样能投。也可以登记手机号，或者现场投。",
        "Not your number, or nothing comes? Take your identity card and letter to the community office: after two people have "
        "checked in person you get a code of 6 digits that works here as well. Or register your phone, or vote there.",
    ),
    "owner.home": Text("您投的是", "You vote for"),
    "owner.home-count": Text("合计{area}平方米，算1位业主。", "{area} m² in all, counted as 1 owner."),
    "owner.home-wrong": Text(
        "房号或面积不对？点下面的按钮就记下了，社区会核对；也可以先投票。",
        "Is a home or area wrong? The button below writes it down and the community office checks; you may vote meanwhile.",
    ),
    "owner.agreement": Text("同意用手机投票", "Agreement to vote electronically"),
    "owner.agreement-how": Text(
        "按【没错，继续】就表示同意下面的话。不同意也可以填纸票，效力一样。",
        "By pressing “Right, go on” you agree to the text below. If you do not, vote on paper: it counts the same.",
    ),
    "owner.agreement-text": Text("看全文", "Read it all"),
    "owner.home-right": Text("没错，继续", "Right, go on"),
    "owner.why-sealed": Text(
        "您的选择在您手机里就锁好了才寄出。投票结束前，社区、物业、做软件的人都打不开；谁改了票，一查就知道。",
        "Your choice is locked on your phone before it is sent. Until voting closes neither the community, nor the property "
        "manager, nor those who made this can open it, and whoever changed a ballot would be found out.",
    ),
    "owner.named": Text(
        "这次是记名表决，对外只公布总数。您的选择单独封存，只有您本人要求、处理对这张票的异议，或依法调取时才拆开；拆一次记一次，并通知您。",
        "This vote is by name, and only totals are published. Your choice is kept sealed and opened only if you ask, in an "
        "objection about this ballot, or on lawful demand; each opening is recorded and you are told.",
    ),
    "owner.secret": Text(
        "这次是无记名投票。别人能看到“这套房投过了”，看不到选了谁；手机票不逐张打开，只算总数。",
        "This is a secret ballot. Others may see that this home voted, never how; ballots are not opened one by one, only added up.",
    ),
    "owner.question": Text("第{n}题，共{of}题", "Question {n} of {of}"),
    "owner.one": Text("选一项", "Choose one"),
    "owner.up-to": Text("最多选{n}人；一个都不选也可以交", "Choose up to {n}; you may also choose nobody"),
    "owner.withdrawn": Text("已退出", "withdrew"),
    "owner.review": Text("再看一遍", "Look once more"),
    "owner.edit": Text("改第{n}题", "Change answer {n}"),
    "owner.confirm": Text("确认投票", "Cast my vote"),
    "owner.confirm-note": Text(
        "按下就交票。{closes}前想改，可以再投，以最后一次为准。",
        "Pressing casts your vote. Until {closes} you may vote again; the last one counts.",
    ),
    "owner.confirm-desk": Text(
        "按下就交票。投完想改，请再请两个人当面核对一次，重新投。",
        "Pressing casts your vote. To change it afterwards, let two people here check once more and vote again.",
    ),
    "owner.casting": Text("正在交票", "Casting your vote"),
    "owner.casting-note": Text("请不要关掉这一页，几秒钟就好。", "Please keep this page open; it takes a few seconds."),
    "owner.unsent": Text("还不能确定票收到了", "Not certain yet that your vote arrived"),
    "owner.unsent-note": Text(
        "网断了，没有等到回音。票还在这部手机里，没有丢，也不会重复算。连上网点【继续交票】；不行就带这封信到社区现场投。",
        "The connection broke before an answer came. Your vote is still on this phone: not lost, and never counted twice. "
        "Connect and press “Go on casting”; otherwise take your letter to the community office.",
    ),
    "owner.unsent-again": Text(
        "您不点也行：开着这一页，过一会儿它会自己再交。",
        "You need not press: while this page is open it tries again by itself.",
    ),
    "owner.unsent-stay": Text(
        "这个浏览器不留东西，请先不要关掉这一页。关掉了就照信再进来一次，验证码填好后，页面会说票收到没有。",
        "This browser keeps nothing, so please do not close this page. If you did, come in again with your letter: after the "
        "code the page says whether your vote came.",
    ),
    "owner.none-before": Text("到现在，还没有收到过您的票。", "So far, no vote of yours has come in."),
    "owner.pass-note": Text(
        "家里还有人要投？可以先换人。您的票留在这部手机里，以后在这部手机上打开这一页、网也通了，就会接着交。截止前请自己再查一次。",
        "Does somebody else want to vote? They can go first. Your vote stays on this phone and is sent when this page is open "
        "here with a connection. Look once more before the vote ends.",
    ),
    "owner.resend": Text("继续交票", "Go on casting"),
    "owner.done": Text("投好了，已计入", "Done: your vote is counted"),
    "owner.done-note": Text(
        "它只证明您的票算进去了，看不出您选了什么。", "It only proves that your vote counts, never what you chose."
    ),
    "owner.receipt": Text("回执", "Receipt"),
    "owner.receipt-code": Text("扫这个码，用任何手机都能查", "Scan this with any phone to look it up"),
    "owner.receipt-check": Text("查这张回执", "Look this receipt up"),
    "owner.receipt-keep": Text(
        "还可以多留一份凭据：万一公布的票里没有您的，它能证明网站收到过。不留，票也一样算。",
        "You may keep a proof as well: should your vote be missing from what is published, it shows that the site received it. "
        "Your vote counts without it too.",
    ),
    "owner.receipt-save": Text("保存回执", "Save the receipt"),
    "owner.receipt-text": Text("回执全文，可以复制", "The whole receipt, to copy"),
    "owner.done-later": Text(
        "{closes}前想改，可以再投，以最后一次为准。之后会公布谁家投过、结果和计算过程。",
        "Until {closes} you may vote again; the last one counts. Afterwards it is published which homes voted, the result and how "
        "it was counted.",
    ),
    "owner.done-desk": Text(
        "这是现场票，手机上改不了。{closes}前想改，请带身份证和信再到现场，两个人当面核对后重新投。之后会公布谁家投过、结果和计算过程。",
        "This is a vote of the desk, which no phone changes. To change it until {closes}, come again with identity card and letter; two "
        "people check, and you vote anew. Afterwards it is published which homes voted, the result and how it was counted.",
    ),
    "owner.change": Text("改主意了，再投一次", "Change my vote"),
    "owner.next-person": Text("下一位", "Next person"),
    "owner.next-person-note": Text(
        "这位投好了。点【下一位】，手机会忘掉刚才的信和选择；请让家人自己选、自己按。",
        "Done. “Next person” makes this phone forget the letter and the choices; let everybody choose and press for themselves.",
    ),
    "owner.not-mine": Text(
        "收到“已计入”的短信，可您没投过？请马上打社区电话，会在3天内当面核实。",
        "Told by message that your vote counts, but you did not vote? Call the community office at once; it is checked within 3 days.",
    ),
    "owner.home-wrong-only": Text(
        "房号或面积不对？点下面的按钮就记下了，社区会核对。",
        "Is a home or area wrong? The button below writes it down, and the community office checks it.",
    ),
    "owner.home-wrong-button": Text("不对，记下来", "Not right, write it down"),
    "owner.before-not-you": Text(
        "不是您或您委托的人投的？点【不是我投的】，社区会在3天内当面核实。",
        "Was it not you or somebody you authorised? Press “That was not me”: it is checked with you within 3 days.",
    ),
    "owner.not-mine-button": Text("不是我投的", "That was not me"),
    "owner.dispute": Text("请社区核对", "Ask the community office to check"),
    "owner.dispute-words": Text("想补充的话", "Anything to add"),
    "owner.dispute-hint": Text(
        "只有处理的人看得到；对外公布有几件、怎么答复，不露姓名房号",
        "Only those who settle it read this; published are the number and the answer, without names and homes",
    ),
    "owner.dispute-send": Text("交给社区", "Hand it in"),
    "owner.disputed": Text("已交给社区", "Handed in"),
    "owner.disputed-note": Text(
        "开票前会当面核实并答复。您现在可以接着投，以最后一次为准。",
        "It is checked with you and answered before counting. You may go on and vote; the last vote counts.",
    ),
    "owner.disputed-desk": Text(
        "3天内当面核实，开票前答复您。想马上重新投，请带身份证和信到社区现场，两个人当面核对后就能投。",
        "It is checked with you within 3 days and answered before counting. To vote anew at once, come to the community office with "
        "identity card and letter; two people check, and you vote there.",
    ),
    "owner.disputed-go-on": Text("接着投票", "Go on and vote"),
    "owner.covered": Text("屏幕已遮住", "The screen is covered"),
    "owner.covered-note": Text(
        "一分钟没有人碰。再过一分钟，这台机器会忘掉刚才的信和选择；没有投完的不算。",
        "Nobody touched it for a minute. In another minute this device forgets the letter and the choices; what was not cast does "
        "not count.",
    ),
    "owner.uncover": Text("我还在，继续", "I am here, go on"),
    "owner.desk": Text("社区电话：{phone}", "Community office: {phone}"),
}

_RECEIPT: Mapping[str, Text] = {
    "owner.look-up": Text("查回执", "Look a receipt up"),
    "owner.look-up-lead": Text(
        "谁都能查，不用登录。查得到是不是算进去了，查不到选了什么。",
        "Anybody may, without signing in. It says whether a vote counts, never what was chosen.",
    ),
    "owner.look-up-field": Text("回执上的四个词", "The four words of the receipt"),
    "owner.look-up-hint": Text(
        "像 青麦·豪鹰·歌园·顺岛，中间的点可以不打", "Below the words “Receipt”; dots may be left out"
    ),
    "owner.look-up-button": Text("查", "Look up"),
    "owner.found-counted": Text("算进去了。这是有效的那一票。", "It counts. This is the vote in force."),
    "owner.found-superseded": Text(
        "收到过，但同一位业主后来又投了，以后来的为准。",
        "It arrived, but the same owner voted again later, and the later one counts.",
    ),
    "owner.found-set-aside": Text("收到过，核实后不计。", "It arrived; after a dispute it is not counted."),
    "owner.found-which": Text(
        "同一份计票权共收到{count}张，这是第{sequence}张。",
        "{count} came of the same entitlement; this is number {sequence}.",
    ),
    "owner.found-none": Text(
        "没有查到。请对照回执再看一次；还没有交上的票，这里查不到。",
        "Nothing found. Compare with the receipt once more; a vote that has not arrived is not here.",
    ),
    "owner.not-yet": Text("投票还没有开始，现在没有回执可查。", "Voting has not opened, so there are no receipts yet."),
}

SAID = (
    "say-letter", "say-key", "say-election", "say-choices", "say-promise", "say-fault", "say-choose-one", "say-too-many", "say-acting", "say-sent",
    "say-waiting", "say-resend", "say-again", "say-offline", "say-malformed", "say-not-found", "say-not-allowed", "say-polls-closed",
    "say-polls-not-open", "say-not-eligible", "say-wrong-state", "say-ballot-invalid", "say-conflict", "say-not-supported",
    "say-too-large", "say-not-signed-in", "say-restored-copy", "say-contradiction", "say-before-phone", "say-before-desk", "say-change-here", "say-change-desk", "say-change-phone", "say-about-roll", "say-acting-self",
    "say-acting-proxy", "say-acting-help",
    "say-about-impersonation", "say-disputed", "say-unavailable", "say-other", "say-nobody", "say-sealing", "say-sending", "say-area", "say-code",
)  # fmt: skip
_SAID: Mapping[str, Text] = {
    "owner.say-letter": Text(
        "投票码不对。请照信再输一次，大小写要一样。", "That is not a voting code. Type it again as on the letter."
    ),
    "owner.say-key": Text(
        "这封信不是这次投票的，或者已经作废。补过信的，请用新的那封。",
        "This letter is of another vote, or void. If you got a new one, use that.",
    ),
    "owner.say-election": Text(
        "网页给的题目和公告的对不上，先不要投。请告诉社区。",
        "What this page asks is not what was announced. Do not vote; tell the community office.",
    ),
    "owner.say-choices": Text("这样选不合规则，请再看一遍。", "These choices do not fit the rules. Look once more."),
    "owner.say-promise": Text(
        "还不能确定票收到了。票没有丢，请再点一次【继续交票】；还不行，请告诉社区。",
        "It is not certain that your vote arrived. It is not lost: press “Go on casting” again, or tell the community office.",
    ),
    "owner.say-fault": Text(
        "这个浏览器锁不了票。请换一个浏览器，或者到社区现场投。",
        "This browser cannot seal a ballot. Use another one, or vote at the community office.",
    ),
    "owner.say-choose-one": Text("请选一项。拿不定主意，可以选弃权。", "Choose one. If you cannot decide, abstain."),
    "owner.say-too-many": Text(
        "最多选{n}人，现在选了{chosen}人。请去掉几个。", "At most {n}; you chose {chosen}. Take some away."
    ),
    "owner.say-acting": Text("请选一项。", "Choose one."),
    "owner.say-sent": Text(
        "已发到尾号{tail}。{minutes}分钟内有效。", "Sent to the number ending in {tail}; good for {minutes} minutes."
    ),
    "owner.say-waiting": Text("已交给短信公司，可能要等一会儿。", "Handed to the carrier; it may take a while."),
    "owner.say-resend": Text("重新获取", "Send it again"),
    "owner.say-again": Text("{seconds}秒后可以再发", "Again in {seconds} s"),
    "owner.say-offline": Text("连不上网。请看看信号，再点一次。", "No connection. Check your signal and press again."),
    "owner.say-malformed": Text(
        "没看懂。请对照信再输一次。", "That was not understood. Type it again as on the letter."
    ),
    "owner.say-not-found": Text(
        "没有这个编号，或者这封信已经作废。请对照信再输一次；补过信的，请用新的那封。",
        "No letter in force has this number. Compare and type it again; if you got a new letter, use that.",
    ),
    "owner.say-not-allowed": Text(
        "验证码不对，或者过期了。请再收一次；一直不行，请到社区现场投。",
        "The code is wrong or too old. Get another; if it never works, vote at the community office.",
    ),
    "owner.say-polls-closed": Text(
        "投票已经结束，这一票赶不上了，很抱歉。", "Voting is over; this vote is too late, we are sorry."
    ),
    "owner.say-polls-not-open": Text("投票还没有开始。", "Voting has not opened yet."),
    "owner.say-unavailable": Text(
        "现在忙不过来，请过一分钟再点。什么都没有丢。", "Too busy right now; press again in a minute. Nothing is lost."
    ),
    "owner.say-other": Text(
        "没有办成。请再点一次；还不行，请打社区电话。",
        "That did not work. Press again; if it still fails, call the community office.",
    ),
    "owner.say-not-eligible": Text(
        "这封信不是这次投票的。请核对手里的信，用这一次的。",
        "This letter is of another vote; please use the one of this vote.",
    ),
    "owner.say-wrong-state": Text(
        "现在还不能这样做，或者已经过了时候。请打社区电话，或到社区当面说。",
        "It is too early or too late for this here. Please call or visit the community office.",
    ),
    "owner.say-ballot-invalid": Text(
        "这张票没有通过检查，没有计入，请重新投一次。",
        "This vote failed the checks and was not counted; please vote again.",
    ),
    "owner.say-conflict": Text(
        "与已有的记录冲突，什么都没有改。请再看一遍，或打社区电话。",
        "This conflicts with what is recorded; nothing was changed. Look again, or call the community office.",
    ),
    "owner.say-not-supported": Text(
        "这次投票在这里办不了这件事。请按信上写的办法投，或到社区办。",
        "That cannot be done here in this vote. Vote as your letter says, or at the community office.",
    ),
    "owner.say-too-large": Text("写得太长了，请短一点再交。", "That is too long; please shorten it and send it again."),
    "owner.say-not-signed-in": Text(
        "请用信和验证码再进来一次。", "Please come in once more with your letter and a code."
    ),
    "owner.say-restored-copy": Text(
        "网站刚从备份恢复，现在不收票。您的票没有丢，请过些时候再点。",
        "The site was just restored and takes no votes now. Yours is not lost; press again later.",
    ),
    "owner.say-contradiction": Text(
        "记录对不上，先停下了。请打社区电话；也可以带信到社区现场投。",
        "Records disagree, so this is stopped. Call the community office, or vote there with your letter.",
    ),
    "owner.say-before-phone": Text(
        "您家{when}用手机已经投过一次，算进去了，不用再投。",
        "A vote came for you by phone {when} and counts; you need not vote again.",
    ),
    "owner.say-before-desk": Text(
        "您家{when}在社区现场已经投过一次，算进去了，不用再投。",
        "A vote came for you at the community office {when} and counts; you need not vote again.",
    ),
    "owner.say-change-here": Text(
        "想改，可以再投，以最后一次为准。", "To change it, vote again: the last vote counts."
    ),
    "owner.say-change-desk": Text(
        "现场投的优先，手机上改不了。想改，请带身份证和信再到现场，两个人当面核对后重新投。",
        "The desk goes before the phone, so it cannot be changed here. To change it, come again with identity card and letter: two people "
        "check, and you vote anew.",
    ),
    "owner.say-change-phone": Text(
        "现场改不了。想改，请还是用手机投。", "It cannot be changed at the desk; use the phone again."
    ),
    "owner.say-acting-self": Text("当时说的是“业主本人”。", " It was said to be the owner."),
    "owner.say-acting-proxy": Text("当时说的是“有委托书”。", " It was said to be somebody with an authority."),
    "owner.say-acting-help": Text("当时说的是“业主在旁边”。", " It was said that the owner was beside a helper."),
    "owner.say-about-roll": Text("我的房号、面积或共有人不对。", "My homes, area or co-owners are not right."),
    "owner.say-about-impersonation": Text(
        "之前的那一票不是我投的，也不是我委托的人投的。",
        "The vote that came before was not cast by me or anybody I authorised.",
    ),
    "owner.say-disputed": Text("记下了，编号{number}。", "Written down as number {number}."),
    "owner.say-nobody": Text("一个都不选（算参加，不算同意谁）", "Nobody (you take part and agree to nobody)"),
    "owner.say-sealing": Text("正在您的手机里锁票", "Sealing your ballot on this phone"),
    "owner.say-sending": Text("锁好了，正在寄出", "Sealed; sending it"),
    "owner.say-area": Text("{area}平方米", "{area} m²"),
    "owner.say-code": Text("请输入6位数字。", "Type the 6 digits."),
}

WORDS: Final[Mapping[str, Text]] = {**_PAGE, **_RECEIPT, **_SAID, **DESK, **LOOKS}
