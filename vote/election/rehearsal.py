"""Makes a rehearsal of what is filled in of an election: the same questions and people, in an estate that is made up.

 * Its estate has an id of its own, so that nothing of it stands in the real estate's log or list; its title says 演练 and
   DEMO, its manifest says that it is a demonstration.
 * Owners are a handful of plainly made-up ones, without telephones: nobody can be sent a message.
 * Candidates are called by numbers and nothing is told of them, so that no made-up result can be taken for a real one.
 * There are no days between steps: it can be gone through in one sitting.

Not here: making it (`rehearsing.py`), that DEMO stands in its title and only there (`rules.py`).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from crypto.encoding import hex_digest
from vote.clock import CHINA
from vote.election.outline import Candidate, Outline
from vote.election.rules import DEMO_MARK, MAX_LINE, Draft
from vote.election.terms import Extension
from vote.estate.rules import MAX_IDENTIFIER, MAX_NAME, REHEARSALS
from vote.estate.store import EstatePlace

MARK = "演练"
MINUTES = (30, 45, 60, 120)
"""How long after the links are made voting closes; what the clerk may choose."""
EXTENSION = timedelta(hours=3)
"""Until how long after closing the organiser may let voting go on."""
AREAS_DM2 = (8937, 10254, 12188, 7655)
OWNERS = 8


def place_of(place: EstatePlace) -> EstatePlace:
    """Return the made-up estate in which elections of an estate are rehearsed."""
    identifier = f"{REHEARSALS}{place.id}"
    if len(identifier) > MAX_IDENTIFIER:
        identifier = f"{REHEARSALS}{hex_digest(place.id.encode())[:16]}"
    name = f"{MARK}（{place.name[: MAX_NAME - 10]}，编的）"
    return EstatePlace(identifier, name, place.community, place.sub_district, place.county)


def write_roll() -> bytes:
    """Return the table of the made-up owners."""
    lines = ["楼幢,单元,室号,权利人,专有部分建筑面积"]
    for number in range(OWNERS):
        area_dm2 = AREAS_DM2[number % len(AREAS_DM2)]
        floor, flat = divmod(number, 4)
        area = f"{area_dm2 // 100}.{area_dm2 % 100:02}"
        lines.append(f"{MARK}1幢,1单元,{floor + 1}{flat + 1:02},{MARK}业主{number + 1},{area}")
    return "\n".join([*lines, ""]).encode()


def rehearse(outline: Outline, now: datetime) -> Outline:
    """Return an outline of the rehearsal of another one, on the day of `now`."""
    day = now.astimezone(CHINA).date()
    subjects = tuple(
        each.model_copy(
            update={
                "candidates": tuple(
                    Candidate(name=f"{MARK}候选人{number}") for number in range(1, len(each.candidates) + 1)
                )
            }
        )
        for each in outline.subjects
    )
    title = f"{MARK} {DEMO_MARK}：{outline.title}"[:MAX_LINE]
    changes = {"title": title, "subjects": subjects, "opens_on": day, "closes_on": day, "extensions": 0}
    return outline.model_copy(update=changes)


def within(draft: Draft, now: datetime, minutes: int) -> Draft:
    """Return the draft of a rehearsal that opens as soon as notice is given, and closes `minutes` after `now`."""
    opens_at = now.replace(microsecond=0)
    closes_at = opens_at + timedelta(minutes=minutes)
    return replace(draft, opens_at=opens_at, closes_at=closes_at, extension=Extension(1, closes_at + EXTENSION))
