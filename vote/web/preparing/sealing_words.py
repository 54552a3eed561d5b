"""Texts from the prepared draft to the notice, Chinese first; `words.py` puts `prep.` before each key."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

_MISSING: Mapping[str, Text] = {
    "missing.title": Text("封存前还缺什么", "What is missing before sealing"),
    "missing.tag": Text("准备中", "being prepared"),
    "missing.lead": Text("下面的都齐了才能封存。", "It can be sealed when all of this is there."),
    "missing.ready": Text("都齐了，可以封存。", "Everything is there: it can be sealed."),
    "missing.late": Text("已经来不及通知了", "It is too late for notice"),
    "missing.late-note": Text(
        "{opens}开始，通知要隔满{days}天。请作废这一份，用后面的日子重新准备。",
        "It opens on {opens}, and {days} full days are needed. Give it up and prepare it with later days.",
    ),
    "missing.left": Text("离最后通知的日子还有{n}天", "{n} days until the last day of notice"),
    "missing.left-note": Text(
        "{opens}开始，通知要隔满{days}天。", "It opens on {opens}, with {days} full days of notice."
    ),
    "missing.list": Text("要办的事", "What has to be done"),
    "missing.also": Text(
        "另外：封存前请每位开箱人核对过钥匙，两位制信人核对过信。",
        "Before sealing each key-holder checks the key, and the registrars the letters.",
    ),
    "missing.again": Text("再看一次", "Look again"),
    "missing.seal": Text("去封存", "Go to sealing"),
    "missing.links": Text("链接丢了怎么办", "If a link is lost"),
    "missing.links-note": Text(
        "换一个新的，旧的马上不能用；谁换的、什么时候，都记下来。",
        "Make a new one; the old one is void at once, and that is recorded.",
    ),
    "missing.replace": Text("换新链接", "New link"),
    "missing.discard": Text("不办了", "Give it up"),
    "missing.discard-note": Text(
        "还没封存，作废不影响任何人；作废的事会留下记录。", "Nothing is sealed yet; that it was given up is recorded."
    ),
    "missing.discard-button": Text("作废这一份", "Give this one up"),
    "task.roll": Text("业主清册冻结", "The roll is frozen"),
    "task.roll-how": Text("在清册页面办。", "On the roll's page."),
    "task.keys": Text("开箱人做钥匙", "A key-holder's key"),
    "task.keys-how": Text(
        "几位开箱人约好同时打开自己的链接，按提示办，约10分钟。",
        "All of them open their links at one time, some ten minutes.",
    ),
    "task.letters": Text("制信人做信", "The letters"),
    "task.letters-how": Text(
        "两位制信人一起打开自己的链接，生成、打印、封存。", "Both registrars open their links together."
    ),
    "task.office-organiser": Text("组织者的签章钥匙", "The organiser's signing keys"),
    "task.office-community": Text("社区的签章钥匙", "The community's signing keys"),
    "task.office-sub_district": Text("街道的签章钥匙", "The sub-district's signing keys"),
    "task.office-how": Text("本人打开自己的链接办。", "Its person opens the own link."),
    "task.waits": Text("等着办", "waiting"),
    "task.keys-so-far": Text("做钥匙要走{of}步，已走{n}步", "{n} of the {of} steps of a key are done"),
    "task.letters-so-far": Text("已做好{n}封信，共要{of}封", "{n} of {of} letters are made"),
}

_SEAL: Mapping[str, Text] = {
    "seal.title": Text("封存", "Sealing"),
    "seal.lead": Text("下面每一样封存后都不能再改，请念一遍。", "None of this can change afterwards. Read it aloud."),
    "seal.not-ready": Text("还没齐，不能封存", "Not everything is there yet"),
    "seal.roll": Text("有投票权的", "Entitled"),
    "seal.periods": Text("法定的天数", "Periods"),
    "seal.periods-note": Text(
        "通知{notice}天；开票前异议{check}天；结果异议{objection}天",
        "notice {notice} days; disputes {check}; objections {objection}",
    ),
    "seal.law": Text("依据", "Rules"),
    "seal.final": Text("封存是一次性的", "Sealing is final"),
    "seal.final-note": Text(
        "以后只能按封存时写明的规则改：延长、候选人退出、更正清册；不然只能作废重来。",
        "Afterwards only what was sealed allows: an extension, a withdrawal, a correction of the roll; or give it up.",
    ),
    "seal.button": Text("念过了，没有错，封存", "Read and right: seal"),
    "notice.title": Text("通知每一位业主", "Notice to every owner"),
    "notice.lead": Text(
        "把下面的公告打印、贴出来，并和信一起送到每一位业主本人。送完那天按下面的按钮，不按就不会开始投票。",
        "Print the notice, put it up, and bring it with the letter to every owner. On the day when all have it, press the "
        "button: without it voting does not open.",
    ),
    "notice.left": Text("还有{n}天可以通知", "{n} days are left for notice"),
    "notice.late": Text("已经来不及了：请作废，重新准备", "It is too late: give it up and prepare anew"),
    "notice.given": Text("今天全部通知到了", "Everybody has notice as of today"),
    "notice.given-note": Text(
        "按下后记下日期、您的身份和依据的条文。", "The day, your role and the article are recorded."
    ),
    "notice.was-given": Text("已在{when}通知到。", "Notice was given on {when}."),
    "notice.print": Text("用浏览器的打印功能，只会印出公告。", "Print with the browser: only the notice comes out."),
}

SEALING: Final[Mapping[str, Text]] = {**_MISSING, **_SEAL}
