"""What pages show of the people outside who look after an estate's record: marks, alarms with their evidence, new records.

Not here: who has seen what (`vote.log.watching`), the words (`watched_words.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vote.errors import Reason, RefusedError
from vote.log.rules import Kind
from vote.log.standing import Standing
from vote.log.watching import Watching
from vote.log.witness_answer import StandingAlarm
from vote.web.seen import Seen


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that was begun after another."""

    number: int
    since: datetime
    reason: str
    size: int
    """How many entries the one before is known to have."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What an estate's page shows."""

    estate: str
    current: Sequence[StandingAlarm]
    """About the record that grows."""
    earlier: Sequence[StandingAlarm]
    """About records before it."""
    continuations: Sequence[NewRecord]
    standing: Standing | None
    """Of everything so far; None while there is nothing."""


async def watched_of(request: Request, estate: str) -> Watched:
    """Return what is seen of an estate's record."""
    watching = _watching(request)
    found = await watching.of_estate(estate)
    continued = [
        NewRecord(each.number, each.since, each.reason, each.before.size)
        for each in await watching.continuations(estate)
    ]
    number, alarms = found.log.number if found else 0, await watching.alarms(estate)
    return Watched(
        estate,
        [each for each in alarms if each.log == number],
        [each for each in alarms if each.log != number],
        continued,
        await watching.standing_of_all(estate),
    )


async def standing_of(request: Request, estate: str, kind: Kind, naming: str) -> Standing:
    """Return how the last entry of a kind stands in which `naming` is found."""
    return await _watching(request).standing(estate, kind, naming)


async def evidence(request: Request) -> Response:
    """Return the checkpoint that proves an alarm."""
    estate = request.path_params["estate"]
    for alarm in await _watching(request).alarms(estate):
        if alarm.id == request.path_params["alarm"] and alarm.evidence:
            name = f"{estate}-{alarm.size}.txt"
            return Response(
                alarm.evidence,
                media_type="text/plain; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"},
            )
    raise RefusedError(Reason.NOT_FOUND, "There is no such evidence.", zh="没有这份证据，请从小区的页面重新点进来。")


def _watching(request: Request) -> Watching:
    watching: Watching = request.state["watching"]
    return watching


routes = [Route("/estates/{estate}/alarms/{alarm:int}", evidence, name="evidence")]


async def certificate_standing(request: Request, seen: Seen) -> Standing | None:
    """Return how the entry of an election's last certificate stands; None while there is none."""
    if not seen.certificates:
        return None
    return await standing_of(request, seen.stored.draft.estate, Kind.CERTIFICATE_ISSUED, seen.stored.uuid)
