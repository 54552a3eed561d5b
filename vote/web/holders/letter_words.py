"""Texts of the registrars' page, their cards and the letters."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

_PAGE: Final[Mapping[str, Text]] = {
    "letters.title": Text("制信人", "Registrars"),
    "letters.lead": Text(
        "请两位制信人一起坐在这台电脑前，连好打印机，关上门。信里的投票码只在这一页里，离开就忘掉。",
        "Both registrars sit at this computer with a printer, behind a closed door. The letters' codes are in this page alone; "
        "leaving it forgets them.",
    ),
    "letters.no-script": Text(
        "信要在这台电脑的浏览器里做，请打开浏览器的 JavaScript。",
        "Letters are made in this browser: please allow JavaScript.",
    ),
    "letters.loss": Text(
        "两张卡要一起用，少一张就打不开封存的信。卡丢了：送到的信照样能投票，丢了的信补不了。所以每张卡再封一份副本，放在另一个地方。",
        "Both cards are needed; with one missing the sealed letters stay closed. If a card is lost, delivered letters still work, and "
        "lost letters cannot be replaced. So seal a second copy of each card and keep it in another place.",
    ),
    "letters.cards": Text("先做两张卡", "First, two cards"),
    "letters.cards-note": Text(
        "每人一张，各打印两份：一份自己封好，一份封好放在另一个地方。",
        "One for each of you, printed twice: one to seal and keep, one to seal and keep in another place.",
    ),
    "letters.card.first": Text("第一位的卡", "The first person's card"),
    "letters.card.second": Text("第二位的卡", "The second person's card"),
    "letters.card.print": Text("打印这张卡", "Print this card"),
    "letters.card.check": Text("卡上最后四个字符", "The last four characters on the card"),
    "letters.generate": Text("生成", "Make"),
    "letters.generate-note": Text(
        "做{n}封信，马上用两张卡封存，系统只留一份打不开的副本。",
        "Makes {n} letters and seals them at once for both cards; the system keeps a copy that it cannot open.",
    ),
    "letters.print": Text("打印", "Print"),
    "letters.print-note": Text(
        "一批一批打印。打坏的先作废，写明原因，再打一次。方案封定以后、信发出以前，请再来打开一次，这一页会核对封定的就是这些信。",
        "Print batch by batch. Void a misprint with its reason, and print it again. After sealing and before letters go out open "
        "them once more: this page then compares what was sealed with them.",
    ),
    "letters.batch": Text("这一批", "This batch"),
    "letters.print-batch": Text("打印这一批的信", "Print this batch's letters"),
    "letters.print-list": Text("打印这一批的发信单", "Print this batch's delivery list"),
    "letters.void": Text("打坏了一封", "A misprint"),
    "letters.void-which": Text("哪一户（序号）", "Whose (number on the list)"),
    "letters.void-why": Text("为什么作废", "Why it is void"),
    "letters.void-jam": Text("卡纸、撕破", "Jammed or torn"),
    "letters.void-faint": Text("字或码看不清", "Print or code not legible"),
    "letters.void-twice": Text("多打了一份", "Printed twice"),
    "letters.void-go": Text("作废，再打一封", "Void it and print again"),
    "letters.count": Text("账", "The account"),
    "letters.printed": Text("打印了", "Printed"),
    "letters.good": Text("发出", "Issued"),
    "letters.voided": Text("作废", "Void"),
    "letters.left": Text("还没有打印", "Not printed yet"),
    "letters.finish": Text("封存", "Put away"),
    "letters.finish-note": Text(
        "存下封存的文件，打印账，然后这一页忘掉所有的信。",
        "Save the sealed file, print the account; then this page forgets every letter.",
    ),
    "letters.save": Text("存到这台电脑", "Save on this computer"),
    "letters.print-account": Text("打印账", "Print the account"),
    "letters.forget": Text("封存，忘掉", "Put away and forget"),
    "letters.made": Text("信已经做过了", "The letters are made already"),
    "letters.made-note": Text(
        "要接着打印，或给一位业主补一封信，请两位都把卡拿来。可以用扫码枪扫，也可以照着输入。补过信的，以补的那一封为准，旧的不要再打。",
        "To go on printing, or to make one letter anew, both bring their cards. Scan them with a hand scanner or type "
        "them. Where a letter was made anew, the new one is good: do not print the old one again.",
    ),
    "letters.key.first": Text("第一张卡", "One card"),
    "letters.key.second": Text("第二张卡", "The other card"),
    "letters.key-file": Text("封存的文件（系统里没有时才用）", "The sealed file (only if the system has none)"),
    "letters.unlock": Text("打开", "Open"),
    "letters.reissue": Text("补一封信", "One letter anew"),
    "letters.reissue-note": Text(
        "投票码不变，编号换新，旧信随即作废。业主已经投过票的，不补。",
        "Its code stays, its number is new, and the old letter is void at once. Not for owners who have voted.",
    ),
    "letters.reissue-which": Text("业主在清册上的序号", "The owner's number in the roll"),
    "letters.reissue-why": Text("原因", "Reason"),
    "letters.why.lost": Text("丢失", "Lost"),
    "letters.why.damaged": Text("损坏", "Damaged"),
    "letters.why.sale": Text("房屋转让", "The flat was sold"),
    "letters.reissue-go": Text("补信并打印", "Make anew and print"),
    "letters.destroy": Text("销毁", "Destroying"),
    "letters.destroy-note": Text(
        "争议期过后，系统里封存的副本就销毁，并记下这件事。电脑上、U盘上的副本和两张卡，请两位自己销毁。",
        "After the time for disputes the system's sealed copy is destroyed, and that is recorded. Copies on computers and sticks, "
        "and both cards, are yours to destroy.",
    ),
    "letters.destroy-sure": Text("别处的副本都找到了", "All other copies are found"),
    "letters.destroy-go": Text("销毁封存的信", "Destroy the sealed letters"),
    "letters.closed": Text(
        "还没有到做信的时候，或没有留下封存的信：请先冻结名册。",
        "It is not time for letters, or none were put away: the roll has to be frozen first.",
    ),
}
_SCRIPT: Final[Mapping[str, Text]] = {
    "letters.js.check": Text("和卡上的不一样，请看打印出来的卡。", "Not as on the card: look at the printed card."),
    "letters.js.making": Text("已做{done}封，共{of}封", "{done} of {of} letters made"),
    "letters.js.sealing": Text("正在封存……", "Sealing …"),
    "letters.js.sealed": Text("{n}封信已做好，已封存。", "{n} letters are made and sealed."),
    "letters.js.refused": Text("没有做成：", "This did not work: "),
    "letters.js.other-request": Text(
        "网站要做的信不是这次表决的，没有做。请不要再试，告诉街道办。",
        "The letters that the site asks for are not those of this vote. Nothing was made; do not go on, and tell the sub-district.",
    ),
    "letters.js.offline": Text("网断了，请连上再点一次。", "No connection: try again once there is one."),
    "letters.js.cards": Text(
        "这两张卡打不开：请看是不是这次表决的两张卡，有没有输错。",
        "These two cards do not open it: see whether they are this election's and rightly typed.",
    ),
    "letters.js.opened": Text("已打开{n}封信。", "{n} letters are open."),
    "letters.js.comparing": Text(
        "正在核对封定的和信里的：{done}，共{of}", "Comparing what was sealed with the letters: {done} of {of}"
    ),
    "letters.js.own": Text(
        "已打开{n}封信。已核对：封定的就是这些信，一封不多，一封不少。",
        "{n} letters are open. Checked: what was sealed are these letters, none more and none fewer.",
    ),
    "letters.js.not-own": Text(
        "封定的不是这些信，一封也不要发，马上告诉街道办：",
        "What was sealed are not these letters: send none of them, and tell the sub-district at once: ",
    ),
    "letters.js.nobody": Text("没有这个序号的信。", "There is no letter of this number."),
    "letters.js.not-printed": Text("这一封还没有打印过。", "This letter was not printed yet."),
    "letters.js.old": Text(
        "这一封补过，封存的是旧编号，不能再打：请在下面再补一次。",
        "This letter was made anew, and its old number was sealed: make it anew once more, below.",
    ),
    "letters.js.all-printed": Text(
        "这一批都打过了，补过的不再打旧的。打坏的请在下面作废再打。",
        "All of this batch were printed, and old letters of those made anew are not. Void a misprint below.",
    ),
    "letters.js.no-number": Text(
        "这次表决的信没有编号，不补新的：请把旧信再打一次。",
        "These letters have no numbers; print the old letter again.",
    ),
    "letters.js.reissued": Text(
        "已补，旧信作废。这次表决一共补过{n}封。",
        "Made anew; the old letter is void. {n} letters of this election were made anew.",
    ),
    "letters.js.released": Text(
        "注意：旧信已经用验证码打开过。请告诉业主尽快投票，并记下这件事。",
        "Mind: the old letter was opened with a code before. Tell the owner to vote soon, and write this down.",
    ),
    "letters.js.forgotten": Text(
        "已忘掉。这一页里没有任何信了，可以关上。", "Forgotten. No letter is left in this page; you may close it."
    ),
    "letters.js.leave": Text(
        "还没有封存。现在离开，这一页里的信会忘掉。",
        "Nothing is put away yet. Leaving forgets the letters in this page.",
    ),
    "letters.js.destroyed": Text(
        "已销毁，已记下。请把两张卡也撕碎。", "Destroyed and recorded. Tear up both cards, too."
    ),
    "letters.js.rest": Text("没有楼栋的", "Without a building"),
}
_PAPER: Final[Mapping[str, Text]] = {
    "letters.paper.card": Text("制信人的卡（第{n}张，共2张）", "Registrar's card ({n} of 2)"),
    "letters.paper.card-rule": Text(
        "只给这一位。装进信封，封口签名。两张卡放在一起，就等于没有锁。两张卡都在，才能补信。丢了：送到的信照样能投票，丢了的信补不了。",
        "For this person alone. Seal it and sign the seal. Two cards kept together are no lock. Both are needed to replace a letter. If "
        "lost: delivered letters still work, lost ones cannot be replaced.",
    ),
    "letters.paper.last": Text("最后四个字符：{last}", "Last four characters: {last}"),
    "letters.paper.to": Text("{owner} 亲启", "For {owner} alone"),
    "letters.paper.number": Text("信的编号", "Number of this letter"),
    "letters.paper.code": Text("投票码", "Voting code"),
    "letters.paper.how": Text("怎么投票", "How to vote"),
    "letters.paper.how.1": Text("用手机扫这个码。", "Scan this code with a telephone."),
    "letters.paper.how.2": Text(
        "点【获取验证码】，填上短信里的6个数字。", "Press “Get the code” and fill in the 6 digits of the message."
    ),
    "letters.paper.how.3": Text(
        "看清要投的事，选好，交票。截止前可以改，最后一次算数。",
        "Read, choose and cast. Until closing you can change it; the last one counts.",
    ),
    "letters.paper.hand": Text(
        "没有手机，或不想用手机：带这封信和身份证到社区现场投。",
        "Without a telephone: bring this letter and your identity card to the community.",
    ),
    "letters.paper.lost": Text(
        "捡到这封信的人没有您的验证码，投不了。丢了请到社区补一封，旧信随即作废。",
        "Whoever finds this letter has not your code and cannot vote. If it is lost, get a new one at the community; the old one is void at once.",
    ),
    "letters.paper.ask": Text("有不明白的，打社区电话：{phone}", "Questions: telephone of the community {phone}"),
    "letters.paper.list": Text("发信单", "Delivery list"),
    "letters.paper.list-number": Text("序号", "No."),
    "letters.paper.list-place": Text("房屋", "Home"),
    "letters.paper.list-owner": Text("业主", "Owner"),
    "letters.paper.list-signed": Text("签收、日期", "Received, date"),
    "letters.paper.account": Text("制信的账", "Account of letters"),
    "letters.paper.account-lead": Text("打印 = 发出 + 作废", "Printed = issued + void"),
    "letters.paper.void-jam": Text("卡纸、撕破", "Jammed or torn"),
    "letters.paper.void-faint": Text("字或码看不清", "Print or code not legible"),
    "letters.paper.void-twice": Text("多打了一份", "Printed twice"),
    "letters.paper.void-anew": Text("补了信", "Made anew"),
    "letters.paper.sign": Text("两位制信人签名、日期：", "Signatures of both registrars, date:"),
}
WORDS: Final[Mapping[str, Text]] = {**_PAGE, **_SCRIPT, **_PAPER}
