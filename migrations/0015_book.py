"""The books of an estate. Postings only grow; a posting's words and their salt may go once, for ever, by a redaction."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import Refusal, add_checks, add_indexes, changed, only_grow, refuse

FIXED = (
    "id", "estate_id", "number", "day", "voucher_id", "attachment", "decision_id", "reverses_id", "commitment",
    "entered_at", "entered_by_id",
)  # fmt: skip


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


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


class Migration(migrations.Migration):
    dependencies = [("vote", "0014_duty")]

    operations = [
        ops.CreateModel(
            name="BookPosting",
            fields=[
                _id(),
                _key("vote.Estate", "estate", "postings"),
                ("number", fields.IntField()),
                ("day", fields.DateField()),
                _key("vote.Record", "voucher", "postings"),
                ("attachment", fields.IntField()),
                _key("vote.Record", "decision", "spending", null=True),
                _key("vote.BookPosting", "reverses", "reversed_by", null=True, one=True),
                ("words", fields.TextField(null=True, unique=False)),
                ("salt", fields.BinaryField(null=True)),
                ("commitment", fields.BinaryField()),
                ("entered_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                _key("vote.Account", "entered_by", "postings", null=True),
            ],
            options=_options(
                "book_posting",
                "One transaction: its words and their salt go by a redaction, nothing else changes.",
                unique_together=(("estate", "number"),),
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BookLine",
            fields=[
                _id(),
                _key("vote.BookPosting", "posting", "lines"),
                ("account", fields.CharField(max_length=40)),
                ("fen", fields.BigIntField()),
            ],
            options=_options(
                "book_line",
                "An amount on an account, in fen, below zero is a credit.",
                unique_together=(("posting", "account"),),
            ),
            bases=["Model"],
        ),
        add_checks(
            ("book_posting", "book_posting_number", "number > 0 AND attachment > 0 AND reverses_id <> id"),
            ("book_posting", "book_posting_gone", "(words IS NULL) = (salt IS NULL)"),
            ("book_line", "book_line_fen", "fen <> 0"),
        ),
        add_indexes(
            ("book_posting_voucher", "book_posting (voucher_id)"),
            ("book_posting_decision", "book_posting (decision_id)"),
            ("book_posting_entered_by", "book_posting (entered_by_id)"),
        ),
        only_grow("book_line"),
        refuse(
            Refusal(
                "book_posting_fixed_update",
                "UPDATE",
                "book_posting",
                f"OLD.words IS NULL OR NEW.words IS NOT NULL OR ({changed(*FIXED)})",
            ),
            Refusal("book_posting_fixed_delete", "DELETE", "book_posting"),
        ),
    ]
