"""Rows: what members and candidates declare, part by part, and where it meets whom the estate pays or hires."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Interest(Model):
    """A tie that somebody declared, one without an account was written down at the desk."""

    id = fields.IntField(primary_key=True)
    uuid = fields.CharField(max_length=32, unique=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="interests", on_delete=fields.RESTRICT
    )
    seat = fields.CharField(max_length=16)
    subject = fields.CharField(max_length=16)
    account: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="interests", on_delete=fields.RESTRICT, null=True
    )
    """Of the member; None for whoever has none."""
    declared_at = fields.DatetimeField()
    declared_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="written_interests", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """Named by its noun."""

        table = "interest"


class InterestPart(Model):
    """A part of a declaration, sealed with its salt, and its commitment."""

    id = fields.IntField(primary_key=True)
    interest: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Interest", related_name="parts", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=32)
    sealed = fields.BinaryField()
    commitment = fields.BinaryField()

    class Meta:
        """A part stands once in its declaration."""

        table = "interest_part"
        unique_together = (("interest", "name"),)


class InterestHit(Model):
    """Where a declaration meets a party, fixed once it is published."""

    id = fields.IntField(primary_key=True)
    interest: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Interest", related_name="hits", on_delete=fields.RESTRICT
    )
    source = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=32)
    records = fields.CharField(max_length=70)
    """Uuids of the records on whose pages it is shown, with a blank between."""
    nearness = fields.CharField(max_length=8)
    found_at = fields.DatetimeField()
    publish_on = fields.DateField(null=True)
    confirmed = fields.BooleanField(null=True)
    confirmed_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="confirmed_hits", on_delete=fields.RESTRICT, null=True
    )
    handling = fields.CharField(max_length=16, null=True)
    explanation = fields.BinaryField(null=True)
    """Sealed with its salt."""
    published_at = fields.DatetimeField(null=True)

    class Meta:
        """A declaration meets the same party once at each place."""

        table = "interest_hit"
        unique_together = (("interest", "source", "reference"),)
