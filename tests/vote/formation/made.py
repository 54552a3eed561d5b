"""Cases to try: short ways to say what happened."""

from datetime import date, timedelta

from tests.vote.assembly import ESTATE
from tests.vote.platform import Platform
from vote.formation.rules import Case, Happened, Standing, stand
from vote.law.library import load_profile
from vote.law.procedure import Happening, Procedure

JIASHAN, BEIJING, HANGZHOU = "cn-zj-jiaxing-jiashan", "cn-bj", "cn-zj-hangzhou"
VERSION = "2026-11-26"


def case(
    procedure: Procedure = Procedure.FORMING,
    place: str = JIASHAN,
    *,
    begun_on: date = date(2026, 1, 5),
    term_ends: date | None = None,
    voting_opens: date | None = None,
) -> Case:
    return Case(procedure, load_profile(place, VERSION), begun_on, term_ends, voting_opens)


def happened(*lines: str) -> list[Happened]:
    """Read lines such as `2026-03-01 group-formed`."""
    found = []
    for line in lines:
        day, word = line.split()
        found.append(Happened(Happening(word), date.fromisoformat(day)))
    return found


FORMED = happened(
    "2026-01-05 conditions-met",
    "2026-01-20 requested",
    "2026-03-02 group-formed",
    "2026-03-04 group-published",
    "2026-03-09 documents-received",
    "2026-03-16 roll-published",
    "2026-03-24 roll-agreed",
    "2026-03-25 drafts-published",
    "2026-03-25 voting-rules-set",
    "2026-03-25 candidates-set",
    "2026-03-26 notice-given",
    "2026-03-26 bodies-informed",
    "2026-04-11 voting-opened",
    "2026-04-25 voting-closed",
    "2026-04-29 result-published",
    "2026-05-07 all-adopted",
    "2026-05-08 officers-chosen",
    "2026-05-12 filed",
    "2026-05-20 filing-accepted",
    "2026-05-22 seal-received",
    "2026-05-25 group-handed-over",
    "2026-05-26 group-released",
)
"""A formation in which everything went well."""


def until(word: str) -> list[Happened]:
    """Return what happened in it up to and with a word."""
    last = next(number for number, each in enumerate(FORMED) if each.word == word)
    return FORMED[: last + 1]


def on(day: str, what: list[Happened], chosen: Case | None = None) -> Standing:
    return stand(chosen or case(), what, date.fromisoformat(day))


RENEWAL = happened(
    "2026-06-01 audit-begun",
    "2026-06-01 roll-published",
    "2026-06-10 roll-agreed",
    "2026-06-11 candidates-set",
    "2026-06-12 notice-given",
    "2026-06-12 bodies-informed",
    "2026-06-28 voting-opened",
    "2026-07-12 voting-closed",
    "2026-07-16 result-published",
    "2026-07-24 all-adopted",
    "2026-07-25 officers-chosen",
    "2026-07-28 filed",
    "2026-08-04 filing-accepted",
    "2026-08-08 handed-over",
)
RECALL = happened(
    "2026-03-01 member-asked",
    "2026-03-02 notice-given",
    "2026-03-02 bodies-informed",
    "2026-03-18 voting-opened",
    "2026-04-01 voting-closed",
    "2026-04-03 result-published",
    "2026-04-11 all-adopted",
    "2026-04-12 termination-published",
)
VACANT = happened(
    "2026-04-13 by-election-begun",
    "2026-04-14 candidates-set",
    "2026-04-15 notice-given",
    "2026-04-15 bodies-informed",
    "2026-05-01 voting-opened",
    "2026-05-10 voting-closed",
    "2026-05-13 result-published",
    "2026-05-21 all-adopted",
    "2026-05-28 change-filed",
)
"""A renewal, a recall and a by-election in which everything went well."""


async def form_a_group(platform: Platform) -> str:
    """Bring a formation of the estate to its preparatory group, three weeks ago; return the case."""
    today = await platform.services["formations"].today()
    begun = today - timedelta(days=60)
    path = f"/api/estates/{ESTATE}/cases"
    case = str((await platform.post(path, json={"procedure": "forming", "begun_on": begun.isoformat()}))["case"])
    for each, ago in zip(FORMED[:4], (60, 50, 21, 20), strict=True):
        on = today - timedelta(days=ago)
        await platform.post(f"{path}/{case}/happenings", json={"event": each.word, "on": on.isoformat()})
    return case
