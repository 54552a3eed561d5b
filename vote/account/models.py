"""Rows: role keys, kept as digests."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class RoleKey(Model):
    """The right of one registrar or trustee to act in one election, the key itself is shown once and not kept."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="role_keys", on_delete=fields.RESTRICT
    )
    role = fields.CharField(max_length=16)
    slot = fields.IntField()
    digest = fields.CharField(max_length=64, unique=True)

    class Meta:
        """One key per role and slot of an election."""

        table = "role_key"
        unique_together = (("election", "role", "slot"),)
