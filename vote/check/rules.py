"""Decides what may be disputed between closing and counting, and when counting may begin.

 * Only owners on this election's roll dispute; that somebody else voted in one's name, only oneself can say.
 * A dispute ends in one of three ways: ballots are set aside, they are kept, or it stays contested and enters the margin
   test. What is set aside is set aside before any key is used: afterwards nothing can be taken out.
 * Counting begins when the days for disputes are over, none is open, and, in a secret election, whoever is responsible
   has seen how likely the totals give single choices away.

Follows product.md §4 and rulebook §9a.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import rfc8785

from vote.check.disclosure import Disclosure
from vote.clock import say_moment
from vote.election.packing import Measures
from vote.election.rules import Secrecy
from vote.errors import Reason, RefusedError

VERSION = 1
MAX_TEXT = 2000


class DisputeKind(StrEnum):
    """What is disputed."""

    IMPERSONATION = "impersonation"
    """Somebody else voted in the owner's name."""
    DOUBLE = "double"
    """One owner counts twice."""
    PROXY = "proxy"
    """An agent had no authority."""
    ROLL = "roll"
    """The roll is wrong about owner or area."""


class DisputeOutcome(StrEnum):
    """How a dispute was settled."""

    SET_ASIDE = "set-aside"
    KEPT = "kept"
    CONTESTED = "contested"


class StoredDispute(NamedTuple):
    """A dispute as it stands."""

    number: int
    kind: DisputeKind
    about: int
    """The disputed entitlement's row."""
    outcome: DisputeOutcome | None
    answer: str | None


class Contested(NamedTuple):
    """Weight that was counted and stays disputed."""

    kind: str
    heads: int
    area_dm2: int


