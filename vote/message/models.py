"""Rows: messages that wait for their carrier, or were handed to it."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Message(Model):
    """A message to a phone, number and text sealed together, and forgotten once it is sent."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="messages", on_delete=fields.RESTRICT, null=True
    )
    ballot: fields.OneToOneNullableRelation[Any] = fields.OneToOneField(
        "vote.Ballot", related_name="message", on_delete=fields.RESTRICT, null=True
    )
    kind = fields.CharField(max_length=24)
    body = fields.BinaryField(null=True)
    state = fields.CharField(max_length=12)
    tries = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)

    class Meta:
        """In the order written, one for a ballot."""

        table = "message"
        ordering = ("id",)
