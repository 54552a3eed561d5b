"""What owners ask with enough signatures, sealed to the office that checks them."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import Refusal, add_checks, add_indexes, changed, only_grow, refuse

KINDS = ("meeting", "recall", "audit")
STATES = ("collecting", "served", "answered", "lapsed", "expired", "withdrawn")
LINES = ("waiting", "counted", "taken-back", "struck")
PAPER = "(serial IS NULL) = (photo IS NULL) AND (serial IS NULL) = (entered_by IS NULL)"
STRIKES = ("not-owner", "not-signed", "no-authority", "illegible")


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _moment() -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False)


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


def _options(table: str, description: str, **more: Any) -> dict[str, Any]:
    return {"table": table, "app": "vote", "pk_attr": "id", "table_description": description, **more}


class Migration(migrations.Migration):
    dependencies = [("vote", "0017_inquiry")]

    operations = [
        ops.CreateModel(
            name="PetitionCard",
            fields=[
                _id(),
                _key("vote.Estate", "estate", "petition_cards"),
                ("recipient", fields.CharField(max_length=80)),
                ("made_at", _moment()),
                _key("vote.Account", "made_by", "petition_cards", null=True),
            ],
            options=_options(
                "petition_card",
                "The card of the office that checks an estate's signers: its public half, the last row counts.",
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Petition",
            fields=[
                _id(),
                ("uuid", fields.CharField(unique=True, max_length=32)),
                _key("vote.Estate", "estate", "petitions"),
                _key("vote.Roll", "roll", "petitions"),
                (
                    "election",
                    fields.ForeignKeyField(
                        "vote.Election",
                        source_field="election_id",
                        null=True,
                        db_constraint=True,
                        to_field="uuid",
                        related_name="petitions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                _key("vote.PetitionCard", "card", "petitions"),
                ("kind", fields.CharField(max_length=8)),
                ("text", fields.TextField(unique=False)),
                ("member", fields.CharField(max_length=60)),
                ("profile", fields.CharField(max_length=64)),
                ("started_on", fields.DateField()),
                ("expires_on", fields.DateField()),
                ("starter", fields.CharField(max_length=64)),
                ("state", fields.CharField(max_length=12)),
                ("heads", fields.IntField()),
                ("area_dm2", fields.BigIntField()),
                ("struck", fields.IntField()),
                ("reply", fields.TextField(null=True, unique=False)),
                ("replied_on", fields.DateField(null=True)),
                ("served_on", fields.DateField(null=True)),
                ("due_on", fields.DateField(null=True)),
                ("answered_on", fields.DateField(null=True)),
                ("answer", fields.CharField(null=True, max_length=32)),
                ("lapsed_on", fields.DateField(null=True)),
                ("ended_on", fields.DateField(null=True)),
            ],
            options=_options(
                "petition",
                "What owners ask, over which roll, with sums of what was signed and of what the office left standing.",
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PetitionLine",
            fields=[
                _id(),
                _key("vote.Petition", "petition", "lines"),
                ("number", fields.IntField()),
                ("state", fields.CharField(max_length=12)),
                ("mark", fields.CharField(max_length=64)),
                ("area_commitment", fields.BinaryField()),
                ("sealed", fields.BinaryField()),
                ("serial", fields.CharField(null=True, max_length=20)),
                ("photo", fields.BinaryField(null=True)),
                ("entered_by", fields.CharField(null=True, max_length=64)),
                ("agreed_by", fields.CharField(null=True, max_length=64)),
                ("back_by", fields.CharField(null=True, max_length=64)),
                ("strike", fields.CharField(null=True, max_length=16)),
            ],
            options=_options(
                "petition_line",
                "One signature, sealed to the office: whose it is stands in `sealed` alone, `mark` is a keyed digest of it.",
                unique_together=(("petition", "number"), ("petition", "serial")),
            ),
            bases=["Model"],
        ),
        add_checks(
            ("petition", "petition_kind", f"kind IN {KINDS} AND (kind = 'recall') = (member <> '')"),
            ("petition", "petition_state", f"state IN {STATES}"),
            ("petition", "petition_sums", "heads >= 0 AND area_dm2 >= 0 AND struck >= 0"),
            ("petition", "petition_days", "expires_on > started_on AND (due_on IS NULL OR due_on > served_on)"),
            ("petition", "petition_reply", "(reply IS NULL) = (replied_on IS NULL)"),
            (
                "petition",
                "petition_served",
                "(served_on IS NULL) = (state IN ('collecting', 'expired', 'withdrawn')) AND (served_on IS NULL) = (due_on IS NULL)",
            ),
            (
                "petition",
                "petition_answered",
                "(answered_on IS NULL) = (state <> 'answered') AND (answer IS NULL OR answered_on IS NOT NULL)",
            ),
            ("petition", "petition_ended", "(ended_on IS NULL) = (state NOT IN ('expired', 'withdrawn'))"),
            ("petition_line", "petition_line_state", f"state IN {LINES} AND number > 0"),
            (
                "petition_line",
                "petition_line_strike",
                f"(strike IS NULL) = (state <> 'struck') AND (strike IS NULL OR strike IN {STRIKES})",
            ),
            (
                "petition_line",
                "petition_line_paper",
                f"{PAPER} AND (state <> 'waiting' OR serial IS NOT NULL AND agreed_by IS NULL)",
            ),
            ("petition_line", "petition_line_two", "agreed_by IS NULL OR agreed_by <> entered_by"),
        ),
        add_indexes(
            ("petition_card_estate", "petition_card (estate_id)"),
            ("petition_card_made_by", "petition_card (made_by_id)"),
            ("petition_estate", "petition (estate_id)"),
            ("petition_roll", "petition (roll_id)"),
            ("petition_election", "petition (election_id)"),
            ("petition_card_of", "petition (card_id)"),
        ),
        add_indexes(
            ("petition_line_once", "petition_line (petition_id, mark) WHERE state IN ('waiting', 'counted')"),
            unique=True,
        ),
        only_grow("petition_card"),
        refuse(
            Refusal(
                "petition_fixed_update",
                "UPDATE",
                "petition",
                "OLD.state IN ('answered', 'expired', 'withdrawn') OR "
                "(OLD.served_on IS NOT NULL AND (OLD.heads <> NEW.heads OR OLD.area_dm2 <> NEW.area_dm2)) OR "
                "(OLD.reply IS NOT NULL AND (" + changed("reply", "replied_on") + ")) OR "
                "(OLD.served_on IS NOT NULL AND (" + changed("served_on", "due_on") + ")) OR "
                "(OLD.lapsed_on IS NOT NULL AND ("
                + changed("lapsed_on")
                + ")) OR ("
                + changed(
                    "id",
                    "uuid",
                    "estate_id",
                    "roll_id",
                    "election_id",
                    "card_id",
                    "kind",
                    "text",
                    "member",
                    "profile",
                    "started_on",
                    "expires_on",
                    "starter",
                )
                + ")",
            ),
            Refusal("petition_fixed_delete", "DELETE", "petition"),
            Refusal(
                "petition_line_fixed_update",
                "UPDATE",
                "petition_line",
                "OLD.state IN ('taken-back', 'struck') OR ("
                + changed(
                    "id", "petition_id", "number", "mark", "area_commitment", "sealed", "serial", "photo", "entered_by"
                )
                + ")",
            ),
            Refusal("petition_line_fixed_delete", "DELETE", "petition_line"),
        ),
    ]
