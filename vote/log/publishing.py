"""Shows what logs signed: the newest checkpoint of each, when it is in the database, and nothing before.

 * Witnesses are asked first, all at once: what they say within a second is there from the beginning.
 * One that shows what this database does not have keeps the checkpoint from being shown: an alarm stands instead.

Not here: who serves it (`views`), who copies it (`export`).
"""

import asyncio
from dataclasses import dataclass

from vote.db import database_now
from vote.log.log_store import LogRows
from vote.log.watching import Watching


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes checkpoints."""

    rows: LogRows
    watching: Watching | None = None

    async def publish_due(self) -> int:
        """Publish the newest checkpoint of each log where nobody has seen it; return how many."""
        heads = await self.rows.unpublished()
        if self.watching:
            await asyncio.gather(*map(self.watching.ask, heads))
        done = 0
        for head in heads:
            if not await self.rows.is_alarmed(head.log.id):
                done += await self.rows.publish(head.log.id, head.size, max(await database_now(), head.signed_at))
        return done
