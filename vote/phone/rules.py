"""Decides what a phone number is, whether a code may go to it, and who may change it.

 * A number has one spelling, as E.164 writes it: +86, then the mobile number or the landline without its first zero.
 * A number that the maker of the roll supplied (property firm, developer) gets no code until its owner has confirmed
   it: on the receipt of the letter, in person at the desk, or on the form on which owners say how they wish to be told.
   What was only typed into a page is not confirmed either, for whoever found a letter can do that.
 * Once the roll is frozen, a change takes two different people.
 * No refusal repeats a number; the public learns how many there are of each sort, never which.

Follows product.md §3; YD/T numbering plan for what is a mobile number or a landline; ITU-T E.164.
Not here: sealing numbers, and telling people apart (keyed digests come in).

>>> read_number("手机：138-0013 8000")
'+8613800138000'
>>> write_number(read_number("（０５７３）８４０１２３４５"))
'0573-84012345'
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vote.errors import Reason, RefusedError

COUNTRY = "+86"


class Source(StrEnum):
    """Where a number comes from."""

    ROLL = "roll"
    """Whoever made the roll: the property firm, the developer."""
    DELIVERY_RECEIPT = "delivery_receipt"
    DESK = "desk"
    WISH_FORM = "wish_form"
    OWNER = "owner"
    """Typed into a page by someone who held the letter."""


CONFIRMING = (Source.DELIVERY_RECEIPT, Source.DESK, Source.WISH_FORM)
"""The ways in which owners confirm: each leaves a paper that they signed, or somebody who saw their identity card."""


class State(StrEnum):
    """What has become of a number."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    REFUSED = "refused"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Phone:
    """What the rules need to know of a number."""

    digest: str
    """Tells numbers apart without showing them."""
    source: Source
    state: State
    confirmed_how: Source | None = None
    changed_late: bool = False
    """Whether it came after the roll was frozen."""


class PublicCounts(NamedTuple):
    """What the public learns of an election's phones. Only active numbers count."""

    supplied: dict[str, int]
    """How many came from each source."""
    confirmed: dict[str, int]
    """How many were confirmed in each way."""
    unconfirmed: int
    """How many get no code."""
    changed_late: int
    """How many came after the roll was frozen."""
    shared: int
    """How many confirmed numbers stand for more than one owner: what planted numbers would look like."""


_LABEL = re.compile(r"^(?:(?:联系|固定|移动|手机|本人|业主)*(?:电话|手机|座机|号码?)+|TEL|PHONE|MOBILE)[:.]?")
_SPREADSHEET = re.compile(r"([0-9]+)\.0")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+")
_MASKED = re.compile(r"[*?●•]|X{2,}")
_SEVERAL = re.compile(r"[/、,;|&\n或和]")
_NOISE = re.compile(r"[-‐‑‒–—―−_.·()'\"]")
_COUNTRY = re.compile(r"\+86|0086|86(?=1[3-9][0-9]{9}$)")
_MOBILE = re.compile(r"0?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"((?:10|2[0-57-9])(?=[0-9]{8}$)|[3-9][0-9]{2})([2-8][0-9]{6,7})")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")
_LONGEST = 15
"""Digits of any number in the world (E.164)."""


Line = tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str, str]]]
"""Names with identity numbers of the owners of a line, and the places of their homes."""
Where = Mapping[int, Line]
"""Lines by their numbers."""


def find_same(line: Line, others: Where) -> int | None:
    """Return which of other lines shares an owner and a home with this one, the first if several do."""
    owners, places = line
    for number, (other_owners, other_places) in others.items():
        if places & other_places and (owners & other_owners or owners == other_owners):
            return number
    return None


def read_number(text: str) -> str:
    """Read a mainland number as people write it, and return its one spelling.

    Raises:
        RefusedError: it is none, or more than one; the sentence is for whoever typed it and does not repeat it.
    """
    written = unicodedata.normalize("NFKC", text).upper().strip()
    if _SCIENTIFIC.fullmatch(written):
        raise _refusal("表格把这个号码变成了科学计数，后几位已经丢了。请按原件重新填写。")
    whole = _SPREADSHEET.fullmatch(written)
    seen = "".join(letter for letter in written if letter == "\n" or unicodedata.category(letter)[0] not in "ZC")
    digits = whole[1] if whole else _NOISE.sub("", _LABEL.sub("", seen))
    if not digits:
        raise _refusal("没有填号码。请填11位手机号，或区号加座机号。")
    if _MASKED.search(digits):
        raise _refusal("号码有几位被遮住了。请填完整的号码。")
    if _SEVERAL.search(digits) or len(digits) > _LONGEST:
        raise _refusal("这里只能填一个号码。请留下常用的那个，不带分机。")
    country = _COUNTRY.match(digits)
    if not country and digits.startswith(("+", "00")):
        raise _refusal("只能用中国内地的号码。请换一个，或到社区现场办理。")
    return COUNTRY + _national(digits[country.end() :] if country else digits, with_country=bool(country))


def is_mobile(number: str) -> bool:
    """Whether a number, in its one spelling, can get short messages."""
    return bool(_MOBILE.fullmatch(number.removeprefix(COUNTRY)))


def write_number(number: str) -> str:
    """Return a number, given in its one spelling, as people dial it."""
    national = number.removeprefix(COUNTRY)
    landline = None if is_mobile(number) else _LANDLINE.fullmatch(national)
    return f"0{landline[1]}-{landline[2]}" if landline else national


def tail(number: str) -> str:
    """Return what the screen shows of a number: its last four digits."""
    return number[-4:]


