"""What key-holders and registrars leave with the server: trials of the key, and the letters sealed for two cards."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

CHECKS = (("trustee_trial", "trustee_trial_trustee", "trustee >= 1"),)
APPEND_ONLY = ("trustee_trial",)


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
    """Let the append-only tables refuse UPDATE and DELETE."""
    client = schema_editor.client
    for table in APPEND_ONLY:
        if client.capabilities.dialect == "sqlite":
            for act in ("UPDATE", "DELETE"):
                await client.execute_script(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
                )
        else:
            await client.execute_script(
                f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


async def unguard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    client = schema_editor.client
    for table in APPEND_ONLY:
        if client.capabilities.dialect == "sqlite":
            await client.execute_script(f"DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete")
        else:
            await client.execute_script(f"DROP TRIGGER {table}_only_grows ON {table}")


def _number() -> Any:
    return fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _election(related: str, kind: Any) -> tuple[str, Any]:
    return "election", kind(
        "vote.Election",
        source_field="election_id",
        db_constraint=True,
        to_field="uuid",
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


class Migration(migrations.Migration):
    dependencies = [("vote", "0007_roll")]

    operations = [
        ops.CreateModel(
            name="TrusteeTrial",
            fields=[
                ("id", _number()),
                _election("trials", fields.ForeignKeyField),
                ("trustee", fields.IntField()),
                ("body", fields.BinaryField()),
            ],
            options={
                "table": "trustee_trial",
                "app": "vote",
                "unique_together": (("election", "trustee"),),
                "pk_attr": "id",
                "table_description": "That a trustee could open with its key, proved before sealing, never changed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SealedCopy",
            fields=[
                ("id", _number()),
                _election("sealed_copy", fields.OneToOneField),
                ("body", fields.BinaryField()),
                ("stored_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sealed_copy",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "The registrars' letters, sealed for two cards that the server never sees.",
            },
            bases=["Model"],
        ),
        ops.RunPython(add_checks, keep_checks),
        ops.RunPython(guard, unguard),
    ]
