"""What an election may do next, and whether it is complete enough to be sealed.

 * draft → sealed → noticed → open → closed → checked → tallied → preliminary → certified; `annulled` from every state
   before `certified`.
 * A ballot is in time if it was wholly received from `opens_at` up to, not including, `closes_at`.

Time is the database's clock, given as `now` (product.md §4).
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from crypto.errors import MalformedError
from crypto.randomness import Randomness
from vote.clock import say_moment
from vote.election.ask import MAX_QUESTIONS, Ask, AskKind, decode_ask
from vote.election.manifest import MAX_PARTS
from vote.election.terms import MAX_EXTENSIONS, OFFICES, OFFICES_ZH, Extension, Periods
from vote.errors import Reason, RefusedError
from vote.law.measure import Period
from vote.law.profile import Profile
from vote.law.rules import ELECTION_MATTER
from vote.message.rules import require_desk

GRACE_SECONDS = 60
"""How long checking may go on after closing."""
MAX_TRUSTEES = 9
MAX_LINE = 200
"""Characters of a title or name; what the key ceremony takes of a trustee's name."""
DEMO_MARK = "DEMO"
CALENDAR_DAYS = "D"
"""The unit of a period that needs no list of holidays."""


_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
UUID_LENGTH = 14


class State(StrEnum):
    """Where an election stands."""

    DRAFT = "draft"
    SEALED = "sealed"
    NOTICED = "noticed"
    OPEN = "open"
    CLOSED = "closed"
    CHECKED = "checked"
    TALLIED = "tallied"
    PRELIMINARY = "preliminary"
    CERTIFIED = "certified"
    ANNULLED = "annulled"


STATE_ZH: Mapping[State, str] = {
    State.DRAFT: "准备中",
    State.SEALED: "内容已定",
    State.NOTICED: "已公告",
    State.OPEN: "投票中",
    State.CLOSED: "投票已截止",
    State.CHECKED: "票已核对",
    State.TALLIED: "已开票",
    State.PRELIMINARY: "初步结果已公布",
    State.CERTIFIED: "结果已定稿",
    State.ANNULLED: "已作废",
}


_LIFE = tuple(State)[:-1]
FOLLOWS = {
    **{state: {following, State.ANNULLED} for state, following in pairwise(_LIFE)},
    State.CERTIFIED: set[State](),
    State.ANNULLED: set[State](),
}
BEFORE_OPENING = frozenset({State.DRAFT, State.SEALED, State.NOTICED})
BEFORE_CLOSING = BEFORE_OPENING | {State.OPEN}


class Secrecy(StrEnum):
    """Whether the certifying office can open single ballots afterwards."""

    SECRET = "secret"  # noqa: S105 - the word for a secret vote
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Draft:
    """An election that is being prepared."""

    estate: str
    roll: int
    title: str
    profile: str
    secrecy: Secrecy
    opens_at: datetime
    closes_at: datetime
    trustees: tuple[str, ...]
    threshold: int
    asks: tuple[Ask, ...]
    credential_parts: int = MAX_PARTS
    extension: Extension | None = None
    too_few_staff: bool = False
    """Said openly where duties cannot lie in enough different hands."""
    desk_phone: str = ""
    """The telephone of the desk, which messages tell owners to call; empty only where a voting key has one part."""


def new_uuid(rng: Randomness) -> str:
    """Return the number of a new election."""
    number = int.from_bytes(rng(32), "big")
    digits = []
    for _ in range(UUID_LENGTH):
        number, digit = divmod(number, len(_BASE58))
        digits.append(_BASE58[digit])
    return "".join(digits)


def require_state(state: State, *allowed: State) -> None:
    """Raise unless an election is in one of the `allowed` states.

    Raises:
        RefusedError: it is not; the sentence says where it stands.
    """
    if state not in allowed:
        wanted = " or ".join(allowed)
        raise RefusedError(
            Reason.WRONG_STATE,
            f"The election is {state}; this is possible only while it is {wanted}.",
            zh=f"这次投票现在是“{STATE_ZH[state]}”，这件事要在“{'”或“'.join(STATE_ZH[each] for each in allowed)}”的时候才能做。",
        )


def require_step(state: State, following: State) -> None:
    """Raise unless `following` may come after `state`.

    Raises:
        RefusedError: it may not.
    """
    if following not in FOLLOWS[state]:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"An election that is {state} cannot become {following}.",
            zh=f"这次投票现在是“{STATE_ZH[state]}”，不能直接变成“{STATE_ZH[following]}”。请刷新后看下一步。",
        )


