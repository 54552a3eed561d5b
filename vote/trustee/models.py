"""Rows: what trustees published during the key ceremony."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class BoardMessage(Model):
    """One message of one trustee in one round of the ceremony, never changed, never deleted."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="board", on_delete=fields.RESTRICT
    )
    round = fields.CharField(max_length=12)
    trustee = fields.IntField()
    body = fields.BinaryField()

    class Meta:
        """Each trustee speaks once in a round."""

        table = "board_message"
        unique_together = (("election", "round", "trustee"),)
        ordering = ("id",)


class TrusteeTrial(Model):
    """That a trustee could open with its key, proved before sealing, never changed."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="trials", on_delete=fields.RESTRICT
    )
    trustee = fields.IntField()
    body = fields.BinaryField()

    class Meta:
        """One trial a trustee."""

        table = "trustee_trial"
        unique_together = (("election", "trustee"),)
        ordering = ("trustee",)
