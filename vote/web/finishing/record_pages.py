"""我已依法做了什么: every step of an election with who took it, when, on which article; as a page, as JSON and as CSV."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vote.account.events import EventService
from vote.account.people import PeopleService
from vote.clock import CHINA
from vote.election.manifest import law_day
from vote.election.service import ElectionService
from vote.law.library import load_pinned
from vote.law.profile import Value
from vote.role import Role
from vote.web.finishing.life import LAW, OWNER, Act, Entry, Step, is_of, life_of
from vote.web.rendering import Reader, reader_of, render
from vote.web.seen import Seen, get_seen
from vote.web.words import TEXTS

KNOWN = "finishing.life."
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for more than words."""


async def record(request: Request) -> Response:
    """Show every step."""
    seen = await get_seen(request)
    steps = await find_life(request, seen)
    values = {"seen": seen, "steps": steps, "articles": _articles(seen), "word": word_key}
    return render(request, "finishing/record.html", values)


async def record_json(request: Request) -> Response:
    """Return every step for programs."""
    seen = await get_seen(request)
    articles, reader = _articles(seen), reader_of(request)
    listed = [
        {
            "at": _moment(step.at),
            "kind": step.kind,
            "what": said(reader, step),
            "duty": step.role or None,
            "name": step.name or None,
            "law": [article.code for article in articles[step.kind].citations] if step.kind in articles else [],
            "digests": dict(step.digests),
        }
        for step in await find_life(request, seen)
    ]
    answer = {"version": 1, "election": seen.stored.uuid, "title": seen.manifest.title, "steps": listed}
    return JSONResponse(answer, headers=_named(seen, "json"))


async def record_csv(request: Request) -> Response:
    """Return every step for a spreadsheet."""
    seen, reader = await get_seen(request), reader_of(request)
    articles, out = _articles(seen), io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        [str(reader.text(f"finishing.life-head.{name}")) for name in ("at", "what", "duty", "name", "law", "digests")]
    )
    for step in await find_life(request, seen):
        law = reader.list_articles(articles[step.kind].citations) if step.kind in articles else ""
        duty = _duty(reader, step.role)
        cells = (
            _moment(step.at),
            said(reader, step),
            duty,
            step.name,
            str(law),
            json.dumps(dict(step.digests)) if step.digests else "",
        )
        rows.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    # Spreadsheets take a file without this mark for one in an older encoding.
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=_named(seen, "csv"))


def word_key(kind: str) -> str:
    """Return the key of the words for a step; others may add kinds that have none yet."""
    key = f"{KNOWN}{kind}"
    return key if key in TEXTS else f"{KNOWN}other"


def said(reader: Reader, step: Step) -> str:
    """Return what a step says, without marks."""
    number = step.number if step.number is not None else ""
    text = str(reader.text(word_key(step.kind), n=number, count=step.count).unescape())
    if step.outcome:
        kind = "settled" if step.kind == "dispute:settled" else "objection"
        text += f"{reader.text('working.colon')}{reader.text(f'{kind}.{step.outcome}')}"
    return text


async def find_life(request: Request, seen: Seen) -> Sequence[Step]:
    """Return every step of an election in the order of time."""
    elections: ElectionService = request.state["elections"]
    events: EventService = request.state["events"]
    accounts: PeopleService = request.state["accounts"]
    uuid, draft = seen.stored.uuid, seen.stored.draft
    entries = [
        Entry(facts, at)
        for facts, at in ((json.loads(body), at) for body, at in await elections.log.dated(draft.estate))
        if is_of(facts, uuid, draft.roll)
    ]
    found = await events.of_election(uuid)
    names = {
        account: await accounts.name(account) for account in {each.account for each in found} if account is not None
    }
    acts = [Act(each.kind, each.role, names.get(each.account or 0, ""), each.happened_at, each.count) for each in found]
    return life_of(entries, acts)


def _articles(seen: Seen) -> dict[str, Value]:
    manifest = seen.manifest
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    return {kind: profile.value(name, on=law_day(manifest)) for kind, name in LAW.items()}


def _duty(reader: Reader, role: str) -> str:
    if role in {"", Role.PUBLIC}:
        return ""
    return str(reader.text("finishing.life-owner" if role == OWNER else f"role.{role}"))


def _moment(at: datetime) -> str:
    return at.astimezone(CHINA).isoformat(timespec="seconds")


def _named(seen: Seen, ending: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="record-{seen.stored.uuid}.{ending}"',
        "Cache-Control": "no-store",
    }