def require_confirmed(phone: Phone) -> None:
    """Raise unless codes may go to this phone.

    Raises:
        RefusedError: nobody confirmed it in one of the ways that count, or it is not the number in force.
    """
    if phone.state is not State.ACTIVE:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "这个号码还没有生效，或已经换掉。请带身份证到社区核对手机号。 "
            "This number is not in force yet, or no longer: have it checked at the community office with your identity card.",
        )
    if phone.confirmed_how not in CONFIRMING:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "这个号码是别人报上来的，您还没有确认过，不能发验证码。请带身份证到社区确认手机号。 "
            "Others gave this number and you never confirmed it, so no code can be sent: confirm it at the community office with "
            "your identity card.",
        )


def require_mobile(number: str) -> None:
    """Raise unless a number, in its one spelling, can get short messages.

    Raises:
        RefusedError: it is a landline.
    """
    if not is_mobile(number):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "座机收不到验证码。请到社区登记一个手机号。 "
            "A landline gets no codes: register a mobile phone at the community office.",
        )


def require_in_charge(election: str, running: Sequence[str]) -> None:
    """Raise unless the people of an election may touch the numbers of its roll.

    A draft costs nothing, and whoever makes it names its duties: they must not reach owners who vote elsewhere already.

    Args:
        election: its uuid.
        running: the elections on the same roll that are sealed and not closed, the one that was sealed first first.

    Raises:
        RefusedError: another one is under way.
    """
    if running and running[0] != election:
        raise RefusedError(
            Reason.WRONG_STATE,
            "这份清册正用在另一次投票里，业主的电话由那一次投票的人确认和更改。 "
            "Another vote on this roll is under way: its own people confirm and change telephones.",
        )


def require_proposed_here(proposer: str, editors: Collection[str]) -> None:
    """Raise unless a change was proposed by an editor of this election: across elections one person is not known again.

    Args:
        proposer: keyed digest of a person.
        editors: the same of all who edit telephones in this election.

    Raises:
        RefusedError: it was proposed elsewhere.
    """
    if proposer not in editors:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "这个号码是在另一次投票里提出的，分不清是不是两个人，请退回后重新提出。 "
            "This number was proposed in another vote: refuse it and propose it anew.",
        )


def require_second_person(proposer: str, approver: str) -> None:
    """Raise unless a change was proposed and decided by two different people.

    Args:
        proposer: keyed digest of a person.
        approver: the same of another.

    Raises:
        RefusedError: they are one, or either is not known.
    """
    if not proposer or not approver:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "A change after freezing names who proposed it and who decided it.",
            zh="清册定稿后改手机号，要看得出是谁提出、谁核对的。请用自己的账号登录再做。",
        )
    if proposer == approver:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "Whoever proposed a change of a phone cannot decide it: ask the other editor of phones.",
            zh="这个改动是您提出的，不能由您自己决定。请另一位管手机号的人来核对。",
        )


def count_phones(phones: Iterable[Phone]) -> PublicCounts:
    """Return what the public learns of an election's phones."""
    active = [phone for phone in phones if phone.state is State.ACTIVE]
    confirmed = [phone for phone in active if phone.confirmed_how in CONFIRMING]
    owners = Counter(phone.digest for phone in confirmed)
    return PublicCounts(
        supplied={source: sum(phone.source is source for phone in active) for source in Source},
        confirmed={how: sum(phone.confirmed_how is how for phone in confirmed) for how in CONFIRMING},
        unconfirmed=len(active) - len(confirmed),
        changed_late=sum(phone.changed_late for phone in active),
        shared=sum(number > 1 for number in owners.values()),
    )


def _national(digits: str, *, with_country: bool) -> str:
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        return mobile[1]
    if digits.startswith("0") or with_country:
        landline = _LANDLINE.fullmatch(digits.removeprefix("0"))
        if landline:
            return landline[0]
    if _LOCAL.fullmatch(digits):
        raise _refusal("座机号前面少了区号。请补上，例如嘉兴是0573。")
    raise _refusal("这不像一个电话号码。手机号是11位，座机要带区号，不带分机。请对照原件再填一次。")


def read_stated(entitlement: int, number: str) -> str:
    """Return the number that is stated for an entitlement of the roll.

    Raises:
        RefusedError: it is none; the sentence names the entitlement.
    """
    try:
        return read_number(number)
    except RefusedError as error:
        raise RefusedError(
            error.reason,
            f"Entitlement {entitlement}: {error.detail}",
            zh=f"第{entitlement}号业主：{error.zh or error.detail}",
        ) from None


def row_of(rows: Mapping[int, int], entitlement: int) -> int:
    """Return the row of an entitlement's number.

    Raises:
        RefusedError: the roll has no such entitlement.
    """
    if entitlement not in rows:
        raise RefusedError(
            Reason.NOT_FOUND,
            f"The roll has no entitlement {entitlement}: look the number up in it.",
            zh=f"清册里没有第{entitlement}号，请对照清册再看。",
        )
    return rows[entitlement]


def require_confirming(how: Source) -> None:
    """Raise unless an owner confirms a number in this way.

    Raises:
        RefusedError: it says only who supplied the number.
    """
    if how not in CONFIRMING:
        raise RefusedError(
            Reason.MALFORMED,
            f"Owners confirm a number in one of these ways: {', '.join(CONFIRMING)}.",
            zh="请选业主是怎样确认号码的。",
        )


def _refusal(sentence: str) -> RefusedError:
    return RefusedError(Reason.MALFORMED, sentence)
