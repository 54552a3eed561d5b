"""Rows: disputes about who voted, and what was found before counting."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Dispute(Model):
    """What an owner holds against a ballot or a line of the roll before counting, and how it was settled."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="disputes", on_delete=fields.RESTRICT
    )
    raised_by: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="disputes", on_delete=fields.RESTRICT
    )
    about: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="disputed", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=16)
    sealed_text = fields.BinaryField()
    raised_at = fields.DatetimeField()
    outcome = fields.CharField(max_length=12, null=True)
    answer = fields.TextField(null=True)
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        """In the order raised."""

        table = "dispute"
        ordering = ("id",)


class ElectionCheck(Model):
    """What was found before any key was used: who took part, quorum, disputes, disclosure."""

    id = fields.IntField(primary_key=True)
    election: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Election", related_name="check", on_delete=fields.RESTRICT
    )
    body = fields.BinaryField()
    checked_at = fields.DatetimeField()

    class Meta:
        """One an election."""

        table = "election_check"
