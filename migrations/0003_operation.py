"""A restored database knows that it is a copy: the row stays, and is adopted at most once."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

TABLE = "restored_copy"
FIXED = ("id", "backup", "made_at", "restored_at")
DELETE, UPDATE = f"{TABLE}_fixed_delete", f"{TABLE}_fixed_update"


async def guard(apps: Any, schema_editor: Any) -> None:
    """Refuse every change but the one adoption."""
    client = schema_editor.client
    sqlite = client.capabilities.dialect == "sqlite"
    other = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"OLD.{column} {other} NEW.{column}" for column in FIXED)
    wrong = f"OLD.adopted_at IS NOT NULL OR NEW.adopted_at IS NULL OR NEW.reason IS NULL OR {changed}"
    if sqlite:
        for name, act, condition in ((DELETE, "DELETE", "1"), (UPDATE, "UPDATE", wrong)):
            await client.execute_script(
                f"CREATE TRIGGER {name} BEFORE {act} ON {TABLE} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, 'this {TABLE} is fixed'); END"
            )
        return
    for name, act, condition in ((DELETE, "DELETE", "true"), (UPDATE, "UPDATE", wrong)):
        await client.execute_script(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION 'this {TABLE} is fixed'; END IF; "
            f"RETURN {'NEW' if act == 'UPDATE' else 'OLD'}; END $$"
        )
        await client.execute_script(
            f"CREATE TRIGGER {name} BEFORE {act} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


async def unguard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    client = schema_editor.client
    for name in (DELETE, UPDATE):
        if client.capabilities.dialect == "sqlite":
            await client.execute_script(f"DROP TRIGGER {name}")
        else:
            await client.execute_script(f"DROP TRIGGER {name} ON {TABLE}; DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("vote", "0002_constraints")]

    operations = [
        ops.CreateModel(
            name="RestoredCopy",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("backup", fields.CharField(max_length=32)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("restored_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("adopted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "restored_copy",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "A restoration, from which backup, and whether somebody has taken the copy into use.",
            },
            bases=["Model"],
        ),
        ops.RunPython(guard, unguard),
    ]
