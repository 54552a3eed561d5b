"""What clerks record while an election is prepared and open: outlines, annulments, letters' ways, reminders, looks."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import add_checks, add_indexes, only_grow

CHECKS = (
    ("election_outline", "election_outline_version", "version >= 0"),
    (
        "annulment",
        "annulment_reason",
        (
            "reason IN ('draft-discarded', 'keys-lost', 'roll-wrong', 'notice-wrong', 'procedure-broken', 'records-lost',"
            " 'authority-order', 'organiser-decision')"
        ),
    ),
    (
        "letter_delivery",
        "letter_delivery_outcome",
        (
            "outcome IN ('hand', 'collected', 'post', 'agent', 'mailbox', 'tenant', 'nobody', 'returned', 'refused',"
            " 'mistaken')"
        ),
    ),
    ("reminder", "reminder_counts", "reached >= 0 AND waiting >= reached"),
    ("exact_look", "exact_look_what", "what IN ('turnout', 'waiting')"),
)
APPEND_ONLY = ("annulment", "letter_delivery", "reminder", "exact_look")
INDEXES = (
    ("election_outline_estate", "election_outline (estate_id)"),
    ("election_outline_roll", "election_outline (roll_id)"),
    ("letter_delivery_election", "letter_delivery (election_id)"),
    ("letter_delivery_entitlement", "letter_delivery (entitlement_id)"),
    ("reminder_election", "reminder (election_id)"),
    ("exact_look_election", "exact_look (election_id)"),
)


def _number() -> Any:
    return fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _moment() -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False)


def _many(column: str, model: str, related: str) -> tuple[str, Any]:
    return column, fields.ForeignKeyField(
        model,
        source_field=f"{column}_id",
        db_constraint=True,
        to_field="uuid" if model == "vote.Election" else "id",
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


def _table(name: str, what: str) -> dict[str, Any]:
    return {"table": name, "app": "vote", "pk_attr": "id", "table_description": what}


class Migration(migrations.Migration):
    dependencies = [("vote", "0005_owner")]

    operations = [
        ops.CreateModel(
            name="ElectionOutline",
            fields=[
                ("id", _number()),
                _many("estate", "vote.Estate", "outlines"),
                _many("roll", "vote.Roll", "outlines"),
                ("body", fields.TextField(unique=False)),
                ("version", fields.IntField(default=0)),
                ("changed_at", _moment()),
                (
                    "election",
                    fields.OneToOneField(
                        "vote.Election",
                        source_field="election_id",
                        null=True,
                        db_constraint=True,
                        to_field="uuid",
                        related_name="outline",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options=_table(
                "election_outline",
                "What somebody has filled in so far of an election to be prepared, and which election it became.",
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Annulment",
            fields=[
                ("id", _number()),
                (
                    "election",
                    fields.OneToOneField(
                        "vote.Election",
                        source_field="election_id",
                        db_constraint=True,
                        to_field="uuid",
                        related_name="annulment",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reason", fields.CharField(max_length=24)),
                ("annulled_at", _moment()),
            ],
            options=_table("annulment", "Why and when an election was given up, never changed, never deleted."),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LetterDelivery",
            fields=[
                ("id", _number()),
                _many("election", "vote.Election", "deliveries"),
                _many("entitlement", "vote.Entitlement", "deliveries"),
                ("outcome", fields.CharField(max_length=16)),
                ("happened_on", fields.DateField(auto_now=False, auto_now_add=False)),
                ("carrier", fields.CharField(max_length=60)),
                ("proof", fields.CharField(max_length=200)),
                ("recorded_at", _moment()),
                ("recorded_by", fields.CharField(max_length=16)),
            ],
            options=_table(
                "letter_delivery",
                "What became of a letter on a day, as somebody wrote it down, never changed, never deleted: a later row "
                "corrects.",
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Reminder",
            fields=[
                ("id", _number()),
                _many("election", "vote.Election", "reminders"),
                ("waiting", fields.IntField()),
                ("reached", fields.IntField()),
                ("sent_at", _moment()),
                ("sent_by", fields.CharField(max_length=16)),
            ],
            options=_table("reminder", "A reminder to those who had not voted, in numbers."),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ExactLook",
            fields=[
                ("id", _number()),
                _many("election", "vote.Election", "looks"),
                ("what", fields.CharField(max_length=16)),
                ("looked_at", _moment()),
                ("looked_by", fields.CharField(max_length=16)),
            ],
            options=_table("exact_look", "Somebody on duty looked at exact figures, or at who has not voted yet."),
            bases=["Model"],
        ),
        add_checks(*CHECKS),
        add_indexes(*INDEXES),
        only_grow(*APPEND_ONLY),
    ]
