"""Texts of the telephones' pages."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

PHONES: Final[Mapping[str, Text]] = {
    "clerk.phones": Text("业主的电话", "Owners’ telephones"),
    "clerk.phones.lead": Text(
        "验证码只发到业主本人确认过的手机。物业、开发商给的号码，本人确认前不用。这里只露尾号，看一次记一次。",
        "Codes go to numbers that the owner confirmed. What the roll’s maker supplied is not used before. Only the last "
        "digits are shown, and each look is noted.",
    ),
    "clerk.phones.confirmed": Text("已确认", "Confirmed"),
    "clerk.phones.unconfirmed": Text("未确认", "Not confirmed"),
    "clerk.phones.landline": Text("座机", "Landline"),
    "clerk.phones.shared": Text("几户共用", "Shared by several"),
    "clerk.phones.none": Text("没有电话", "No number"),
    "clerk.phones.all": Text("全部", "All"),
    "clerk.phones.before": Text(
        "清册里的电话在定稿时取出。定稿前可以补业主自己给的。",
        "Numbers in the roll are taken over when it is frozen. Before that, bring what owners gave themselves.",
    ),
    "clerk.phones.owner": Text("房屋", "Home"),
    "clerk.phones.tail": Text("尾号", "Ends with"),
    "clerk.phones.source": Text("来源", "From"),
    "clerk.phones.standing": Text("情况", "Standing"),
    "clerk.phones.with": Text("{n}户共用", "shared by {n}"),
    "clerk.phones.late": Text("定稿后改过", "changed after freezing"),
    "clerk.source.roll": Text("清册", "the roll"),
    "clerk.source.delivery_receipt": Text("送信回执", "delivery receipt"),
    "clerk.source.desk": Text("当面核对", "in person"),
    "clerk.source.wish_form": Text("业主填的表", "owner’s form"),
    "clerk.source.owner": Text("网页上填的", "typed into a page"),
    "clerk.phones.bring": Text("补一个业主给的号码", "Bring a number that an owner gave"),
    "clerk.phones.home": Text("哪一户", "Which home"),
    "clerk.phones.home-hint": Text("如：3幢2单元501室，或3-2-501", "Such as 3-2-501: building, entrance, room"),
    "clerk.phones.number": Text("号码", "Number"),
    "clerk.phones.how": Text("凭什么", "On what"),
    "clerk.phones.save": Text("保存", "Save"),
    "clerk.phones.saved": Text("已保存。", "Saved."),
    "clerk.phones.election": Text("这次投票的电话", "Telephones of this vote"),
    "clerk.phones.changed": Text("定稿后改过", "Changed after freezing"),
    "clerk.phones.confirm": Text("当面确认号码", "Confirm a number in person"),
    "clerk.phones.confirm-note": Text(
        "先看身份证，再请业主自己说号码。说的和记录的一样，就确认；不一样，要两位改电话的人办。",
        "See the identity card, then let the owner say the number. If it is the one on record it is confirmed; another one "
        "takes the two editors.",
    ),
    "clerk.phones.confirm-do": Text("确认", "Confirm"),
    "clerk.phones.also": Text("窗口还能办", "Also at the desk"),
    "clerk.phones.propose": Text("提出改号码", "Propose another number"),
    "clerk.phones.propose-note": Text(
        "您提出，另一位核对后才生效。旧号码会收到通知。",
        "You propose, the other editor checks it, then it is in force. The old number is told.",
    ),
    "clerk.phones.propose-do": Text("提出", "Propose"),
    "clerk.phones.waiting": Text("等另一位核对的", "Waiting for the other editor"),
    "clerk.phones.waiting-none": Text("没有等核对的。", "Nothing waits."),
    "clerk.phones.own": Text("您提出的，要另一位来核对。", "You proposed this; the other editor decides."),
    "clerk.phones.accept": Text("核对无误，生效", "It is right: put it in force"),
    "clerk.phones.refuse": Text("不对，退回", "It is wrong: refuse"),
    "clerk.phones.done.confirmed": Text("已确认，可以发验证码了。", "Confirmed; codes go to it now."),
    "clerk.phones.done.different": Text(
        "说的号码和记录的不一样，没有确认。请找改电话的人，两个人一起改。",
        "Another number is on record, so nothing was confirmed. The two editors of telephones can change it.",
    ),
    "clerk.phones.done.proposed": Text("已提出，等另一位核对。", "Proposed; the other editor decides."),
    "clerk.phones.done.accepted": Text("已生效，旧号码会收到通知。", "In force; the old number is told."),
    "clerk.phones.done.refused": Text("已退回。", "Refused."),
}
