"""Who said that they act when a voting key was opened."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import add_checks, only_grow


class Migration(migrations.Migration):
    dependencies = [("vote", "0009_channel")]

    operations = [
        ops.CreateModel(
            name="ActingSaid",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "letter",
                    fields.ForeignKeyField(
                        "vote.LetterNumber",
                        source_field="letter_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="said",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("acting", fields.CharField(max_length=8)),
                ("said_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "acting_said",
                "app": "vote",
                "pk_attr": "id",
                "table_description": (
                    "Who somebody said to be who opened a voting key with letter and code, never changed, never deleted."
                ),
            },
            bases=["Model"],
        ),
        add_checks(("acting_said", "acting_said_acting", "acting IN ('self', 'proxy', 'help')")),
        only_grow("acting_said"),
    ]
