"""Rows: cases with the profile each keeps, what happened in them, what was taken back, elections that belong to them."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class FormationCase(Model):
    """One procedure of one estate, by the profile it began with."""

    id = fields.IntField(primary_key=True)
    uuid = fields.CharField(max_length=32, unique=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="cases", on_delete=fields.RESTRICT
    )
    procedure = fields.CharField(max_length=16)
    profile = fields.CharField(max_length=64)
    digest = fields.CharField(max_length=64)
    begun_on = fields.DateField()
    term_ends = fields.DateField(null=True)
    begun_at = fields.DatetimeField()

    class Meta:
        """Named by its noun."""

        table = "formation_case"


class CaseHappening(Model):
    """Something that happened in a case, by its day."""

    id = fields.IntField(primary_key=True)
    case: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.FormationCase", related_name="happenings", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=32)
    word = fields.CharField(max_length=32)
    day = fields.DateField()
    noted_at = fields.DatetimeField()

    class Meta:
        """A happening stands once."""

        table = "case_happening"
        unique_together = (("case", "name"),)


class CaseWithdrawal(Model):
    """That a happening of a case was noted by mistake."""

    id = fields.IntField(primary_key=True)
    happening: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.CaseHappening", related_name="withdrawal", on_delete=fields.RESTRICT
    )
    withdrawn_at = fields.DatetimeField()

    class Meta:
        """Named by its noun."""

        table = "case_withdrawal"


class CaseElection(Model):
    """An election by which the owners vote in a case, the last one counts."""

    id = fields.IntField(primary_key=True)
    case: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.FormationCase", related_name="elections", on_delete=fields.RESTRICT
    )
    election: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Election", related_name="case", on_delete=fields.RESTRICT
    )

    class Meta:
        """Named by its noun."""

        table = "case_election"


class FormationWish(Model):
    """That an owner wishes for a committee, the room and the telephone are sealed, and go when it is withdrawn."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="wishes", on_delete=fields.RESTRICT
    )
    mark = fields.CharField(max_length=64)
    sealed = fields.BinaryField(null=True)
    notices = fields.BooleanField()
    wished_at = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)

    class Meta:
        """A room wishes once."""

        table = "formation_wish"
        unique_together = (("estate", "mark"),)
