"""Two people saw an owner in person, and gave a code that stands in for the one by message."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

CHECK = (
    "tries >= 0 AND (agreed_by IS NULL) = (digest IS NULL) AND (agreed_by IS NULL) = (issued_at IS NULL)"
    " AND (agreed_by IS NULL) = (expires_at IS NULL) AND (agreed_by IS NULL OR agreed_by <> seen_by)"
    " AND (used_at IS NULL OR digest IS NOT NULL)"
)


async def add_check(apps: Any, schema_editor: Any) -> None:
    """Add the CHECK; on SQLite by making the table, which is empty, again."""
    client = schema_editor.client
    if client.capabilities.dialect != "sqlite":
        await client.execute_script(f"ALTER TABLE desk_check ADD CONSTRAINT desk_check_two_people CHECK ({CHECK})")
        return
    rows = await client.execute_query_dict("SELECT sql FROM sqlite_master WHERE name = 'desk_check'", [])
    head, _, _ = rows[0]["sql"].rpartition(")")
    await client.execute_query("DROP TABLE desk_check")
    await client.execute_query(f"{head.rstrip()},\n    CONSTRAINT desk_check_two_people CHECK ({CHECK})\n)")


async def keep_check(apps: Any, schema_editor: Any) -> None:
    """The table goes with it."""


def _moment(**more: Any) -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False, **more)


class Migration(migrations.Migration):
    dependencies = [("vote", "0004_account")]

    operations = [
        ops.CreateModel(
            name="DeskCheck",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "letter",
                    fields.ForeignKeyField(
                        "vote.LetterNumber",
                        source_field="letter_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="desk_checks",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("seen_by", fields.CharField(max_length=64)),
                ("seen_at", _moment()),
                ("agreed_by", fields.CharField(null=True, max_length=64)),
                ("issued_at", _moment(null=True)),
                ("digest", fields.CharField(null=True, max_length=64)),
                ("expires_at", _moment(null=True)),
                ("tries", fields.IntField(default=0)),
                ("used_at", _moment(null=True)),
            ],
            options={
                "table": "desk_check",
                "app": "vote",
                "pk_attr": "id",
                "table_description": (
                    "Two people saw an owner in person, the code that the second one is shown stands in for the one by"
                    " message."
                ),
            },
            bases=["Model"],
        ),
        ops.RunPython(add_check, keep_check),
        ops.RunSQL("CREATE INDEX desk_check_letter ON desk_check (letter_id)", "DROP INDEX desk_check_letter"),
    ]
