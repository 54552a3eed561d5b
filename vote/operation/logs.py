"""Puts together what signs, shows and watches public logs, from the settings: for the application and for `vote log`.

Not here: what each of them does (`vote.log`).
"""

from dataclasses import dataclass

import httpx

from vote.config import Settings
from vote.estate.store import EstateStore
from vote.log.announcing import Announcing
from vote.log.continuing import Continuing
from vote.log.gate import Gate, Published
from vote.log.keys import LogKeys
from vote.log.log_store import LogRows
from vote.log.publishing import Publisher
from vote.log.sequencing import Sequencer
from vote.log.tree_store import TreeStore
from vote.log.watching import Watching
from vote.log.witness_store import WitnessStore
from vote.log.witnessing import Witnesses
from vote.operation.store import OperationStore


@dataclass(frozen=True, slots=True)
class Logs:
    """What there is of public logs."""

    client: httpx.AsyncClient
    """Asks witnesses."""
    rows: LogRows
    gate: Gate
    sequencer: Sequencer
    publisher: Publisher
    watching: Watching
    announcing: Announcing
    continuing: Continuing

    async def close(self) -> None:
        """Let go of the connections."""
        await self.client.aclose()


def open_logs(settings: Settings, published: Published | None = None) -> Logs:
    """Return what signs, shows and watches logs.

    Args:
        settings: of the installation.
        published: where checkpoints are kept outside of the database, if they are.

    Raises:
        RefusedError: the log key is missing.
    """
    client = httpx.AsyncClient(trust_env=False)
    rows, trees, store, estates, witnesses = LogRows(), TreeStore(), WitnessStore(), EstateStore(), Witnesses(client)
    keys = LogKeys(settings.log_key().get_secret_value(), settings.log_host, settings.log_ml_dsa)
    gate = Gate(rows, trees, store, witnesses, published, OperationStore().restored_at, keys)
    watching = Watching(store, rows, trees, witnesses)
    sequencer = Sequencer(rows, estates, keys, gate)
    return Logs(
        client,
        rows,
        gate,
        sequencer,
        Publisher(rows, watching),
        watching,
        Announcing(estates, rows, keys, store),
        Continuing(rows, store, sequencer, witnesses, published),
    )
