"""Rows: what became of letters on their way, reminders that were sent, exact figures that were looked at."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class LetterDelivery(Model):
    """What became of a letter on a day, as somebody wrote it down, never changed, never deleted: a later row corrects."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="deliveries", on_delete=fields.RESTRICT
    )
    entitlement: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="deliveries", on_delete=fields.RESTRICT
    )
    outcome = fields.CharField(max_length=16)
    happened_on = fields.DateField()
    carrier = fields.CharField(max_length=60)
    proof = fields.CharField(max_length=200)
    recorded_at = fields.DatetimeField()
    recorded_by = fields.CharField(max_length=16)

    class Meta:
        """In the order written down."""

        table = "letter_delivery"
        ordering = ("id",)


class Reminder(Model):
    """A reminder to those who had not voted, in numbers."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="reminders", on_delete=fields.RESTRICT
    )
    waiting = fields.IntField()
    reached = fields.IntField()
    sent_at = fields.DatetimeField()
    sent_by = fields.CharField(max_length=16)

    class Meta:
        """In the order sent."""

        table = "reminder"
        ordering = ("id",)


class ExactLook(Model):
    """Somebody on duty looked at exact figures, or at who has not voted yet."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="looks", on_delete=fields.RESTRICT
    )
    what = fields.CharField(max_length=16)
    looked_at = fields.DatetimeField()
    looked_by = fields.CharField(max_length=16)

    class Meta:
        """In the order of looking."""

        table = "exact_look"
        ordering = ("id",)
