"""Rows: the worker's sign of life."""

from tortoise import fields
from tortoise.models import Model


class WorkerBeat(Model):
    """When a worker last said that it lives."""

    id = fields.IntField(primary_key=True)
    beat_at = fields.DatetimeField()

    class Meta:
        """One row."""

        table = "worker_beat"
