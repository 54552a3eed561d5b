"""Adds up the ballots that count, still sealed, each as often as its credential weighs.

 * Of several ballots with one credential the last counts.
 * The sum of a slice can be added to that of another, so a large election is summed by several processes.
 * Ballots are verified before they are added; the sum of others means nothing.

Follows SPEC.md §7.1.

Not here: checking an archive's sum (`audit`), opening it (`share`, `result`).

>>> effective_positions(["a", "b", "a"])
[1, 2]
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from crypto.ballot import Ballot
from crypto.election import Election
from crypto.elgamal import Ciphertext, decode_ciphertext, encode_ciphertext, multiply_ciphertexts
from crypto.encoding import compact_json, read_json, require_list
from crypto.group import IDENTITY
from crypto.weighted_sum import apply_plan, plan_sum

EncryptedTally = tuple[tuple[Ciphertext, ...], ...]
"""For each question a ciphertext for each choice, in the order of the election."""


@dataclass(frozen=True, slots=True)
class PartialSum:
    """The sum of some ballots; it can be added to that of others of the same election."""

    num_tallied: int
    total_weight: int
    tally: EncryptedTally

    def __add__(self, other: "PartialSum") -> "PartialSum":
        """Return the sum of both."""
        columns = zip(self.tally, other.tally, strict=True)
        return PartialSum(
            self.num_tallied + other.num_tallied,
            self.total_weight + other.total_weight,
            tuple(tuple(map(multiply_ciphertexts, left, right)) for left, right in columns),
        )


def effective_positions(credentials: Iterable[str]) -> list[int]:
    """Return where the ballots that count stand, rising, given the credential of each ballot in order."""
    return sorted({credential: position for position, credential in enumerate(credentials)}.values())


def effective_ballots(ballots: Sequence[Ballot]) -> tuple[Ballot, ...]:
    """Return the ballots that count, in order: the last of each credential."""
    return tuple(ballots[position] for position in effective_positions(ballot.credential for ballot in ballots))


def sum_slice(election: Election, ballots: Sequence[tuple[Ballot, int]]) -> PartialSum:
    """Add up verified ballots of different credentials, each with its weight.

    Raises:
        VerificationError: a sum is not in the group, so a ballot was not verified.
    """
    weights = [weight for _, weight in ballots]
    plan = plan_sum(weights)
    columns = zip(*(_row(ballot) for ballot, _ in ballots), strict=True)
    width = 2 * sum(question.choices for question in election.questions)
    sums = iter([apply_plan(plan, column) for column in columns] or [IDENTITY] * width)
    tally = tuple(
        tuple(Ciphertext(next(sums), next(sums)) for _ in range(question.choices)) for question in election.questions
    )
    return PartialSum(len(ballots), sum(weights), tally)


def sum_ballots(election: Election, ballots: Sequence[tuple[Ballot, int]]) -> EncryptedTally:
    """Return the sealed sum of verified ballots of different credentials, each with its weight.

    Raises:
        VerificationError: a sum is not in the group, so a ballot was not verified.
    """
    return sum_slice(election, ballots).tally


def encode_tally(tally: EncryptedTally) -> bytes:
    """Write the sealed sum as an archive has it."""
    return compact_json([[encode_ciphertext(each) for each in row] for row in tally])


def decode_tally(data: bytes, election: Election) -> EncryptedTally:
    """Read a sealed sum of `election`.

    Raises:
        MalformedError: not one, or not of the election's questions.
        VerificationError: a point is not in the group.
    """
    what = "the encrypted sum"
    rows = require_list(read_json(data, what), what, len(election.questions))
    return tuple(
        tuple(
            decode_ciphertext(value, f"{what}, question {number}, choice {position}")
            for position, value in enumerate(require_list(row, f"{what}, question {number}", question.choices), start=1)
        )
        for number, (row, question) in enumerate(zip(rows, election.questions, strict=True), start=1)
    )


def _row(ballot: Ballot) -> tuple[bytes, ...]:
    return tuple(chain.from_iterable(choice for answer in ballot.answers for choice in answer.choices))
