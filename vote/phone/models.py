"""Rows: owners' phones."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Phone(Model):
    """A number for an entitlement, sealed, where it comes from, and who confirmed or changed it.

    `digest` finds a number again without showing it, `proposed_by` and `decided_by` are keyed digests of persons.
    """

    id = fields.IntField(primary_key=True)
    entitlement: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="phones", on_delete=fields.RESTRICT
    )
    sealed = fields.BinaryField()
    digest = fields.CharField(max_length=64)
    source = fields.CharField(max_length=20)
    state = fields.CharField(max_length=12)
    confirmed_how = fields.CharField(max_length=20, null=True)
    confirmed_at = fields.DatetimeField(null=True)
    proposed_by = fields.CharField(max_length=64, null=True)
    decided_by = fields.CharField(max_length=64, null=True)
    created_at = fields.DatetimeField()
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        """In the order brought."""

        table = "phone"
        ordering = ("id",)
