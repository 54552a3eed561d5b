"""Queries about who watches a log: policies, cosignatures, alarms. None of them is ever changed.

Not here: what is asked and judged (`witnessing`, `witness_answer`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import rfc8785
from tortoise.functions import Max

from crypto.checkpoint import Checkpoint, decode_checkpoint
from crypto.log_policy import LogPolicy, decode_log_policy, encode_log_policy
from crypto.note import decode_note, signature_line
from vote.log.kinds import require_entry
from vote.log.models import (
    LogAlarm,
    LogCheckpoint,
    LogContinuation,
    LogCosignature,
    LogEntry,
    LogPolicyText,
    PendingEntry,
)
from vote.log.rules import Facts, Kind, encode_entry
from vote.log.witness_answer import Alarm, AlarmKind, StandingAlarm, read_facts
from vote.log.witnessing import Word


@dataclass(frozen=True, slots=True)
class AnnouncedPolicy:
    """A policy, and from when it was in force."""

    policy: LogPolicy
    text: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Continuation:
    """A log under a further origin, and why it was begun."""

    number: int
    """Of the log; 2 is the first that follows another."""
    since: datetime
    reason: str
    checkpoint: bytes
    """The last one that is known of the log before."""

    @property
    def before(self) -> Checkpoint:
        """How far the log before is known to have come."""
        return decode_checkpoint(decode_note(self.checkpoint).text)


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """When something was written down, and where it stands in a log."""

    happened_at: datetime
    log: int | None = None
    """The row of the log; None while it is in none."""
    position: int | None = None


class WitnessStore:
    """What the database holds of witnesses."""

    async def put_policy(self, estate: str, policy: LogPolicy, now: datetime) -> None:
        """Put a policy in force."""
        await LogPolicyText.create(estate_id=estate, text=encode_log_policy(policy), since=now)

    async def watched_estates(self) -> list[str]:
        """Return the estates that have a policy."""
        rows = await LogPolicyText.all().order_by("estate_id").distinct().values_list("estate_id", flat=True)
        return [str(row) for row in rows]

    async def find_policy(self, estate: str) -> LogPolicy | None:
        """Return the policy in force, without the log, or None if nobody watches yet."""
        row = await LogPolicyText.filter(estate_id=estate).order_by("-id").first()
        return decode_log_policy(row.text) if row else None

    async def sizes(self, log: int) -> dict[str, int]:
        """Return what each witness cosigned last, as far as it is known here, by its name in the policy."""
        rows = (
            await LogCosignature.filter(checkpoint__log_id=log)
            .annotate(last=Max("checkpoint__size"))
            .group_by("witness")
            .values_list("witness", "last")
        )
        return {str(witness): int(last) for witness, last in rows}

    async def missing(self, log: int, size: int, policy: LogPolicy) -> tuple[str, ...]:
        """Return the witnesses of a policy that did not cosign the checkpoint of a size."""
        signed = await LogCosignature.filter(checkpoint__log_id=log, checkpoint__size=size).values_list(
            "witness", flat=True
        )
        names = {str(name) for name in signed}
        return tuple(each.name for each in policy.witnesses if each.name not in names)

    async def lines(self, log: int, size: int) -> tuple[bytes, ...]:
        """Return the lines of witnesses below the checkpoint of a size, in the order they came."""
        rows = await LogCosignature.filter(checkpoint__log_id=log, checkpoint__size=size).order_by("id")
        return tuple(bytes(row.line) for row in rows)

    async def keep(self, log: int, size: int, words: Sequence[Word], now: datetime) -> None:
        """Keep what witnesses said of the checkpoint of a size; what is kept already stays as it is."""
        checkpoint = await LogCheckpoint.get(log_id=log, size=size)
        for word in words:
            if word.alarm:
                await self.raise_alarm(log, word.alarm, now)
        rows = [
            LogCosignature(
                checkpoint=checkpoint,
                witness=word.witness,
                line=signature_line(word.signatures[0]).encode(),
                received_at=now,
            )
            for word in words
            if word.signatures
        ]
        # Another process may have asked the same witness.
        await LogCosignature.bulk_create(rows, ignore_conflicts=True)

    async def raise_alarm(self, log: int, alarm: Alarm, now: datetime) -> None:
        """Keep an alarm; the same witness's second word of the same kind says nothing new."""
        for row in await LogAlarm.filter(log_id=log, kind=alarm.kind):
            if read_facts(bytes(row.facts))[0] == alarm.witness:
                return
        await LogAlarm.create(log_id=log, kind=alarm.kind, facts=rfc8785.dumps(alarm.facts), since=now)

    async def alarms(self, estate: str) -> list[StandingAlarm]:
        """Return every alarm about a log of an estate, the first one first."""
        columns = ("id", "log__number", "kind", "facts", "since")
        rows = await LogAlarm.filter(log__estate_id=estate).order_by("id").values_list(*columns)
        return [
            StandingAlarm(row, number, AlarmKind(kind), *read_facts(bytes(facts)), since=since.astimezone(UTC))
            for row, number, kind, facts, since in rows
        ]

    async def policies(self, estate: str) -> list[AnnouncedPolicy]:
        """Return every policy that an estate had, the last one last."""
        rows = await LogPolicyText.filter(estate_id=estate).order_by("id")
        return [AnnouncedPolicy(decode_log_policy(row.text), row.text, row.since.astimezone(UTC)) for row in rows]

    async def sizes_since(self, log: int, since: datetime, until: datetime | None) -> dict[str, int]:
        """Return the largest size that each witness cosigned from one moment on, and before another, by its name."""
        query = LogCosignature.filter(checkpoint__log_id=log, received_at__gte=since)
        if until is not None:
            query = query.filter(received_at__lt=until)
        rows = await query.annotate(last=Max("checkpoint__size")).group_by("witness").values_list("witness", "last")
        return {str(witness): int(last) for witness, last in rows}

    async def last_words(self, log: int) -> dict[str, tuple[int, datetime]]:
        """Return what each witness cosigned last and when that came, by its name in the policy."""
        rows = (
            await LogCosignature.filter(checkpoint__log_id=log)
            .annotate(last=Max("checkpoint__size"), came=Max("received_at"))
            .group_by("witness")
            .values_list("witness", "last", "came")
        )
        return {str(witness): (int(last), _moment(came)) for witness, last, came in rows}

    async def find_entry(self, estate: str, kind: Kind, naming: str) -> FoundEntry | None:
        """Return the last entry of a kind in which `naming` stands, such as the number of an election."""
        for row in await PendingEntry.filter(estate_id=estate, kind=kind).order_by("-id"):
            if naming.encode() in bytes(row.body):
                return await self._place(row)
        return None

    async def last_entry(self, estate: str) -> FoundEntry | None:
        """Return the entry of an estate that was written last."""
        row = await PendingEntry.filter(estate_id=estate).order_by("-id").first()
        return await self._place(row) if row else None

    async def entries_since(self, estate: str, kind: Kind, since: datetime) -> list[FoundEntry]:
        """Return the entries of a kind that were written from a moment on."""
        rows = await PendingEntry.filter(estate_id=estate, kind=kind, happened_at__gte=since).order_by("id")
        return [await self._place(row) for row in rows]

    async def add_entry(self, estate: str, kind: Kind, facts: Facts, now: datetime) -> tuple[int, bytes]:
        """Write an entry down, in the transaction of the fact itself; return its number and its bytes."""
        body = encode_entry(kind, facts)
        require_entry(body, "a new entry")
        row = await PendingEntry.create(estate_id=estate, kind=kind, body=body, happened_at=now)
        return int(row.id), body

    async def continue_log(self, log: int, checkpoint: bytes, reason: str) -> None:
        """Keep why a log was begun, and the last checkpoint that is known of the one before."""
        await LogContinuation.create(log_id=log, checkpoint=checkpoint, reason=reason)

    async def continuations(self, estate: str) -> list[Continuation]:
        """Return the further logs of an estate and why they were begun, the first one first."""
        rows = (
            await LogContinuation.filter(log__estate_id=estate)
            .order_by("log__number")
            .values_list("log__number", "log__opened_at", "reason", "checkpoint")
        )
        return [
            Continuation(number, since.astimezone(UTC), reason, bytes(checkpoint))
            for number, since, reason, checkpoint in rows
        ]

    @staticmethod
    async def _place(row: PendingEntry) -> FoundEntry:
        placed = await LogEntry.filter(entry_id=row.id).first().values("log_id", "position")
        happened = row.happened_at.astimezone(UTC)
        return FoundEntry(happened, placed["log_id"], placed["position"]) if placed else FoundEntry(happened)


def _moment(value: datetime | str) -> datetime:
    """Return a moment that a function of the database gave, which SQLite gives as text."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)
