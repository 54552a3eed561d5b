"""Rows: records, their fields and attachments, and what was hidden in them."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Record(Model):
    """What a committee published. A correction names the record that it supersedes."""

    id = fields.IntField(primary_key=True)
    uuid = fields.CharField(max_length=32, unique=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="records", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=24)
    day = fields.DateField()
    published_at = fields.DatetimeField()
    published_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="published_records", on_delete=fields.RESTRICT, null=True
    )
    supersedes: fields.OneToOneNullableRelation[Any] = fields.OneToOneField(
        "vote.Record", related_name="superseded_by", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """Named by its noun."""

        table = "record"


class RecordRedaction(Model):
    """By which article and whose decision a part of a record is hidden."""

    id = fields.IntField(primary_key=True)
    record: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Record", related_name="redactions", on_delete=fields.RESTRICT
    )
    article = fields.CharField(max_length=24)
    office = fields.CharField(max_length=24)
    redacted_at = fields.DatetimeField()
    redacted_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="redactions", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """Named by its noun."""

        table = "record_redaction"


class RecordField(Model):
    """A field of a record: its value as JSON and its salt, until they are hidden, and its commitment, for ever."""

    id = fields.IntField(primary_key=True)
    record: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Record", related_name="fields", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=32)
    value = fields.TextField(null=True)
    salt = fields.BinaryField(null=True)
    commitment = fields.BinaryField()
    redaction: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.RecordRedaction", related_name="fields", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """A field stands once in its record."""

        table = "record_field"
        unique_together = (("record", "name"),)


class RecordFile(Model):
    """An attachment of a record, until it is hidden. It is committed to as a field."""

    id = fields.IntField(primary_key=True)
    record: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Record", related_name="files", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    media_type = fields.CharField(max_length=80)
    size = fields.IntField()
    content = fields.BinaryField(null=True)
    redaction: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.RecordRedaction", related_name="files", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """An attachment has a number in its record."""

        table = "record_file"
        unique_together = (("record", "number"),)
