"""What owners are asked: motions and committee elections, and how each stands on a sealed ballot.

* A motion is answered 同意, 反对 or 弃权, exactly one.
* In an election owners tick up to `choose` candidates; ticking nobody is a cast ballot, and 弃权 is a choice of its own.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crypto.encoding import require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError
from crypto.question import Question

YES, NO, ABSTAIN = "同意", "反对", "弃权"
MOTION_CHOICES = (YES, NO, ABSTAIN)
MAX_QUESTIONS = 20
MAX_CANDIDATES = 60
MAX_TEXT = 500

_FIELDS = ("matter", "kind", "text", "choices", "min", "max", "seats", "alternates", "depends_on")


class AskKind(StrEnum):
    """What a question asks for."""

    MOTION = "motion"
    ELECTION = "election"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, complete: what the law calls it, its words, its choices and how many may be marked."""

    matter: str
    """The matter of the rule profile, "1" to "9" (Civil Code art. 278) or a local one."""
    kind: AskKind
    text: str
    choices: tuple[str, ...]
    minimum: int
    maximum: int
    seats: int = 0
    alternates: int = 0
    depends_on: tuple[int, ...] = ()
    """Indices of earlier questions that must be adopted for this one to take effect."""

    def question(self) -> Question:
        """Return the question as the ballot protocol has it."""
        return Question(self.text, self.choices, self.minimum, self.maximum, blank=False)


def motion(matter: str, text: str, depends_on: tuple[int, ...] = ()) -> Ask:
    """Return a motion."""
    return Ask(matter, AskKind.MOTION, text, MOTION_CHOICES, 1, 1, depends_on=depends_on)


def election(  # noqa: PLR0917 - each is a word of the ballot
    matter: str,
    text: str,
    candidates: tuple[str, ...],
    seats: int,
    alternates: int = 0,
    depends_on: tuple[int, ...] = (),
) -> Ask:
    """Return a committee election in which up to `seats` candidates may be ticked."""
    return Ask(
        matter,
        AskKind.ELECTION,
        text,
        (*candidates, ABSTAIN),
        0,
        min(seats, len(candidates)),
        seats,
        alternates,
        depends_on,
    )


def encode_ask(ask: Ask) -> dict[str, Any]:
    """Return the question as the manifest has it."""
    return {
        "matter": ask.matter,
        "kind": str(ask.kind),
        "text": ask.text,
        "choices": list(ask.choices),
        "min": ask.minimum,
        "max": ask.maximum,
        "seats": ask.seats,
        "alternates": ask.alternates,
        "depends_on": list(ask.depends_on),
    }


def decode_ask(value: object, index: int) -> Ask:
    """Read a question of a manifest or draft.

    Raises:
        MalformedError: a field is missing, or the parts do not go together.
    """
    what = f"question {index + 1}"
    fields = require_fields(value, _FIELDS, what)
    kind = require_text(fields["kind"], f"{what}, kind")
    if kind not in set(AskKind):
        raise MalformedError(f"{what}: kind must be motion or election")
    ask = Ask(
        require_text(fields["matter"], f"{what}, matter"),
        AskKind(kind),
        _line(fields["text"], f"{what}, text"),
        tuple(_line(choice, f"{what}, choice") for choice in require_list(fields["choices"], f"{what}, choices")),
        require_whole(fields["min"], f"{what}, min"),
        require_whole(fields["max"], f"{what}, max"),
        require_whole(fields["seats"], f"{what}, seats"),
        require_whole(fields["alternates"], f"{what}, alternates"),
        tuple(require_whole(each, f"{what}, depends_on") for each in require_list(fields["depends_on"], what)),
    )
    _require_sense(ask, index, what)
    return ask


def _require_sense(ask: Ask, index: int, what: str) -> None:
    if any(each >= index for each in ask.depends_on):
        raise MalformedError(f"{what}: it can depend on earlier questions only")
    if len(set(ask.choices)) != len(ask.choices):
        raise MalformedError(f"{what}: a choice stands twice; tell namesakes apart by their building")
    if ask.kind is AskKind.MOTION:
        if ask != motion(ask.matter, ask.text, ask.depends_on):
            raise MalformedError(f"{what}: a motion has the choices 同意, 反对, 弃权, and exactly one is marked")
        return
    if not 1 < len(ask.choices) <= MAX_CANDIDATES + 1 or ask.choices[-1] != ABSTAIN:
        raise MalformedError(f"{what}: an election has 1 to {MAX_CANDIDATES} candidates, then 弃权")
    if not 1 <= ask.maximum < len(ask.choices) or ask.minimum != 0 or ask.seats < 1:
        raise MalformedError(
            f"{what}: an election fills at least one seat, and from 0 up to all candidates may be ticked"
        )
    if max(ask.seats, ask.alternates) > MAX_CANDIDATES:
        raise MalformedError(f"{what}: there are at most {MAX_CANDIDATES} seats and as many alternates")


def _line(value: object, what: str) -> str:
    text = require_text(value, what)
    if not text.strip() or text != text.strip() or len(text) > MAX_TEXT or not text.isprintable():
        raise MalformedError(f"{what}: one line of 1 to {MAX_TEXT} characters without outer blanks is expected")
    return text
