"""Public notices, personal notices, objections; all of them only grow."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import add_checks, add_indexes, only_grow

KINDS = ("group", "roll", "meeting", "candidates", "drafts", "result", "other")
CHANNELS = ("letter", "hand", "sms", "post", "posted")
ABOUT = ("notice", "roll", "candidate", "draft", "members")
OUTCOMES = ("upheld", "answered", "reserved")
TABLES = ("notice", "notice_place", "notice_end", "notice_delivery", "notice_objection", "notice_answer")


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _key(
    model: str, column: str, related: str, *, one: bool = False, to: str = "id", null: bool = False
) -> tuple[str, Any]:
    kind = fields.OneToOneField if one else fields.ForeignKeyField
    more = {"null": True} if null else {}
    return column, kind(
        model,
        source_field=f"{column}_id",
        db_constraint=True,
        to_field=to,
        related_name=related,
        on_delete=OnDelete.RESTRICT,
        **more,
    )


def _moment(name: str) -> tuple[str, Any]:
    return name, fields.DatetimeField(auto_now=False, auto_now_add=False)


def _short(name: str) -> tuple[str, Any]:
    return name, fields.CharField(max_length=16)


def _model(name: str, table: str, description: str, *columns: tuple[str, Any], **more: Any) -> ops.CreateModel:
    options = {"table": table, "app": "vote", "pk_attr": "id", "table_description": description, **more}
    return ops.CreateModel(name=name, fields=[_id(), *columns], options=options, bases=["Model"])


class Migration(migrations.Migration):
    dependencies = [("vote", "0020_formation")]

    operations = [
        _model(
            "Notice",
            "notice",
            "What is announced to everybody in an estate.",
            ("uuid", fields.CharField(unique=True, max_length=32)),
            _key("vote.Estate", "estate", "notices"),
            _short("kind"),
            ("title", fields.CharField(max_length=80)),
            ("text", fields.TextField(unique=False)),
            ("digest", fields.CharField(max_length=64)),
            ("days", fields.IntField()),
            ("until", fields.DateField()),
            _key("vote.Roll", "roll", "notices", null=True),
            _key("vote.Election", "election", "notices", to="uuid", null=True),
            _moment("posted_at"),
            _short("posted_by"),
        ),
        _model(
            "NoticePlace",
            "notice_place",
            "Where in the estate a notice hangs, with a photo or none.",
            _key("vote.Notice", "notice", "places"),
            ("place", fields.CharField(max_length=60)),
            _short("media"),
            ("photo", fields.BinaryField()),
            _moment("noted_at"),
        ),
        _model(
            "NoticeEnd",
            "notice_end",
            "That a notice was taken down, or closed.",
            _key("vote.Notice", "notice", "ends"),
            _short("kind"),
            ("day", fields.DateField()),
            _moment("noted_at"),
            unique_together=(("notice", "kind"),),
        ),
        _model(
            "NoticeDelivery",
            "notice_delivery",
            "What came of bringing a notice to one owner.",
            _key("vote.Notice", "notice", "deliveries"),
            _key("vote.Entitlement", "entitlement", "notice_deliveries"),
            _short("channel"),
            _short("came"),
            ("day", fields.DateField()),
            _moment("noted_at"),
            _short("noted_by"),
        ),
        _model(
            "NoticeObjection",
            "notice_objection",
            "What an owner holds against a notice, its words sealed.",
            ("uuid", fields.CharField(unique=True, max_length=32)),
            _key("vote.Notice", "notice", "objections"),
            _short("about"),
            ("sealed", fields.BinaryField()),
            _moment("raised_at"),
            _short("raised_by"),
            ("due", fields.DateField()),
        ),
        _model(
            "NoticeAnswer",
            "notice_answer",
            "How an objection ended, for everybody to read.",
            _key("vote.NoticeObjection", "objection", "answer", one=True),
            _short("outcome"),
            _short("reserved_to"),
            ("text", fields.TextField(unique=False)),
            _moment("answered_at"),
        ),
        add_checks(
            ("notice", "notice_kind", f"kind IN {KINDS}"),
            ("notice", "notice_days", "days > 0"),
            ("notice_end", "notice_end_kind", "kind IN ('down', 'closed')"),
            ("notice_delivery", "notice_delivery_channel", f"channel IN {CHANNELS}"),
            ("notice_objection", "notice_objection_about", f"about IN {ABOUT}"),
            ("notice_answer", "notice_answer_outcome", f"outcome IN {OUTCOMES}"),
            ("notice_answer", "notice_answer_reserved", "(outcome = 'reserved') = (reserved_to <> '')"),
        ),
        add_indexes(
            ("notice_estate", "notice (estate_id)"),
            ("notice_place_notice", "notice_place (notice_id)"),
            ("notice_delivery_notice", "notice_delivery (notice_id)"),
            ("notice_objection_notice", "notice_objection (notice_id)"),
        ),
        only_grow(*TABLES),
    ]
