"""What starts the clock of a duty, which record fulfils it, and which were overdue."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import add_checks, add_indexes, only_grow

EVENTS = (
    "committee-decided", "assembly-decided", "committee-meets", "committee-elected", "term-ends", "member-leaves",
    "chair-or-finance-leaves", "owners-demand-audit", "representatives-want-audit", "covenant-wants-audit",
    "assembly-wants-audit", "audited", "taken-over", "promised",
)  # fmt: skip


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _moment() -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False)


def _key(model: str, column: str, related: str, *, one: bool = False) -> tuple[str, Any]:
    kind = fields.OneToOneField if one else fields.ForeignKeyField
    return column, kind(
        model,
        source_field=f"{column}_id",
        db_constraint=True,
        to_field="id",
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


def _options(table: str, description: str, **more: Any) -> dict[str, Any]:
    return {"table": table, "app": "vote", "pk_attr": "id", "table_description": description, **more}


class Migration(migrations.Migration):
    dependencies = [("vote", "0013_record")]

    operations = [
        ops.CreateModel(
            name="DutyEstate",
            fields=[
                _id(),
                _key("vote.Estate", "estate", "duty_terms"),
                ("since", fields.DateField()),
                ("managed", fields.BooleanField()),
            ],
            options=_options(
                "duty_estate",
                "From which day duties are kept for an estate, and whether it has a property manager: the last row counts.",
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DutyHappening",
            fields=[
                _id(),
                _key("vote.Estate", "estate", "happenings"),
                ("event", fields.CharField(max_length=32)),
                ("day", fields.DateField()),
                ("name", fields.CharField(max_length=32)),
                ("recorded_at", _moment()),
            ],
            options=_options(
                "duty_happening",
                "Something that starts a clock, by its day.",
                unique_together=(("estate", "event", "name"),),
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DutyFulfilment",
            fields=[
                _id(),
                _key("vote.Record", "record", "fulfilment", one=True),
                ("duty", fields.CharField(max_length=64)),
            ],
            options=_options("duty_fulfilment", "A record that names the duty which it fulfils."),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DutyOverdue",
            fields=[
                _id(),
                _key("vote.Estate", "estate", "overdue_duties"),
                ("duty", fields.CharField(max_length=64)),
                ("due", fields.DateField()),
                ("told_at", _moment()),
            ],
            options=_options(
                "duty_overdue",
                "A duty for which no public record was found, told to everybody.",
                unique_together=(("estate", "duty"),),
            ),
            bases=["Model"],
        ),
        add_checks(
            ("duty_happening", "duty_happening_event", "event IN " + str(EVENTS)),
        ),
        add_indexes(("duty_estate_estate", "duty_estate (estate_id)")),
        only_grow("duty_estate", "duty_happening", "duty_fulfilment", "duty_overdue"),
    ]
