"""Keeps how far a verification has come: how each step ended, warnings, facts; the first step that fails stops it.

Not here: what is checked (`opening`, `counting`, `service`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from crypto.errors import CryptoError
from vote.law.citation import Text
from vote.verifier.report import Line, Status, Step, trouble_of

LONE = Text("单独的归档，没有 manifest.json", "a lone archive, without manifest.json")
FOREIGN = Text("不是本系统的归档，没有约定基数", "not an archive of this system, no base is named")


class StoppedError(Exception):
    """A step failed; its trouble is noted."""


@dataclass(slots=True)
class Progress:
    """What was found so far."""

    tell: Callable[[Line], None]
    """Hears of each step when it ends."""
    lines: list[Line] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    trouble: Text | None = None

    @contextmanager
    def step(self, step: Step) -> Iterator[list[Text]]:
        """Note how a step ends; what it puts into the list is told with it.

        Raises:
            StoppedError: a check refused something.
        """
        details: list[Text] = []
        try:
            yield details
        except CryptoError as error:
            self.trouble = trouble_of(step, str(error))
            self._note(Line(step, Status.FAILED, self.trouble))
            raise StoppedError from None
        joined = Text("；".join(each.zh for each in details), "; ".join(each.en for each in details))
        self._note(Line(step, Status.PASSED, joined))

    def skip(self, why: Text, *steps: Step) -> None:
        """Note that steps could not be taken."""
        for step in steps:
            self._note(Line(step, Status.SKIPPED, why))

    def warn(self, zh: str, en: str) -> None:
        """Note what whoever reads should know."""
        self.warnings.append(Text(zh, en))

    def _note(self, line: Line) -> None:
        self.lines.append(line)
        self.tell(line)
