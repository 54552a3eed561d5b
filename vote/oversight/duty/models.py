"""Rows: since when an estate's duties are kept, what happened, which record fulfils what, what was told publicly."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class DutyEstate(Model):
    """From which day duties are kept for an estate, and whether it has a property manager: the last row counts."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="duty_terms", on_delete=fields.RESTRICT
    )
    since = fields.DateField()
    managed = fields.BooleanField()

    class Meta:
        """Named by its noun."""

        table = "duty_estate"


class DutyHappening(Model):
    """Something that starts a clock, by its day."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="happenings", on_delete=fields.RESTRICT
    )
    event = fields.CharField(max_length=32)
    day = fields.DateField()
    name = fields.CharField(max_length=32)
    recorded_at = fields.DatetimeField()

    class Meta:
        """A happening stands once."""

        table = "duty_happening"
        unique_together = (("estate", "event", "name"),)


class DutyFulfilment(Model):
    """A record that names the duty which it fulfils."""

    id = fields.IntField(primary_key=True)
    record: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Record", related_name="fulfilment", on_delete=fields.RESTRICT
    )
    duty = fields.CharField(max_length=64)

    class Meta:
        """Named by its noun."""

        table = "duty_fulfilment"


class DutyOverdue(Model):
    """A duty for which no public record was found, told to everybody."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="overdue_duties", on_delete=fields.RESTRICT
    )
    duty = fields.CharField(max_length=64)
    due = fields.DateField()
    told_at = fields.DatetimeField()

    class Meta:
        """A duty is told of once."""

        table = "duty_overdue"
        unique_together = (("estate", "duty"),)
