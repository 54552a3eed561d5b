"""Cases of forming and renewing a committee, what happened in them, and wishes; what happened only grows."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import Refusal, add_checks, add_indexes, changed, only_grow, refuse

PROCEDURES = ("forming", "renewal", "by-election", "recall", "meeting")


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _key(model: str, column: str, related: str, *, one: bool = False, to: str = "id") -> tuple[str, Any]:
    kind = fields.OneToOneField if one else fields.ForeignKeyField
    return column, kind(
        model,
        source_field=f"{column}_id",
        db_constraint=True,
        to_field=to,
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


def _moment(name: str, *, null: bool = False) -> tuple[str, Any]:
    return name, fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def _model(name: str, table: str, description: str, *columns: tuple[str, Any], **more: Any) -> ops.CreateModel:
    options = {"table": table, "app": "vote", "pk_attr": "id", "table_description": description, **more}
    return ops.CreateModel(name=name, fields=[_id(), *columns], options=options, bases=["Model"])


class Migration(migrations.Migration):
    dependencies = [("vote", "0019_interest")]

    operations = [
        _model(
            "FormationCase",
            "formation_case",
            "One procedure of one estate, by the profile it began with.",
            ("uuid", fields.CharField(unique=True, max_length=32)),
            _key("vote.Estate", "estate", "cases"),
            ("procedure", fields.CharField(max_length=16)),
            ("profile", fields.CharField(max_length=64)),
            ("digest", fields.CharField(max_length=64)),
            ("begun_on", fields.DateField()),
            ("term_ends", fields.DateField(null=True)),
            _moment("begun_at"),
        ),
        _model(
            "CaseHappening",
            "case_happening",
            "Something that happened in a case, by its day.",
            _key("vote.FormationCase", "case", "happenings"),
            ("name", fields.CharField(max_length=32)),
            ("word", fields.CharField(max_length=32)),
            ("day", fields.DateField()),
            _moment("noted_at"),
            unique_together=(("case", "name"),),
        ),
        _model(
            "CaseWithdrawal",
            "case_withdrawal",
            "That a happening of a case was noted by mistake.",
            _key("vote.CaseHappening", "happening", "withdrawal", one=True),
            _moment("withdrawn_at"),
        ),
        _model(
            "CaseElection",
            "case_election",
            "An election by which the owners vote in a case, the last one counts.",
            _key("vote.FormationCase", "case", "elections"),
            _key("vote.Election", "election", "case", one=True, to="uuid"),
        ),
        _model(
            "FormationWish",
            "formation_wish",
            "That an owner wishes for a committee, the room and the telephone are sealed, and go when it is withdrawn.",
            _key("vote.Estate", "estate", "wishes"),
            ("mark", fields.CharField(max_length=64)),
            ("sealed", fields.BinaryField(null=True)),
            ("notices", fields.BooleanField()),
            _moment("wished_at"),
            _moment("withdrawn_at", null=True),
            unique_together=(("estate", "mark"),),
        ),
        add_checks(
            ("formation_case", "formation_case_procedure", f"procedure IN {PROCEDURES}"),
            ("formation_wish", "formation_wish_gone", "(sealed IS NULL) = (withdrawn_at IS NOT NULL)"),
        ),
        add_indexes(
            ("formation_case_estate", "formation_case (estate_id)"),
            ("case_election_case", "case_election (case_id)"),
        ),
        only_grow("formation_case", "case_happening", "case_withdrawal", "case_election"),
        refuse(
            Refusal(
                "formation_wish_fixed_update",
                "UPDATE",
                "formation_wish",
                changed("id", "estate_id", "mark", "wished_at"),
            ),
            Refusal("formation_wish_fixed_delete", "DELETE", "formation_wish"),
        ),
    ]
