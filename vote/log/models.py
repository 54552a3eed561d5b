"""Rows: entries of an estate's public log that wait for its sequencer."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class PendingEntry(Model):
    """One thing that happened, as canonical JSON without anything personal, never changed, never deleted."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="log_entries", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=40)
    body = fields.BinaryField()
    happened_at = fields.DatetimeField()

    class Meta:
        """In the order written."""

        table = "log_pending_entry"
        ordering = ("id",)
