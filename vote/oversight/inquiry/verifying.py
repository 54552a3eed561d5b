"""Whether an inquiry's public JSON is what the log tells of it: question, answer, days, what is hidden.

* Every piece is there that was committed to but who asked, and no other; what is shown opens its commitment.
* A question that was asked unseen is never shown; of one by name all of it is shown, or nothing while somebody looks at it.
* An answer, or a place on the list of a meeting, that the log does not have yet may not be older than what it has.
* The message of an error names the inquiry and the piece.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crypto.encoding import require_fields, require_text
from crypto.errors import MalformedError, VerificationError
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.oversight.inquiry.rules import ASKER, VERSION, Manner
from vote.oversight.record.verifying import read_spelled, verify_field

KINDS = (Kind.INQUIRY_RAISED, Kind.INQUIRY_ANSWERED, Kind.INQUIRY_TABLED, Kind.INQUIRY_REDACTED)
_FIELDS = (
    "version", "inquiry", "estate", "about", "manner", "raised_on", "due", "answered_on", "tabled_on", "question", "answer",
)  # fmt: skip
_SAME = {"inquiry": "inquiry", "manner": "manner", "raised_on": "on", "due": "due"}
"""What stands in an inquiry and in its entry alike."""


@dataclass(slots=True)
class ToldInquiry:
    """What a log tells of an inquiry."""

    raised: Mapping[str, Any]
    answered: Mapping[str, Any] | None = None
    tabled: Mapping[str, Any] | None = None
    hidden: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """By piece, the entry that hides it."""


def told_inquiries(entries: Iterable[bytes]) -> dict[str, ToldInquiry]:
    """Return what entries of `KINDS` tell of inquiries, by inquiry, in the order in which they were asked.

    Raises:
        VerificationError: something happens to an inquiry before it is asked, or twice.
    """
    told: dict[str, ToldInquiry] = {}
    for data in entries:
        kind, facts = read_entry(data, "log entry")
        uuid = facts["inquiry"]
        known = told.get(uuid)
        if (known is None) is not (kind is Kind.INQUIRY_RAISED):
            raise VerificationError(f"inquiry {uuid}: the log has {kind} in the wrong place")
        if known is None:
            told[uuid] = ToldInquiry(facts)
        elif kind is Kind.INQUIRY_REDACTED:
            known.hidden |= dict.fromkeys(facts["fields"], facts)
        elif kind is Kind.INQUIRY_ANSWERED and known.answered is None:
            known.answered = facts
        elif kind is Kind.INQUIRY_TABLED and known.tabled is None:
            known.tabled = facts
        else:
            raise VerificationError(f"inquiry {uuid}: the log has {kind} twice")
    return told


def last_told(told: Mapping[str, ToldInquiry]) -> str:
    """Return the latest day of which a log tells; empty if it tells of no inquiry."""
    facts = [one for each in told.values() for one in (each.raised, each.answered, each.tabled) if one is not None]
    return max((str(each["on"]) for each in facts), default="")


def verify_inquiry(data: bytes, estate: str, told: ToldInquiry, latest: str) -> bool:
    """Verify an inquiry; return whether something of it is newer than the log, and so was not verified.

    Args:
        data: its public JSON.
        estate: whose log it is.
        told: what the log tells of it.
        latest: the latest day of which the log tells.

    Raises:
        MalformedError: it is no inquiry, or in another spelling.
        VerificationError: something in it is not what the log tells.
    """
    uuid = told.raised["inquiry"]
    what = f"inquiry {uuid}"
    inquiry = require_fields(read_spelled(data, what), _FIELDS, what)
    if inquiry["version"] != VERSION:
        raise MalformedError(f"{what}: version {VERSION} is expected")
    if inquiry["estate"] != estate:
        raise VerificationError(f"{what}: estate is not the one of this log")
    for name, there in _SAME.items():
        if inquiry[name] != told.raised[there]:
            raise VerificationError(f"{what}: {name} is not what the log's entry says")
    if (inquiry["about"] or "") != told.raised["about"] or inquiry["about"] == "":
        raise VerificationError(f"{what}: about is not what the log's entry says")
    commitments = {name: value for name, value in told.raised["commitments"].items() if name != ASKER}
    hidden = dict(told.hidden)
    _verify_question(what, inquiry["question"], commitments, hidden, inquiry["manner"])
    newer = _newer_day(f"{what}, answered_on", inquiry["answered_on"], told.answered, latest)
    if told.answered is not None:
        answer = _pieces(f"{what}, answer", inquiry["answer"], told.answered["commitments"])
        for name, piece in answer.items():
            _verify_piece(what, name, piece, told.answered["commitments"][name], hidden)
    elif bool(inquiry["answer"]) is not newer:
        raise VerificationError(f"{what}: it has an answer without its day, or a day without its answer")
    if hidden:
        raise VerificationError(f"{what}: the log hides {min(hidden)}, which it does not have")
    return _newer_day(f"{what}, tabled_on", inquiry["tabled_on"], told.tabled, latest) or newer


def require_newer(data: bytes, uuid: str, latest: str) -> None:
    """Raise unless an inquiry that is not in the log is newer than all that are.

    Raises:
        MalformedError: it is no inquiry.
        VerificationError: it is older, so the log should have it.
    """
    what = f"inquiry {uuid}"
    inquiry = require_fields(read_spelled(data, what), _FIELDS, what)
    if require_text(inquiry["raised_on"], f"{what}, raised_on") < latest:
        raise VerificationError(f"{what}: it is not in the log, which has later ones")


def _verify_question(
    what: str,
    value: object,
    commitments: Mapping[str, str],
    hidden: dict[str, Mapping[str, Any]],
    manner: str,
) -> None:
    question = _pieces(f"{what}, question", value, commitments)
    closed = {name for name, piece in question.items() if piece == {"commitment": commitments[name]}}
    left = question.keys() - hidden.keys()
    if manner == Manner.UNSEEN and closed != left:
        raise VerificationError(f"{what}: it was asked unseen, and its question is shown")
    if closed and closed != left:
        raise VerificationError(f"{what}, piece {min(closed)}: it is kept back, and other pieces are shown")
    for name, piece in question.items():
        if name not in closed:
            _verify_piece(what, name, piece, commitments[name], hidden)


def _verify_piece(what: str, name: str, piece: object, commitment: str, hidden: dict[str, Mapping[str, Any]]) -> None:
    verify_field(f"{what}, piece {name}", f"inquiry/{name}/1", piece, commitment, hidden.pop(name, None))


def _pieces(what: str, value: object, commitments: Mapping[str, str]) -> Mapping[str, Any]:
    if not isinstance(value, dict) or value.keys() != commitments.keys():
        raise VerificationError(f"{what}: it has other pieces than were committed to")
    return value


def _newer_day(what: str, day: object, told: Mapping[str, Any] | None, latest: str) -> bool:
    """Whether a day is there that the log does not have yet."""
    if told is not None:
        if day != told["on"]:
            raise VerificationError(f"{what}: it is not what the log's entry says")
        return False
    if day is None:
        return False
    if require_text(day, what) < latest:
        raise VerificationError(f"{what}: the log does not tell of it, and has later ones")
    return True
