"""Rows: elections."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Election(Model):
    """One polling exercise, from sealing on, its manifest and set-up files are fixed."""

    uuid = fields.CharField(max_length=32, primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="elections", on_delete=fields.RESTRICT
    )
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="elections", on_delete=fields.RESTRICT
    )
    state = fields.CharField(max_length=12)
    draft: dict[str, Any] = fields.JSONField()
    opens_at = fields.DatetimeField()
    closes_at = fields.DatetimeField()
    manifest = fields.BinaryField(null=True)
    election_json = fields.BinaryField(null=True)
    trustees_json = fields.BinaryField(null=True)
    credentials_json = fields.BinaryField(null=True)
    fingerprint = fields.CharField(max_length=43, null=True)
    sealed_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        """The election."""

        table = "election"
