"""Rows: notices, where they hang, how they end, who was reached, objections and their answers; all of it only grows."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Notice(Model):
    """What is announced to everybody in an estate."""

    id = fields.IntField(primary_key=True)
    uuid = fields.CharField(max_length=32, unique=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="notices", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=16)
    title = fields.CharField(max_length=80)
    text = fields.TextField()
    digest = fields.CharField(max_length=64)
    days = fields.IntField()
    until = fields.DateField()
    """The last day on which owners may object."""
    roll: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="notices", on_delete=fields.RESTRICT, null=True
    )
    election: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="notices", on_delete=fields.RESTRICT, null=True
    )
    posted_at = fields.DatetimeField()
    posted_by = fields.CharField(max_length=16)

    class Meta:
        """Named by its noun."""

        table = "notice"


class NoticePlace(Model):
    """Where in the estate a notice hangs, with a photo or none."""

    id = fields.IntField(primary_key=True)
    notice: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Notice", related_name="places", on_delete=fields.RESTRICT
    )
    place = fields.CharField(max_length=60)
    media = fields.CharField(max_length=16)
    photo = fields.BinaryField()
    noted_at = fields.DatetimeField()

    class Meta:
        """In the order noted."""

        table = "notice_place"
        ordering = ("id",)


class NoticeEnd(Model):
    """That a notice was taken down, or closed."""

    id = fields.IntField(primary_key=True)
    notice: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Notice", related_name="ends", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=16)
    day = fields.DateField()
    noted_at = fields.DatetimeField()

    class Meta:
        """Each happens once."""

        table = "notice_end"
        unique_together = (("notice", "kind"),)


class NoticeDelivery(Model):
    """What came of bringing a notice to one owner."""

    id = fields.IntField(primary_key=True)
    notice: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Notice", related_name="deliveries", on_delete=fields.RESTRICT
    )
    entitlement: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="notice_deliveries", on_delete=fields.RESTRICT
    )
    channel = fields.CharField(max_length=16)
    came = fields.CharField(max_length=16)
    day = fields.DateField()
    noted_at = fields.DatetimeField()
    noted_by = fields.CharField(max_length=16)

    class Meta:
        """In the order noted."""

        table = "notice_delivery"
        ordering = ("id",)


class NoticeObjection(Model):
    """What an owner holds against a notice, its words sealed."""

    id = fields.IntField(primary_key=True)
    uuid = fields.CharField(max_length=32, unique=True)
    notice: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Notice", related_name="objections", on_delete=fields.RESTRICT
    )
    about = fields.CharField(max_length=16)
    sealed = fields.BinaryField()
    """Who and what, as canonical JSON."""
    raised_at = fields.DatetimeField()
    raised_by = fields.CharField(max_length=16)
    """The role that noted it, empty where the owner did."""
    due = fields.DateField()

    class Meta:
        """In the order raised."""

        table = "notice_objection"
        ordering = ("id",)


class NoticeAnswer(Model):
    """How an objection ended, for everybody to read."""

    id = fields.IntField(primary_key=True)
    objection: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.NoticeObjection", related_name="answer", on_delete=fields.RESTRICT
    )
    outcome = fields.CharField(max_length=16)
    reserved_to = fields.CharField(max_length=16)
    text = fields.TextField()
    answered_at = fields.DatetimeField()

    class Meta:
        """An objection ends once."""

        table = "notice_answer"
