"""Lines of bank statements that wait to be entered, what is hidden in postings, and which vouchers residents have looked at.

A line's words are sealed, and go once the line is entered or set aside; its digest stays, so that no line is taken twice.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import Refusal, add_checks, add_indexes, changed, only_grow, refuse

FIXED = ("id", "statement_id", "estate_id", "digest", "occurrence", "row", "day", "fen")


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _moment(*, null: bool = False) -> Any:
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


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
    dependencies = [("vote", "0015_book")]

    operations = [
        ops.CreateModel(
            name="BookRedaction",
            fields=[
                _id(),
                _key("vote.BookPosting", "posting", "redaction", one=True),
                ("article", fields.CharField(max_length=24)),
                ("office", fields.CharField(max_length=24)),
                ("redacted_at", _moment()),
                _key("vote.Account", "redacted_by", "book_redactions", null=True),
            ],
            options=_options("book_redaction", "By which article and whose decision a posting's words are hidden."),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BankStatement",
            fields=[
                _id(),
                _key("vote.Estate", "estate", "bank_statements"),
                ("account", fields.CharField(max_length=40)),
                ("lines", fields.IntField()),
                ("imported_at", _moment()),
                _key("vote.Account", "imported_by", "bank_statements", null=True),
            ],
            options=_options("bank_statement", "A bank's file that was read: of which account, when, by whom."),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BankLine",
            fields=[
                _id(),
                _key("vote.BankStatement", "statement", "movements"),
                _key("vote.Estate", "estate", "bank_lines"),
                ("digest", fields.CharField(max_length=64)),
                ("occurrence", fields.IntField()),
                ("row", fields.IntField()),
                ("day", fields.DateField()),
                ("fen", fields.BigIntField()),
                ("sealed", fields.BinaryField(null=True)),
                _key("vote.BookPosting", "posting", "bank_line", null=True, one=True),
                ("settled_at", _moment(null=True)),
            ],
            options=_options(
                "bank_line",
                "A movement of a bank's account: its words until it is entered or set aside, its digest for ever.",
                unique_together=(("estate", "digest", "occurrence"),),
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="VoucherMark",
            fields=[
                _id(),
                _key("vote.Record", "voucher", "marks"),
                ("attachment", fields.IntField()),
                ("home", fields.CharField(max_length=64)),
                ("marked_at", _moment()),
            ],
            options=_options(
                "voucher_mark",
                "That somebody of a home looked at a voucher.",
                unique_together=(("voucher", "attachment", "home"),),
            ),
            bases=["Model"],
        ),
        add_checks(
            ("bank_statement", "bank_statement_lines", "lines > 0"),
            ("bank_line", "bank_line_fen", "fen <> 0 AND occurrence > 0 AND row > 0"),
            (
                "bank_line",
                "bank_line_settled",
                "(sealed IS NULL) = (settled_at IS NOT NULL) AND (posting_id IS NULL OR settled_at IS NOT NULL)",
            ),
            ("voucher_mark", "voucher_mark_attachment", "attachment > 0"),
        ),
        add_indexes(
            ("book_redaction_redacted_by", "book_redaction (redacted_by_id)"),
            ("bank_statement_estate", "bank_statement (estate_id)"),
            ("bank_statement_imported_by", "bank_statement (imported_by_id)"),
            ("bank_line_statement", "bank_line (statement_id)"),
        ),
        only_grow("book_redaction", "bank_statement", "voucher_mark"),
        refuse(
            Refusal(
                "bank_line_fixed_update",
                "UPDATE",
                "bank_line",
                f"OLD.posting_id IS NOT NULL OR ({changed(*FIXED)})",
            ),
            Refusal("bank_line_fixed_delete", "DELETE", "bank_line"),
        ),
    ]
