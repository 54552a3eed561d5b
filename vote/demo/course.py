"""The formation of the made-up committee as a case: what came before the vote is noted, the rest notes itself, then the filing.

Nobody waits months for a demonstration, so the days before the vote are made up, as its owners are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from vote.clock import CHINA
from vote.demo.clerk import Clerk

BEFORE = (
    ("conditions-met", 75), ("requested", 70), ("group-formed", 40), ("group-published", 38), ("roll-published", 30),
    ("drafts-published", 20), ("voting-rules-set", 20), ("candidates-set", 20), ("notice-given", 18),
    ("bodies-informed", 18),
)  # fmt: skip
"""What happened, how many days ago."""
AFTER = ("officers-chosen", "filed", "filing-accepted", "seal-received", "group-handed-over", "group-released")
DONE = "S13"
ELECTED = "S10"


@dataclass(frozen=True, slots=True)
class Course:
    """The case of the demonstration's estate."""

    clerk: Clerk
    tell: Callable[[str], None]

    @property
    def _api(self) -> str:
        return f"/api/estates/{self.clerk.place.estate}/cases"

    def begin(self, election: str) -> str:
        """Begin the case, note what came before, and put the vote under it; return the case."""
        today = datetime.now(CHINA).date()
        first = today - timedelta(days=BEFORE[0][1])
        case = str(self.clerk.send("POST", self._api, {"procedure": "forming", "begun_on": first.isoformat()})["case"])
        for event, ago in BEFORE:
            self._note(case, event, (today - timedelta(days=ago)).isoformat())
        self.clerk.send("POST", f"{self._api}/{case}/elections", {"election": election})
        found = self._found(case)
        self.tell(f"组建：从申请到通知的步骤已登记（日期是为演示编的），下一步：{found['step']}")
        return case

    def finish(self, case: str) -> None:
        """Note what comes after the vote, where it elected a committee.

        Raises:
            RuntimeError: the case did not come to its end.
        """
        found = self._found(case)
        if found["state"] != ELECTED:
            self.tell(f"组建：这次没有选出业委会，下一步：{found['step']}")
            return
        today = datetime.now(CHINA).date().isoformat()
        for event in AFTER:
            self._note(case, event, today)
        if self._found(case)["state"] != DONE:
            raise RuntimeError("the formation did not come to its end")
        self.tell("组建：投票的每一步自动登记，之后推选主任、备案、刻章、移交，全部办完")

    def _note(self, case: str, event: str, on: str) -> None:
        self.clerk.send("POST", f"{self._api}/{case}/happenings", {"event": event, "on": on})

    def _found(self, case: str) -> dict[str, str]:
        found: dict[str, str] = self.clerk.send("GET", f"{self._api}/{case}")
        return found
