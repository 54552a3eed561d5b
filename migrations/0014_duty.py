"""What starts the clock of a duty, which record fulfils it, what was told of it, and to which phones."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import Refusal, add_checks, add_indexes, changed, only_grow, refuse

EVENTS = (
    "committee-decided", "assembly-decided", "committee-meets", "committee-elected", "term-ends", "member-leaves",
    "chair-or-finance-leaves", "owners-demand-audit", "representatives-want-audit", "covenant-wants-audit",
    "assembly-wants-audit", "audited", "taken-over", "promised", "committee-filed", "meeting-demanded", "filed-changed",
    "manager-dismissed",
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
                unique_together=(("estate", "name"),),
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DutyWithdrawal",
            fields=[
                _id(),
                _key("vote.DutyHappening", "happening", "withdrawal", one=True),
                ("withdrawn_at", _moment()),
            ],
            options=_options("duty_withdrawal", "That a happening was entered by mistake."),
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
            name="DutyTelling",
            fields=[
                _id(),
                _key("vote.Estate", "estate", "duty_tellings"),
                ("duty", fields.CharField(max_length=64)),
                ("due", fields.DateField()),
                ("telling", fields.CharField(max_length=16)),
                ("told_at", _moment()),
            ],
            options=_options(
                "duty_telling",
                "What somebody was told of a duty that is due on a day: its debtor privately, in the end everybody.",
                unique_together=(("estate", "duty", "due", "telling"),),
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DutyPhone",
            fields=[
                _id(),
                _key("vote.Estate", "estate", "duty_phones"),
                ("side", fields.CharField(max_length=16)),
                ("sealed", fields.BinaryField(null=True)),
                ("added_at", _moment()),
                ("removed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options=_options(
                "duty_phone",
                "To which phone the committee or the manager is told, the number is forgotten once it is taken away.",
            ),
            bases=["Model"],
        ),
        add_checks(
            ("duty_happening", "duty_happening_event", "event IN " + str(EVENTS)),
            ("duty_telling", "duty_telling_telling", "telling IN ('alert', 'reminder', 'notice', 'overdue')"),
            ("duty_phone", "duty_phone_side", "side IN ('committee', 'manager')"),
            ("duty_phone", "duty_phone_removed", "(sealed IS NULL) = (removed_at IS NOT NULL)"),
        ),
        add_indexes(
            ("duty_estate_estate", "duty_estate (estate_id)"),
            ("duty_phone_estate", "duty_phone (estate_id)"),
        ),
        only_grow("duty_estate", "duty_happening", "duty_withdrawal", "duty_fulfilment", "duty_telling"),
        refuse(
            Refusal(
                "duty_phone_fixed_update",
                "UPDATE",
                "duty_phone",
                f"OLD.sealed IS NULL OR NEW.sealed IS NOT NULL OR ({changed('id', 'estate_id', 'side', 'added_at')})",
            ),
            Refusal("duty_phone_fixed_delete", "DELETE", "duty_phone"),
        ),
    ]
