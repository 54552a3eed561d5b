"""Draft rolls that clerks mend, put up for everybody to see, compare and discard; who did what with a roll.

A discarded roll stays as it is, a frozen one cannot be discarded, and what was done is only added.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

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
ONLY_GROWS = "roll_step"
DISCARDED = "roll_discarded_update"
WRONG = "OLD.discarded_at IS NOT NULL OR (NEW.discarded_at IS NOT NULL AND NEW.state = 'frozen')"


async def add_checks(apps: Any, schema_editor: Any) -> None:
    """Add every CHECK; on SQLite by making the empty table again, with its UNIQUE constraints kept."""
    client = schema_editor.client
    for table, name, check in CHECKS:
        if client.capabilities.dialect != "sqlite":
            await client.execute_script(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({check})")
            continue
        rows = await client.execute_query_dict("SELECT sql FROM sqlite_master WHERE name = ?", [table])
        head, _, _ = rows[0]["sql"].rpartition(")")
        await client.execute_query(f"DROP TABLE {table}")
        await client.execute_query(f"{head.rstrip()},\n    CONSTRAINT {name} CHECK ({check})\n)")


async def keep_checks(apps: Any, schema_editor: Any) -> None:
    """The tables go as a whole."""


async def guard(apps: Any, schema_editor: Any) -> None:
    """Keep what was done, and discarded rolls."""
    client = schema_editor.client
    if client.capabilities.dialect == "sqlite":
        for act in ("UPDATE", "DELETE"):
            await client.execute_script(
                f"CREATE TRIGGER {ONLY_GROWS}_no_{act.lower()} BEFORE {act} ON {ONLY_GROWS} "
                f"BEGIN SELECT RAISE(ABORT, '{ONLY_GROWS} only grows'); END"
            )
        await client.execute_script(
            f"CREATE TRIGGER {DISCARDED} BEFORE UPDATE ON roll WHEN {WRONG} "
            "BEGIN SELECT RAISE(ABORT, 'this roll is fixed'); END"
        )
        return
    await client.execute_script(
        f"CREATE TRIGGER {ONLY_GROWS}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {ONLY_GROWS} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    await client.execute_script(
        f"CREATE FUNCTION {DISCARDED}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {WRONG} THEN RAISE EXCEPTION 'this roll is fixed'; END IF; RETURN NEW; END $$"
    )
    await client.execute_script(
        f"CREATE TRIGGER {DISCARDED} BEFORE UPDATE ON roll FOR EACH ROW EXECUTE FUNCTION {DISCARDED}()"
    )


async def unguard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    client = schema_editor.client
    if client.capabilities.dialect == "sqlite":
        for name in (f"{ONLY_GROWS}_no_update", f"{ONLY_GROWS}_no_delete", DISCARDED):
            await client.execute_script(f"DROP TRIGGER {name}")
        return
    await client.execute_script(f"DROP TRIGGER {ONLY_GROWS}_only_grows ON {ONLY_GROWS}")
    await client.execute_script(f"DROP TRIGGER {DISCARDED} ON roll; DROP FUNCTION {DISCARDED}()")


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
        ops.AddField(
            model_name="Roll",
            name="discarded_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="RollFinding", name="place", field=fields.CharField(default="", db_default="", max_length=100)
        ),
        ops.AddField(
            model_name="RollFinding",
            name="masked_owner",
            field=fields.CharField(default="", db_default="", max_length=200),
        ),
        ops.AddField(
            model_name="RollFinding", name="done", field=fields.CharField(default="", db_default="", max_length=400)
        ),
        ops.AddField(
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
        ops.RunPython(add_checks, keep_checks),
        *(ops.RunSQL(f"CREATE INDEX {name} ON {columns}", f"DROP INDEX {name}") for name, columns in INDEXES),
        ops.RunPython(guard, unguard),
    ]
