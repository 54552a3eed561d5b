"""What is said to a phone: a closed list of messages, each a sentence with blanks; the last three to committees and managers.

 * Nothing in them shows a choice, a name, a place, a tracker or a phone number.
 * None holds a link; what asks for a code by link or by telephone is therefore never ours, and the messages say so.
 * Carriers take approved sentences and what goes into the blanks: at most 20 characters each, no links, no unusual
   signs, a landline for questions; a sentence with a code has that one blank and no other (`carrier_sentence`).
 * With the longest blanks and a signature of 12 characters, each fits two short messages joined to one (GSM 03.40: 67
   characters of UCS-2 each).

Follows product.md §3 and the owners' words of the screens. Not here: who gets a message and when, carriers.

>>> code_message("012345").text
'验证码012345，10分钟内有效，只用来打开您的选票。任何人打电话要验证码都不要给，社区和物业也不会要。'
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from string import Formatter
from typing import NamedTuple

from crypto.encoding import compact_json, read_json, require_fields, require_text
from crypto.errors import MalformedError
from vote.clock import CHINA
from vote.errors import Reason, RefusedError

LONGEST_BLANK = 20
LONGEST_MESSAGE = 2 * 67
"""Characters, with the signature that the carrier puts in front."""


class Kind(StrEnum):
    """The messages there are."""

    CODE = "code"
    BALLOT_ACCEPTED = "ballot-accepted"
    PHONE_CHANGED = "phone-changed"
    """To the old number."""
    LETTER_REISSUED = "letter-reissued"
    OPENING_REQUESTED = "opening-requested"
    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    DISPUTE_RAISED = "dispute-raised"
    DISPUTE_SETTLED = "dispute-settled"
    OBJECTION_ANSWERED = "objection-answered"
    REMINDER = "reminder"
    """Only to owners who have not voted yet."""
    DUTY_REMINDER = "duty-reminder"
    DUTY_NOTICE = "duty-notice"
    """Privately, once the day is past and before everybody sees it."""
    TERM_ALERT = "term-alert"


SENTENCES: Mapping[Kind, str] = {
    Kind.CODE: ("验证码{code}，10分钟内有效，只用来打开您的选票。任何人打电话要验证码都不要给，社区和物业也不会要。"),
    Kind.BALLOT_ACCEPTED: (
        "{estate}：已收到您的{channel}，算进去了。不是您或您委托的人投的？请打社区座机{desk}，3天内当面核实。"
        "任何人打电话要验证码都不要给。"
    ),
    Kind.PHONE_CHANGED: (
        "{estate}：您投票用的手机号已经改了，这个号码不再收验证码。不是您要改的？请马上打社区座机{desk}。"
    ),
    Kind.LETTER_REISSUED: "{estate}：您的投票信补了一封，旧信作废。不是您要补的？请马上打社区座机{desk}。",
    Kind.OPENING_REQUESTED: (
        "{estate}：您的一张记名票将被拆开，因为{reason}。拆一次记一次，公开可查。有疑问请打社区座机{desk}。"
    ),
    Kind.EXTENSION: "{estate}：投票延长到{until}。已经投的票照样算，不用重投。有疑问请打社区座机{desk}。",
    Kind.WITHDRAWAL: (
        "{estate}：有一位候选人退出，名字仍印在票上，但不会当选。已经投的票照样算，想改，{until}前可以再投，"
        "以最后一次为准。名单见公告栏。"
    ),
    Kind.DISPUTE_RAISED: (
        "{estate}：有人对您的一张票有疑问：{matter}。请在{until}前带身份证到社区当面核实，或打座机{desk}。"
    ),
    Kind.DISPUTE_SETTLED: "{estate}：对您那张票的疑问核实完了：{outcome}。不同意，请打社区座机{desk}。",
    Kind.OBJECTION_ANSWERED: (
        "{estate}：您写的异议有答复了，贴在公告栏，不露您的姓名房号。不满意，可找街道和县建设局，也可在一年内起诉。"
    ),
    Kind.REMINDER: (
        "{estate}：业主大会投票到{until}结束，您家还没有投。扫信上的码，或带信到社区投；怎么投由您。信丢了请打社区座机{desk}。"
    ),
    Kind.DUTY_REMINDER: (
        "{estate}：{what}，最晚{until}要办好并公开，现在还没有见到记录。请到网站的应公开的事里办理。这条只提醒您，没有公开。"
    ),
    Kind.DUTY_NOTICE: (
        "{estate}：{what}，{until}已到期，没有见到公开记录。请尽快公开；{public}起，所有人会看到未见公开记录。"
    ),
    Kind.TERM_ALERT: (
        "{estate}：业委会任期{ends}届满，最晚{until}办好{what}。请早做换届准备，不清楚的请问社区或街道。"
    ),
}
"""One sentence a kind; the words in braces are its blanks."""

CHANNELS: Mapping[str, str] = {"phone": "手机票", "paper": "纸票", "desk": "现场票"}
OPENING_REASONS: Mapping[str, str] = {
    "owner-request": "您本人要求",
    "objection": "要处理对这张票的异议",
    "lawful-demand": "有机关依法调取",
}
DISPUTES: Mapping[str, str] = {
    "impersonation": "不是您或您委托的人投的",
    "double": "同一户投了两次",
    "proxy": "委托书有没有效",
    "roll": "业主身份或面积对不对",
}
OUTCOMES: Mapping[str, str] = {
    "set-aside": "这张票不算",
    "kept": "这张票照样算",
    "contested": "这张票算，记为有争议",
}
DUTIES: Mapping[str, str] = {
    "manager-disclosure": "物业上一年的履约和收支",
    "income": "公共收益收支",
    "fund": "维修资金使用情况",
    "expenses": "业委会经费和补贴",
    "seals": "印章使用情况",
    "committee-decision": "业委会的一项决定",
    "assembly-decision": "业主大会的决定",
    "agenda": "业委会会议的议题",
    "officers": "业委会首次会议",
    "filing": "业委会备案",
    "renewal": "换届",
    "handover": "向新一届业委会移交",
    "member-return": "离任委员交还物品",
    "termination": "公布委员终止职务",
    "takeover": "承接查验结果",
    "audit": "委托审计",
    "audit-result": "审计结果",
    "promise": "决定里定了日期的一件事",
    "group-handover": "筹备组移交",
    "meeting": "委员提议召开的会议",
    "change-filing": "变更备案",
    "dismissal-notice": "解聘物业的书面通知",
}
"""What is owed (`vote.oversight.duty.rules.Act`), in at most 20 characters."""
_DESK = re.compile(r"[0-9]{3,12}(?:-[0-9]{3,8})?")
_NAME_SIGNS = "·-（）()"


class Message(NamedTuple):
    """One message, of whichever kind."""

    kind: Kind
    blanks: dict[str, str]
    """What goes into the sentence's blanks, by name."""

    @property
    def text(self) -> str:
        """The whole sentence, without the carrier's signature."""
        return SENTENCES[self.kind].format_map(self.blanks)


