"""Texts of checking an estate's public record, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

SAID: Final[Mapping[str, Text]] = {
    "record-working": Text("正在核对公开记录…", "Checking the public record …"),
    "record-count": Text("已核对{n}条，共{of}条", "{n} of {of} entries checked"),
    "record-passed": Text("公开记录没有问题", "The public record is right"),
    "record-passed-next": Text(
        "这台设备记住了今天看到的样子。下次再来核对，少一条、改一个字都看得出来。",
        "This device has remembered what it saw today. Next time it notices if one entry is gone or one letter was changed.",
    ),
    "record-alone": Text("内容对得上，但还没有别人看过", "Its contents agree, but nobody else has looked at it yet"),
    "record-alone-next": Text(
        "记录还没有由约定的几方核对签名。过几分钟再来；三天后还是这样，请告诉街道。",
        "Those who should look at it have not signed yet. Come back in some minutes; after three days, tell the sub-district.",
    ),
    "record-anew-verdict": Text(
        "内容对得上，但这份记录是重新开始的", "Its contents agree, but this record was begun anew"
    ),
    "record-anew-verdict-next": Text(
        "以前看到的那份已经停用。重新开始要公开说明原因，请到小区公告里核对。",
        "The one that this device saw before is no longer used. The reason must be made public; look for it in the notices.",
    ),
    "record-shrunk": Text("公开记录变少了", "The public record became shorter"),
    "record-shrunk-next": Text(
        "以前看到过的内容，现在没有了。请保留这台设备上的记录，告诉邻居和街道，也可以请懂技术的人来看。",
        "Something that was shown before is gone. Keep this device as it is, tell your neighbours and the sub-district, and ask "
        "somebody who knows the technique.",
    ),
    "record-changed": Text(
        "公开记录和以前看到的不一样，或者有人看到了另一份",
        "The public record is not what it was, or somebody was shown another one",
    ),
    "record-changed-next": Text(
        "已经公开的内容不能改。请保留这台设备上的记录，和邻居对一对，并告诉街道。",
        "What was public must not change. Keep this device as it is, compare with a neighbour, and tell the sub-district.",
    ),
    "record-wrong-signed": Text("这份公开记录的签名不成立", "The signature under this public record does not hold"),
    "record-wrong-kept": Text(
        "公开记录缺了东西，没法和以前看到的对", "Parts are missing, so it cannot be compared with what was seen before"
    ),
    "record-wrong-entries": Text(
        "公开记录里有内容被改过，或者缺了", "Something in the public record was changed or is missing"
    ),
    "record-wrong-ballots": Text(
        "公开记录里的票不是票箱里的票", "The ballots in the public record are not those of the box"
    ),
    "record-wrong-receipt": Text(
        "这份凭证不成立，或者不是这个小区的", "This proof does not hold, or is of another estate"
    ),
    "record-receipt-other": Text(
        "这份凭证不是您填的那张票的", "This proof is not for the ballot whose receipt you gave"
    ),
    "record-wrong-entries-next": Text(
        "已经公开的内容不能改，也不能少。请告诉邻居和街道，也可以请懂技术的人来看。",
        "What was public must neither change nor go missing. Tell your neighbours and the sub-district, and ask somebody who "
        "knows the technique.",
    ),
    "record-no-place": Text("还没有说公开记录在哪里", "It was not said where the public record is"),
    "record-no-place-next": Text("请填网址，或选下载好的文件夹。", "Give its address, or choose a downloaded folder."),
    "record-no-connection": Text("公开记录没有下载成", "The public record could not be fetched"),
    "record-no-connection-next": Text(
        "请连上网再核对一次。这不说明记录有问题。", "Connect and check again. This says nothing about the record."
    ),
    "record-witnessed": Text(
        "签名成立，一共{size}条；另有{n}方看过，并签了名。",
        "The signature holds, {size} entries; {n} others looked at it and signed.",
    ),
    "record-no-witness": Text("签名成立，一共{size}条。", "The signature holds, {size} entries."),
    "record-unwitnessed": Text(
        "签名成立，一共{size}条；记录尚未由旁人核对。",
        "The signature holds, {size} entries; others have not looked at it yet.",
    ),
    "record-first": Text(
        "这台设备第一次看，没有以前的可以比。",
        "This device looks for the first time; there is nothing to compare with.",
    ),
    "record-anew": Text(
        "和以前看到的不是同一份，记录重新开始了。", "It is not the one seen before; the record began anew."
    ),
    "record-same": Text("和上次看到的一样，{size}条。", "The same {size} entries as last time."),
    "record-grown": Text(
        "上次看到的{before}条都在，没有改动；新增{added}条。",
        "All {before} entries of last time are there unchanged; {added} are new.",
    ),
    "record-entries": Text("{n}条，一条不少，一条没改。", "{n} entries, none missing, none changed."),
    "record-ballots": Text(
        "票箱里的{n}张票，公开记录里都有，次序一样。", "All {n} ballots of the box are in the public record, in order."
    ),
    "record-no-box": Text("没有票箱清单可以对。", "There is no list of a box to compare with."),
    "record-no-proof": Text("没有选凭证文件。", "No proof was chosen."),
    "record-receipt": Text("凭证成立，它说的内容在公开记录里。", "The proof holds; its entry is in the public record."),
    "record-receipt-ballot": Text(
        "凭证成立，票在公开记录里，编号{tracker}。", "The proof holds; the ballot {tracker} is in the public record."
    ),
}
"""What the page's script says; handed over with the page."""

