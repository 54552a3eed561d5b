"""Rows: postings of an estate's books and their lines, what is hidden in them, banks' movements, residents' marks."""

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


class BookRedaction(Model):
    """By which article and whose decision a posting's words are hidden."""

    id = fields.IntField(primary_key=True)
    posting: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.BookPosting", related_name="redaction", on_delete=fields.RESTRICT
    )
    article = fields.CharField(max_length=24)
    office = fields.CharField(max_length=24)
    redacted_at = fields.DatetimeField()
    redacted_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="book_redactions", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """A posting's words are hidden once."""

        table = "book_redaction"


class BankStatement(Model):
    """A bank's file that was read: of which account, when, by whom."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="bank_statements", on_delete=fields.RESTRICT
    )
    account = fields.CharField(max_length=40)
    lines = fields.IntField()
    imported_at = fields.DatetimeField()
    imported_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="bank_statements", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """Named by its noun."""

        table = "bank_statement"


class BankLine(Model):
    """A movement of a bank's account: its words until it is entered or set aside, its digest for ever."""

    id = fields.IntField(primary_key=True)
    statement: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.BankStatement", related_name="movements", on_delete=fields.RESTRICT
    )
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="bank_lines", on_delete=fields.RESTRICT
    )
    digest = fields.CharField(max_length=64)
    occurrence = fields.IntField()
    row = fields.IntField()
    day = fields.DateField()
    fen = fields.BigIntField()
    sealed = fields.BinaryField(null=True)
    posting: fields.OneToOneNullableRelation[Any] = fields.OneToOneField(
        "vote.BookPosting", related_name="bank_line", on_delete=fields.RESTRICT, null=True
    )
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        """The same movement, and the n-th of several alike, stands once in an estate."""

        table = "bank_line"
        unique_together = (("estate", "digest", "occurrence"),)


class VoucherMark(Model):
    """That somebody of a home looked at a voucher."""

    id = fields.IntField(primary_key=True)
    voucher: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Record", related_name="marks", on_delete=fields.RESTRICT
    )
    attachment = fields.IntField()
    home = fields.CharField(max_length=64)
    """A keyed digest."""
    marked_at = fields.DatetimeField()

    class Meta:
        """A home marks a voucher once."""

        table = "voucher_mark"
        unique_together = (("voucher", "attachment", "home"),)