def require_complete(draft: Draft, *, now: datetime, demo: bool) -> None:
    """Raise unless a draft can be prepared further.

    Raises:
        RefusedError: something is missing or does not go together; the sentence says what.
    """
    _require_keys(draft)
    if draft.extension is not None and (
        draft.extension.latest <= draft.closes_at or not 1 <= draft.extension.times <= MAX_EXTENSIONS
    ):
        raise RefusedError(
            Reason.MALFORMED,
            f"An extension lies after closes_at and happens 1 to {MAX_EXTENSIONS} times: set its latest and times so.",
            zh=f"最晚的截止时间要晚于原来的截止时间，可延长1到{MAX_EXTENSIONS}次。请改好再试。",
        )
    if not is_line(draft.title):
        raise RefusedError(
            Reason.MALFORMED,
            f"The title must be one line of 1 to {MAX_LINE} characters.",
            zh=f"标题要写在一行里，1到{MAX_LINE}个字。请改好再试。",
        )
    if demo != (DEMO_MARK in draft.title):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "DEMO must stand in the title of a demonstration, and only there: real elections need a real installation.",
            zh="演示的标题要有DEMO，正式投票的标题不能有。请改好标题。",
        )
    if draft.closes_at <= draft.opens_at or draft.closes_at <= now:
        raise RefusedError(
            Reason.MALFORMED,
            "Closing must come after opening and lie in the future: set closes_at later.",
            zh="截止时间要晚于开始时间，也不能已经过去。请把截止时间推后。",
        )
    if not 1 <= draft.threshold <= len(draft.trustees) <= MAX_TRUSTEES:
        raise RefusedError(
            Reason.MALFORMED,
            f"Name 1 to {MAX_TRUSTEES} trustees, and a threshold of at most their number.",
            zh=f"开票的开箱人要有1到{MAX_TRUSTEES}位，要几位到场才能开票，不能多于总人数。请改好再试。",
        )
    if 2 * draft.threshold <= len(draft.trustees):
        # Two groups, each shown another archive, would open two totals; what lies between them tells a single ballot.
        raise RefusedError(
            Reason.MALFORMED,
            "More than half of the trustees must be needed to open the totals: raise the threshold.",
            zh="要有一半以上的开箱人到场才能开票。请把到场人数调大。",
        )
    if len(set(draft.trustees)) != len(draft.trustees):
        raise RefusedError(
            Reason.MALFORMED,
            "Two trustees have one name: tell them apart.",
            zh="两位开箱人名字一样，请写得能分清，例如加上单位。",
        )
    if not all(is_line(name) for name in draft.trustees):
        raise RefusedError(
            Reason.MALFORMED,
            f"A trustee's name must be one line of 1 to {MAX_LINE} characters.",
            zh=f"开箱人的名字要写在一行里，1到{MAX_LINE}个字。",
        )
    if any(ask.kind is AskKind.ELECTION and ask.matter != ELECTION_MATTER for ask in draft.asks):
        raise RefusedError(
            Reason.MALFORMED,
            f"An election fills the committee, which is matter {ELECTION_MATTER}: give that matter.",
            zh="选举只能用于选业主委员会，请在这一题选对事项。",
        )


def _require_keys(draft: Draft) -> None:
    if not 1 <= draft.credential_parts <= MAX_PARTS:
        raise RefusedError(
            Reason.MALFORMED,
            f"A voting key has 1 or {MAX_PARTS} parts: give credential_parts so.",
            zh=f"投票码由一段或{MAX_PARTS}段组成，请回到那一步重新选。",
        )
    if draft.credential_parts == MAX_PARTS or draft.desk_phone:
        require_desk(draft.desk_phone)


def periods_of(profile: Profile, on: date, *, demo: bool) -> Periods:
    """Return the periods that a profile asks for on a day; a demonstration has none.

    Raises:
        RefusedError: a day before the Civil Code, or a period in other than calendar days.
    """
    if demo:
        return Periods(0, 0, 0)
    names = "meeting_notice.before", "dispute_period", "result_objection_period"
    periods = [profile.read(Period, name, on=on) for name in names]
    if any(period.unit != CALENDAR_DAYS for period in periods):
        raise RefusedError(
            Reason.NOT_SUPPORTED,
            f"Profile {profile.id} has a period that is not in calendar days: choose another one.",
            zh="这套规则里有不按自然日算的期限，还办不了。请换一套规则。",
        )
    return Periods(*(period.number for period in periods))


