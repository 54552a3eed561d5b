"""What other areas' facts come to in a case."""

from datetime import date

import pytest

from vote.formation.evidence import KINDS, Known, happened_of
from vote.formation.rules import Happened
from vote.law.procedure import Happening
from vote.law.question import Outcome
from vote.log.rules import Kind

BEGUN, DAY, VOTE = date(2026, 3, 1), date(2026, 3, 20), "V" * 14
YES, NO, NONE, TOO_FEW = Outcome.ADOPTED, Outcome.REJECTED, Outcome.NO_DECISION, Outcome.QUORUM_NOT_MET


def words(kind: Kind, *outcomes: Outcome, election: str = VOTE) -> list[str]:
    known = [Known(kind, DAY, election)]
    return [each.word for each in happened_of(BEGUN, known, [], {VOTE: outcomes})]


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (Kind.ELECTION_NOTICED, "notice-given"),
        (Kind.ELECTION_OPENED, "voting-opened"),
        (Kind.ELECTION_EXTENDED, "voting-extended"),
        (Kind.ELECTION_CLOSED, "voting-closed"),
    ],
)
def test_a_vote_of_the_case_notes_itself(kind: Kind, word: str) -> None:
    assert words(kind) == [word]
    assert words(kind, election="O" * 14) == []


@pytest.mark.parametrize(
    ("outcomes", "counted", "certified"),
    [
        ((YES, YES, YES), ["result-published"], ["all-adopted"]),
        ((YES, NO, YES), ["result-published"], ["partly-adopted"]),
        ((NO, NONE), ["result-published"], ["none-adopted"]),
        ((YES, TOO_FEW), ["result-published"], ["partly-adopted"]),
        ((TOO_FEW, TOO_FEW), ["quorum-failed"], []),
    ],
)
def test_outcomes_say_how_it_goes_on(outcomes: tuple[Outcome, ...], counted: list[str], certified: list[str]) -> None:
    assert words(Kind.TALLY_OPENED, *outcomes) == counted
    assert words(Kind.CERTIFICATE_ISSUED, *outcomes) == certified


def test_the_roll_notes_itself_from_the_day_the_case_began() -> None:
    known = [Known(Kind.ROLL_FROZEN, DAY, "")]
    found = happened_of(BEGUN, known, [date(2026, 2, 28), date(2026, 3, 1)], {})
    assert found == (Happened(Happening.ROLL_PUBLISHED, BEGUN), Happened(Happening.ROLL_AGREED, DAY))


def test_every_kind_that_is_read_comes_to_something() -> None:
    assert all(words(kind, YES, election="" if kind is Kind.ROLL_FROZEN else VOTE) for kind in KINDS)
