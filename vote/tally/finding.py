"""What the opened totals mean: heads and area for each choice, and what the law makes of them.

 * `result.json` has the choices in the archive's order; its numbers are whole; areas are dm² (0.01 m²).
 * Whoever returned a ballot took part, whatever was marked on it (rulebook §1.6).
 * A question whose outcome depends on others says whether it takes effect.

Not here: the thresholds (`vote.law`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import rfc8785

from vote.clock import CHINA
from vote.election.ask import ABSTAIN, NO, YES, Ask, AskKind
from vote.election.manifest import Manifest
from vote.election.packing import Measures, unpack
from vote.law.dependency import in_effect
from vote.law.library import load_pinned
from vote.law.measure import Measure
from vote.law.profile import Profile
from vote.law.question import Count, Outcome
from vote.law.rules import decide, decide_election
from vote.law.selection import Candidate, Election, ElectionCount, Standing


def find_result(manifest: Manifest, totals: Sequence[Sequence[int]], cast_weight: int) -> dict[str, Any]:
    """Return `result.json` as a value.

    Args:
        manifest: the sealed manifest, which names profile, base and questions.
        totals: per question and choice, the packed totals as decrypted.
        cast_weight: the packed weight of all ballots that count.

    Raises:
        RefusedError: the numbers contradict each other.
        ContradictionError: the rule profile is not the one that the manifest was sealed with.
    """
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    on = law_day(manifest)
    cast = unpack(cast_weight, manifest.base)
    found = [
        _question(profile, on, ask, [unpack(total, manifest.base) for total in row], manifest.electorate, cast)
        for ask, row in zip(manifest.questions, totals, strict=True)
    ]
    names = [str(index) for index in range(len(found))]
    effective = in_effect(
        {name: Outcome(question["outcome"]) for name, question in zip(names, found, strict=True)},
        {name: [str(each) for each in ask.depends_on] for name, ask in zip(names, manifest.questions, strict=True)},
    )
    for name, ask, question in zip(names, manifest.questions, found, strict=True):
        if ask.depends_on:
            question["takes_effect"] = name in effective
    return {
        "election": manifest.uuid,
        "base": manifest.base,
        "electorate": manifest.electorate._asdict(),
        "cast": cast._asdict(),
        "questions": found,
    }


def encode_result(result: dict[str, Any]) -> bytes:
    """Write `result.json`."""
    return rfc8785.dumps(result)


def law_day(manifest: Manifest) -> date:
    """Return the day whose rules apply: the day on which voting opens, in China."""
    return datetime.fromisoformat(manifest.opens_at).astimezone(CHINA).date()


def _question(  # noqa: PLR0917 - one question in all its parts
    profile: Profile, on: date, ask: Ask, votes: Sequence[Measures], electorate: Measures, cast: Measures
) -> dict[str, Any]:
    choices: list[dict[str, Any]] = [
        {"text": text, **vote._asdict()} for text, vote in zip(ask.choices, votes, strict=True)
    ]
    total, participants = Measure(*electorate), Measure(*cast)
    if ask.kind is AskKind.MOTION:
        count = {text: Measure(*vote) for text, vote in zip(ask.choices, votes, strict=True)}
        decision = decide(
            profile,
            ask.matter,
            Count(total=total, cast=participants, yes=count[YES], no=count[NO], abstain=count[ABSTAIN]),
            on=on,
        )
        return {"matter": ask.matter, "text": ask.text, "outcome": str(decision.finding.outcome), "choices": choices}
    candidates = [
        Candidate(text, Measure(*vote), Standing.NO_CANDIDATE if text == ABSTAIN else Standing.CANDIDATE)
        for text, vote in zip(ask.choices, votes, strict=True)
    ]
    selection = decide_election(
        profile,
        ElectionCount(
            total=total, cast=participants, candidates=candidates, seats=ask.seats, alternates=ask.alternates
        ),
        on=on,
    ).selection
    for choice, place in zip(choices, selection.places, strict=True):
        if place.election is not None:
            choice["outcome"] = str(Election(place.election))
    return {
        "matter": ask.matter,
        "text": ask.text,
        "outcome": str(selection.outcome),
        "seats": ask.seats,
        "open_seats": selection.open_seats,
        "tied_seats": selection.tied_seats,
        "choices": choices,
    }
