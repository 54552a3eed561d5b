"""Decides which changes the sealed rules allow after sealing, and keeps them in one public list.

 * Voting is extended only while it is open, only as often and as far as the manifest says, and only for want of turnout.
 * A candidate who withdraws stays on the ballot and cannot be elected.
 * An error of the roll that is found too late corrects the electorate's totals; the weights that were cast stay as they
   are, and the difference enters the margin test.
 * The list grows at its end and is the same for everybody; nobody is named in it but the candidate.

Follows rulebook §9a.5. Not here: announcing a change to owners.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import rfc8785

from crypto.election import require_uuid
from crypto.encoding import read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from vote.canonical import spells
from vote.clock import CHINA, say_moment
from vote.election.ask import Ask, AskKind
from vote.election.manifest import Manifest
from vote.election.packing import Measures
from vote.election.terms import Changes, decode_moment, encode_moment
from vote.errors import Reason, RefusedError

VERSION = 1
_WHAT = "changes.json"


class ChangeKind(StrEnum):
    """What was changed."""

    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Prolonged:
    """Voting goes on until another moment."""

    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A candidate cannot be elected any more; question and choice are counted from 0."""

    question: int
    choice: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the electorate's totals change by."""

    heads: int
    area_dm2: int


Change = Prolonged | Withdrawn | Corrected


@dataclass(frozen=True, slots=True)
class Effects:
    """What all changes of an election come to."""

    closes_at: datetime | None
    withdrawn: frozenset[tuple[int, int]]
    correction: Measures
    doubtful: Measures
    """Heads and area that were wrong, added up whichever way they were wrong: for the margin test."""


def effects_of(changes: Iterable[Change]) -> Effects:
    """Return what changes come to; `closes_at` is None if voting was not extended."""
    closes_at, withdrawn, corrections = None, set[tuple[int, int]](), list[Corrected]()
    for change in changes:
        if isinstance(change, Prolonged):
            closes_at = change.closes_at
        elif isinstance(change, Withdrawn):
            withdrawn.add((change.question, change.choice))
        else:
            corrections.append(change)
    return Effects(
        closes_at,
        frozenset(withdrawn),
        Measures(sum(each.heads for each in corrections), sum(each.area_dm2 for each in corrections)),
        Measures(sum(abs(each.heads) for each in corrections), sum(abs(each.area_dm2) for each in corrections)),
    )


def correct(electorate: Measures, changes: Iterable[Change]) -> Measures:
    """Return the electorate's totals as corrected."""
    correction = effects_of(changes).correction
    return Measures(electorate.heads + correction.heads, electorate.area_dm2 + correction.area_dm2)


def encode_change(change: Change) -> dict[str, Any]:
    """Return a change as the list has it."""
    if isinstance(change, Prolonged):
        return {"kind": str(ChangeKind.EXTENSION), "closes_at": encode_moment(change.closes_at)}
    if isinstance(change, Withdrawn):
        return {"kind": str(ChangeKind.WITHDRAWAL), "question": change.question, "choice": change.choice}
    return {"kind": str(ChangeKind.CORRECTION), "heads": change.heads, "area_dm2": change.area_dm2}


def decode_change(value: object, what: str) -> Change:
    """Read a change.

    Raises:
        MalformedError: it is none.
    """
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind == ChangeKind.EXTENSION:
        fields = require_fields(value, ("kind", "closes_at"), what)
        return Prolonged(decode_moment(fields["closes_at"], f"{what}, closes_at"))
    if kind == ChangeKind.WITHDRAWAL:
        fields = require_fields(value, ("kind", "question", "choice"), what)
        return Withdrawn(
            require_whole(fields["question"], f"{what}, question"), require_whole(fields["choice"], f"{what}, choice")
        )
    if kind == ChangeKind.CORRECTION:
        fields = require_fields(value, ("kind", "heads", "area_dm2"), what)
        return Corrected(_signed(fields["heads"], f"{what}, heads"), _signed(fields["area_dm2"], f"{what}, area_dm2"))
    raise MalformedError(f"{what}: its kind is extension, withdrawal or correction")


def encode_changes_list(uuid: str, changes: Sequence[Change]) -> bytes:
    """Write the public list."""
    return rfc8785.dumps({"version": VERSION, "election": uuid, "changes": [encode_change(each) for each in changes]})


def decode_changes_list(data: bytes, uuid: str) -> tuple[Change, ...]:
    """Read the public list of the election `uuid`.

    Raises:
        MalformedError: it is none, or in another spelling.
        VerificationError: it is of another election.
    """
    fields = require_fields(read_json(data, _WHAT), ("version", "election", "changes"), _WHAT)
    if require_whole(fields["version"], f"{_WHAT}, version") != VERSION:
        raise MalformedError(f"{_WHAT}: only version {VERSION} is known")
    changes = tuple(
        decode_change(value, f"{_WHAT}, change {number}")
        for number, value in enumerate(require_list(fields["changes"], _WHAT), start=1)
    )
    found = require_uuid(require_text(fields["election"], f"{_WHAT}, election"))
    if not spells(data, lambda: encode_changes_list(found, changes)):
        raise MalformedError(f"{_WHAT}: not in canonical spelling (RFC 8785)")
    if found != uuid:
        raise VerificationError(f"{_WHAT}: it is of another election")
    return changes


