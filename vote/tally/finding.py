"""What the opened totals mean: heads and area for each choice, and what the law makes of them.

 * `result.json` has the choices in the archive's order; its numbers are whole; areas are dm² (0.01 m²).
 * Whoever returned a ballot took part, whatever was marked on it (rulebook §1.6).
 * A question whose outcome depends on others says whether it takes effect.
 * Whoever withdrew keeps their votes, is marked, and is not elected. A late error of the roll corrects the electorate's
   totals, and the correction is told; without either, nothing of the two is written.

Not here: the thresholds (`vote.law`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import rfc8785

from vote.election.ask import ABSTAIN, MOTION_CHOICES, Ask, AskKind
from vote.election.manifest import Manifest, law_day
from vote.election.packing import Measures, unpack
from vote.errors import ContradictionError, Reason, RefusedError
from vote.law.dependency import in_effect
from vote.law.library import load_pinned
from vote.law.measure import Measure
from vote.law.profile import Profile
from vote.law.question import Count, Outcome
from vote.law.rules import Decision, ElectionDecision, decide, decide_election
from vote.law.selection import Candidate, ElectionCount, Standing

NO_CORRECTION = Measures(0, 0)
"""The electorate as it was sealed."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of an election, with the rules by which they are decided."""

    profile: Profile
    on: date
    asks: tuple[Ask, ...]
    electorate: Measures
    """As corrected."""
    cast: Measures
    votes: tuple[tuple[Measures, ...], ...]
    """Per question and choice."""
    withdrawn: frozenset[tuple[int, int]] = frozenset()
    """Candidates who cannot be elected: question and choice, counted from 0."""

    def decide_motion(self, index: int) -> Decision:
        """Decide a motion.

        Raises:
            RefusedError: the numbers contradict each other.
        """
        ask = self.asks[index]
        yes, no, abstain = (Measure(*vote) for _, vote in zip(MOTION_CHOICES, self.votes[index], strict=True))
        count = Count(total=Measure(*self.electorate), cast=Measure(*self.cast), yes=yes, no=no, abstain=abstain)
        return decide(self.profile, ask.matter, count, on=self.on)

    def decide_election(self, index: int) -> ElectionDecision:
        """Decide an election.

        Raises:
            RefusedError: the numbers contradict each other.
        """
        ask = self.asks[index]
        candidates = [
            Candidate(text, Measure(*vote), self.standing(index, choice))
            for choice, (text, vote) in enumerate(zip(ask.choices, self.votes[index], strict=True))
        ]
        count = ElectionCount(
            total=Measure(*self.electorate),
            cast=Measure(*self.cast),
            candidates=candidates,
            seats=ask.seats,
            alternates=ask.alternates,
        )
        return decide_election(self.profile, count, on=self.on)

    def standing(self, index: int, choice: int) -> Standing:
        """Return what a choice of an election's ballot is."""
        if self.asks[index].choices[choice] == ABSTAIN:
            return Standing.NO_CANDIDATE
        return Standing.WITHDRAWN if (index, choice) in self.withdrawn else Standing.CANDIDATE


def find_result(
    manifest: Manifest,
    totals: Sequence[Sequence[int]],
    cast_weight: int,
    withdrawn: Collection[tuple[int, int]] = (),
    correction: Measures = NO_CORRECTION,
) -> dict[str, Any]:
    """Return `result.json` as a value.

    Args:
        manifest: the sealed manifest, which names profile, base and questions.
        totals: per question and choice, the packed totals as decrypted.
        cast_weight: the packed weight of all ballots that count.
        withdrawn: candidates who withdrew: question and choice, counted from 0.
        correction: what late errors of the roll add to the electorate; negative where they take away.

    Raises:
        RefusedError: the numbers contradict each other, or somebody withdrew who is no candidate.
        ContradictionError: the rule profile is not the one that the manifest was sealed with.
    """
    votes = tuple(
        tuple(unpack(total, manifest.base) for total in row) for _, row in zip(manifest.questions, totals, strict=True)
    )
    counted = count_votes(manifest, votes, unpack(cast_weight, manifest.base), withdrawn, correction)
    found = [_question(counted, index) for index in range(len(counted.asks))]
    for ask, question, effective in zip(
        counted.asks, found, take_effect(counted.asks, [Outcome(each["outcome"]) for each in found]), strict=True
    ):
        if ask.depends_on:
            question["takes_effect"] = effective
    corrected = {} if correction == NO_CORRECTION else {"correction": correction._asdict()}
    return {
        "election": manifest.uuid,
        "base": manifest.base,
        "electorate": counted.electorate._asdict(),
        **corrected,
        "cast": counted.cast._asdict(),
        "questions": found,
    }


