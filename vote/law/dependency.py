"""Decides which outcomes take effect where questions depend on one another.

 * An outcome takes effect only if every question it depends on, directly or through others, is `ADOPTED`: the committee
   takes office only if the assembly's rules pass.
 * A question that depends on itself, even through others, is refused; so is one that depends on a question not asked.

Not here: the outcomes themselves (`question.py`).
"""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter

from vote.errors import Reason, RefusedError
from vote.law.question import Outcome


def order(depends_on: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the questions so that each stands after those it depends on.

    Args:
        depends_on: every question by name, with the names it depends on.

    Raises:
        RefusedError: a circle, or a name that is not asked.
    """
    for question, needed in depends_on.items():
        for name in needed:
            if name not in depends_on:
                raise RefusedError(
                    Reason.MALFORMED,
                    f"question {question}: it depends on {name}, which is not asked; ask it or drop it",
                )
    try:
        return tuple(TopologicalSorter(depends_on).static_order())
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise RefusedError(
            Reason.MALFORMED, f"questions depend on each other in a circle ({circle}); remove one of the dependencies"
        ) from None


def in_effect(outcomes: Mapping[str, Outcome], depends_on: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return the questions whose outcome takes effect.

    Args:
        outcomes: the outcome of every question.
        depends_on: every question by name, with the names it depends on.

    Raises:
        RefusedError: as `order`, or the two name different questions.
    """
    if outcomes.keys() != depends_on.keys():
        raise RefusedError(Reason.MALFORMED, "outcomes and dependencies name different questions; give both for each")
    effective: set[str] = set()
    for question in order(depends_on):
        if all(name in effective and outcomes[name] is Outcome.ADOPTED for name in depends_on[question]):
            effective.add(question)
    return frozenset(effective)
