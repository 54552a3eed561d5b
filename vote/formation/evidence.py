"""Decides what other areas' facts come to in a case, so that nobody types them a second time.

 * The roll put up for objections, the roll frozen; of the elections that belong to the case their notice, opening,
   extension, closing, count and certificate.
 * A count by which no question reached its quorum is a failed quorum; otherwise the certificate says what was adopted.

Follows docs/decisions/0024-formation.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vote.formation.rules import Happened
from vote.law.procedure import Happening
from vote.law.question import Outcome
from vote.log.rules import Kind


@dataclass(frozen=True, slots=True)
class Known:
    """What another area knows that happened, on its day in China."""

    kind: Kind
    on: date
    election: str
    """Empty where it is about no election."""


_DIRECT: Mapping[Kind, Happening] = {
    Kind.ROLL_FROZEN: Happening.ROLL_AGREED,
    Kind.ELECTION_NOTICED: Happening.NOTICE_GIVEN,
    Kind.ELECTION_OPENED: Happening.VOTING_OPENED,
    Kind.ELECTION_EXTENDED: Happening.VOTING_EXTENDED,
    Kind.ELECTION_CLOSED: Happening.VOTING_CLOSED,
}
KINDS = (*_DIRECT, Kind.TALLY_OPENED, Kind.CERTIFICATE_ISSUED)
"""What is read; the last two come to what the outcomes say."""
BY_ITSELF = frozenset(
    {
        Happening.ROLL_PUBLISHED,
        Happening.ROLL_AGREED,
        Happening.VOTING_OPENED,
        Happening.VOTING_EXTENDED,
        Happening.VOTING_CLOSED,
        Happening.RESULT_PUBLISHED,
        Happening.QUORUM_FAILED,
        Happening.ALL_ADOPTED,
        Happening.PARTLY_ADOPTED,
        Happening.NONE_ADOPTED,
    }
)
"""What is known here where the vote is held here; it is noted by hand only for one that was held elsewhere."""


def happened_of(
    begun_on: date,
    known: Iterable[Known],
    rolls_published: Iterable[date],
    outcomes: Mapping[str, Sequence[Outcome]],
) -> tuple[Happened, ...]:
    """Return what happened in a case as far as others know it, from the day it began.

    Args:
        begun_on: the case's first day.
        known: the estate's facts.
        rolls_published: when rolls were put up for objections.
        outcomes: of each election of the case its questions' outcomes, none as long as it is not counted.
    """
    found = [Happened(Happening.ROLL_PUBLISHED, day) for day in rolls_published]
    for each in known:
        if each.election and each.election not in outcomes:
            continue
        found += (Happened(word, each.on) for word in _words(each.kind, outcomes.get(each.election, ())))
    return tuple(each for each in found if each.on >= begun_on)


def _words(kind: Kind, outcomes: Sequence[Outcome]) -> Iterator[Happening]:
    without_quorum = bool(outcomes) and all(each is Outcome.QUORUM_NOT_MET for each in outcomes)
    if kind is Kind.TALLY_OPENED:
        yield Happening.QUORUM_FAILED if without_quorum else Happening.RESULT_PUBLISHED
    elif kind is Kind.CERTIFICATE_ISSUED:
        if not without_quorum:
            yield _adopted(outcomes)
    else:
        yield _DIRECT[kind]


def _adopted(outcomes: Sequence[Outcome]) -> Happening:
    adopted = [each is Outcome.ADOPTED for each in outcomes]
    if all(adopted):
        return Happening.ALL_ADOPTED
    return Happening.PARTLY_ADOPTED if any(adopted) else Happening.NONE_ADOPTED
