"""Queries about duties."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from vote.clock import CHINA
from vote.db import fits
from vote.errors import Reason, RefusedError
from vote.oversight.duty.evidence import Evidence
from vote.oversight.duty.models import (
    DutyEstate,
    DutyFulfilment,
    DutyHappening,
    DutyPhone,
    DutyTelling,
    DutyWithdrawal,
)
from vote.oversight.duty.rules import Event, Happening
from vote.oversight.duty.standing import Key, Telling
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.models import Record, RecordField

_SAID = ("title", "due", "budget", "contractor", "responsible")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an estate."""

    since: date
    managed: bool
    happenings: tuple[Happening, ...]
    records: tuple[Evidence, ...]
    told: Mapping[Key, Mapping[Telling, datetime]]


@dataclass(frozen=True, slots=True)
class StoredPhone:
    """A phone to which somebody is told."""

    id: int
    side: str
    sealed: bytes


class DutyStore:
    """Duties in the database."""

    async def keep(self, estate: str, since: date, *, managed: bool) -> None:
        """Note from which day duties are kept for an estate."""
        await DutyEstate.create(estate_id=estate, since=since, managed=managed)

    async def since(self, estate: str) -> date | None:
        """Return from which day duties are kept for an estate; None if they are not."""
        row = await DutyEstate.filter(estate_id=estate).order_by("-id").first()
        return row.since if row else None

    async def estates(self) -> list[str]:
        """Return the estates for which duties are kept, by id."""
        rows = await DutyEstate.all().distinct().values_list("estate_id", flat=True)
        return sorted(map(str, rows))

    async def kept(self, estates: Sequence[str]) -> dict[str, Kept]:
        """Return what is known of those of the estates for which duties are kept, in as many queries as for one."""
        known = [each for each in estates if fits(DutyEstate, "estate_id", each)]
        terms = {}
        rows = await DutyEstate.filter(estate_id__in=known).order_by("id").values("estate_id", "since", "managed")
        for row in rows:
            terms[row["estate_id"]] = row["since"], row["managed"]
        happenings = await self._happenings(list(terms))
        records, told = await self._evidence(list(terms)), await self._told(list(terms))
        return {
            estate: Kept(since, managed, tuple(happenings[estate]), tuple(records[estate]), told[estate])
            for estate, (since, managed) in terms.items()
        }

    async def add_happening(self, estate: str, happening: Happening, now: datetime) -> None:
        """Note what happened."""
        event, name = happening.event, happening.name
        await DutyHappening.create(estate_id=estate, event=event, day=happening.on, name=name, recorded_at=now)

    async def find_happening(self, estate: str, name: str) -> Happening | None:
        """Return what happened in an estate under a name, be it withdrawn or not."""
        if not fits(DutyHappening, "name", name):
            return None
        row = await DutyHappening.filter(estate_id=estate, name=name).first()
        return Happening(Event(row.event), row.day, row.name) if row else None

    async def withdraw(self, estate: str, name: str, now: datetime) -> None:
        """Note that a happening was entered by mistake.

        Raises:
            RefusedError: there is none of this name, or it was withdrawn already.
        """
        row = (
            await DutyHappening.filter(estate_id=estate, name=name).first()
            if fits(DutyHappening, "name", name)
            else None
        )
        if row is None or await DutyWithdrawal.filter(happening_id=row.id).exists():
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no such happening, or it was withdrawn already.",
                zh="没有这件事，或者已经撤销了。",
            )
        await DutyWithdrawal.create(happening_id=row.id, withdrawn_at=now)

    async def fulfil(self, estate: str, record: str, duty: str) -> None:
        """Note which duty a record of an estate fulfils."""
        row = await Record.get(estate_id=estate, uuid=record)
        await DutyFulfilment.create(record_id=row.id, duty=duty)

    async def tell(self, estate: str, key: Key, telling: Telling, now: datetime) -> None:
        """Note what somebody is told of a duty."""
        duty, due = key
        await DutyTelling.create(estate_id=estate, duty=duty, due=due, telling=telling, told_at=now)

    async def add_phone(self, estate: str, side: str, sealed: bytes, now: datetime) -> None:
        """Keep a phone."""
        await DutyPhone.create(estate_id=estate, side=side, sealed=sealed, added_at=now)

    async def phones(self, estate: str) -> list[StoredPhone]:
        """Return the phones of an estate to which somebody is told, in the order added."""
        rows = await DutyPhone.filter(estate_id=estate, removed_at=None).order_by("id")
        return [StoredPhone(row.id, row.side, bytes(row.sealed or b"")) for row in rows]

    async def remove_phone(self, estate: str, phone: int, now: datetime) -> bool:
        """Forget a number; return whether it was there."""
        query = DutyPhone.filter(estate_id=estate, id=phone, removed_at=None)
        return await query.update(sealed=None, removed_at=now) == 1

    async def _happenings(self, estates: Sequence[str]) -> dict[str, list[Happening]]:
        withdrawn = DutyWithdrawal.filter(happening__estate_id__in=estates)
        gone = set(await withdrawn.values_list("happening_id", flat=True))
        found: dict[str, list[Happening]] = {estate: [] for estate in estates}
        for row in await DutyHappening.filter(estate_id__in=estates).order_by("id").values():
            if row["id"] not in gone:
                found[row["estate_id"]].append(Happening(Event(row["event"]), row["day"], row["name"]))
        return found

    async def _evidence(self, estates: Sequence[str]) -> dict[str, list[Evidence]]:
        rows = await Record.filter(estate_id__in=estates).order_by("id").values()
        uuids = {row["id"]: row["uuid"] for row in rows}
        superseded = {row["supersedes_id"] for row in rows}
        duties = dict(await DutyFulfilment.filter(record__estate_id__in=estates).values_list("record_id", "duty"))
        said: dict[int, dict[str, object]] = {}
        fields = RecordField.filter(record__estate_id__in=estates, name__in=_SAID, value__isnull=False)
        for row in await fields.values("record_id", "name", "value"):
            said.setdefault(row["record_id"], {})[row["name"]] = json.loads(row["value"])
        found: dict[str, list[Evidence]] = {estate: [] for estate in estates}
        for row in rows:
            values = said.get(row["id"], {})
            due, budget = values.get("due"), values.get("budget")
            found[row["estate_id"]].append(
                Evidence(
                    row["uuid"],
                    RecordKind(row["kind"]),
                    row["day"],
                    row["published_at"].astimezone(CHINA).date(),
                    supersedes=uuids.get(row["supersedes_id"]),
                    superseded=row["id"] in superseded,
                    duty=duties.get(row["id"], ""),
                    title=str(values.get("title") or ""),
                    due=date.fromisoformat(str(due)) if due else None,
                    budget_fen=budget if isinstance(budget, int) else None,
                    contractor=str(values.get("contractor") or ""),
                    responsible=str(values.get("responsible") or ""),
                )
            )
        return found

    async def _told(self, estates: Sequence[str]) -> dict[str, dict[Key, dict[Telling, datetime]]]:
        found: dict[str, dict[Key, dict[Telling, datetime]]] = {estate: {} for estate in estates}
        for row in await DutyTelling.filter(estate_id__in=estates).values():
            told = found[row["estate_id"]].setdefault((row["duty"], row["due"]), {})
            told[Telling(row["telling"])] = row["told_at"].astimezone(UTC)
        return found
