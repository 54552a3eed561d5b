"""What key-holders and registrars leave with the server: trials of the key, and the letters sealed for two cards."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import add_checks, only_grow


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
        add_checks(("trustee_trial", "trustee_trial_trustee", "trustee >= 1")),
        only_grow("trustee_trial"),
    ]
