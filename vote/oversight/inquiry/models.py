"""Rows: inquiries, the pieces of question and answer, what was hidden in them, and which are for the next meeting."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Inquiry(Model):
    """What a home asked of a committee: about a record or, without one, about the estate."""

    id = fields.IntField(primary_key=True)
    uuid = fields.CharField(max_length=32, unique=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="inquiries", on_delete=fields.RESTRICT
    )
    about: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Record", related_name="inquiries", on_delete=fields.RESTRICT, null=True
    )
    manner = fields.CharField(max_length=8)
    entitlement: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="inquiries", on_delete=fields.RESTRICT
    )
    home = fields.CharField(max_length=64)
    """A keyed digest of the homes, the same in every roll."""
    raised_at = fields.DatetimeField()
    raised_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="inquiries", on_delete=fields.RESTRICT, null=True
    )
    """Who wrote it down at the desk; None where the owner did."""
    due = fields.DateField()
    held = fields.BooleanField()
    """Whether somebody has to look at it before everybody may."""

    class Meta:
        """Named by its noun."""

        table = "inquiry"


class InquiryAnswer(Model):
    """When and in whose name a committee answered."""

    id = fields.IntField(primary_key=True)
    inquiry: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Inquiry", related_name="answer", on_delete=fields.RESTRICT
    )
    answered_at = fields.DatetimeField()
    answered_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="inquiry_answers", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """An inquiry is answered once."""

        table = "inquiry_answer"


class InquiryHiding(Model):
    """By which article and whose decision pieces of an inquiry are hidden."""

    id = fields.IntField(primary_key=True)
    inquiry: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Inquiry", related_name="hidings", on_delete=fields.RESTRICT
    )
    article = fields.CharField(max_length=24)
    office = fields.CharField(max_length=24)
    hidden_at = fields.DatetimeField()
    hidden_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="inquiry_hidings", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """Named by its noun."""

        table = "inquiry_hiding"


class InquiryPiece(Model):
    """A piece of question or answer, or who asked: sealed with its salt until it is hidden, its commitment stays."""

    id = fields.IntField(primary_key=True)
    inquiry: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Inquiry", related_name="pieces", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=32)
    sealed = fields.BinaryField(null=True)
    commitment = fields.BinaryField()
    hiding: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.InquiryHiding", related_name="pieces", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """A piece stands once in its inquiry."""

        table = "inquiry_piece"
        unique_together = (("inquiry", "name"),)


class InquiryTabling(Model):
    """That an inquiry is put to the committee at the next meeting."""

    id = fields.IntField(primary_key=True)
    inquiry: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Inquiry", related_name="tabling", on_delete=fields.RESTRICT
    )
    tabled_at = fields.DatetimeField()
    tabled_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="inquiry_tablings", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """An inquiry is on the list once."""

        table = "inquiry_tabling"
