"""Rows: public credentials."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Credential(Model):
    """The public half of an entitlement's voting key, with the weight it carries."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="credentials", on_delete=fields.RESTRICT
    )
    entitlement: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="credentials", on_delete=fields.RESTRICT
    )
    public = fields.CharField(max_length=64)
    weight = fields.BigIntField()

    class Meta:
        """One credential an entitlement, one entitlement a credential."""

        table = "credential"
        unique_together = (("election", "entitlement"), ("election", "public"))
