"""Says that the database is a copy, and takes a copy into use."""

from dataclasses import dataclass

from vote.db import database_now, transaction
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.operation.rules import UNFINISHED, Copy, CopyError, require_reason
from vote.operation.store import OperationStore


@dataclass(frozen=True, slots=True)
class CopyService:
    """A restored copy, until it is adopted."""

    store: OperationStore
    elections: ElectionStore
    log: LogStore

    async def find(self) -> Copy | None:
        """Return the restoration that stands in the way, if there is one: the one from the oldest backup."""
        return min(await self.store.copies(), key=lambda copy: copy.made_at, default=None)

    async def adopted(self) -> list[Copy]:
        """Return the restorations that this database goes back to, the last one last."""
        return await self.store.adopted()

    async def require_original(self) -> None:
        """Let nothing be done in a copy.

        Raises:
            CopyError: the database is one.
        """
        if copy := await self.find():
            raise CopyError(copy)

    async def adopt(self, reason: str) -> list[str]:
        """Take the copy into use, let the public log say so, and return the elections of which it does.

        Raises:
            RefusedError: the database is no copy, or the reason says nothing.
        """
        words = require_reason(reason)
        async with transaction():
            copy = await self.find()
            if copy is None:
                raise RefusedError(Reason.WRONG_STATE, "This database is no restored copy: there is nothing to adopt.")
            now = await database_now()
            told = [uuid for state in UNFINISHED for uuid in await self.elections.in_state(state)]
            for uuid in told:
                estate = (await self.elections.get(uuid)).draft.estate
                await self.log.append(estate, Kind.DATABASE_RESTORED, copy.facts(uuid), now)
            await self.store.adopt(words, now)
            return told
