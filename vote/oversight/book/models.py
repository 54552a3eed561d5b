"""Rows: postings of an estate's books and their lines."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class BookPosting(Model):
    """One transaction: its words and their salt go by a redaction, nothing else changes."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="postings", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    day = fields.DateField()
    voucher: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Record", related_name="postings", on_delete=fields.RESTRICT
    )
    attachment = fields.IntField()
    decision: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Record", related_name="spending", on_delete=fields.RESTRICT, null=True
    )
    reverses: fields.OneToOneNullableRelation[Any] = fields.OneToOneField(
        "vote.BookPosting", related_name="reversed_by", on_delete=fields.RESTRICT, null=True
    )
    words = fields.TextField(null=True)
    salt = fields.BinaryField(null=True)
    commitment = fields.BinaryField()
    entered_at = fields.DatetimeField()
    entered_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="postings", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """A number stands once in an estate's books."""

        table = "book_posting"
        unique_together = (("estate", "number"),)


class BookLine(Model):
    """An amount on an account, in fen, below zero is a credit."""

    id = fields.IntField(primary_key=True)
    posting: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.BookPosting", related_name="lines", on_delete=fields.RESTRICT
    )
    account = fields.CharField(max_length=40)
    fen = fields.BigIntField()

    class Meta:
        """An account stands once in a posting."""

        table = "book_line"
        unique_together = (("posting", "account"),)