class Participant(NamedTuple):
    """Who took part: where, and with what area; no name."""

    entitlement: int
    """Its number in the roll."""
    places: tuple[str, ...]
    area_dm2: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found before any key was used."""

    election: str
    electorate: Measures
    """As corrected."""
    cast: Measures
    """Of those whose ballots count."""
    quorum: bool
    """Whether both counts reach what the ordinary matters ask for."""
    set_aside: int
    """Ballots that disputes took out."""
    disputes: tuple[StoredDispute, ...]
    contested: tuple[Contested, ...]
    disclosure: Disclosure | None
    """None if nobody took part."""
    accepted: bool
    """Whether the figure was seen and accepted though it is a warning."""


def require_dispute(kind: str, text: str, *, oneself: bool) -> DisputeKind:
    """Return the kind of a dispute that may be raised.

    Args:
        kind: as it came in.
        text: what the owner says.
        oneself: whether the owner speaks of the own ballot.

    Raises:
        RefusedError: there is no such kind, nothing is said, or somebody else would have to say it.
    """
    if kind not in set(DisputeKind):
        raise RefusedError(
            Reason.MALFORMED,
            f"A dispute is about one of {', '.join(DisputeKind)}: give one of them as kind.",
            zh="请选这是哪一种异议。",
        )
    require_text(text)
    if kind == DisputeKind.IMPERSONATION and not oneself:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "That somebody else voted in an owner's name, only that owner can say: ask them to come.",
            zh="有人冒名投票，只能由业主本人来说。请业主本人到社区。",
        )
    return DisputeKind(kind)


def require_outcome(outcome: str, answer: str, *, ballots: int, latest: int | None) -> DisputeOutcome:
    """Return the outcome by which a dispute may be settled.

    Args:
        outcome: as it came in.
        answer: the reasons, which are public.
        ballots: how many the disputed owner cast that are not set aside.
        latest: how many of them, from the last one back, are to be set aside; None for all.

    Raises:
        RefusedError: there is no such outcome, no reason is given, or there are not so many ballots.
    """
    if outcome not in set(DisputeOutcome):
        raise RefusedError(
            Reason.MALFORMED,
            f"A dispute ends in one of {', '.join(DisputeOutcome)}: give one of them as outcome.",
            zh="请选这条异议怎么处理。",
        )
    require_text(answer)
    if outcome == DisputeOutcome.SET_ASIDE and not ballots:
        raise RefusedError(
            Reason.CONFLICT,
            "This owner has no ballot in the box: there is nothing to set aside.",
            zh="这位业主没有投过票，没有可以作废的票。请核对房号。",
        )
    if latest is not None and (outcome != DisputeOutcome.SET_ASIDE or not 1 <= latest <= ballots):
        raise RefusedError(
            Reason.MALFORMED,
            f"The owner has {ballots} ballots in the box: set aside 1 to {ballots}, or all.",
            zh=f"这位业主投过{ballots}次。请填作废1到{ballots}张，或者选全部作废。",
        )
    return DisputeOutcome(outcome)


def require_text(text: str) -> None:
    """Raise unless something is said, and not too much.

    Raises:
        RefusedError: it is empty or too long, or holds what no database keeps.
    """
    if not text.strip() or len(text) > MAX_TEXT or "\x00" in text:
        raise RefusedError(
            Reason.MALFORMED, f"Say it in 1 to {MAX_TEXT} characters.", zh=f"请写清楚，1到{MAX_TEXT}个字。"
        )


def require_settled(disputes: Sequence[StoredDispute]) -> None:
    """Raise unless every dispute is settled.

    Raises:
        RefusedError: some are open.
    """
    if waiting := [dispute.number for dispute in disputes if dispute.outcome is None]:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"{len(waiting)} disputes are open, the first is number {waiting[0]}: settle them before counting.",
            zh=f"还有{len(waiting)}条异议没有处理，先处理第{waiting[0]}号，都处理完才能开票。",
        )


def require_over(ends: datetime, now: datetime) -> None:
    """Raise unless the days for disputes are over.

    Raises:
        RefusedError: they are not.
    """
    if now < ends:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"Disputes about who took part are taken until {ends:%Y-%m-%d %H:%M} UTC: wait until then.",
            zh=f"对谁参加了投票的异议收到{say_moment(ends)}，请等到那时。",
        )


def require_discreet(secrecy: Secrecy, disclosure: Disclosure | None, *, accepted: bool) -> None:
    """Raise if secret totals are likely to give choices away and nobody accepted that.

    Raises:
        RefusedError: the figure stands in the sentence.
    """
    if secrecy is Secrecy.NAMED or disclosure is None or accepted or not disclosure.warn:
        return
    raise RefusedError(
        Reason.NOT_ALLOWED,
        f"In {disclosure.forced} of {disclosure.simulations} simulated outcomes the exact totals tell how somebody voted "
        f"({disclosure.outliers} owners stand out by their area): settle with the organiser whether to go on, and send "
        "accept_disclosure; next time choose a named vote or a wider scope.",
        zh=f"公布准确的总数，可能让人推算出某位业主怎么投的：有{disclosure.outliers}位业主的面积特别大或特别小。请和组织单位商量是否继续，同意了再勾选确认。",
    )


def contested_of(disputes: Sequence[StoredDispute], areas: dict[int, int]) -> tuple[Contested, ...]:
    """Return the weight that stays disputed, each entitlement once.

    Args:
        disputes: all of the election.
        areas: dm² of each entitlement (the row) whose ballot counts.
    """
    found = {
        dispute.about: Contested(dispute.kind, 1, areas[dispute.about])
        for dispute in disputes
        if dispute.outcome is DisputeOutcome.CONTESTED and dispute.about in areas
    }
    return tuple(found.values())


def encode_checked(checked: Checked) -> bytes:
    """Write `check.json`."""
    disclosure = checked.disclosure
    return rfc8785.dumps(
        {
            "version": VERSION,
            "election": checked.election,
            "electorate": checked.electorate._asdict(),
            "cast": checked.cast._asdict(),
            "quorum": checked.quorum,
            "set_aside": checked.set_aside,
            "disputes": [_public(dispute) for dispute in checked.disputes],
            # Added up by kind, since one owner's area would name the flat.
            "contested": [each._asdict() for each in _added(checked.contested)],
            "disclosure": None
            if disclosure is None
            else {
                "simulations": disclosure.simulations,
                "forced": disclosure.forced,
                "outliers": disclosure.outliers,
                "permyriad": disclosure.permyriad,
                "exact": disclosure.exact,
                "accepted": checked.accepted,
            },
        }
    )


def encode_disputes(election: str, disputes: Sequence[StoredDispute]) -> bytes:
    """Write `disputes.json`: what was disputed and how it ended, without flats and names."""
    return rfc8785.dumps(
        {"version": VERSION, "election": election, "disputes": [_public(dispute) for dispute in disputes]}
    )


def encode_participation(election: str, participants: Sequence[Participant], cast: Measures, *, areas: bool) -> bytes:
    """Write who took part; on the web without areas, by which rare flats would be told apart from the totals."""
    listed: list[dict[str, Any]] = [
        {"places": list(each.places), **({"area_dm2": each.area_dm2} if areas else {})} for each in participants
    ]
    return rfc8785.dumps({"version": VERSION, "election": election, "cast": cast._asdict(), "participants": listed})


def _added(contested: Sequence[Contested]) -> list[Contested]:
    kinds = sorted({each.kind for each in contested})
    groups = ([each for each in contested if each.kind == kind] for kind in kinds)
    return [
        Contested(group[0].kind, sum(each.heads for each in group), sum(each.area_dm2 for each in group))
        for group in groups
    ]


def _public(dispute: StoredDispute) -> dict[str, Any]:
    return {
        "number": dispute.number,
        "kind": str(dispute.kind),
        "outcome": None if dispute.outcome is None else str(dispute.outcome),
        "answer": dispute.answer,
    }
