"""What a person reads instead of a page that cannot be shown: a sentence for each reason.

Not here: the sentences for programs (`vote.errors`, `problems.py`).
"""

from collections.abc import Mapping
from typing import Final

from vote.errors import Reason
from vote.law.citation import Text

REFUSALS: Final[Mapping[str, Text]] = {
    "refusal.malformed": Text(
        "这个网址读不懂，请从首页重新点进来。",
        "This address makes no sense to us; please start again from the first page.",
    ),
    "refusal.too-large": Text("送来的内容太大，没有收下。", "What was sent is too large and was not taken."),
    "refusal.not-found": Text(
        "没有找到这一页：网址可能抄错了，或者内容还没有公布。",
        "There is no such page: the address may be mistyped, or the content is not published yet.",
    ),
    "refusal.not-signed-in": Text("请先登录。", "Please sign in first."),
    "refusal.not-allowed": Text("这件事您不能做。", "You may not do this."),
    "refusal.not-eligible": Text(
        "这封信不属于这次投票，请核对手里的信。", "This letter belongs to another vote; please check it."
    ),
    "refusal.wrong-state": Text("现在还不能这样做，或者已经过了时候。", "It is too early for this, or too late."),
    "refusal.polls-closed": Text(
        "投票已经结束，这一票赶不上了，很抱歉。", "Voting is over; this ballot is too late. We are sorry."
    ),
    "refusal.polls-not-open": Text(
        "投票还没有开始，请到时候再来。", "Voting has not opened yet; please come back then."
    ),
    "refusal.ballot-invalid": Text(
        "这张票没有通过检查，没有计入，请重新投一次。",
        "This ballot failed the checks and was not counted; please vote again.",
    ),
    "refusal.conflict": Text(
        "与已有的记录冲突，什么都没有改。", "This conflicts with what is recorded; nothing was changed."
    ),
    "refusal.not-supported": Text("现在还办不了这件事。", "This cannot be done yet."),
    "refusal.too-many": Text("试的次数太多了，请过一会儿再试。", "Too many tries; please wait a while and try again."),
    "refusal.restored-copy": Text(
        "网站刚从备份恢复，现在不接收任何内容。请稍后再来。",
        "This site was just restored from a backup and takes nothing now. Please come back later.",
    ),
    "refusal.unavailable": Text(
        "现在忙不过来，什么都没有丢，请过一分钟再试。",
        "We are too busy just now; nothing is lost. Please try again in a minute.",
    ),
    "refusal.fault": Text("出错了，请过一会儿再试。", "Something went wrong; please try again later."),
    "refusal.contradiction": Text(
        "我们的记录对不上，这一页先停下，请告诉社区。",
        "Our records disagree, so this page is stopped; please tell the community office.",
    ),
}

OF_FORMS: Final[Mapping[Reason, Text]] = {
    Reason.MALFORMED: Text(
        "填的内容不合适，请看看有没有漏填、太长，或者选错。",
        "Something in the form does not fit: look for what is missing, too long or wrongly chosen.",
    ),
    Reason.TOO_LARGE: Text("送来的内容太大，没有收下。请减小后再试。", "What was sent is too large: send less."),
    Reason.NOT_FOUND: Text(
        "没有找到，可能刚刚改过或删掉了。请刷新这一页再看。",
        "There is no such thing, or no longer: load the page again.",
    ),
    Reason.NOT_SIGNED_IN: Text("请先登录，再做一次。", "Sign in first, then do it again."),
    Reason.NOT_ALLOWED: Text("按规定不能这样做，什么都没有改。", "The rules do not allow this; nothing was changed."),
    Reason.NOT_ELIGIBLE: Text("清册上没有这位业主，请核对房号。", "The roll has no such owner: compare the home."),
    Reason.WRONG_STATE: Text(
        "现在还不能这样做，或者已经过了时候。请刷新这一页，看看走到哪一步了。",
        "It is too early for this, or too late: load the page again and see which step is next.",
    ),
    Reason.POLLS_CLOSED: Text("投票已经结束，不能再办了。", "Voting is over: this is not possible any more."),
    Reason.POLLS_NOT_OPEN: Text("投票还没有开始，请到时候再来。", "Voting has not opened yet: come back then."),
    Reason.BALLOT_INVALID: Text("这张票没有通过检查，没有计入。", "This ballot failed the checks and was not counted."),
    Reason.CONFLICT: Text(
        "别人刚刚处理过，或者与已有的记录冲突。什么都没有改，请刷新后再看。",
        "Somebody else was quicker, or this conflicts with what is recorded. Nothing was changed: load the page again.",
    ),
    Reason.NOT_SUPPORTED: Text("现在还办不了这件事，什么都没有改。", "This cannot be done yet; nothing was changed."),
    Reason.TOO_MANY: Text("试的次数太多了，请过一会儿再试。", "Too many tries: wait a while and try again."),
}
"""Beside a form, where the refusal itself says nothing in the reader's language."""
