"""Rows: role keys, kept as digests."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class RoleKey(Model):
    """The right of one person to act in one election under one duty.

    The key itself is shown once and not kept, `person` is a keyed digest of the name, `office` the body that sent them.
    """

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="role_keys", on_delete=fields.RESTRICT
    )
    role = fields.CharField(max_length=16)
    slot = fields.IntField()
    digest = fields.CharField(max_length=64, unique=True)
    person = fields.CharField(max_length=64)
    office = fields.CharField(max_length=100)
    owner = fields.BooleanField()

    class Meta:
        """One key per role and slot of an election."""

        table = "role_key"
        unique_together = (("election", "role", "slot"),)
