"""Rows: that this database was restored from a backup."""

from tortoise import fields
from tortoise.models import Model


class RestoredCopy(Model):
    """A restoration, from which backup, and whether somebody has taken the copy into use."""

    id = fields.IntField(primary_key=True)
    backup = fields.CharField(max_length=32)
    made_at = fields.DatetimeField()
    restored_at = fields.DatetimeField()
    adopted_at = fields.DatetimeField(null=True)
    reason = fields.TextField(null=True)

    class Meta:
        """In the order restored."""

        table = "restored_copy"
        ordering = ("id",)
