"""Rows: rolls, their sheets while they are drafts, what became of each row, entitlements, objections, who did what."""

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
    discarded_at = fields.DatetimeField(null=True)

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
    place = fields.CharField(max_length=100, default="", db_default="")
    masked_owner = fields.CharField(max_length=200, default="", db_default="")
    done = fields.CharField(max_length=400, default="", db_default="")
    done_zh = fields.CharField(max_length=400, default="", db_default="")

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


class RollSheet(Model):
    """The spreadsheet of a draft roll and what was changed in it, sealed, it is forgotten when the roll is frozen."""

    id = fields.IntField(primary_key=True)
    roll: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Roll", related_name="sheet", on_delete=fields.RESTRICT
    )
    sealed = fields.BinaryField()
    version = fields.IntField(default=0)

    class Meta:
        """One a roll."""

        table = "roll_sheet"


class RollNotice(Model):
    """That a draft roll was put up for everybody to see, where, and until when owners may object."""

    id = fields.IntField(primary_key=True)
    roll: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Roll", related_name="notice", on_delete=fields.RESTRICT
    )
    place = fields.CharField(max_length=100)
    contact = fields.CharField(max_length=40)
    phone = fields.CharField(max_length=20)
    posted_at = fields.DatetimeField()
    until = fields.DatetimeField()

    class Meta:
        """One a roll."""

        table = "roll_notice"


class RollStep(Model):
    """Who did what with a roll, and when, never changed, never deleted. Holds nothing personal of owners."""

    id = fields.IntField(primary_key=True)
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="steps", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=16)
    item = fields.IntField(null=True)
    columns = fields.CharField(max_length=200, default="")
    account: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="roll_steps", on_delete=fields.RESTRICT, null=True
    )
    happened_at = fields.DatetimeField()

    class Meta:
        """In the order done."""

        table = "roll_step"
        ordering = ("id",)


class ColumnChoice(Model):
    """What a clerk said a column of an estate's rolls holds, for the next one, empty where it holds nothing of ours."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="column_choices", on_delete=fields.RESTRICT
    )
    header = fields.CharField(max_length=60)
    meaning = fields.CharField(max_length=16)

    class Meta:
        """A header means one thing in an estate."""

        table = "column_choice"
        unique_together = (("estate", "header"),)
