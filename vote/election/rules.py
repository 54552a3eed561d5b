"""What an election may do next, and whether it is complete enough to be sealed.

 * draft → sealed → noticed → open → closed → checked → tallied → preliminary → certified; `annulled` from every state
   before `certified`.
 * A ballot is in time if it was wholly received from `opens_at` up to, not including, `closes_at`.

Time is the database's clock, given as `now` (product.md §4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from crypto.errors import MalformedError
from crypto.randomness import Randomness
from vote.election.ask import MAX_QUESTIONS, Ask, AskKind, decode_ask
from vote.election.manifest import MAX_PARTS
from vote.election.terms import MAX_EXTENSIONS, Extension, Periods
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
        raise RefusedError(Reason.WRONG_STATE, f"The election is {state}; this is possible only while it is {wanted}.")


def require_step(state: State, following: State) -> None:
    """Raise unless `following` may come after `state`.

    Raises:
        RefusedError: it may not.
    """
    if following not in FOLLOWS[state]:
        raise RefusedError(Reason.WRONG_STATE, f"An election that is {state} cannot become {following}.")


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
        )
    if not is_line(draft.title):
        raise RefusedError(Reason.MALFORMED, f"The title must be one line of 1 to {MAX_LINE} characters.")
    if demo != (DEMO_MARK in draft.title):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "DEMO must stand in the title of a demonstration, and only there: real elections need a real installation.",
        )
    if draft.closes_at <= draft.opens_at or draft.closes_at <= now:
        raise RefusedError(
            Reason.MALFORMED, "Closing must come after opening and lie in the future: set closes_at later."
        )
    if not 1 <= draft.threshold <= len(draft.trustees) <= MAX_TRUSTEES:
        raise RefusedError(
            Reason.MALFORMED, f"Name 1 to {MAX_TRUSTEES} trustees, and a threshold of at most their number."
        )
    if 2 * draft.threshold <= len(draft.trustees):
        # Two groups, each shown another archive, would open two totals; what lies between them tells a single ballot.
        raise RefusedError(
            Reason.MALFORMED, "More than half of the trustees must be needed to open the totals: raise the threshold."
        )
    if len(set(draft.trustees)) != len(draft.trustees):
        raise RefusedError(Reason.MALFORMED, "Two trustees have one name: tell them apart.")
    if not all(is_line(name) for name in draft.trustees):
        raise RefusedError(Reason.MALFORMED, f"A trustee's name must be one line of 1 to {MAX_LINE} characters.")
    if any(ask.kind is AskKind.ELECTION and ask.matter != ELECTION_MATTER for ask in draft.asks):
        raise RefusedError(
            Reason.MALFORMED, f"An election fills the committee, which is matter {ELECTION_MATTER}: give that matter."
        )


def _require_keys(draft: Draft) -> None:
    if not 1 <= draft.credential_parts <= MAX_PARTS:
        raise RefusedError(Reason.MALFORMED, f"A voting key has 1 or {MAX_PARTS} parts: give credential_parts so.")
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
            Reason.NOT_SUPPORTED, f"Profile {profile.id} has a period that is not in calendar days: choose another one."
        )
    return Periods(*(period.number for period in periods))


def decode_asks(values: Sequence[object]) -> tuple[Ask, ...]:
    """Read the questions of a draft.

    Raises:
        RefusedError: one does not go together, there is none, or there are too many.
    """
    if not 1 <= len(values) <= MAX_QUESTIONS:
        raise RefusedError(Reason.MALFORMED, f"An election asks 1 to {MAX_QUESTIONS} questions.")
    try:
        return tuple(decode_ask(value, index) for index, value in enumerate(values))
    except MalformedError as error:
        raise RefusedError(Reason.MALFORMED, f"{error}.") from None


def require_in_time(received_at: datetime, *, opens_at: datetime, closes_at: datetime) -> None:
    """Raise unless a ballot wholly received at `received_at` is in time.

    Raises:
        RefusedError: too early or too late.
    """
    if received_at < opens_at:
        raise RefusedError(
            Reason.POLLS_NOT_OPEN, f"Voting opens at {opens_at:%Y-%m-%d %H:%M} UTC: cast the ballot then."
        )
    if received_at >= closes_at:
        raise RefusedError(
            Reason.POLLS_CLOSED, f"Voting closed at {closes_at:%Y-%m-%d %H:%M} UTC; this ballot is too late."
        )


def require_closable(*, now: datetime, closes_at: datetime, under_way: int) -> None:
    """Raise unless the ballot box can be closed: time is up, and no ballot that came in time is still being checked.

    Raises:
        RefusedError: it is too early.
    """
    if now < closes_at:
        raise RefusedError(Reason.WRONG_STATE, f"Voting goes on until {closes_at:%Y-%m-%d %H:%M:%S} UTC.")
    if under_way and now < closes_at + timedelta(seconds=GRACE_SECONDS):
        raise RefusedError(Reason.WRONG_STATE, f"{under_way} ballots that came in time are still being checked: wait.")


def is_line(text: str) -> bool:
    """Whether a title or name is one line of a sensible length."""
    return bool(text.strip()) and len(text) <= MAX_LINE and text.isprintable()
