"""Rows: since when duties are kept, what happened, which record fulfils what, what was told, to which phones."""

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
        unique_together = (("estate", "name"),)


class DutyWithdrawal(Model):
    """That a happening was entered by mistake."""

    id = fields.IntField(primary_key=True)
    happening: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.DutyHappening", related_name="withdrawal", on_delete=fields.RESTRICT
    )
    withdrawn_at = fields.DatetimeField()

    class Meta:
        """Named by its noun."""

        table = "duty_withdrawal"


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


class DutyTelling(Model):
    """What somebody was told of a duty that is due on a day: its debtor privately, in the end everybody."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="duty_tellings", on_delete=fields.RESTRICT
    )
    duty = fields.CharField(max_length=64)
    due = fields.DateField()
    telling = fields.CharField(max_length=16)
    told_at = fields.DatetimeField()

    class Meta:
        """Each is told once."""

        table = "duty_telling"
        unique_together = (("estate", "duty", "due", "telling"),)


class DutyPhone(Model):
    """To which phone the committee or the manager is told, the number is forgotten once it is taken away."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="duty_phones", on_delete=fields.RESTRICT
    )
    side = fields.CharField(max_length=16)
    sealed = fields.BinaryField(null=True)
    added_at = fields.DatetimeField()
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        """Named by its noun."""

        table = "duty_phone"
