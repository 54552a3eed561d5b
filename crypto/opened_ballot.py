"""Opens one ballot of a named election, for the office that holds the lists of enough trustees; the others stay closed.

 1. The lists are of exactly the ballots that count, by as many trustees as are needed.
 2. Every proof in them holds; a list with a false one is refused as a whole, and its trustee named.
 3. What the lists open, each ballot with its weight, adds up to the result. The factors are added up for that, not the
    choices: of the other ballots nothing is opened, not even here.
 4. Each chunk of the ballot opens to choices of 0 and 1.

Nothing is returned before all of that holds. Follows SPEC.md §16.4.

Not here: opening the sealed lists (`sealed_list`), whom the ballot is shown to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from crypto.blame import about
from crypto.chunk import CountedBallot, chunk_alphas, chunk_betas, chunk_sizes, find_choices
from crypto.election import Election
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, add, multiply, multiply_base, subtract
from crypto.opening import Opener, Opening, verify_opening
from crypto.opening_list import OpeningList, Run, cut, require_of
from crypto.result import Totals, choose_owners
from crypto.tally import EncryptedTally
from crypto.trustees import Trustees
from crypto.weighted_sum import SumPlan, apply_plan, plan_sum

Choices = tuple[tuple[int, ...], ...]
"""For each question 0 or 1 for each choice, as a ballot was filled in."""


@dataclass(frozen=True, slots=True)
class UsedList:
    """What is used of one trustee's list in a slice."""

    label: str
    """Number and name of the trustee."""
    opener: Opener
    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class ListsSlice:
    """Ballots that stand together, with the openings of every trustee who is needed."""

    first: int
    """Number of the first ballot among those that count, from 1."""
    ballots: tuple[CountedBallot, ...]
    lists: tuple[UsedList, ...]


@dataclass(frozen=True, slots=True)
class FactorColumn:
    """One trustee's factors of one chunk of every ballot, and how they are added."""

    plan: SumPlan
    factors: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the ballots came to, checked."""

    tally: EncryptedTally
    totals: Totals


def open_ballot(  # noqa: PLR0917 - the statement has as many parts
    election: Election,
    trustees: Trustees,
    ballots: Sequence[CountedBallot],
    weights: Sequence[int],
    lists: Mapping[int, OpeningList],
    outcome: Outcome,
    place: int,
    run: Run = map,
) -> Choices:
    """Return the choices of one ballot, after checking the lists of all.

    Args:
        election: what the ballots were cast in.
        trustees: of the election, checked.
        ballots: those that count, in the order of the archive.
        weights: of their credentials, in the same order.
        lists: by owner number. Of a threshold group the lowest numbers are used, as many as are needed; the others are
            not looked at.
        outcome: the result, as the trustees' shares open it.
        place: which of `ballots` is opened, from 0; it is checked.
        run: maps a function over slices in order, in as many processes as it likes.

    Raises:
        MalformedError: there is not one weight for each ballot.
        ThresholdError: too few lists; the sentence names whose are missing.
        VerificationError: a list is of others, a proof does not hold, what they open does not add up to the result, or
            the ballot opens to no choices; the sentence names trustee, ballot and chunk.
    """
    if len(ballots) != len(weights):
        raise MalformedError(f"the ballots: {len(ballots)} weights are expected, there are {len(weights)}")
    with about("the opening lists"):
        coefficients = choose_owners(trustees, lists)
    for owner in coefficients:
        with about(_label(trustees, owner)):
            if lists[owner].owner != owner:
                raise VerificationError(f"it was made by trustee {lists[owner].owner}")
            require_of(election, ballots, lists[owner])
    used = [lists[owner] for owner in coefficients]
    for _ in run(verify_lists, _slices(election, trustees, ballots, used)):
        pass
    _verify_sum(election, weights, used, tuple(coefficients.values()), outcome, run)
    with about(f"ballot {place + 1}"):
        factors = [
            _combine([each.factor for each in chunk], tuple(coefficients.values()))
            for chunk in zip(*(each.openings[place] for each in used), strict=True)
        ]
        row: list[int] = []
        for beta, factor, size in zip(chunk_betas(ballots[place].row), factors, chunk_sizes(election), strict=True):
            row += find_choices(subtract(beta, factor), size)
    return _by_question(election, row)


def verify_lists(part: ListsSlice) -> None:
    """Raise unless every opening of a slice holds, in every list.

    Raises:
        VerificationError: one does not; the sentence names trustee, ballot and chunk.
    """
    for number, ballot in enumerate(part.ballots, start=part.first):
        alphas = chunk_alphas(ballot.row)
        for used in part.lists:
            with about(f"{used.label}, ballot {number}"):
                verify_opening(used.opener, ballot.tracker, alphas, used.openings[number - part.first])


def sum_factors(column: FactorColumn) -> bytes:
    """Return the product of a column's factors, each to the power of its ballot's weight."""
    return apply_plan(column.plan, column.factors)


def _slices(
    election: Election, trustees: Trustees, ballots: Sequence[CountedBallot], lists: Sequence[OpeningList]
) -> list[ListsSlice]:
    return [
        ListsSlice(
            first,
            part,
            tuple(
                UsedList(
                    _label(trustees, each.owner),
                    Opener(election.fingerprint, each.owner, trustees.verification_key(each.owner)),
                    each.openings[first - 1 : first - 1 + len(part)],
                )
                for each in lists
            ),
        )
        for first, part in cut(ballots)
    ]


def _verify_sum(  # noqa: PLR0917 - the statement has as many parts
    election: Election,
    weights: Sequence[int],
    lists: Sequence[OpeningList],
    coefficients: Sequence[int],
    outcome: Outcome,
    run: Run,
) -> None:
    """Raise unless the factors of each chunk add up to what opens the sealed sum to the totals."""
    plan, chunks = plan_sum(weights), range(len(chunk_sizes(election)))
    columns = (
        FactorColumn(plan, tuple(opening[chunk].factor for opening in each.openings))
        for chunk in chunks
        for each in lists
    )
    sums = iter(run(sum_factors, columns))
    expected = chunk_betas(_opened_row(outcome))
    for chunk in chunks:
        if _combine([next(sums) for _ in lists], coefficients) != expected[chunk]:
            raise VerificationError(
                f"the opening lists, chunk {chunk + 1}: what they open does not add up to the result: show no ballot"
            )


def _opened_row(outcome: Outcome) -> bytes:
    """Return α and β·g^(-total) of each choice of the sealed sum: as if it held nothing."""
    return b"".join(
        each.alpha + subtract(each.beta, multiply_base(total))
        for row, totals in zip(outcome.tally, outcome.totals, strict=True)
        for each, total in zip(row, totals, strict=True)
    )


def _combine(points: Sequence[bytes], coefficients: Sequence[int]) -> bytes:
    """Return Π P_i^λ_i."""
    total = IDENTITY
    for point, coefficient in zip(points, coefficients, strict=True):
        total = add(total, multiply(point, coefficient))
    return total


def _by_question(election: Election, row: Sequence[int]) -> Choices:
    places = iter(row)
    return tuple(tuple(islice(places, question.choices)) for question in election.questions)


def _label(trustees: Trustees, owner: int) -> str:
    return f"the opening list of {trustees.label(owner)}"
