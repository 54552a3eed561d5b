"""Keys of the pages on which elections are prepared that are put together or handed over in code."""

from tests.vote.web.setting_up import ORDER
from vote.delivery.rules import Outcome, Standing
from vote.election.annulment import Why
from vote.election.outline import STEPS, ProfileField
from vote.election.plan import Trouble
from vote.election.readiness import Task
from vote.election.rules import Secrecy, State
from vote.election.terms import OFFICES
from vote.role import Role
from vote.web.preparing.watching_words import WATCHING

OWN = {
    *(f"times.{trouble}{end}" for trouble in Trouble for end in ("", "-note")),
    *(f"state.{state}{end}" for state in State for end in ("", "-next")),
    *(f"annul.{why}" for why in Why),
    *(f"outcome.{outcome}" for outcome in Outcome),
    *(f"standing.{standing}" for standing in Standing),
    *(f"weekday.{day}" for day in range(7)),
    *(f"by.{role}" for role in Role),
    *(key for key in WATCHING if key.startswith("done.")),
    *(f"task.{task}-how" for task in Task),
    *(f"task.{task}" for task in Task if task is not Task.OFFICE),
    *(f"task.office-{office}" for office in OFFICES),
    *(f"set-up.step.{step}" for step in (*STEPS, "review")),
    *(f"people.what.{role}" for role in ORDER),
    *(f"profile.{field}" for field in ProfileField),
    *(f"secrecy.{secrecy}" for secrecy in Secrecy),
    *(f"people.{trouble}{end}" for trouble in ("twice", "too-few") for end in ("", "-note")),
    *(f"people.{breach}" for breach in ("overlap", "office-alone", "no-owner", "same-twice")),
}
PREPARING = {f"prep.{key}" for key in OWN}