def code_message(code: str) -> Message:
    """A one-time code of six digits."""
    return Message(Kind.CODE, {"code": code})


def ballot_accepted(estate: str, channel: str, desk: str) -> Message:
    """A ballot was accepted, by a channel of `CHANNELS`."""
    return _message(Kind.BALLOT_ACCEPTED, estate, channel=CHANNELS[channel], desk=require_desk(desk))


def phone_changed(estate: str, desk: str) -> Message:
    """Codes go to another number from now on; for the old number."""
    return _message(Kind.PHONE_CHANGED, estate, desk=require_desk(desk))


def letter_reissued(estate: str, desk: str) -> Message:
    """A new letter was made, and the old one is void."""
    return _message(Kind.LETTER_REISSUED, estate, desk=require_desk(desk))


def opening_requested(estate: str, reason: str, desk: str) -> Message:
    """One ballot of a named vote will be opened, for a reason of `OPENING_REASONS`."""
    return _message(Kind.OPENING_REQUESTED, estate, reason=OPENING_REASONS[reason], desk=require_desk(desk))


def extension(estate: str, until: datetime, desk: str) -> Message:
    """Voting ends later."""
    return _message(Kind.EXTENSION, estate, until=write_moment(until), desk=require_desk(desk))


def withdrawal(estate: str, until: datetime) -> Message:
    """A candidate gave up; ballots may be changed until the end of voting."""
    return _message(Kind.WITHDRAWAL, estate, until=write_moment(until))


