"""Texts of lost links in a sealed election, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

LINKS: Final[Mapping[str, Text]] = {
    "tab.links": Text("链接", "Links"),
    "links.title": Text("链接丢了怎么办", "If a link is lost"),
    "links.lead": Text(
        "已经封存了，一个人不能换链接：一位提出，另一位封存前就在的同事同意，马上能换；没有人同意，要等满一天，"
        "期间谁都能叫停。提出、同意、叫停、换新，都留下记录。",
        "The vote is sealed, so nobody replaces a link alone: one asks, and a colleague who had a task before the sealing "
        "agrees; without that a day has to pass, in which anybody here can stop it. Every step is recorded.",
    ),
    "links.own-duty": Text(
        "您在这次投票里有一份工作，不能提出换别人的链接。请找没有工作的同事，或者街道。",
        "You have a task in this vote, so you cannot ask for links: ask a colleague without one, or the sub-district.",
    ),
    "links.waits": Text("有人提出换链接", "a new link is asked for"),
    "links.ready": Text("可以换了", "can be replaced now"),
    "links.asked": Text("{when}提出。", "Asked for on {when}."),
    "links.agreed": Text("{when}第二个人同意了。", "A second person agreed on {when}."),
    "links.until": Text("没有人同意的话，{when}才能换。", "Without a second person it can be replaced on {when}."),
    "links.check": Text(
        "同意以前，请打电话问本人：链接是不是真的丢了？不是的话，请叫停。",
        "Before you agree, telephone the person: is the link really lost? If it is not, stop it.",
    ),
    "links.own": Text(
        "您提出的，请让另一位同事打开这一页，点“同意”。", "You asked: let a colleague open this page and agree."
    ),
    "links.ask": Text("提出换链接", "Ask for a new link"),
    "links.agree": Text("问过本人，同意换", "I asked the person, and agree"),
    "links.stop": Text("叫停，不换", "Stop it"),
    "links.withdraw": Text("不换了", "Take it back"),
    "links.give": Text("换新链接，旧的作废", "Make the new link; the old one ends"),
    "links.warning": Text(
        "有人提出换“{role}”的链接。没有人叫停的话，{when}换。",
        "Somebody asks for the link of: {role}. It changes on {when}.",
    ),
    "links.look": Text("去看看", "Look"),
}
