import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from crypto.ballot import decode_ballot, seal_ballot, tracker
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.chunk import CountedBallot, find_choices
from crypto.credential import derive_secret
from crypto.election import decode_election, encode_election
from crypto.elgamal import Ciphertext, encrypt
from crypto.errors import MalformedError, ThresholdError, VerificationError
from crypto.group import IDENTITY, ORDER, add, multiply, multiply_base, subtract
from crypto.opened_ballot import Outcome, open_ballot
from crypto.opening_list import OpeningList, make_opening_list
from crypto.question import Question
from crypto.result import verify_result
from crypto.tally import EncryptedTally, sum_slice
from crypto.trustee_key import make_trustee_key
from crypto.trustees import Trustees, decode_trustees
from tests.crypto.ceremonies import Ceremony, interpolate
from tests.crypto.elections import SECRET_KEY, election_of
from tests.crypto.named_election import (
    BALLOTS,
    CEREMONY,
    CHOICES,
    COUNTED,
    ELECTION,
    LISTS,
    TALLY,
    TOTALS,
    TRUSTEES,
    UUID,
    WEIGHTS,
)
from tests.crypto.test_opening_list import elsewhere
from tests.strategies import SMALL_ORDER, seeded

Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
QUESTION = Question("?", ("a", "b", "c"), 0, 3, blank=False)
ELECTION_OF_ONE = election_of(QUESTION)
ONE = Trustees((make_trustee_key(SECRET_KEY, seeded(1)),))


OUTCOME = Outcome(TALLY, TOTALS)


def opened_with(
    lists: dict[int, OpeningList],
    *,
    place: int = 0,
    outcome: Outcome = OUTCOME,
    weights: Any = WEIGHTS,
    run: Run = map,
) -> tuple[tuple[int, ...], ...]:
    return open_ballot(ELECTION, TRUSTEES, COUNTED, weights, lists, outcome, place, run)


@pytest.mark.parametrize("owners", [(1, 2), (1, 3), (2, 3), (1, 2, 3)])
@pytest.mark.parametrize("run", [map, elsewhere])
def test_any_two_of_three_lists_open_whichever_ballot(owners: tuple[int, ...], run: Run) -> None:
    lists = {owner: LISTS[owner] for owner in owners}
    assert tuple(opened_with(lists, place=place, run=run) for place in range(5)) == CHOICES


def test_of_the_other_ballots_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    monkeypatch.setattr(
        "crypto.opened_ballot.find_choices", lambda point, size: found.append(size) or find_choices(point, size)
    )
    assert opened_with({1: LISTS[1], 2: LISTS[2]}, place=2) == CHOICES[2]
    assert found == [12, 3]


@pytest.mark.parametrize("owners", [(), (1,), (3,)])
def test_too_few_lists_open_nothing(owners: tuple[int, ...]) -> None:
    with pytest.raises(
        ThresholdError, match=r"^the opening lists: 2 good shares of 3 are needed here, there are [01]; "
    ):
        opened_with({owner: LISTS[owner] for owner in owners})


def _false(owner: int, ballot: int, chunk: int, **changes: Any) -> OpeningList:
    openings = [list(opening) for opening in LISTS[owner].openings]
    openings[ballot - 1][chunk - 1] = openings[ballot - 1][chunk - 1]._replace(**changes)
    return replace(LISTS[owner], openings=tuple(map(tuple, openings)))


PROOF = LISTS[2].openings[3][1].proof


@pytest.mark.parametrize(
    "changes",
    [
        {"proof": PROOF._replace(response=(PROOF.response + 1) % ORDER)},
        {"proof": PROOF._replace(challenge=PROOF.challenge ^ 1)},
        {"factor": LISTS[1].openings[3][1].factor},
        {"factor": add(LISTS[2].openings[3][1].factor, multiply_base(1))},
        {"factor": IDENTITY},
        {"factor": SMALL_ORDER[0]},
    ],
)
def test_a_list_with_a_false_opening_is_refused_and_its_trustee_named(changes: dict[str, Any]) -> None:
    false = _false(2, 4, 2, **changes)
    place = r"^the opening list of trustee 2 \(社区乙\), ballot 4: chunk 2: "
    for lists in ({1: LISTS[1], 2: false}, {2: false, 3: LISTS[3]}):
        with pytest.raises(VerificationError, match=place):
            opened_with(lists)


def test_another_trustees_list_takes_the_place_of_a_false_one() -> None:
    assert opened_with({1: LISTS[1], 3: LISTS[3]}) == CHOICES[0]


def test_a_list_that_is_not_needed_is_not_looked_at() -> None:
    false = _false(3, 1, 1, factor=IDENTITY)
    assert opened_with({1: LISTS[1], 2: LISTS[2], 3: false}) == CHOICES[0]


def test_a_list_under_another_number_is_refused() -> None:
    with pytest.raises(VerificationError, match=r"^the opening list of trustee 1 \(业主甲\): it was made by trustee 2"):
        opened_with({1: LISTS[2], 3: LISTS[3]})
    with pytest.raises(
        VerificationError, match=r"^the opening list of trustee 1 \(业主甲\), ballot 1: chunk 1: the proof"
    ):
        opened_with({1: replace(LISTS[2], owner=1), 3: LISTS[3]})


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (replace(LISTS[3], election="x" * 43), "it was made for another election"),
        (replace(LISTS[3], ballots="0" * 64), "it was made for other ballots than those that count"),
        (replace(LISTS[3], openings=LISTS[3].openings[1:]), "it opens 4 ballots, but 5 count"),
    ],
)
def test_a_list_of_others_is_refused(changed: OpeningList, sentence: str) -> None:
    with pytest.raises(VerificationError, match=rf"^the opening list of trustee 3 \(街道丙\): {sentence}"):
        opened_with({1: LISTS[1], 3: changed})


