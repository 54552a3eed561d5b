"""What a committee publishes for its owners, and that an account may be a committee's.

A record only grows. What is allowed once: that a field's value and salt, or an attachment's bytes, go for ever, by a redaction.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.operations import RunPython

from ._operations import AddColumn, Refusal, add_checks, add_indexes, changed, only_grow, refuse

BEFORE = "'staff', 'registrar', 'trustee', 'phones', 'desk', 'organiser', 'community', 'sub_district'"
EVENT_ROLE = ("account_event", "account_event_role", f"role IN ({BEFORE}, 'committee') AND count >= 0")
EVENT_ROLE_BEFORE = ("account_event", "account_event_role", f"role IN ({BEFORE}) AND count >= 0")
CHECKS = (
    EVENT_ROLE,
    (
        "account_grant",
        "account_grant_role",
        "role = 'staff' OR role = 'committee' AND estate_id IS NOT NULL",
    ),
    (
        "account_invitation",
        "account_invitation_role",
        "role = 'staff' OR role = 'committee' AND estate_id IS NOT NULL",
    ),
    ("record", "record_supersedes", "supersedes_id <> id"),
    (
        "record_field",
        "record_field_gone",
        "(value IS NULL) = (salt IS NULL) AND (value IS NULL) = (redaction_id IS NOT NULL)",
    ),
    ("record_file", "record_file_number", "number > 0 AND size > 0"),
    ("record_file", "record_file_gone", "(content IS NULL) = (redaction_id IS NOT NULL)"),
)


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _moment() -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False)


def _key(model: str, column: str, related: str, *, null: bool = False, one: bool = False) -> tuple[str, Any]:
    kind = fields.OneToOneField if one else fields.ForeignKeyField
    return column, kind(
        model,
        source_field=f"{column}_id",
        null=null,
        db_constraint=True,
        to_field="id",
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


def _options(table: str, description: str, **more: Any) -> dict[str, Any]:
    return {"table": table, "app": "vote", "pk_attr": "id", "table_description": description, **more}


def _role() -> Any:
    return fields.CharField(default="staff", db_default="staff", max_length=16)


class Migration(migrations.Migration):
    dependencies = [("vote", "0012_log")]

    operations = [
        AddColumn(model_name="Grant", name="role", field=_role()),
        AddColumn(model_name="Invitation", name="role", field=_role()),
        ops.CreateModel(
            name="Record",
            fields=[
                _id(),
                ("uuid", fields.CharField(unique=True, max_length=32)),
                _key("vote.Estate", "estate", "records"),
                ("kind", fields.CharField(max_length=24)),
                ("day", fields.DateField()),
                ("published_at", _moment()),
                _key("vote.Account", "published_by", "published_records", null=True),
                _key("vote.Record", "supersedes", "superseded_by", null=True, one=True),
            ],
            options=_options("record", "What a committee published. A correction names the record that it supersedes."),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordRedaction",
            fields=[
                _id(),
                _key("vote.Record", "record", "redactions"),
                ("article", fields.CharField(max_length=24)),
                ("office", fields.CharField(max_length=24)),
                ("redacted_at", _moment()),
                _key("vote.Account", "redacted_by", "redactions", null=True),
            ],
            options=_options("record_redaction", "By which article and whose decision a part of a record is hidden."),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordField",
            fields=[
                _id(),
                _key("vote.Record", "record", "fields"),
                ("name", fields.CharField(max_length=32)),
                ("value", fields.TextField(null=True, unique=False)),
                ("salt", fields.BinaryField(null=True)),
                ("commitment", fields.BinaryField()),
                _key("vote.RecordRedaction", "redaction", "fields", null=True),
            ],
            options=_options(
                "record_field",
                "A field of a record: its value as JSON and its salt, until they are hidden, and its commitment, for ever.",
                unique_together=(("record", "name"),),
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordFile",
            fields=[
                _id(),
                _key("vote.Record", "record", "files"),
                ("number", fields.IntField()),
                ("media_type", fields.CharField(max_length=80)),
                ("size", fields.IntField()),
                ("content", fields.BinaryField(null=True)),
                _key("vote.RecordRedaction", "redaction", "files", null=True),
            ],
            options=_options(
                "record_file",
                "An attachment of a record, until it is hidden. It is committed to as a field.",
                unique_together=(("record", "number"),),
            ),
            bases=["Model"],
        ),
        RunPython(add_checks(EVENT_ROLE_BEFORE).reverse_code, add_checks(EVENT_ROLE_BEFORE).code),
        add_checks(*CHECKS),
        add_indexes(
            ("record_estate", "record (estate_id, day)"),
            ("record_published_by", "record (published_by_id)"),
            ("record_redaction_record", "record_redaction (record_id)"),
            ("record_redaction_redacted_by", "record_redaction (redacted_by_id)"),
            ("record_field_redaction", "record_field (redaction_id)"),
            ("record_file_redaction", "record_file (redaction_id)"),
        ),
        only_grow("record", "record_redaction"),
        refuse(
            Refusal(
                "record_field_fixed_update",
                "UPDATE",
                "record_field",
                f"OLD.value IS NULL OR NEW.value IS NOT NULL OR ({changed('id', 'record_id', 'name', 'commitment')})",
            ),
            Refusal("record_field_fixed_delete", "DELETE", "record_field"),
            Refusal(
                "record_file_fixed_update",
                "UPDATE",
                "record_file",
                "OLD.content IS NULL OR NEW.content IS NOT NULL OR "
                f"({changed('id', 'record_id', 'number', 'media_type', 'size')})",
            ),
            Refusal("record_file_fixed_delete", "DELETE", "record_file"),
            Refusal("account_grant_fixed_role", "UPDATE", "account_grant", changed("role")),
            Refusal("account_invitation_fixed_role", "UPDATE", "account_invitation", changed("role")),
        ),
    ]
