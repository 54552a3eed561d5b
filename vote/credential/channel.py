"""By which channel a ballot came, and which channel goes before the other.

 * A ballot is of the desk if two people there saw the owner and gave the code with which the key was opened last. Each
   such check makes one ballot, within an hour: whoever kept the key of an earlier time cannot cast for the desk later.
 * Every other ballot came by phone, whatever the program that sent it says of itself.
 * Keys of one part need no code: their ballot is of the desk if the desk's own tablet sent it, signed in.
 * The profile says what happens where both are used. A ballot that may not replace the one before is refused, so the
   last one in the box always counts, also for programs that know nothing of channels.

Not here: what a code opens (`code`), who saw the owner (`desk_check`).

>>> from datetime import UTC, datetime
>>> seen = datetime(2026, 12, 1, 9, tzinfo=UTC)
>>> channel_of(Opening(seen, at_desk=True), None, seen + timedelta(minutes=5)).value
'desk'
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from vote.election.manifest import Manifest, law_day
from vote.errors import Reason, RefusedError
from vote.law.library import load_pinned

GOOD_FOR = timedelta(hours=1)
"""From the moment at which a code of the desk was used."""


class Channel(StrEnum):
    """How a ballot came."""

    PHONE = "phone"
    DESK = "desk"


class DualChannel(StrEnum):
    """What a profile says of two channels; the words are those of its parameter `dual_channel`."""

    FIRST_CAST = "FIRST_CAST"
    """The first ballot settles the channel."""
    ELECTRONIC_WINS = "ELECTRONIC_WINS"
    """An electronic ballot goes before one on paper; in the box all are electronic, so the last one counts."""
    LAST_BEFORE_CLOSE = "LAST_BEFORE_CLOSE"
    DESK_WINS = "DESK_WINS"
    """Once the desk has seen the owner vote, only the desk changes it."""


class Opening(NamedTuple):
    """That somebody was given the platform's part of a key."""

    at: datetime
    at_desk: bool
    """Whether the code was one of the desk."""


def channel_of(opening: Opening | None, last_cast_at: datetime | None, received_at: datetime) -> Channel:
    """Return how a ballot came whose key has two parts.

    Args:
        opening: the last one before the ballot was received.
        last_cast_at: when the ballot before it was received.
        received_at: when it was wholly received.
    """
    if opening is None or not opening.at_desk or received_at - opening.at >= GOOD_FOR:
        return Channel.PHONE
    spent = last_cast_at is not None and last_cast_at >= opening.at
    return Channel.PHONE if spent else Channel.DESK


def may_replace(rule: DualChannel, last: Channel | None, channel: Channel) -> bool:
    """Whether a ballot may take the place of the one before."""
    if last is None or last is channel:
        return True
    match rule:
        case DualChannel.FIRST_CAST:
            return False
        case DualChannel.DESK_WINS:
            return last is Channel.PHONE
        case _:
            return True


def require_replacing(rule: DualChannel, last: Channel | None, channel: Channel) -> None:
    """Raise unless a ballot may take the place of the one before.

    Raises:
        RefusedError: it may not; the sentence is for owners.
    """
    if may_replace(rule, last, channel):
        return
    if last is Channel.DESK:
        raise RefusedError(
            Reason.CONFLICT,
            "您家在社区现场投过，算进去了，手机上不能再改。要改，请带身份证和信到社区，两个人当面核对后重新投。"
            " Your household voted at the community, and it counts; it cannot be changed by phone. To change it, bring"
            " identity card and letter to the community.",
        )
    raise RefusedError(
        Reason.CONFLICT,
        "您家用手机投过，算进去了，现场不能再投。要改，请还是用手机投。"
        " Your household voted by phone, and it counts; it cannot vote at the desk again. To change it, use the phone.",
    )


def dual_channel_of(manifest: Manifest) -> DualChannel:
    """Return what the profile says with which an election was sealed, on the day on which voting opens.

    Raises:
        ContradictionError: the profile at hand is another one.
    """
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    return DualChannel(profile.read(str, "dual_channel", on=law_day(manifest)))
