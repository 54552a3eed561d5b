"""A restored database knows that it is a copy: the row stays, and is adopted at most once."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from ._operations import Refusal, changed, refuse

TABLE = "restored_copy"
BUT_ADOPTION = "OLD.adopted_at IS NOT NULL OR NEW.adopted_at IS NULL OR NEW.reason IS NULL OR " + changed(
    "id", "backup", "made_at", "restored_at"
)


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
        refuse(
            Refusal(f"{TABLE}_fixed_delete", "DELETE", TABLE),
            Refusal(f"{TABLE}_fixed_update", "UPDATE", TABLE, BUT_ADOPTION),
        ),
    ]
