"""Inquiries of owners. Rows only grow, but a piece is sealed until it is hidden, for ever, and a question held until it is looked at."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import Refusal, add_checks, add_indexes, changed, only_grow, refuse

ASKED = ("id", "uuid", "estate_id", "about_id", "manner", "entitlement_id", "home", "raised_at", "raised_by_id", "due")


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


def _moment(name: str) -> tuple[str, Any]:
    return name, fields.DatetimeField(auto_now=False, auto_now_add=False)


def _model(name: str, table: str, description: str, *columns: tuple[str, Any], **more: Any) -> ops.CreateModel:
    options = {"table": table, "app": "vote", "pk_attr": "id", "table_description": description, **more}
    return ops.CreateModel(name=name, fields=[_id(), *columns], options=options, bases=["Model"])


class Migration(migrations.Migration):
    dependencies = [("vote", "0016_accounts")]

    operations = [
        _model(
            "Inquiry",
            "inquiry",
            "What a home asked of a committee: about a record or, without one, about the estate.",
            ("uuid", fields.CharField(unique=True, max_length=32)),
            _key("vote.Estate", "estate", "inquiries"),
            _key("vote.Record", "about", "inquiries", null=True),
            ("manner", fields.CharField(max_length=8)),
            _key("vote.Entitlement", "entitlement", "inquiries"),
            ("home", fields.CharField(max_length=64)),
            _moment("raised_at"),
            _key("vote.Account", "raised_by", "inquiries", null=True),
            ("due", fields.DateField()),
            ("held", fields.BooleanField()),
        ),
        _model(
            "InquiryAnswer",
            "inquiry_answer",
            "When and in whose name a committee answered.",
            _key("vote.Inquiry", "inquiry", "answer", one=True),
            _moment("answered_at"),
            _key("vote.Account", "answered_by", "inquiry_answers", null=True),
        ),
        _model(
            "InquiryHiding",
            "inquiry_hiding",
            "By which article and whose decision pieces of an inquiry are hidden.",
            _key("vote.Inquiry", "inquiry", "hidings"),
            ("article", fields.CharField(max_length=24)),
            ("office", fields.CharField(max_length=24)),
            _moment("hidden_at"),
            _key("vote.Account", "hidden_by", "inquiry_hidings", null=True),
        ),
        _model(
            "InquiryPiece",
            "inquiry_piece",
            "A piece of question or answer, or who asked: sealed with its salt until it is hidden, its commitment stays.",
            _key("vote.Inquiry", "inquiry", "pieces"),
            ("name", fields.CharField(max_length=32)),
            ("sealed", fields.BinaryField(null=True)),
            ("commitment", fields.BinaryField()),
            _key("vote.InquiryHiding", "hiding", "pieces", null=True),
            unique_together=(("inquiry", "name"),),
        ),
        _model(
            "InquiryTabling",
            "inquiry_tabling",
            "That an inquiry is put to the committee at the next meeting.",
            _key("vote.Inquiry", "inquiry", "tabling", one=True),
            _moment("tabled_at"),
            _key("vote.Account", "tabled_by", "inquiry_tablings", null=True),
        ),
        add_checks(
            ("inquiry", "inquiry_manner", "manner IN ('named', 'unseen')"),
            ("inquiry_piece", "inquiry_piece_gone", "(sealed IS NULL) = (hiding_id IS NOT NULL)"),
        ),
        add_indexes(
            ("inquiry_estate", "inquiry (estate_id)"),
            ("inquiry_about", "inquiry (about_id)"),
            ("inquiry_entitlement", "inquiry (entitlement_id)"),
            ("inquiry_home", "inquiry (home)"),
            ("inquiry_raised_by", "inquiry (raised_by_id)"),
            ("inquiry_answer_answered_by", "inquiry_answer (answered_by_id)"),
            ("inquiry_hiding_inquiry", "inquiry_hiding (inquiry_id)"),
            ("inquiry_hiding_hidden_by", "inquiry_hiding (hidden_by_id)"),
            ("inquiry_piece_hiding", "inquiry_piece (hiding_id)"),
            ("inquiry_tabling_tabled_by", "inquiry_tabling (tabled_by_id)"),
        ),
        only_grow("inquiry_answer", "inquiry_hiding", "inquiry_tabling"),
        refuse(
            Refusal("inquiry_fixed_update", "UPDATE", "inquiry", f"NOT OLD.held OR ({changed(*ASKED)})"),
            Refusal("inquiry_fixed_delete", "DELETE", "inquiry"),
            Refusal(
                "inquiry_piece_fixed_update",
                "UPDATE",
                "inquiry_piece",
                f"OLD.sealed IS NULL OR NEW.sealed IS NOT NULL OR ({changed('id', 'inquiry_id', 'name', 'commitment')})",
            ),
            Refusal("inquiry_piece_fixed_delete", "DELETE", "inquiry_piece"),
        ),
    ]
