"""Texts of checking, Chinese first: what this page checked, what it did not, and the two ways to check more."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.verifying import log_words

SAID: Final[Mapping[str, Text]] = {
    "status-later": Text("还没做", "to come"),
    "status-working": Text("正在核对", "checking"),
    "status-done": Text("对了", "right"),
    "status-left-out": Text("没有核对", "not checked"),
    "status-wrong": Text("不对", "wrong"),
    "working": Text("正在核对…", "Checking …"),
    "working-next": Text(
        "要用的文件下载以后，不连网也能算。请先别关这一页。",
        "Once its files are here it needs no connection. Please keep this page open.",
    ),
    "passed": Text("核对完了，都对", "Everything checked is right"),
    "passed-next": Text(
        "每张票、总数和公布的结果，这台设备都自己算过一遍。没有核对的，写在下面。",
        "This device has worked out every ballot, the totals and the published result itself. What it did not check stands below.",
    ),
    "passed-partly": Text(
        "核对过的都对，有几项还没有", "What could be checked is right; some things are not there yet"
    ),
    "passed-partly-next": Text(
        "标着“没有核对”的几项，旁边写着为什么。", "Beside each line marked “not checked” stands why."
    ),
    "passed-other": Text("这份文件没有错，但它是另一次投票的", "This file is right, but it belongs to another vote"),
    "passed-other-next": Text(
        "请看清楚下面写的是哪一次投票，再从那次投票的页面核对。",
        "See below which vote it is, and check it from that vote’s page.",
    ),
    "passed-not-yours": Text(
        "文件里的票都对，但没有您的票", "The ballots in the file are right, but yours is not among them"
    ),
    "passed-not-yours-next": Text(
        "先看编号有没有抄错；没错的，请带回执到社区问，也请告诉街道。",
        "Check the number; if it is right, take your receipt to the community office and tell the sub-district.",
    ),
    "wrong-archive": Text("这份文件被改过，或者不完整", "This file was changed, or is not complete"),
    "wrong-setup": Text("投票前定下的东西不成立", "What was fixed before voting does not hold"),
    "wrong-manifest": Text("投票的约定和文件不一致", "What was agreed on and the file differ"),
    "wrong-box": Text("文件里的票不是票箱里的票", "The ballots in the file are not those of the box"),
    "wrong-sum": Text("加出来的总数不是这些票的总数", "The sum is not that of these ballots"),
    "wrong-shares": Text("开箱人的证明不成立", "The key-holders’ proofs do not hold"),
    "wrong-result": Text("公布的总数不是这些票开出来的", "The totals are not what these ballots open to"),
    "wrong-published": Text("公布的人数或面积和票对不上", "Published figures and ballots differ"),
    "wrong-ballots": Text("有一张票不成立", "A ballot does not hold"),
    "where": Text("在这里：{places}", "Where: {places}"),
    "sentence": Text("给懂技术的人看的原话", "In the words of the check"),
    "no-connection": Text("文件没有下载成", "The files could not be fetched"),
    "no-connection-next": Text(
        "请连上网再点“开始核对”。这不说明票有问题。",
        "Connect and start again. This says nothing about the ballots.",
    ),
    "no-archive": Text("选的文件里没有投票文件", "None of these files is an archive of a vote"),
    "no-archive-next": Text("投票文件的名字以.bel结尾。", "Its name ends in .bel."),
    "fault": Text("这个浏览器算不了", "This browser cannot do it"),
    "fault-next": Text(
        "请换一个新一点的浏览器或手机。这不说明票有问题。",
        "Please use a newer browser or phone. This says nothing about the ballots.",
    ),
    "archive": Text(
        "里面有{ballots}张票，一张接一张，没有断。", "{ballots} ballots, one after the other, none missing between."
    ),
    "setup": Text("{credentials}位业主的投票钥匙，没有重复。", "Voting keys of {credentials} owners, none twice."),
    "box": Text(
        "票箱里{box}张，开票前因异议取出{out}张，其余都在，次序也没变。",
        "{box} in the box, {out} taken out after disputes before counting; all others are here, in order.",
    ),
    "sum": Text("每位业主只算最后一张，共算{counted}张。", "The last of each owner counts: {counted} in all."),
    "shares": Text("{good}位开箱人的证明都成立。", "The proofs of {good} key-holders hold."),
    "shares-alone": Text(
        "{good}位开箱人的证明成立；附加证明不在，没有核对。",
        "The proofs of {good} key-holders hold; their extra proofs are not here.",
    ),
    "faults": Text(
        "{good}位开箱人的证明成立，够用；还有{faults}份不成立，没有采用。",
        "The proofs of {good} key-holders hold, which is enough; {faults} did not hold and were not used.",
    ),
    "published": Text(
        "参加的{heads}人、{area}平方米，每一项的人数和面积都对得上。",
        "{heads} owners, {area} m²; owners and area of every choice agree.",
    ),
    "ballots": Text("{n}张票，每一张的签名和证明都成立。", "{n} ballots; signature and proofs of each hold."),
    "own-counts": Text(
        "您的票在里面，已计入。是您的第{sequence}张，共{of}张，算最后一张。",
        "Your ballot is here and counts. It is number {sequence} of your {of}; the last one counts.",
    ),
    "own-superseded": Text(
        "您的票在里面，是第{sequence}张，共{of}张；后来又投过，算的是最后一张。",
        "Your ballot is here, number {sequence} of {of}; there was a later one, and the last one counts.",
    ),
    "own-set-aside": Text(
        "收到过这张票，因异议在开票前取出，不算。",
        "This ballot came in and was taken out before counting, after a dispute.",
    ),
    "own-box": Text(
        "这张票在票箱里，核对完才放进文件。",
        "This ballot is in the box; it comes into the file once the check is over.",
    ),
    "own-not-yet": Text(
        "投票文件里现在还没有票，投票结束、核对以后才有。现在可以用“查我的票”。",
        "The file holds no ballots until voting ends and is checked. Until then, look your receipt up.",
    ),
    "own-missing": Text(
        "文件里没有这张票。",
        "This ballot is not in the file.",
    ),
    "no-receipt": Text("没有填回执。", "No receipt was given."),
    "no-manifest": Text("约定的文件不在旁边。", "The file of what was agreed on is not here."),
    "no-box": Text("票箱清单不在旁边。", "The list of the box is not here."),
    "no-result": Text("公布的结果不在旁边。", "The published result is not here."),
    "not-added": Text("还没有开始加票。", "Ballots are not added up yet."),
    "not-opened": Text("还没有开箱。", "The box is not opened yet."),
    "pause": Text("暂停", "Pause"),
    "go-on": Text("继续", "Go on"),
    "count": Text("已核对{n}张，共{of}张", "{n} of {of} ballots checked"),
    "count-paused": Text("停在{n}张，共{of}张", "Paused at {n} of {of} ballots"),
    "place-ballot": Text("第{n}张票", "ballot {n}"),
    "place-event": Text("第{n}个记录", "event {n}"),
    "place-member": Text("文件第{n}段", "member {n}"),
    "place-credential": Text("名单第{n}行", "line {n} of the list"),
    "place-listed": Text("清单第{n}张票", "ballot {n} of the list"),
    "place-holder": Text("第{n}位开箱人", "key-holder {n}"),
    "place-question": Text("第{n}题", "question {n}"),
    "place-choice": Text("第{n}个选项", "choice {n}"),
    "place-file": Text("{n}", "{n}"),
    "comma": Text("，", ", "),
    **log_words.SAID,
}
"""What the page's script says; handed over with the page."""

