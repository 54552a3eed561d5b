"""What is asked: a text, its answers, and how many of them one ballot may choose.

 * Answers are counted one by one (homomorphic tally). Ranking and grading questions of protocol 1 are refused.
 * With `blank` there is one more choice, the blank vote. It stands first, at index 0, and excludes all others.

Follows SPEC.md §5.

>>> question = Question("Agree?", ("yes", "no"), minimum=1, maximum=1, blank=True)
>>> question.choices
3
>>> decode_question(encode_question(question)) == question
True
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crypto.encoding import require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError

_REQUIRED = ("answers", "min", "max", "question")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an election."""

    text: str
    answers: tuple[str, ...]
    """The texts of the answers, without the blank vote."""
    minimum: int
    """The fewest answers that a ballot which is not blank chooses."""
    maximum: int
    """The most answers that a ballot chooses."""
    blank: bool
    """Whether a blank vote can be cast."""

    @property
    def choices(self) -> int:
        """How many ciphertexts an answer holds: one for each answer, and one for the blank vote where there is one."""
        return len(self.answers) + self.blank

    def require_allowed(self, choices: Sequence[int], what: str) -> None:
        """Raise unless `choices` may be cast: one 0 or 1 for each choice, as many 1 as the question allows.

        Raises:
            MalformedError: they may not.
        """
        if len(choices) != self.choices:
            raise MalformedError(f"{what}: {self.choices} choices are expected, there are {len(choices)}")
        if any(choice not in (0, 1) for choice in choices):
            raise MalformedError(f"{what}: each choice is 0 or 1")
        chosen = sum(choices[self.blank :])
        if self.blank and choices[0]:
            if chosen:
                raise MalformedError(f"{what}: a blank vote chooses nothing else")
        elif not self.minimum <= chosen <= self.maximum:
            raise MalformedError(f"{what}: choose from {self.minimum} to {self.maximum} answers")


def encode_question(question: Question) -> dict[str, Any]:
    """Write a question as the object that `election.json` holds."""
    blank = {"blank": True} if question.blank else {}
    return {
        "answers": list(question.answers),
        **blank,
        "min": question.minimum,
        "max": question.maximum,
        "question": question.text,
    }


def decode_question(value: object, what: str = "question") -> Question:
    """Read a question.

    Raises:
        MalformedError: another type of question, a field missing or unknown, no answers, or bounds that nobody can meet.
    """
    if isinstance(value, dict) and "type" in value:
        raise MalformedError(f"{what}: only questions whose answers are counted one by one are supported")
    fields = require_fields(value, _REQUIRED, what, optional=("blank",))
    answers = tuple(
        require_text(answer, f"{what}, answer {number}")
        for number, answer in enumerate(require_list(fields["answers"], f"{what}, answers"), start=1)
    )
    blank = fields.get("blank", False)
    if not isinstance(blank, bool):
        raise MalformedError(f"{what}, blank: true or false is expected")
    question = Question(
        text=require_text(fields["question"], f"{what}, text"),
        answers=answers,
        minimum=require_whole(fields["min"], f"{what}, min"),
        maximum=require_whole(fields["max"], f"{what}, max", minimum=1),
        blank=blank,
    )
    if question.minimum > question.maximum:
        raise MalformedError(f"{what}: min is above max")
    if question.maximum > len(answers):
        raise MalformedError(f"{what}: max is above the number of answers")
    return question
