"""Interests of members and candidates. Declarations only grow; a hit is fixed once it is published."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import Refusal, add_checks, add_indexes, changed, only_grow, refuse

FOUND = ("id", "interest_id", "source", "reference", "records", "nearness", "found_at")


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _key(model: str, column: str, related: str, *, null: bool = False) -> tuple[str, Any]:
    return column, fields.ForeignKeyField(
        model,
        source_field=f"{column}_id",
        null=null,
        db_constraint=True,
        to_field="id",
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


def _moment(name: str, *, null: bool = False) -> tuple[str, Any]:
    return name, fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def _model(name: str, table: str, description: str, *columns: tuple[str, Any], **more: Any) -> ops.CreateModel:
    options = {"table": table, "app": "vote", "pk_attr": "id", "table_description": description, **more}
    return ops.CreateModel(name=name, fields=[_id(), *columns], options=options, bases=["Model"])


class Migration(migrations.Migration):
    dependencies = [("vote", "0018_petition")]

    operations = [
        _model(
            "Interest",
            "interest",
            "A tie that somebody declared, one without an account was written down at the desk.",
            ("uuid", fields.CharField(unique=True, max_length=32)),
            _key("vote.Estate", "estate", "interests"),
            ("seat", fields.CharField(max_length=16)),
            ("subject", fields.CharField(max_length=16)),
            _key("vote.Account", "account", "interests", null=True),
            _moment("declared_at"),
            _key("vote.Account", "declared_by", "written_interests", null=True),
        ),
        _model(
            "InterestPart",
            "interest_part",
            "A part of a declaration, sealed with its salt, and its commitment.",
            _key("vote.Interest", "interest", "parts"),
            ("name", fields.CharField(max_length=32)),
            ("sealed", fields.BinaryField()),
            ("commitment", fields.BinaryField()),
            unique_together=(("interest", "name"),),
        ),
        _model(
            "InterestHit",
            "interest_hit",
            "Where a declaration meets a party, fixed once it is published.",
            _key("vote.Interest", "interest", "hits"),
            ("source", fields.CharField(max_length=16)),
            ("reference", fields.CharField(max_length=32)),
            ("records", fields.CharField(max_length=70)),
            ("nearness", fields.CharField(max_length=8)),
            _moment("found_at"),
            ("publish_on", fields.DateField(null=True)),
            ("confirmed", fields.BooleanField(null=True)),
            _key("vote.Account", "confirmed_by", "confirmed_hits", null=True),
            ("handling", fields.CharField(null=True, max_length=16)),
            ("explanation", fields.BinaryField(null=True)),
            _moment("published_at", null=True),
            unique_together=(("interest", "source", "reference"),),
        ),
        add_checks(
            ("interest", "interest_seat", "seat IN ('member', 'candidate')"),
            ("interest", "interest_subject", "subject IN ('firm', 'person')"),
            ("interest_hit", "interest_hit_nearness", "nearness IN ('code', 'name', 'near')"),
            ("interest_hit", "interest_hit_near", "confirmed IS NULL OR nearness = 'near'"),
            ("interest_hit", "interest_hit_published", "(published_at IS NULL) = (handling IS NULL)"),
        ),
        add_indexes(
            ("interest_estate", "interest (estate_id)"),
            ("interest_account", "interest (account_id)"),
            ("interest_declared_by", "interest (declared_by_id)"),
            ("interest_hit_confirmed_by", "interest_hit (confirmed_by_id)"),
        ),
        only_grow("interest", "interest_part"),
        refuse(
            Refusal(
                "interest_hit_fixed_update",
                "UPDATE",
                "interest_hit",
                f"OLD.published_at IS NOT NULL OR ({changed(*FOUND)})",
            ),
            Refusal("interest_hit_fixed_delete", "DELETE", "interest_hit"),
        ),
    ]
