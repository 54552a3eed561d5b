"""Texts of the demonstration's own page, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

WORDS: Final[Mapping[str, Text]] = {
    "rehearsal.title": Text("演示：您来试试", "Demonstration: try it yourself"),
    "rehearsal.lead": Text(
        "下面的信、手机和钥匙都是编出来的人的。真的投票里，信在业主手里，钥匙在三方自己手里，这里看不到。",
        "The letters, phones and keys below belong to made-up people. In a real vote letters lie with the owners and keys "
        "with the offices, and nobody sees them here.",
    ),
    "rehearsal.owner": Text("一、当一回业主，投一票", "1. Be an owner and vote"),
    "rehearsal.owner-how": Text(
        "挑一封信，点“打开信里的网址”（真的信上是二维码）。要验证码时，点“看手机短信”。",
        "Pick a letter and open its address (on a real letter it is a QR code). When a code is asked for, look at the "
        "phone’s messages.",
    ),
    "rehearsal.letter": Text("{place}的信", "The letter of {place}"),
    "rehearsal.number": Text("编号", "Number"),
    "rehearsal.open": Text("打开信里的网址", "Open the letter’s address"),
    "rehearsal.phone": Text("尾号{tail}的手机短信", "Messages on the phone ending in {tail}"),
    "rehearsal.no-message": Text("还没有短信。", "No message yet."),
    "rehearsal.again": Text("看新的短信", "Look for new messages"),
    "rehearsal.offices": Text("二、当一回社区，办结果证明", "2. Be the offices and certify"),
    "rehearsal.offices-how": Text(
        "“{title}”已经开过票，等着三方签证明。按下面的顺序来：先下载钥匙文件，再登录，再到办证明的页面选这个文件、签字。"
        "三方是三个人：签好一方，点右上角“退出”，再当下一方。",
        "“{title}” is counted and waits for three signatures. Go in this order: download the key file, sign in, then choose that "
        "file on the page and sign. The offices are three people: after each, sign out at the top and be the next one.",
    ),
    "rehearsal.office.organiser": Text("筹备组（先确认、再签）", "The preparatory group (confirms and signs first)"),
    "rehearsal.office.community": Text("社区居委会（证明程序）", "The community (certifies the procedure)"),
    "rehearsal.office.sub_district": Text("街道（收到备查）", "The sub-district (acknowledges)"),
    "rehearsal.join": Text("以这个身份登录", "Sign in as this office"),
    "rehearsal.key": Text("下载这一方的钥匙文件", "Download this office’s key file"),
    "rehearsal.finish": Text("去办证明的页面", "Go to the page where it is certified"),
}
