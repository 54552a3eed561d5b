"""Tell clerks whether what is kept of an estate goes together: the quick part of `vote db check`, at most every ten minutes.

* Frozen rolls with their roots, sealed elections with what their manifests pin, the number of ballots shown with that in the log.
* Ballots themselves, promises and salts are looked at by `vote db check`, which takes longer.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vote.db import database_now
from vote.log.rules import Kind
from vote.operation import soundness
from vote.operation.health import Trouble
from vote.operation.records import Records

AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class LampService:
    """What does not go together in estates, remembered for a while."""

    records: Records = field(default_factory=Records)
    found: dict[str, tuple[datetime, list[str]]] = field(default_factory=dict)

    async def troubles(self, estates: list[str]) -> list[Trouble]:
        """Return what does not go together in some estates."""
        now, due = await database_now(), []
        for estate in estates:
            known = self.found.get(estate)
            if known is None or not timedelta(0) <= now - known[0] < AGAIN_AFTER:
                due.append(estate)
        for estate in due:
            self.found[estate] = now, await self._damages(estate)
        return [
            Trouble("record", f"{estate} 的记录对不上，先不要继续办，请核对数据库", f"{estate}: {detail}")
            for estate in estates
            for detail in self.found[estate][1]
        ]

    async def _damages(self, estate: str) -> list[str]:
        found: list[str] = []
        # Others go on writing: what is looked for first is there still, and ballots only become more.
        ballots = {uuid: await self.records.count_places(uuid) for uuid in await self.records.elections(estate)}
        rolls = {record.roll: record for record in await self.records.rolls(estate)}
        for number, roll in rolls.items():
            found += [f"roll {number}: {detail}" for detail in soundness.roll_damages(roll)]
        entries = await self.records.entries(estate)
        for uuid, before in ballots.items():
            sealed, told = await self.records.election(uuid), f'"election":"{uuid}"'.encode()
            root = rolls[sealed.roll].root if sealed.roll in rolls else ""
            damages = soundness.sealed_damages(sealed, root, await self.records.credentials(uuid))
            found += [f"election {uuid}: {detail}" for detail in damages]
            logged = sum(kind == Kind.BALLOT_ACCEPTED and told in body for kind, body in entries)
            if not before <= logged <= await self.records.count_places(uuid):
                found.append(f"election {uuid}: the log has another number of ballots than were shown")
        return found