def dispute_raised(estate: str, matter: str, until: datetime, desk: str) -> Message:
    """Somebody doubts that a ballot is the owner's, for a matter of `DISPUTES`."""
    return _message(
        Kind.DISPUTE_RAISED, estate, matter=DISPUTES[matter], until=write_moment(until), desk=require_desk(desk)
    )


def dispute_settled(estate: str, outcome: str, desk: str) -> Message:
    """The doubt is settled, with an outcome of `OUTCOMES`."""
    return _message(Kind.DISPUTE_SETTLED, estate, outcome=OUTCOMES[outcome], desk=require_desk(desk))


def objection_answered(estate: str) -> Message:
    """An objection that the owner wrote was answered."""
    return _message(Kind.OBJECTION_ANSWERED, estate)


def reminder(estate: str, until: datetime, desk: str) -> Message:
    """Voting goes on, and this owner has not voted yet."""
    return _message(Kind.REMINDER, estate, until=write_moment(until), desk=require_desk(desk))


def duty_reminder(estate: str, act: str, due: date) -> Message:
    """Something of `DUTIES` is due soon."""
    return _message(Kind.DUTY_REMINDER, estate, what=DUTIES[act], until=write_day(due))


def duty_notice(estate: str, act: str, due: date, public_from: date) -> Message:
    """Its day is past; from another day on everybody sees that."""
    blanks = {"what": DUTIES[act], "until": write_day(due), "public": write_day(public_from)}
    return _message(Kind.DUTY_NOTICE, estate, **blanks)


def term_alert(estate: str, act: str, ends: date, due: date) -> Message:
    """A committee's term ends, and something of `DUTIES` is due before."""
    return _message(Kind.TERM_ALERT, estate, what=DUTIES[act], ends=write_day(ends), until=write_day(due))


def blanks_of(kind: Kind) -> tuple[str, ...]:
    """Return the names of a sentence's blanks, in their order."""
    return tuple(name for _, name, _, _ in Formatter().parse(SENTENCES[kind]) if name)


def carrier_sentence(kind: Kind) -> str:
    """Return a sentence as a carrier wants it for approval, with blanks such as ${code}."""
    return SENTENCES[kind].replace("{", "${")


def numbered_sentence(kind: Kind) -> str:
    """Return a sentence as the carriers want it that number the blanks, such as {1}."""
    return SENTENCES[kind].format_map({name: f"{{{number}}}" for number, name in enumerate(blanks_of(kind), 1)})


def write_moment(when: datetime) -> str:
    """Write a moment as screens do, in China's time: 12月20日18:00."""
    local = when.astimezone(CHINA)
    return f"{local.month}月{local.day}日{local:%H:%M}"


def write_day(day: date) -> str:
    """Write a day as screens do: 2026年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def encode_message(message: Message) -> bytes:
    """Write a message, to be sealed until it is sent."""
    return compact_json({"kind": message.kind, "blanks": message.blanks})


def decode_message(data: bytes) -> Message:
    """Read a message.

    Raises:
        MalformedError: it is none.
    """
    what = "the message"
    fields = require_fields(read_json(data, what), ("kind", "blanks"), what)
    name = require_text(fields["kind"], f"{what}, kind")
    if name not in set(Kind):
        raise MalformedError(f"{what}: its kind is not known")
    kind = Kind(name)
    blanks = require_fields(fields["blanks"], blanks_of(kind), f"{what}, blanks")
    for blank in blanks_of(kind):
        if not 0 < len(require_text(blanks[blank], f"{what}, {blank}")) <= LONGEST_BLANK:
            raise MalformedError(f"{what}, {blank}: from 1 to {LONGEST_BLANK} characters are expected")
    return Message(kind, {blank: blanks[blank] for blank in blanks_of(kind)})


def require_desk(number: str) -> str:
    """Return the desk's telephone, as messages show it.

    Raises:
        RefusedError: it is none.
    """
    if not _DESK.fullmatch(number):
        raise RefusedError(
            Reason.MALFORMED, "The desk's telephone must be digits with at most one hyphen, as in 0573-84012345."
        )
    return number


def _message(kind: Kind, estate: str, **blanks: str) -> Message:
    """A message from an estate, whose name may be longer, or hold more, than carriers let through."""
    plain = "".join(letter for letter in estate if letter.isalnum() or letter in _NAME_SIGNS)
    return Message(kind, {"estate": plain[:LONGEST_BLANK] or "您的小区", **blanks})
