"""That a new link was asked for in a sealed election, who agreed, and how it ended."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import add_checks, add_indexes


def _moment(*, null: bool = False) -> Any:
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def _key(model: str, column: str, related: str, *, null: bool = False) -> tuple[str, Any]:
    return column, fields.ForeignKeyField(
        model,
        source_field=f"{column}_id",
        null=null,
        db_constraint=True,
        to_field="id",
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


class Migration(migrations.Migration):
    dependencies = [("vote", "0010_acting")]

    operations = [
        ops.CreateModel(
            name="KeyRequest",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                _key("vote.RoleKey", "role_key", "requests"),
                ("asked_at", _moment()),
                _key("vote.Account", "asked_by", "asked_keys", null=True),
                ("agreed_at", _moment(null=True)),
                _key("vote.Account", "agreed_by", "agreed_keys", null=True),
                ("ended_at", _moment(null=True)),
                ("outcome", fields.CharField(null=True, max_length=8)),
            ],
            options={
                "table": "key_request",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "That a new link was asked for in a sealed election, who agreed, and how it ended.",
            },
            bases=["Model"],
        ),
        add_checks(
            (
                "key_request",
                "key_request_two",
                "agreed_by_id IS NULL OR asked_by_id IS NOT NULL AND agreed_by_id <> asked_by_id",
            ),
            ("key_request", "key_request_agreed", "(agreed_by_id IS NULL) = (agreed_at IS NULL)"),
            ("key_request", "key_request_ended", "(outcome IS NULL) = (ended_at IS NULL)"),
            ("key_request", "key_request_outcome", "outcome IN ('replaced', 'stopped')"),
        ),
        add_indexes(("key_request_open", "key_request (role_key_id) WHERE ended_at IS NULL"), unique=True),
        add_indexes(
            ("key_request_asked_by", "key_request (asked_by_id)"),
            ("key_request_agreed_by", "key_request (agreed_by_id)"),
        ),
    ]
