"""Draft rolls that clerks mend, put up for everybody to see, compare and discard; who did what with a roll.

A discarded roll stays as it is, a frozen one cannot be discarded, and what was done is only added.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import AddColumn, Refusal, add_checks, add_indexes, only_grow, refuse

CHECKS = (
    ("roll_sheet", "roll_sheet_version", "version >= 0"),
    ("roll_notice", "roll_notice_times", "posted_at < until"),
    (
        "roll_step",
        "roll_step_kind",
        (
            "kind IN ('uploaded', 'mapped', 'edited', 'restored', 'noticed', 'objected', 'answered', 'phones', 'frozen', "
            "'discarded')"
        ),
    ),
)
INDEXES = (
    ("roll_step_roll", "roll_step (roll_id)"),
    ("roll_step_account", "roll_step (account_id)"),
)
DISCARDED = "OLD.discarded_at IS NOT NULL OR (NEW.discarded_at IS NOT NULL AND NEW.state = 'frozen')"


def _roll(kind: Any, name: str) -> tuple[str, Any]:
    relation = kind(
        "vote.Roll",
        source_field="roll_id",
        db_constraint=True,
        to_field="id",
        related_name=name,
        on_delete=OnDelete.RESTRICT,
    )
    return "roll", relation


def _key() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


class Migration(migrations.Migration):
    dependencies = [("vote", "0006_desk")]

    operations = [
        AddColumn(
            model_name="Roll",
            name="discarded_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        AddColumn(
            model_name="RollFinding", name="place", field=fields.CharField(default="", db_default="", max_length=100)
        ),
        AddColumn(
            model_name="RollFinding",
            name="masked_owner",
            field=fields.CharField(default="", db_default="", max_length=200),
        ),
        AddColumn(
            model_name="RollFinding", name="done", field=fields.CharField(default="", db_default="", max_length=400)
        ),
        AddColumn(
            model_name="RollFinding", name="done_zh", field=fields.CharField(default="", db_default="", max_length=400)
        ),
        ops.CreateModel(
            name="RollSheet",
            fields=[
                _key(),
                _roll(fields.OneToOneField, "sheet"),
                ("sealed", fields.BinaryField()),
                ("version", fields.IntField(default=0)),
            ],
            options={
                "table": "roll_sheet",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "The spreadsheet of a draft roll and what was changed in it, sealed, it is forgotten"
                " when the roll is frozen.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RollNotice",
            fields=[
                _key(),
                _roll(fields.OneToOneField, "notice"),
                ("place", fields.CharField(max_length=100)),
                ("contact", fields.CharField(max_length=40)),
                ("phone", fields.CharField(max_length=20)),
                ("posted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "roll_notice",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "That a draft roll was put up for everybody to see, where, and until when owners may"
                " object.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RollStep",
            fields=[
                _key(),
                _roll(fields.ForeignKeyField, "steps"),
                ("kind", fields.CharField(max_length=16)),
                ("item", fields.IntField(null=True)),
                ("columns", fields.CharField(default="", max_length=200)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="roll_steps",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("happened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "roll_step",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "Who did what with a roll, and when, never changed, never deleted. Holds nothing"
                " personal of owners.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ColumnChoice",
            fields=[
                _key(),
                (
                    "estate",
                    fields.ForeignKeyField(
                        "vote.Estate",
                        source_field="estate_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="column_choices",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("header", fields.CharField(max_length=60)),
                ("meaning", fields.CharField(max_length=16)),
            ],
            options={
                "table": "column_choice",
                "app": "vote",
                "unique_together": (("estate", "header"),),
                "pk_attr": "id",
                "table_description": "What a clerk said a column of an estate's rolls holds, for the next one, empty where"
                " it holds nothing of ours.",
            },
            bases=["Model"],
        ),
        add_checks(*CHECKS),
        add_indexes(*INDEXES),
        only_grow("roll_step"),
        refuse(Refusal("roll_discarded_update", "UPDATE", "roll", DISCARDED)),
    ]
