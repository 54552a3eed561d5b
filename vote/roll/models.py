"""Rows: rolls, what became of each sheet row, entitlements and their units, objections."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Roll(Model):
    """The owners of an estate as one spreadsheet had them: `draft` until it is `frozen`."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="rolls", on_delete=fields.RESTRICT
    )
    state = fields.CharField(max_length=8)
    source_sha256 = fields.CharField(max_length=64)
    figures: dict[str, Any] = fields.JSONField()
    heads = fields.IntField()
    area_dm2 = fields.BigIntField()
    root = fields.CharField(max_length=64, null=True)
    imported_at = fields.DatetimeField()
    frozen_at = fields.DatetimeField(null=True)

    class Meta:
        """The roll."""

        table = "roll"


class RollFinding(Model):
    """What became of a sheet row that was not simply accepted, holds nothing personal."""

    id = fields.IntField(primary_key=True)
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="findings", on_delete=fields.RESTRICT
    )
    sheet_row = fields.IntField()
    verdict = fields.CharField(max_length=16)
    reason = fields.TextField()
    reason_zh = fields.TextField()

    class Meta:
        """In the order of the sheet."""

        table = "roll_finding"
        ordering = ("sheet_row", "id")


class Entitlement(Model):
    """One right to vote: an owner set with all its units (Supreme Court interpretation art. 9).

    `sealed` holds names, identity numbers and phones, encrypted, `sealed_salt` the salt of the commitment.
    """

    id = fields.IntField(primary_key=True)
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="entitlements", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    developer = fields.BooleanField()
    area_dm2 = fields.BigIntField()
    masked_owner = fields.CharField(max_length=200)
    sealed = fields.BinaryField()
    sealed_salt = fields.BinaryField(null=True)
    leaf = fields.CharField(max_length=64, null=True)

    class Meta:
        """Numbered from 1 within a roll."""

        table = "entitlement"
        unique_together = (("roll", "number"),)
        ordering = ("number",)


class EntitlementUnit(Model):
    """A unit that counts for an entitlement, with the area it adds and where that area comes from."""

    id = fields.IntField(primary_key=True)
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="roll_units", on_delete=fields.RESTRICT
    )
    entitlement: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="units", on_delete=fields.RESTRICT
    )
    unit: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Unit", related_name="entitlements", on_delete=fields.RESTRICT
    )
    area_dm2 = fields.BigIntField()
    area_source = fields.CharField(max_length=8)

    class Meta:
        """A unit counts once in a roll."""

        table = "entitlement_unit"
        unique_together = (("roll", "unit"),)


class RollObjection(Model):
    """What somebody holds against a line of the draft roll, and the answer it got, both texts sealed or public."""

    id = fields.IntField(primary_key=True)
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="objections", on_delete=fields.RESTRICT
    )
    sheet_row = fields.IntField(null=True)
    sealed_text = fields.BinaryField()
    state = fields.CharField(max_length=8)
    answer = fields.TextField(null=True)
    raised_at = fields.DatetimeField()
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        """Objections."""

        table = "roll_objection"
        ordering = ("id",)