CELLS = [(question, choice) for question, row in enumerate(TOTALS) for choice, _ in enumerate(row)]


@pytest.mark.parametrize(("question", "choice"), CELLS)
def test_nothing_is_shown_where_the_lists_do_not_add_up_to_the_result(question: int, choice: int) -> None:
    totals = [list(row) for row in TOTALS]
    totals[question][choice] += 1
    with pytest.raises(VerificationError) as refusal:
        opened_with({1: LISTS[1], 2: LISTS[2]}, outcome=Outcome(TALLY, tuple(map(tuple, totals))))
    # The first chunk holds the eleven candidates and the first choice after them.
    chunk = 1 if (question, choice) < (1, 1) else 2
    assert str(refusal.value) == (
        f"the opening lists, chunk {chunk}: what they open does not add up to the result: show no ballot"
    )


def test_choices_that_make_up_for_each_other_in_a_chunk_are_not_told_apart_by_the_sum_but_by_the_shares() -> None:
    """Two of the first choice weigh as one of the second: what the shares open says which it is (SPEC.md §7.4)."""
    totals = ((TOTALS[0][0] - 2, TOTALS[0][1] + 1, *TOTALS[0][2:]), TOTALS[1])
    assert opened_with({1: LISTS[1], 2: LISTS[2]}, outcome=Outcome(TALLY, totals)) == CHOICES[0]
    with pytest.raises(VerificationError, match="question 1, choice 1"):
        verify_result(_opened(TALLY), totals, sum(WEIGHTS))


def _opened(tally: EncryptedTally) -> tuple[tuple[bytes, ...], ...]:
    secret = interpolate({owner: CEREMONY.secret(owner) for owner in (1, 2)})
    return tuple(tuple(subtract(each.beta, multiply(each.alpha, secret)) for each in row) for row in tally)


def test_the_sum_of_other_ballots_does_not_fit() -> None:
    """The sealed sum and the result hold together, but one of the ballots is another with the same choices."""
    other = seal_ballot(ELECTION, derive_secret(UUID, "owner 0"), CHOICES[0], seeded(99))
    ballots = [decode_ballot(data, ELECTION) for data in (other, *BALLOTS[1:])]
    tally = sum_slice(ELECTION, list(zip(ballots, WEIGHTS, strict=True))).tally
    verify_result(_opened(tally), TOTALS, sum(WEIGHTS))
    with pytest.raises(VerificationError, match="chunk 1: what they open does not add up"):
        opened_with({1: LISTS[1], 2: LISTS[2]}, outcome=Outcome(tally, TOTALS))


def test_weights_of_other_ballots_do_not_add_up() -> None:
    with pytest.raises(VerificationError, match="chunk 1: what they open does not add up"):
        opened_with({1: LISTS[1], 2: LISTS[2]}, weights=(*WEIGHTS[1:], WEIGHTS[0]))
    with pytest.raises(MalformedError, match="5 weights are expected, there are 4"):
        opened_with({1: LISTS[1], 2: LISTS[2]}, weights=WEIGHTS[:-1])


def _open_one(*messages: int) -> tuple[tuple[int, ...], ...]:
    """Open what nobody proved: choices that need not be 0 or 1."""
    pairs = [encrypt(ELECTION_OF_ONE.public_key, each, 77) for each in messages]
    row = b"".join(map(b"".join, pairs))
    ballots = [CountedBallot(tracker(row), row)]
    lists = {1: make_opening_list(ELECTION_OF_ONE, 1, SECRET_KEY, ballots, seeded(1))}
    tally = (tuple(Ciphertext(multiply(alpha, 5), multiply(beta, 5)) for alpha, beta in pairs),)
    outcome = Outcome(tally, (tuple(5 * each for each in messages),))
    return open_ballot(ELECTION_OF_ONE, ONE, ballots, [5], lists, outcome, 0)


@pytest.mark.parametrize("choices", list(itertools.product((0, 1), repeat=3)))
def test_a_single_trustee_opens_alone(choices: tuple[int, ...]) -> None:
    assert _open_one(*choices) == (choices,)


@pytest.mark.parametrize("messages", [(0, 0, 2), (1, 1, 2), (-1, 0, 0), (5000, 0, 0)])
def test_a_ballot_that_was_not_checked_may_open_to_no_choices(messages: tuple[int, ...]) -> None:
    with pytest.raises(VerificationError, match=r"^ballot 1: it opens to no choices"):
        _open_one(*messages)


def test_five_of_five_trustees_open_too() -> None:
    ceremony = Ceremony(5, 5).run_until(Round.KEYS)
    trustees = decode_trustees(assemble_trustees(ceremony.board))
    election = decode_election(encode_election("DQB53CqA1UtMwz", "x", "", trustees.public_key, [QUESTION]))
    pairs = [encrypt(trustees.public_key, choice, 77) for choice in (1, 0, 1)]
    ballots = [CountedBallot("x" * 43, b"".join(map(b"".join, pairs)))]
    lists = {
        owner: make_opening_list(election, owner, ceremony.secret(owner), ballots, seeded(1)) for owner in range(1, 6)
    }
    tally = (tuple(Ciphertext(multiply(alpha, 3), multiply(beta, 3)) for alpha, beta in pairs),)
    assert open_ballot(election, trustees, ballots, [3], lists, Outcome(tally, ((3, 0, 3),)), 0) == ((1, 0, 1),)
