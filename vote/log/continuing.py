"""Begins a log under a further origin where the one before must not be signed any more, and says so in its first entry.

 * The first entry commits to the last checkpoint that anybody is known to have of the log before: this database, what was
   published, or a witness, whichever has most entries.
 * The reason is public, and the entry holds its SHA-256.
 * What the log before has stays readable. What waits in the database gets into the new one.

Not here: when a log must not be signed (`gate`).
"""

from dataclasses import dataclass
from hashlib import sha256

from crypto.checkpoint import Checkpoint, decode_checkpoint
from crypto.encoding import hex_digest
from crypto.note import decode_note, decode_verifier_key
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.log.gate import Published
from vote.log.log_store import LogRows, StoredLog
from vote.log.policy import published_policy
from vote.log.rules import Facts, Kind
from vote.log.sequencing import Sequencer
from vote.log.witness_answer import read_evidence
from vote.log.witness_store import WitnessStore
from vote.log.witnessing import Witnesses

MAX_REASON = 1000


@dataclass(frozen=True, slots=True)
class Continued:
    """A log under a further origin."""

    log: StoredLog
    before: Checkpoint
    """How far the log before is known to have come."""


@dataclass(frozen=True, slots=True)
class Continuing:
    """Begins further logs."""

    rows: LogRows
    store: WitnessStore
    sequencer: Sequencer
    witnesses: Witnesses
    published: Published | None = None

    async def begin(self, estate: str, reason: str) -> Continued:
        """Let an estate's log go on under a further origin.

        Args:
            estate: the id.
            reason: why, for everybody to read.

        Raises:
            RefusedError: the estate has no log, somebody began one meanwhile, or the reason says nothing.
            UnavailableError: what is published cannot be read.
        """
        words = _require_reason(reason)
        old = await self.rows.find(estate)
        if old is None:
            raise RefusedError(Reason.NOT_FOUND, f"The estate {estate} has no log yet: there is nothing to continue.")
        note = await self._last_known(old)
        before = decode_checkpoint(decode_note(note).text)
        facts: Facts = {
            "before": old.number,
            "size": before.size,
            "root": before.root.hex(),
            "reason": hex_digest(words.encode()),
        }
        async with transaction():
            await self.sequencer.estates.hold(estate)
            now = await database_now()
            latest = await self.rows.find(estate)
            if latest is None or latest.id != old.id:
                raise RefusedError(Reason.CONFLICT, "Somebody began a new log meanwhile: look before doing it again.")
            entry = await self.store.add_entry(estate, Kind.LOG_CONTINUED, facts, now)
            log = await self.sequencer.open_next(old, entry)
            await self.store.continue_log(log.id, note, words)
            policy = await self.store.find_policy(estate)
            if policy:
                # The file names the log's key, and that is another one now.
                digest = hex_digest(published_policy(decode_verifier_key(log.verifier_key), policy))
                await self.store.add_entry(estate, Kind.POLICY_ANNOUNCED, {"policy": digest}, now)
        return Continued(log, before)

    async def _last_known(self, log: StoredLog) -> bytes:
        """Return the largest checkpoint of a log that it signed, wherever it is."""
        keys = [decode_verifier_key(log.verifier_key)]
        found = [(await self.rows.head(log.id)).note]
        if self.published and (note := await self.published.checkpoint(log)):
            found.append(note)
        policy = await self.store.find_policy(log.estate)
        for witness in policy.witnesses if policy else ():
            shown = await self._shown(witness.url, log.origin)
            found += [shown] if shown else []
        found += [alarm.evidence for alarm in await self.store.alarms(log.estate) if alarm.evidence]
        known = [(checkpoint.size, note) for note in found if (checkpoint := read_evidence(note, keys))]
        return max(known, key=lambda each: each[0])[1]

    async def _shown(self, url: str | None, origin: str) -> bytes | None:
        if url is None:
            return None
        address = f"{url.rstrip('/')}/{sha256(origin.encode()).hexdigest()}/checkpoint"
        answer = await self.witnesses.call("GET", address)
        return answer[2] if answer else None


def _require_reason(reason: str) -> str:
    words = reason.strip()
    if not words or len(words) > MAX_REASON:
        raise RefusedError(
            Reason.MALFORMED, f"A reason of 1 to {MAX_REASON} characters is needed: write what happened."
        )
    return words