WORDS: Final[Mapping[str, Text]] = {
    "verifying.record": Text("小区的公开记录", "The estate’s public record"),
    "verifying.record-lead": Text(
        "小区里每次投票、每项公示都记在这里，只能加，不能改。这台设备会把每一条核对一遍，并记住看到的样子，下次接着比。",
        "Every vote and every notice of the estate stands here; it can be added to, never changed. This device checks each entry, "
        "remembers what it saw, and compares next time.",
    ),
    "verifying.record-further": Text(
        "小区的公开记录另起过，现在记的是第{grows}份。这里核对的是第{number}份，这次投票在那里面。",
        "The estate’s public record was begun anew; record {grows} is the one that grows. Here record {number} is checked, "
        "which tells of this vote.",
    ),
    "verifying.record-further-why": Text("看看为什么另起", "See why it was begun anew"),
    "verifying.record-proof": Text("核对一份凭证", "Check a proof"),
    "verifying.record-proof-label": Text("凭证文件（.tlog-proof）", "Proof (.tlog-proof)"),
    "verifying.record-proof-hint": Text(
        "填了回执的，会看凭证是不是您那张票的。文件不会传出去。",
        "If you gave your receipt, the proof must be for that ballot. The file is not sent anywhere.",
    ),
    "verifying.record-start": Text("核对公开记录", "Check the record"),
    "verifying.record-signed": Text("签名，和看过它的几方", "Its signature, and who looked at it"),
    "verifying.record-kept": Text("和上次看到的比", "Compared with last time"),
    "verifying.record-entries": Text("一条一条核对", "Entry by entry"),
    "verifying.record-ballots": Text("票箱里的票都记下了", "The ballots of the box are in it"),
    "verifying.record-receipt": Text("您的凭证", "Your proof"),
    "verifying.alone-title": Text("善治：自己核对", "Shanzhi: check it yourself"),
    "verifying.alone-lead": Text(
        "这一页是单独一个文件，存在自己的电脑或别人的网站上都能用，不靠投票的网站。它只下载要核对的文件，什么都不传出去。",
        "This page is one single file. It works from your own disk or anybody’s site and needs nothing of the site of the vote. It "
        "only fetches what is to be checked, and sends nothing.",
    ),
    "verifying.alone-vote": Text("核对一次投票", "Check a vote"),
    "verifying.alone-address": Text("这次投票的网址", "Address of the vote"),
    "verifying.alone-address-hint": Text(
        "例如 …/elections/编号。也可以选下载好的文件。",
        "Such as …/elections/NUMBER. Or choose files that you downloaded.",
    ),
    "verifying.alone-record-address": Text("公开记录的网址", "Address of the public record"),
    "verifying.alone-record-hint": Text(
        "例如 …/log/小区编号。也可以选下载好的文件夹。", "Such as …/log/ESTATE. Or choose a downloaded folder."
    ),
    "verifying.alone-folder": Text("下载好的记录文件夹", "Downloaded folder of the record"),
    "verifying.not-others": Text(
        "看过公开记录的那几方是不是真的。是谁，小区公告里有；请和公告对一对。",
        "Whether those who looked at the public record are real. The notices of the estate say who they are; please compare.",
    ),
    "verifying.alone-law": Text(
        "法律要多少人、多少面积，通过没通过，三方的签字。电脑上的vote verify核对这些。",
        "What the law asks for, whether it was adopted, the three signatures. vote verify on a computer checks these.",
    ),
    "verifying.alone-policy": Text("谁的签名才算（policy文件）", "Whose signatures count (file policy)"),
    "verifying.alone-policy-hint": Text(
        "最好从小区公告或邻居那里拿。不选的，用记录旁边的那份。",
        "Best taken from a notice or a neighbour. If none is chosen, the one beside the record is used.",
    ),
}
