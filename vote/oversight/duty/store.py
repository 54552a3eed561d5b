"""Queries about duties."""

import json
from datetime import UTC, date, datetime

from vote.clock import CHINA
from vote.db import fits
from vote.errors import Reason, RefusedError
from vote.oversight.duty.evidence import Evidence
from vote.oversight.duty.models import DutyEstate, DutyFulfilment, DutyHappening, DutyOverdue
from vote.oversight.duty.rules import Event, Happening
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.models import Record, RecordField


class DutyStore:
    """Duties in the database."""

    async def keep(self, estate: str, since: date, *, managed: bool) -> None:
        """Note from which day duties are kept for an estate."""
        await DutyEstate.create(estate_id=estate, since=since, managed=managed)

    async def kept(self, estate: str) -> tuple[date, bool] | None:
        """Return since when duties are kept for an estate and whether it has a manager; None if they are not."""
        if not fits(DutyEstate, "estate_id", estate):
            return None
        row = await DutyEstate.filter(estate_id=estate).order_by("-id").first()
        return (row.since, row.managed) if row else None

    async def estates(self) -> list[str]:
        """Return the estates for which duties are kept, by id."""
        rows = await DutyEstate.all().distinct().values_list("estate_id", flat=True)
        return sorted(map(str, rows))

    async def add_happening(self, estate: str, happening: Happening, now: datetime) -> None:
        """Note what happened.

        Raises:
            RefusedError: it was noted already.
        """
        event, name = happening.event, happening.name
        if await DutyHappening.filter(estate_id=estate, event=event, name=name).exists():
            raise RefusedError(Reason.CONFLICT, "This is noted already.", zh="这件事已经记过了。")
        await DutyHappening.create(estate_id=estate, event=event, day=happening.on, name=name, recorded_at=now)

    async def happenings(self, estate: str) -> list[Happening]:
        """Return what happened in an estate, as it was noted."""
        rows = await DutyHappening.filter(estate_id=estate).order_by("id")
        return [Happening(Event(row.event), row.day, row.name) for row in rows]

    async def fulfil(self, record: int, duty: str) -> None:
        """Note which duty a record fulfils.

        Raises:
            RefusedError: it fulfils one already.
        """
        if await DutyFulfilment.filter(record_id=record).exists():
            raise RefusedError(
                Reason.CONFLICT,
                "This record fulfils a duty already: publish one for each.",
                zh="这份记录已经对应一项应公开的事了，每项请各公布一份。",
            )
        await DutyFulfilment.create(record_id=record, duty=duty)

    async def evidence(self, estate: str) -> list[Evidence]:
        """Return what duties need to know of an estate's records."""
        rows = await Record.filter(estate_id=estate).order_by("id").select_related("supersedes")
        duties = dict(await DutyFulfilment.filter(record__estate_id=estate).values_list("record_id", "duty"))
        fields = await RecordField.filter(record__estate_id=estate, name="due").values_list("record_id", "value")
        due = {record: date.fromisoformat(json.loads(value)) for record, value in fields if value not in (None, "null")}
        superseded = {row.supersedes.id for row in rows if row.supersedes}
        return [
            Evidence(
                row.uuid,
                RecordKind(row.kind),
                row.day,
                row.published_at.astimezone(CHINA).date(),
                row.supersedes.uuid if row.supersedes else None,
                row.id in superseded,
                due.get(row.id),
                duties.get(row.id, ""),
            )
            for row in rows
        ]

    async def told(self, estate: str) -> dict[str, datetime]:
        """Return the duties of an estate that everybody was told of, and when."""
        rows = await DutyOverdue.filter(estate_id=estate).values_list("duty", "told_at")
        return {duty: at.astimezone(UTC) for duty, at in rows}

    async def tell(self, estate: str, duty: str, due: date, now: datetime) -> None:
        """Note that everybody is told of a duty."""
        await DutyOverdue.create(estate_id=estate, duty=duty, due=due, told_at=now)
