"""Texts for registrars and key-holders, Chinese first; they never name the machinery."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.holders.letter_words import WORDS as LETTERS

_PAGE: Final[Mapping[str, Text]] = {
    "holders.title": Text("开箱人", "Key-holder"),
    "holders.you": Text("{name}，您是第{index}位开箱人", "{name}, you are key-holder {index}"),
    "holders.no-script": Text(
        "这一页要在手机的浏览器里做钥匙，请打开浏览器的 JavaScript，或换一部手机。",
        "Keys are made in this browser: please allow JavaScript, or take another telephone.",
    ),
    "holders.what": Text(
        "{size}位开箱人来{threshold}位才能开票。您一个人打不开，也看不到谁选了什么；不管钱，不担保结果。",
        "Of {size} key-holders {threshold} must come to open the votes. Alone you open nothing and see nobody's choice; you "
        "handle no money and answer for no result.",
    ),
    "holders.today": Text("今天要做的，约10分钟", "Today, about ten minutes"),
    "holders.today.1": Text(
        "各位坐在一起，各用自己的手机，点【我来保管】。",
        "Sit together, each with a telephone, and press “I will keep it”.",
    ),
    "holders.today.2": Text("把十二个字抄在卡上。", "Copy twelve characters onto your card."),
    "holders.today.3": Text(
        "等三部手机都写着“打得开”，把卡装进信封，签名封口。",
        "When every telephone says “it opens”, put the card into its envelope, sign across the seal.",
    ),
    "holders.today.4": Text(
        "信封交给别的单位保管，不留在您自己手里。",
        "Give the envelope to another body to keep; do not keep it yourself.",
    ),
    "holders.card-link": Text("打印空白卡", "Print the blank card"),
    "holders.take": Text("我来保管", "I will keep it"),
    "holders.copy": Text("请把这十二个字抄在卡上", "Copy these twelve characters onto your card"),
    "holders.copy-note": Text(
        "一格一个字，照着抄，次序不能变。不要拍照，不要截图，不要发给任何人。",
        "One in each box, in this order. Take no picture of them and send them to nobody.",
    ),
    "holders.copied": Text("抄好了", "I have copied them"),
    "holders.ask": Text("看着卡，填两个字", "Look at your card and fill in two characters"),
    "holders.ask-one": Text("卡上第{n}个字", "Character {n} of the card"),
    "holders.ask-go": Text("对一对", "Compare"),
    "holders.again": Text("再看一遍那十二个字", "Show me the twelve characters again"),
    "holders.type": Text("卡上的十二个字", "The twelve characters of your card"),
    "holders.type-hint": Text("可以用输入法，字和字之间空不空格都行。", "Blanks between the characters do not matter."),
    "holders.type-go": Text("继续", "Go on"),
    "holders.resume": Text(
        "这一页关过。请输入卡上的十二个字，接着做。",
        "This page was closed. Type the twelve characters of your card to go on.",
    ),
    "holders.retry": Text(
        "钥匙已经做好。想再试一次卡上的字对不对，请输入十二个字。",
        "The key is made. To try your card once more, type its twelve characters.",
    ),
    "holders.rounds": Text("正在一起做钥匙，请不要关这一页", "The key is being made; please keep this page open"),
    "holders.round.certificates": Text("报到", "Arriving"),
    "holders.round.commitments": Text("封存", "Putting by"),
    "holders.round.reveals": Text("交换", "Exchanging"),
    "holders.round.keys": Text("成钥", "Making the key"),
    "holders.round.trial": Text("试开", "Trying it"),
    "holders.sealed": Text("钥匙已经做好，投票还没有结束", "The key is made, and voting is not over"),
    "holders.sealed-note": Text(
        "现在不用做什么。投票结束、票都核对过以后，请再来这一页开箱。卡丢了请马上告诉工作人员，还有别的开箱人能开。",
        "There is nothing to do now. Come back to this page once voting is over and the ballots are checked. If the card is lost, "
        "say so at once; the others can still open.",
    ),
    "holders.open": Text("开箱", "Opening"),
    "holders.open-lead": Text(
        "这部手机会先重新核对每一张票，自己加出总数，再交出您的一份。只开总数，不开任何一张票。",
        "This telephone first checks every ballot again and adds up the total itself. Only the total is opened, no single ballot.",
    ),
    "holders.open-card": Text(
        "请取回信封，看封口上的签名完好，再拆开。",
        "Fetch your envelope; see that the signature across the seal is whole, then open it.",
    ),
    "holders.unused": Text("卡上“开过箱”一栏是空的", "The line “opened on” of my card is empty"),
    "holders.open-go": Text("核对选票", "Check the ballots"),
    "holders.hand-in": Text("交出我的一份，开箱", "Hand in my part and open"),
    "holders.open-done": Text("您的一份已经交出", "Your part is handed in"),
    "holders.open-done-note": Text(
        "请马上在卡上“开过箱”一栏写下今天的日期，再把卡装回信封，封口保管，等争议期过。",
        "Write today's date into the line “opened on” of your card now, and seal it again until the time for disputes is over.",
    ),
    "holders.result": Text("去看结果", "See the result"),
    "holders.named": Text(
        "这是记名表决：开箱以后还有一步，把每张票中您的一份封给社区。请不要关这一页。",
        "This is a named election: after opening there is one more step, sealing your part of each ballot for the community. "
        "Keep this page open.",
    ),
    "holders.given-named": Text(
        "还有一步，请不要关这一页：结果一出来，这里就能把您的一份封给社区。",
        "One more step, so keep this page open: once the result is there, you seal your part for the community here.",
    ),
    "holders.lists": Text("还有一步：把您的一份封给社区", "One more step: seal your part for the community"),
    "holders.lists-lead": Text(
        "记名表决，有人依规定申请时，社区可以打开单张票。这要用各位开箱人封好的文件。这部手机现在做您的那一份，封好以后只有社区打得开。",
        "In a named election the community may open a single ballot where somebody rightly asks. It needs the key-holders' sealed "
        "files. This telephone makes yours now; once sealed, only the community can open it.",
    ),
    "holders.lists-go": Text("做我的那一份", "Make my part"),
    "holders.lists-first": Text(
        "您那一份还没有交给社区的，请先做好、交掉：销毁以后就做不了了。",
        "If the community has not got your part yet, make it and hand it over first: afterwards it cannot be made.",
    ),
    "holders.listed-note": Text(
        "请把文件存下来，今天就交给社区。只有社区打得开，用微信、邮件、U盘都行。它不进公开的档案。",
        "Save the file and give it to the community today, by whatever message, mail or stick: nobody else can open it. It is in no "
        "public archive.",
    ),
    "holders.listed-save": Text("存下这个文件", "Save this file"),
    "holders.keep": Text("卡还要封好", "Keep the card sealed"),
    "holders.counted": Text("等票核对完", "The ballots are being checked"),
    "holders.published": Text("已经开箱，结果已公布", "The box is open and the result is published"),
    "holders.published-note": Text(
        "在卡上写下开箱的日期，装回信封，封口保管。争议期过后，请再来这一页销毁。",
        "Write the date of opening on the card and seal it again. Come back after the time for disputes to destroy your key.",
    ),
    "holders.destroy": Text("销毁", "Destroying"),
    "holders.destroy-lead": Text(
        "争议期已过。输入卡上的字，留下一句签了名的话，然后当着大家的面把卡撕碎。",
        "The time for disputes is over. Type the card's characters, leave your signed word, then tear up the card where everybody sees it.",
    ),
    "holders.destroy-go": Text("我这就销毁", "I destroy it now"),
    "holders.destroyed": Text(
        "已记下。现在请把卡撕碎，抄过的纸也一起撕碎。",
        "Recorded. Now tear up the card and everything you copied from it.",
    ),
    "holders.annulled": Text("这次表决已经作废，不要开箱。", "This election was given up: open nothing."),
    "holders.limits": Text("这一页看不到的", "What this page cannot see"),
    "holders.limits-note": Text(
        "这一页是系统给的。不想只信这一页，请让{size}位里至少一位用电脑上的命令保管。",
        "This page comes from the system. Whoever does not want to trust it alone lets one of the {size} keep theirs with the command on a computer.",
    ),
}
_SCRIPT: Final[Mapping[str, Text]] = {
    "holders.js.wrong": Text("这两个字和卡上的对不上，请再看一眼卡。", "These do not match: look at your card again."),
    "holders.js.characters": Text(
        "不对：要十二个字，每个字都照卡上写。", "Not right: twelve characters are needed, each as on the card."
    ),
    "holders.js.other-card": Text(
        "这张卡不是这次表决的，或不是您的。", "This card is of another election, or not yours."
    ),
    "holders.js.wait": Text("等第{who}位", "Waiting for key-holder {who}"),
    "holders.js.posted": Text("您的这一步做好了", "Your step is done"),
    "holders.js.opens": Text("打得开", "It opens"),
    "holders.js.opens-note": Text(
        "已试过：{who}位开箱人都能开。请把卡装进信封，在封口上签名，交给别的单位保管。现在可以关这一页了。",
        "Tried: {who} key-holders can open. Put the card into its envelope, sign across the seal, and give it to another body. "
        "You may close this page now.",
    ),
    "holders.js.trying": Text("您的这把试过了，等第{who}位", "Yours was tried; waiting for key-holder {who}"),
    "holders.js.stop": Text("请停下，告诉工作人员：", "Stop, and tell staff: "),
    "holders.js.offline": Text("网断了，连上就会接着做。", "No connection; this goes on by itself once there is one."),
    "holders.js.checking": Text("已核对{done}张，共{of}张", "{done} of {of} ballots checked"),
    "holders.js.loading": Text("正在取票……", "Fetching the ballots …"),
    "holders.js.total": Text(
        "核对完毕：{n}票计入，面积合计{area}㎡。请和公布的参与情况对照，一样才开。",
        "Checked: {n} ballots count, {area} m² in all. Compare with the published turnout, and open only if they agree.",
    ),
    "holders.js.unused": Text(
        "请先看卡：写过“开过箱”的，不能再开。", "Look at the card first: one that was opened with is not used again."
    ),
    "holders.js.other": Text("取到的不是这次表决的票。", "These are the ballots of another election."),
    "holders.js.trustees": Text(
        "这次表决用的不是各位一起做的钥匙。", "This election does not use the key that you made together."
    ),
    "holders.js.voting": Text("投票还没有结束。", "Voting is not over."),
    "holders.js.weights": Text("面积或名单和封定的不一样。", "The areas or the list are not those that were sealed."),
    "holders.js.clock": Text(
        "按封定的时间，投票还没有结束；也请看这部手机的时间对不对。",
        "By what was sealed voting goes on; see also whether this telephone's clock is right.",
    ),
    "holders.js.twice": Text(
        "您已经开过另一个总数，不能再开。", "You opened another total before, and open no second one."
    ),
    "holders.js.listing": Text("已封{done}张，共{of}张", "{done} of {of} ballots sealed"),
    "holders.js.listed": Text("已封好{n}张票中您的一份", "Your part of {n} ballots is sealed"),
    "holders.js.secret": Text(
        "这次表决不记名，或没有给社区留下办法：谁也不能打开单张票。",
        "This election is secret, or leaves the community no way: nobody opens a single ballot.",
    ),
    "holders.js.unopened": Text("这不是您开过箱的那些票。", "These are not the ballots whose total you opened."),
    "holders.js.fault": Text("票核对不上。", "The ballots do not hold."),
    "holders.js.leave": Text(
        "钥匙还没有做好，现在离开要重新输入卡上的字。",
        "The key is not finished; if you leave you must type your card's characters again.",
    ),
}
_CARD: Final[Mapping[str, Text]] = {
    "holders.card.title": Text("开箱卡", "Key-holder's card"),
    "holders.card.print": Text(
        "请用A4纸打印，每位开箱人一张，剪下来用。", "Print on A4, one for each key-holder, and cut out."
    ),
    "holders.card.back": Text("回到开箱人页面", "Back to the key-holder's page"),
    "holders.card.who": Text("第{index}位开箱人：{name}", "Key-holder {index}: {name}"),
    "holders.card.boxes": Text("照着手机抄，一格一个字", "Copy from the telephone, one character a box"),
    "holders.card.opened": Text("开过箱，日期：", "Opened on: "),
    "holders.card.keep": Text("保管的单位：", "Kept by: "),
    "holders.card.rule.1": Text(
        "谁看到这十二个字，谁就有这把钥匙。不拍照，不念出声。",
        "Whoever sees these characters has the key. No pictures; do not read them aloud.",
    ),
    "holders.card.rule.2": Text(
        "装进信封，封口处签名写日期，交给别的单位保管（不是开箱人自己，也不和别的卡放在一起）。",
        "Put it into an envelope, sign and date the seal, and give it to another body to keep, not to a key-holder and not beside another card.",
    ),
    "holders.card.rule.3": Text(
        "卡丢了，马上告诉工作人员。{threshold}张还在，就能开箱。",
        "If it is lost, tell staff at once. With {threshold} cards left the box opens.",
    ),
    "holders.card.rule.4": Text(
        "开箱以后在上面写日期；写过日期的卡不再用来开箱。争议期过后撕碎。",
        "Write the date after opening; a card with a date opens nothing more. Tear it up after the time for disputes.",
    ),
}
WORDS: Final[Mapping[str, Text]] = {**_PAGE, **_SCRIPT, **_CARD, **LETTERS}
