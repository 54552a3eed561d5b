"""Queries about who watches a log: policies, cosignatures, alarms. None of them is ever changed.

Not here: what is asked and judged (`witnessing`, `witness_answer`).
"""

from collections.abc import Sequence
from datetime import datetime

import rfc8785
from tortoise.functions import Max

from crypto.log_policy import LogPolicy, decode_log_policy, encode_log_policy
from crypto.note import signature_line
from vote.log.models import LogAlarm, LogCheckpoint, LogCosignature, LogPolicyText
from vote.log.witness_answer import Alarm
from vote.log.witnessing import Word


class WitnessStore:
    """What the database holds of witnesses."""

    async def put_policy(self, estate: str, policy: LogPolicy, now: datetime) -> None:
        """Put a policy in force."""
        await LogPolicyText.create(estate_id=estate, text=encode_log_policy(policy), since=now)

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
            if f'"witness":{rfc8785.dumps(alarm.witness).decode()}'.encode() in bytes(row.facts):
                return
        await LogAlarm.create(log_id=log, kind=alarm.kind, facts=rfc8785.dumps(alarm.facts), since=now)

    async def alarmed_since(self, estate: str) -> datetime | None:
        """Return when the first alarm about a log of an estate was raised; None if there is none."""
        row = await LogAlarm.filter(log__estate_id=estate).order_by("id").first()
        return row.since if row else None
