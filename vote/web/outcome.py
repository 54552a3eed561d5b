"""What the result page shows: every question with its choices, its verdict and the working behind it.

 * The published `result.json` is decided again from its own numbers; a verdict that differs is never shown.
 * The working is the law's own: each inequality with its numbers and its article.
 * Who withdrew is shown as withdrawn; where the roll was corrected, the corrected electorate is shown.

Not here: the words (`words.py`), the decision (`vote.law`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crypto.encoding import read_json
from vote.election.ask import Ask, AskKind
from vote.election.manifest import Manifest
from vote.errors import ContradictionError
from vote.law.citation import Citation
from vote.law.majority import Matter
from vote.law.measure import Measure
from vote.law.question import Outcome
from vote.law.selection import Election, Standing
from vote.law.working import Check, Line
from vote.tally.finding import Counted, read_counted


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice, who marked it, and for a candidate what became of them."""

    text: str
    votes: Measure
    fate: Election | None = None
    working: tuple[Line, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """A question and what became of it."""

    number: int
    """From 1, as on the ballot."""
    ask: Ask
    matter: Matter
    outcome: Outcome
    choices: tuple[Choice, ...]
    working: tuple[Line, ...]
    """Of the question itself; a candidate's stands with the candidate."""
    articles: tuple[Citation, ...]
    takes_effect: bool | None
    """Whether what it depends on was adopted; None if it depends on nothing."""
    open_seats: int = 0
    tied_seats: int = 0
    tie: str = ""
    """How a tie is resolved: `RUN_OFF` or `LOT`."""

    @property
    def verdict(self) -> tuple[Line, ...]:
        """The lines that decided it: the last requirement that was looked at, heads and area."""
        check = Check.QUORUM if self.outcome is Outcome.QUORUM_NOT_MET else Check.APPROVAL
        if self.outcome is Outcome.REJECTED:
            check = Check.REJECTION
        return tuple(line for line in self.working if line.check is check)

    def names(self, fate: str) -> list[str]:
        """Return the candidates of one fate, in the order of the ballot."""
        return [choice.text for choice in self.choices if choice.fate == fate]


@dataclass(frozen=True, slots=True)
class Result:
    """A preliminary result."""

    electorate: Measure
    cast: Measure
    quorum: tuple[Line, ...]
    questions: tuple[Decided, ...]


def read_result(manifest: Manifest, data: bytes) -> Result:
    """Read `result.json` beside the manifest it belongs to.

    Raises:
        ContradictionError: its verdicts do not follow from its numbers, or the rule profile is another one.
    """
    published = read_json(data, "result")
    counted = read_counted(manifest, published)
    questions = tuple(_decided(counted, index, found) for index, found in enumerate(published["questions"]))
    quorum = tuple(line for line in questions[0].working if line.check is Check.QUORUM)
    return Result(Measure(*counted.electorate), Measure(*counted.cast), quorum, questions)


def _decided(counted: Counted, index: int, found: Mapping[str, Any]) -> Decided:
    question = (_motion if counted.asks[index].kind is AskKind.MOTION else _election)(counted, index, found)
    if question.outcome != found["outcome"] or any(
        choice.fate != entry.get("outcome") for choice, entry in zip(question.choices, found["choices"], strict=True)
    ):
        raise ContradictionError(
            f"question {index + 1}: the published verdict does not follow from the published numbers"
        )
    return question


def _motion(counted: Counted, index: int, found: Mapping[str, Any]) -> Decided:
    ask, decision = counted.asks[index], counted.decide_motion(index)
    return Decided(
        number=index + 1,
        ask=ask,
        matter=decision.matter,
        outcome=decision.finding.outcome,
        choices=tuple(
            Choice(text, Measure(*vote)) for text, vote in zip(ask.choices, counted.votes[index], strict=True)
        ),
        working=decision.finding.working,
        articles=decision.articles,
        takes_effect=found.get("takes_effect"),
    )


def _election(counted: Counted, index: int, found: Mapping[str, Any]) -> Decided:
    decision = counted.decide_election(index)
    selection = decision.selection
    return Decided(
        number=index + 1,
        ask=counted.asks[index],
        matter=decision.matter,
        outcome=selection.outcome,
        choices=tuple(
            Choice(
                place.name,
                place.votes,
                place.election,
                place.working,
                withdrawn=counted.standing(index, choice) is Standing.WITHDRAWN,
            )
            for choice, place in enumerate(selection.places)
        ),
        working=selection.working,
        articles=decision.articles,
        takes_effect=found.get("takes_effect"),
        open_seats=selection.open_seats,
        tied_seats=selection.tied_seats,
        tie=decision.tie,
    )