WORDS: Final[Mapping[str, Text]] = {
    "verifying.title": Text("自己核对", "Check it yourself"),
    "verifying.lead": Text(
        "不用相信我们：让这台手机或电脑把票、总数和结果自己算一遍。",
        "No need to trust us: let this phone or computer work out ballots, totals and result itself.",
    ),
    "verifying.first": Text("一、在这里核对", "1. Check here"),
    "verifying.receipt": Text("您的回执", "Your receipt"),
    "verifying.receipt-hint": Text(
        "回执上的四个词，或43位编号。填了就先找您的票。只看得到算没算，看不到选了什么。",
        "Its four words, or its number of 43 characters. Your ballot is then looked for first. It shows whether it counts, never "
        "how.",
    ),
    "verifying.receipt-wrong": Text(
        "不像回执。四个词，每个两个字；编号是43位，大小写要一样。请对照回执再看看。",
        "This is no receipt. Words are four of two characters; the number has 43, capitals as they are. Please compare.",
    ),
    "verifying.files": Text("核对自己保存的文件", "Check files that you kept"),
    "verifying.files-label": Text("投票文件（.bel）", "Archive (.bel)"),
    "verifying.files-hint": Text(
        "可以连同manifest.json、result.json、share-proofs.json、box.json、set-aside.json一起选。文件不会传出去。",
        "You may choose manifest.json, result.json, share-proofs.json, box.json and set-aside.json with it. Nothing is sent.",
    ),
    "verifying.start": Text("开始核对", "Start"),
    "verifying.needs-script": Text(
        "这一页要浏览器能运行脚本。不能的话，用下面第三种办法。",
        "This page needs a browser with scripts. Without, use the third way below.",
    ),
    "verifying.steps": Text("核对到哪一步", "How far it is"),
    "verifying.step-archive": Text("文件完整，没有改动", "The file is whole and unchanged"),
    "verifying.step-setup": Text("开箱人的钥匙和业主的投票钥匙", "The key-holders’ keys and the owners’ voting keys"),
    "verifying.step-manifest": Text("投票前封存的约定", "What was sealed before voting"),
    "verifying.step-box": Text("票箱里的票都在", "All ballots of the box are here"),
    "verifying.step-sum": Text("把票加起来", "Adding the ballots up"),
    "verifying.step-shares": Text("开箱人的证明", "The key-holders’ proofs"),
    "verifying.step-result": Text("开出来的总数", "The totals that were opened"),
    "verifying.step-published": Text("公布的人数和面积", "The published owners and areas"),
    "verifying.step-own": Text("您自己的票", "Your own ballot"),
    "verifying.step-ballots": Text("一张一张核对所有的票", "Every ballot, one by one"),
    "verifying.same": Text("对一对核对码", "Compare the code"),
    "verifying.same-note": Text(
        "谁核对，都应得到一样的核对码。和邻居的对一对；不一样，就是有人看到了不同的票。",
        "Whoever checks must get the same code. Compare it with a neighbour’s: if they differ, somebody was shown other ballots.",
    ),
    "verifying.same-vote": Text("核对的是", "What was checked"),
    "verifying.same-code": Text("核对码", "Code"),
    "verifying.second": Text("二、请邻居扫一扫", "2. Let a neighbour scan"),
    "verifying.second-why": Text(
        "万一这台手机或这个网站骗您呢？请邻居用自己的手机、自己的网络扫这个码，打开同一页再算一遍，然后对核对码。",
        "What if this phone or this site deceives you? A neighbour scans this with another phone on another network, checks "
        "again, and you compare the codes.",
    ),
    "verifying.qr": Text("打开这一页的码", "Code that opens this page"),
    "verifying.second-receipt": Text(
        "填了回执的，码里带着它，邻居的手机也会找您那张票。",
        "If you gave your receipt it is in the code, and the neighbour’s phone looks for your ballot too.",
    ),
    "verifying.third": Text("三、在电脑上用命令", "3. On a computer, by command"),
    "verifying.third-why": Text(
        "最严的一种：程序装在您自己的电脑上，不是这个网站给的；它还核对业主清册、法律算法、三方签字。也可以用别人写的程序。",
        "The strictest way: the program is on your own computer and not from this site; it also checks the roll, the law’s "
        "arithmetic and the three signatures. A program written by others can be used too.",
    ),
    "verifying.third-more": Text("下载文件，和别人写的程序", "Files, and the program written by others"),
    "verifying.not": Text("这一页没有核对什么", "What this page did not check"),
    "verifying.not-people": Text(
        "投票钥匙是不是都给了真的业主。公开的清册、信件登记和各家的回执能说明。",
        "Whether voting keys went to real owners. The public roll, the register of letters and owners’ receipts tell that.",
    ),
    "verifying.not-missing": Text(
        "有没有票没放进来。所以请留好回执，多几家来核对。",
        "Whether a ballot was left out altogether. So keep your receipt, and let several homes check.",
    ),
    "verifying.not-law": Text(
        "法律要多少人、多少面积，通过没通过，三方的签字。第三种办法核对这些。",
        "What the law asks for, whether it was adopted, the three signatures. The third way checks these.",
    ),
    "verifying.not-page": Text(
        "这个网页本身有没有被换掉。所以有第二、第三种办法。",
        "Whether this page itself was replaced. That is what the second and third ways are for.",
    ),
    "verifying.look-up": Text("只想查我的票算没算", "I only want to know whether my ballot counts"),
    "verifying.link": Text("在手机上自己核对", "Check it on your phone"),
    **log_words.WORDS,
}
