"""Reads the ballots of a named election, for the office that holds the lists of enough trustees.

 1. The lists are of exactly the ballots that count, by as many trustees as are needed.
 2. Every proof in them holds; a list with a false one is refused as a whole, and its trustee named.
 3. Each chunk opens to choices of 0 and 1.
 4. The weights of those who chose a choice add up to its total in the result, for every choice.

Nothing is returned before all of that holds. Follows SPEC.md §16.4.

Not here: opening the sealed lists (`sealed_list`), whom a ballot is shown to.

>>> verify_opened_sum([((1, 0),), ((0, 1),), ((1, 0),)], [3, 4, 5], ((8, 4),))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from crypto.blame import about
from crypto.chunk import CountedBallot, chunk_alphas, chunk_betas, chunk_sizes, find_choices
from crypto.election import Election
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, ORDER, add, multiply, subtract
from crypto.opening import Opener, Opening, verify_opening
from crypto.opening_list import OpeningList, Run, cut, require_of
from crypto.result import Totals, choose_owners
from crypto.trustees import Trustees

SMALL = 8
"""Up to this power additions are quicker than a multiplication by a scalar."""

Choices = tuple[tuple[int, ...], ...]
"""For each question 0 or 1 for each choice, as a ballot was filled in."""


@dataclass(frozen=True, slots=True)
class UsedList:
    """What is used of one trustee's list in a slice."""

    label: str
    """Number and name of the trustee."""
    opener: Opener
    number: int
    """scale·λ."""
    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class OpeningSlice:
    """Ballots that stand together, with the openings of every trustee who is needed."""

    sizes: tuple[int, ...]
    """How many choices each chunk holds."""
    first: int
    """Number of the first ballot among those that count, from 1."""
    scale: int
    """What makes all λ small whole numbers."""
    ballots: tuple[CountedBallot, ...]
    lists: tuple[UsedList, ...]


def open_ballots(  # noqa: PLR0917 - the statement has as many parts
    election: Election,
    trustees: Trustees,
    ballots: Sequence[CountedBallot],
    weights: Sequence[int],
    lists: Mapping[int, OpeningList],
    totals: Totals,
    run: Run = map,
) -> tuple[Choices, ...]:
    """Return the choices of every ballot that counts, in order, after checking all of it.

    Args:
        election: what the ballots were cast in.
        trustees: of the election, checked.
        ballots: those that count, checked, in the order of the archive.
        weights: of their credentials, in the same order.
        lists: by owner number. Of a threshold group the lowest numbers are used, as many as are needed; the others are
            not looked at.
        totals: the result, checked.
        run: maps a function over slices in order, in as many processes as it likes.

    Raises:
        ThresholdError: too few lists; the sentence names whose are missing.
        VerificationError: a list is of others, a proof does not hold, or the ballots do not add up to the result; the
            sentence names trustee, ballot and chunk, or question and choice.
    """
    with about("the opening lists"):
        scale, numbers = _scaled(choose_owners(trustees, lists))
    for owner in numbers:
        with about(_label(trustees, owner)):
            if lists[owner].owner != owner:
                raise VerificationError(f"it was made by trustee {lists[owner].owner}")
            require_of(election, ballots, lists[owner])
    sizes = chunk_sizes(election)
    slices = (
        OpeningSlice(
            sizes,
            first,
            scale,
            part,
            tuple(
                UsedList(
                    _label(trustees, owner),
                    Opener(election.fingerprint, owner, trustees.verification_key(owner)),
                    number,
                    lists[owner].openings[first - 1 : first - 1 + len(part)],
                )
                for owner, number in numbers.items()
            ),
        )
        for first, part in cut(ballots)
    )
    opened = tuple(_by_question(election, choices) for choices in chain.from_iterable(run(open_slice, slices)))
    verify_opened_sum(opened, weights, totals)
    return opened


def open_slice(part: OpeningSlice) -> list[tuple[int, ...]]:
    """Return the choices of each ballot of a slice in one row, after checking every proof.

    Raises:
        VerificationError: a proof does not hold, or a chunk opens to no choices; the sentence says where.
    """
    opened = []
    for number, ballot in enumerate(part.ballots, start=part.first):
        alphas = chunk_alphas(ballot.row)
        openings = [used.openings[number - part.first] for used in part.lists]
        for used, opening in zip(part.lists, openings, strict=True):
            with about(f"{used.label}, ballot {number}"):
                verify_opening(used.opener, ballot.tracker, alphas, opening)
        with about(f"ballot {number}"):
            row: list[int] = []
            for beta, size, *factors in zip(chunk_betas(ballot.row), part.sizes, *openings, strict=True):
                point = _power(beta, part.scale)
                for used, each in zip(part.lists, factors, strict=True):
                    point = subtract(point, _power(each.factor, used.number))
                row += find_choices(point, size, part.scale)
            opened.append(tuple(row))
    return opened


def verify_opened_sum(opened: Sequence[Choices], weights: Sequence[int], totals: Totals) -> None:
    """Raise unless the weights of the ballots that chose a choice add up to its total, for every choice.

    Raises:
        MalformedError: there is not one weight for each ballot.
        VerificationError: they do not; the sentence names question and choice.
    """
    if len(opened) != len(weights):
        raise MalformedError(f"the opened ballots: {len(opened)} weights are expected, there are {len(weights)}")
    sums = [[0] * len(row) for row in totals]
    for choices, weight in zip(opened, weights, strict=True):
        for question, chosen in enumerate(choices):
            for position, choice in enumerate(chosen):
                sums[question][position] += weight * choice
    for number, (row, expected) in enumerate(zip(sums, totals, strict=True), start=1):
        for position, (found, total) in enumerate(zip(row, expected, strict=True), start=1):
            if found != total:
                raise VerificationError(
                    f"the opened ballots, question {number}, choice {position}: they add up to {found}, "
                    f"but the result says {total}: show none of them"
                )


def _scaled(coefficients: Mapping[int, int]) -> tuple[int, dict[int, int]]:
    """Return a factor that makes all λ small whole numbers, and these by owner; where there is none, 1 and the λ."""
    for scale in range(1, SMALL + 1):
        numbers = {owner: (scale * each + SMALL) % ORDER - SMALL for owner, each in coefficients.items()}
        if max(numbers.values()) <= SMALL:
            return scale, numbers
    return 1, dict(coefficients)


def _power(point: bytes, number: int) -> bytes:
    """Return `point` to the power of `number`; few additions are quicker than a multiplication."""
    if abs(number) > SMALL:
        return multiply(point, number)
    total = IDENTITY
    for bit in f"{abs(number):b}":
        total = add(add(total, total), point) if bit == "1" else add(total, total)
    return total if number > 0 else subtract(IDENTITY, total)


def _by_question(election: Election, row: tuple[int, ...]) -> Choices:
    places = iter(row)
    return tuple(tuple(islice(places, question.choices)) for question in election.questions)


def _label(trustees: Trustees, owner: int) -> str:
    return f"the opening list of {trustees.label(owner)}"