def verify_changes(manifest: Manifest, changes: Sequence[Change]) -> None:
    """Raise unless the sealed rules allow all changes, in their order.

    Raises:
        VerificationError: they do not; the sentence names the change.
    """
    closes_at, electorate = decode_moment(manifest.closes_at, "manifest, closes_at"), manifest.electorate
    for number, change in enumerate(changes, start=1):
        try:
            if isinstance(change, Prolonged):
                earlier = [each for each in changes[: number - 1] if isinstance(each, Prolonged)]
                _require_extension(manifest.changes, change.closes_at, closes_at, len(earlier))
                closes_at = change.closes_at
            elif isinstance(change, Withdrawn):
                require_withdrawal(manifest.questions, change, changes[: number - 1])
            else:
                require_correction(electorate, change)
                electorate = Measures(electorate.heads + change.heads, electorate.area_dm2 + change.area_dm2)
        except RefusedError as error:
            raise VerificationError(f"{_WHAT}, change {number}: {error.detail}") from None


def require_extension(
    sealed: Changes, until: datetime, *, now: datetime, closes_at: datetime, before: int, quorate: bool
) -> None:
    """Raise unless voting may be extended now, to end at `until`.

    Args:
        sealed: the rules of the manifest.
        until: when it shall close.
        now: the moment of announcing it.
        closes_at: when it closes so far.
        before: how many extensions there were.
        quorate: whether enough owners have voted already, as far as turnout is shown.

    Raises:
        RefusedError: it may not.
    """
    if now >= closes_at:
        raise RefusedError(
            Reason.WRONG_STATE,
            "Voting is over: an extension is announced before closing, never afterwards.",
            zh="投票已经截止，截止以后不能再延长。",
        )
    if quorate:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "Enough owners have voted already: voting is extended for want of turnout only.",
            zh="参加投票的人数和面积已经够了。只有不够时才能延长。",
        )
    _require_extension(sealed, until, closes_at, before)


def require_withdrawal(asks: Sequence[Ask], change: Withdrawn, before: Sequence[Change]) -> None:
    """Raise unless the change names a candidate who stands.

    Args:
        asks: the sealed questions.
        change: who withdraws.
        before: the changes that were made earlier.

    Raises:
        RefusedError: it does not.
    """
    if change.question >= len(asks) or asks[change.question].kind is not AskKind.ELECTION:
        raise RefusedError(
            Reason.MALFORMED,
            "Only a candidate of an election can withdraw: give its question's number.",
            zh="只有选举的候选人能退出，请重新选一位候选人。",
        )
    if change.choice >= len(asks[change.question].choices) - 1:
        raise RefusedError(
            Reason.MALFORMED,
            "There is no such candidate on this question: give the choice's number.",
            zh="这一题没有这位候选人，请重新选。",
        )
    if change in before:
        raise RefusedError(
            Reason.CONFLICT, "This candidate has withdrawn already.", zh="这位候选人已经退出了，不用再填。"
        )


def require_correction(electorate: Measures, change: Corrected) -> None:
    """Raise unless a correction leaves an electorate.

    Raises:
        RefusedError: it changes nothing, or nothing would be left.
    """
    if (change.heads, change.area_dm2) == (0, 0):
        raise RefusedError(
            Reason.MALFORMED,
            "This correction changes nothing: give the difference in heads or area.",
            zh="更正前后没有差别。请填多了或少了几人、多少面积。",
        )
    if electorate.heads + change.heads < 1 or electorate.area_dm2 + change.area_dm2 < 1:
        raise RefusedError(
            Reason.MALFORMED,
            "This correction would leave nobody: compare it with the roll.",
            zh="这样更正后一位业主也不剩了，请对照清册再填。",
        )


def period_ends(start: datetime, days: int) -> datetime:
    """Return when a period of calendar days ends: at midnight in China after its last day, the first day not counted.

    A period of no days ends at once. Civil Code arts. 201 to 203.
    """
    if days == 0:
        return start
    midnight = start.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=days + 1)).astimezone(start.tzinfo)


def require_notice(noticed_at: datetime, opens_at: datetime, days: int) -> None:
    """Raise unless full days lie between the day of the notice and the day of opening (ZJ art. 9 ¶4, rulebook §9a.7).

    Raises:
        RefusedError: there are fewer; the sentence says when voting may open.
    """
    if days == 0:
        return
    noticed, opens = noticed_at.astimezone(CHINA).date(), opens_at.astimezone(CHINA).date()
    if (opens - noticed).days - 1 < days:
        earliest = noticed + timedelta(days=days + 1)
        raise RefusedError(
            Reason.WRONG_STATE,
            f"{days} full days must lie between notice and opening: with a notice today voting opens on {earliest} at the "
            "earliest; prepare the election with a later opens_at.",
            zh=f"公告和开始投票之间要隔满{days}天。今天公告，最早{earliest}开始投票。请把开始时间推后，重新准备。",
        )


def _require_extension(sealed: Changes, until: datetime, closes_at: datetime, before: int) -> None:
    rule = sealed.extension
    if rule is None:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "The sealed rules of this election allow no extension.",
            zh="这次投票定好的规则里不能延长。",
        )
    if before >= rule.times:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            f"The sealed rules allow {rule.times} extension(s), and so many were made already.",
            zh=f"定好的规则最多延长{rule.times}次，已经用完了。",
        )
    if not closes_at < until <= rule.latest:
        raise RefusedError(
            Reason.MALFORMED,
            f"An extension ends after {encode_moment(closes_at)} and at the latest at {encode_moment(rule.latest)}.",
            zh=f"新的截止时间要晚于{say_moment(closes_at)}，最晚到{say_moment(rule.latest)}。请改好再试。",
        )


def _signed(value: object, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 1 << 53:
        raise MalformedError(f"{what}: a whole number is expected")
    return value