def count_votes(
    manifest: Manifest,
    votes: tuple[tuple[Measures, ...], ...],
    cast: Measures,
    withdrawn: Collection[tuple[int, int]] = (),
    correction: Measures = NO_CORRECTION,
) -> Counted:
    """Return numbers with the rules that the manifest names.

    Raises:
        RefusedError: somebody withdrew who is no candidate.
        ContradictionError: the rule profile is not the one that the manifest was sealed with.
    """
    candidates = {
        (index, choice)
        for index, ask in enumerate(manifest.questions)
        if ask.kind is AskKind.ELECTION
        for choice, text in enumerate(ask.choices)
        if text != ABSTAIN
    }
    if not candidates.issuperset(withdrawn):
        raise RefusedError(
            Reason.MALFORMED, "withdrawn: one of them is no candidate of this election; give question and choice from 0"
        )
    heads, area_dm2 = (sealed + late for sealed, late in zip(manifest.electorate, correction, strict=True))
    return Counted(
        load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"]),
        law_day(manifest),
        manifest.questions,
        Measures(heads, area_dm2),
        cast,
        votes,
        frozenset(withdrawn),
    )


def read_counted(manifest: Manifest, result: Mapping[str, Any]) -> Counted:
    """Return the numbers of a `result.json` that stands beside its manifest.

    Args:
        manifest: the sealed manifest.
        result: as published, read.

    Raises:
        ContradictionError: its electorate is not the manifest's with its correction, or the rule profile is another.
    """
    published = result["questions"]
    correction = _measures(result["correction"]) if "correction" in result else NO_CORRECTION
    withdrawn = [
        (index, choice)
        for index, question in enumerate(published)
        for choice, entry in enumerate(question["choices"])
        if entry.get("withdrawn", False)
    ]
    votes = tuple(
        tuple(_measures(entry) for entry in question["choices"])
        for _, question in zip(manifest.questions, published, strict=True)
    )
    counted = count_votes(manifest, votes, _measures(result["cast"]), withdrawn, correction)
    if counted.electorate != _measures(result["electorate"]):
        raise ContradictionError("result: its electorate is not the sealed one with the correction it tells")
    return counted


def take_effect(asks: Sequence[Ask], outcomes: Sequence[Outcome]) -> list[bool]:
    """Return for each question whether all it depends on was adopted."""
    effective = in_effect(
        {str(index): outcome for index, outcome in enumerate(outcomes)},
        {str(index): [str(each) for each in ask.depends_on] for index, ask in enumerate(asks)},
    )
    return [str(index) in effective for index in range(len(asks))]


def encode_result(result: dict[str, Any]) -> bytes:
    """Write `result.json`."""
    return rfc8785.dumps(result)


def _question(counted: Counted, index: int) -> dict[str, Any]:
    ask = counted.asks[index]
    choices: list[dict[str, Any]] = [
        {"text": text, **vote._asdict()} for text, vote in zip(ask.choices, counted.votes[index], strict=True)
    ]
    if ask.kind is AskKind.MOTION:
        outcome = counted.decide_motion(index).finding.outcome
        return {"matter": ask.matter, "text": ask.text, "outcome": str(outcome), "choices": choices}
    selection = counted.decide_election(index).selection
    for number, (choice, place) in enumerate(zip(choices, selection.places, strict=True)):
        if place.election is not None:
            choice["outcome"] = str(place.election)
        if counted.standing(index, number) is Standing.WITHDRAWN:
            choice["withdrawn"] = True
    return {
        "matter": ask.matter,
        "text": ask.text,
        "outcome": str(selection.outcome),
        "seats": ask.seats,
        "open_seats": selection.open_seats,
        "tied_seats": selection.tied_seats,
        "choices": choices,
    }


def _measures(entry: Mapping[str, Any]) -> Measures:
    return Measures(entry["heads"], entry["area_dm2"])
