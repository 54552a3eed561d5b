"""Two people saw an owner in person, and gave a code that stands in for the one by message."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import add_checks, add_indexes

CHECK = (
    "tries >= 0 AND (agreed_by IS NULL) = (digest IS NULL) AND (agreed_by IS NULL) = (issued_at IS NULL)"
    " AND (agreed_by IS NULL) = (expires_at IS NULL) AND (agreed_by IS NULL OR agreed_by <> seen_by)"
    " AND (used_at IS NULL OR digest IS NOT NULL)"
)


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
        add_checks(("desk_check", "desk_check_two_people", CHECK)),
        add_indexes(("desk_check_letter", "desk_check (letter_id)")),
    ]