def decode_asks(values: Sequence[object]) -> tuple[Ask, ...]:
    """Read the questions of a draft.

    Raises:
        RefusedError: one does not go together, there is none, or there are too many.
    """
    if not 1 <= len(values) <= MAX_QUESTIONS:
        raise RefusedError(
            Reason.MALFORMED,
            f"An election asks 1 to {MAX_QUESTIONS} questions.",
            zh=f"一次投票要有1到{MAX_QUESTIONS}题，请增减题目。",
        )
    try:
        return tuple(decode_ask(value, index) for index, value in enumerate(values))
    except MalformedError as error:
        raise RefusedError(
            Reason.MALFORMED, f"{error}.", zh="有一题的内容不合适，请看看题目、选项和人数有没有漏填或填错。"
        ) from None


def require_in_time(received_at: datetime, *, opens_at: datetime, closes_at: datetime) -> None:
    """Raise unless a ballot wholly received at `received_at` is in time.

    Raises:
        RefusedError: too early or too late.
    """
    if received_at < opens_at:
        raise RefusedError(
            Reason.POLLS_NOT_OPEN,
            f"Voting opens at {opens_at:%Y-%m-%d %H:%M} UTC: cast the ballot then.",
            zh=f"投票{say_moment(opens_at)}才开始，请到时候再投。",
        )
    if received_at >= closes_at:
        raise RefusedError(
            Reason.POLLS_CLOSED,
            f"Voting closed at {closes_at:%Y-%m-%d %H:%M} UTC; this ballot is too late.",
            zh=f"投票已于{say_moment(closes_at)}结束，这一票赶不上了，很抱歉。",
        )


def require_closable(*, now: datetime, closes_at: datetime, under_way: int) -> None:
    """Raise unless the ballot box can be closed: time is up, and no ballot that came in time is still being checked.

    Raises:
        RefusedError: it is too early.
    """
    if now < closes_at:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"Voting goes on until {closes_at:%Y-%m-%d %H:%M:%S} UTC.",
            zh=f"投票到{say_moment(closes_at)}才截止，请等到那时。",
        )
    if under_way and now < closes_at + timedelta(seconds=GRACE_SECONDS):
        raise RefusedError(
            Reason.WRONG_STATE,
            f"{under_way} ballots that came in time are still being checked: wait.",
            zh=f"还有{under_way}张按时投的票正在检查，请过一两分钟再试。",
        )


def require_frozen_roll(*, frozen: bool) -> None:
    """Raise unless the estate has a roll that is `frozen`.

    Raises:
        RefusedError: it has none.
    """
    if not frozen:
        raise RefusedError(
            Reason.WRONG_STATE,
            "An election needs a frozen roll of its estate: freeze the roll first.",
            zh="小区还没有定稿的清册，请先把清册定稿，再准备投票。",
        )


def require_time_left(now: datetime, closes_at: datetime) -> None:
    """Raise unless an election that is sealed now could still be voted in.

    Raises:
        RefusedError: its closing time has passed.
    """
    if now >= closes_at:
        raise RefusedError(
            Reason.WRONG_STATE,
            "Its closing time has passed: prepare a new election.",
            zh="这次投票的截止时间已经过了，请重新准备一次投票。",
        )


def require_opening_time(now: datetime, opens_at: datetime) -> None:
    """Raise unless voting may be opened by the clock.

    Raises:
        RefusedError: it is too early.
    """
    if now < opens_at:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"Voting opens at {opens_at:%Y-%m-%d %H:%M:%S} UTC.",
            zh=f"投票{say_moment(opens_at)}才开始，请等到那时。",
        )


def require_offices(found: Container[str]) -> None:
    """Raise unless every office's public keys were found.

    Raises:
        RefusedError: one is missing; the sentence says whose.
    """
    if missing := [name for name in OFFICES if name not in found]:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"The public keys of {missing[0]} are not here: let the office run `vote office keygen` and bring the file.",
            zh=f"{OFFICES_ZH[missing[0]]}的签章文件还没有交来。请他们打开自己的链接，把这一步做完。",
        )


def is_line(text: str) -> bool:
    """Whether a title or name is one line of a sensible length."""
    return bool(text.strip()) and len(text) <= MAX_LINE and text.isprintable()
