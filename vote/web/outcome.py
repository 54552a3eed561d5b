"""What the result page shows: every question with its choices, its verdict and the working behind it.

 * The published `result.json` is decided again from its own numbers; a verdict that differs is never shown.
 * The working is the law's own: each inequality with its numbers and its article.

Not here: the words (`words.py`), the decision (`vote.law`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from crypto.encoding import read_json
from vote.election.ask import ABSTAIN, NO, YES, Ask, AskKind
from vote.election.manifest import Manifest
from vote.errors import ContradictionError
from vote.law.citation import Citation
from vote.law.library import load_pinned
from vote.law.majority import Matter
from vote.law.measure import Measure
from vote.law.profile import Profile
from vote.law.question import Count, Outcome
from vote.law.rules import decide, decide_election
from vote.law.selection import Candidate, Election, ElectionCount, Standing
from vote.law.working import Check, Line
from vote.tally.finding import law_day


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice, who marked it, and for a candidate what became of them."""

    text: str
    votes: Measure
    fate: Election | None = None
    working: tuple[Line, ...] = ()


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


class _Ground(NamedTuple):
    """What all questions of an election stand on."""

    profile: Profile
    on: date
    electorate: Measure
    cast: Measure


def read_result(manifest: Manifest, data: bytes) -> Result:
    """Read `result.json` beside the manifest it belongs to.

    Raises:
        ContradictionError: its verdicts do not follow from its numbers, or the rule profile is another one.
    """
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    published = read_json(data, "result")
    ground = _Ground(profile, law_day(manifest), Measure(*manifest.electorate), _measure(published["cast"]))
    questions = tuple(
        _decided(ground, number, ask, found)
        for number, (ask, found) in enumerate(zip(manifest.questions, published["questions"], strict=True), start=1)
    )
    quorum = tuple(line for line in questions[0].working if line.check is Check.QUORUM)
    return Result(ground.electorate, ground.cast, quorum, questions)


def _decided(ground: _Ground, number: int, ask: Ask, found: Mapping[str, Any]) -> Decided:
    question = (_motion if ask.kind is AskKind.MOTION else _election)(ground, number, ask, found)
    if question.outcome != found["outcome"] or any(
        choice.fate != entry.get("outcome") for choice, entry in zip(question.choices, found["choices"], strict=True)
    ):
        raise ContradictionError(f"question {number}: the published verdict does not follow from the published numbers")
    return question


def _motion(ground: _Ground, number: int, ask: Ask, found: Mapping[str, Any]) -> Decided:
    votes = {text: _measure(entry) for text, entry in zip(ask.choices, found["choices"], strict=True)}
    count = Count(total=ground.electorate, cast=ground.cast, yes=votes[YES], no=votes[NO], abstain=votes[ABSTAIN])
    decision = decide(ground.profile, ask.matter, count, on=ground.on)
    return Decided(
        number=number,
        ask=ask,
        matter=decision.matter,
        outcome=decision.finding.outcome,
        choices=tuple(Choice(text, measure) for text, measure in votes.items()),
        working=decision.finding.working,
        articles=decision.articles,
        takes_effect=found.get("takes_effect"),
    )


def _election(ground: _Ground, number: int, ask: Ask, found: Mapping[str, Any]) -> Decided:
    count = ElectionCount(
        total=ground.electorate,
        cast=ground.cast,
        candidates=[
            Candidate(text, _measure(entry), Standing.NO_CANDIDATE if text == ABSTAIN else Standing.CANDIDATE)
            for text, entry in zip(ask.choices, found["choices"], strict=True)
        ],
        seats=ask.seats,
        alternates=ask.alternates,
    )
    decision = decide_election(ground.profile, count, on=ground.on)
    selection = decision.selection
    return Decided(
        number=number,
        ask=ask,
        matter=decision.matter,
        outcome=selection.outcome,
        choices=tuple(Choice(each.name, each.votes, each.election, each.working) for each in selection.places),
        working=selection.working,
        articles=decision.articles,
        takes_effect=found.get("takes_effect"),
        open_seats=selection.open_seats,
        tied_seats=selection.tied_seats,
        tie=decision.tie,
    )


def _measure(entry: Mapping[str, int]) -> Measure:
    return Measure(entry["heads"], entry["area_dm2"])
